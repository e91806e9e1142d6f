"""From a paper to the PDF that is handed out, on any medium."""

import math
from collections.abc import Iterable
from pathlib import Path

from desk.domain.paper_blocks import Block, Break, FillIn, Paper, Text
from desk.printing import frame
from desk.printing.blocks import lay
from desk.printing.fonts import UNKNOWN, Faces, faces
from desk.printing.media import Medium
from desk.printing.page import CLOSER, MM, SHEETS, Flow, Sheet
from desk.printing.painter import paint

__all__ = ["Medium", "render", "unprintable", "warm_up"]


def warm_up(fonts: Path | None = None) -> None:
    """Load fonts and libraries beforehand (about 0.1 s), in a worker, so that the first paper is not slower."""
    loaded = faces(fonts)
    loaded.regular.width("便民", 10)
    loaded.bold.width("便民", 10)


def render(paper: Paper, medium: Medium, fonts: Path | None = None) -> bytes:
    """The PDF of `paper` on `medium`; the same paper gives the same bytes.

    `fonts` is the folder to unpack the bundled fonts into (None: the user's cache); raises as `desk.fonts.font_file`.
    """
    loaded = faces(fonts)
    with loaded.lock:
        flow = lay_out(paper, medium, loaded)
        return paint(flow.pages, flow.sheet.width, paper, loaded)


def lay_out(paper: Paper, medium: Medium, loaded: Faces) -> Flow:
    """The paper's pages with every line of text and every rule in its place, not yet drawn."""
    return _sheets(paper, medium, loaded) if SHEETS[medium].height else _slip(paper, medium, loaded)


def unprintable(paper: Paper, fonts: Path | None = None) -> tuple[str, ...]:
    """The characters of `paper` that no bundled font has, each once; they print as boxes."""
    return unprintable_text(paper.strings(), fonts)


def unprintable_text(texts: Iterable[str], fonts: Path | None = None) -> tuple[str, ...]:
    """As `unprintable`, for what a paper of any shape is to say."""
    loaded = faces(fonts)
    with loaded.lock:
        chars = dict.fromkeys("".join(texts))
        return tuple(c for c in chars if c != "\n" and loaded.regular.font[c] == UNKNOWN)


def _sheets(paper: Paper, medium: Medium, loaded: Faces) -> Flow:
    """The paper at its usual spacing, or set closer where that saves a page."""
    usual = _laid(paper, SHEETS[medium], loaded)
    if len(usual.pages) == 1:
        return usual
    closer = _laid(paper, CLOSER[medium], loaded)
    return closer if len(closer.pages) < len(usual.pages) else usual


def _laid(paper: Paper, sheet: Sheet, loaded: Faces, ending: int = 0) -> Flow:
    """The pages; with `ending` so many of the last blocks begin a page of their own."""
    flow = Flow(sheet, loaded, on_turn=lambda: frame.running_head(flow, paper))
    frame.sheet_head(flow, paper)
    blocks = paper.sheet.blocks
    for place, block in enumerate(blocks):
        if place == len(blocks) - ending:
            flow.turn()
        lay(flow, block)
    left, right = frame.fill_column(flow, paper.sheet)
    if paper.sheet.fill_lines and right - left < frame.FILL_ROOM:
        lay(flow, FillIn(paper.sheet.fill_lines))
    foot = frame.sheet_foot_height(flow, paper)
    alone = not flow.fits(foot)
    if alone:
        flow.turn()
    frame.sheet_foot(flow, paper)
    frame.page_notes(flow, paper)
    if not alone or ending or not (last := _signing_blocks(blocks)):
        return flow
    together = _laid(paper, sheet, loaded, last)
    return together if len(together.pages) == len(flow.pages) else flow


def _signing_blocks(blocks: tuple[Block, ...]) -> int:
    """How many of the last blocks should stand on one page with seal and codes: the last words, where people sign."""
    count = 0
    for place, block in enumerate(reversed(blocks), 1):
        if isinstance(block, FillIn) or (place == 1 and isinstance(block, Text)):
            count = place
        elif not isinstance(block, Break):
            break
    return count if count < len(blocks) else 0


def _slip(paper: Paper, medium: Medium, loaded: Faces) -> Flow:
    flow = Flow(SHEETS[medium], loaded)
    frame.slip_head(flow, paper)
    for block in paper.slip.blocks:
        lay(flow, block)
    frame.slip_foot(flow, paper)
    # Whole millimetres: rolls are fed by length, and dots stay on the grid.
    flow.page.height = math.ceil((flow.y + flow.sheet.bottom) / MM) * MM
    return flow
