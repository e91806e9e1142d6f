"""Root lists on both sides: the first with the compared key, then only by two of the former three."""

from dataclasses import replace

import pytest

from desk.errors import PackageRefused
from desk.exchange import roots
from desk.exchange.keys import SigningPair
from desk.services import hub, root_lists, sync
from desk.services.exchange_keys import county_key
from desk.services.operation import reading
from tests.builders import consent
from tests.services.trips import Trip, served

pytestmark = pytest.mark.both_engines


@pytest.fixture
def keys(trip: Trip) -> list[SigningPair]:
    """Three root keys; the desk holds the first list."""
    pairs = [SigningPair.from_bytes(bytes([place]) * 32) for place in range(3)]
    root_lists.establish(trip.hub, pairs=pairs)
    trip.export()
    trip.receive()
    assert "根密钥表" in trip.answers().taken[0]
    return pairs


def held(trip: Trip) -> int:
    with reading(trip.desk) as connection:
        listed = root_lists.held(connection, hub.node_of(trip.hub))
    return listed.number if listed else 0


def renewed(trip: Trip, keys: list[SigningPair], *signers: int) -> None:
    path = root_lists.draft(trip.hub, folder=trip.folder)
    listed = roots.parse(path.read_bytes())
    for place in signers:
        listed = roots.signed(listed, keys[place])
    path.write_bytes(listed.to_bytes())
    root_lists.take_signed(trip.hub, path=path)


def test_a_county_without_lists_works_as_before(trip: Trip) -> None:
    trip.export()
    trip.receive()
    trip.answers()
    assert (held(trip), trip.states()) == (0, ["已回执"])
    assert root_lists.write(trip.hub, folder=trip.folder) == ()


def test_a_list_is_taken_of_the_own_county_and_with_the_key_that_was_compared(trip: Trip) -> None:
    """Before the first there is none to follow; one of a neighbour, or one that names another key, is not held."""
    with pytest.raises(PackageRefused, match="UNKNOWN_KEY"):
        root_lists.draft(trip.hub, folder=trip.folder)
    pairs = [SigningPair.from_bytes(bytes([place]) * 32) for place in range(3)]
    root_lists.establish(trip.hub, pairs=pairs)
    with reading(trip.hub) as connection:
        listed = root_lists.held(connection, hub.node_of(trip.hub))
    assert listed is not None
    for other in (replace(listed, county="610999"), replace(listed, hub=(pairs[0].public,))):
        for pair in pairs:
            other = roots.signed(other, pair)
        with reading(trip.desk) as connection:
            county = county_key(connection)
        assert county is not None
        back = root_lists.take_all(trip.desk, [other], county)
        assert (back.taken, len(back.passed_over)) == ((), 1)
    assert held(trip) == 0


def test_a_new_county_key_needs_the_root_list(trip: Trip, keys: list[SigningPair]) -> None:
    hub.renew_keys(trip.hub, approved_by=consent(trip.hub))
    path = hub.write_public_key(trip.hub, folder=trip.stick)
    with pytest.raises(PackageRefused) as caught:
        sync.take_county_key(trip.desk, path=path)
    assert caught.value.facts == {"why": "roots"}
    renewed(trip, keys, 0, 2)
    root_lists.write(trip.hub, folder=trip.stick)
    trip.answers()
    assert held(trip) == 2
    sync.take_county_key(trip.desk, path=path)
    trip.export()
    trip.receive()
    trip.answers()
    assert trip.states() == ["已回执"]


def test_what_a_key_signs_that_the_list_dropped_counts_for_nothing(
    trip: Trip, keys: list[SigningPair]
) -> None:
    """The old county key was stolen: once the list names another, its answers are not taken."""
    served(trip.desk, 1, first=3)
    trip.export(trip.new_stick("late"))
    trip.receive(trip.folder / "late")
    hub.renew_keys(trip.hub, approved_by=consent(trip.hub))
    renewed(trip, keys, 0, 1)
    root_lists.write(trip.hub, folder=trip.folder / "late")
    back = trip.answers(trip.folder / "late")
    assert held(trip) == 2
    assert any("停用" in said for said in back.passed_over)


@pytest.mark.parametrize("signers", [(), (1,)])
def test_one_holder_cannot_decide_alone(
    trip: Trip, keys: list[SigningPair], signers: tuple[int, ...]
) -> None:
    with pytest.raises(PackageRefused, match="DAMAGED"):
        renewed(trip, keys, *signers)


def test_a_false_list_is_not_taken(trip: Trip, keys: list[SigningPair]) -> None:
    """Three strangers sign a list of their own for the next number."""
    strangers = [SigningPair.generate() for _ in range(3)]
    thief = strangers[0].public
    public = tuple(pair.public for pair in strangers)
    listed = roots.RootList("610422", 2, public, (thief,), (thief,), "2026-11-23", "2030-01-01")
    for pair in strangers:
        listed = roots.signed(listed, pair)
    (trip.stick / "roots-610422-2.bmroot").write_bytes(listed.to_bytes())
    assert any("签名不够数" in said for said in trip.answers().passed_over)
    assert held(trip) == 1


def test_a_desk_that_missed_one_follows_both(trip: Trip, keys: list[SigningPair]) -> None:
    renewed(trip, keys, 0, 1)
    renewed(trip, keys, 1, 2)
    last = root_lists.write(trip.hub, folder=trip.folder)[-1]
    alone = trip.new_stick("alone")
    (alone / last.name).write_bytes(last.read_bytes())
    assert any("前面还缺" in said for said in trip.answers(alone).passed_over)
    root_lists.write(trip.hub, folder=alone)
    assert len(trip.answers(alone).taken) == 2
    assert held(trip) == 3


def test_past_its_day_a_list_still_counts(trip: Trip, keys: list[SigningPair]) -> None:
    with reading(trip.hub) as connection:
        listed = root_lists.held(connection, "610422")
    assert listed is not None
    assert len(keys) == 3
    assert not root_lists.is_past(listed, trip.hub.today)
    assert root_lists.is_past(listed, trip.hub.today.replace(year=2029))
    stick = trip.new_stick("roots")
    root_lists.write(trip.hub, folder=stick)
    trip.answers(stick)
    assert [root_lists.reminder(office) for office in (trip.hub, trip.desk)] == ["", ""]
    for office in (trip.hub, trip.desk):
        office.clock.advance(days=800)  # type: ignore[attr-defined]
    assert ["过期了，还照样有效" in root_lists.reminder(one) for one in (trip.hub, trip.desk)] == [
        True,
        True,
    ]
