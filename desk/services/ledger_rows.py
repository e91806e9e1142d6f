"""The rows of a ledger: which there are, how many, and up to which event they were seen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import and_, false, func, or_, select
from sqlalchemy.engine import Connection

from db.models import CaseFile, Consultation, Event, Operator, Person, Record, RecordStep, Site
from desk.domain.ledgers import LedgerMap, Source, Span
from desk.services import case_views, shielding
from desk.services.ledger_values import Places, Row, needs
from desk.services.office import Office
from desk.services.views import CaseFilter

Query: TypeAlias = Any
"""A select whose columns are only known when it is made."""
Heads: TypeAlias = Mapping[str, int]
"""By origin (hex) its last event."""

BATCH = 500
ALL = Span()
NOWHERE = Places({}, {}, {})
ENTITIES: Mapping[Source, str] = {"cases": "case", "records": "record", "people": "person"}
ASKED = "consultation.logged"
PERSON = (
    Person.name,
    Person.id_type,
    Person.id_no,
    Person.sex,
    Person.birth,
    Person.phone,
    Person.live_addr,
    Person.hukou_addr,
    Person.house,
)
CASE = (
    CaseFile.id,
    CaseFile.origin,
    CaseFile.item_code,
    CaseFile.item_name,
    CaseFile.line,
    CaseFile.workflow,
    CaseFile.state,
    CaseFile.sj_number,
    CaseFile.sl_number,
    CaseFile.short_no,
    CaseFile.opened_on,
    CaseFile.accepted_on,
    CaseFile.due_on,
    CaseFile.changed_at,
    CaseFile.window,
    CaseFile.channel,
)


@dataclass(frozen=True, slots=True)
class Pick:
    """Which rows of a ledger: a span, what was seen when it was last written (for `since`), or the cases of a list."""

    span: Span = ALL
    seen: Heads | None = None
    listed: CaseFilter | None = None


def heads(connection: Connection) -> dict[str, int]:
    """The last event of each origin now."""
    found = {}
    for origin in connection.execute(select(Site.origin)).scalars().all():
        newest = select(func.max(Event.n)).where(Event.origin == origin)
        found[origin.hex] = int(connection.execute(newest).scalar_one() or 0)
    return found


def places(connection: Connection) -> Places:
    """The communities of this file."""
    rows = connection.execute(select(Site.origin, Site.profile)).all()
    profiles = {row.origin: row.profile for row in rows}

    def told(key: str) -> dict[UUID, str]:
        return {origin: str(profile.get(key, "")) for origin, profile in profiles.items()}

    return Places(told("community_name"), told("county_name"), told("hall"))


def query(office: Office, connection: Connection, ledger: LedgerMap, pick: Pick) -> Query:
    """The rows of a ledger in the order they are written: as they came, a list of cases as it is shown."""
    match ledger.source:
        case "cases":
            return _cases(office, connection, ledger, pick)
        case "records":
            found = _with(_records(), ledger, shielding.left_out(Person.more)).where(
                *_record_wheres(connection, ledger, pick)
            )
            return found.order_by(Record.id)
        case "people":
            found = _with(select(Person.id, Person.origin, *PERSON), ledger, Person.more)
            return found.where(*_since(connection, "people", Person.id, pick)).order_by(Person.id)
        case _:
            return _consultations(office, connection, ledger, pick)


def count(connection: Connection, found: Query) -> int:
    """How many rows a query has."""
    inner = found.order_by(None).subquery()
    return int(connection.execute(select(func.count()).select_from(inner)).scalar_one())


def stream(connection: Connection, found: Query) -> Iterator[Row]:
    """The rows one by one, flat in memory."""
    result = connection.execution_options(yield_per=BATCH).execute(found)
    names = tuple(result.keys())
    # Each value is looked up once or oftener: a plain mapping does so several times as fast as a row's own.
    return (dict(zip(names, row, strict=True)) for row in result)


def _cases(office: Office, connection: Connection, ledger: LedgerMap, pick: Pick) -> Query:
    # A case keeps who applied as he was called then; the rest is what is known of him now.
    name = shielding.left_out(CaseFile.applicant, shielding.NAME).label("name")
    own = (name, shielding.left_out(CaseFile.applicant_id_no).label("id_no"))
    known = [one for one in PERSON if one.key not in ("name", "id_no")]
    asked = [shielding.left_out(one) for one in known if _asked(ledger, one.key)]
    found: Query = select(*CASE, *own, *asked, Operator.name.label("operator"))
    found = found.join_from(CaseFile, Person, Person.id == CaseFile.person_id, isouter=True)
    found = found.join(Operator, Operator.id == CaseFile.operator_id, isouter=True)
    found = _with(found, ledger, shielding.left_out(Person.more))
    # Whatever a form holds may tell who he is.
    form = shielding.left_out(CaseFile.form)
    for word, column in (("form.", form), ("case.tier", CaseFile.eligibility)):
        if needs(ledger, word):
            found = found.add_columns(column)
    if needs(ledger, "case.amount") and not needs(ledger, "case.tier"):
        found = found.add_columns(CaseFile.eligibility)
    found = found.where(
        *_case_wheres(ledger),
        *_since(connection, "cases", CaseFile.id, pick, CaseFile.person_id),
    )
    if pick.listed is not None:
        return case_views.narrowed(office, connection, pick.listed, found)
    day = CaseFile.accepted_on if ledger.by == "accepted_on" else CaseFile.opened_on
    return found.where(*_between(day, pick.span)).order_by(CaseFile.id)


def _asked(ledger: LedgerMap, key: str) -> bool:
    """Whether a column shows this of the person, or what follows from it."""
    follows = {"birth": "person.age", "house": "person.building"}
    return needs(ledger, f"person.{key}") or (key in follows and needs(ledger, follows[key]))


def _case_wheres(ledger: LedgerMap) -> Iterator[Any]:
    if ledger.items:
        yield CaseFile.item_code.in_(ledger.items)
    if ledger.lines:
        yield CaseFile.line.in_(ledger.lines)
    if ledger.states:
        yield CaseFile.state.in_(ledger.states)


def _records() -> Query:
    entry = (
        Record.id,
        Record.origin,
        Record.register,
        Record.state,
        Record.opened_on,
        Record.due_on,
        Record.changed_at,
        shielding.left_out(Record.fields),
    )
    name = shielding.left_out(Person.name, shielding.NAME)
    who = (name, *(shielding.left_out(one) for one in PERSON if one.key != "name"))
    found = select(*entry, *who).join_from(
        Record, Person, Person.id == Record.person_id, isouter=True
    )
    return found.join(CaseFile, CaseFile.id == Record.case_id, isouter=True)


def _record_wheres(connection: Connection, ledger: LedgerMap, pick: Pick) -> Iterator[Any]:
    """Those who stand on it now; of a span all whose entry changed in it, those who left among them."""
    yield Record.register == ledger.register
    if pick.span.kind == "all" and ledger.states:
        yield Record.state.in_(ledger.states)
    if pick.span.first:
        changed = select(RecordStep.record_id).where(
            RecordStep.register == ledger.register, *_between(RecordStep.day, pick.span)
        )
        yield Record.id.in_(changed)
    yield from _since(connection, "records", Record.id, pick, Record.person_id)


def _consultations(office: Office, connection: Connection, ledger: LedgerMap, pick: Pick) -> Query:
    found: Query = select(
        Consultation.id,
        Consultation.origin,
        Consultation.day,
        Consultation.item_code,
        Operator.name.label("operator"),
    ).join_from(Consultation, Operator, Operator.id == Consultation.operator_id, isouter=True)
    if ledger.lines:
        codes = [item.code for item in office.catalog.items.values() if item.line in ledger.lines]
        found = found.where(Consultation.item_code.in_(codes))
    if ledger.items:
        found = found.where(Consultation.item_code.in_(ledger.items))
    found = found.where(*_between(Consultation.day, pick.span))
    found = found.where(*_since(connection, "consultations", Consultation.id, pick))
    return found.order_by(Consultation.day, Consultation.id)


def _with(found: Query, ledger: LedgerMap, more: Any) -> Query:
    """With what a person's columns do not hold, where a column asks for it."""
    asked = needs(ledger, "person.ethnic") or needs(ledger, "person.political")
    return found.add_columns(more) if asked else found


def _between(day: Any, span: Span) -> tuple[Any, ...]:
    return (day >= span.first, day <= span.last) if span.first else ()


def _since(
    connection: Connection, source: Source, key: Any, pick: Pick, person: Any = None
) -> tuple[Any, ...]:
    """The condition that something happened to the row after what was seen; none where all is wanted.

    `person` is the row's column of whom it is about: another telephone or address is news of the row, too.
    """
    if pick.span.kind != "since" or pick.seen is None:
        return ()
    later = [
        and_(Event.origin == UUID(hex=origin), Event.n > pick.seen.get(origin, 0))
        for origin, last in heads(connection).items()
        if last > pick.seen.get(origin, 0)
    ]
    if not later:
        return (false(),)
    what = Event.kind == ASKED if source == "consultations" else Event.entity == ENTITIES[source]
    changed = key.in_(select(Event.entity_id).where(what, or_(*later)))
    if person is None:
        return (changed,)
    moved = select(Event.entity_id).where(Event.entity == ENTITIES["people"], or_(*later))
    return (or_(changed, person.in_(moved)),)
