"""Undoing one's own last operation: the rows are as they were, the log says so, and what others may have seen stays."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from db.models import CaseFile, CaseMaterial, Document, IssuedNumber, Record, RecordStep
from desk.errors import CannotUndo, NotGranted
from desk.services import (
    case_editing,
    case_views,
    cases,
    documents,
    orders,
    people,
    print_jobs,
    roles,
    roll_deeds,
    standing,
    undoing,
)
from desk.services.check import check
from desk.services.office import Office
from desk.services.operation import Operation, perform, reading
from desk.services.views import Finished
from tests.builders import handed_in, id_number, person, take_in
from tests.services import deeds, staff
from tests.services.test_orders import at_desk, the_case, there_and_back
from tests.services.trips import Trip

TABLES: tuple[Any, ...] = (CaseFile, CaseMaterial, Document, Record, RecordStep)
Rows = dict[str, list[dict[str, Any]]]


def rows(office: Office) -> Rows:
    """All rows an operation may change, without the versions, which never go back."""
    with reading(office) as connection:
        return {
            table.__tablename__: [
                {key: value for key, value in row.items() if key != "version"}
                for row in connection.execute(
                    select(table).order_by(*table.__table__.primary_key.columns)
                ).mappings()
            ]
            for table in TABLES
        }


def refusal(office: Office) -> str:
    """Why it cannot be undone, said and done alike."""
    before = rows(office)
    with pytest.raises(CannotUndo) as refused:
        undoing.undo(office)
    assert rows(office) == before
    assert undoing.look(office).why == refused.value.why
    return refused.value.why


def correct(office: Office, done: Finished) -> None:
    found = case_editing.correctable(office, case_id=done.case_id).value
    case_editing.edit(
        office,
        case_id=done.case_id,
        version=found.version,
        fields={"kin_name": "刘小军"},
        why="家属换了",
    )


def bring(office: Office, done: Finished) -> None:
    page = deeds.detail(office, done)
    cases.bring_materials(
        office,
        case_id=done.case_id,
        version=page.version,
        handed_in=(handed_in("id_card", "身份证"),),
    )


DEEDS: dict[str, Callable[[Office, Finished], object]] = {
    "a move with a number and a paper": lambda office, done: deeds.act(
        office, done, "confirm_accepted"
    ),
    "a withdrawal": lambda office, done: deeds.act(office, done, "withdraw"),
    "a correction": correct,
    "papers brought later": bring,
}


@pytest.mark.parametrize("deed", list(DEEDS))
def test_the_rows_are_as_they_were(office: Office, deed: str) -> None:
    done = take_in(office, "MZ-GL-01")
    before = rows(office)
    DEEDS[deed](office, done)
    assert rows(office) != before
    assert undoing.look(office).why == ""
    undoing.undo(office)
    assert rows(office) == before
    assert check(office).findings == ()
    assert refusal(office) == "nothing"


def test_a_number_given_out_is_never_given_again(office: Office) -> None:
    done = take_in(office, "MZ-GL-01")
    burned = deeds.act(office, done, "confirm_accepted").number
    undoing.undo(office)
    assert deeds.detail(office, done).numbers == (done.number,)
    again = deeds.act(office, done, "confirm_accepted").number
    assert again != burned
    with reading(office) as connection:
        kept = set(connection.execute(select(IssuedNumber.number)).scalars())
    assert {burned, again, done.number} == kept
    told = [one.text for one in deeds.detail(office, done).history]
    assert any(f"编号 {burned} 作废（撤销）" in one for one in told)


def test_what_was_asked_then_is_asked_anew(office: Office) -> None:
    done = take_in(office, "MZ-GL-01")
    deeds.act(office, done, "confirm_accepted", acceptor_no="城关受理第 7 号")
    undoing.undo(office)
    with reading(office) as connection:
        assert "城关" not in str(standing.asked_before(connection, done.case_id))
    assert "已受理" not in [
        one.label for one in deeds.detail(office, done).bar if one.status != "ahead"
    ]


def test_an_undone_intake_leaves_a_voided_case(office: Office) -> None:
    done = take_in(office, "ZH-ZM-01", "conclude_now")
    undoing.undo(office)
    row = deeds.row(office, CaseFile)
    assert (row["state"], row["phase"], row["sl_number"]) == ("void", "closed", done.number)
    assert deeds.detail(office, done).documents == ()
    assert check(office).findings == ()
    assert people.known(office, id_no=id_number()) is not None


def test_an_undone_deed_of_a_register_is_no_change_of_the_month(office: Office) -> None:
    done = take_in(office, "MZ-GL-01")
    deeds.walk(office, done, "confirm_accepted", "start_review", "start_publicity", "end_publicity")
    before = rows(office)
    deeds.act(office, done, "decide_ok")
    assert rows(office)["record"] != before["record"]
    undoing.undo(office)
    assert rows(office) == before
    deeds.act(office, done, "decide_ok")
    entry = deeds.row(office, Record)
    enrolled = rows(office)
    stop = {"stop_reason": "去世", "stop_date": office.today.isoformat(), "why": "家属来报"}
    roll_deeds.do(
        office,
        register="elderly",
        record_id=entry["id"],
        version=entry["version"],
        deed="stop",
        asks=stop,
    )
    undoing.undo(office)
    assert rows(office) == enrolled
    assert check(office).findings == ()


def test_what_was_printed_or_is_on_its_way_stays(office: Office) -> None:
    done = take_in(office)
    assert done.document is not None
    print_jobs.begin(office, document_id=done.document, medium="A5", printer="窗口打印机")
    assert refusal(office) == "printed"


def test_what_was_saved_as_a_file_stays(office: Office) -> None:
    done = take_in(office)
    assert done.document is not None
    paper = documents.to_give(office, document_id=done.document)
    documents.given(office, document_id=done.document, paper=paper)
    assert refusal(office) == "printed"


def test_what_went_on_stays(office: Office) -> None:
    done = take_in(office)
    perform(
        office,
        Operation.EXCHANGE,
        lambda bench: bench.emit("hold.put", "case", done.case_id, {"why": "", "by": ""}),
    )
    assert refusal(office) == "later"


def test_what_another_day_did_stays(office: Office) -> None:
    take_in(office)
    clock: Any = office.clock
    clock.advance(days=1)
    assert refusal(office) == "day"


def test_what_was_sent_stays(trip: Trip) -> None:
    take_in(trip.desk, who=person("王秀英", id_no=id_number(order=88)))
    trip.export()
    assert refusal(trip.desk) == "sent"


def test_what_answered_the_county_stays(trip: Trip) -> None:
    """The correction it had asked for: the answer is of another kind, and goes there with the next stick."""
    there_and_back(trip)
    case_id = the_case(trip)
    orders.give_request(trip.hub, case_id=case_id, field="live_state", reason="入户看到是独居")
    there_and_back(trip)
    at_desk(trip, live_state="独居")
    assert refusal(trip.desk) == "order"


def test_an_undone_operation_travels_whole(trip: Trip) -> None:
    done = take_in(trip.desk, who=person("王秀英", id_no=id_number(order=88)))
    trip.export()
    deeds.act(trip.desk, done, "confirm_accepted")
    undoing.undo(trip.desk)
    trip.receive()
    trip.export()
    assert trip.outcomes() == ["ALREADY", "COMMITTED"]
    assert check(trip.hub).findings == ()


def test_who_signs_in_next_does_not_undo_it(office: Office) -> None:
    colleague = staff.add(office)
    take_in(office)
    with staff.signed_in(office, colleague) as other:
        assert refusal(other) == "nothing"


def test_it_takes_the_right(office: Office) -> None:
    take_in(office)
    office.grants = roles.granted("auditor", ())
    with pytest.raises(NotGranted):
        undoing.undo(office)


def test_a_note_in_between_changes_nothing(office: Office) -> None:
    """A consultation counted, a setting kept: the operation before is still the last of its kind."""
    done = take_in(office)
    cases.log_consultation(office, item_code="MZ-GL-01")
    assert undoing.undo(office).value == "已收件"
    assert case_views.detail(office, case_id=done.case_id).row.state == "void"
