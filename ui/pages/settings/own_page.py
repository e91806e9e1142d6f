"""设置 for somebody who sees no residents, an auditor: his own password and the lock, nothing of the hall."""

from desk.changes import Changes
from ui.pages.settings.operators_card import OwnCard
from ui.shell import Shell
from ui.widgets.page_frame import PageFrame


class OwnSettingsPage(PageFrame):
    """One card."""

    help_text = "这里换自己的密码，选几分钟没人动就锁。别的设置归负责人管。"

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.own = OwnCard(shell)
        self.body.addWidget(self.own)
        self.body.addStretch(1)

    def refresh(self) -> None:
        self.own.refresh()

    def wants(self, changes: Changes) -> bool:
        return changes.settings
