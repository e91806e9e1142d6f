"""This seat's settings: text size, how papers are printed; and the hall as it was set up."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QVBoxLayout

from desk.changes import Changes
from desk.services import settings
from desk.services.operation import Operation
from desk.services.rights import may
from ui.pages.settings.backup_card import BackupCard
from ui.pages.settings.camera_card import CameraCard
from ui.pages.settings.help_card import HelpCard
from ui.pages.settings.moving_card import MovingCard
from ui.pages.settings.operators_card import OperatorsCard, OwnCard
from ui.pages.settings.party_card import PartyCard
from ui.pages.settings.printing_card import PrintingCard
from ui.printers import Printers, SystemPrinters
from ui.shell import Preferences, Shell, read_preferences
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label
from ui.widgets.page_frame import GAP, PageFrame

HALL_LINES = (
    ("hall", "大厅名称"),
    ("county_name", "所在县区"),
    ("street", "街道（镇）"),
    ("community_name", "社区（村）"),
    ("community_code", "区划代码"),
    ("window", "窗口号"),
    ("phone", "咨询电话"),
    ("complaint_phone", "监督电话"),
    ("hours", "办公时间"),
    ("address", "地址"),
)


class SettingsPage(PageFrame):
    """Each choice is kept the moment it is made; a toast says so."""

    help_text = (
        "这里改的只管本窗口。选好就保存，不用另按按钮。\n换大字后，整个程序马上变大。\n"
        "打印偏了，点那一行的“校准”：打一张校准页，量十字，填两个数。"
    )

    def __init__(self, shell: Shell, printers: Printers | None = None) -> None:
        super().__init__()
        self.shell = shell
        self.large = QCheckBox("用大字（放大四分之一）")
        self.blanks = button("打印空白表格…", lambda: shell.go("blank_forms"))
        self.imports = button("导入表格…", lambda: shell.go("importing"))
        self.keeping = button("到期删除…", lambda: shell.go("keeping"))
        self.printing = PrintingCard(shell, printers or SystemPrinters())
        self.camera = CameraCard(shell)
        self.party = PartyCard(shell)
        self.own = OwnCard(shell)
        self.operators = (
            OperatorsCard(shell) if may(shell.office, Operation.MANAGE_OPERATORS) else None
        )
        self.backup = BackupCard(shell)
        self.help = HelpCard(shell)
        self.moving = MovingCard(shell)
        self._lay_out()
        self._show(shell.preferences)
        self.large.clicked.connect(self._keep_large)

    def refresh(self) -> None:
        self.shell.read(read_preferences, on_done=self._show, latest="preferences")
        self.printing.refresh()
        self.camera.refresh()
        self.party.refresh()
        self.own.refresh()
        if self.operators:
            self.operators.refresh()
        self.backup.refresh()

    def wants(self, changes: Changes) -> bool:
        return changes.settings

    def go_back(self) -> bool:
        return self.printing.close_calibration() or super().go_back()

    def _keep_large(self, wanted: bool) -> None:
        self.shell.write(
            settings.put,
            key="large_text",
            value=wanted,
            on_done=lambda _: self.shell.notices.toast("已保存"),
        )

    def _show(self, preferences: Preferences) -> None:
        self.large.setChecked(preferences.large_text)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self._seat_card(), 1, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.setSpacing(GAP)
        right.addWidget(self._hall_card())
        right.addWidget(self.backup)
        right.addWidget(self.help)
        right.addWidget(self.moving)
        right.addStretch(1)
        row.addLayout(right, 2)
        self.body.addWidget(self.printing)
        self.body.addLayout(row)
        self.body.addWidget(self.camera)
        self.body.addWidget(self.own)
        if self.operators:
            self.body.addWidget(self.operators)
        self.body.addWidget(self.party)
        self.body.addStretch(1)

    def _seat_card(self) -> Card:
        card = Card("本窗口", "选好就保存")
        card.body.addWidget(label("文字大小", "label"))
        card.body.addWidget(self.large)
        card.body.addWidget(label("空白表格", "label"))
        card.body.addWidget(self.blanks, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addWidget(label("旧台账、小程序申请、部门结果", "label"))
        card.body.addWidget(self.imports, 0, Qt.AlignmentFlag.AlignLeft)
        if may(self.shell.office, Operation.KEEP_FILES):
            card.body.addWidget(label("保管期限满了的、依法保留的", "label"))
            card.body.addWidget(self.keeping, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _hall_card(self) -> Card:
        card = Card("大厅", "印在文书上，随上报包交县里")
        columns = QHBoxLayout()
        columns.setSpacing(px(24))
        half = (len(HALL_LINES) + 1) // 2
        for lines in (HALL_LINES[:half], HALL_LINES[half:]):
            columns.addLayout(self._hall_lines(lines), 1)
        card.body.addLayout(columns)
        return card

    def _hall_lines(self, lines: tuple[tuple[str, str], ...]) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(px(20))
        form.setVerticalSpacing(px(10))
        profile = self.shell.office.profile
        for key, words in lines:
            value = str(profile.get(key) or "—")
            shown = label(value, wrap=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            form.addRow(label(words, "second"), shown)
        return form
