"""同步: packages to the county by stick, answers back, and what must be done once before."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desk.changes import Changes
from desk.errors import Cancelled, DeskError
from desk.services import root_lists, sync, sync_trial
from desk.services.sync_views import ReadBack, SyncView, Written
from ui import scanned
from ui.pages.sync.catalog_card import CatalogCard
from ui.pages.sync.county_side import CountySide
from ui.pages.sync.keys_card import KeysCard
from ui.pages.sync.new_beginning import NewBeginning
from ui.pages.sync.packages_card import PackagesCard
from ui.pages.sync.receive_card import ReceiveCard
from ui.pages.sync.send_card import SendCard
from ui.pages.sync.slip_printing import SlipPrinting
from ui.pages.sync.step_card import StepCard
from ui.printers import Printers, SystemPrinters
from ui.shell import Shell
from ui.sticks import Sticks
from ui.tasks import Task
from ui.widgets.drives import Drive, removable
from ui.widgets.page_frame import GAP, PageFrame
from ui.widgets.scrolling import scrolling
from ui.widgets.stick_choice import StickChoice
from ui.widgets.widths import side_width

RIGHT = 330
WHERE = "县里的文件在哪个文件夹"
KEY_FILES = "公钥文件 (*)"


class SyncPage(PageFrame):
    """F9 does what comes next: the county's key, the registration, then the packages."""

    help_text = (
        "插上 U 盘，按 F9 把上报包写上去，读回核对一致才说可以拔。\n县里的回执拿回来，按“接收”。"
    )

    def __init__(
        self,
        shell: Shell,
        drives: Callable[[], tuple[Drive, ...]] = removable,
        printers: Printers | None = None,
    ) -> None:
        super().__init__()
        self.shell = shell
        self.view: SyncView | None = None
        self._task: Task | None = None
        self.stick = StickChoice()
        self.sticks = Sticks(shell, self.stick, drives, self)
        self.step = StepCard()
        self.send = SendCard(self.stick)
        self.slip = SlipPrinting(shell, self.send, printers or SystemPrinters(), self)
        self.packages = PackagesCard()
        self.county = CountySide(shell, self.packages)
        self.receive = ReceiveCard()
        self.catalog = CatalogCard(shell)
        self.keys = KeysCard()
        self.beginning = NewBeginning(shell, self)
        self.right = scrolling(self.receive, self.catalog, self.keys, spacing=GAP)
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        self.shell.read(sync.view, on_done=self._show, latest="view")
        self.shell.read(root_lists.reminder, on_done=self.keys.remind, latest="roots")
        self.county.refresh()
        self.catalog.refresh()
        self.sticks.refresh()

    def wants(self, changes: Changes) -> bool:
        return changes.packages or changes.rules or bool(changes.cases)

    def main_action(self) -> None:
        if self.view is None:
            return
        deeds = {
            "county_key": self._take_key,
            "enrolment": self._write_enrolment,
            "ready": self._write,
        }
        deeds[self.view.step]()

    def _show(self, view: SyncView) -> None:
        self.view = view
        ready = view.step == "ready"
        self.step.setVisible(not ready)
        self.send.setVisible(ready)
        self.right.setVisible(view.step != "county_key")
        if not ready:
            self.step.show_view(view)
        self.send.show_view(view)
        self.packages.show_packages(view.packages)
        self.keys.show_view(view)
        self.beginning.show_view(view)

    def _take_key(self) -> None:
        path = self.shell.notices.choose_file("选择县里的公钥文件", KEY_FILES)
        if path is not None:
            self.shell.write(sync.take_county_key, on_done=self._took_key, path=path)

    def _took_key(self, view: SyncView) -> None:
        self._show(view)
        self.shell.notices.toast(f"收下了 {view.county} 的公钥，请打电话核对六个词")

    def _write_enrolment(self) -> None:
        folder = self.sticks.folder()
        if folder is not None:
            self.shell.write(sync.write_enrolment, on_done=self._enrolled, folder=folder)

    def _enrolled(self, name: str) -> None:
        self.shell.notices.toast(f"登记文件已写好：{name}")
        self.refresh()

    def _write(self) -> None:
        folder = self.sticks.folder()
        if folder is None or self._task is not None:
            return
        self.banner.clear()
        self.send.begin()
        self.sticks.held = True
        self._task = self.shell.write(
            sync.write_packages,
            on_done=self._written,
            on_refused=self._not_written,
            on_progress=self.send.tell,
            folder=folder,
        )

    def _written(self, written: Written) -> None:
        self._rest()
        self.send.written(written)
        self.refresh()

    def _not_written(self, error: DeskError) -> None:
        self._rest()
        self.send.stopped()
        if isinstance(error, Cancelled):
            self.shell.notices.toast("已停下。写好的包都是完整的，没写的下次再写。")
        else:
            self.shell.cannot(error)
        self.refresh()

    def _rest(self) -> None:
        self._task = None
        self.sticks.held = False

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _read_answers(self, folder: Path | None) -> None:
        if folder is None:
            return
        self.receive.begin()
        self.shell.write(
            sync.read_answers,
            on_done=self._received,
            on_refused=self._not_received,
            folder=folder,
        )

    def _received(self, result: ReadBack) -> None:
        self.receive.show_result(result)
        self.refresh()

    def _look(self) -> None:
        folder = self.sticks.folder()
        if folder is not None:
            self.receive.begin()
            self.shell.read(
                sync_trial.look_inside,
                on_done=self.receive.show_look,
                on_refused=self._not_received,
                folder=folder,
            )

    def _not_received(self, error: DeskError) -> None:
        self.receive.stopped()
        self.shell.cannot(error)

    def _connect(self) -> None:
        self.step.asked.connect(self.main_action)
        self.send.write_asked.connect(self._write)
        self.send.strip.cancel_asked.connect(self._cancel)
        self.receive.look_asked.connect(self._look)
        self.receive.read_asked.connect(lambda: self._read_answers(self.sticks.folder()))
        self.receive.other_asked.connect(
            lambda: self._read_answers(self.shell.notices.choose_folder(WHERE))
        )
        self.keys.key_asked.connect(self._take_key)
        self.keys.enrolment_asked.connect(self._write_enrolment)
        self.keys.renewal_asked.connect(self.beginning.ask_renewal)
        self.keys.anew_asked.connect(self.beginning.ask_told)
        self.keys.sheet_asked.connect(self.slip.draw_key_sheet)
        self.receive.scanned.connect(lambda text: scanned.take(self.shell, text))

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(GAP)
        left.addWidget(self.step)
        left.addWidget(self.send)
        left.addWidget(self.county, 1)
        self.send.hide()
        self.step.hide()
        self.right.setFixedWidth(side_width(RIGHT))
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addLayout(left, 1)
        row.addWidget(self.right)
        self.body.addLayout(row)
