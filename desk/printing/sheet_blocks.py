"""Ruled boxes and tables on A4 and A5 sheets."""

from collections.abc import Sequence

from desk.domain.paper_blocks import Grid, Pair, Pairs
from desk.printing.page import MM, Flow
from desk.printing.text_runs import wrap

PAD = 2.2 * MM
LABEL_PARTS = 0.122
Cell = tuple[float, list[str], bool]


def pairs(flow: Flow, block: Pairs) -> None:
    """A box with two label-value pairs a line; a wide or left-over pair takes the line alone."""
    inner = flow.sheet.inner
    label = max(LABEL_PARTS * inner, _widest_label(flow, block.pairs) + 2 * PAD)
    for line in _in_twos(block.pairs):
        share = inner if len(line) == 1 else inner / 2
        cells = []
        for pair in line:
            cells += [(label, pair.label, True), (share - label, pair.value, False)]
        row = [(width, _lines(flow, text, width), tint) for width, text, tint in cells]
        for (_, lines, _), pair in zip(row[1::2], line, strict=True):
            lines += [""] * (pair.lines - len(lines))
        for piece in _pieces(flow, row):
            _row(flow, piece)


def grid(flow: Flow, block: Grid) -> None:
    """A ruled table; its head is repeated at the top of each page, a row is not cut unless it is longer than a page."""
    total = sum(block.weights)
    widths = [flow.sheet.inner * weight / total for weight in block.weights]
    head = [(w, _lines(flow, text, w), True) for w, text in zip(widths, block.labels, strict=True)]
    _row(flow, head)
    for row in block.rows:
        cells = [(w, _lines(flow, text, w), False) for w, text in zip(widths, row, strict=True)]
        for piece in _pieces(flow, cells):
            if not flow.fits(_height(flow, piece)):
                flow.turn()
                _row(flow, head)
            _row(flow, piece)


def _in_twos(all_pairs: Sequence[Pair]) -> list[list[Pair]]:
    lines: list[list[Pair]] = []
    for pair in all_pairs:
        last = lines[-1] if lines else []
        if len(last) == 1 and not (last[0].wide or pair.wide):
            last.append(pair)
        else:
            lines.append([pair])
    return lines


def _widest_label(flow: Flow, all_pairs: Sequence[Pair]) -> float:
    return max(flow.width(pair.label, flow.sheet.text) for pair in all_pairs)


def _lines(flow: Flow, text: str, width: float) -> list[str]:
    return wrap(text, flow.faces.regular, flow.sheet.text, width - 2 * PAD)


def _pieces(flow: Flow, cells: list[Cell]) -> list[list[Cell]]:
    """The row cut into pieces that fit on an empty page below the table's head."""
    sheet = flow.sheet
    room = flow.floor - sheet.top - 2 * sheet.row
    most = max(1, int((room - (sheet.row - sheet.lead)) / sheet.lead))
    tallest = max(len(lines) for _, lines, _ in cells)
    return [
        [(width, lines[start : start + most], tint) for width, lines, tint in cells]
        for start in range(0, tallest, most)
    ]


def _height(flow: Flow, cells: list[Cell]) -> float:
    sheet = flow.sheet
    return sheet.row + (max(len(lines) for _, lines, _ in cells) - 1) * sheet.lead


def _row(flow: Flow, cells: list[Cell]) -> None:
    """One ruled row; on a new page if it does not fit here."""
    sheet = flow.sheet
    height = _height(flow, cells)
    if not flow.fits(height):
        flow.turn()
    x = sheet.side
    for width, lines, tint in cells:
        box = (x, flow.y, width, height)
        flow.page.frames.append(box)
        if tint:
            flow.page.tints.append(box)
        top = flow.y + (height - len(lines) * sheet.lead) / 2
        for number, line in enumerate(lines):
            y = top + number * sheet.lead
            flow.write(line, x + PAD, sheet.text, height=sheet.lead, y=y)
        x += width
    flow.y += height
