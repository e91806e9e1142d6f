"""What stands around the blocks: the head of a paper, its codes and signing side, page numbers."""

from collections.abc import Iterable

from desk.domain.paper_blocks import Body, Paper
from desk.printing.codes import bar_boxes, qr_boxes
from desk.printing.page import MM, Dots, Flow
from desk.printing.slip_blocks import rule
from desk.printing.text_runs import shortened, wrap, wrap_evenly, wrap_phrases

TITLE_TRACK = 0.12
BAR_HEIGHT = 8 * MM
SLIP_BAR_HEIGHT = 10 * MM
BAR_GAP = 0.8 * MM
CODE_STEP = 0.92
SHEET_QR = 18 * MM
# Less room than this is too little for a signature.
FILL_ROOM = 38 * MM
# What stands at the right may take this share of the width, beside codes this much.
RIGHT_SHARE = 0.5
CODE_ROOM = 66 * MM
SLIP_QR = 21 * MM
GRAY = 0.25


def sheet_head(flow: Flow, paper: Paper) -> None:
    """Hall and copy on one line, the title in the middle, the number at the right."""
    sheet = flow.sheet
    right = "　".join((*paper.marks, paper.copy_label)).strip("　")
    taken = flow.width(right, sheet.small) + 6 * MM
    head = shortened(
        paper.head, flow.faces.regular, sheet.small, max(sheet.inner - taken, sheet.inner * 0.4)
    )
    flow.write(head, sheet.side, sheet.small, height=sheet.lead)
    _right(flow, right, sheet.small)
    flow.y += sheet.lead + 0.6 * MM
    _title(flow, paper.title)
    if paper.number:
        _right(flow, paper.number, sheet.text)
        flow.y += sheet.lead
    flow.y += 0.8 * MM if paper.number else sheet.gap


def running_head(flow: Flow, paper: Paper) -> None:
    """On every further sheet: which paper this page belongs to."""
    sheet = flow.sheet
    flow.write(f"{paper.title}（续）", sheet.side, sheet.small, height=sheet.lead)
    _right(flow, paper.number, sheet.small)
    flow.y += sheet.lead + 1 * MM


def sheet_foot_height(flow: Flow, paper: Paper) -> float:
    """How much room the codes and the signing side take on the last sheet."""
    lead, body = flow.sheet.lead, paper.sheet
    codes = lead * CODE_STEP * len(body.code_lines)
    if paper.bars:
        codes += BAR_HEIGHT + BAR_GAP
    square = _square(flow, paper.code, SHEET_QR)[0] if paper.code else 0.0
    return max(lead * len(body.sign_lines), codes, square)


def sheet_foot(flow: Flow, paper: Paper) -> None:
    """Codes at the left, who signs at the right, both standing on the bottom margin."""
    sheet, body = flow.sheet, paper.sheet
    bottom = sheet.height - sheet.bottom
    x = sheet.side
    if paper.code:
        side, boxes = _square(flow, paper.code, SHEET_QR)
        _ink(flow, boxes, x, bottom - side)
        x += side + 3 * MM
    step = sheet.lead * CODE_STEP
    y = bottom - step * len(body.code_lines)
    if paper.bars:
        _, boxes = _bars(flow, paper.bars, BAR_HEIGHT)
        # The quiet zone at the left overlaps the white beside the QR code.
        _ink(flow, boxes, x - boxes[0][0] * sheet.dot, y - BAR_HEIGHT - BAR_GAP)
    for told in body.code_lines:
        line = shortened(told, flow.faces.regular, sheet.small, CODE_ROOM)
        flow.write(line, x, sheet.small, height=step, y=y)
        y += step
    _fill_lines(flow, paper)
    y = bottom - sheet.lead * len(body.sign_lines)
    for line in body.sign_lines:
        _right(flow, line, sheet.text, y=y)
        y += sheet.lead


def fill_column(flow: Flow, body: Body) -> tuple[float, float]:
    """From where to where the person may sign, between the codes and the signing side."""
    sheet = flow.sheet
    codes = _widest(flow, body.code_lines, sheet.small, CODE_ROOM)
    signs = _widest(flow, body.sign_lines, sheet.text, sheet.inner * RIGHT_SHARE)
    left = sheet.side + SHEET_QR + 4 * MM + max(codes, sheet.bars - 8 * MM)
    return left + 4 * MM, sheet.width - sheet.side - signs - 4 * MM


def _widest(flow: Flow, lines: tuple[str, ...], size: float, most: float) -> float:
    return min(most, max((flow.width(line, size) for line in lines), default=0.0))


def _fill_lines(flow: Flow, paper: Paper) -> None:
    """Labels one above the other, each with a line to write on, standing on the bottom margin."""
    sheet, body = flow.sheet, paper.sheet
    left, right = fill_column(flow, body)
    if right - left < FILL_ROOM:
        return
    for number, label in enumerate(reversed(body.fill_lines)):
        y = sheet.height - sheet.bottom - number * (sheet.lead + 3 * MM)
        flow.write(label, left, sheet.text, height=sheet.lead, y=y - sheet.lead)
        start = left + flow.width(label, sheet.text) + 1.5 * MM
        flow.page.lines.append((start, y - 0.5 * MM, right, y - 0.5 * MM))


