"""审计: the lines, what narrows them, and the chain looked at again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desk.errors import NotGranted
from desk.services import audit, audit_views
from desk.services.audit_views import AuditFilter
from tests.services.test_chain import behind_its_back, edit
from tests.ui.desk_room import Room, nothing_goes_on, open_room
from ui.pages.audit.page import AuditRecordPage


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Iterator[Room]:
    with open_room(tmp_path / "office", qtbot) as made:
        yield made


def opened(room: Room) -> AuditRecordPage:
    shell = room.shell("audit")
    page = AuditRecordPage(shell)
    room.show(page, shell)
    return page


def labels(page: AuditRecordPage) -> list[str]:
    return [row.label for row in page.table.rows.rows]


def test_the_newest_stands_first_and_filters_narrow(room: Room) -> None:
    for what in ("sign_in", "clock", "export"):
        audit.noted(room.office, what=what)
    page = opened(room)
    assert labels(page) == ["导出", "时钟可疑", "登录"]
    page.what.setCurrentIndex(page.what.findData("clock"))
    room.settle()
    assert labels(page) == ["时钟可疑"]
    page.by_day.setChecked(True)
    page.day.setDate(page.day.date().addDays(1))
    room.settle()
    assert labels(page) == []


def test_more_lines_follow_by_key(room: Room) -> None:
    for _ in range(7):
        audit.noted(room.office, what="clock")
    seen, after = [], None
    while True:
        page = audit_views.page(room.office, wanted=AuditFilter(), after=after, limit=3)
        seen += [row.n for row in page.rows]
        if (after := page.last) is None:
            break
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == 7


def test_a_whole_chain_is_said_and_noted(room: Room) -> None:
    page = opened(room)
    page.main_action()
    room.settle()
    room.settle()
    assert "一条不缺" in page.strip.words.text()
    assert labels(page) == ["核对经过记录"]


def test_what_was_changed_behind_its_back_is_pointed_at(room: Room) -> None:
    with behind_its_back(room.office) as connection:
        edit(connection, 1)
    page = opened(room)
    page.main_action()
    room.settle()
    assert "第 1 条被改动过" in page.banner.text


def test_who_may_not_read_it_reads_nothing(room: Room) -> None:
    room.office.grants = (("intake", "*", "all"),)
    with pytest.raises(NotGranted):
        audit_views.page(room.office, wanted=AuditFilter())


def test_looking_at_the_chain_is_stopped(room: Room) -> None:
    for _ in range(500):
        audit.noted(room.office, what="clock")
    page = opened(room)
    page.put_away()
    with nothing_goes_on(room, "files"):
        page.main_action()
        page.main_action()
        page.strip.stop.click()
    room.settle()
    assert page.strip.isHidden()
    assert page.banner.text == ""
    assert page.check.isEnabled()
    assert set(labels(page)) == {"时钟可疑"}, "nothing was found out, so nothing is noted"
    before = page.what.count(), page.who.count()
    page.refresh()
    room.settle()
    assert (page.what.count(), page.who.count()) == before
