"""What this desk told after a backup and the county never had: laid aside when the county gave back what it has."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection

from db.models import CaseFile, SetAside
from desk.domain.events import EventRecord
from desk.domain.workflow import Tone
from desk.exchange.event_lines import read_line
from desk.services import shielding
from desk.services.case_projection import uuid_of
from desk.services.case_rows import short_of
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.resend_taking import RETOLD

SHOWN = 500
FATES: Mapping[str, tuple[str, Tone]] = MappingProxyType(
    {"waiting": ("等县里补发齐", "action"), "differs": ("两边不一样，没有并入", "late")}
)
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "case.opened": "收件",
        "case.edited": "更正字段",
        "case.materials": "补交材料",
        "case.assigned": "交给同事接着办",
        "document.printed": "补打文书",
        "person.recorded": "登记居民",
        "person.changed": "改居民资料",
    }
)
OTHER = "其他记录"


@dataclass(frozen=True, slots=True)
class AsideRow:
    """One record: of which case (None where it is of none, or the case is not here), what, and what becomes of it."""

    event_id: UUID
    case_id: UUID | None
    short_no: str
    applicant: str
    what: str
    at: str
    state: str
    tone: Tone


def rows(office: Office) -> tuple[AsideRow, ...]:
    """What waits, and what differs from the county's and was not taken in; what was told again is none of it."""
    with reading(office) as connection:
        return tuple(_rows(office, connection))


def _rows(office: Office, connection: Connection) -> Iterator[AsideRow]:
    found = connection.execute(
        select(SetAside)
        .where(SetAside.fate != RETOLD)
        .order_by(SetAside.origin, SetAside.n)
        .limit(SHOWN)
    ).mappings()
    for row in found.all():
        record = read_line(bytes(row["line"]))
        case = _case(connection, record)
        state, tone = FATES[row["fate"]]
        yield AsideRow(
            event_id=row["event_id"],
            case_id=case["id"] if case else None,
            short_no=short_of(case) if case else "",
            applicant=shielding.named(office, case) if case else "",
            what=_what(record),
            at=record.at,
            state=state,
            tone=tone,
        )


def _what(record: EventRecord) -> str:
    told = record.payload or {}
    if record.kind == "case.moved":
        return str(told.get("said") or OTHER)
    if record.kind == "document.issued":
        return str(told.get("title") or OTHER)
    return KINDS.get(record.kind, OTHER)


def _case(connection: Connection, record: EventRecord) -> Mapping[Any, Any] | None:
    named = (record.payload or {}).get("case")
    about = uuid_of(named) if isinstance(named, str) else record.entity_id
    columns = (CaseFile.id, CaseFile.short_no, CaseFile.sj_number, CaseFile.sl_number)
    whose = (CaseFile.applicant, CaseFile.shielded, CaseFile.operator_id)
    query = select(*columns, *whose).where(CaseFile.id == about)
    return connection.execute(query).mappings().first()
