"""What was kept long enough is erased by two persons: nothing personal stays, and the file still proves itself."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select

from db.models import CaseFile, Event, EventPayload, IssuedNumber
from desk.errors import CaseErased, FieldsRefused, NeedsSecondPerson, NotDue, NotFound, NotGranted
from desk.services import (
    case_views,
    chain,
    drafts,
    erased_ids,
    erasing,
    keeping,
    people,
    requests,
    roles,
    roll_deeds,
)
from desk.services.check import check
from desk.services.office import Office
from desk.services.views import CaseFilter
from tests.builders import consent, id_number, intake_values, person, take_in
from tests.services import deeds, roll_people
from tests.services.erasing_desk import (
    BASIS,
    ID_NO,
    NAME,
    due,
    erase,
    refused,
    refused_long_ago,
    says,
    years_pass,
)
from tests.services.test_requests import bring


def watch(*_told: object) -> None:
    """Nobody watches."""


def whole(office: Office) -> bool:
    """The file, its chain and its rows are whole."""
    report = chain.check_whole(office, progress=watch, cancelled=lambda: False)
    return not check(office).findings and not report.faults and not chain.check_start(office).faults


def test_nothing_is_due_before_its_day(office: Office) -> None:
    done = refused(office)
    clock: Any = office.clock
    clock.moment = clock.moment.replace(year=clock.moment.year + 2) - timedelta(days=1)
    clock_believed(office)
    assert due(office) == set()
    clock.moment += timedelta(days=1)
    assert due(office) == {done.case_id}


def clock_believed(office: Office) -> None:
    years_pass(office, 0)
    clock: Any = office.clock
    clock.moment -= timedelta(days=1)


def test_nothing_is_due_while_the_date_is_in_doubt(office: Office) -> None:
    done = refused_long_ago(office)
    clock: Any = office.clock
    clock.moment += timedelta(days=400)
    assert keeping.view(office).doubt == "ahead"
    assert due(office) == set()
    with pytest.raises(NotDue):
        erase(office, done.case_id)


def test_each_class_has_its_own_time(office: Office) -> None:
    refused(office)
    take_in(office, "ZH-ZM-01", "conclude_now")
    take_in(office, "MZ-GL-01", "receive")
    years_pass(office, 10)
    labels = sorted(one.keep for one in keeping.view(office).due)
    assert labels == ["一般办件和咨询", "不予受理、撤回、作废的"]


def test_an_erased_case_leaves_its_number_and_nobodys_name(office: Office) -> None:
    drafts.save(office, draft_id=None, values=intake_values(office, "MZ-GL-01"))
    others = person("王秀英", id_no=id_number(order=88))
    left = drafts.save(office, draft_id=None, values=intake_values(office, "MZ-GL-01", others))
    done = refused_long_ago(office)
    assert says(office, NAME, ID_NO)
    assert erase(office, done.case_id) == 1
    assert [one.id for one in drafts.left_behind(office)] == [left.value]
    assert says(office, NAME, ID_NO, "桂兰") == []
    row = deeds.row(office, CaseFile, CaseFile.id == done.case_id)
    assert (row["sj_number"], row["item_code"], row["state"]) == (
        done.number,
        "ZH-ZM-01",
        "refused",
    )
    assert deeds.row(office, IssuedNumber)["number"] == done.number
    assert due(office) == set()
    assert whole(office)


def test_the_list_shows_it_without_a_name_and_its_page_says_why(office: Office) -> None:
    done = refused_long_ago(office)
    erase(office, done.case_id)
    rows = case_views.page(office, wanted=CaseFilter(group="all")).rows
    assert [(one.applicant, one.id_masked) for one in rows] == [("（已到期删除）", "")]
    with pytest.raises(CaseErased):
        case_views.detail(office, case_id=done.case_id)
    assert [one.number for one in keeping.view(office).erased] == [rows[0].short_no]


def test_who_is_still_on_file_stays_known(office: Office) -> None:
    done = refused_long_ago(office)
    take_in(office, "MZ-GL-01")
    erase(office, done.case_id)
    card = people.known(office, id_no=ID_NO)
    assert card is not None
    assert len(card.cases) == 1
    assert whole(office)


def test_two_persons_a_basis_and_the_right_are_needed(office: Office) -> None:
    done = refused_long_ago(office)
    with pytest.raises(NeedsSecondPerson):
        erasing.erase(office, ids=(done.case_id,), basis=BASIS, approved_by=None)
    with pytest.raises(FieldsRefused):
        erasing.erase(office, ids=(done.case_id,), basis=" ", approved_by=consent(office))
    agreed = consent(office)
    office.grants = roles.granted("clerk", ())
    with pytest.raises(NotGranted):
        erasing.erase(office, ids=(done.case_id,), basis=BASIS, approved_by=agreed)
    with pytest.raises(NotGranted):
        keeping.view(office)


def test_what_is_not_due_is_not_erased(office: Office) -> None:
    done = take_in(office)
    with pytest.raises(NotDue):
        erase(office, done.case_id)
    with pytest.raises(NotDue):
        erase(office)


def test_a_held_case_is_neither_listed_nor_erased(office: Office) -> None:
    done = refused_long_ago(office)
    erasing.hold(office, record_id=done.case_id, why="法院调卷")
    view = keeping.view(office)
    assert (view.due, [one.why for one in view.held]) == ((), ["法院调卷"])
    with pytest.raises(NotDue):
        erase(office, done.case_id)
    erasing.lift(office, record_id=done.case_id, why="已还卷")
    told = [line.text for line in deeds.detail(office, done).history]
    assert told[:2] == ["不再保留：已还卷", "依法保留：法院调卷"]
    assert erase(office, done.case_id) == 1
    assert says(office, NAME, "法院调卷") == []
    assert whole(office)


@pytest.mark.parametrize("why", ["", "  "])
def test_a_hold_wants_a_reason(office: Office, why: str) -> None:
    done = take_in(office)
    with pytest.raises(FieldsRefused):
        erasing.hold(office, record_id=done.case_id, why=why)
    with pytest.raises(NotFound):
        erasing.lift(office, record_id=done.case_id, why="没有保留过")


def test_an_erased_case_cannot_be_held(office: Office) -> None:
    done = refused_long_ago(office)
    erase(office, done.case_id)
    with pytest.raises(NotFound):
        erasing.hold(office, record_id=done.case_id, why="法院调卷")


def test_content_that_nobody_erased_is_missed(office: Office) -> None:
    """Gone without an erasing event: the check says which, the others stay explained."""
    done = refused_long_ago(office)
    take_in(office, "MZ-GL-01", who=person("王秀英", id_no=id_number(order=88)))
    erase(office, done.case_id)
    with office.writer.begin() as connection:
        told = select(Event.id, Event.n).join(EventPayload, EventPayload.event_id == Event.id)
        opened = connection.execute(told.where(Event.kind == "case.opened")).one()
        connection.execute(delete(EventPayload).where(EventPayload.event_id == opened.id))
    missed = f"经过记录第 {opened.n} 条的内容不见了，也没有删除的记录"
    assert missed in {one.text for one in check(office).findings}
    assert chain.check_start(office).faults == (missed,)


def test_the_deed_is_in_the_audit_without_a_name(office: Office) -> None:
    done = refused_long_ago(office)
    erase(office, done.case_id)
    told = deeds.events(office, "audit.noted")[-1]
    assert (told["what"], told["object"]) == ("erase", done.case_id.hex)
    erased = deeds.events(office, "case.erased")[0]
    assert (erased["basis"], erased["alone"]) == (BASIS, True)
    assert NAME not in str(erased)


def test_the_list_beside_the_file_brings_it_down_again(office: Office) -> None:
    """As after a backup in the file's place: the record stands there once more, and goes by itself."""
    first = refused_long_ago(office)
    listed = erased_ids.Erased(
        first.case_id.hex, "case", "不予受理、撤回、作废的", "2028-11-23", BASIS
    )
    erased_ids.add(office.paths.erased, (listed,))
    assert erasing.again(office).value == 1
    assert says(office, NAME, ID_NO) == []
    assert deeds.events(office, "case.erased")[0]["basis"] == erasing.AGAIN
    assert erasing.again(office).value == 0
    assert whole(office)
    assert {one.id for one in erased_ids.read(office.paths.erased)} == {first.case_id.hex}


