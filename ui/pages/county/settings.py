"""设置 at a county: the size of the text, and how to keep the office."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from desk.changes import Changes
from desk.services import settings
from ui.shell import Preferences, Shell, read_preferences
from ui.widgets.cards import Card, label
from ui.widgets.page_frame import PageFrame


class CountySettingsPage(PageFrame):
    """Each choice is kept the moment it is made."""

    help_text = "选好就保存，不用另按按钮。换大字后，整个程序马上变大。"

    def __init__(self, shell: Shell, cards: Mapping[QWidget, Callable[[], None]]) -> None:
        """`cards` are further cards, each with what reads it anew."""
        super().__init__()
        self.shell, self.cards = shell, cards
        self.large = QCheckBox("用大字（放大四分之一）")
        profile = shell.office.profile
        card = Card("本机", "选好就保存")
        card.body.addWidget(label("文字大小", "label"))
        card.body.addWidget(self.large)
        card.body.addWidget(label("接收单位", "label"))
        card.body.addWidget(label(f"{profile['community_name']}（{profile['county']}）", wrap=True))
        card.body.addWidget(label("数据在哪里", "label"))
        where = "PostgreSQL 数据库" if shell.office.paths.server else str(shell.office.paths.folder)
        card.body.addWidget(label(where, wrap=True))
        self.body.addWidget(card, 0, Qt.AlignmentFlag.AlignTop)
        for one in cards:
            self.body.addWidget(one)
        self.body.addStretch(1)
        self._show(shell.preferences)
        self.large.clicked.connect(self._keep)

    def refresh(self) -> None:
        self.shell.read(read_preferences, on_done=self._show, latest="preferences")
        for read in self.cards.values():
            read()

    def wants(self, changes: Changes) -> bool:
        return changes.settings

    def _show(self, preferences: Preferences) -> None:
        self.large.setChecked(preferences.large_text)

    def _keep(self, wanted: bool) -> None:
        self.shell.write(
            settings.put,
            key="large_text",
            value=wanted,
            on_done=lambda _: self.shell.notices.toast("已保存"),
        )
