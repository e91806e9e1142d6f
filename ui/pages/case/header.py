"""The head of a case: who and what, its state, its due date, what may be done, how far it is."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desk.services.views import CaseDetail
from ui.pages.case.action_bar import ActionBar
from ui.pages.case.state_bar import StateBar
from ui.theme import mark, px
from ui.widgets.cards import Card, label
from ui.widgets.due_date import DueButton
from ui.widgets.state_badge import StateBadge


class HeaderCard(Card):
    """Name and item large, badge and due date beside them, actions right, the bar below."""

    due_asked = Signal()
    """The clerk wants to know how the due date was counted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.name = label("", "title", wrap=True)
        self.name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.state = StateBadge()
        self.sync = StateBadge()
        self.sync.setToolTip("上报县里到了哪一步")
        self.due = DueButton()
        self.due.clicked.connect(self.due_asked)
        self.subtitle = label("", "second", wrap=True)
        self.subtitle.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.actions_bar = ActionBar()
        self.notices = label("", wrap=True)
        self._notices = QFrame()
        self._notices.setProperty("role", "banner")
        mark(self._notices, "tone", "soon")
        QVBoxLayout(self._notices).addWidget(self.notices)
        self._notices.hide()
        self.bar = StateBar()
        badges = QHBoxLayout()
        badges.setSpacing(px(8))
        top_left = Qt.AlignmentFlag.AlignTop
        badges.addWidget(self.state, 0, top_left)
        badges.addWidget(self.due, 0, top_left)
        badges.addWidget(self.sync, 0, top_left)
        badges.addWidget(self.subtitle, 1)
        top = QHBoxLayout()
        top.setSpacing(px(12))
        top.addWidget(self.name, 1)
        top.addWidget(self.actions_bar, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(top)
        self.body.addLayout(badges)
        self.body.addWidget(self._notices)
        self.body.addSpacing(px(6))
        self.body.addWidget(self.bar)

    def show_detail(self, detail: CaseDetail) -> None:
        """Show this case."""
        row = detail.row
        self.name.setText(f"{row.applicant}　{row.item_name}")
        self.state.show_state(row.state_label, row.tone)
        self.due.show_due(row.due, row.due_on, detail.due_title, provisional=row.provisional)
        self.sync.show_state(row.sync, row.sync_tone)
        self.subtitle.setText(detail.subtitle)
        self.notices.setText("\n".join(detail.notices))
        self._notices.setVisible(bool(detail.notices))
        self.actions_bar.show_actions(detail.actions)
        self.bar.show_steps(detail.bar, row.tone)
