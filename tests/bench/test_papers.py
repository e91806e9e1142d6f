"""A paper beside the same page drawn by hand on ReportLab's canvas, with the same fonts."""

import io
import itertools
import statistics
from dataclasses import replace
from itertools import groupby

import pytest
import segno
from reportlab.graphics.barcode.code128 import Code128
from reportlab.pdfgen.canvas import Canvas
from segno import consts

from desk.domain.plain_papers import compose_plain
from desk.printing.fonts import faces
from desk.printing.page import DOT, Page
from desk.printing.printer import lay_out, render, warm_up
from tests.bench.conftest import Child
from tests.bench.timing import Pairs, in_turn, milliseconds, p95, report, within
from tests.printing.plain_samples import roster
from tests.printing.reading import text_of
from tests.printing.samples import sample, wording

pytestmark = pytest.mark.bench

PAPERS, STARTS, ROWS = 300, 7, 500
NUMBER = 29
"""Characters of a case number, which stand before the digits of a signed code."""
NAME = "acceptance_notice"


def draw(page: Page, width: float, code: str, bars: str) -> bytes:
    """The page at coordinates known beforehand: nothing is measured or broken into lines."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(width, page.height), initialFontName="sans", lang="zh-CN")
    canvas.setLineWidth(0.5)
    for x, y, wide, high in page.frames:
        canvas.rect(x, page.height - y - high, wide, high)
    for x1, y1, x2, y2 in page.lines:
        canvas.line(x1, page.height - y1, x2, page.height - y2)
    left, top = (
        min(x for x, *_ in page.ink) * DOT,
        page.height - min(y for _, y, *_ in page.ink) * DOT,
    )
    square(canvas, left, top, code)
    Code128(bars, barHeight=22, barWidth=0.7).drawOn(canvas, left + 60, top - 22)
    for letters in page.letters:
        if letters.gray:
            canvas.setFillGray(letters.gray)
        canvas.setFont("bold" if letters.bold else "sans", letters.size)
        canvas.drawString(letters.x, page.height - letters.y, letters.text)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def square(canvas: Canvas, left: float, top: float, code: str) -> None:
    """The QR code as one path, dark modules in a row as one box; number and digits in the modes that suit them."""
    path = canvas.beginPath()
    step = 2.0
    parts = [(code[:NUMBER], consts.MODE_ALPHANUMERIC), (code[NUMBER:], consts.MODE_NUMERIC)]
    # segno takes segments, though its types do not say so.
    made = segno.make(parts, error="m", micro=False, mask=0)  # type: ignore[arg-type]
    for down, row in enumerate(made.matrix):
        at = 0
        for dark, group in groupby(row):
            length = len(list(group))
            if dark:
                path.rect(left + at * step, top - (down + 1) * step, length * step, step)
            at += length
    canvas.drawPath(path, stroke=0, fill=1)


def test_a_paper_beside_one_drawn_by_hand() -> None:
    """Side by side with the bare canvas, and within what a clerk does not notice."""
    limit, longest = 1.5, 40.0
    warm_up()
    paper = sample(NAME)
    flow = lay_out(paper, "A5", faces(None))
    (page,) = flow.pages

    # Every receipt has a code of its own: a QR code kept from the sample before would cost nothing.
    serials = itertools.count(1000)

    def ours() -> bytes:
        return render(replace(paper, code=f"{paper.code[:-4]}{next(serials)}"), "A5")

    def by_hand() -> bytes:
        code = f"{paper.code[:-4]}{next(serials)}"
        return draw(page, flow.sheet.width, code, paper.bars)

    # The same page: every character of ours stands on the other, too.
    assert sorted(text_of(render(paper, "A5")).split()) == sorted(text_of(by_hand()).split())
    taken: list[Pairs] = []

    def measure() -> float:
        taken.append(
            in_turn(
                lambda: milliseconds(ours),
                lambda: milliseconds(by_hand),
                PAPERS,
            )
        )
        return taken[-1].ratio_p95()

    ratio = within(limit, measure)
    best = min(taken, key=Pairs.ratio_p95)
    report(
        f"a paper, p95 of {PAPERS}",
        f"{p95(best.ours):.1f} ms",
        f"{p95(best.floor):.1f} ms",
        f"{ratio:.2f}, median {best.ratio():.2f}",
        f"{limit}; {longest:.0f} ms",
    )
    assert ratio <= limit
    assert min(p95(pairs.ours) for pairs in taken) <= longest


def test_the_first_paper_after_the_start(child: Child) -> None:
    """In a new process: ReportLab, fonts and wording are loaded for it."""
    limit = 600.0
    code = sample(NAME).code
    child("first_paper", code)  # byte code, unpacked fonts, file cache

    def measure() -> float:
        return statistics.median(child("first_paper", code)[0] for _ in range(STARTS))

    taken = within(limit, measure)
    report(f"first paper ({STARTS} starts)", f"{taken:.0f} ms", "-", "-", f"{limit:.0f} ms")
    assert taken <= limit


def test_a_roster_of_five_hundred() -> None:
    limit = 3_000.0
    warm_up()
    told = roster(ROWS)

    def draw_it() -> float:
        return milliseconds(
            lambda: render(
                compose_plain(told.kind, told.head, told.values, told.rows, wording()), "A4"
            )
        )

    draw_it()
    taken = within(limit, draw_it)
    report(f"roster of {ROWS}", f"{taken:.0f} ms", "-", "-", f"{limit:.0f} ms")
    assert taken <= limit
