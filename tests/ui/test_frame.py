"""The frame by rights: an auditor has the audit and his own password, a clerk no audit, the lead both."""

from collections.abc import Iterator

import pytest

from desk.services import roles
from desk.services.office import Office
from tests.services import staff
from tests.services.trips import make_hub
from tests.ui.desk_room import Room, open_room
from ui.main_window import MainWindow
from ui.navigation import frame
from ui.pages.audit.page import AuditRecordPage
from ui.pages.settings.own_page import OwnSettingsPage
from ui.shell import Preferences

WORK = ("today", "intake", "cases", "rolls", "ledgers", "sync")
FRAMES = {
    "clerk": (*WORK, "settings"),
    "lead": (*WORK, "audit", "settings"),
    "auditor": ("audit", "settings"),
}


@pytest.mark.parametrize("role", FRAMES)
def test_the_frame_follows_from_rights(office: Office, role: str) -> None:
    office.grants = roles.granted(role, ())
    assert tuple(entry.key for entry in frame(office).entries) == FRAMES[role]
    # Whatever the role is called.
    office.grants = (("read_log", "*", "all"), *roles.granted("clerk", ()))
    assert tuple(entry.key for entry in frame(office).entries) == FRAMES["lead"]


def test_a_countys_frame_does_too(tmp_path) -> None:
    hub = make_hub(tmp_path)
    hub.grants = roles.granted("county", ())
    assert "audit" not in {entry.key for entry in frame(hub).entries}
    hub.grants = roles.granted("auditor", ())
    assert [entry.key for entry in frame(hub).entries] == ["audit", "settings"]
    hub.close()


@pytest.fixture
def auditor(office: Office, tmp_path, qtbot) -> Iterator[Room]:
    one = staff.add(office, "赵审", "auditor")
    with (
        staff.signed_in(office, one) as at_desk,
        open_room(tmp_path / "office", qtbot, at_desk) as room,
    ):
        yield room


def test_an_auditor_works_in_his_frame_without_a_refusal(auditor: Room) -> None:
    window = MainWindow(
        auditor.operations, auditor.feed, auditor.notices, auditor.tasks, Preferences()
    )
    auditor.qtbot.addWidget(window)
    window.show()
    window.go_home()
    auditor.qtbot.waitUntil(lambda: auditor.tasks.idle)
    # What a window begins behind its first page.
    window._begin_day()
    auditor.settle()
    assert not window.bar.search.isVisible()
    assert not window.bar.unsent.isVisible()
    page = window.navigation.current
    assert isinstance(page, AuditRecordPage)
    assert [page.table.rows.index(0, n).data() for n in (1, 2)] == ["登录", "赵审"]
    window.go("settings")
    auditor.settle()
    assert isinstance(window.navigation.current, OwnSettingsPage)
    assert "还能用" in window.navigation.current.own.left.text()
    shown = [one for one in auditor.notices.shown if one.kind != "question"]
    assert shown == []
