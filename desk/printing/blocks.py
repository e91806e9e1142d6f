"""Lays the blocks of a paper one under the other; what differs between sheets and slips is in two modules of its own."""

from desk.domain.paper_blocks import (
    Block,
    Break,
    Entries,
    FillIn,
    Grid,
    KeyGroups,
    Pairs,
    Ruled,
    Text,
)
from desk.printing import sheet_blocks, slip_blocks
from desk.printing.page import MM, Flow
from desk.printing.text_runs import wrap, wrap_phrases

INDENT = "\u3000\u3000"
GRAY = 0.25
LEAST_LINE = 18 * MM


def lay(flow: Flow, block: Block) -> None:
    """Put one block where the flow stands, on further pages if it needs them."""
    slip = not flow.sheet.height
    match block:
        case Text():
            _text(flow, block)
        case Pairs():
            (slip_blocks.pairs if slip else sheet_blocks.pairs)(flow, block)
        case Grid():
            sheet_blocks.grid(flow, block)
        case Entries():
            slip_blocks.entries(flow, block)
        case Break():
            if slip:
                slip_blocks.rule(flow)
            else:
                flow.y += flow.sheet.gap
        case FillIn():
            _fill_in(flow, block)
        case Ruled():
            _ruled(flow, block)
        case _:
            _key_groups(flow, block)


def _text(flow: Flow, block: Text) -> None:
    sheet = flow.sheet
    bold = block.style in ("strong", "lead")
    size = sheet.text
    face = flow.faces.bold if bold else flow.faces.regular
    text = INDENT + block.text if block.style in ("indent", "lead") and sheet.height else block.text
    if block.style == "strong" and not flow.fits(sheet.lead + 2 * sheet.row):
        # A heading does not stay behind alone at the foot of a page.
        flow.turn()
    for line in (wrap if sheet.height else wrap_phrases)(text, face, size, sheet.inner):
        if not flow.fits(sheet.lead):
            flow.turn()
        flow.write(line, sheet.side, size, height=sheet.lead, bold=bold)
        flow.y += sheet.lead


def _fill_in(flow: Flow, block: FillIn) -> None:
    """Labels with lines to write on: side by side on sheets, one under the other on slips."""
    sheet = flow.sheet
    across = len(block.labels) if sheet.height else 1
    height = sheet.lead + 2.5 * MM
    width = (sheet.inner - (across - 1) * 6 * MM) / across
    for index, label in enumerate(block.labels):
        if index % across == 0:
            if not flow.fits(height):
                flow.turn()
            flow.y += height
        x = sheet.side + (index % across) * (width + 6 * MM)
        flow.write(label, x, sheet.text, height=sheet.lead, y=flow.y - sheet.lead)
        start = x + flow.width(label, sheet.text) + 2 * MM
        if across == 1 and x + width - start < LEAST_LINE:
            # Too little to sign on beside the label: the line stands below it.
            if not flow.fits(height):
                flow.turn()
            flow.y += height
            start = x
        flow.page.lines.append((start, flow.y - 0.6 * MM, x + width, flow.y - 0.6 * MM))
    flow.y += 1.5 * MM


def _ruled(flow: Flow, block: Ruled) -> None:
    """Text on ruled lines, and blank ones to write on up to the number asked for."""
    sheet = flow.sheet
    height = sheet.row or sheet.lead * 1.5
    lines = wrap(block.text, flow.faces.regular, sheet.text, sheet.inner)
    for line in lines + [""] * (block.lines - len(lines)):
        if not flow.fits(height):
            flow.turn()
        if line:
            flow.write(line, sheet.side, sheet.text, height=height)
        flow.y += height
        foot = flow.y - 0.4 * MM
        flow.page.lines.append((sheet.side, foot, sheet.width - sheet.side, foot))


def _key_groups(flow: Flow, block: KeyGroups) -> None:
    """Numbered groups, four in a row on sheets, two on slips, large enough for tired eyes."""
    sheet = flow.sheet
    across = 4 if sheet.height else 2
    size, width, height = sheet.title, sheet.inner / across, sheet.title * 2.2
    for index, group in enumerate(block.groups):
        column = index % across
        if column == 0 and not flow.fits(height):
            flow.turn()
        x = sheet.side + column * width
        flow.page.frames.append((x, flow.y, width, height))
        number = str(index + 1)
        flow.write(number, x + 1.5 * MM, sheet.small, height=height, gray=GRAY)
        left = x + (width - flow.width(group, size, bold=True)) / 2
        flow.write(group, left, size, height=height, bold=True, track=0.6)
        if column == across - 1 or index == len(block.groups) - 1:
            flow.y += height
    flow.y += sheet.gap
