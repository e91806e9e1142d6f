"""Looking behind the mask."""

from pathlib import Path
from uuid import uuid4

import pytest

from desk.domain.ledgers import Span
from desk.errors import FieldsRefused, NotFound, NotGranted
from desk.services import (
    audit_views,
    case_editing,
    case_views,
    covering,
    ledger_book,
    people,
    requests,
    revealing,
    roles,
    roll_changes,
    roll_export,
    roll_papers,
    rolls,
)
from desk.services.audit_views import AuditFilter
from desk.services.backup import never, quiet
from desk.services.office import Office
from desk.services.roll_views import RollFilter
from desk.services.views import LabelValue
from tests.builders import id_number, take_in
from tests.services.roll_people import recognised, resident
from tests.services.test_audit import rows
from tests.services.test_requests import bring

CLERK = roles.granted("clerk", ())
CHRONIC = RollFilter("chronic", "roll")
LIU = resident("刘桂兰", "1956-03-12", 2)


def test_what_is_masked_on_the_page_is_handed_out_whole_and_noted(office: Office) -> None:
    done = take_in(office, "MZ-GL-01")
    number = id_number()
    shown = case_views.detail(office, case_id=done.case_id).parties
    assert number not in {one.value for one in shown}
    told = revealing.of_case(office, case_id=done.case_id, purpose="contact")
    assert told.value[0] == LabelValue("证件号码", number)
    assert not told.changes
    [line] = audit_views.page(office, wanted=AuditFilter(what="reveal")).rows
    assert (line.purpose, line.facts) == ("联系本人", "办件")
    assert number not in str(rows(office))


def test_without_a_purpose_nothing_is_handed_out(office: Office) -> None:
    done = take_in(office, "MZ-GL-01")
    before = rows(office)
    for purpose in ("", "好奇"):
        with pytest.raises(FieldsRefused):
            revealing.of_case(office, case_id=done.case_id, purpose=purpose)
    assert rows(office) == before


def test_who_sees_no_residents_reveals_none(office: Office) -> None:
    done = take_in(office, "MZ-GL-01")
    office.grants = (("read_log", "*", "all"),)
    with pytest.raises(NotGranted):
        revealing.of_case(office, case_id=done.case_id, purpose="contact")
    with pytest.raises(NotGranted):
        revealing.of_person(office, person_id=uuid4(), purpose="contact")


def test_an_illness_is_in_no_view_and_is_handed_out_by_the_line(office: Office) -> None:
    done = recognised(office, LIU, "D02")
    for grants, seen in (((("*", "*", "all"),), True), (CLERK, False)):
        office.grants = grants
        detail = case_views.detail(office, case_id=done.case_id)
        assert "糖尿病" not in str((detail.form, detail.parties, detail.history))
        assert covering.COVER in {one.value for one in detail.form if one.hidden}
        told = revealing.of_case(office, case_id=done.case_id, purpose="verify").value
        assert ("糖尿病" in str(told), covering.NOT_GRANTED in str(told)) == (seen, not seen)
        assert LIU.id_no in {one.value for one in told}
        assert (detail.row.item_name == "医保业务") is not seen


def test_what_is_corrected_is_noted_and_kept_to_the_line(office: Office) -> None:
    done = recognised(office, LIU, "D02")
    found = case_editing.correctable(office, case_id=done.case_id).value
    assert found.values["diseases"] == ["D02"]
    [line] = audit_views.page(office, wanted=AuditFilter(what="reveal")).rows
    assert (line.purpose, line.facts) == ("办理业务需要", "更正")
    office.grants = CLERK
    found = case_editing.correctable(office, case_id=done.case_id).value
    assert "diseases" not in {*found.values, *(one.key for one in found.fields)}


def test_a_register_of_illnesses_is_its_lines_alone(office: Office, tmp_path: Path) -> None:
    recognised(office, LIU, "D02")
    [row] = rolls.page(office, wanted=CHRONIC).rows
    assert row.record_id
    told = revealing.of_entry(office, record_id=row.record_id, purpose="verify").value
    assert "糖尿病" in str(told)
    office.grants = (*CLERK, ("sensitive", "party", "all"))
    assert "chronic" not in {one.register.key for one in rolls.registers(office)}
    span, path = Span("all"), tmp_path / "x.xlsx"
    deeds = (
        lambda: rolls.page(office, wanted=CHRONIC),
        lambda: rolls.counts(office, register="chronic"),
        lambda: rolls.entry(office, wanted=CHRONIC, row=row),
        lambda: roll_export.export(
            office, wanted=CHRONIC, path=path, progress=quiet, cancelled=never
        ),
        lambda: roll_papers.print_list(office, wanted=CHRONIC),
        lambda: roll_changes.totals(office, register="chronic", month_wanted="2026-11"),
        lambda: revealing.of_entry(office, record_id=row.record_id, purpose="verify"),
        lambda: ledger_book.preview(office, key="chronic_cases", span=span),
        lambda: ledger_book.write(
            office,
            key="chronic_cases",
            span=span,
            path=path,
            kind="pdf",
            progress=quiet,
            cancelled=never,
        ),
        lambda: ledger_book.print_out(
            office, key="chronic_cases", span=span, progress=quiet, cancelled=never
        ),
    )
    for deed in deeds:
        with pytest.raises(NotGranted) as refused:
            deed()
        assert refused.value.operation == "sensitive"
    assert not path.exists()
    keys = {one.key for one in ledger_book.books(office)}
    assert {"day_book", "party_transfers"} <= keys
    assert "chronic_cases" not in keys
    rows = ledger_book.preview(office, key="day_book", span=span).rows
    assert "医保业务" in str(rows)


def test_nobody_is_not_revealed(office: Office) -> None:
    for deed in (
        lambda: revealing.of_person(office, person_id=uuid4(), purpose="contact"),
        lambda: revealing.of_entry(office, record_id=uuid4(), purpose="contact"),
        lambda: revealing.of_request(office, request_id=uuid4(), purpose="contact"),
    ):
        with pytest.raises(NotFound):
            deed()
    assert audit_views.page(office, wanted=AuditFilter(what="reveal")).rows == ()


def test_who_is_known_or_asked_from_home_is_handed_out_by_the_same_rule(
    office: Office, tmp_path: Path
) -> None:
    take_in(office, "MZ-GL-01")
    card = people.known(office, id_no=id_number())
    assert card is not None
    told = revealing.of_person(office, person_id=card.id, purpose="contact").value
    assert LabelValue("证件号码", id_number()) in told
    bring(office, tmp_path)
    handed = {
        row.name: [
            one.label
            for one in revealing.of_request(office, request_id=row.id, purpose="contact").value
        ]
        for row in requests.listed(office)
    }
    assert handed == {"刘桂兰": ["证件号码", "联系电话"], "王建国": ["联系电话"]}
    assert len(audit_views.page(office, wanted=AuditFilter(what="reveal")).rows) == 3
