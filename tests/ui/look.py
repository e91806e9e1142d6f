"""Takes pictures of pages: `python -m tests.ui.look FOLDER [PAGE …]` saves each at three sizes.

Extend `PAGES` with one line: the page's name and a function that gets the `Studio` and returns the widget to look at;
`studio.window()` is the working window on a real office with some cases in it.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import select

from db.models import Document
from desk.clock import CHINA, FixedClock
from desk.paths import OfficePaths
from desk.services import backup, print_jobs, printers, receipts
from desk.services.operation import reading
from desk.services.printers import EVERY, PrinterProfile
from desk.services.receipts import RecordLine
from desk.services.replaying import Replayed
from desk.services.restore import Prepared
from tests.builders import make_office, rules, take_in
from ui import theme
from ui.dressing import translate
from ui.feed import Feed
from ui.main_window import MainWindow
from ui.notices import Notices, Verb
from ui.operations import Operations
from ui.pages.rescue.page import Opener, RescuePage
from ui.pages.safe.page import SafePage
from ui.pages.settings.page import SettingsPage
from ui.pages.setup import ProvePage, SetupPage
from ui.pages.sign_in import SignInPage
from ui.pages.welcome import WelcomePage
from ui.shell import Preferences
from ui.startup import Host, load_fonts, make_app
from ui.tasks import Tasks

SIZES = (
    ("1366x768", QSize(1366, 768), False),
    ("1280x720", QSize(1280, 720), False),
    ("large", QSize(1366, 768), True),
)
KEY = "YNB22-7DEPD-PGD7B-JF77E-EZTJT-X0CYA-DKSBS-WM23B"


class Studio:
    """A real office in a folder of its own, filled once, and windows on it."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self.app = app
        self.host = Host()
        self._office = make_office(
            folder / "office", at=datetime(2026, 11, 23, 8, 30, tzinfo=CHINA)
        )
        self.office = self._office.office
        self.tasks = Tasks()
        self.cases = [take_in(self.office, code) for code in ("MZ-GL-01", "MZ-GL-01")]
        clock = self.office.clock
        if isinstance(clock, FixedClock):
            clock.advance(hours=5, minutes=36)

    @property
    def code(self) -> str:
        """What the QR code of the first paper says."""
        with reading(self.office) as connection:
            query = select(Document.facts).where(Document.id == self.cases[0].document)
            return str(connection.execute(query).scalar_one()["code"])

    def window(self, page: str = "", **facts: object) -> MainWindow:
        """The working window, with `page` open."""
        operations = Operations(self.office, self.tasks, Feed(self.tasks), on_bug=self._bug)
        notices = Notices(self.host)
        made = MainWindow(operations, operations.feed, notices, self.tasks, Preferences())
        self.host.setCentralWidget(made)
        if page:
            made.go(page, **facts)
        return made

    def settle(self) -> None:
        """Let layouts, timers and answers come to rest."""
        for _ in range(20):
            self.app.processEvents()
        while not self.tasks.idle:
            self.app.processEvents()
        for _ in range(20):
            self.app.processEvents()

    def close(self) -> None:
        self.tasks.close()
        self.office.close()

    def _bug(self, error: Exception) -> None:
        raise error


def sign_in(_studio: Studio) -> QWidget:
    return SignInPage("池阳社区便民服务大厅", [("1", "王敏"), ("2", "李强"), ("3", "赵秀英")])


def sign_in_refused(_studio: Studio) -> QWidget:
    page = SignInPage("池阳社区便民服务大厅", [("1", "王敏")])
    page.refused("姓名和密码对不上", "请看看大写锁定和输入法，再输一次。忘了密码请找负责人。")
    return page


def welcome(_studio: Studio) -> QWidget:
    return WelcomePage()


def new_desk(studio: Studio) -> SetupPage:
    def run(*_args: object, **_more: object) -> None:
        """Nothing is made here."""

    return SetupPage(
        OfficePaths(Path("nowhere")), studio.office.clock, rules(), run, Notices(studio.host)
    )


def setup_hall(studio: Studio) -> QWidget:
    page = new_desk(studio)
    page.hall.onward.emit()
    return page


def setup_operator(studio: Studio) -> QWidget:
    page = new_desk(studio)
    page.show_step(page.operator)
    page.operator.onward.emit()
    return page


def setup_key(studio: Studio) -> QWidget:
    page = new_desk(studio)
    page.recovery.set_key(KEY)
    page.show_step(page.recovery)
    return page


def setup_typing(studio: Studio) -> QWidget:
    page = new_desk(studio)
    page.show_step(page.recovery)
    page.recovery.ask_back()
    page.recovery.wrong_group(3, "第 3 组对不上。请对着打印的恢复密钥，把这一组重新输一次。")
    return page


def prove(studio: Studio, *, first: bool) -> QWidget:
    """The key asked for at signing in: before the first case, or later."""

    def run(*_work: object, **_more: object) -> None:
        """Nothing is looked for here."""

    return ProvePage(studio.office.paths, run, first=first)


def backup_card(studio: Studio) -> QWidget:
    backup.make(studio.office, why="hours")
    made = studio.window("settings")
    studio.settle()
    page = made.navigation.current
    if isinstance(page, SettingsPage):
        page.backup.setFocus()
    return made


