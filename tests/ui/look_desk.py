"""Takes pictures of the desk's pages at a real office: `python -m tests.ui.look_desk FOLDER [PAGE …]`."""

import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSize
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from desk.clock import CHINA
from desk.errors import DeskError
from desk.exchange.key_files import county_key_file
from desk.services import case_views, cases, drafts, sync
from desk.services.office import Office
from desk.services.views import CaseFilter, IntakeValues
from tests.builders import id_number, make_office, person, take_in
from tests.exchange.makers import county_key, desk_node
from ui import theme
from ui.feed import Feed
from ui.main_window import MainWindow
from ui.notices import Notices
from ui.operations import Operations
from ui.pages.blank_forms.page import BlankFormsPage
from ui.pages.case.page import CasePage
from ui.pages.sync.page import SyncPage
from ui.shell import Preferences
from ui.startup import load_fonts, make_app
from ui.tasks import Tasks
from ui.widgets.page_frame import PageFrame

MORNING = datetime(2026, 11, 23, 8, 35, tzinfo=CHINA)
SIZES = (
    ("1366x768", QSize(1366, 768), False),
    ("1280x720", QSize(1280, 720), False),
    ("large", QSize(1366, 768), True),
)
VISITORS = (
    ("刘桂兰", "MZ-GL-01", "receive", "1956-03-12"),
    ("张建国", "YB-MT-01", "receive", "1951-06-01"),
    ("李伟", "DJ-ZZ-01", "receive", "1992-03-15"),
    ("欧阳丽华", "ZH-ZM-01", "conclude_now", "1968-01-20"),
    ("陈刚", "YB-CB-01", "receive", "1984-07-11"),
    ("孙红梅", "MZ-CJ-01", "notify", "1979-12-20"),
    ("马依努尔·艾力", "WJ-LN-01", "receive", "1958-02-24"),
    ("王德福", "MZ-GL-01", "receive", "1946-11-25"),
)


class Walk:
    """A clock that goes on by some minutes whenever the office is written to."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


def fill(office: Office, walk: Walk) -> None:
    """A morning at the window, and some cases of the weeks before."""
    for days in (24, 12, 4, 0):
        walk.at = MORNING - timedelta(days=days)
        for order, (name, code, end, birth) in enumerate(VISITORS):
            walk.at += timedelta(minutes=17)
            who = person(
                name, birth=birth, id_no=id_number(birth=birth.replace("-", ""), order=days + order)
            )
            changes: dict[str, Any] = {"who": who}
            if end == "notify":
                changes["handed_in"] = ()
            try:
                take_in(office, code, end, **changes)
            except DeskError as error:
                print(name, code, end, type(error).__name__, error)
        if days:
            accept_some(office)
    walk.at = datetime(2026, 11, 23, 14, 6, tzinfo=CHINA)


def accept_some(office: Office) -> None:
    """Register the acceptance of what was received."""
    for row in case_views.page(office, wanted=CaseFilter(), limit=4).rows:
        detail = case_views.detail(office, case_id=row.id)
        if any(action.key == "confirm_accepted" for action in detail.actions):
            asks = {"accepted_on": office.today.isoformat()}
            cases.act(
                office,
                case_id=row.id,
                version=detail.version,
                action="confirm_accepted",
                asks=asks,
            )


def first_of(office: Office, code: str) -> object:
    rows = case_views.page(office, wanted=CaseFilter(group="all"), limit=200).rows
    return next(row.id for row in reversed(rows) if code in (row.item_code, row.state))


def explain(window: MainWindow) -> None:
    case_page(window).header.due_asked.emit()


def ask(window: MainWindow) -> None:
    page = case_page(window)
    asking = [action for action in page.header.actions_bar.actions_shown if action.asks]
    page.header.actions_bar.asked.emit(asking[-1])


def case_page(window: MainWindow) -> CasePage:
    page = window.navigation.current
    assert isinstance(page, CasePage)
    return page


def take_key(window: MainWindow) -> None:
    """The county's key comes in, then the registration goes out."""
    node = desk_node("county")
    path = window.operations.office.paths.folder / "county.bmkey"
    path.write_bytes(county_key_file(county_key(node), node.signing))
    sync.take_county_key(window.operations.office, path=path)
    sync_page(window).refresh()


