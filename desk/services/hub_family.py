"""Whose a case is at the county: its desk database's, and that of the later one which carries that on."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection

from db.models import Enrolment, Event, OrderGiven, Sender, Site
from desk.domain.events import GENESIS, EventRecord
from desk.exchange.key_files import parse_enrolment, read_predecessor
from desk.services.earlier import named_in

CONTINUED = "desk.continued"
ORDER = "order"
MOST_BEFORE = 50
"""Databases before a database; so many restores have no window."""


@dataclass(frozen=True, slots=True)
class Owners:
    """Of what some events are about: what other databases began (`anothers`), and of that what may not even be named."""

    anothers: frozenset[UUID]
    unnamed: frozenset[UUID]


def owners(connection: Connection, origin: UUID, records: Iterable[EventRecord]) -> Owners:
    """Look up what these events of one database are about.

    A database changes what is its own or its predecessors', once it carries those on; before that it may only hang its
    own new cases on their people. An order begins at the county; the one it was given to says what became of it.
    """
    records = list(records)
    changed = {record.entity_id for record in records}
    named = {one for record in records for one in named_in(record.payload or {})}
    others = (Event.entity_id.in_(changed | named), Event.origin != origin, Event.entity != ORDER)
    told = connection.execute(select(Event.entity_id, Event.origin).where(*others).distinct()).all()
    orders = {one.entity_id for one in records if one.kind.startswith(f"{ORDER}.")}
    if not told and not orders:
        return Owners(frozenset(), frozenset())
    family = family_of(connection, origin)
    named_too = family | _announced(connection, origin)
    not_asked = _not_asked(connection, family, orders)
    return Owners(
        not_asked | {entity for entity, whose in told if whose not in family},
        frozenset(entity for entity, whose in told if whose not in named_too),
    )


def _not_asked(
    connection: Connection, family: Collection[UUID], orders: Collection[UUID]
) -> frozenset[UUID]:
    """Of these orders, those the county did not give to this database or one it carries on: it has no word on them."""
    if not orders:
        return frozenset()
    given = select(OrderGiven.id).where(OrderGiven.id.in_(orders), OrderGiven.addressee.in_(family))
    return frozenset(orders) - set(connection.execute(given).scalars())


def is_own(connection: Connection, record: EventRecord, owners: Owners) -> bool:
    """Whether its database may say this."""
    if record.kind == CONTINUED:
        return _may_continue(connection, record)
    if record.entity_id in owners.anothers:
        return False
    # Of most packages nothing that others began is named at all, so what is named need not be read again.
    return not owners.unnamed or owners.unnamed.isdisjoint(named_in(record.payload or {}))


def family_of(connection: Connection, origin: UUID) -> set[UUID]:
    """This database and those it carries on."""
    family, newest = {origin}, {origin}
    for _ in range(MOST_BEFORE):
        before = select(Site.origin).where(Site.continued_by.in_(newest))
        newest = set(connection.execute(before).scalars()) - family
        if not newest:
            break
        family |= newest
    return family


def _announced(connection: Connection, origin: UUID) -> set[UUID]:
    """The databases its accepted enrolment says it comes from, and those before them."""
    found, left = set[UUID](), {origin}
    for _ in range(MOST_BEFORE):
        bodies = select(Enrolment.body).where(Enrolment.origin.in_(left))
        told = [parse_enrolment(bytes(body)) for body in connection.execute(bodies).scalars()]
        left = {one.before.origin for one in told if one.before is not None} - found
        if not left:
            break
        found |= left
    return found


def _may_continue(connection: Connection, record: EventRecord) -> bool:
    """Whether the county closed that database for this one, and this one has all the county had of it."""
    try:
        told = read_predecessor(record.payload or {})
    except (KeyError, ValueError, TypeError):
        return False
    closed = select(Enrolment.key).where(
        Enrolment.origin == told.origin, Enrolment.closed_for == record.origin
    )
    return connection.execute(closed).first() is not None and reached(connection, told.origin) == (
        told.n,
        told.head,
    )


def reached(connection: Connection, origin: UUID) -> tuple[int, bytes]:
    """The last event of a database that is applied here, and its hash."""
    row = connection.execute(
        select(Sender.last_n, Sender.head)
        .where(Sender.origin == origin)
        .order_by(Sender.epoch.desc())
        .limit(1)
    ).first()
    return (row.last_n, bytes(row.head)) if row else (0, GENESIS)
