"""Every kind of package has its own body and no other."""

import pytest

from desk.errors import PackageRefused
from desk.exchange import parts
from desk.exchange.header import KINDS
from desk.exchange.parts import BODIES, Contents
from desk.exchange.receiving import ReaderContext, inspect, open_parts
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


def test_the_body_of_another_kind_is_not_taken(
    world: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sender that mislabels its part seals nothing a reader opens."""
    contents = Contents({}, {}, body=b"{}")
    monkeypatch.setattr(parts, "BODIES", {**BODIES, "STATUS": BODIES["ACK"]})
    package = world.package(kind="STATUS", contents=contents, events=(0, 0))
    monkeypatch.undo()
    with pytest.raises(PackageRefused) as refused:
        opened(world, package)
    assert refused.value.code == "DAMAGED"
