"""The catalogue's page at a real office: shown before it is taken, taken by F9, warned of when it is past its time."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QWidget

from desk.exchange.catalog_body import Release
from desk.services import catalog_turn, printers, releases
from desk.services.operation import Operation, Work, perform
from desk.services.printers import EVERY, PrinterProfile
from desk.services.rules import read_rules
from tests.builders import rules, take_in
from tests.services import deeds
from tests.services.editions import CIVIL, Files, edition, go_to, holidays
from tests.ui.desk_room import Room, open_room
from tests.ui.printer_tray import NAME
from ui.pages.catalog.page import CatalogPage
from ui.pages.intake.page import IntakePage
from ui.pages.sync.page import SyncPage
from ui.pages.today.page import TodayPage

NAMED = (CIVIL, 'short_name = "高龄补贴申请"', 'short_name = "高龄老人补贴"')
NEW_YEAR = (date(2027, 1, 1), date(2027, 1, 4))


@pytest.fixture
def room(tmp_path, qtbot) -> Iterator[Room]:
    with open_room(tmp_path / "office", qtbot) as opened:
        yield opened


def waits(room: Room, files: Files, *, days: int = 0, until: int | None = None) -> None:
    """A release that came and nobody took, in force in so many days."""
    office = room.office
    first = office.today + timedelta(days=days)
    release = Release(
        county="610422",
        release=2,
        effective_from=first.isoformat(),
        valid_through="" if until is None else (first + timedelta(days=until)).isoformat(),
        made_at=office.clock.now().isoformat(timespec="seconds"),
        files=files,
    )
    digest = read_rules(files, rules().pinyin).catalog.digest

    def work(bench: Work) -> None:
        releases.put(bench.connection, release, release.to_bytes(), digest, "")

    perform(office, Operation.EXCHANGE, work)


def opened(room: Room) -> CatalogPage:
    shell = room.shell("catalog")
    page = CatalogPage(shell, room.tray)
    room.show(page, shell)
    return page


def test_nothing_waits(room: Room):
    page = opened(room)
    assert "程序自带" in page.now.text()
    assert not page.changes.isVisible()
    assert not page.adopt.isVisible()
    page.main_action()
    page.print_action()
    room.settle()
    assert room.tray.prints() == []


def test_shown_then_taken(room: Room):
    waits(room, edition(2, NAMED))
    page = opened(room)
    assert page.changes.headline.text() == "1 项有变化。"
    assert any("高龄老人补贴" in line for line in page.changes.lines())
    assert room.office.catalog.version == 1
    page.main_action()
    room.settle()
    assert room.office.catalog.version == 2
    assert room.toasts() == ["第 2 版目录已起用，新收的件按新规定办"]
    assert page.now.text().startswith("第 2 版，2026 年 11 月 23 日起用")
    assert not page.changes.isVisible()


def test_later_changes_nothing(room: Room):
    waits(room, edition(2, NAMED))
    page = opened(room)
    page.later.click()
    assert room.went == [("back", {})]
    assert room.office.catalog.version == 1


def test_taken_before_its_day(room: Room):
    waits(room, edition(2, NAMED), days=5)
    page = opened(room)
    page.main_action()
    room.settle()
    assert room.office.catalog.version == 1
    assert page.next.text() == "第 2 版已采用，2026 年 11 月 28 日起自动换上。"


def test_dates_that_move_are_listed_opened_and_printed(room: Room):
    printers.save_profile(room.office, profile=PrinterProfile(EVERY, "A4", NAME))
    go_to(room.office, date(2026, 12, 21))
    done = take_in(room.office)
    deeds.act(room.office, done, "confirm_accepted")
    waits(room, edition(2, more=holidays(2027, *NEW_YEAR)))
    page = opened(room)
    assert page.moved.title.text() == "到期日会跟着改"
    assert not page.moved.print.isVisible()
    page.main_action()
    room.settle()
    assert page.moved.title.text() == "到期日重新算过"
    [row] = catalog_turn.moved_dates(room.office).rows
    assert page.moved.table.rows.rows == (row,)
    page.moved.table.opened.emit(row.case_id)
    assert room.went[-1] == ("case", {"case_id": done.case_id})
    page.print_action()
    room.settle()
    assert len(room.tray.prints()) == 1


def test_past_its_time_is_told_on_the_first_page_and_here(room: Room):
    waits(room, edition(2, NAMED), until=3)
    page = opened(room)
    page.main_action()
    room.settle()
    assert page.banner.text == ""
    go_to(room.office, room.office.today + timedelta(days=4))
    page.refresh()
    room.settle()
    assert page.banner.text.startswith("县里的目录过期了 照样可以办件")
    shell = room.shell("today")
    first = TodayPage(shell)
    room.show(first, shell)
    assert first.banner.text.startswith("县里的目录过期了")
    first.banner.clear()
    first.refresh()
    room.settle()
    assert first.banner.text == ""


def test_the_exchange_page_leads_here(room: Room):
    waits(room, edition(2, NAMED))
    shell = room.shell("sync")
    page = SyncPage(shell, tuple)
    room.show(page, shell)
    assert "县里的第 2 版来了" in page.catalog.news.text()
    page.catalog.open.click()
    assert room.went == [("catalog", {})]


def test_an_intake_offers_the_items_of_the_new_catalogue(room: Room):
    shell = room.shell("intake")
    intake = IntakePage(shell)
    room.show(intake, shell)
    waits(room, edition(2, NAMED))
    page = opened(room)
    page.main_action()
    room.settle()
    intake.show()
    room.settle()
    assert intake.isVisible()
    shown = [str(part.property("text")) for part in intake.findChildren(QWidget)]
    assert any("高龄老人补贴" in text for text in shown)
