"""Papers on the screen."""

import pytest
from PySide6.QtCore import Qt

from desk.printing.raster import Picture
from ui.printers import image_of
from ui.widgets.pdf_preview import PdfPreview

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


# A click into the view goes on to what it stands in, which a test has not.
@pytest.mark.qt_log_ignore("Mouse event", extend=True)
def test_a_click_on_a_paper_is_told_and_beside_one_not(qtbot):
    view = PdfPreview()
    qtbot.addWidget(view)
    view.resize(300, 500)
    view.show()
    left, right = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
    with qtbot.assertNotEmitted(view.clicked):
        qtbot.mouseClick(view.viewport(), left)
    view.show_pictures((sheet((210, 148), 50),))
    with qtbot.assertNotEmitted(view.clicked):
        qtbot.mouseClick(view.viewport(), right)
    with qtbot.waitSignal(view.clicked):
        qtbot.mouseClick(view.viewport(), left)
