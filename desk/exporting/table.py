"""A table to be written: columns with their kinds, rows as they come."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

ColumnKind = Literal["text", "id", "date", "number"]

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")
# What a spreadsheet keeps to the last digit.
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,12})(?:\.[0-9]{1,2})?")
FULL_WIDTH_SIGNS = ("＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `width` is in characters. An `id` is text whatever it looks like; `note` is what a schema says of it."""

    title: str
    kind: ColumnKind = "text"
    width: int = 12
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table. `rows` gives rows of cells one by one, so that memory stays flat; `count` is for progress.

    `heading` are lines above the headings of the columns, for files that people look at; `sheet` names the sheet.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[tuple[str, ...]]]
    count: int
    heading: tuple[str, ...] = ()
    sheet: str = ""


def safe(cell: str) -> str:
    """The cell on one line and defused: what every cell of a file passes."""
    # Names, ids and words, which most cells are, need no second look.
    return cell if cell.isalnum() else defused(one_line(cell))


def number(cell: str) -> float | None:
    """The number a cell is, None where it is none or where a spreadsheet would round it."""
    return float(cell) if _NUMBER.fullmatch(cell) else None


def defused(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula: a leading sign gets a quote before it."""
    if cell.startswith((*FORMULA_SIGNS, *FULL_WIDTH_SIGNS)):
        return "'" + cell
    return cell


def one_line(cell: str) -> str:
    """The cell without control characters; line ends become blanks."""
    if cell.isprintable():
        return cell
    return "".join(" " if sign in "\r\n\t" else sign for sign in cell if _shown(sign))


def _shown(sign: str) -> bool:
    return sign in "\r\n\t" or unicodedata.category(sign) != "Cc"
