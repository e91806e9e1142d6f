"""One line of the printing table: paper, printer, copies, whether to ask."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSpinBox, QWidget

from desk.services.printers import EVERY, MOST_COPIES, PrinterProfile
from desk.words.printing import MEDIA
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import label
from ui.widgets.choice_editors import QuietCombo

ASK = "每次选打印机"


class ProfileRow(QObject):
    """Says the whole profile whenever a part of it was changed."""

    changed = Signal(object)
    """The `PrinterProfile` as it is now."""
    dropped = Signal(str)
    """This kind of paper is to be printed like every other."""
    calibrate = Signal(object)
    """The `PrinterProfile` whose printer is off."""

    def __init__(
        self, profile: PrinterProfile, title: str, names: tuple[str, ...], *, placed: bool = False
    ) -> None:
        """`placed`: a paper of fixed places, which can go onto pre-printed stock."""
        super().__init__()
        self.profile, self.names = profile, names
        self.title = label(title, wrap=True)
        self.medium, self.printer, self.copies = QuietCombo(), QuietCombo(), QSpinBox()
        self.silent = QCheckBox("直接打印")
        self.stock = QCheckBox("套打")
        self.stock.setToolTip("纸上已经印好了格子和字，只打填的内容")
        self.stock.setVisible(placed)
        self.deeds = self._make_deeds()
        self._fill(title)
        self.medium.activated.connect(self._tell)
        self.printer.activated.connect(self._tell)
        self.copies.valueChanged.connect(self._tell)
        self.silent.clicked.connect(self._tell)
        self.stock.clicked.connect(self._tell)

    def parts(self) -> tuple[QWidget, ...]:
        """The widgets from left to right."""
        return (self.title, self.medium, self.printer, self.copies, self.silent, self.deeds)

    def leave(self) -> None:
        """Take the line away."""
        for part in self.parts():
            part.hide()
            part.deleteLater()
        self.deleteLater()

    def _fill(self, title: str) -> None:
        profile = self.profile
        for key, words in MEDIA.items():
            self.medium.addItem(words, key)
        self.medium.setCurrentIndex(self.medium.findData(profile.medium))
        self.printer.addItem(ASK, "")
        for name in self.names:
            self.printer.addItem(name, name)
        if profile.printer and profile.printer not in self.names:
            self.printer.addItem(f"{profile.printer}（没有连上）", profile.printer)
        self.printer.setCurrentIndex(self.printer.findData(profile.printer))
        self.printer.setToolTip(self.printer.currentText())
        self.copies.setRange(1, MOST_COPIES)
        self.copies.setValue(profile.copies)
        self.silent.setChecked(profile.silent and bool(profile.printer))
        self.silent.setEnabled(bool(profile.printer))
        self.stock.setChecked(profile.only_values)
        for part, words in (
            (self.medium, "纸张"),
            (self.printer, "打印机"),
            (self.copies, "份数"),
            (self.silent, "直接打印"),
            (self.stock, "套打"),
        ):
            part.setAccessibleName(f"{title}：{words}")

    def _make_deeds(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(4))
        row.addWidget(self.stock)
        row.addWidget(button("校准…", lambda: self.calibrate.emit(self.profile), role="quiet"))
        if self.profile.paper != EVERY:
            row.addWidget(
                button("不单设", lambda: self.dropped.emit(self.profile.paper), role="quiet")
            )
        row.addStretch(1)
        return made

    def _tell(self) -> None:
        printer = str(self.printer.currentData())
        # A printer that was just chosen is meant to print; the box is there to take that back.
        silent = self.silent.isChecked() if self.profile.printer else True
        self.changed.emit(
            replace(
                self.profile,
                medium=self.medium.currentData(),
                printer=printer,
                copies=self.copies.value(),
                silent=silent,
                only_values=self.stock.isChecked(),
            )
        )
