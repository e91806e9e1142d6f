"""The month's changes of a register: new, moved up, stopped, resumed, changed."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import RowMapping, select
from sqlalchemy.engine import Connection

from db.models import Operator, Record, RecordStep
from desk.domain.pay_months import month_of
from desk.domain.registers import Register
from desk.domain.roll_months import AMOUNT, RollChange, RollMonth, RollStep, roll_month
from desk.services import covering, roll_rows
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.roll_rows import TIER
from desk.services.roll_views import RollFilter, RollPage, RollRow, RollTotals

TONES = {"enrol": "good", "raise": "action", "resume": "good", "stop": "late"}
MANY = 500
"""So many ids go into one question to the file."""


def month(office: Office, connection: Connection, register: Register, wanted: str) -> RollMonth:
    """What became of the register in a month (YYYY-MM, '' for this one)."""
    steps = (
        select(
            RecordStep.id,
            RecordStep.record_id,
            RecordStep.does,
            RecordStep.state,
            RecordStep.month,
            RecordStep.day,
            RecordStep.fields,
        )
        .where(RecordStep.register == register.key)
        .order_by(RecordStep.record_id, RecordStep.version)
    )
    on_roll = frozenset(register.on_roll)

    def read() -> Iterator[RollStep]:
        for row in connection.execute(steps):
            yield RollStep(
                id=row.id,
                record_id=row.record_id,
                does=row.does,
                on_roll=row.state in on_roll,
                month=row.month,
                day=row.day,
                fields=row.fields,
            )

    return roll_month(read(), wanted or month_of(office.today))


def page(
    office: Office, connection: Connection, register: Register, wanted: RollFilter
) -> RollPage:
    """The changes of a month by kind, then by name; a yearly check that changes nothing is none."""
    found = month(office, connection, register, wanted.month)
    changes = [change for change in found.changes if change.step.does in register.does]
    known = _entries(office, connection, register, wanted, [one.step.record_id for one in changes])
    who = _who(connection, [one.step.id for one in changes])
    lines = [
        _line(office, register, one, known[one.step.record_id], who)
        for one in changes
        if one.step.record_id in known
    ]
    places = {label: place for place, label in enumerate(register.does.values())}
    return RollPage(tuple(sorted(lines, key=lambda line: (places[line.state_label], line.name))))


def totals(office: Office, *, register: str, month_wanted: str) -> RollTotals:
    """The month in figures.

    Raises:
        NotGranted: the register tells of illnesses, and its line is not his.
    """
    roll = office.catalog.registers[register]
    covering.demand(office, roll.line, roll.sensitive)
    with reading(office) as connection:
        found = month(office, connection, roll, month_wanted)
    paid = any(one.key == AMOUNT for one in roll.fields)
    return RollTotals(found.before, found.after, f"{found.total:,.2f}" if paid else "")


def _entries(
    office: Office, connection: Connection, register: Register, wanted: RollFilter, ids: list[UUID]
) -> dict[UUID, RowMapping]:
    rows: dict[UUID, RowMapping] = {}
    for part in batched(ids):
        query = roll_rows.entries(register).where(
            Record.id.in_(part), *roll_rows.looked_for(office, wanted)
        )
        rows |= {row["id"]: row for row in connection.execute(query).mappings()}
    return rows


def _who(connection: Connection, steps: list[UUID]) -> dict[UUID, tuple[str, str]]:
    """Who made each step, and the word he left."""
    found: dict[UUID, tuple[str, str]] = {}
    for part in batched(steps):
        query = (
            select(RecordStep.id, Operator.name, RecordStep.why)
            .join(Operator, Operator.id == RecordStep.operator_id, isouter=True)
            .where(RecordStep.id.in_(part))
        )
        found |= {row.id: (row.name or "系统", row.why) for row in connection.execute(query)}
    return found


def batched(ids: list[UUID]) -> Iterator[list[UUID]]:
    """The ids in parts that fit into one question to the file."""
    return (ids[start : start + MANY] for start in range(0, len(ids), MANY))


def _line(
    office: Office,
    register: Register,
    change: RollChange,
    row: RowMapping,
    who: dict[UUID, tuple[str, str]],
) -> RollRow:
    step = change.step
    operator, why = who[step.id]
    reason = str(step.fields.get("stop_reason") or "")
    return roll_rows.row_of(
        office,
        register,
        row,
        id=step.id,
        state_label=register.does[step.does],
        tone=TONES.get(step.does, "plain"),
        values=roll_rows.values_of(register, change.after),
        what=str(change.before.get(TIER) or ""),
        then=operator,
        month=step.month,
        why="，".join(filter(None, (reason, why))),
    )
