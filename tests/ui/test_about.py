"""The list of parts with their licences, and the two ways there from the settings."""

from pytestqt.qtbot import QtBot

from desk.services import supply
from desk.services.supply import Tampered
from ui import care
from ui.diagnosis import LOOKING
from ui.main_window import MainWindow
from ui.notices import Notices
from ui.pages.about.page import AboutPage
from ui.pages.settings.page import SettingsPage


def test_every_part_is_listed_and_its_licence_shown(qtbot: QtBot, window: MainWindow) -> None:
    window.go("settings")
    settings = window.navigation.current
    assert isinstance(settings, SettingsPage)
    settings.help.about.click()
    page = window.navigation.current
    assert isinstance(page, AboutPage)
    qtbot.waitUntil(lambda: page.list.count() == len(supply.parts()))
    page.refresh()
    page.list.setCurrentRow(-1)
    assert page.list.count() == len(supply.parts()), "they stand there once"
    row = next(n for n in range(page.list.count()) if "pyside6" in page.list.item(n).text())
    page.list.setCurrentRow(row)
    qtbot.waitUntil(lambda: "GNU LESSER GENERAL PUBLIC LICENSE" in page.text.toPlainText())
    assert "LGPL-3.0-only" in page.licence.text()


def test_the_settings_show_the_diagnostic_text(qtbot: QtBot, window: MainWindow) -> None:
    window.go("settings")
    settings = window.navigation.current
    assert isinstance(settings, SettingsPage)
    box = settings.help.tell()
    qtbot.waitUntil(lambda: box.text.toPlainText() != LOOKING)
    assert "journal_mode = wal" in box.text.toPlainText()
    box.accept()


def test_files_that_are_not_as_built_are_told_of(notices: Notices) -> None:
    care.tell_tampered(notices, Tampered())
    assert notices.shown == []
    care.tell_tampered(notices, Tampered(changed=("bianmin",)))
    [told] = notices.shown
    assert "联系县里的技术人员重新安装" in told.text
