"""Undoing one's own last operation, as long as nobody can have seen anything of it.

What is undone stays in the log; an event after it says what the rows were before. They are found by replaying the log up
to that operation, so that undoing needs no inverse of each deed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.engine import Connection

from db.models import (
    CaseFile,
    CaseMaterial,
    Document,
    DocumentFile,
    Event,
    PackageOut,
    PrintJob,
    Record,
)
from desk.domain import case_clock
from desk.domain.canonical import Json
from desk.domain.case_clock import CaseClock
from desk.domain.events import EventRecord
from desk.errors import CannotUndo
from desk.services import catalogs, projection, shielding
from desk.services.case_projection import MATERIAL_COLUMNS
from desk.services.event_store import read_events
from desk.services.office import LastDeed, Office
from desk.services.operation import Done, Operation, Work, perform, reading
from desk.services.rebuilding import in_memory
from desk.services.sync_send import SENT
from desk.services.undo_projection import CASE_COLUMNS, RECORD_COLUMNS

VOID: Final = "void"
"""Where an intake goes that is undone: its number was given out and is not used again."""
OF_CASES: Final = ("case.opened", "case.moved", "case.materials", "case.edited")
OF_PAPERS: Final = ("document.issued", "document.voided")
OF_RECORDS: Final = ("record.opened", "record.changed")
OF_PICTURES: Final = ("attachment.added",)
LEFT: Final = ("person.recorded", "person.changed")
"""What was learned of a person stays: it was not wrong because the deed was."""
CAN_BE: Final = frozenset((*OF_CASES, *OF_PAPERS, *OF_RECORDS, *OF_PICTURES, *LEFT))
UNDONE: Final = "撤销：{said}"
NAMES: Final[Mapping[str, str]] = {
    "case.opened": "受理",
    "case.materials": "补交材料",
    "case.edited": "更正",
    "record.opened": "名册登记",
    "record.changed": "名册登记",
}


@dataclass(frozen=True, slots=True)
class Undoable:
    """The last operation in words, whose it was about, and why it cannot be undone ('' when it can)."""

    what: str = ""
    who: str = ""
    why: str = ""


def look(office: Office) -> Undoable:
    """What undoing would undo now."""
    deed = office.last_deed
    if deed is None:
        return Undoable(why="nothing")
    with reading(office) as connection:
        events = _events(office, connection, deed)
        return Undoable(
            _said(events),
            _whose(office, connection, events),
            _why_not(office, connection, deed, events),
        )


def undo(office: Office) -> Done[str]:
    """Undo the last operation; gives back what it was, in words.

    Raises:
        CannotUndo: with the reason; nothing was changed.
    """
    deed = office.last_deed

    def work(bench: Work) -> str:
        if deed is None:
            raise CannotUndo("nothing")
        events = _events(office, bench.connection, deed)
        if why := _why_not(office, bench.connection, deed, events):
            raise CannotUndo(why)
        said = _said(events)
        span: dict[str, Json] = {"first": deed.first, "last": deed.last, "said": said}
        for case_id in _about(events, OF_CASES):
            _undo_case(bench, case_id, deed, events, span)
        for record_id in _about(events, OF_RECORDS):
            _undo_record(bench, record_id, deed, events, span)
        for paper in _about(events, OF_PAPERS):
            _undo_paper(bench, paper, events, span)
        _take_off(bench, events, said)
        return said

    return perform(office, Operation.UNDO, work)


def _events(office: Office, connection: Connection, deed: LastDeed) -> tuple[EventRecord, ...]:
    within = (Event.origin == office.origin, Event.n.between(deed.first, deed.last))
    return tuple(read_events(connection, *within, Event.entity != "audit"))


def _about(events: tuple[EventRecord, ...], kinds: tuple[str, ...]) -> tuple[UUID, ...]:
    return tuple(dict.fromkeys(one.entity_id for one in events if one.kind in kinds))


def _said(events: tuple[EventRecord, ...]) -> str:
    """What was done, as its history tells it."""
    moved = [one.payload for one in events if one.kind == "case.moved" and one.payload]
    if moved:
        return str(moved[-1]["said"])
    return next((NAMES[one.kind] for one in events if one.kind in NAMES), "")


def _whose(office: Office, connection: Connection, events: tuple[EventRecord, ...]) -> str:
    named = select(CaseFile.applicant, CaseFile.shielded, CaseFile.operator_id)
    rows = connection.execute(named.where(CaseFile.id.in_(_about(events, OF_CASES)))).mappings()
    return "、".join(shielding.named(office, row) for row in rows)


def _why_not(
    office: Office, connection: Connection, deed: LastDeed, events: tuple[EventRecord, ...]
) -> str:
    """The code of what stands against it, '' for nothing."""
    papers = _about(events, OF_PAPERS)
    if deed.day != office.today:
        return "day"
    if any(one.kind not in CAN_BE for one in events):
        return "order"
    if _was_given(connection, papers):
        return "printed"
    if _gone_on(office, connection, deed, events):
        return "later"
    sealed = (PackageOut.kind.in_(SENT), PackageOut.epoch == office.epoch)
    sent = connection.execute(select(func.max(PackageOut.last_n)).where(*sealed)).scalar() or 0
    return "sent" if sent >= deed.first else ""


def _was_given(connection: Connection, papers: tuple[UUID, ...]) -> bool:
    """Whether one of these papers is in somebody's hands, or on its way to a printer."""
    kept = select(DocumentFile.nth).where(DocumentFile.document_id.in_(papers))
    queued = select(PrintJob.id).where(PrintJob.document_id.in_(papers))
    printed = select(Document.id).where(Document.id.in_(papers), Document.prints > 0)
    return any(connection.execute(one.limit(1)).first() for one in (kept, queued, printed))


