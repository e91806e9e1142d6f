"""Takes pictures of the page of ledgers: `python -m tests.ui.look_ledgers FOLDER [LOOK …]`."""

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from xlsxwriter import Workbook

from desk.clock import CHINA
from desk.domain.ledgers import Span
from desk.services import ledger_book
from tests.builders import make_office
from tests.services.ledger_desk import morning, write
from tests.services.roll_people import granted, resident
from tests.ui.look_desk import SIZES, Studio, Walk
from ui import theme
from ui.main_window import MainWindow
from ui.pages.ledgers.page import LedgersPage
from ui.startup import load_fonts, make_app

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


def main(argv: list[str]) -> int:
    """Take the pictures named (default: all) into the folder named first."""
    folder = Path(argv[0])
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = make_app()
    families = load_fonts("bold", "rare")
    with tempfile.TemporaryDirectory() as place:
        walk = Walk(TODAY)
        office = make_office(Path(place)).office
        office.clock = walk
        morning(office)
        for order in range(28):
            granted(office, resident(f"王秀{'英兰芳珍'[order % 4]}", "1948-02-03", 20 + order))
        for key in ("elderly_roster", "veterans"):
            written = write(office, Path(place) / "a.xlsx", key, span=Span("since"))
            ledger_book.note(office, written=written)
        studio = Studio(app, office)
        for name in argv[1:] or list(LOOKS):
            for suffix, size, large in SIZES:
                theme.apply(app, families, large=large)
                target = folder / f"ledgers-{name}-{suffix}.png"
                studio.take(("ledgers", "", LOOKS[name]), target, size, large=large)
        studio.tasks.close()
        office.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
