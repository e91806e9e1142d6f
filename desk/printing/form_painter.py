"""Draws an application form on A4 pages: ruled cells with their labels, boxes to tick, boxes to sign in."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from desk.domain.application_form import CHOSEN, ApplicationForm, FormCell, FormSection, SignBox
from desk.printing.codes import bar_boxes, qr_boxes
from desk.printing.fonts import Faces, faces
from desk.printing.page import BASELINE, MM, SHEETS, Dots, Flow
from desk.printing.painter import paint
from desk.printing.text_runs import shortened, wrap, wrap_evenly

SHEET = replace(SHEETS["A4"], text=10.5, lead=5.6 * MM, row=8 * MM, top=15 * MM, bottom=16 * MM)
LABEL = 30 * MM
PAD = 2 * MM
HEAD_CODE = 18 * 8
HEAD_ROOM = 24 * MM
BARS_HEIGHT = 7 * MM
TALL_LINES = 3
LEAST_OPINION, MOST_OPINION = 21 * MM, 36 * MM
FOOT_ROOM = 13 * MM
LEAST_TITLE = 15
DECLARATION = 25 * MM
BETWEEN = "　"
GRAY = 0.25


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell with its text already broken into lines."""

    width: float
    lines: tuple[str, ...]
    label: bool = False


def render_form(form: ApplicationForm, fonts: Path | None = None) -> bytes:
    """The PDF of a form on A4; the same form gives the same bytes. Raises as `desk.fonts.font_file`."""
    loaded = faces(fonts)
    with loaded.lock:
        flow = lay_out(form, loaded)
        return paint(flow.pages, SHEET.width, form, loaded)


def lay_out(form: ApplicationForm, loaded: Faces) -> Flow:
    """The form's pages with everything in its place, not yet drawn."""
    flow = Flow(SHEET, loaded, on_turn=lambda: _running_head(flow, form))
    _head(flow, form)
    for section in form.sections:
        _section(flow, section)
    _sign_box(flow, form.declaration, DECLARATION)
    for section in form.office:
        _section(flow, section)
    _opinions(flow, form)
    _foot(flow, form)
    _page_numbers(flow, form)
    return flow


def _head(flow: Flow, form: ApplicationForm) -> None:
    marks = BETWEEN.join(form.marks)
    room = SHEET.inner - flow.width(marks, SHEET.small) - HEAD_ROOM
    head = shortened(form.head, flow.faces.regular, SHEET.small, room)
    flow.write(head, SHEET.side, SHEET.small, height=SHEET.lead)
    _right(flow, marks)
    flow.y += SHEET.lead + 1.5 * MM
    top, room = flow.y, SHEET.inner
    if form.code:
        _, boxes = qr_boxes(form.code, HEAD_CODE)
        _ink(flow, boxes, SHEET.side, top)
        room -= 2 * HEAD_ROOM
    _title(flow, form.title, room)
    if form.bars:
        _number_bars(flow, form.bars)
    _right(flow, form.number_line)
    flow.y += SHEET.lead
    if form.code:
        flow.y = max(flow.y, top + HEAD_ROOM)
    flow.y += 1 * MM


def _number_bars(flow: Flow, bars: str) -> None:
    """The bar code at the right margin, above the number in letters; its quiet zone reaches into the margin."""
    _, boxes = bar_boxes(bars, round(SHEET.bars / SHEET.dot), round(BARS_HEIGHT / SHEET.dot))
    edge = boxes[-1][0] + boxes[-1][2]
    _ink(flow, boxes, SHEET.width - SHEET.side - edge * SHEET.dot, flow.y)
    flow.y += BARS_HEIGHT + 0.8 * MM


def _ink(flow: Flow, boxes: Iterable[Dots], left: float, top: float) -> None:
    """Boxes moved to their place, which is brought to whole dots."""
    across, down = round(left / SHEET.dot), round(top / SHEET.dot)
    flow.page.ink += [(across + x, down + y, wide, high) for x, y, wide, high in boxes]