def write(window: MainWindow) -> None:
    take_key(window)
    office = window.operations.office
    stick = office.paths.folder / "U盘"
    stick.mkdir(exist_ok=True)
    sync.write_enrolment(office, folder=stick)
    page = sync_page(window)
    page.stick.use(stick)
    page.view = sync.view(office)
    page.main_action()


def sync_page(window: MainWindow) -> SyncPage:
    page = window.navigation.current
    assert isinstance(page, SyncPage)
    return page


def leave_a_draft(window: MainWindow) -> None:
    values = IntakeValues(item_code="MZ-GL-01", person=person("刘桂兰"))
    made = drafts.save(window.operations.office, draft_id=None, values=values)
    page = window.navigation.current
    assert isinstance(page, PageFrame)
    page.take_changes(made.changes)


def find_none(window: MainWindow) -> None:
    page = window.navigation.current
    assert isinstance(page, BlankFormsPage)
    page.forms.filter.setText("护照")
    page.refresh()


Look = tuple[str, str, Callable[[MainWindow], None] | None]
PAGES: dict[str, Look] = {
    "today": ("today", "", None),
    "today_draft": ("today", "", leave_a_draft),
    "cases": ("cases", "", None),
    "case": ("case", "accepted", None),
    "case_due": ("case", "accepted", explain),
    "case_ask": ("case", "MZ-GL-01", ask),
    "case_supplement": ("case", "supplement", None),
    "sync_first": ("sync", "", None),
    "sync_enrol": ("sync", "", take_key),
    "sync": ("sync", "", write),
    "settings": ("settings", "", None),
    "blank_forms": ("blank_forms", "", None),
    "blank_none": ("blank_forms", "", find_none),
    "intake": ("intake", "", None),
}


class Studio:
    """One office, one window after the other."""

    def __init__(self, app: QApplication, office: Office) -> None:
        self.app, self.office = app, office
        self.kept: list[QWidget] = []
        self.keeper = QObject()
        self.tasks, self.feed = Tasks(self.keeper), Feed(self.keeper)
        self.operations = Operations(office, self.tasks, self.feed, on_bug=print)

    def take(self, look: Look, target: Path, size: QSize, *, large: bool) -> None:
        name, code, then = look
        host = QMainWindow()
        window = MainWindow(
            self.operations, self.feed, Notices(host), self.tasks, Preferences(large_text=large)
        )
        host.setCentralWidget(window)
        host.resize(size)
        host.show()
        facts = {"case_id": first_of(self.office, code)} if code else {}
        window.go(name, **facts)
        self.settle()
        if then:
            then(window)
            self.settle()
        host.grab().save(str(target))
        host.close()
        # Kept: a window must not be collected by a thread that reads.
        self.kept.append(host)

    def settle(self) -> None:
        """Until the office has answered and everything is drawn."""
        quiet = 0
        while quiet < 5:
            self.app.processEvents()
            quiet = quiet + 1 if self.tasks.idle else 0


def photograph(
    argv: list[str],
    looks_of: Callable[[Studio], Mapping[str, Look]],
    prepare: Callable[[Office, Walk, Path], None],
    *,
    at: datetime = MORNING,
    prefix: str = "",
) -> int:
    """Take the pictures named (default: all) into the folder named first: of an office begun `at` that moment and filled by `prepare`.

    `prepare` may keep files of its own in the folder it is given.
    """
    folder = Path(argv[0])
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = make_app()
    families = load_fonts("bold", "rare")
    with tempfile.TemporaryDirectory() as place:
        walk = Walk(at)
        office = make_office(Path(place) / "desk").office
        office.clock = walk
        prepare(office, walk, Path(place))
        studio = Studio(app, office)
        looks = looks_of(studio)
        for name in argv[1:] or list(looks):
            for suffix, size, large in SIZES:
                theme.apply(app, families, large=large)
                target = folder / f"{prefix}{name}-{suffix}.png"
                studio.take(looks[name], target, size, large=large)
        studio.tasks.close()
        office.close()
    return 0


def main(argv: list[str]) -> int:
    return photograph(argv, lambda _: PAGES, lambda office, walk, _: fill(office, walk))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
