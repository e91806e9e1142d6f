"""One number on two cases: two computers that were one and the same gave it out; a person says whose it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.engine import Connection

from db.models import CaseFile, Event, EventPayload, IssuedNumber, OrderGiven, PackageIn, Site
from desk.domain.canonical import Json
from desk.domain.numbering import parse
from desk.errors import ChangedMeanwhile, NotFound
from desk.services import case_store, covering, orders, shielding
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform, reading
from desk.services.refused import refused_events

Keeps = Literal["first", "second"]
KIND: Final = "number"


@dataclass(frozen=True, slots=True)
class Holder:
    """A case that bears the number: whose, where and since when."""

    case_id: UUID
    hall: str
    window: int
    applicant: str
    item_name: str
    opened_at: str


@dataclass(frozen=True, slots=True)
class NumberDispute:
    """A number two cases bear; `first` is of the older database. `keeps` is who keeps it as somebody here decided, '' while
    nobody did.
    """

    number: str
    first: Holder
    second: Holder
    keeps: Literal["", "first", "second"]

    @property
    def spoken(self) -> str:
        """`SJ 1123-0001`."""
        told = parse(self.number)
        return f"{told.series} {told.short}"


def disputes(office: Office) -> tuple[NumberDispute, ...]:
    """Every number that stands on two cases, the undecided ones first."""
    with reading(office) as connection:
        found = tuple(_found(office, connection))
    return tuple(sorted(found, key=lambda one: (bool(one.keeps), one.number)))


def undecided(office: Office) -> int:
    """How many numbers wait for somebody to say whose they are."""
    return sum(not one.keeps for one in disputes(office))


def rule(
    office: Office, *, number: str, second: UUID, keeps: Keeps, reason: str = ""
) -> Done[None]:
    """Say whose number it is, of the dispute whose second case this is; each desk is told of its own case with the next stick.

    The orders given are the decision's record.

    Raises:
        NotFound: there is no such dispute.
        ChangedMeanwhile: it is decided already.
    """

    def work(bench: Work) -> None:
        known = {(one.number, one.second.case_id): one for one in _found(office, bench.connection)}
        dispute = known.get((number, second))
        if dispute is None:
            raise NotFound
        if dispute.keeps:
            raise ChangedMeanwhile
        for whose, holder in (("first", dispute.first), ("second", dispute.second)):
            stored = case_store.load(office, bench.connection, holder.case_id)
            body: dict[str, Json] = {
                "number": dispute.number,
                "keeps": "yes" if whose == keeps else "no",
                "reason": orders.plain_reason(reason),
            }
            orders.give(bench, stored, KIND, body)

    return perform(office, Operation.GIVE_ORDER, work)


def _found(office: Office, connection: Connection) -> Iterator[NumberDispute]:
    ruled = _ruled(connection)
    for number, cases in _borne(connection).items():
        holders = [one for case in cases if (one := _holder(office, connection, case)) is not None]
        for second in holders[1:]:
            told = ruled.get((second.case_id, number))
            keeps: Literal["", "first", "second"] = (
                "" if told is None else "second" if told == "yes" else "first"
            )
            yield NumberDispute(number, holders[0], second, keeps)


def _borne(connection: Connection) -> dict[str, tuple[UUID, ...]]:
    """The numbers that several cases bear, each with its cases, that of the oldest database first.

    One database cannot give a number twice: what would do so was refused, and its case stands without it.
    """
    # By the key alone, so that no row of the others is read.
    twice = select(IssuedNumber.number).group_by(IssuedNumber.number).having(func.count() > 1)
    refused: dict[str, list[UUID]] = {}
    for case_id, number in _refused(connection):
        refused.setdefault(number, []).append(case_id)
    borne: dict[str, dict[UUID, None]] = {}
    rows = connection.execute(
        select(IssuedNumber.number, IssuedNumber.case_id)
        .where(or_(IssuedNumber.number.in_(twice), IssuedNumber.number.in_(refused)))
        .order_by(IssuedNumber.number, IssuedNumber.origin)
    )
    for number, case_id in rows:
        borne.setdefault(number, {})[case_id] = None
    for number, cases in refused.items():
        borne.setdefault(number, {}).update(dict.fromkeys(cases))
    return {number: tuple(cases) for number, cases in borne.items() if len(cases) > 1}


def _refused(connection: Connection) -> Iterator[tuple[UUID, str]]:
    """The cases that were to be given a number by an event that was refused."""
    named = [one.event_id for _, one in refused_events(connection, PackageIn.refused > 0)]
    rows = connection.execute(
        select(Event.entity_id, EventPayload.payload)
        .join(EventPayload, EventPayload.event_id == Event.id)
        .where(Event.id.in_(named), Event.entity == "case")
        .order_by(Event.id)
    )
    for case_id, payload in rows:
        number = payload.get("number")
        if isinstance(number, Mapping) and number.get("full"):
            yield case_id, str(number["full"])


def _ruled(connection: Connection) -> dict[tuple[UUID, str], str]:
    """What was told of the numbers of cases: whether each keeps it."""
    rows = connection.execute(
        select(OrderGiven.case_id, OrderGiven.body).where(OrderGiven.kind == KIND)
    )
    return {(case_id, str(body["number"])): str(body["keeps"]) for case_id, body in rows}


def _holder(office: Office, connection: Connection, case_id: UUID) -> Holder | None:
    row: Any = (
        connection.execute(
            select(
                CaseFile.id,
                CaseFile.window,
                CaseFile.applicant,
                CaseFile.shielded,
                CaseFile.operator_id,
                CaseFile.item_code,
                CaseFile.item_name,
                CaseFile.opened_at,
                Site.name.label("hall"),
            )
            .join(Site, Site.origin == CaseFile.origin, isouter=True)
            .where(CaseFile.id == case_id)
        )
        .mappings()
        .first()
    )
    if row is None:
        return None
    item = office.catalog.items.get(row["item_code"])
    return Holder(
        case_id=row["id"],
        hall=row["hall"] or "",
        window=row["window"],
        applicant=shielding.named(office, row),
        item_name=covering.item_name(office, item, row["item_name"]),
        opened_at=row["opened_at"],
    )
