"""QR and Code 128 as boxes counted in whole dots of a 203 dpi print head."""

import re
from functools import lru_cache
from itertools import groupby

import segno
from segno import consts

from desk.printing.code128 import bars
from desk.printing.page import Dots

QUIET = 10
PLAIN_MASK = 0
"""For a signed code: its digits are as good as random, any mask leaves them so, and weighing all eight takes 8 of 18 ms."""
# The signs of QR's alphanumeric mode, then digits (ISO/IEC 18004, 7.4.3 and 7.4.4).
_LONG_TAIL = re.compile(r"([0-9A-Z $%*+./:-]*[A-Z $%*+./:-])([0-9]{60,})")


@lru_cache(maxsize=4)
def qr_boxes(text: str, least: int) -> tuple[int, tuple[Dots, ...]]:
    """The side of the QR code of `text`, at least `least` dots, and its dark boxes from the top left corner.

    Error correction M (15 %), as thermal paper is creased and fades. Kept for a moment, since a page asks for the size
    first.
    """
    parts = _segments(text)
    # segno takes segments, though its types do not say so.
    made = segno.make(parts or text, error="m", micro=False, mask=PLAIN_MASK if parts else None)  # type: ignore[arg-type]
    matrix = made.matrix
    module = -(-least // len(matrix))
    boxes = tuple(
        (left * module, top * module, length * module, module)
        for top, row in enumerate(matrix)
        for left, length in _dark_runs(bytes(row))
    )
    return len(matrix) * module, boxes


def bar_boxes(text: str, room: int, height: int) -> tuple[int, tuple[Dots, ...]]:
    """The width of the Code 128 of `text` with its quiet zones, and its bars, all in dots.

    Digits are packed in pairs (subset C). A bar is as many dots wide as `room` allows, three at most. Raises ValueError if
    not even one dot fits.
    """
    pattern = bars(text)
    modules = sum(pattern) + 2 * QUIET
    module = min(3, room // modules)
    if not module:
        raise ValueError("the bar code is wider than the paper")
    boxes = []
    at = QUIET
    for index, length in enumerate(pattern):
        if index % 2 == 0:
            boxes.append((at * module, 0, length * module, height))
        at += length
    return modules * module, tuple(boxes)


def _segments(text: str) -> list[tuple[str, int]]:
    """A long tail of digits apart from what stands before it: so a signed code is three sizes smaller. Else none."""
    parts = _LONG_TAIL.fullmatch(text)
    if parts is None:
        return []
    return [(parts[1], consts.MODE_ALPHANUMERIC), (parts[2], consts.MODE_NUMERIC)]


def _dark_runs(row: bytes) -> list[tuple[int, int]]:
    runs = []
    at = 0
    for dark, group in groupby(row):
        length = len(list(group))
        if dark:
            runs.append((at, length))
        at += length
    return runs
