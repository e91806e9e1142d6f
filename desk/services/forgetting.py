"""What an erasing event takes out of the file besides rows: payloads, salts, drawn papers, tokens, copies set aside."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.engine import Connection

from db.models import DocumentFile, Event, EventPayload, PrintJob, SearchToken, SetAside
from desk.domain.events import EventRecord
from desk.services.hub_family import family_of

ERASING: Final = frozenset({"case.erased", "record.erased", "person.erased", "orders.erased"})
"""Each names the events whose content goes."""
SOME: Final = 400


def named_by(record: EventRecord) -> frozenset[UUID]:
    """The events whose content goes with this one; none for one that erases nothing."""
    if record.kind not in ERASING or record.payload is None:
        return frozenset()
    told: Any = record.payload["events"]
    return frozenset(UUID(hex=one) for one in told)


@dataclass(slots=True)
class Unexplained:
    """Gathers events without content while a log is read through; in the end each must have been named by an erasing one."""

    blank: dict[UUID, int] = field(default_factory=dict)
    named: set[UUID] = field(default_factory=set)

    def see(self, record: EventRecord) -> None:
        """One more event."""
        if record.payload is None:
            self.blank[record.id] = record.n
        else:
            self.named |= named_by(record)

    def faults(self) -> tuple[str, ...]:
        """The events whose content is gone and that nobody erased, a sentence each."""
        lost = sorted(n for event, n in self.blank.items() if event not in self.named)
        return tuple(f"经过记录第 {n} 条的内容不见了，也没有删除的记录" for n in lost)


def forget(connection: Connection, records: Iterable[EventRecord]) -> None:
    """Let go of what these events say is erased, where it is their database's own or of one it carries on.

    The file overwrites what it lets go of (`secure_delete`); headers and commitments stay, so the chain holds.
    """
    for record in records:
        named = sorted(named_by(record))
        family = family_of(connection, record.origin) if named else ()
        for some in _parts(named):
            _forget(connection, some, tuple(family))


def _forget(connection: Connection, named: Sequence[UUID], family: Sequence[UUID]) -> None:
    own = select(Event.id, Event.entity, Event.entity_id).where(
        Event.id.in_(named), Event.origin.in_(family)
    )
    rows = connection.execute(own).all()
    ids = [row.id for row in rows]
    papers = {row.entity_id for row in rows if row.entity == "document"}
    people = {row.entity_id for row in rows if row.entity == "person"}
    connection.execute(delete(EventPayload).where(EventPayload.event_id.in_(ids)))
    connection.execute(delete(SetAside).where(SetAside.event_id.in_(ids)))
    connection.execute(delete(DocumentFile).where(DocumentFile.document_id.in_(papers)))
    connection.execute(delete(PrintJob).where(PrintJob.document_id.in_(papers)))
    connection.execute(delete(SearchToken).where(SearchToken.person_id.in_(people)))


def _parts(named: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    yield from (named[at : at + SOME] for at in range(0, len(named), SOME))
