"""Due dates marked 预计, counted again once the holidays they lie in are known; what was certain never moves."""

from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection

from db.models import CaseFile
from desk.changes import Changes
from desk.domain.canonical import Json
from desk.domain.case_clock import recounted
from desk.domain.workdays import HolidayTable
from desk.services import catalogs, shielding
from desk.services.case_rows import short_of
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform, reading
from desk.services.standing import Standing, due_on, standing_of


@dataclass(frozen=True, slots=True)
class MovedDate:
    """A case whose due date another holiday table gives otherwise; ISO days. `sure`: the new one is no longer 预计."""

    case_id: UUID
    number: str
    applicant: str
    item: str
    old: str
    new: str
    sure: bool

    @property
    def moved(self) -> bool:
        """Whether the day itself is another."""
        return self.old != self.new


def would_move(
    office: Office, connection: Connection, holidays: HolidayTable
) -> tuple[MovedDate, ...]:
    """The open cases another table would give another due date, the earliest first; nothing is written."""
    told = [
        told
        for case_id in _waiting(connection)
        if (told := _told(office, connection, case_id, holidays)) is not None and told.moved
    ]
    return tuple(sorted(told, key=lambda one: (one.new, one.number)))


def redate(office: Office) -> Done[tuple[MovedDate, ...]]:
    """Count every due date marked 预计 again, each in a transaction of its own; twice changes nothing.

    Gives back the cases whose date became another or became certain.
    """
    with reading(office) as connection:
        waiting = _waiting(connection)
    told: list[MovedDate] = []
    changes = Changes()
    for case_id in waiting:
        done = perform(office, Operation.TICK, partial(_redate, case_id=case_id))
        if done.value is not None:
            told.append(done.value)
            changes |= done.changes
    return Done(tuple(told), changes)


def _waiting(connection: Connection) -> tuple[UUID, ...]:
    """The open cases whose due date is an estimate."""
    query = select(CaseFile.id).where(
        CaseFile.phase == "open", CaseFile.due_on > "", CaseFile.due_provisional
    )
    return tuple(connection.execute(query.order_by(CaseFile.id)).scalars())


def _redate(bench: Work, case_id: UUID) -> MovedDate | None:
    office, connection = bench.office, bench.connection
    before, after = _both(office, connection, case_id, office.holidays)
    told = _difference(office, connection, case_id, before, after)
    if told is None:
        return None
    by_clerk, bench.actor = bench.actor, None
    payload: dict[str, Json] = {
        "clock": after.clock.to_dict(),
        "due_on": told.new,
        "provisional": after.clock.provisional,
        "was": told.old,
        "catalog": {"version": office.catalog.version, "digest": office.catalog.digest},
    }
    bench.emit("case.redated", "case", case_id, payload, base=before.version)
    bench.actor = by_clerk
    return told


def _told(
    office: Office, connection: Connection, case_id: UUID, holidays: HolidayTable
) -> MovedDate | None:
    return _difference(office, connection, case_id, *_both(office, connection, case_id, holidays))


def _both(
    office: Office, connection: Connection, case_id: UUID, holidays: HolidayTable
) -> tuple[Standing, Standing]:
    """The case as it stands, and with its clock counted by its own holidays and then by these."""
    row = connection.execute(select(CaseFile).where(CaseFile.id == case_id)).mappings().one()
    rules = catalogs.rules_of(office, connection, row["catalog_digest"])
    table = rules.holidays.completed_by(holidays)
    before = standing_of(rules.catalog, table, row)
    return before, replace(before, clock=recounted(before.clock, before.item.limits, table))


def _difference(
    office: Office, connection: Connection, case_id: UUID, before: Standing, after: Standing
) -> MovedDate | None:
    if before.clock == after.clock:
        return None
    row = connection.execute(select(CaseFile).where(CaseFile.id == case_id)).mappings().one()
    return MovedDate(
        case_id=case_id,
        number=short_of(row),
        # Its list is printed: a confidential name stands on no paper, whoever prints it.
        applicant=shielding.NAME if row["shielded"] else row["applicant"],
        item=row["item_name"],
        old=row["due_on"],
        new=due_on(after),
        sure=not after.clock.provisional,
    )
