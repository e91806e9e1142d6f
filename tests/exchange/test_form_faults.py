"""The maker of faults makes none of its own, and what needs other keys or limits than the stored packages have."""

import pytest
import zstandard

from desk.errors import PackageRefused
from desk.exchange.parts import Limits
from desk.exchange.receiving import ReaderContext, inspect, open_parts
from tests.exchange.form_faults import BEFORE_OPENING, blob, digest
from tests.exchange.make_vectors import NOT_STORED
from tests.exchange.makers import COUNTY_NODE, Exchange, listing


@pytest.fixture(scope="module")
def world() -> Exchange:
    return Exchange()


def test_the_maker_without_a_fault_makes_a_good_package(world):
    for package in (
        world.forge(),
        world.forge(sequence=world.sequence()),
        world.forge(sequence=listing([*world.listed(), blob(digest())])),
    ):
        assert open_parts(inspect(package, world.reader), [world.county.sealing]).events


@pytest.mark.parametrize("name", NOT_STORED)
def test_what_is_not_stored(world, name):
    make, outcome = BEFORE_OPENING[name]
    assert inspect(make(world), world.reader).outcome == outcome


def test_a_later_minor_version_may_say_more(world):
    package = world.forge(
        head={"v": [1, 3], "fresh": {"x": 1}}, sequence=listing(world.listed(), y=1)
    )
    assert open_parts(inspect(package, world.reader), [world.county.sealing]).events


def test_a_revoked_key_is_unknown(world):
    revoked = Exchange(world.desk, world.county, revoked=True)
    seen = inspect(revoked.package(), revoked.reader)
    assert (seen.outcome, seen.facts) == ("UNKNOWN_KEY", {"why": "revoked"})


@pytest.mark.parametrize("edge", ["2026-01-01T00:00:00+08:00", "2027-12-31T23:59:59+08:00"])
def test_first_and_last_day_of_a_key_count(world, edge):
    assert inspect(world.package(made_at=edge), world.reader).outcome == "READY"


def test_a_bomb_is_refused_before_its_memory_is_taken(world):
    """A part of 60 MiB is told, 256 MiB of zeros come; the package is a few KiB."""
    zeros = zstandard.ZstdCompressor(level=3).compressobj()
    start = b"\0\x0dmanifest.json" + (60 << 20).to_bytes(8, "big")
    bomb = zeros.compress(start) + b"".join(zeros.compress(bytes(1 << 20)) for _ in range(256))
    package = inspect(world.forge(plain=bomb + zeros.flush()), world.reader)
    with pytest.raises(PackageRefused, match="DAMAGED"):
        open_parts(package, [world.county.sealing])


@pytest.mark.parametrize("limits", [Limits(parts=1), Limits(part=300), Limits(whole=300)])
def test_each_limit_is_kept_when_opening(world, limits):
    package = inspect(world.package(), world.reader)
    with pytest.raises(PackageRefused, match="DAMAGED"):
        open_parts(package, [world.county.sealing], limits)


def test_a_file_beyond_the_limit_is_not_read(world):
    reader = ReaderContext(
        frozenset({COUNTY_NODE}), frozenset({"DATA"}), world.sender, Limits(file=100)
    )
    assert inspect(world.package(), reader).outcome == "BAD_FILE"
