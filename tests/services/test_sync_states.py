"""How far a case got to the county, in the five words, on the list, its filter and the case's page."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from db.models import PackageOut
from desk.exchange.ack import RefusedEvent
from desk.services import case_views, conflicts, order_views
from desk.services.operation import reading
from desk.services.sync_states import TONES
from desk.services.views import CaseFilter
from tests.services.forging import answer, log_of
from tests.services.test_orders import at_desk, edit, the_case, there_and_back
from tests.services.trips import Trip, put, served


def listed(trip: Trip, sync: str = "") -> dict[UUID, str]:
    rows = case_views.page(trip.desk, wanted=CaseFilter(group="all", sync=sync)).rows
    return {row.id: row.sync for row in rows}


def assert_filters_agree(trip: Trip) -> None:
    """Each word's filter lists exactly the cases that show it."""
    everything = listed(trip)
    for word in TONES:
        assert listed(trip, word) == {case: at for case, at in everything.items() if at == word}


def shown(trip: Trip, case_id: UUID) -> str:
    return case_views.detail(trip.desk, case_id=case_id).row.sync


def test_a_case_goes_from_unsent_to_written_to_acknowledged(trip: Trip):
    case_id = the_case(trip)
    assert listed(trip) == {case_id: "未导出"}
    assert_filters_agree(trip)
    trip.export()
    assert listed(trip) == {case_id: "已写出"}
    assert_filters_agree(trip)
    trip.receive()
    trip.answers()
    assert shown(trip, case_id) == "已回执"
    served(trip.desk, 1, first=1)
    assert sorted(listed(trip).values()) == ["已回执", "未导出"]
    assert_filters_agree(trip)


def test_a_case_with_a_conflict_says_so_until_it_is_decided(trip: Trip):
    case_id = the_case(trip)
    there_and_back(trip)
    edit(trip, kin_phone="13800000001")
    at_desk(trip, kin_phone="13800000002")
    there_and_back(trip)
    served(trip.desk, 1, first=1)
    assert shown(trip, case_id) == "有冲突"
    assert_filters_agree(trip)
    [row] = order_views.conflict_rows(trip.desk)
    assert (row.label, row.ours, row.theirs) == ("家属电话", "13800000002", "13800000001")
    assert case_views.detail(trip.desk, case_id=case_id).conflicts == (row,)
    conflicts.decide(trip.desk, conflict_id=row.id, choice="county")
    assert shown(trip, case_id) == "未导出"
    assert order_views.conflict_rows(trip.desk) == ()
    [ended] = order_views.conflict_rows(trip.desk, decided=True)
    assert ended.decided == "采用县里的"


def test_what_the_county_gave_back_stands_on_the_case(trip: Trip):
    case_id = the_case(trip)
    there_and_back(trip)
    served(trip.desk, 1, first=1)
    trip.export()
    opened = next(one for one in log_of(trip.desk) if one.entity_id == case_id)
    refused = (RefusedEvent(opened.n, opened.id, "RULE", "与县里已有的记录冲突，没有计入"),)
    last = newest(trip)
    for name in ("a.bmq", "b.bmq"):
        put(trip.stick, name, answer(trip.hub, trip.desk, last.seq, last.digest, refused=refused))
        trip.answers()
    assert shown(trip, case_id) == "县已退回"
    assert sorted(listed(trip).values()) == ["县已退回", "已回执"]
    assert_filters_agree(trip)
    assert case_views.detail(trip.desk, case_id=case_id).refused == (
        "与县里已有的记录冲突，没有计入（RULE）",
    )


def test_what_was_given_back_is_answered_by_the_next_step(trip: Trip):
    """It goes out with the next package like anything else; only what comes back again is told again."""
    case_id = the_case(trip)
    there_and_back(trip)
    last = newest(trip)
    opened = next(one for one in log_of(trip.desk) if one.entity_id == case_id)
    refused = (RefusedEvent(opened.n, opened.id, "RULE", "没有计入"),)
    put(trip.stick, "a.bmq", answer(trip.hub, trip.desk, last.seq, last.digest, refused=refused))
    trip.answers()
    assert shown(trip, case_id) == "县已退回"
    at_desk(trip, kin_phone="13800000002")
    told = [shown(trip, case_id)]
    assert_filters_agree(trip)
    assert case_views.detail(trip.desk, case_id=case_id).refused == ()
    trip.export()
    told.append(shown(trip, case_id))
    trip.receive()
    trip.answers()
    told.append(shown(trip, case_id))
    assert told == ["未导出", "已写出", "已回执"]
    assert_filters_agree(trip)


def test_keeping_ones_own_value_is_news_until_it_is_acknowledged(trip: Trip):
    """No field of the case changes, but the county has to learn what was decided."""
    case_id = the_case(trip)
    there_and_back(trip)
    edit(trip, kin_phone="13800000001")
    at_desk(trip, kin_phone="13800000002")
    there_and_back(trip)
    there_and_back(trip)
    [row] = order_views.conflict_rows(trip.desk)
    conflicts.decide(trip.desk, conflict_id=row.id, choice="desk")
    told = [shown(trip, case_id)]
    assert_filters_agree(trip)
    trip.export()
    told.append(shown(trip, case_id))
    assert_filters_agree(trip)
    trip.receive()
    trip.answers()
    told.append(shown(trip, case_id))
    assert told == ["未导出", "已写出", "已回执"]
    assert_filters_agree(trip)


def newest(trip: Trip) -> Any:
    with reading(trip.desk) as connection:
        query = select(PackageOut.seq, PackageOut.digest).order_by(PackageOut.seq.desc())
        return connection.execute(query).first()


@pytest.mark.parametrize("word", TONES)
def test_the_words_are_those_of_the_format(word: str):
    assert word in ("未导出", "已写出", "已回执", "县已退回", "有冲突")
