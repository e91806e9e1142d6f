"""Turns laid-out pages into a PDF; the only place that draws with ReportLab.

Text is drawn as strings at places, never as ReportLab's paragraph markup, so what residents type stays text.
"""

import io
import math
from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from desk.printing.fonts import BOX, UNKNOWN, Faces
from desk.printing.page import Box, Letters, Page, Place

LINE = 0.5
TINT = 0.953
# A ring is drawn by hand over an option, a tick into its box: both stand out from print.
RING = 1.1
TICK = 1.2
# How far the middle of a Bézier curve lies off for a quarter of a circle.
CURVE = 0.5523


class Described(Protocol):
    """What a file says of itself; without `made_at` it says no date."""

    @property
    def title(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def issuer(self) -> str: ...
    @property
    def made_at(self) -> datetime | None: ...


def paint(pages: list[Page], width: float, paper: Described, faces: Faces) -> bytes:
    """The PDF of the pages; the same pages give the same bytes. All fonts are embedded."""
    out = io.BytesIO()
    canvas = Canvas(
        out,
        pagesize=(width, pages[0].height),
        initialFontName="sans",
        lang="zh-CN",
        invariant=1,
        pdfVersion=(1, 5),
    )
    _describe(canvas, paper)
    for page in pages:
        canvas.setPageSize((_down(width), _down(page.height)))
        if page.picture:
            canvas.drawImage(ImageReader(io.BytesIO(page.picture)), 0, 0, width, page.height)
        _shapes(canvas, page)
        _text(canvas, page, faces)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _down(length: float) -> float:
    """A hair less, so that 80 mm at 203.2 dpi is 640 dots and no renderer makes it 641."""
    return math.floor(length * 1000) / 1000


def _describe(canvas: Canvas, paper: Described) -> None:
    """Title, number and date in the file's own data; no name of a person."""
    canvas.setTitle(f"{paper.title} {paper.number}".strip())
    canvas.setSubject(paper.number or paper.title)
    canvas.setAuthor(paper.issuer)
    canvas.setCreator("便民前台")
    canvas.setProducer("便民前台")
    made = _pdf_date(paper.made_at) if paper.made_at else ""
    canvas.setDateFormatter(lambda *_: made)


def _pdf_date(moment: datetime) -> str:
    """As PDF writes moments; a time without a zone is China's."""
    zone = moment.strftime("%z") or "+0800"
    return f"D:{moment:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:]}'"


def _shapes(canvas: Canvas, page: Page) -> None:
    """Tints, rules and codes, written as PDF operators: a page has hundreds of boxes and they are all alike."""
    height = page.height
    draw = canvas.addLiteral
    if page.tints:
        draw(f"{TINT} g {_boxes(page.tints, height)} f 0 g")
    draw(f"{LINE} w")
    if page.frames:
        draw(f"{_boxes(page.frames, height)} S")
    if page.lines:
        draw(_strokes(page.lines, height))
    if page.dashes:
        draw(f"q [2.2 1.6] 0 d {_strokes(page.dashes, height)} Q")
    if page.ink:
        # The grid of the print head: one unit is one dot, counted from the top.
        boxes = " ".join(f"{x} {y} {wide} {high} re" for x, y, wide, high in page.ink)
        draw(f"q {page.dot:.6f} 0 0 {-page.dot:.6f} 0 {height:.4f} cm {boxes} f Q")
    if page.rings:
        draw(f"q {RING} w {' '.join(_ring(box, height) for box in page.rings)} S Q")
    if page.ticks:
        draw(f"q {TICK} w 1 J {' '.join(_tick(place, height) for place in page.ticks)} S Q")


def _boxes(boxes: Iterable[Box], height: float) -> str:
    return " ".join(
        f"{x:.2f} {height - y - high:.2f} {wide:.2f} {high:.2f} re" for x, y, wide, high in boxes
    )


def _strokes(lines: Iterable[Box], height: float) -> str:
    path = " ".join(
        f"{x1:.2f} {height - y1:.2f} m {x2:.2f} {height - y2:.2f} l" for x1, y1, x2, y2 in lines
    )
    return f"{path} S"


def _ring(box: Box, height: float) -> str:
    """An ellipse in its box, as four curves from the right side round."""
    left, top, wide, high = box
    a, b, x, y = wide / 2, high / 2, left + wide / 2, height - top - high / 2
    at = [(1, 0), (1, CURVE), (CURVE, 1), (0, 1), (-CURVE, 1), (-1, CURVE), (-1, 0)]
    at += [(-1, -CURVE), (-CURVE, -1), (0, -1), (CURVE, -1), (1, -CURVE), (1, 0)]
    points = [f"{x + a * across:.2f} {y + b * up:.2f}" for across, up in at]
    curves = [f"{' '.join(points[start : start + 3])} c" for start in range(1, 13, 3)]
    return " ".join([f"{points[0]} m", *curves])


def _tick(place: Place, height: float) -> str:
    left, baseline, size = place
    y = height - baseline
    at = [(0.22, 0.40), (0.44, 0.14), (0.86, 0.72)]
    points = [f"{left + x * size:.2f} {y + up * size:.2f}" for x, up in at]
    return f"{points[0]} m {points[1]} l {points[2]} l"


def _text(canvas: Canvas, page: Page, faces: Faces) -> None:
    text = canvas.beginText()
    gray = track = 0.0
    for letters in page.letters:
        if letters.gray != gray:
            gray = letters.gray
            text.setFillGray(gray)
        if letters.track != track:
            track = letters.track
            text.setCharSpace(track)
        text.setTextOrigin(letters.x, page.height - letters.y)
        _letters(text, letters, faces)
    canvas.drawText(text)


def _letters(text: PDFTextObject, letters: Letters, faces: Faces) -> None:
    face = faces.bold if letters.bold else faces.regular
    for font, part in face.runs(letters.text):
        if font != UNKNOWN:
            text.setFont(font, letters.size)
            text.textOut(part)
            continue
        for char in part:
            _box(text, char, letters.size)


def _box(text: PDFTextObject, char: str, size: float) -> None:
    """A box to see, the real character to copy and search (ActualText, PDF 32000-1, 14.9.4)."""
    actual = char.encode("utf-16-be", "surrogatepass").hex().upper()
    # ReportLab has no call for marked content inside a text object.
    code = text._code  # noqa: SLF001
    code.append(f"/Span <</ActualText <FEFF{actual}>>> BDC")
    text.setFont("sans", size)
    text.textOut(BOX)
    code.append("EMC")