def rescue_page(studio: Studio) -> QWidget:
    """The page as it tells of a backup of 08:30, with six events brought back and two that do not read."""

    def run(*_work: object, **_more: object) -> None:
        """Nothing is looked for here."""

    made = backup.make(studio.office, why="hours")
    told = Replayed(events=6, cases=2, waiting=3)
    page = RescuePage(
        Opener(studio.office.paths, studio.office.clock, None, b""), run, Notices(studio.host)
    )
    office = studio.office
    page.show_found(
        Prepared(
            office.paths, office, made, b"", office.lock, made.manifest.standing, told, 2, False
        )
    )
    return page


def safe(studio: Studio) -> QWidget:
    """What is offered when the program broke off twice."""

    def run(*_work: object, **_more: object) -> None:
        """Nothing is done here."""

    return SafePage(studio.office, run, Notices(studio.host))


def search(studio: Studio) -> QWidget:
    window = studio.window("settings")
    box = window.bar.search
    box.setFocus()
    box.setText("l")
    box.asked.emit("l")
    return window


def question(studio: Studio) -> QWidget:
    window = studio.window("settings")
    window.notices.toast("已受理，编号 1123-0007", Verb("打印"), Verb("撤销"))
    if page := window.navigation.current:
        page.banner.say("磁盘满了", "刚才这一步没有保存，以前保存的办件都在。", Verb("再试一次"))
    return window


def receipt(studio: Studio, *, altered: bool = False) -> QWidget:
    """A paper's code was scanned; the case's due day was moved since, or the code was altered."""
    found = receipts.look(studio.office, text=studio.code)
    moved = RecordLine("办理期限", "2026 年 12 月 14 日", "2027 年 1 月 8 日", same=False)
    look = replace(found, lines=(*found.lines, moved), warning="和这里的记录不同：办理期限。")
    if altered:
        look = receipts.look(
            studio.office, text=f"{studio.code[:-1]}{(int(studio.code[-1]) + 1) % 10}"
        )
    return studio.window("receipt", look=look, text=studio.code)


def calibrating(studio: Studio) -> QWidget:
    """Two papers set on their own, and a printer being set right."""
    for profile in (
        PrinterProfile(EVERY, "A5", "HP LaserJet 1020"),
        PrinterProfile("receipt_slip", "58mm", "GP-58 小票机"),
        PrinterProfile("acceptance_notice", "241/2", "映美 FP-630K", copies=2, silent=False),
    ):
        printers.save_profile(studio.office, profile=profile)
    printers.save_offsets(studio.office, printer="映美 FP-630K", medium="241/2", dx=1.5, dy=-2)
    window = studio.window("settings")
    studio.settle()
    page = window.navigation.current
    assert isinstance(page, SettingsPage)
    row = page.printing.rows[1]
    row.calibrate.emit(row.profile)
    return window


def not_printed(studio: Studio) -> QWidget:
    """Three papers that did not come out."""
    if not print_jobs.failed(studio.office):
        for case, why in zip(studio.cases, ("missing", "stopped"), strict=True):
            assert case.document is not None
            order = print_jobs.begin(
                studio.office, document_id=case.document, medium="A5", printer="HP LaserJet 1020"
            ).value
            print_jobs.job_failed(studio.office, job_id=order.job_id, why=why)
        order = print_jobs.begin_pdf(
            studio.office,
            title="高龄补贴变更名单（2026 年 11 月）",
            pdf=b"",
            medium="A4",
            printer="二楼复印室的打印机",
            copies=3,
        ).value
        print_jobs.job_failed(studio.office, job_id=order.job_id, why="broken")
    return studio.window("print_jobs")


PAGES: dict[str, Callable[[Studio], QWidget]] = {
    "sign_in": sign_in,
    "sign_in_refused": sign_in_refused,
    "welcome": welcome,
    "setup_hall": setup_hall,
    "setup_operator": setup_operator,
    "setup_key": setup_key,
    "setup_typing": setup_typing,
    "prove": partial(prove, first=False),
    "prove_first": partial(prove, first=True),
    "settings": lambda studio: studio.window("settings"),
    "backup_card": backup_card,
    "rescue": rescue_page,
    "safe": safe,
    "about": lambda studio: studio.window("about"),
    "calibrating": calibrating,
    "not_printed": not_printed,
    "search": search,
    "notices": question,
    "today": lambda studio: studio.window("today"),
    "intake": lambda studio: studio.window("intake", item_code="MZ-GL-01"),
    "receipt": receipt,
    "receipt_altered": partial(receipt, altered=True),
    "cases": lambda studio: studio.window("cases"),
}


def take(studio: Studio, make: Callable[[Studio], QWidget], target: Path, size: QSize) -> None:
    """One picture of one page in a window of `size`."""
    studio.host = Host()
    studio.host.resize(size)
    studio.host.show()
    studio.host.activateWindow()
    made = make(studio)
    if studio.host.centralWidget() is not made:
        studio.host.setCentralWidget(made)
    studio.settle()
    studio.host.grab().save(str(target))
    studio.host.close()
    studio.host.deleteLater()


def photograph(argv: list[str], pages: Mapping[str, Callable[[Studio], QWidget]]) -> int:
    """Take the pictures named (default: all) into the folder named first."""
    folder = Path(argv[0])
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = make_app()
    translate(app)
    families = load_fonts("bold", "rare")
    with tempfile.TemporaryDirectory() as made:
        studio = Studio(app, Path(made))
        for name in argv[1:] or list(pages):
            for suffix, size, large in SIZES:
                theme.apply(app, families, large=large)
                take(studio, pages[name], folder / f"{name}-{suffix}.png", size)
        studio.close()
    return 0


def main(argv: list[str]) -> int:
    return photograph(argv, PAGES)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
