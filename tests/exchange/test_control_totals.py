"""The same events give the same totals in any order; another event gives others."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.exchange.control_totals import CaseHead, control_totals, totals, with_event
from tests.exchange.makers import events

SOME = events(8)


def test_what_the_totals_say():
    told = control_totals(SOME[:7])
    assert told["events"] == [["case.moved", 3], ["case.opened", 4]]
    assert told["cases"] == [["mz-01", "accepted", 3], ["mz-01", "new", 1]]
    assert len(str(told["heads"])) == 64


@given(st.permutations(SOME))
def test_the_order_is_no_matter(some):
    assert control_totals(some) == control_totals(SOME)


@pytest.mark.parametrize("place", range(8))
def test_a_missing_event_shows(place):
    assert control_totals(SOME[:place] + SOME[place + 1 :]) != control_totals(SOME)


def test_another_content_shows_in_the_heads_alone():
    other = [*SOME[:7], replace(SOME[7], hash=bytes(32))]
    told, expected = control_totals(other), control_totals(SOME)
    assert told["heads"] != expected["heads"]
    assert (told["events"], told["cases"]) == (expected["events"], expected["cases"])


def test_events_of_people_count_but_have_no_head():
    person = replace(SOME[0], kind="person.recorded", entity="person", n=9)
    told = control_totals([*SOME, person])
    assert told["heads"] == control_totals(SOME)["heads"]
    assert ["person.recorded", 1] in list(told["events"])  # type: ignore[arg-type]


def test_erased_events_still_stand_in_the_heads():
    erased = [replace(one, payload=None, salt=None) for one in SOME]
    told = control_totals(erased)
    assert told["heads"] == control_totals(SOME)["heads"]
    assert told["cases"] == [["", "", 4]]


def test_heads_kept_by_somebody_else_give_the_same_totals():
    heads: dict[UUID, CaseHead] = {}
    for event in SOME:
        known = heads.get(event.entity_id, CaseHead(event.entity_id, 0, b""))
        heads[event.entity_id] = with_event(known, event)
    kinds = {"case.moved": 4, "case.opened": 4, "case.void": 0}
    assert totals(kinds, heads.values()) == control_totals(SOME)


def test_nothing_has_totals_too():
    assert control_totals([]) == totals({}, [])
