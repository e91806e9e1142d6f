"""Takes pictures of the page of registers: `python -m tests.ui.look_rolls FOLDER [LOOK …]`."""

import sys
from collections.abc import Callable
from datetime import datetime, timedelta

from desk.clock import CHINA
from desk.services.office import Office
from tests.services.roll_people import granted, known, on_the_spot, recognised, resident
from tests.ui.look_desk import Look, Walk, photograph
from ui.main_window import MainWindow
from ui.pages.rolls.page import RollsPage

TODAY = datetime(2026, 11, 23, 14, 6, tzinfo=CHINA)
SURNAMES, GIVEN = (
    "王李张刘陈杨赵黄周吴马孙",
    ("秀英", "桂兰", "建国", "志明", "玉珍", "德福", "淑芳"),
)
DISEASES = ("D01", "D02", "D03", "D38")


def fill(office: Office, walk: Walk) -> None:
    """A roll that has grown for a year, people who are to come onto it, some who move up, some illnesses."""
    for order in range(40):
        walk.at = TODAY - timedelta(days=400 - order * 10)
        age = 70 + order % 22
        birth = f"{walk.at.year - age}-{order % 12 + 1:02d}-{order % 27 + 1:02d}"
        house = f"{order % 6 + 1}号楼{order % 3 + 1}单元{order % 9 + 1}02"
        who = resident(SURNAMES[order % 12] + GIVEN[order % 7], birth, order, house=house)
        if age > 70 or order % 12 < 9:
            granted(office, who)
        if order == 20:
            on_the_spot(office, who, "MZ-GL-02", cert_result="户籍迁出")
    walk.at = TODAY - timedelta(days=3)
    for order, (name, birth) in enumerate(
        (("冯玉珍", "1956-11-27"), ("欧阳丽华", "1956-12-20"), ("马依努尔·艾力", "1956-10-03"))
    ):
        known(office, resident(name, birth, 60 + order, house="池阳花园 3-2-501"))
    for order in range(9):
        who = resident(f"{SURNAMES[order]}慧敏", "1961-05-06", 80 + order)
        recognised(office, who, DISEASES[order % 4], visit_hospital_1="三原县医院")
    granted(office, resident("王德福", "1946-11-25", 90))
    walk.at = TODAY


def shown(window: MainWindow) -> RollsPage:
    page = window.navigation.current
    assert isinstance(page, RollsPage)
    return page


def on(register: str, key: str, month: str = "") -> Callable[[MainWindow], None]:
    """That list of that register."""

    def then(window: MainWindow) -> None:
        page = shown(window)
        page.filters.open_with(register, key)
        if month:
            page.filters.month.setCurrentIndex(page.filters.month.findData(month))
        page.filters.changed.emit()

    return then


def stopping(window: MainWindow) -> None:
    """The form of a stop."""
    page = shown(window)
    entry = page.panel.entry
    if entry is not None:
        page.deeds.do(entry.verbs[-1])


LOOKS: dict[str, Callable[[MainWindow], None]] = {
    "roll": on("elderly", "roll"),
    "newcomers": on("elderly", "newcomers"),
    "raise": on("elderly", "raise"),
    "due": on("elderly", "due"),
    "changes": on("elderly", "changes", "2026-12"),
    "empty": on("elderly", "changes", "2027-02"),
    "chronic": on("chronic", "roll"),
    "stop": stopping,
}


def main(argv: list[str]) -> int:
    looks: dict[str, Look] = {name: ("rolls", "", then) for name, then in LOOKS.items()}
    return photograph(
        *(argv, lambda _: looks, lambda office, walk, _: fill(office, walk)),
        at=TODAY,
        prefix="rolls-",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
