"""What is noted for an auditor."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from db.models import AuditEntry
from desk.clock import FixedClock
from desk.domain.ledgers import read_span
from desk.errors import SignInRefused
from desk.services import audit, audit_views, ledger_book, print_jobs, settings, sync
from desk.services.audit_views import AuditFilter
from desk.services.check import check
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.sign_in import sign_in
from tests.builders import PASSWORD
from tests.services import staff
from tests.services.trips import Trip, export


def noted(office: Office, what: str) -> list[dict[str, Any]]:
    """The facts of the entries of one kind, oldest first."""
    return [dict(row["facts"]) for row in rows(office) if row["what"] == what]


def rows(office: Office) -> list[dict[str, Any]]:
    with reading(office) as connection:
        table = AuditEntry.__table__
        rows = connection.execute(select(table).order_by(table.c.mono)).mappings()
        return [dict(row) for row in rows]


def test_a_deed_is_noted_with_who_and_what_for(office: Office) -> None:
    case = uuid4()
    audit.noted(office, what="reveal", object_id=case, purpose="contact", count=1)
    row = rows(office)[-1]
    told = {name: row[name] for name in ("what", "object_id", "purpose", "actor", "facts")}
    assert told == {
        "what": "reveal",
        "object_id": case,
        "purpose": "contact",
        "actor": office.actor,
        "facts": {"count": 1},
    }


def test_notes_follow_from_the_chain_and_refresh_no_page(office: Office) -> None:
    done = audit.noted(office, what="clock")
    assert not done.changes
    assert check(office).findings == ()


def test_codes_have_labels_and_stand_once() -> None:
    known = audit.codes()
    for choices in (known.deeds, known.purposes):
        assert len({one.code for one in choices}) == len(choices)
        assert all(one.label for one in choices)


def test_writing_a_list_is_noted_before_the_file_is_there(office: Office, tmp_path: Path) -> None:
    span = read_span("all")
    ledger_book.write(
        office,
        key="day_book",
        span=span,
        path=tmp_path / "book.xlsx",
        kind="xlsx",
        progress=lambda *_: None,
        cancelled=lambda: False,
    )
    assert noted(office, "export") == [{"name": "day_book", "kind": "xlsx", "rows": 0}]


def test_a_setting_is_noted_by_its_name_alone(office: Office) -> None:
    settings.put(office, key="large_text", value=True)
    assert noted(office, "setting") == [{"key": "large_text"}]


def test_printing_is_noted(office: Office) -> None:
    order = print_jobs.begin_pdf(
        office, title="名单", pdf=b"%PDF-1.4", medium="A4", printer="甲", copies=2
    ).value
    print_jobs.job_done(office, job_id=order.job_id)
    assert noted(office, "print") == [{"medium": "A4", "copies": 2}]


def test_who_came_in_and_who_was_refused_before(office: Office) -> None:
    who, paths = office.hall.operator_id, office.paths
    office.close()
    for operator, password in ((who.hex, "错的"), (who.hex, "也错"), ("nobody", "错的")):
        with pytest.raises(SignInRefused):
            sign_in(paths, operator_id=operator, password=password, clock=office.clock)
    for times in (1, 2):
        again = sign_in(paths, operator_id=who.hex, password=PASSWORD, clock=office.clock)
        told = [(row["what"], row["object_id"], row["facts"].get("count")) for row in rows(again)]
        again.close()
        came = ("sign_in", who, None)
        before = [("sign_in_refused", who, 2), ("sign_in_refused", None, 1)]
        assert told == [*before, *[came] * times]


def test_it_is_read_by_deed_by_day_and_by_whoever_did_it(office: Office) -> None:
    """Page after page, the newest first; a name nobody has is called so."""
    paths, clock = office.paths, office.clock
    assert isinstance(clock, FixedClock)
    colleague = staff.add(office)
    audit.noted(office, what="clock")
    clock.advance(days=1)
    office.close()
    with pytest.raises(SignInRefused):
        sign_in(paths, operator_id="nobody", password="错的", clock=clock)
    with staff.signed_in(office, colleague) as other:
        other.grants = (("*", "*", "all"),)
        audit.noted(other, what="clock")

        def told(**wanted: Any) -> list[tuple[str, str]]:
            found = audit_views.page(other, wanted=AuditFilter(**wanted)).rows
            return [(one.what, one.who) for one in found]

        assert told(what="clock") == [("clock", "李静"), ("clock", "王敏")]
        assert told(what="clock", operator=office.actor) == [("clock", "王敏")]
        assert told(what="clock", day=other.today) == [("clock", "李静")]
        assert told(day=other.today + timedelta(days=1)) == []
        whole = audit_views.page(other, wanted=AuditFilter()).rows
        first = audit_views.page(other, wanted=AuditFilter(), limit=2)
        rest = audit_views.page(other, wanted=AuditFilter(), after=first.last, limit=50)
        assert (*first.rows, *rest.rows) == whole
        [refused] = audit_views.page(other, wanted=AuditFilter(what="sign_in_refused")).rows
        assert refused.about == audit_views.NOBODY
        assert {name for _, name in audit_views.choices(other).operators} == {"李静", "王敏"}


def test_what_is_only_noted_makes_no_package(trip: Trip) -> None:
    first = export(trip.desk, trip.stick)
    assert noted(trip.desk, "package") == [{"seq": 1}]
    audit.noted(trip.desk, what="clock")
    again = export(trip.desk, trip.stick)
    assert (again.files, sync.view(trip.desk).unsent_events) == (first.files, 0)
