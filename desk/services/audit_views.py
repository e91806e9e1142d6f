"""The audit as an auditor reads it: newest first, a page at a time, by what, who and when; no residents."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.engine import Connection

from db.models import AuditEntry, CaseFile, Document, Operator
from desk.domain.fields import Choice
from desk.services import audit, case_rows, ledger_maps, roles
from desk.services.audit import AuditCodes
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.rights import Right

SYSTEM = "系统"
NOBODY = "没有这个账号"
AuditKey = tuple[int, UUID]


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What is asked for; '' and None leave a part out."""

    what: str = ""
    operator: UUID | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class AuditRow:
    """A deed as a line: when, what, who, about which case or paper, what for, and its facts in words."""

    id: UUID
    n: int
    at: str
    what: str
    label: str
    who: str
    about: str
    purpose: str
    facts: str


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Some lines, and the key to ask on with; None after the last."""

    rows: tuple[AuditRow, ...]
    last: AuditKey | None


@dataclass(frozen=True, slots=True)
class AuditChoices:
    """What the lines can be narrowed to."""

    deeds: tuple[Choice, ...]
    operators: tuple[tuple[UUID, str], ...]


def choices(office: Office) -> AuditChoices:
    """The deeds that are noted and everybody who works here.

    Raises:
        NotGranted: he may not read the audit.
    """
    with reading(office, Right.READ_LOG) as connection:
        people = connection.execute(select(Operator.id, Operator.name).order_by(Operator.name))
        return AuditChoices(audit.codes().deeds, tuple((row.id, row.name) for row in people))


def page(
    office: Office, *, wanted: AuditFilter, after: AuditKey | None = None, limit: int = 50
) -> AuditPage:
    """The newest lines that fit, following the line `after`; in the order of the chain, whatever the clock said.

    Raises:
        NotGranted: he may not read the audit.
    """
    query = (
        select(AuditEntry.__table__, Operator.name.label("operator"))
        .join(Operator, Operator.id == AuditEntry.actor, isouter=True)
        .where(*_conditions(wanted))
        .order_by(AuditEntry.mono.desc(), AuditEntry.id.desc())
        .limit(limit)
    )
    if after is not None:
        query = query.where(tuple_(AuditEntry.mono, AuditEntry.id) < after)
    with reading(office, Right.READ_LOG) as connection:
        found = connection.execute(query).mappings().all()
        names = _names(connection, [row["object_id"] for row in found if row["object_id"]])
        known = _codes(office, connection)
    last = (found[-1]["mono"], found[-1]["id"]) if len(found) == limit else None
    return AuditPage(tuple(_row(known, row, names) for row in found), last)


def _codes(office: Office, connection: Connection) -> AuditCodes:
    """The codes, and beside them the names of what the catalogue calls by keys of its own: ledgers, rolls, roles; and who consented."""
    known, catalog = audit.codes(), office.catalog
    ledgers = ledger_maps.known_in(office, connection).ledgers
    names = {key: one.title for key, one in ledgers.items()}
    names |= {f"import/{code}": f"{label}导入结果" for code, label in known.labels["kind"].items()}
    for roll in catalog.registers.values():
        names |= {f"{roll.key}/{one.key}": f"{roll.label}{one.label}" for one in roll.lists}
    held = {key: role.label for key, role in roles.roles().items()}
    people = connection.execute(select(Operator.id, Operator.name))
    consent = {row.id.hex: f"{row.name}同意" for row in people}
    labels = {**known.labels, "name": names, "role": held, "approved_by": consent}
    return replace(known, labels=labels)


def _conditions(wanted: AuditFilter) -> Iterable[Any]:
    if wanted.what:
        yield AuditEntry.what == wanted.what
    if wanted.operator is not None:
        yield AuditEntry.actor == wanted.operator
    if wanted.day is not None:
        yield AuditEntry.at >= wanted.day.isoformat()
        yield AuditEntry.at < (wanted.day + timedelta(days=1)).isoformat()


def _names(connection: Connection, ids: list[UUID]) -> dict[UUID, str]:
    """What cases and papers are called by their numbers, and operators by name; residents are not named."""
    cases = select(
        CaseFile.id, CaseFile.short_no, CaseFile.sj_number, CaseFile.sl_number, CaseFile.old_number
    ).where(CaseFile.id.in_(ids))
    named = {
        row["id"]: case_rows.short_of(row) or row["old_number"]
        for row in connection.execute(cases).mappings()
    }
    papers = select(Document.id, Document.title, Document.number).where(Document.id.in_(ids))
    named |= {
        one: f"{title}　{number}".strip() for one, title, number in connection.execute(papers)
    }
    people = select(Operator.id, Operator.name).where(Operator.id.in_(ids))
    return named | {row.id: row.name for row in connection.execute(people)}


def _row(known: AuditCodes, row: Mapping[Any, Any], names: Mapping[UUID, str]) -> AuditRow:
    labels = {one.code: one.label for one in (*known.deeds, *known.purposes)}
    about = names.get(row["object_id"], row["object_id"].hex[-8:]) if row["object_id"] else ""
    if row["what"] == "sign_in_refused":
        about = about or NOBODY
    return AuditRow(
        id=row["id"],
        n=row["n"],
        at=row["at"][:19].replace("T", " "),
        what=row["what"],
        label=labels.get(row["what"], row["what"]),
        who=row["operator"] or SYSTEM,
        about=about,
        purpose=labels.get(row["purpose"], row["purpose"]),
        facts=known.said(row["what"], row["facts"]),
    )
