"""A row of a table that came in, read column by column: values to keep, and what is wrong with which cell."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from desk.domain.field_values import clean
from desk.domain.fields import FieldDef
from desk.domain.headings import match
from desk.domain.import_kinds import ImportKind, ImportKinds
from desk.errors import Problem

Columns = Mapping[str, int]
"""By column of a kind the place of the column of the table, from 0."""

_ROUNDED: Final = re.compile(r"[0-9](\.[0-9]+)?E\+[0-9]{2}", re.I)
_SERIAL: Final = re.compile(r"[1-7][0-9]{4}")
_MIDNIGHT: Final = re.compile(r"[ T]00:00(:00)?$")
_UNCLEAR_MONTH: Final = re.compile(r"[0-9]{4}\.1")
_SEPARATORS: Final = re.compile(r"[、，,;；/\n]+")
_FIRST_DAY: Final = date(1899, 12, 30)
"""Day 0 of a spreadsheet's calendar, which believes in a 29 February 1900."""
ID_LENGTH: Final = 18
_NUMBERS: Final = ("idnumber", "account", "phone", "text")


@dataclass(frozen=True, slots=True)
class RowRead:
    """The values of a row by column, and its problems (`field` is the column); with problems it is not taken."""

    values: Mapping[str, object]
    problems: tuple[Problem, ...] = ()

    def text(self, key: str) -> str:
        """The value as text, '' where there is none."""
        value = self.values.get(key)
        return "" if value is None else str(value)


def match_columns(kind: ImportKind, headings: Sequence[str], known: ImportKinds) -> dict[str, int]:
    """Which column of the table is which of the kind's, told by the headings; what fits nothing stays out."""
    fields = {one.key: one for one in kind.fields}
    synonyms = {key: known.synonyms.get(key, ()) for key in fields}
    found = match(headings, fields, synonyms)
    return {key: place for place, key in enumerate(found) if key}


def read_row(kind: ImportKind, columns: Columns, cells: Sequence[str], today: date) -> RowRead:
    """The row as the kind wants it."""
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for one in kind.fields:
        place = columns.get(one.key)
        typed = cells[place] if place is not None and place < len(cells) else ""
        value, found = _read_cell(one, typed, today)
        problems += found
        if value not in (None, "", []):
            values[one.key] = value
        elif one.required and not found:
            problems.append(Problem(one.key, "required"))
    return RowRead(values, tuple(problems))


def birth_of(number: str) -> date | None:
    """The birthday in a resident's number that was found right before; None for any other number."""
    digits = number[6:14]
    return date.fromisoformat(digits) if len(number) == ID_LENGTH and digits.isdigit() else None


def _read_cell(one: FieldDef, typed: str, today: date) -> tuple[object, list[Problem]]:
    typed = typed.strip()
    if one.kind in _NUMBERS and _ROUNDED.fullmatch(typed):
        return None, [Problem(one.key, "rounded", {"typed": typed})]
    if one.kind == "month" and _UNCLEAR_MONTH.fullmatch(typed):
        return None, [Problem(one.key, "unclear_month", {"typed": typed})]
    value, found = clean(one, _plain(one, typed))
    problems = [problem for problem in found if not problem.facts.get("advice")]
    if one.kind == "idnumber" and value and not problems:
        born = birth_of(str(value))
        if born is not None and born > today:
            problems = [Problem(one.key, "id_future", {"birth": born.isoformat()})]
    return (None if problems else value), problems


def _plain(one: FieldDef, typed: str) -> object:
    """The cell as somebody would have typed it: days out of a spreadsheet's calendar, months out of days."""
    if one.kind == "choice" and one.multi:
        return [part.strip() for part in _SEPARATORS.split(typed) if part.strip()]
    if one.kind not in ("date", "month"):
        return typed
    day = _MIDNIGHT.sub("", typed)
    if _SERIAL.fullmatch(day):
        day = (_FIRST_DAY + timedelta(days=int(day))).isoformat()
    if one.kind == "month" and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", day):
        return day[:7]
    return day
