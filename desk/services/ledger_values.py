"""The columns of a ledger as functions: from a row of the file to the cells of the table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, TypeAlias
from uuid import UUID

from desk.domain.fields import FieldDef
from desk.domain.identity import age_on
from desk.domain.ledger_cells import cell, masked
from desk.domain.ledger_fields import Fields
from desk.domain.ledgers import WIDTHS, LedgerColumn, LedgerMap, kind_of
from desk.domain.places import building
from desk.exporting.table import Column
from desk.services import case_rows, covering
from desk.services.office import Office

Row: TypeAlias = Mapping[Any, Any]
Raw: TypeAlias = Callable[[Row], object]
Cells: TypeAlias = Callable[[int, Row], tuple[str, ...]]

NOBODY = "系统"
HIDDEN = ("idnumber", "phone", "account")
"""What the screen and paper never show whole (domain notes, G.2)."""


@dataclass(frozen=True, slots=True)
class Places:
    """What the rows of a desk database say of the community it stands in, by origin."""

    community: Mapping[UUID, str]
    county: Mapping[UUID, str]
    hall: Mapping[UUID, str]


def columns_of(ledger: LedgerMap, fields: Fields) -> tuple[Column, ...]:
    """The columns as the files are told of them."""
    found = []
    for column in ledger.columns:
        field = fields.get(column.value)
        kind = kind_of(field, column)
        if field is not None and masked(field, column):
            kind = "id"
        note = field.label if field is not None and field.label != column.label else ""
        found.append(Column(column.label, kind, column.width or WIDTHS[kind], note))
    return tuple(found)


def covered(ledger: LedgerMap, fields: Fields) -> LedgerMap:
    """The ledger as a screen or a sheet of paper may show it: numbers masked, what is private starred."""

    def cover(column: LedgerColumn) -> LedgerColumn:
        field = fields.get(column.value)
        private = field is not None and (field.kind in HIDDEN or field.sensitive != "")
        return replace(column, show="masked") if private else column

    return replace(ledger, columns=tuple(cover(column) for column in ledger.columns))


def cells_of(office: Office, ledger: LedgerMap, fields: Fields, places: Places) -> Cells:
    """What makes the cells of a row; its first argument is the row's number."""
    makers = [_maker(office, column, fields, places) for column in ledger.columns]
    # Through a list: a generator is gone back into for every cell.
    return lambda n, row: tuple([make(n, row) for make in makers])


def needs(ledger: LedgerMap, word: str) -> bool:
    """Whether a column names something that begins with this word: what no column names is not read."""
    return any(column.value.startswith(word) for column in ledger.columns)


def _maker(
    office: Office, column: LedgerColumn, fields: Fields, places: Places
) -> Callable[[int, Row], str]:
    name, text = column.value, column.text
    if not name:
        return lambda n, row: text
    if name == "row.n":
        return lambda n, row: str(n)
    if name.startswith("form."):
        return partial(_form_cell, _form_fields(office, name, fields[name]), fields[name], column)
    if name.startswith("entry."):
        return partial(_plain_cell, fields[name], column, partial(_entry, name[6:]))
    special = _special(office, places).get(name)
    key = name.partition(".")[2]
    raw = special or (lambda row: row[key])
    if not _as_it_stands(fields[name], column):
        return partial(_plain_cell, fields[name], column, raw)
    if special is None:
        return lambda n, row: str(row[key] or "")
    return lambda n, row: str(raw(row) or "")


def _as_it_stands(field: FieldDef, column: LedgerColumn) -> bool:
    """Plain texts and days: most cells of most ledgers."""
    plain = field.kind in ("text", "idnumber", "phone", "int") or (
        field.kind == "date" and column.style in ("", "iso")
    )
    return plain and not masked(field, column) and not field.sensitive


def _plain_cell(field: FieldDef, column: LedgerColumn, raw: Raw, _n: int, row: Row) -> str:
    return cell(field, raw(row), column)


def _form_cell(
    fields: Mapping[str, FieldDef], usual: FieldDef, column: LedgerColumn, _n: int, row: Row
) -> str:
    """A form's value by the field of the row's own item: another item's choices have other words."""
    key = usual.key
    return cell(fields.get(row["item_code"], usual), row["form"].get(key), column)


def _form_fields(office: Office, name: str, usual: FieldDef) -> dict[str, FieldDef]:
    key = name.removeprefix("form.")
    return {
        item.code: field
        for item in office.catalog.items.values()
        for field in item.fields
        if field.key == key and field != usual
    }


def _entry(key: str, row: Row) -> object:
    return row["fields"].get(key)


def _special(office: Office, places: Places) -> Mapping[str, Raw]:
    """How a value is found that does not stand in a column of the row by its own name."""
    lines = {line.key: line.label for line in office.catalog.lines}
    return {
        "desk.community": lambda row: places.community.get(row["origin"], ""),
        "desk.county": lambda row: places.county.get(row["origin"], ""),
        "desk.hall": lambda row: places.hall.get(row["origin"], ""),
        "person.age": partial(_age, office.today),
        "person.building": lambda row: building(row["house"] or ""),
        "person.ethnic": lambda row: (row["more"] or {}).get("ethnic"),
        "person.political": lambda row: (row["more"] or {}).get("political"),
        "case.state": partial(_case_state, office),
        "case.line": lambda row: lines.get(row["line"], row["line"]),
        "case.department": partial(_department, office),
        "case.short_no": case_rows.short_of,
        "case.changed_on": lambda row: row["changed_at"][:10],
        "case.tier": lambda row: row["eligibility"].get("tier"),
        "case.amount": lambda row: row["eligibility"].get("amount"),
        "record.state": partial(_record_state, office),
        "record.changed_on": lambda row: row["changed_at"][:10],
        "asked.item_name": partial(_item_name, office),
        "asked.line": lambda row: lines.get(_line_of(office, row), ""),
        "case.item_name": partial(_case_item, office),
        "case.operator": lambda row: row["operator"] or NOBODY,
        "asked.operator": lambda row: row["operator"] or NOBODY,
    }


def _age(today: date, row: Row) -> object:
    return age_on(date.fromisoformat(row["birth"]), today) if row["birth"] else None


def _case_state(office: Office, row: Row) -> object:
    return case_rows.state_of(office, row["workflow"], row["state"]).label


def _record_state(office: Office, row: Row) -> object:
    state = office.catalog.registers[row["register"]].states.get(row["state"])
    return state.label if state else row["state"]


def _case_item(office: Office, row: Row) -> object:
    item = office.catalog.items.get(row["item_code"])
    return covering.item_name(office, item, row["item_name"])


def _department(office: Office, row: Row) -> object:
    item = office.catalog.items.get(row["item_code"])
    return item.department if item else ""


def _item_name(office: Office, row: Row) -> object:
    item = office.catalog.items.get(row["item_code"])
    return item.short_name if item else row["item_code"]


def _line_of(office: Office, row: Row) -> str:
    item = office.catalog.items.get(row["item_code"])
    return item.line if item else ""
