"""The page that shows how far a printer is off: rulers from the edges of the paper and a cross at 20 mm, 20 mm."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desk.printing.fonts import faces
from desk.printing.media import MARK, Medium
from desk.printing.page import MM, SHEETS, Flow, Sheet
from desk.printing.painter import paint
from desk.printing.text_runs import wrap

ARM = 8 * MM
ROLL_LENGTH = 110 * MM
SHORT, MIDDLE, LONG = 1.6 * MM, 2.6 * MM, 4 * MM
TITLE = "打印校准页"
HOW = (
    "用尺子量十字中心：离纸的左边多少毫米，离纸的上边多少毫米。",
    "正好都是 20 毫米，就不用调。",
    "不是 20 毫米，把量到的两个数填到“设置”里的“校准”，再打一张看看。",
    "上面和右边的尺子也可以对着真尺子看：10 格应当正好 10 毫米。",
)
FORMS = "连续纸从带孔的纸边量起；一页打完，撕纸线应当正好在下一页的开头。"


@dataclass(frozen=True, slots=True)
class _About:
    """What the file says of itself; it speaks of no person and no day."""

    title: str = TITLE
    number: str = ""
    issuer: str = ""
    made_at: datetime = datetime(2000, 1, 1)


def calibration_page(medium: Medium, fonts: Path | None = None) -> bytes:
    """The page as PDF, as large as the medium (rolls: 110 mm long). Everything is where it says, in mm.

    `fonts` as in `desk.printing.printer.render`.
    """
    loaded = faces(fonts)
    with loaded.lock:
        flow = Flow(SHEETS[medium], loaded)
        flow.page.height = flow.sheet.height or ROLL_LENGTH
        _cross(flow)
        _ruler_across(flow)
        _ruler_down(flow)
        _words(flow)
        return paint(flow.pages, flow.sheet.width, _About(), loaded)


def _cross(flow: Flow) -> None:
    at = MARK * MM
    flow.page.lines += [(at - ARM, at, at + ARM, at), (at, at - ARM, at, at + ARM)]
    flow.page.frames.append((at - 2 * MM, at - 2 * MM, 4 * MM, 4 * MM))


def _ruler_across(flow: Flow) -> None:
    """Millimetres from the left edge, told every ten."""
    y = MARK * MM + ARM + 6 * MM
    last = int((flow.sheet.width - _reach(flow.sheet)) / MM)
    for mm in range(MARK, last + 1):
        flow.page.lines.append((mm * MM, y, mm * MM, y - _tick(mm)))
        if mm % 10 == 0:
            _number(flow, str(mm), mm * MM, y + 0.4 * MM)
    flow.page.lines.append((MARK * MM, y, last * MM, y))


def _ruler_down(flow: Flow) -> None:
    """Millimetres from the top edge along the right side."""
    last = int((flow.page.height - 6 * MM) / MM)
    x = flow.sheet.width - _reach(flow.sheet) - 1 * MM
    first = MARK + 22
    for mm in range(first, last + 1):
        flow.page.lines.append((x, mm * MM, x - _tick(mm), mm * MM))
        if mm % 10 == 0:
            size = flow.sheet.small
            left = x - LONG - flow.width(str(mm), size) - 0.8 * MM
            flow.write(str(mm), left, size, height=4 * MM, y=mm * MM - 2 * MM)
    flow.page.lines.append((x, first * MM, x, last * MM))


def _words(flow: Flow) -> None:
    sheet = flow.sheet
    right = MARK * MM + ARM + 4 * MM
    flow.write(TITLE, right, sheet.title, height=sheet.title * 1.4, bold=True, y=9 * MM)
    told = f"十字中心应当离左边 {MARK} 毫米、离上边 {MARK} 毫米"
    y = 9 * MM + sheet.title * 1.4
    for line in wrap(told, flow.faces.regular, sheet.small, sheet.width - right - sheet.side):
        flow.write(line, right, sheet.small, height=sheet.lead * 0.85, y=y)
        y += sheet.lead * 0.85
    flow.y = MARK * MM + ARM + 13 * MM
    room = sheet.inner - 16 * MM
    for text in HOW + ((FORMS,) if sheet.medium.startswith("241") else ()):
        for line in wrap(text, flow.faces.regular, sheet.text, room):
            flow.write(line, sheet.side, sheet.text, height=sheet.lead)
            flow.y += sheet.lead


def _number(flow: Flow, text: str, x: float, y: float) -> None:
    size = flow.sheet.small
    flow.write(text, x - flow.width(text, size) / 2, size, height=4 * MM, y=y)


def _reach(sheet: Sheet) -> float:
    """How near the right edge a mark may stand: printers leave the rim free, and so do the strips of forms."""
    return max(6 * MM, sheet.side)


def _tick(mm: int) -> float:
    return LONG if mm % 10 == 0 else MIDDLE if mm % 5 == 0 else SHORT
