"""Colours, sizes and the stylesheet: one table of tokens filled into resources/style/desk.qss."""

import re
from pathlib import Path
from typing import Final

from PySide6.QtGui import QColor, QFont, QPalette, QPixmapCache
from PySide6.QtWidgets import QApplication, QWidget

from desk.resources import resource_bytes, resource_path

LARGE = 1.25
TEXT_PX = 14
_SCALED = re.compile(r"(\d+)sp\b")
_TOKEN = re.compile(r"@([a-z_]+)")


class Tokens:
    """The colours of the product; widgets that paint themselves take them from here, too.

    A plain class: making a dataclass of so many fields costs the first paint 2 ms.
    """

    ground: Final[str] = "#f4f5f7"
    surface: Final[str] = "#ffffff"
    line: Final[str] = "#e2e5ea"
    field_line: Final[str] = "#c3cad6"
    row_line: Final[str] = "#eceef2"
    hover: Final[str] = "#f0f3f7"
    chip: Final[str] = "#eef0f4"
    text: Final[str] = "#1d2433"
    second: Final[str] = "#4b556b"
    hint: Final[str] = "#5f697b"
    action: Final[str] = "#1b5fb0"
    action_dark: Final[str] = "#164f93"
    action_soft: Final[str] = "#e8f0fb"
    good: Final[str] = "#15693f"
    good_soft: Final[str] = "#e3f4eb"
    soon: Final[str] = "#8a5200"
    soon_soft: Final[str] = "#fdf0db"
    late: Final[str] = "#a3241e"
    late_soft: Final[str] = "#fbe6e4"
    dot_good: Final[str] = "#1e8a52"
    dot_soon: Final[str] = "#c77700"
    bubble: Final[str] = "#c42b24"

    def all(self) -> dict[str, str]:
        """Every colour by its name."""
        return {
            name: value for name, value in vars(Tokens).items() if name in Tokens.__annotations__
        }

    def tone(self, tone: str) -> tuple[str, str]:
        """Text and ground colour of a tone (plain, action, good, soon, late)."""
        pairs = {
            "action": (self.action, self.action_soft),
            "good": (self.good, self.good_soft),
            "soon": (self.soon, self.soon_soft),
            "late": (self.late, self.late_soft),
        }
        return pairs.get(tone, (self.second, self.chip))


TOKENS = Tokens()


def factor() -> float:
    """1.0, or 1.25 in large-text mode; widgets that paint themselves multiply their pixels by it."""
    app = QApplication.instance()
    return float((app.property("text_factor") if app else None) or 1.0)


def px(size: int) -> int:
    """`size` pixels of the ordinary mode in the present text mode."""
    return round(size * factor())


def stylesheet(template: str, scale: float, icons: Path) -> str:
    """The stylesheet: `@name` becomes a token, `14sp` a size that grows with the text, `@icons` their folder."""
    values = {**TOKENS.all(), "icons": icons.as_posix()}
    filled = _TOKEN.sub(lambda m: values[m[1]], template)
    return _SCALED.sub(lambda m: f"{round(int(m[1]) * scale)}px", filled)


def apply(app: QApplication, families: list[str], *, large: bool) -> None:
    """Dress the whole application; may be called again when the text size is switched."""
    scale = LARGE if large else 1.0
    app.setProperty("text_factor", scale)
    app.setProperty("families", families)
    font = QFont()
    if families:
        font.setFamilies(families)
    font.setPixelSize(round(TEXT_PX * scale))
    app.setFont(font)
    app.setPalette(_palette())
    template = resource_bytes("style/desk.qss").decode()
    app.setStyleSheet(stylesheet(template, scale, resource_path("icons")))


def set_large(app: QApplication, *, large: bool) -> None:
    """Switch the text size if it is not that already; widgets built before must be built again.

    Pictures drawn for them are let go: nobody asks for that size again.
    """
    if (factor() > 1) != large:
        QPixmapCache.clear()
        apply(app, list(app.property("families") or []), large=large)


def restyle(widget: QWidget) -> None:
    """Let the stylesheet look again at the dynamic properties of `widget`."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def mark(widget: QWidget, name: str, value: object) -> None:
    """Set a property the stylesheet selects by (`role`, `tone`, `problem` …) and show it at once."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        restyle(widget)


def _palette() -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: TOKENS.ground,
        QPalette.ColorRole.WindowText: TOKENS.text,
        QPalette.ColorRole.Base: TOKENS.surface,
        QPalette.ColorRole.AlternateBase: TOKENS.ground,
        QPalette.ColorRole.Text: TOKENS.text,
        QPalette.ColorRole.Button: TOKENS.surface,
        QPalette.ColorRole.ButtonText: TOKENS.text,
        QPalette.ColorRole.Highlight: TOKENS.action,
        QPalette.ColorRole.HighlightedText: TOKENS.surface,
        QPalette.ColorRole.PlaceholderText: TOKENS.hint,
        QPalette.ColorRole.ToolTipBase: TOKENS.text,
        QPalette.ColorRole.ToolTipText: TOKENS.surface,
        QPalette.ColorRole.Link: TOKENS.action,
        QPalette.ColorRole.Mid: TOKENS.line,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (
        QPalette.ColorRole.Text,
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.ButtonText,
    ):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(TOKENS.hint))
    return palette
