"""Confidential applicants: known to the one who handles the case, and to nobody else in lists, searches, papers or files."""

from pathlib import Path

import pytest
from sqlalchemy import select

from db.models import CaseFile
from desk.domain.ledgers import Span
from desk.errors import ChangedMeanwhile, NotGranted
from desk.services import (
    attachments,
    audit_views,
    case_editing,
    case_views,
    documents,
    ledger_book,
    operators,
    people,
    revealing,
    rolls,
    search,
    shielding,
    today,
)
from desk.services.audit_views import AuditFilter
from desk.services.check import check
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.roll_views import RollFilter
from desk.services.views import CaseFilter, Finished
from tests.builders import id_number, person, take_in
from tests.importing.photos import photo
from tests.printing.reading import text_of
from tests.services import deeds, staff
from tests.services.ledger_desk import write
from tests.services.test_attachments import id_of, took
from tests.services.trips import Trip

NAME, NUMBER = person().name, id_number()


def secret(office: Office) -> Finished:
    """A case whose applicant was made confidential by who took it in."""
    done = take_in(office, "MZ-GL-01")
    version = case_views.detail(office, case_id=done.case_id).version
    shielding.shield(office, case_id=done.case_id, version=version, on=True)
    return done


def test_who_handles_it_sees_him_and_says_so_in_the_history(office: Office) -> None:
    done = secret(office)
    detail = case_views.detail(office, case_id=done.case_id)
    assert (detail.shielded, detail.handled_here, detail.row.applicant) == (True, True, NAME)
    assert detail.history[0].text == "申请人设为保密"
    assert revealing.of_case(office, case_id=done.case_id, purpose="contact").value
    [line] = audit_views.page(office, wanted=AuditFilter(what="confidential")).rows
    assert line.facts == "设为保密"
    assert check(office).findings == ()
    with pytest.raises(ChangedMeanwhile):
        shielding.shield(office, case_id=done.case_id, version=detail.version, on=True)
    shielding.shield(office, case_id=done.case_id, version=detail.version, on=False)
    assert not case_views.detail(office, case_id=done.case_id).shielded


@pytest.mark.parametrize("role", ["clerk", "lead"])
def test_a_colleague_meets_him_nowhere(office: Office, role: str) -> None:
    done = secret(office)
    other = staff.add(office, "李静", role)
    with staff.signed_in(office, other) as at_desk:
        detail = case_views.detail(at_desk, case_id=done.case_id)
        assert (detail.row.applicant, detail.person_id, detail.documents) == ("（保密）", None, ())
        listed = case_views.page(at_desk, wanted=CaseFilter()).rows
        story = case_views.due_story(at_desk, case_id=done.case_id)
        seen = (detail, listed, story, today.today(at_desk).cases, today.today(at_desk).due)
        assert NAME not in str(seen)
        assert NUMBER[-4:] not in str((detail, listed))
        known = people.known(at_desk, id_no=NUMBER)
        assert known is not None
        assert known.cases == ()
        for text in (NAME, NUMBER[-4:], "lgl"):
            assert search.search(at_desk, text=text).cases == ()
        [found] = search.search(at_desk, text=detail.row.short_no).cases
        assert found.applicant == "（保密）"


def test_a_colleague_can_neither_look_behind_it_nor_lift_it(office: Office) -> None:
    done = secret(office)
    paper = done.document
    assert paper is not None
    other = staff.add(office, "李静", "lead")
    with staff.signed_in(office, other) as at_desk:
        version = case_views.detail(at_desk, case_id=done.case_id).version
        tries = (
            lambda: revealing.of_case(at_desk, case_id=done.case_id, purpose="contact"),
            lambda: case_editing.correctable(at_desk, case_id=done.case_id),
            lambda: documents.pdf(at_desk, document_id=paper),
            lambda: documents.reprint(at_desk, document_id=paper, medium="A5"),
            lambda: shielding.shield(at_desk, case_id=done.case_id, version=version, on=False),
        )
        for deed in tries:
            with pytest.raises(NotGranted) as refused:
                deed()
            assert refused.value.operation == shielding.SHIELD


def test_handed_on_it_is_the_others_secret(office: Office) -> None:
    done = secret(office)
    first = office.actor
    assert first is not None
    other = staff.add(office)
    operators.hand_on(office, leaver=first, to=other)
    assert case_views.detail(office, case_id=done.case_id).row.applicant == "（保密）"
    with staff.signed_in(office, other) as at_desk:
        assert case_views.detail(at_desk, case_id=done.case_id).row.applicant == NAME


def test_papers_and_ledgers_leave_him_out_whoever_makes_them(
    office: Office, tmp_path: Path
) -> None:
    done = secret(office)
    deeds.act(office, done, "withdraw")
    # The receipt was handed out before; what is issued from then on names nobody.
    papers = case_views.detail(office, case_id=done.case_id).documents
    [newest] = [one for one in papers if one.kind == "withdrawal_notice"]
    told = text_of(documents.pdf(office, document_id=newest.id))
    assert NAME not in told
    assert "保密申请人" in told
    shown = ledger_book.preview(office, key="day_book", span=Span("all"))
    assert "（保密）" in str(shown.rows)
    path = tmp_path / "all.csv"
    ledger_book.write(
        office,
        key="day_book",
        span=Span("all"),
        path=path,
        kind="csv",
        progress=lambda *_: None,
        cancelled=lambda: False,
    )
    assert NAME not in path.read_text("utf-8-sig")
    assert NUMBER not in path.read_text("utf-8-sig")


@pytest.mark.both_engines
def test_the_county_meets_him_nowhere_either(trip: Trip, tmp_path: Path) -> None:
    done = secret(trip.desk)
    trip.export()
    trip.receive()
    with reading(trip.hub) as connection:
        kept = connection.execute(select(CaseFile.shielded).where(CaseFile.id == done.case_id))
        assert kept.scalar_one()
    detail = case_views.detail(trip.hub, case_id=done.case_id)
    assert NAME not in str(detail)
    with pytest.raises(NotGranted):
        revealing.of_case(trip.hub, case_id=done.case_id, purpose="inspect")
    for key in ("day_book", "elderly_roster"):
        path = tmp_path / f"{key}.csv"
        write(trip.hub, path, key, "csv")
        assert NAME not in path.read_text("utf-8-sig")
    assert "（保密）" in (tmp_path / "day_book.csv").read_text("utf-8-sig")
    assert rolls.page(trip.hub, wanted=RollFilter("elderly", "roll")).rows == ()


def test_his_pictures_are_the_handlers_alone(office: Office) -> None:
    done = secret(office)
    took(office, done.case_id, photo())
    [picture] = attachments.view(office, case_id=done.case_id).rows
    assert attachments.opened(office, attachment_id=id_of(picture), purpose="verify").value.data
    other = staff.add(office, "李静", "lead")
    with staff.signed_in(office, other) as at_desk:
        with pytest.raises(NotGranted):
            attachments.opened(at_desk, attachment_id=id_of(picture), purpose="verify")
        assert attachments.view(at_desk, case_id=done.case_id).covered
