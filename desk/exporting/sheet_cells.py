"""The rows of a spreadsheet's sheet, written out as the format has them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desk.exporting.progress import Progress
from desk.exporting.table import Table, number, safe

LONGEST = 32_767
"""Units of UTF-16 a cell holds."""
_TOLD_APART = re.compile(r"(_x[0-9a-fA-F]{4}_)|([\0-\x1f\ufffe\uffff])|([&<>])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


@dataclass(frozen=True, slots=True)
class Styles:
    """The numbers the file gave to its styles: text, whole numbers, numbers with two places."""

    text: str
    whole: str
    money: str


def rows_of(table: Table, first: int, styles: Styles, progress: Progress) -> Iterator[str]:
    """Each row of the table as an element, the first with that number; empty cells are left out."""
    from xlsxwriter.utility import xl_col_to_name

    numbers = frozenset(n for n, column in enumerate(table.columns) if column.kind == "number")
    begins = tuple(f'<c r="{xl_col_to_name(n)}' for n in range(len(table.columns)))
    text = f'" s="{styles.text}" t="inlineStr"><is><t'
    for count, row in enumerate(table.rows(), 1):
        n, cells = first + count - 1, []
        for place, cell in enumerate(row):
            if not cell:
                continue
            if place in numbers and number(cell) is not None:
                style = styles.money if "." in cell else styles.whole
                cells.append(f'{begins[place]}{n}" s="{style}"><v>{cell}</v></c>')
            else:
                cells.append(f"{begins[place]}{n}{text}{_told(cell)}</t></is></c>")
        progress.step(count, table.count)
        yield f'<row r="{n}">{"".join(cells)}</row>'


def _told(cell: str) -> str:
    """A text behind the opening of its element: defused, no longer than a cell, and with nothing that ends it."""
    # Most cells are names and ids: there is nothing about them to look at.
    if cell.isalnum() and len(cell) <= LONGEST // 2:
        return f">{cell}"
    plain = _short(safe(cell))
    kept = ' xml:space="preserve">' if plain != plain.strip() else ">"
    return kept + _TOLD_APART.sub(_escaped, plain)


def _short(text: str) -> str:
    if len(text) <= LONGEST // 2:
        return text
    return text.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore")


def _escaped(found: re.Match[str]) -> str:
    """What would be taken for an escape, what no sheet may hold, and what ends an element."""
    looks_escaped, unfit, sign = found.groups()
    if looks_escaped:
        return f"_x005F{looks_escaped}"
    return f"_x{ord(unfit):04X}_" if unfit else _ENTITIES[sign]
