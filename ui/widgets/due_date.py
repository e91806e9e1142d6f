"""Due dates: a cell that warns, a button that asks why, and the panel that counts the days."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desk.domain.deadlines import Alert
from desk.services.case_views import DueStory
from ui.theme import mark, px
from ui.widgets.cards import label, line
from ui.widgets.table_model import Cell

TONES = {"overdue": "late", "red": "soon", "yellow": "soon", "green": "good", "paused": "plain"}
NONE = "—"


def alert_tone(alert: Alert) -> str:
    """The tone of a badge for this alert."""
    return TONES.get(alert.level, "plain")


def due_cell(alert: Alert, due_on: str, *, provisional: bool = False, year: bool = False) -> Cell:
    """The date, or a badge once it is near or stands still; `due_on` is ISO or ''.

    Without a date what the alert says (即办), or a dash. `year` tells the year too, for days that lie years apart.
    """
    shown = due_on if year else due_on[5:]
    day = f"{'预计 ' if provisional else ''}{shown}" if due_on else alert.text or NONE
    if alert.level in ("none", "green"):
        hint = f"{due_on} {alert.text}".strip() if due_on else ""
        return Cell(day, hint=hint, quiet=day == NONE)
    return Cell(alert.text, tone=alert_tone(alert), hint=day if due_on else "")


class DueButton(QPushButton):
    """The due date of a case as a badge; a click explains it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "quiet")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("看期限是怎样算的")
        self.hide()

    def show_due(self, alert: Alert, due_on: str, title: str, *, provisional: bool) -> None:
        """Show `title`, the date and how near it is; hidden while no limit runs."""
        day = f"{'预计 ' if provisional else ''}{due_on}" if due_on else ""
        words = " ".join(part for part in (title, day, alert.text) if part)
        self.setText(words)
        mark(self, "tone", alert_tone(alert))
        self.setVisible(bool(title))


class DueStoryView(QWidget):
    """The sentences of a due date, a row for every run of days, and what the count rests on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(px(8))
        self._inside: QWidget | None = None

    def show_story(self, story: DueStory | None) -> None:
        """Show this story in place of the one before; None empties the panel."""
        if self._inside is not None:
            self._box.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
            self._inside = None
        if story is not None:
            self._inside = self._draw(story)
            self._box.addWidget(self._inside)

    def words(self) -> tuple[str, ...]:
        """Everything it says, top down."""
        inside = self._inside
        return tuple(one.text() for one in inside.findChildren(QLabel)) if inside else ()

    def _draw(self, story: DueStory) -> QWidget:
        inside = QWidget()
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        for sentence in story.lines:
            box.addWidget(label(sentence, wrap=True))
        grid = QGridLayout()
        grid.setContentsMargins(0, px(4), 0, px(4))
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        for place, day in enumerate(story.days):
            role = "strong" if day.is_due else "" if day.counts else "second"
            for column, words in enumerate((day.days, day.note)):
                shown = label(words, role, wrap=column == 1)
                shown.setContentsMargins(px(8), px(4), px(4), px(4))
                grid.addWidget(shown, 2 * place, column)
            grid.addWidget(line(), 2 * place + 1, 0, 1, 2)
        box.addLayout(grid)
        if story.basis:
            box.addWidget(label(story.basis, "hint", wrap=True))
        box.addStretch(1)
        return inside
