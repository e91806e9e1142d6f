"""This seat's settings: text size, usual paper, printer; and the hall as it was set up."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QRadioButton,
    QWidget,
)

from desk.changes import Changes
from desk.services import settings
from ui.shell import Medium, Preferences, Shell, read_preferences
from ui.theme import px
from ui.widgets.cards import Card, label
from ui.widgets.page_frame import GAP, PageFrame

NO_PRINTER = "不打印，存成 PDF"
MEDIA: tuple[tuple[Medium, str], ...] = (
    ("A5", "A5 纸"),
    ("A4", "A4 纸"),
    ("80mm", "80 毫米热敏小票"),
)
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

    help_text = "这里改的只管本窗口。选好就保存，不用另按按钮。\n换大字后，整个程序马上变大。"

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.large = QCheckBox("用大字（放大四分之一）")
        self.media = {key: QRadioButton(text) for key, text in MEDIA}
        self.printers = QComboBox()
        self._group = QButtonGroup(self)
        for radio in self.media.values():
            self._group.addButton(radio)
        self._lay_out()
        self._show(shell.preferences)
        self.large.clicked.connect(lambda wanted: self._keep("large_text", bool(wanted)))
        for key, radio in self.media.items():
            radio.clicked.connect(lambda _on, key=key: self._keep("medium", key))
        self.printers.activated.connect(
            lambda _row: self._keep("printer", self.printers.currentData())
        )

    def refresh(self) -> None:
        self.shell.read(read_preferences, on_done=self._show, latest="preferences")

    def wants(self, changes: Changes) -> bool:
        return changes.settings

    def _keep(self, key: str, value: object) -> None:
        self.shell.write(
            lambda office: settings.put(office, key=key, value=value),  # type: ignore[arg-type]
            on_done=lambda _: self.shell.notices.toast("已保存"),
        )

    def _show(self, preferences: Preferences) -> None:
        self.large.setChecked(preferences.large_text)
        self.media[preferences.medium].setChecked(True)
        self._fill_printers(preferences.printer)

    def _fill_printers(self, chosen: str) -> None:
        from PySide6.QtPrintSupport import QPrinterInfo

        names = QPrinterInfo.availablePrinterNames()
        self.printers.clear()
        self.printers.addItem(NO_PRINTER, "")
        for name in names:
            self.printers.addItem(name, name)
        if chosen and chosen not in names:
            self.printers.addItem(f"{chosen}（现在没有连上）", chosen)
        self.printers.setCurrentIndex(max(0, self.printers.findData(chosen)))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self._seat_card(), 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._hall_card(), 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        self.body.addStretch(1)

    def _seat_card(self) -> Card:
        card = Card("本窗口", "选好就保存")
        papers = QWidget()
        choices = QHBoxLayout(papers)
        choices.setContentsMargins(0, 0, 0, 0)
        for radio in self.media.values():
            choices.addWidget(radio)
        choices.addStretch(1)
        for words, editor in (
            ("文字大小", self.large),
            ("常用纸张", papers),
            ("打印机", self.printers),
        ):
            card.body.addSpacing(4)
            card.body.addWidget(label(words, "label"))
            card.body.addWidget(editor)
        card.body.addWidget(
            label("没有打印机也能办件：文书存成 PDF，以后可以补打。", "hint", wrap=True)
        )
        return card

    def _hall_card(self) -> Card:
        card = Card("大厅", "印在文书上，随上报包交县里")
        form = QFormLayout()
        form.setHorizontalSpacing(px(20))
        form.setVerticalSpacing(px(10))
        profile = self.shell.office.profile
        for key, words in HALL_LINES:
            value = str(profile.get(key) or "—")
            shown = label(value, wrap=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            form.addRow(label(words, "second"), shown)
        card.body.addLayout(form)
        return card
