"""Every kind of package has its own body and no other."""

import json
from typing import Any

import pytest

from desk.domain.canonical import canonical
from desk.errors import PackageRefused
from desk.exchange import parts
from desk.exchange.header import KINDS
from desk.exchange.parts import BODIES, LIMITS, Contents
from desk.exchange.receiving import ReaderContext, inspect, open_parts, read_header
from desk.exchange.resend import read_give_back
from tests.exchange.makers import Exchange


@pytest.fixture(scope="module")
def world() -> Exchange:
    return Exchange()


def opened(world: Exchange, package: bytes) -> Contents:
    reader = ReaderContext(world.reader.addresses, frozenset(KINDS), world.sender)
    return open_parts(inspect(package, reader), [world.county.sealing])


@pytest.mark.parametrize("kind", sorted(BODIES))
def test_a_body_travels_under_the_name_of_its_kind(world: Exchange, kind: str) -> None:
    contents = Contents({}, {}, body=b"what it is for\n")
    package = world.package(kind=kind, contents=contents, events=(0, 0))
    assert opened(world, package) == contents


@pytest.mark.parametrize("kind", sorted(BODIES))
def test_a_kind_with_a_body_is_not_sealed_without_one(world: Exchange, kind: str) -> None:
    with pytest.raises(parts.NotWhole):
        world.package(kind=kind, contents=Contents({}, {}), events=(0, 0))


@pytest.mark.parametrize("kind", sorted(set(KINDS) - set(BODIES)))
def test_the_other_kinds_take_none(world: Exchange, kind: str) -> None:
    with pytest.raises(ValueError, match="has no body"):
        world.package(kind=kind, contents=Contents({}, {}, body=b"more"), events=(0, 0))


def test_the_body_of_another_kind_is_not_taken(world: Exchange) -> None:
    """Though manifest and header say the same and every digest fits."""
    contents = Contents({}, {}, body=b"{}")
    header = read_header(world.package(kind="STATUS", contents=contents, events=(0, 0)))
    unpacker = parts.Unpacker(LIMITS, LIMITS.whole)
    for piece in parts.pack({**parts.repeated(header), "kind": "ACK"}, contents):
        unpacker.write(piece)
    found = unpacker.finished()
    manifest = json.loads(found[parts.MANIFEST])
    found[parts.MANIFEST] = canonical({**manifest, "kind": "STATUS"})
    assert list(found) == [parts.MANIFEST, BODIES["ACK"]]
    with pytest.raises(parts.NotWhole):
        parts.verified(header, found)


@pytest.mark.parametrize(
    "changes",
    [
        {"chains": ["x"]},
        {"chains": [["00" * 16, 1, 5]]},
        {"chains": {}},
        {"part": 2},
        {"of": 0},
        {"more": 1},
    ],
    ids=["no list", "too short", "no lists", "a part too many", "of none", "a name too many"],
)
def test_a_give_back_of_another_shape_is_damaged(changes: dict[str, Any]) -> None:
    chain = ["00" * 16, 1, 5, "11" * 32]
    body: dict[str, Any] = {"chains": [chain], "part": 1, "of": 1}
    told, records = read_give_back(canonical(body) + b"\n")
    assert (told.part, len(told.chains), list(records)) == (1, 1, [])
    for data in (canonical({**body, **changes}) + b"\n", canonical(body)):
        with pytest.raises(PackageRefused) as refused:
            read_give_back(data)
        assert refused.value.code == "DAMAGED"