def _gone_on(
    office: Office, connection: Connection, deed: LastDeed, events: tuple[EventRecord, ...]
) -> bool:
    """Whether anything happened after it to what it was about, or to a paper of its case."""
    about = {one.entity_id for one in events if one.kind not in LEFT}
    cases = _about(events, OF_CASES)
    about |= set(
        connection.execute(select(Document.id).where(Document.case_id.in_(cases))).scalars()
    )
    later = select(Event.id).where(
        Event.entity_id.in_(about), or_(Event.origin != office.origin, Event.n > deed.last)
    )
    younger = later.where(Event.origin >= office.origin).limit(1)
    return connection.execute(younger).first() is not None


def _undo_case(
    bench: Work,
    case_id: UUID,
    deed: LastDeed,
    events: tuple[EventRecord, ...],
    span: Mapping[str, Json],
) -> None:
    now = bench.connection.execute(select(CaseFile).where(CaseFile.id == case_id)).mappings().one()
    before, papers = _case_before(bench, case_id, deed)
    if before is None:
        # It began with what is undone: its number stays burned.
        before, papers = _voided(bench, now), _materials(bench.connection, case_id)
    payload: dict[str, Json] = {
        **span,
        "state": before["state"],
        "row": {name: before[name] for name in CASE_COLUMNS},
        "materials": papers,
        "documents": [one.entity_id.hex for one in events if one.kind == "document.issued"],
        "numbers": list(_numbers(events, case_id)),
    }
    bench.emit("case.undone", "case", case_id, payload, base=now["version"])


def _case_before(
    bench: Work, case_id: UUID, deed: LastDeed
) -> tuple[Mapping[Any, Any] | None, list[Json]]:
    """The row and papers of a case before the operation; None for one that was not yet there."""
    scratch = in_memory()
    with scratch.begin() as replayed:
        for record in _earlier(bench, case_id, deed):
            projection.apply(replayed, record)
        query = select(CaseFile).where(CaseFile.id == case_id)
        row = replayed.execute(query).mappings().first()
        papers = _materials(replayed, case_id)
    scratch.dispose()
    return row, papers


def _earlier(bench: Work, about: UUID, deed: LastDeed) -> Iterator[EventRecord]:
    """What the log tells of this before the operation."""
    before = or_(Event.origin != bench.office.origin, Event.n < deed.first)
    return read_events(bench.connection, Event.entity_id == about, before)


def _materials(connection: Connection, case_id: UUID) -> list[Json]:
    query = select(CaseMaterial).where(CaseMaterial.case_id == case_id).order_by(CaseMaterial.key)
    return [
        {**{name: row[name] for name in MATERIAL_COLUMNS}, "person": _hex(row["person_id"])}
        for row in connection.execute(query).mappings()
    ]


def _voided(bench: Work, row: Mapping[Any, Any]) -> dict[str, Any]:
    """The row of a case as one that was taken in by mistake.

    Raises:
        CannotUndo: its life-cycle knows no such state.
    """
    catalog = catalogs.pinned(bench.office, bench.connection, row["catalog_digest"])
    state = catalog.workflows[row["workflow"]].states.get(VOID)
    if state is None:
        raise CannotUndo("nothing")
    clock = case_clock.stopped(CaseClock.from_dict(row["clock"])).to_dict()
    gone = {"state": VOID, "state_before": "", "phase": state.phase, "clock": clock}
    no_day = {"due_on": "", "due_provisional": False}
    return {**row, **gone, **no_day, "changed_at": bench.now.isoformat(timespec="seconds")}


def _numbers(events: tuple[EventRecord, ...], case_id: UUID) -> Iterator[str]:
    """The numbers the operation gave out: burned."""
    for one in events:
        number: Any = (one.payload or {}).get("number")
        if one.kind == "case.moved" and one.entity_id == case_id and number:
            yield number["full"]


def _undo_record(
    bench: Work,
    record_id: UUID,
    deed: LastDeed,
    events: tuple[EventRecord, ...],
    span: Mapping[str, Json],
) -> None:
    query = select(Record).where(Record.id == record_id)
    now = bench.connection.execute(query).mappings().one()
    scratch = in_memory()
    with scratch.begin() as replayed:
        for record in _earlier(bench, record_id, deed):
            projection.apply(replayed, record)
        row = replayed.execute(query).mappings().first()
    scratch.dispose()
    before: Json = None
    if row is not None:
        before = {**{name: row[name] for name in RECORD_COLUMNS}, "case": _hex(row["case_id"])}
    payload: dict[str, Json] = {
        **span,
        "row": before,
        "steps": [one.id.hex for one in events if one.entity_id == record_id],
    }
    bench.emit("record.undone", "record", record_id, payload, base=now["version"])


def _undo_paper(
    bench: Work, paper: UUID, events: tuple[EventRecord, ...], span: Mapping[str, Json]
) -> None:
    query = select(Document.version, Document.case_id).where(Document.id == paper)
    row = bench.connection.execute(query).one()
    issued = any(one.entity_id == paper and one.kind == "document.issued" for one in events)
    told: dict[str, Json] = {**span, "case": _hex(row.case_id), "issued": issued}
    bench.emit("document.undone", "document", paper, told, base=row.version)


def _take_off(bench: Work, events: tuple[EventRecord, ...], said: str) -> None:
    """Pictures that came with an intake leave its void case, as a clerk would take them off."""
    for one in events:
        if one.kind in OF_PICTURES and one.payload:
            told = {"case": one.payload["case"], "name": one.payload["name"]}
            why: dict[str, Json] = {**told, "why": UNDONE.format(said=said)}
            bench.emit("attachment.removed", "attachment", one.entity_id, why, base=1)


def _hex(value: UUID | None) -> str | None:
    return value.hex if value else None
