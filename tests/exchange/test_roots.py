"""Root lists: two of three sign, each list by the one before it, never an older one."""

import json
from dataclasses import replace

import pytest

from desk.domain.canonical import canonical
from desk.errors import PackageRefused
from desk.exchange import roots
from desk.exchange.keys import SigningPair
from desk.exchange.roots import RootList

PAIRS = tuple(SigningPair.from_bytes(bytes([place]) * 32) for place in range(6))
HUB = PAIRS[5].public


def listed(number: int = 1, keys: tuple[int, ...] = (0, 1, 2), county: str = "610422") -> RootList:
    public = tuple(PAIRS[key].public for key in keys)
    return RootList(county, number, public, (HUB,), (HUB,), "2026-11-23", "2028-11-22")


def by(one: RootList, *signers: int) -> RootList:
    for place in signers:
        one = roots.signed(one, PAIRS[place])
    return one


FIRST = by(listed(), 0, 1)


def refused(one: RootList, before: RootList | None) -> str:
    with pytest.raises(PackageRefused) as caught:
        roots.follows(one, before)
    return caught.value.code


def test_two_of_three_are_enough_and_it_comes_back_from_its_file() -> None:
    roots.follows(FIRST, None)
    assert roots.parse(FIRST.to_bytes()) == FIRST
    assert by(FIRST, 0).signers() == FIRST.signers()


@pytest.mark.parametrize("signers", [(), (0,), (0, 0), (0, 3), (3, 4)])
def test_fewer_or_strangers_are_not(signers: tuple[int, ...]) -> None:
    assert refused(by(listed(), *signers), None) == "DAMAGED"


def test_the_next_needs_the_former_and_its_own() -> None:
    roots.follows(by(listed(2), 1, 2), FIRST)
    roots.follows(by(listed(2, (2, 3, 4)), 1, 2, 3), FIRST)
    assert refused(by(listed(2, (2, 3, 4)), 3, 4), FIRST) == "DAMAGED"
    assert refused(by(listed(2, (2, 3, 4)), 0, 1), FIRST) == "DAMAGED"


@pytest.mark.parametrize(("number", "code"), [(1, "ALREADY"), (3, "HELD")])
def test_only_the_next_number_follows(number: int, code: str) -> None:
    assert refused(by(listed(number), 0, 1), FIRST) == code
    assert refused(by(listed(2, county="610502"), 0, 1), FIRST) == "UNKNOWN_KEY"


def test_a_signature_is_for_one_content() -> None:
    moved = replace(FIRST, hub=(PAIRS[4].public,))
    assert refused(moved, None) == "DAMAGED"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"version": 2}, "TOO_NEW"),
        ({"format": "bianmin-key-list"}, "BAD_FILE"),
        ({"threshold": 1}, "BAD_FILE"),
        ({"keys": [PAIRS[0].public.hex()] * 3}, "BAD_FILE"),
        ({"hub": []}, "BAD_FILE"),
        ({"valid_to": "soon"}, "BAD_FILE"),
        ({"fresh": 1}, "BAD_FILE"),
        ({"signatures": [["00", "00"]]}, "BAD_FILE"),
    ],
)
def test_a_file_of_another_shape_is_refused(changes: dict[str, object], code: str) -> None:
    with pytest.raises(PackageRefused) as caught:
        roots.parse(canonical({**json.loads(FIRST.to_bytes()), **changes}))  # type: ignore[dict-item]
    assert caught.value.code == code


def test_a_private_key_opens_with_its_passphrase_alone() -> None:
    sealed = roots.seal_key(PAIRS[0], "三个人各守一把")
    assert roots.open_key(sealed, "三个人各守一把").public == PAIRS[0].public
    assert sealed.startswith(b"age-encryption.org/v1\n-> scrypt ")
    with pytest.raises(PackageRefused):
        roots.open_key(sealed, "别的口令")