def page_notes(flow: Flow, paper: Paper) -> None:
    """Under each sheet: the line of a reprint, and page n of m if there are several."""
    sheet = flow.sheet
    total = len(flow.pages)
    y = sheet.height - sheet.bottom + 0.5 * MM
    for number, page in enumerate(flow.pages, 1):
        note = f"第 {number} 页 共 {total} 页" if total > 1 else ""
        right = sheet.width - sheet.side - flow.width(note, sheet.small)
        room = right - sheet.side - 4 * MM
        reprint = shortened(paper.reprint, flow.faces.regular, sheet.small, room)
        for text, left in ((reprint, sheet.side), (note, right)):
            if text:
                flow.write(text, left, sheet.small, height=sheet.lead, y=y, gray=GRAY, page=page)


def slip_head(flow: Flow, paper: Paper) -> None:
    """Title, hall and copy in the middle, and a dashed line under them."""
    sheet = flow.sheet
    _title(flow, paper.title)
    for text in (paper.head, "　".join((*paper.marks, paper.copy_label)).strip("　")):
        for line in wrap_phrases(text, flow.faces.regular, sheet.small, sheet.inner):
            if line:
                _middle(flow, line, sheet.small)
                flow.y += sheet.lead
    rule(flow)


def slip_foot(flow: Flow, paper: Paper) -> None:
    """Signing side, QR and bar code, then the closing lines."""
    sheet, body = flow.sheet, paper.slip
    for told in body.sign_lines:
        for line in wrap(told, flow.faces.regular, sheet.text, sheet.inner):
            x = sheet.width - sheet.side - flow.width(line, sheet.text)
            flow.write(line, x, sheet.text, height=sheet.lead)
            flow.y += sheet.lead
    if paper.code:
        flow.y += 2 * MM
        side, boxes = _square(flow, paper.code, SLIP_QR)
        _ink(flow, boxes, (sheet.width - side) / 2, flow.y)
        flow.y += side + 2.5 * MM
    if paper.bars and sheet.bars:
        width, boxes = _bars(flow, paper.bars, SLIP_BAR_HEIGHT)
        _ink(flow, boxes, (sheet.width - width) / 2, flow.y)
        flow.y += SLIP_BAR_HEIGHT + 1.5 * MM
    _closing_lines(flow, body, paper.reprint)


def _closing_lines(flow: Flow, body: Body, reprint: str) -> None:
    sheet = flow.sheet
    for text in (*body.tail_lines, reprint):
        for line in (
            wrap_phrases(text, flow.faces.regular, sheet.small, sheet.inner) if text else ()
        ):
            _middle(flow, line, sheet.small)
            flow.y += sheet.lead * 0.9


def _title(flow: Flow, title: str) -> None:
    sheet = flow.sheet
    track = TITLE_TRACK * sheet.title if sheet.height else 0.0
    height = sheet.title * 1.6
    if flow.width(title, sheet.title, bold=True) + track * len(title) > sheet.inner:
        # What stands in brackets goes on a line of its own.
        title = title.replace("（", "\n（", 1)
    for line in wrap_evenly(title, flow.faces.bold, sheet.title + track, sheet.inner):
        width = flow.width(line, sheet.title, bold=True) + track * (len(line) - 1)
        x = (sheet.width - width) / 2
        flow.write(line, x, sheet.title, height=height, bold=True, track=track)
        flow.y += height


def _right(flow: Flow, text: str, size: float, y: float | None = None) -> None:
    if text:
        text = shortened(text, flow.faces.regular, size, flow.sheet.inner * RIGHT_SHARE)
        x = flow.sheet.width - flow.sheet.side - flow.width(text, size)
        flow.write(text, x, size, height=flow.sheet.lead, y=y)


def _middle(flow: Flow, text: str, size: float) -> None:
    x = (flow.sheet.width - flow.width(text, size)) / 2
    flow.write(text, x, size, height=flow.sheet.lead)


def _square(flow: Flow, text: str, least: float) -> tuple[float, Iterable[Dots]]:
    """The side of a QR code in points, at least `least`, and its boxes in dots."""
    side, boxes = qr_boxes(text, round(least / flow.sheet.dot))
    return side * flow.sheet.dot, boxes


def _bars(flow: Flow, text: str, height: float) -> tuple[float, tuple[Dots, ...]]:
    """The width of a bar code in points with its quiet zones, and its bars in dots."""
    dot = flow.sheet.dot
    width, boxes = bar_boxes(text, round(flow.sheet.bars / dot), round(height / dot))
    return width * dot, boxes


def _ink(flow: Flow, boxes: Iterable[Dots], left: float, top: float) -> None:
    """Boxes moved to their place, which is brought to whole dots."""
    dot = flow.sheet.dot
    across, down = round(left / dot), round(top / dot)
    flow.page.ink += [(across + x, down + y, width, height) for x, y, width, height in boxes]
