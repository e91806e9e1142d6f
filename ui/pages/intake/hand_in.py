"""The papers handed in, and the word on what personal data is used for."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from desk.services.views import IntakeValues, IntakeView
from ui.theme import px
from ui.widgets.cards import label
from ui.widgets.checklist import Checklist


class HandIn(QWidget):
    """The materials table with its heading; Alt A ticks all that must be there."""

    changed = Signal()
    """The clerk ticked or changed something."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.checklist = Checklist()
        self.told = QCheckBox("已告知个人信息的用途")
        self.told.setToolTip("个人信息只用于办理本事项，按规定保存和上报。")
        self._none = label("这一项不用带材料。", "second")
        self._aside = label("空格勾选 · 回车改份数 · Alt A 全部收齐", "hint", wrap=True)
        self._aside.setAlignment(Qt.AlignmentFlag.AlignRight)
        head = QHBoxLayout()
        head.addWidget(label("材料", "heading"))
        head.addWidget(self._aside, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(6))
        box.addLayout(head)
        for part in (self.checklist, self._none, self.told):
            box.addWidget(part)
        self.checklist.changed.connect(self.changed)
        # clicked, not toggled: filling the box from a draft must not look like the clerk's hand.
        self.told.clicked.connect(self.changed)

    def show_view(self, view: IntakeView) -> None:
        """Draw the papers the item needs."""
        self.checklist.show_needed(view.needed)
        self._none.setVisible(not view.needed)
        self._aside.setVisible(bool(view.needed))

    def fill(self, values: IntakeValues) -> None:
        """Show what was handed in so far; emits nothing."""
        self.checklist.fill(values.handed_in)
        self.told.setChecked(values.privacy_told)
