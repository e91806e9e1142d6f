"""技术支持: what a technician needs to know, and what the program is made of."""

from PySide6.QtWidgets import QHBoxLayout

from desk.services import diagnosis
from ui.diagnosis import DiagnosisBox, screen_lines
from ui.diagnosis import show as show_diagnosis
from ui.shell import Shell
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label

HINT = "诊断信息里没有居民的内容；先全部显示给你看，再写成一个文件交给技术人员。"


class HelpCard(Card):
    """Two ways out of the settings."""

    def __init__(self, shell: Shell) -> None:
        super().__init__("技术支持", "程序出了问题，打电话前先看这里")
        self.shell = shell
        self.diagnose = button("诊断信息…", self.tell)
        self.about = button("关于和开源许可…", lambda: shell.go("about"))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.diagnose)
        row.addWidget(self.about)
        row.addStretch(1)
        self.body.addWidget(label(HINT, "second", wrap=True))
        self.body.addLayout(row)

    def tell(self) -> DiagnosisBox:
        """The whole text before anybody's eyes first."""
        office, extra = self.shell.office, screen_lines()
        return show_diagnosis(
            self.shell.files,
            self.shell.notices,
            lambda: diagnosis.gather(office.paths, clock=office.clock, office=office, extra=extra),
        )
