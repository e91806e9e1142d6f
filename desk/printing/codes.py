"""QR and Code 128 as rectangles whose sides are whole dots of a 203 dpi print head."""

from collections.abc import Iterable
from itertools import groupby

import segno
from reportlab.graphics.barcode.code128 import Code128

from desk.printing.page import DOT, Box

QUIET = 10


def qr_boxes(text: str, least: float) -> tuple[float, list[Box]]:
    """The side of the QR code of `text` in points, at least `least`, and its dark boxes from the top left corner.

    Error correction M (15 %), as thermal paper is creased and fades.
    """
    matrix = segno.make(text, error="m", micro=False).matrix
    dots = -(-least // (len(matrix) * DOT))
    module = dots * DOT
    boxes = [
        (left * module, top * module, length * module, module)
        for top, row in enumerate(matrix)
        for left, length in _dark_runs(row)
    ]
    return len(matrix) * module, boxes


def bar_boxes(text: str, room: float, height: float) -> tuple[float, list[Box]]:
    """The width of the Code 128 of `text` with its quiet zones, and its bars.

    Digits are packed in pairs (subset C). A bar is as many dots wide as `room` allows, three at most. Raises ValueError if
    not even one dot fits.
    """
    pattern = _pattern(text)
    modules = sum(pattern) + 2 * QUIET
    dots = min(3, int(room / (modules * DOT) + 1e-6))
    if not dots:
        raise ValueError("the bar code is wider than the paper")
    module = dots * DOT
    boxes = []
    at = QUIET
    for index, length in enumerate(pattern):
        if index % 2 == 0:
            boxes.append((at * module, 0.0, length * module, height))
        at += length
    return modules * module, boxes


def _pattern(text: str) -> list[int]:
    """Widths of bars and spaces in turn, counted in modules; ReportLab writes them as letters (bars) and small ones."""
    code = Code128(text, quiet=0)
    code.validate()
    code.encode()
    return [ord(char.lower()) - ord("a") + 1 for char in code.decompose()]


def _dark_runs(row: Iterable[int]) -> list[tuple[int, int]]:
    runs = []
    at = 0
    for dark, group in groupby(row):
        length = len(list(group))
        if dark:
            runs.append((at, length))
        at += length
    return runs
