"""The stylesheet: tokens, sizes, and that no widget is left in Qt's grey."""

import re

import pytest
from PySide6.QtGui import QPixmap, QPixmapCache
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
)

from desk.resources import resource_bytes, resource_path
from ui import theme
from ui.theme import TOKENS

QSS = resource_bytes("style/desk.qss").decode()
ICONS = resource_path("icons")


def filled(scale: float = 1.0) -> str:
    return theme.stylesheet(QSS, scale, ICONS)


def test_every_token_and_size_is_filled():
    rules = re.sub(r"/\*.*?\*/", "", filled(), flags=re.S)
    assert "@" not in rules
    assert not re.search(r"\dsp\b", rules)


def test_large_text_grows_what_is_read_and_keeps_the_hair_lines():
    assert "font-size: 14px" in filled()
    assert "font-size: 18px" in filled(theme.LARGE)
    assert "border: 1px solid" in filled(theme.LARGE)


def test_every_icon_named_is_there():
    names = re.findall(r'url\("([^"]+)"\)', filled())
    assert names
    assert [name for name in names if not (ICONS / name.split("/")[-1]).is_file()] == []


def test_braces_are_balanced():
    assert QSS.count("{") == QSS.count("}")


@pytest.mark.parametrize("kind", [QLineEdit, QComboBox, QSpinBox, QPushButton])
def test_fields_and_buttons_are_high_enough(qtbot, kind):
    widget = kind()
    qtbot.addWidget(widget)
    widget.ensurePolished()
    least = 40 if kind is QPushButton else 36
    assert widget.sizeHint().height() >= least


@pytest.mark.parametrize("kind", [QLineEdit, QPushButton, QCheckBox, QRadioButton])
def test_focus_is_drawn_in_the_colour_of_action(qtbot, kind):
    widget = kind()
    qtbot.addWidget(widget)
    widget.resize(200, 40)
    widget.show()
    widget.activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    with_focus = pixels(widget, TOKENS.action)
    widget.clearFocus()
    # A ring of two pixels; the mouse, wherever it stands, may draw one of one pixel.
    assert with_focus > pixels(widget, TOKENS.action) + 2 * widget.width()


def test_a_mark_changes_the_look_at_once(qtbot):
    field = QLineEdit()
    qtbot.addWidget(field)
    field.resize(200, 40)
    field.show()
    assert pixels(field, TOKENS.late) == 0
    theme.mark(field, "problem", True)
    assert pixels(field, TOKENS.late) > 2 * field.width()


def test_the_text_size_is_switched_for_all(qapp: QApplication, families):
    theme.apply(qapp, families, large=False)
    assert (theme.px(40), qapp.font().pixelSize()) == (40, 14)
    theme.set_large(qapp, large=True)
    assert (theme.px(40), qapp.font().pixelSize()) == (50, 18)
    theme.set_large(qapp, large=False)
    assert theme.px(40) == 40


def test_pictures_of_the_other_size_do_not_stay(qapp: QApplication, families):
    theme.apply(qapp, families, large=False)
    assert QPixmapCache.insert("drawn", QPixmap(16, 16))
    theme.set_large(qapp, large=False)
    assert QPixmapCache.find("drawn", QPixmap())
    theme.set_large(qapp, large=True)
    assert not QPixmapCache.find("drawn", QPixmap())
    theme.set_large(qapp, large=False)


@pytest.mark.parametrize("tone", ["plain", "action", "good", "soon", "late"])
def test_tones_can_be_read(tone):
    ink, ground = TOKENS.tone(tone)
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize("ink", [TOKENS.text, TOKENS.second, TOKENS.hint, TOKENS.action])
@pytest.mark.parametrize("ground", [TOKENS.surface, TOKENS.ground])
def test_words_can_be_read_on_both_grounds(ink, ground):
    assert contrast(ink, ground) >= 4.5


def pixels(widget, colour: str) -> int:
    picture = widget.grab().toImage()
    return sum(
        picture.pixelColor(x, y).name() == colour
        for x in range(picture.width())
        for y in range(picture.height())
    )


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
