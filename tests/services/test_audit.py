"""What is noted for an auditor."""

from uuid import uuid4

from sqlalchemy import select

from db.models import AuditEntry
from desk.services import audit
from desk.services.check import check
from desk.services.office import Office
from desk.services.operation import reading


def noted(office: Office, what: str) -> list[dict[str, object]]:
    """The facts of the entries of one kind, oldest first."""
    return [dict(row["facts"]) for row in rows(office) if row["what"] == what]


def rows(office: Office) -> list[dict[str, object]]:
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
