"""打印: a line for every paper, and one for each kind that is printed in a way of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desk.services import documents, printers
from desk.services.office import Office
from desk.services.printers import EVERY, PrinterProfile
from ui.pages.settings.calibration_panel import CalibrationPanel
from ui.pages.settings.profile_row import ProfileRow
from ui.papers import PaperDesk
from ui.printers import Printers
from ui.shell import Shell
from ui.theme import px
from ui.widgets.cards import Card, label
from ui.widgets.choice_editors import QuietCombo

HEADS = ("文书", "纸张", "打印机", "份数", "", "")
STRETCH = (3, 3, 4, 1, 2, 2)
HINT = (
    "没有打印机也能办件：文书存成 PDF，以后可以补打。选了打印机又勾“直接打印”，办完就打，不再问。"
)


@dataclass(frozen=True, slots=True)
class PrintingView:
    """What the card shows."""

    profiles: tuple[PrinterProfile, ...]
    kinds: tuple[tuple[str, str], ...]
    placed: frozenset[str] = frozenset()


def read_printing(office: Office) -> PrintingView:
    """The profiles of this seat, the kinds of paper there are, and which of them have fixed places."""
    placed = frozenset(kind for kind, _ in documents.placed(office))
    return PrintingView(printers.profiles(office), documents.kinds(office), placed)


class PrintingCard(Card):
    """Each choice is kept the moment it is made."""

    def __init__(self, shell: Shell, system: Printers) -> None:
        super().__init__("打印", "选好就保存，只管本窗口")
        self.shell, self._system = shell, system
        self.desk = PaperDesk(shell, system, self)
        self.desk.said.connect(shell.notices.toast)
        self.rows: tuple[ProfileRow, ...] = ()
        self._names: tuple[str, ...] = ()
        self._view = PrintingView((PrinterProfile(EVERY),), ())
        self.more = QuietCombo()
        self.more.setAccessibleName("给哪种文书单独设")
        self.more.activated.connect(self._add)
        self.calibration = CalibrationPanel()
        self.calibration.page_asked.connect(self._print_page)
        self.calibration.kept.connect(self._keep_offsets)
        self._table = QWidget()
        self._lay_out()

    def refresh(self) -> None:
        """Read the profiles, and which printers are there."""
        self.shell.read(read_printing, on_done=self._show, latest="printing")
        # Asking the system for its printers may take seconds when one is on the network.
        self.shell.files(self._system.names, on_done=self._found, latest="printers")

    def close_calibration(self) -> bool:
        """Put the panel away; False if it was not open."""
        was_open = not self.calibration.isHidden()
        self.calibration.hide()
        return was_open

    def _found(self, names: tuple[str, ...]) -> None:
        if names != self._names:
            self._names = names
            self._show(self._view)

    def _show(self, view: PrintingView) -> None:
        self._view = view
        titles = dict(view.kinds)
        kept = tuple(row.profile for row in self.rows), tuple(row.names for row in self.rows)
        if kept != (view.profiles, (self._names,) * len(view.profiles)):
            for row in self.rows:
                row.leave()
            self.rows = tuple(
                self._row(place, profile, titles) for place, profile in enumerate(view.profiles, 1)
            )
        own = {profile.paper for profile in view.profiles}
        self.more.clear()
        self.more.setPlaceholderText("给一种文书单独设…")
        for kind, title in view.kinds:
            if kind not in own:
                self.more.addItem(title, kind)
        self.more.setCurrentIndex(-1)
        self.more.setVisible(self.more.count() > 0)

    def _row(self, place: int, profile: PrinterProfile, titles: dict[str, str]) -> ProfileRow:
        title = "其他所有文书" if profile.paper == EVERY and len(self._view.profiles) > 1 else ""
        if profile.paper != EVERY:
            title = titles.get(profile.paper, profile.paper)
        on_places = profile.paper in self._view.placed
        row = ProfileRow(profile, title or "所有文书", self._names, placed=on_places)
        row.changed.connect(self._keep)
        row.dropped.connect(self._drop)
        row.calibrate.connect(self.calibration.ask)
        for column, part in enumerate(row.parts()):
            self._grid.addWidget(part, place, column)
        return row

    def _add(self) -> None:
        kind = self.more.currentData()
        if kind:
            every = self._view.profiles[0]
            made = PrinterProfile(
                str(kind), every.medium, every.printer, every.copies, silent=every.silent
            )
            self._keep(made)

    def _keep(self, profile: PrinterProfile) -> None:
        self._write(partial(printers.save_profile, profile=profile))

    def _drop(self, paper: str) -> None:
        self._write(partial(printers.drop_profile, paper=paper))

    def _keep_offsets(self, profile: PrinterProfile) -> None:
        moved = partial(printers.save_offsets, printer=profile.printer, medium=profile.medium)
        self._write(partial(moved, dx=profile.dx, dy=profile.dy))

    def _write(self, verb: Callable[..., object]) -> None:
        def kept(_done: object) -> None:
            self.shell.notices.toast("已保存")
            self.shell.read(read_printing, on_done=self._show, latest="printing")

        self.shell.write(verb, on_done=kept)

    def _print_page(self, profile: PrinterProfile) -> None:
        self.shell.read(
            printers.calibration,
            medium=profile.medium,
            on_done=lambda pdf: self.desk.print_pdf("打印校准页", pdf, profile),
        )

    def _lay_out(self) -> None:
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(10))
        self._grid.setVerticalSpacing(px(6))
        for place, (words, share) in enumerate(zip(HEADS, STRETCH, strict=True)):
            self._grid.addWidget(label(words, "label"), 0, place)
            self._grid.setColumnStretch(place, share)
        foot = QHBoxLayout()
        foot.setSpacing(px(12))
        self.more.setFixedWidth(px(230))
        foot.addWidget(self.more)
        foot.addWidget(label(HINT, "hint", wrap=True), 1)
        column = QVBoxLayout()
        column.setSpacing(px(10))
        for part in (self._table, self.calibration):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(foot)
        self.calibration.hide()
        self.body.addLayout(column)
