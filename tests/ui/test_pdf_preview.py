"""Papers on the screen and on a printer, at their exact size."""

import pypdfium2
import pytest
from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QPrinter

from desk.printing.raster import Picture
from ui.widgets.pdf_preview import PdfPreview, image_of, page_layout, paint_pictures, paper_size

MM = 25.4


def sheet(size: tuple[float, float], dpi: int) -> Picture:
    """A gray page with a block of ink in its upper left quarter."""
    width, height = round(size[0] / MM * dpi), round(size[1] / MM * dpi)
    stride = width + 3
    line = b"\0" * (width // 2) + b"\xff" * (stride - width // 2)
    blank = b"\xff" * stride
    data = line * (height // 2) + blank * (height - height // 2)
    return Picture(width, height, stride, data, "L")


def test_a_picture_with_padded_lines_becomes_an_image():
    image = image_of(sheet((20, 10), 100))
    assert (image.width(), image.height()) == (79, 39)
    assert image.pixelColor(2, 2).value() == 0
    assert image.pixelColor(70, 30).value() == 255


def test_a_coloured_picture_keeps_its_colours():
    image = image_of(Picture(1, 1, 4, bytes([30, 20, 10, 255]), "BGRA"))
    colour = image.pixelColor(0, 0)
    assert (colour.red(), colour.green(), colour.blue()) == (10, 20, 30)


def test_pages_are_shown_as_wide_as_there_is_room(qtbot):
    view = PdfPreview()
    qtbot.addWidget(view)
    view.resize(300, 500)
    view.show()
    view.show_pictures((sheet((210, 148), 50), sheet((210, 148), 50)))
    pages = view.sheets()
    assert len(pages) == 2
    qtbot.waitUntil(lambda: all(abs(page.width() - view.viewport().width()) < 2 for page in pages))
    for page in pages:
        assert page.height() == pytest.approx(page.width() * 148 / 210, abs=2)
    view.show_pictures(())
    assert view.pictures() == ()


@pytest.mark.parametrize(
    ("size", "turned"), [((210, 148), True), ((148, 210), False), ((80, 60), False)]
)
def test_a_sheet_wider_than_high_is_turned_and_a_roll_never(size, turned):
    layout = page_layout(sheet(size, 203), 203)
    assert (layout.orientation() == QPageLayout.Orientation.Landscape) is turned
    shown = layout.fullRect(QPageLayout.Unit.Millimeter).size()
    assert (shown.width(), shown.height()) == pytest.approx(size, abs=0.5)


def test_the_size_on_paper_follows_from_dots_and_resolution():
    size = paper_size(sheet((80, 120), 203), 203)
    assert (size.width(), size.height()) == pytest.approx((80, 120), abs=0.2)


@pytest.mark.parametrize(("size", "dpi"), [((210, 148), 300), ((80, 120), 203)])
def test_printing_gives_pages_of_the_exact_size_with_the_ink_in_its_place(
    qtbot, tmp_path, size, dpi
):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    assert paint_pictures(printer, (sheet(size, dpi), sheet(size, dpi)), dpi)
    with pypdfium2.PdfDocument(str(tmp_path / "printed.pdf")) as document:
        assert len(document) == 2
        width, height = document[0].get_size()
        assert (width / 72 * MM, height / 72 * MM) == pytest.approx(size, abs=0.5)
        bitmap = document[1].render(scale=1, grayscale=True)
        dark = bitmap.buffer[10 * bitmap.stride + 10]
        light = bitmap.buffer[(bitmap.height - 10) * bitmap.stride + bitmap.width - 10]
        bitmap.close()
    assert (dark, light) == (0, 255)


def test_nothing_is_printed_without_pages(qtbot, tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "nothing.pdf"))
    assert not paint_pictures(printer, (), 300)
    assert not (tmp_path / "nothing.pdf").exists()