def _title(flow: Flow, title: str, room: float) -> None:
    """On one line, in smaller type if that helps, else on several of like length."""
    face, size = flow.faces.bold, SHEET.title
    size = min(size, max(LEAST_TITLE, math.floor(room / face.width(title, 1))))
    for line in wrap_evenly(title, face, size, room):
        x = (SHEET.width - face.width(line, size)) / 2
        flow.write(line, x, size, height=size * 1.5, bold=True)
        flow.y += size * 1.5


def _running_head(flow: Flow, form: ApplicationForm) -> None:
    flow.write(form.title + form.continued, SHEET.side, SHEET.small, height=SHEET.lead)
    _right(flow, form.number)
    flow.y += SHEET.lead + 1 * MM


def _section(flow: Flow, section: FormSection) -> None:
    rows = _rows(flow, section.cells)
    if section.title:
        _band(flow, section.title, _height(rows[0]))
    for row in rows:
        for piece in _pieces(flow, row):
            _row(flow, piece)


def _rows(flow: Flow, cells: tuple[FormCell, ...]) -> list[list[_Cell]]:
    """Two cells to a row; a wide one, one that needs the room, and one left over have the row alone."""
    rows: list[list[FormCell]] = []
    for cell in cells:
        wide = cell.wide or len(_lines(flow, cell, SHEET.inner / 2 - LABEL)) > 2
        last = rows[-1] if rows else []
        if len(last) == 1 and not wide and not last[0].wide:
            last.append(cell)
        else:
            rows.append([replace(cell, wide=wide)])
    return [_broken(flow, row) for row in rows]


def _broken(flow: Flow, row: list[FormCell]) -> list[_Cell]:
    cells = []
    for cell in row:
        width = SHEET.inner / len(row) - LABEL
        label = wrap_evenly(cell.label, flow.faces.regular, SHEET.text, LABEL - 2 * PAD)
        cells += [_Cell(LABEL, tuple(label), label=True), _Cell(width, _lines(flow, cell, width))]
    return cells


def _lines(flow: Flow, cell: FormCell, width: float) -> tuple[str, ...]:
    room = width - 2 * PAD
    if cell.options:
        return tuple(_option_lines(flow, cell.options, room))
    lines = wrap(cell.text, flow.faces.regular, SHEET.text, room)
    if cell.tall and not cell.text:
        lines = [""] * TALL_LINES
    return tuple(lines)


def _option_lines(flow: Flow, options: tuple[str, ...], room: float) -> list[str]:
    """The options one after the other; a line ends between two of them where one can."""
    lines: list[str] = []
    for option in options:
        longer = f"{lines[-1]}{BETWEEN}{option}" if lines else option
        if lines and flow.width(longer, SHEET.text) <= room:
            lines[-1] = longer
        else:
            lines += wrap(option, flow.faces.regular, SHEET.text, room)
    return lines


def _pieces(flow: Flow, row: list[_Cell]) -> list[list[_Cell]]:
    """The row cut into pieces that each fit on a page of their own."""
    room = flow.floor - SHEET.top - 3 * SHEET.row
    most = int((room - (SHEET.row - SHEET.lead)) / SHEET.lead)
    tallest = max(len(cell.lines) for cell in row)
    return [
        [replace(cell, lines=cell.lines[start : start + most]) for cell in row]
        for start in range(0, tallest, most)
    ]


def _height(row: list[_Cell]) -> float:
    return SHEET.row + (max(len(cell.lines) for cell in row) - 1) * SHEET.lead


def _row(flow: Flow, row: list[_Cell]) -> None:
    height = _height(row)
    if not flow.fits(height):
        flow.turn()
    x = SHEET.side
    for cell in row:
        box = (x, flow.y, cell.width, height)
        flow.page.frames.append(box)
        if cell.label:
            flow.page.tints.append(box)
        top = flow.y + (height - len(cell.lines) * SHEET.lead) / 2
        for number, line in enumerate(cell.lines):
            y = top + number * SHEET.lead
            spare = cell.width - flow.width(line, SHEET.text)
            _line(flow, line, x + (spare / 2 if cell.label else PAD), y)
        x += cell.width
    flow.y += height


