"""Plain lines for rolls of 80 and 58 mm."""

from desk.domain.paper_blocks import Entries, Pair, Pairs
from desk.printing.page import MM, Flow
from desk.printing.text_runs import wrap, wrap_phrases

BIG = 14.0
GRAY = 0.2
HANG = 4 * MM


def pairs(flow: Flow, block: Pairs) -> None:
    """Each pair on its own line, the value hanging beside its label; the short number large."""
    for pair in block.pairs:
        if pair.big:
            _big(flow, pair)
        else:
            _plain(flow, pair)


def entries(flow: Flow, block: Entries) -> None:
    """Each row as its first line in full black, the rest indented and lighter."""
    sheet = flow.sheet
    for row in block.rows:
        for number, text in enumerate(row):
            x, gray = (sheet.side, 0.0) if number == 0 else (sheet.side + HANG, GRAY)
            room = sheet.width - sheet.side - x
            for line in wrap_phrases(text, flow.faces.regular, sheet.text, room):
                flow.write(line, x, sheet.text, height=sheet.lead, gray=gray)
                flow.y += sheet.lead
        flow.y += 0.6 * MM


def rule(flow: Flow) -> None:
    """A dashed line across the roll."""
    sheet = flow.sheet
    y = flow.y + sheet.gap / 2
    flow.page.dashes.append((sheet.side, y, sheet.width - sheet.side, y))
    flow.y += sheet.gap


def _big(flow: Flow, pair: Pair) -> None:
    sheet = flow.sheet
    height = sheet.lead * 1.4
    flow.write(pair.label, sheet.side, sheet.text, height=height)
    x = sheet.side + flow.width(pair.label, sheet.text) + 3 * MM
    flow.write(pair.value, x, BIG, height=height, bold=True)
    flow.y += height


def _plain(flow: Flow, pair: Pair) -> None:
    sheet = flow.sheet
    flow.write(pair.label, sheet.side, sheet.text, height=sheet.lead)
    x = sheet.side + flow.width(pair.label, sheet.text) + 3 * MM
    if not pair.value:
        end = sheet.width - sheet.side
        flow.page.lines.append((x, flow.y + sheet.lead - 1 * MM, end, flow.y + sheet.lead - 1 * MM))
    for line in wrap(pair.value, flow.faces.regular, sheet.text, sheet.width - sheet.side - x):
        flow.write(line, x, sheet.text, height=sheet.lead)
        flow.y += sheet.lead
