"""Reading a table somebody brought: a workbook or a CSV file becomes headings and rows of text, or is refused."""

import json
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desk.errors import TableRefused
from desk.importing import child, csv_text, own_process, zip_gate

MOST_BYTES = 20 << 20
MOST_ROWS = 5_000
# Headings stand below a title and a note; never further down than this.
LOOKED_AT = 20
MOST_SECONDS = 30
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet as text. `rows` follow the headings without a gap; blank ones stay, so that places can be named.

    `sheets` are the names of all sheets to be seen (a CSV file has one, without a name); `heading_row` counts from 1 as
    Excel does. Every row is as long as the headings.
    """

    sheets: tuple[str, ...]
    sheet: str
    heading_row: int
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def numbered(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Each row that is not blank with its number in the sheet, as Excel counts."""
        for number, row in enumerate(self.rows, self.heading_row + 1):
            if any(row):
                yield number, row


def read_table(path: Path, *, sheet: str = "", heading_row: int = 0) -> Table:
    """Read the named sheet (the first that is shown, if none is named) of an .xlsx, or a .csv file.

    The headings are in `heading_row`, counted from 1; 0 finds the row that looks most like headings. Dates come as
    2026-11-02, numbers without needless zeros, formulas as the value last computed; a number of more than 15 digits comes
    in Excel's short form (6.10422E+17), for its last digits are lost in the file already.

    Raises:
        TableRefused: for every file that cannot be read; nothing of it was kept.
    """
    data = read_file(path)
    if data.startswith(_ZIP):
        zip_gate.check(data)
        answer = _ask_child(data, sheet)
        return _table(answer["sheets"], answer["sheet"], answer["rows"], heading_row)
    if data.startswith(_OLE):
        raise TableRefused("old_or_locked")
    return _table([""], "", csv_text.rows(data), heading_row)


def read_file(path: Path, most: int = MOST_BYTES) -> bytes:
    """The bytes of a plain file of at most `most` bytes.

    Raises:
        TableRefused: too large, empty, not a plain file, or not to be read.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise TableRefused("unreadable")
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise TableRefused("unreadable") from error
    if not data:
        raise TableRefused("empty")
    if len(data) > most:
        raise TableRefused("too_large")
    return data


def _ask_child(data: bytes, sheet: str) -> dict[str, Any]:
    """Let the reader's process open the workbook.

    Raises:
        TableRefused: it refused, took too long, or did not live to answer.
    """
    try:
        request = json.dumps({"sheet": sheet}).encode() + b"\n" + data
        answer = json.loads(own_process.ask(child.MODULE, child.WORD, request, MOST_SECONDS))
    except own_process.ProcessTooSlow as error:
        raise TableRefused("too_long") from error
    except (own_process.ProcessFailed, ValueError) as error:
        raise TableRefused("not_a_table") from error
    if not isinstance(answer, dict) or "refused" in answer:
        raise TableRefused(str(answer["refused"]) if isinstance(answer, dict) else "not_a_table")
    return answer


def _table(
    sheets: Sequence[str], sheet: str, rows: Sequence[Sequence[str]], heading_row: int
) -> Table:
    """Split the rows at their headings.

    Raises:
        TableRefused: nothing there, or more rows than are taken.
    """
    place = heading_row - 1 if heading_row else _heading_place(rows)
    if not 0 <= place < len(rows) or not any(rows[place]):
        raise TableRefused("empty")
    headings = _trimmed(rows[place])
    width = max(len(headings), max((len(_trimmed(row)) for row in rows[place + 1 :]), default=0))
    last = max((i for i, row in enumerate(rows) if any(row)), default=0)
    body = tuple(_row(row, width) for row in rows[place + 1 : last + 1])
    if sum(map(any, body)) > MOST_ROWS:
        raise TableRefused("rows")
    titles = tuple(" ".join(title.split()) for title in _row(headings, width))
    return Table(tuple(sheets), sheet, place + 1, titles, body)


def _heading_place(rows: Sequence[Sequence[str]]) -> int:
    """The first row with nearly as many words in it as any of the first; a title merged over the sheet has one."""
    counts = [_words(row) for row in rows[:LOOKED_AT]]
    most = max(counts, default=0)
    return next((place for place, n in enumerate(counts) if n and n * 4 >= most * 3), -1)


def _words(row: Sequence[str]) -> int:
    """How many different cells look like a heading: short, and not a number."""
    return len({cell for cell in row if cell and len(cell) <= 30 and not cell[0].isdigit()})


def _trimmed(row: Sequence[str]) -> Sequence[str]:
    width = max((place for place, cell in enumerate(row, 1) if cell), default=0)
    return row[:width]


def _row(row: Sequence[str], width: int) -> tuple[str, ...]:
    return tuple(_plain(cell) for cell in (*row, *[""] * (width - len(row)))[:width])


def _plain(cell: str) -> str:
    """The cell without the quote that keeps a spreadsheet from reading an id as a number or a text as a formula."""
    if cell.startswith("'") and (cell[1:].startswith(_SIGNS) or cell[1:16].isdigit()):
        return cell[1:]
    return cell
