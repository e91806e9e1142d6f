"""Erasing what has been kept long enough, by two persons: content goes, the chain and a line without a name stay."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection

from db.models import (
    Attachment,
    CaseFile,
    CaseMaterial,
    CaseParty,
    Conflict,
    Document,
    Draft,
    Erasure,
    Event,
    IssuedNumber,
    LegalHold,
    OrderTaken,
    Person,
    Record,
)
from desk.domain.canonical import Json
from desk.domain.events import EventRecord
from desk.errors import FieldsRefused, NotDue, NotFound, Problem
from desk.services import attachments, audit, case_editing, drafts, erased_ids, keeping
from desk.services.erased_ids import Erased
from desk.services.erasing_projection import ERASE, ERASED, KEPT, NUMBER
from desk.services.event_store import read_events
from desk.services.keeping import ASKED, DueRow
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform
from desk.services.second_person import Approval, demand

AGAIN: Final = "恢复备份以后照原来的决定再删一次"
KEPT_ON: Final = "kept_on"
STATES: Final = ("case.opened", "case.moved", "case.undone")
"""Kinds that tell a state; what they told stays, for the totals over what this desk declared."""


def erase(
    office: Office, *, ids: tuple[UUID, ...], basis: str, approved_by: Approval | None
) -> Done[int]:
    """Erase these records of the due list for good; gives how many. `basis` says on whose word or by which rule.

    Raises:
        NeedsSecondPerson: nobody who can consented.
        FieldsRefused: no basis is named.
        NotDue: one of them is not due, is held, or the date is in doubt; nothing was erased.
    """

    def work(bench: Work) -> int:
        approval = demand(bench, approved_by)
        if not basis.strip():
            raise FieldsRefused((Problem("basis", "required"),))
        due = {one.id: one for one in keeping.due_rows(office, bench.connection)}
        if not ids or not due.keys() >= set(ids):
            raise NotDue
        for one in ids:
            _erase(bench, due[one], basis.strip(), approval.payload())
        return len(ids)

    return perform(office, Operation.KEEP_FILES, work)


def again(office: Office) -> Done[int]:
    """Erase once more what a backup brought back: it was decided by two persons, and the list of it lies beside the file."""
    listed = erased_ids.read(office.paths.erased)

    def work(bench: Work) -> int:
        wanted = [one for one in listed if _is_back(bench.connection, UUID(hex=one.id))]
        clerk, bench.actor = bench.actor, None
        for one in wanted:
            row = DueRow(UUID(hex=one.id), one.what, "", "", "", "", one.due, one.keep, "")
            _erase(bench, row, AGAIN, {})
        bench.actor = clerk
        return len(wanted)

    with office.reader.connect() as connection:
        if not any(_is_back(connection, UUID(hex=one.id)) for one in listed):
            return Done(0, Work(office, connection, office.clock.now(), None).changes())
    return perform(office, Operation.TICK, work)


def hold(office: Office, *, record_id: UUID, why: str) -> Done[None]:
    """Keep a case or an entry beyond its time, with the reason.

    Raises:
        NotFound: there is no such record, or it is erased.
        FieldsRefused: no reason is given.
    """

    def work(bench: Work) -> None:
        _tell(bench, "hold.put", record_id, why)

    return perform(office, Operation.KEEP_FILES, work)


def lift(office: Office, *, record_id: UUID, why: str) -> Done[None]:
    """Let a held record go its way again, with the reason.

    Raises:
        NotFound: it is not held.
        FieldsRefused: no reason is given.
    """

    def work(bench: Work) -> None:
        held = select(LegalHold.id).where(LegalHold.id == record_id)
        if bench.connection.execute(held).first() is None:
            raise NotFound
        _tell(bench, "hold.lifted", record_id, why)

    return perform(office, Operation.KEEP_FILES, work)


def decline(office: Office, *, order_id: UUID, why: str) -> Done[None]:
    """Tell the county why a case it wants erased is kept.

    Raises:
        NotFound: there is no such order, or it has its answer.
        FieldsRefused: no reason is given.
    """

    def work(bench: Work) -> None:
        if not why.strip():
            raise FieldsRefused((Problem("why", "required"),))
        wanted = (OrderTaken.id == order_id, OrderTaken.kind == ERASE, OrderTaken.outcome == ASKED)
        row = bench.connection.execute(select(OrderTaken).where(*wanted)).mappings().first()
        if row is None:
            raise NotFound
        case_editing.answer(bench, row, KEPT_ON, why.strip())

    return perform(office, Operation.KEEP_FILES, work)


def _tell(bench: Work, kind: str, record_id: UUID, why: str) -> None:
    if not why.strip():
        raise FieldsRefused((Problem("why", "required"),))
    entity, version = _known(bench.connection, record_id)
    told: dict[str, Json] = {"why": why.strip()[:400], "by": bench.office.hall.operator}
    bench.emit(kind, entity, record_id, told, base=version)


def _known(connection: Connection, record_id: UUID) -> tuple[Any, int]:
    erased = select(Erasure.id).where(Erasure.id == record_id)
    if connection.execute(erased).first() is None:
        for kind, table in (("case", CaseFile), ("record", Record)):
            version = select(table.version).where(table.id == record_id)
            if (found := connection.execute(version).scalar()) is not None:
                return kind, int(found)
    raise NotFound


def _is_back(connection: Connection, record_id: UUID) -> bool:
    """Whether a record stands in the file as if it had never been erased."""
    try:
        _known(connection, record_id)
    except NotFound:
        return False
    return True


def _erase(bench: Work, row: DueRow, basis: str, approval: Mapping[str, Json]) -> None:
    told: dict[str, Json] = {"keep": row.keep, "due": row.due, "basis": basis, **approval}
    people = (
        _erase_case(bench, row, told) if row.what == "case" else _erase_record(bench, row, told)
    )
    for person in sorted(people):
        _erase_person(bench, person, told)
    audit.note(bench, "erase", row.id, of=row.what, keep=row.keep)
    listed = Erased(row.id.hex, row.what, row.keep, row.due, basis)
    bench.afterwards(lambda: erased_ids.add(bench.office.paths.erased, (listed,)))


def _erase_case(bench: Work, due: DueRow, told: Mapping[str, Json]) -> set[UUID]:
    connection = bench.connection
    row = connection.execute(select(CaseFile).where(CaseFile.id == due.id)).mappings().one()
    people = _people_of(connection, row)
    records = list(_events(connection, _hanging_on(connection, due.id)))
    attachments.forget(bench, due.id)
    kept: dict[str, Json] = {name: row[name] for name in KEPT}
    operator = row["operator_id"]
    kept |= {"origin": row["origin"].hex, "operator": operator.hex if operator else ""}
    payload: dict[str, Json] = {
        **told,
        "row": kept,
        "state": row["state"],
        "item": {"code": row["item_code"]},
        "numbers": list(_numbers(connection, due.id)),
        "events": [one.id.hex for one in records],
        "states": dict(_states(records)),
    }
    bench.emit("case.erased", "case", due.id, payload, base=row["version"])
    if due.order:
        order = select(OrderTaken).where(OrderTaken.id == UUID(hex=due.order))
        case_editing.answer(bench, connection.execute(order).mappings().one(), ERASED, "")
    return people


def _erase_record(bench: Work, due: DueRow, told: Mapping[str, Json]) -> set[UUID]:
    connection = bench.connection
    row = connection.execute(select(Record).where(Record.id == due.id)).mappings().one()
    events: list[Json] = [one.id.hex for one in _events(connection, {due.id})]
    payload: dict[str, Json] = {**told, "register": row["register"], "events": events, "states": {}}
    bench.emit("record.erased", "record", due.id, payload, base=row["version"])
    return {row["person_id"]} if row["person_id"] else set()


def _erase_person(bench: Work, person: UUID, told: Mapping[str, Json]) -> None:
    """His row, tokens and drafts, if nothing else of him is on file."""
    connection = bench.connection
    named = (
        select(CaseFile.id).where(CaseFile.person_id == person),
        select(CaseParty.case_id).where(CaseParty.person_id == person),
        select(Record.id).where(Record.person_id == person),
    )
    if any(connection.execute(one.limit(1)).first() for one in named):
        return
    row = connection.execute(select(Person).where(Person.id == person)).mappings().first()
    if row is None:
        return
    _forget_drafts(bench, row["id_no"], row["name"])
    events: list[Json] = [one.id.hex for one in _events(connection, {person})]
    payload: dict[str, Json] = {**told, "events": events, "states": {}}
    bench.emit("person.erased", "person", person, payload, base=row["version"])


def _forget_drafts(bench: Work, id_no: str, name: str) -> None:
    """What was typed for him and never ended."""
    for draft in bench.connection.execute(select(Draft.id, Draft.body)).all():
        who = draft.body.get("person") or {}
        if (who.get("id_no"), who.get("name")) == (id_no, name):
            drafts.forget(bench, draft.id)


def _people_of(connection: Connection, row: Mapping[Any, Any]) -> set[UUID]:
    parties = select(CaseParty.person_id).where(CaseParty.case_id == row["id"])
    papers = select(CaseMaterial.person_id).where(CaseMaterial.case_id == row["id"])
    found = {row["person_id"], *connection.execute(parties.union(papers)).scalars()}
    return {one for one in found if one is not None}


def _hanging_on(connection: Connection, case_id: UUID) -> set[UUID]:
    """The case and all that is about it alone: papers, those undone too, pictures, conflicts, what the county ordered."""
    tables: tuple[Any, ...] = (Document, Attachment, Conflict)
    found = {case_id}
    for table in tables:
        found |= set(connection.execute(select(table.id).where(table.case_id == case_id)).scalars())
    orders = (OrderTaken.case_id == case_id, OrderTaken.kind != ERASE)
    found |= set(connection.execute(select(OrderTaken.id).where(*orders)).scalars())
    undone = (Event.entity_id == case_id, Event.kind == "case.undone")
    for record in read_events(connection, *undone):
        papers: Any = (record.payload or {}).get("documents", [])
        found |= {UUID(hex=one) for one in papers}
    return found


def _events(connection: Connection, about: Iterable[UUID]) -> Iterator[EventRecord]:
    """Their events that still say something."""
    for record in read_events(connection, Event.entity_id.in_(tuple(about))):
        if record.payload is not None and not record.kind.endswith(".erased"):
            yield record


def _states(records: Iterable[EventRecord]) -> Iterator[tuple[str, Json]]:
    for record in records:
        if record.kind in STATES and record.payload is not None:
            yield record.id.hex, record.payload.get("to", record.payload.get("state"))


def _numbers(connection: Connection, case_id: UUID) -> Iterator[Json]:
    rows = connection.execute(
        select(IssuedNumber).where(IssuedNumber.case_id == case_id).order_by(IssuedNumber.number)
    )
    for row in rows.mappings():
        yield {**{name: row[name] for name in NUMBER}, "origin": row["origin"].hex}
