"""A release as bytes: what goes in comes out, and nothing else is a release."""

import json
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.canonical import canonical
from desk.errors import PackageRefused
from desk.exchange.catalog_body import (
    FILE_NAME,
    MAX_FILE,
    MAX_FILES,
    NumberBlock,
    Release,
    Revoked,
    digest_of,
    name_fault,
    parse_release,
)

TREES = ("catalog", "catalog/items", "codes", "forms", "holidays", "layouts", "ledgers", "papers")
NAMES = st.builds(
    lambda tree, word, end: f"{tree}/{word}.{end}",
    st.sampled_from(TREES),
    st.from_regex(r"[a-z0-9][a-z0-9_-]{0,20}", fullmatch=True),
    st.sampled_from(("toml", "json")),
)
FILES = st.dictionaries(NAMES, st.text().map(lambda text: text.encode("utf-8", "ignore")))


def release(files: dict[str, bytes]) -> Release:
    return Release(
        county="610422",
        release=7,
        effective_from="2026-12-01",
        valid_through="2027-12-31",
        made_at="2026-11-23T09:00:00+08:00",
        files=files,
        blocks=(NumberBlock("610422001001", 2, UUID(int=5)),),
        revoked=(Revoked(bytes(range(32)), "2026-11-20"),),
    )


@given(FILES)
def test_every_tree_is_read_back_byte_for_byte(files: dict[str, bytes]):
    """Line ends, marks of byte order, control characters, texts of no language among them."""
    body = release(files).to_bytes()
    assert parse_release(body) == release(files)
    assert parse_release(body).to_bytes() == body
    assert digest_of(parse_release(body).to_bytes()) == digest_of(body)


@given(st.binary(max_size=300))
def test_no_other_bytes_are_a_release(data: bytes):
    with pytest.raises(PackageRefused) as refused:
        parse_release(data)
    assert refused.value.code == "BAD_FILE"


def _read(body: bytes) -> Release | None:
    try:
        return parse_release(body)
    except PackageRefused:
        return None


@given(FILES, st.data())
def test_a_flipped_byte_is_never_the_same_release(files: dict[str, bytes], data: st.DataObject):
    body = bytearray(release(files).to_bytes())
    place = data.draw(st.integers(0, len(body) - 1))
    body[place] ^= data.draw(st.integers(1, 255))
    assert _read(bytes(body)) != release(files)


@pytest.mark.parametrize(
    "name",
    [
        "catalog.toml",
        "demo/residents.toml",
        "codes/../keyring/common.toml",
        "codes//sex.toml",
        "codes/sex.toml/",
        "codes/sex.toml\n",
        "codes/a/b/c/d.toml",
        "Codes/sex.toml",
        "codes/.sex.toml",
        "codes/sex.toml.py",
        "C:/codes/sex.toml",
        "codes/" + "x" * 65 + ".toml",
        "codes/性别.toml",
    ],
)
def test_names_that_are_none(name: str):
    assert not FILE_NAME.fullmatch(name)
    assert name_fault(name, b"") == "name"
    with pytest.raises(ValueError, match="no reader"):
        release({name: b""}).to_bytes()


def test_what_else_keeps_a_file_out():
    assert name_fault("codes/sex.toml", b"x" * (MAX_FILE + 1)) == "size"
    assert name_fault("codes/sex.toml", b"\xff") == "text"
    assert name_fault("codes/sex.toml", b"x" * MAX_FILE) == ""


def test_no_more_files_than_a_release_may_have():
    files = {f"codes/f{n}.toml": b"" for n in range(MAX_FILES)}
    assert len(parse_release(release(files).to_bytes()).files) == MAX_FILES
    with pytest.raises(ValueError, match="no reader"):
        release({**files, "codes/one_more.toml": b""}).to_bytes()


def test_another_spelling_of_the_same_is_no_release():
    """One content has one form of bytes: that is what is signed."""
    body = json.loads(release({}).to_bytes())
    with pytest.raises(PackageRefused):
        parse_release(json.dumps(body).encode())
    assert parse_release(canonical(body)) == release({})


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "bianmin-keys"},
        {"blocks": ["610422001001"]},
        {"blocks": [["610422001001", 2]]},
        {"revoked": [{"public": "00" * 32, "day": "2026-11-20"}]},
    ],
    ids=["another kind", "no list", "too short", "named values"],
)
def test_a_body_of_another_shape_is_no_release(changes: dict[str, Any]):
    body = json.loads(release({}).to_bytes())
    with pytest.raises(PackageRefused) as refused:
        parse_release(canonical({**body, **changes}))
    assert refused.value.code == "BAD_FILE"
