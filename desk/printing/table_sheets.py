"""A long table as PDF on A4 across: ruled, its headings on each sheet, numbered sheets."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import Final

from desk.printing.fonts import Face, Faces, faces
from desk.printing.page import MM, SHEETS, Flow, Sheet
from desk.printing.painter import paint
from desk.printing.sheet_blocks import PAD
from desk.printing.text_runs import shortened, wrap

MOST_LINES: Final = 3
"""A cell takes no more lines than this; the file has it in full."""
GRAY: Final = 0.25
# Type sizes in points, the largest that fits is taken; and how wide (in characters) a column of words may be at most.
SIZES: Final = (9.5, 8.5, 7.5, 6.75, 6.0)
CAPS: Final = (22, 15, 10)
SAMPLE: Final = 100
"""By so many rows it is seen how wide the columns are."""
LINE: Final = 9.5
SIDE: Final = 12 * MM
_WORDS: Final = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class SheetTable:
    """What is to be printed: `lines` stand under the title."""

    title: str
    lines: tuple[str, ...]
    labels: tuple[str, ...]
    issuer: str = ""
    number: str = ""
    made_at: datetime | None = None


def render_table(
    table: SheetTable,
    rows: Iterable[Sequence[str]],
    tick: Callable[[], None] = lambda: None,
    fonts: Path | None = None,
) -> tuple[bytes, int]:
    """The PDF and how many rows it has; `tick` is called for each row and may raise to stop.

    `fonts` is the folder to unpack the bundled fonts into (None: the user's cache); raises as `desk.fonts.font_file`.
    """
    loaded = faces(fonts)
    feed = iter(rows)
    sample = list(islice(feed, SAMPLE))
    with loaded.lock:
        size, widths = _shares(loaded.regular, table.labels, sample)
        flow = _open(table, loaded, size, widths)
        count = 0
        for row in chain(sample, feed):
            tick()
            _ruled(flow, widths, row, head=False)
            count += 1
        _sheet_numbers(flow)
        return paint(flow.pages, flow.sheet.width, table, loaded), count


def _shares(
    face: Face, labels: Sequence[str], sample: Sequence[Sequence[str]]
) -> tuple[float, tuple[float, ...]]:
    """The type size, and the widths of the columns in points: ids and days stay whole, words are broken if need be."""
    inner = SHEETS["A4"].height - 2 * SIDE
    columns = [[row[place] for row in sample] for place in range(len(labels))]
    for size in SIZES:
        for cap in CAPS:
            needed = [
                _needs(face, label, cells, cap) * size + 2 * _pad(size)
                for label, cells in zip(labels, columns, strict=True)
            ]
            if sum(needed) <= inner:
                break
        else:
            continue
        break
    return size, tuple(wide * inner / sum(needed) for wide in needed)


def _needs(face: Face, label: str, cells: Sequence[str], cap: int) -> float:
    """The width of a column at one point: what cannot be broken, words up to the cap, half of the heading."""
    longest = max((face.width(cell, 1) for cell in cells), default=0.0)
    whole = max((_unbroken(face, cell) for cell in cells), default=0.0)
    return max(whole, min(longest, cap), face.width(label[: (len(label) + 1) // 2], 1), 2.0)


def _unbroken(face: Face, cell: str) -> float:
    return max((face.width(word, 1) for word in _WORDS.findall(cell[:200])), default=0.0)


def _pad(size: float) -> float:
    return min(PAD, size * 0.35)


def _open(table: SheetTable, loaded: Faces, size: float, widths: tuple[float, ...]) -> Flow:
    def headings() -> None:
        _ruled(flow, widths, table.labels, head=True)

    flow = Flow(_sheet(size), loaded, on_turn=headings)
    _middle(flow, table.title)
    for line in table.lines:
        cut = shortened(line, loaded.regular, LINE, flow.sheet.inner)
        flow.write(cut, flow.sheet.side, LINE, height=5 * MM)
        flow.y += 5 * MM
    flow.y += 1.5 * MM
    headings()
    return flow


def _sheet(size: float) -> Sheet:
    """A4 across."""
    a4 = SHEETS["A4"]
    return replace(
        a4,
        width=a4.height,
        height=a4.width,
        side=SIDE,
        top=12 * MM,
        bottom=12 * MM,
        text=size,
        lead=size * 1.35,
        row=size * 1.35 + 1.6 * MM,
        title=16,
    )


def _middle(flow: Flow, title: str) -> None:
    sheet = flow.sheet
    for line in wrap(title, flow.faces.bold, sheet.title, sheet.inner):
        x = (sheet.width - flow.width(line, sheet.title, bold=True)) / 2
        flow.write(line, x, sheet.title, height=sheet.title * 1.6, bold=True)
        flow.y += sheet.title * 1.6


def _ruled(flow: Flow, widths: tuple[float, ...], row: Sequence[str], *, head: bool) -> None:
    """One ruled row, on the next sheet if it does not fit here."""
    sheet = flow.sheet
    pad = _pad(sheet.text)
    cells = [
        (wide, _lines(flow, " ".join(text.split()), wide - 2 * pad + 0.01))
        for wide, text in zip(widths, row, strict=True)
    ]
    height = sheet.row + (max(len(lines) for _, lines in cells) - 1) * sheet.lead
    if not head and not flow.fits(height):
        flow.turn()
    x = sheet.side
    for wide, lines in cells:
        box = (x, flow.y, wide, height)
        flow.page.frames.append(box)
        if head:
            flow.page.tints.append(box)
        top = flow.y + (height - len(lines) * sheet.lead) / 2
        for number, line in enumerate(lines):
            y = top + number * sheet.lead
            flow.write(line, x + pad, sheet.text, height=sheet.lead, y=y)
        x += wide
    flow.y += height


def _lines(flow: Flow, text: str, width: float) -> list[str]:
    face, size = flow.faces.regular, flow.sheet.text
    lines = wrap(text, face, size, width)
    if len(lines) <= MOST_LINES:
        return lines
    last = shortened("".join(lines[MOST_LINES - 1 :]), face, size, width)
    return [*lines[: MOST_LINES - 1], last]


def _sheet_numbers(flow: Flow) -> None:
    sheet, total = flow.sheet, len(flow.pages)
    for number, page in enumerate(flow.pages, 1):
        note = f"第 {number} 页 共 {total} 页"
        x = sheet.width - sheet.side - flow.width(note, 8)
        y = sheet.height - sheet.bottom + 1 * MM
        flow.write(note, x, 8, height=4 * MM, y=y, gray=GRAY, page=page)
