"""Takes pictures of the page of ledgers: `python -m tests.ui.look_ledgers FOLDER [LOOK …]`."""

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from xlsxwriter import Workbook

from desk.clock import CHINA
from desk.domain.ledgers import Span
from desk.services import ledger_book
from desk.services.office import Office
from tests.services.ledger_desk import morning, write
from tests.services.roll_people import granted, resident
from tests.ui.look_desk import Look, Walk, photograph
from ui.main_window import MainWindow
from ui.pages.ledgers.page import LedgersPage

TODAY = datetime(2026, 11, 23, 14, 6, tzinfo=CHINA)
HEADINGS = (
    "序号",
    "村（社区）",
    "老人姓名",
    "身份证号码（18位）",
    "出生年月",
    "补贴标准（元/月）",
    "社保卡账号",
    "开户行",
    "联系电话",
    "家庭住址",
    "审核意见",
)


def shown(window: MainWindow) -> LedgersPage:
    page = window.navigation.current
    assert isinstance(page, LedgersPage)
    return page


def on(key: str, kind: str = "") -> Callable[[MainWindow], None]:
    """That ledger, of that kind of span."""

    def then(window: MainWindow) -> None:
        page = shown(window)
        page.table.choose(key)
        if kind:
            page.spans.kind.setCurrentIndex(page.spans.kind.findData(kind))
            page.spans.kind.activated.emit(0)

    return then


def making(window: MainWindow) -> None:
    """The form of one's own, its headings matched."""
    page = shown(window)
    path = window.operations.office.paths.folder / "三原县高龄补贴花名册.xlsx"
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for place, heading in enumerate(HEADINGS):
            sheet.write(0, place, heading)
    page.own.begin(path, HEADINGS)
    page.making.rows.show_value("register:elderly")
    page.making.rows.edited.emit()


LOOKS: dict[str, Callable[[MainWindow], None]] = {
    "day_book": on("day_book"),
    "roster": on("elderly_roster"),
    "since": on("veterans", "since"),
    "days": on("job_register", "days"),
    "making": making,
}


def fill(office: Office, _walk: Walk, place: Path) -> None:
    """A morning, a roll, and two ledgers that were written before."""
    morning(office)
    for order in range(28):
        granted(office, resident(f"王秀{'英兰芳珍'[order % 4]}", "1948-02-03", 20 + order))
    for key in ("elderly_roster", "veterans"):
        written = write(office, place / "a.xlsx", key, span=Span("since"))
        ledger_book.note(office, written=written)


def main(argv: list[str]) -> int:
    looks: dict[str, Look] = {name: ("ledgers", "", then) for name, then in LOOKS.items()}
    return photograph(argv, lambda _: looks, fill, at=TODAY, prefix="ledgers-")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
