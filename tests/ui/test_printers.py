"""Onto paper: exact size, moved as calibrated, every copy; and what a printer that fails is called."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QPrinter

from desk.printing.calibration import calibration_page
from desk.printing.media import MARK, Medium
from desk.printing.printer import render
from tests.printing.reading import images_of
from tests.printing.samples import sample
from tests.printing.test_calibration import ink
from tests.printing.test_codes import codes_on
from ui.printers import Sending, SystemPrinters, page_layout, put_on_paper, send

MM = 25.4


@pytest.fixture
def printer(qapp, tmp_path):
    """Qt's own printer, its paper a file."""
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setResolution(203)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "printed.pdf"))
    return made


def printed(tmp_path: Path) -> bytes:
    return (tmp_path / "printed.pdf").read_bytes()


@pytest.mark.parametrize(
    ("size", "medium", "turned"),
    [
        ((210, 148), "A5", True),
        ((210, 297), "A4", False),
        ((80, 60), "80mm", False),
        ((58, 200), "58mm", False),
        ((241, 139.7), "241/2", False),
        ((241, 93.13), "241/3", False),
    ],
)
def test_a_wide_sheet_is_turned_but_no_roll_and_no_continuous_form(size, medium, turned):
    layout = page_layout(size, medium)
    assert (layout.orientation() == QPageLayout.Orientation.Landscape) is turned
    shown = layout.fullRect(QPageLayout.Unit.Millimeter).size()
    assert (shown.width(), shown.height()) == pytest.approx(size, abs=0.5)


@pytest.mark.parametrize("medium", ["A4", "A5", "80mm", "58mm", "241", "241/2", "241/3"])
def test_every_medium_comes_out_in_its_size_and_its_code_is_read(printer, tmp_path, medium: Medium):
    paper = sample("receipt_slip")
    pdf = render(paper, medium)
    assert put_on_paper(printer, Sending(pdf, medium)) == ""
    with pypdfium2.PdfDocument(pdf) as meant, pypdfium2.PdfDocument(printed(tmp_path)) as out:
        assert len(out) == len(meant)
        for index in range(len(out)):
            assert out.get_page_size(index) == pytest.approx(meant.get_page_size(index), abs=1.5)
    *_, last = images_of(printed(tmp_path), 203)
    assert paper.code in codes_on(last).values()


@pytest.mark.parametrize(("dx", "dy"), [(0.0, 0.0), (1.5, -2.0), (-3.0, 4.0)])
def test_a_calibrated_printer_is_corrected_by_millimetres(printer, tmp_path, dx, dy):
    """The cross meant for 20, 20 comes to stand that much further right and down."""
    put_on_paper(printer, Sending(calibration_page("A4"), "A4", dx=dx, dy=dy))
    (image,) = images_of(printed(tmp_path), 254)
    x, y = (MARK + dx) * 10, (MARK + dy) * 10
    column = [ink(image, round(x + 60), row) for row in range(100, 280)]
    row = [ink(image, across, round(y + 60)) for across in range(100, 280)]
    assert 100 + column.index(min(column)) == pytest.approx(y, abs=2)
    assert 100 + row.index(min(row)) == pytest.approx(x, abs=2)


def test_each_copy_is_printed_whole(printer, tmp_path):
    pdf = render(sample("combined"), "A5")
    assert put_on_paper(printer, Sending(pdf, "A5", copies=3)) == ""
    with pypdfium2.PdfDocument(printed(tmp_path)) as out:
        # A printer that makes copies itself is sent the two pages once.
        assert len(out) * printer.copyCount() == 2 * 3


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_said(printer, tmp_path):
    printer.setOutputFileName(str(tmp_path / "not there" / "printed.pdf"))
    assert put_on_paper(printer, Sending(render(sample("receipt_slip"), "A5"), "A5")) == "refused"


def test_a_printer_nobody_knows_is_missing(qapp):
    pdf = render(sample("receipt_slip"), "A5")
    assert send(SystemPrinters(), "没有这台打印机", Sending(pdf, "A5")) == "missing"
