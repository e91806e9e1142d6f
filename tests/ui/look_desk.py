"""Takes pictures of the desk's pages at a real office: `python -m tests.ui.look_desk FOLDER [PAGE …]`."""

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSize
from PySide6.QtWidgets import QApplication, QWidget

from desk.clock import CHINA
from desk.services import case_views, cases
from desk.services.office import Office
from desk.services.views import CaseFilter
from tests.builders import id_number, make_office, person, take_in
from ui import theme
from ui.feed import Feed
from ui.notices import Notices
from ui.operations import Operations
from ui.pages.case.page import CasePage
from ui.pages.cases.page import CasesPage
from ui.pages.today.page import TodayPage
from ui.shell import Shell
from ui.startup import load_fonts, make_app
from ui.tasks import Tasks
from ui.widgets.page_frame import PageFrame

MORNING = datetime(2026, 11, 23, 8, 35, tzinfo=CHINA)
SIZES = (
    ("1366x768", QSize(1218, 708), False),
    ("1280x720", QSize(1132, 660), False),
    ("large", QSize(1181, 693), True),
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
            except Exception as error:
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


def explain(page: PageFrame) -> None:
    assert isinstance(page, CasePage)
    page.header.due_asked.emit()


def ask(page: PageFrame) -> None:
    assert isinstance(page, CasePage)
    asking = [action for action in page.header.actions_bar.actions_shown if action.asks]
    page.header.actions_bar.asked.emit(asking[-1])


Look = tuple[Callable[[Shell], PageFrame], str, Callable[[PageFrame], None] | None]
PAGES: dict[str, Look] = {
    "today": (TodayPage, "", None),
    "cases": (CasesPage, "", None),
    "case": (CasePage, "accepted", None),
    "case_due": (CasePage, "accepted", explain),
    "case_ask": (CasePage, "MZ-GL-01", ask),
    "case_supplement": (CasePage, "supplement", None),
}


def stay(page: str, **facts: object) -> None:
    """Nowhere to go in a picture."""


class Studio:
    """One office, one page after the other."""

    def __init__(self, app: QApplication, office: Office) -> None:
        self.app, self.office = app, office
        self.keeper = QObject()
        self.tasks, self.feed = Tasks(self.keeper), Feed(self.keeper)
        self.operations = Operations(office, self.tasks, self.feed, on_bug=print)
        self.kept: list[QWidget] = []

    def take(self, look: Look, target: Path, size: QSize) -> None:
        make, code, then = look
        window = QWidget()
        window.setProperty("role", "ground")
        shell = Shell(
            page="look",
            operations=self.operations,
            notices=Notices(window),
            feed=self.feed,
            go=stay,
            back=lambda: None,
        )
        page = make(shell)
        shell.banner = page.banner
        page.setParent(window)
        window.resize(size)
        page.resize(size)
        if code:
            page.opened(case_id=first_of(self.office, code))
        window.show()
        self.settle()
        if then:
            then(page)
            self.settle()
        window.grab().save(str(target))
        window.close()
        # Kept: a window must not be collected by a thread that reads.
        self.kept.append(window)

    def settle(self) -> None:
        """Until the office has answered and everything is drawn."""
        quiet = 0
        while quiet < 5:
            self.app.processEvents()
            quiet = quiet + 1 if self.tasks.idle else 0


def main(argv: list[str]) -> int:
    """Take the pictures named (default: all) into the folder named first."""
    folder = Path(argv[0])
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = make_app()
    families = load_fonts("bold", "rare")
    with tempfile.TemporaryDirectory() as place:
        walk = Walk(MORNING)
        office = make_office(Path(place)).office
        office.clock = walk
        fill(office, walk)
        studio = Studio(app, office)
        for name in argv[1:] or list(PAGES):
            for suffix, size, large in SIZES:
                theme.apply(app, families, large=large)
                studio.take(PAGES[name], folder / f"{name}-{suffix}.png", size)
        studio.tasks.close()
        office.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