def test_a_list_that_does_not_read_is_none(office: Office) -> None:
    office.paths.erased.write_text("[{]", encoding="utf-8")
    assert erased_ids.read(office.paths.erased) == ()
    assert erasing.again(office).value == 0


def test_an_entry_of_a_roll_has_its_own_time_and_leaves_nobodys_name(office: Office) -> None:
    """The case it came from stays: it is open, and kept for a time of its own."""
    roll_people.granted(office, person())
    [row] = roll_people.listed(office, "elderly", "roll")
    shown = roll_people.entry(office, "elderly", "roll", row)
    asks = {"stop_reason": "去世", "stop_date": "2026-11-20", "why": "殡葬证明"}
    act: Any = {"register": "elderly", "record_id": row.record_id, "version": shown.version}
    roll_deeds.do(office, **act, deed="stop", asks=asks)
    keep = office.catalog.retention.of_register("elderly")
    assert keep is not None
    assert keep.years
    years_pass(office, keep.years - 1)
    assert due(office) == set()
    years_pass(office, 1)
    [listed] = keeping.view(office).due
    assert (listed.id, listed.what, listed.who) == (row.record_id, "record", NAME)
    held = roll_people.on_roll(row)
    erasing.hold(office, record_id=held, why="法院调卷")
    assert due(office) == set()
    erasing.lift(office, record_id=held, why="案子结了")
    assert erase(office, held) == 1
    assert roll_people.listed(office, "elderly", "stopped") == ()
    assert not {"record", "record_step"} & set(says(office, NAME, ID_NO))
    assert {"person", "case_file"} <= set(says(office, NAME))
    assert whole(office)


