"""The middle column of a case: its values, or in their place a form or the story of the due date."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desk.domain.workflow import Action
from desk.services.case_views import DueStory
from desk.services.views import LabelValue
from ui.pages.case.ask_panel import AskPanel
from ui.widgets.buttons import button
from ui.widgets.cards import Card
from ui.widgets.due_date import DueStoryView
from ui.widgets.revealed import Revealed
from ui.widgets.scrolling import scrolling
from ui.widgets.summary_list import SummaryList
from ui.widgets.widths import side_width

WIDTH = 300
QWIDGETSIZE_MAX = (1 << 24) - 1
"""Qt's own word for a width without bound, which PySide6 leaves out."""


class Side(QStackedWidget):
    """One of four cards; Esc leads back to the values."""

    spread = Signal(bool)
    """A long form takes the place of the history as well, or gives it back."""
    closed = Signal()
    """The values are shown again."""
    shield_asked = Signal()
    """The one who handles it wants the applicant confidential, or no longer."""
    correct_asked = Signal()
    """The clerk wants to correct what the form holds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widen(False)
        self.summary = SummaryList()
        self.revealed = Revealed()
        self.ask_panel = AskPanel()
        self.ask_panel.left.connect(self.close_panel)
        self.correct_panel = AskPanel()
        self.correct_panel.left.connect(self.close_panel)
        self.story = DueStoryView()
        self._values = Card("信息")
        self.shield = button("", self.shield_asked.emit, role="link")
        self._values.head.addWidget(self.shield)
        self._values.body.addWidget(scrolling(self.summary), 1)
        self._values.body.addWidget(self.revealed)
        self._values.body.addWidget(button("更正…", self.correct_asked.emit, role="quiet"))
        self._due = Card("期限是怎样算的")
        self._due.body.addWidget(scrolling(self.story), 1)
        self._due.body.addWidget(button("关上", self.close_panel), 0, Qt.AlignmentFlag.AlignRight)
        self._asking = scrolling(self.ask_panel)
        self._correcting = scrolling(self.correct_panel)
        for card in (self._values, self._asking, self._correcting, self._due):
            self.addWidget(card)

    @property
    def asking(self) -> bool:
        """Whether the form of an action stands here."""
        return self.currentWidget() is self._asking

    @property
    def correcting(self) -> bool:
        """Whether the form of a correction stands here."""
        return self.currentWidget() is self._correcting

    def show_lines(self, lines: Sequence[LabelValue]) -> None:
        """The values of the case."""
        self.summary.show_lines(lines)

    def show_shield(self, *, shielded: bool, handled_here: bool) -> None:
        """Whether the applicant is confidential, and whether it is for this one to say."""
        self.shield.setText("取消保密" if shielded else "申请人保密")
        self.shield.setToolTip("保密以后，只有经办人看得到是谁；列表、文书、台账都不写姓名。")
        self.shield.setVisible(handled_here)
        self.revealed.setVisible(handled_here or not shielded)

    def ask(self, action: Action, begun: Mapping[str, object]) -> None:
        """Show the form of an action with what it begins with."""
        self._widen(self.ask_panel.many(action))
        self.setCurrentWidget(self._asking)
        self.ask_panel.ask(action, begun)

    def correct(self, action: Action, begun: Mapping[str, object]) -> None:
        """Show the form of a correction with what stands there now."""
        self._widen(self.correct_panel.many(action))
        self.setCurrentWidget(self._correcting)
        self.correct_panel.ask(action, begun)

    def show_story(self, story: DueStory) -> None:
        """Show how the due date was counted."""
        self._widen(False)
        self.story.show_story(story)
        self.setCurrentWidget(self._due)

    def close_panel(self) -> bool:
        """Show the values again; False if they were shown already."""
        if self.currentWidget() is self._values:
            return False
        self._widen(False)
        self.setCurrentWidget(self._values)
        self.closed.emit()
        return True

    def _widen(self, on: bool) -> None:
        self.setMinimumWidth(side_width(WIDTH))
        self.setMaximumWidth(QWIDGETSIZE_MAX if on else side_width(WIDTH))
        self.spread.emit(on)
