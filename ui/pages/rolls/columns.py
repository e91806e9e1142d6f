"""The columns of the lists of a register, by what the list is of."""

from functools import partial

from desk.domain.registers import ListKind, Register
from desk.services.roll_views import RollRow
from ui.widgets.due_date import due_cell
from ui.widgets.table_model import Cell, Column

Columns = tuple[Column[RollRow], ...]

NAME: Column[RollRow] = Column("姓名", 84, lambda row: Cell(row.name))
NUMBER: Column[RollRow] = Column("证件号", 156, lambda row: Cell(row.id_masked), spare=2)
AGE: Column[RollRow] = Column("年龄", 48, lambda row: Cell("" if row.age is None else str(row.age)))
STATE: Column[RollRow] = Column("状态", 92, lambda row: Cell(row.state_label, tone=row.tone))
HOUSE: Column[RollRow] = Column(
    "住处", 90, lambda row: Cell(row.house, hint=row.house, quiet=True), stretch=True
)
BESIDE: Column[RollRow] = Column(
    "住处", 136, lambda row: Cell(row.house, hint=row.house, quiet=True), spare=1
)
REACHED: Column[RollRow] = Column("到龄", 178, lambda row: Cell(row.what, tone=row.tone))
TO_BE: Column[RollRow] = Column(
    "标准", 170, lambda row: Cell(row.then, hint=row.then), stretch=True
)
SINCE: Column[RollRow] = Column("起发月份", 82, lambda row: Cell(row.month))
OWN_WIDTH = 112


CHANGED: Column[RollRow] = Column("变动", 62, lambda row: Cell(row.state_label, tone=row.tone))
MONTH: Column[RollRow] = Column("月份", 76, lambda row: Cell(row.month))
WHY: Column[RollRow] = Column(
    "原因", 110, lambda row: Cell(row.why, hint=row.why, quiet=True), stretch=True
)
CLERK: Column[RollRow] = Column("经办", 64, lambda row: Cell(row.then), spare=3)


def columns_of(register: Register, kind: ListKind) -> Columns:
    """The columns of one of its lists."""
    own = _own(register)
    match kind:
        case "newcomers":
            return (NAME, NUMBER, AGE, REACHED, TO_BE, BESIDE)
        case "raise":
            return (NAME, NUMBER, REACHED, *own[:1], TO_BE, SINCE, BESIDE)
        case "changes":
            return (CHANGED, NAME, NUMBER, *own[:2], MONTH, WHY, CLERK)
        case _:
            return (NAME, NUMBER, AGE, *own, STATE, _due(register), HOUSE)


def _due(register: Register) -> Column[RollRow]:
    return Column(register.due_label, 96, lambda row: due_cell(row.due, row.due_on, year=True))


def _own(register: Register) -> Columns:
    labels = {one.key: one.label for one in register.fields}
    return tuple(
        Column(labels[key], OWN_WIDTH, partial(_value, place), spare=1 if place else 0)
        for place, key in enumerate(register.columns)
    )


def _value(place: int, row: RollRow) -> Cell:
    value = row.values[place] if place < len(row.values) else ""
    return Cell(value, hint=value)