def test_only_an_order_that_waits_is_declined_and_with_a_reason(office: Office) -> None:
    with pytest.raises(FieldsRefused):
        erasing.decline(office, order_id=office.origin, why=" ")
    with pytest.raises(NotFound):
        erasing.decline(office, order_id=office.origin, why="还有一笔没有核清")


def test_a_request_from_home_is_due_in_its_own_time(office: Office, tmp_path: Path) -> None:
    """From the day it was answered; it is nobody's row but its own."""
    bring(office, tmp_path)
    for row in requests.listed(office):
        requests.refuse(office, request_id=row.id, version=row.version, reason="请打物业电话")
    years_pass(office, 9)
    assert due(office) == set()
    years_pass(office, 1)
    listed = keeping.view(office).due
    assert [(one.what, one.title, one.due) for one in listed] == [
        ("record", "小程序申请", "2036-11-23")
    ] * 2
    assert sorted(one.who for one in listed) == ["刘桂兰", "王建国"]
    assert erase(office, *due(office)) == 2
    assert says(office, NAME, "王建国") == []
    assert whole(office)


def test_a_catalogue_may_keep_registers_for_ever_and_leave_a_class_out(office: Office) -> None:
    """A case nobody set a time for is never due, and neither is an entry."""
    refused(office)
    take_in(office, "ZH-ZM-01", "conclude_now")
    years_pass(office, 40)
    assert len(due(office)) == 2
    retention = office.catalog.retention
    for other in (
        replace(retention, cases=retention.cases[:1], registers={}),
        replace(retention, cases=retention.cases[:1], registers={"gone": "routine"}),
    ):
        office.rules = replace(office.rules, catalog=replace(office.catalog, retention=other))
        assert [one.keep for one in keeping.view(office).due] == ["不予受理、撤回、作废的"]


def test_a_case_is_found_by_any_of_its_numbers(office: Office) -> None:
    """As on paper with hyphens or without, as in lists, as somebody types it."""
    done = take_in(office, "ZH-ZM-01", "conclude_now")
    short = deeds.detail(office, done).row.short_no
    number = done.number or ""
    bare = short.removeprefix("SL ")
    assert bare != short
    typed = (number, number.replace("-", ""), short, f" SL{bare} ", bare)
    assert {keeping.find(office, number=one) for one in typed} == {done.case_id}
    for wrong in ("", "SL", number[:-1], "SL 1123-9999"):
        with pytest.raises(NotFound):
            keeping.find(office, number=wrong)


@pytest.mark.parametrize(
    "noise", [b"", b"{}", b"[3]", b'[{"id": 3}]', b'[{"id": "x"}]', b"[" * 100_000]
)
def test_a_damaged_list_brings_nothing_down_and_stops_nothing(office: Office, noise: bytes) -> None:
    office.paths.erased.write_bytes(noise)
    assert erased_ids.read(office.paths.erased) == ()
    assert erasing.again(office).value == 0