def _line(flow: Flow, line: str, x: float, y: float) -> None:
    """One line of text, with a tick in each box that is chosen."""
    flow.write(line, x, SHEET.text, height=SHEET.lead, y=y)
    baseline = y + SHEET.lead / 2 + BASELINE * SHEET.text
    for at, char in enumerate(line):
        if char == CHOSEN:
            before = flow.width(line[:at], SHEET.text)
            flow.page.ticks.append((x + before, baseline, SHEET.text))


def _band(flow: Flow, title: str, following: float) -> None:
    """The heading of a section, over its whole width; it does not stay behind alone at the foot of a page."""
    height = SHEET.row - 1 * MM
    if not flow.fits(height + following):
        flow.turn()
    box = (SHEET.side, flow.y, SHEET.inner, height)
    flow.page.frames.append(box)
    flow.page.tints.append(box)
    flow.write(title, SHEET.side + PAD, SHEET.text, height=height, bold=True)
    flow.y += height


def _sign_box(flow: Flow, box: SignBox, height: float) -> None:
    """A label, words if there are any, and at the bottom the line to sign on."""
    face, width = flow.faces.regular, SHEET.inner - LABEL
    lines = wrap(box.text, face, SHEET.text, width - 2 * PAD) if box.text else []
    label = [
        line
        for part in box.label.split("\n")
        for line in wrap_evenly(part, face, SHEET.text, LABEL - 2 * PAD)
    ]
    height = max(height, len(label) * SHEET.lead + 2 * PAD)
    if not flow.fits(height):
        flow.turn()
    left, x = SHEET.side, SHEET.side + LABEL
    flow.page.frames += [(left, flow.y, LABEL, height), (x, flow.y, width, height)]
    flow.page.tints.append((left, flow.y, LABEL, height))
    top = flow.y + (height - len(label) * SHEET.lead) / 2
    for number, line in enumerate(label):
        spare = LABEL - flow.width(line, SHEET.text)
        _line(flow, line, left + spare / 2, top + number * SHEET.lead)
    for number, line in enumerate(lines):
        _line(flow, line, x + PAD, flow.y + PAD / 2 + number * SHEET.lead)
    end = x + width - PAD - flow.width(box.signs, SHEET.text)
    _line(flow, box.signs, end, flow.y + height - SHEET.lead - PAD / 2)
    flow.y += height


def _opinions(flow: Flow, form: ApplicationForm) -> None:
    """The boxes of those who decide, together on one page and sharing what is left of it within bounds."""
    boxes = len(form.opinions)
    if not boxes:
        return
    if not flow.fits(SHEET.row + boxes * LEAST_OPINION + FOOT_ROOM):
        flow.turn()
    _band(flow, form.opinions_title, LEAST_OPINION)
    share = (flow.floor - flow.y - FOOT_ROOM) / boxes
    for box in form.opinions:
        _sign_box(flow, box, max(LEAST_OPINION, min(MOST_OPINION, share)))


def _foot(flow: Flow, form: ApplicationForm) -> None:
    flow.y += 1 * MM
    for line in wrap(form.foot, flow.faces.regular, SHEET.small, SHEET.inner):
        if not flow.fits(SHEET.lead):
            flow.turn()
        flow.write(line, SHEET.side, SHEET.small, height=SHEET.lead, gray=GRAY)
        flow.y += SHEET.lead


def _page_numbers(flow: Flow, form: ApplicationForm) -> None:
    for number, page in enumerate(flow.pages, 1):
        note = form.page.format(page=number, pages=len(flow.pages))
        x = (SHEET.width - flow.width(note, SHEET.small)) / 2
        y = SHEET.height - SHEET.bottom + 3 * MM
        flow.write(note, x, SHEET.small, height=SHEET.lead, y=y, gray=GRAY, page=page)


def _right(flow: Flow, text: str) -> None:
    if text:
        x = SHEET.width - SHEET.side - flow.width(text, SHEET.small)
        flow.write(text, x, SHEET.small, height=SHEET.lead)
