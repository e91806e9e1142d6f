"""The county's key list: only the county's own signature counts, whatever is altered."""

import json
from dataclasses import replace

import pytest

from desk.domain.canonical import canonical
from desk.errors import PackageRefused
from desk.exchange.key_list import KeyList, ListedDesk, key_list_file, list_name, parse_key_list
from tests.exchange.makers import AT, COUNTY_NODE, SITE, county_key, desk_node

COUNTY, FALSE = desk_node("county"), desk_node("false county")
KEY = county_key(COUNTY)
DESK = ListedDesk(SITE, "池阳社区", 2, desk_node().signing.public)
LIST = KeyList(
    county=COUNTY_NODE,
    number=3,
    made_at=AT,
    desks=(DESK, replace(DESK, window=3, public=bytes(32), revoked_on="2026-11-20")),
)
FILE = key_list_file(LIST, KEY, COUNTY.signing)


def refusal(data: bytes) -> str:
    with pytest.raises(PackageRefused) as refused:
        parse_key_list(data, KEY)
    return refused.value.code


def altered(**changes: object) -> bytes:
    return canonical(json.loads(FILE) | changes)


def test_the_list_comes_back_whole() -> None:
    assert parse_key_list(FILE, KEY) == LIST
    assert list_name(COUNTY_NODE) == "keys-county-610422.bmkeys"


@pytest.mark.parametrize(
    "changes",
    [
        {"number": 4},
        {"made_at": "2026-11-24T14:06:00+08:00"},
        {"desks": []},
        {"desks": [[SITE, "池阳社区", 2, FALSE.signing.public.hex(), ""]]},
        {"desks": [[SITE, "池阳社区", 9, DESK.public.hex(), ""]]},
        {"signature": "0" * 128},
    ],
)
def test_whatever_is_altered_the_signature_tells(changes: dict[str, object]) -> None:
    assert refusal(altered(**changes)) == "DAMAGED"


def test_a_false_county_cannot_sign_for_the_true_one() -> None:
    """Neither under its own key nor under the fingerprint of the true one."""
    own = key_list_file(LIST, county_key(FALSE), FALSE.signing)
    assert refusal(own) == "UNKNOWN_KEY"
    body = json.loads(own) | {"key": KEY.fingerprint.hex()}
    unsigned = {name: value for name, value in body.items() if name != "signature"}
    signature = FALSE.signing.sign(b"bianmin-key-list/1\0" + canonical(unsigned))
    assert refusal(canonical({**unsigned, "signature": signature.hex()})) == "DAMAGED"


def test_another_countys_list_is_not_ours() -> None:
    other = replace(county_key(FALSE), node="county-610502")
    data = key_list_file(replace(LIST, county=other.node), other, FALSE.signing)
    assert refusal(data) == "UNKNOWN_KEY"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        FILE[:-1],
        FILE + b"\n",
        altered(format="bianmin-enrolment"),
        altered(number=0),
        altered(desks=[[SITE, "池阳社区", 2, DESK.public.hex()]]),
        altered(desks=[[SITE, "池阳\n社区", 2, DESK.public.hex(), ""]]),
        altered(desks=["x"]),
        altered(more=1),
    ],
)
def test_what_is_no_list_is_no_list(data: bytes) -> None:
    assert refusal(data) == "BAD_FILE"


def test_a_later_format_asks_for_a_newer_program() -> None:
    assert refusal(altered(version=2)) == "TOO_NEW"


def test_no_list_is_written_that_nobody_could_read() -> None:
    with pytest.raises(ValueError, match="no reader"):
        key_list_file(replace(LIST, number=0), KEY, COUNTY.signing)
    with pytest.raises(ValueError, match="no reader"):
        key_list_file(LIST, KEY, FALSE.signing)
