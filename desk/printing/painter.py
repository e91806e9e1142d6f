"""Turns laid-out pages into a PDF; the only place that draws with ReportLab.

Text is drawn as strings at places, never as ReportLab's paragraph markup, so what residents type stays text.
"""

import io
from collections.abc import Iterable
from datetime import datetime

from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from desk.domain.paper_blocks import Paper
from desk.printing.fonts import BOX, UNKNOWN, Faces
from desk.printing.page import Box, Letters, Page

LINE = 0.5
TINT = 0.953


def paint(pages: list[Page], width: float, paper: Paper, faces: Faces) -> bytes:
    """The PDF of the pages; the same pages give the same bytes. All fonts are embedded."""
    out = io.BytesIO()
    canvas = Canvas(
        out, pagesize=(width, pages[0].height), initialFontName="sans", lang="zh-CN", invariant=1
    )
    _describe(canvas, paper)
    for page in pages:
        canvas.setPageSize((width, page.height))
        _shapes(canvas, page)
        _text(canvas, page, faces)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _describe(canvas: Canvas, paper: Paper) -> None:
    """Title, number and date in the file's own data; no name of a person."""
    canvas.setTitle(f"{paper.title} {paper.number}".strip())
    canvas.setSubject(paper.number or paper.title)
    canvas.setAuthor(paper.issuer)
    canvas.setCreator("便民前台")
    canvas.setProducer("便民前台")
    made = _pdf_date(paper.made_at)
    canvas.setDateFormatter(lambda *_: made)


def _pdf_date(moment: datetime) -> str:
    """As PDF writes moments; a time without a zone is China's."""
    zone = moment.strftime("%z") or "+0800"
    return f"D:{moment:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:]}'"


def _shapes(canvas: Canvas, page: Page) -> None:
    height = page.height
    if page.tints:
        canvas.setFillGray(TINT)
        _boxes(canvas, page.tints, height, stroke=0, fill=1)
        canvas.setFillGray(0)
    canvas.setLineWidth(LINE)
    if page.frames:
        _boxes(canvas, page.frames, height, stroke=1, fill=0)
    if page.lines:
        canvas.lines([(x1, height - y1, x2, height - y2) for x1, y1, x2, y2 in page.lines])
    if page.dashes:
        canvas.setDash(2.2, 1.6)
        canvas.lines([(x1, height - y1, x2, height - y2) for x1, y1, x2, y2 in page.dashes])
        canvas.setDash()
    if page.ink:
        _boxes(canvas, page.ink, height, stroke=0, fill=1)


def _boxes(canvas: Canvas, boxes: Iterable[Box], height: float, *, stroke: int, fill: int) -> None:
    path = canvas.beginPath()
    for x, y, wide, high in boxes:
        path.rect(x, height - y - high, wide, high)
    canvas.drawPath(path, stroke=stroke, fill=fill)


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
