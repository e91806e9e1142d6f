"""打印 in 设置: a line per paper, each choice kept at once, and a printer set right by two numbers."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QComboBox, QPushButton

from desk.services import party_body, printers, roles
from desk.services.printers import EVERY, PrinterProfile
from tests.ui.desk_room import Room, nothing_goes_on, open_room
from tests.ui.printer_tray import NAME
from ui.pages.settings.backup_card import PULL
from ui.pages.settings.page import SettingsPage


@pytest.fixture
def room(tmp_path, qtbot) -> Iterator[Room]:
    with open_room(tmp_path / "office", qtbot) as opened:
        yield opened


@pytest.fixture
def page(room) -> SettingsPage:
    shell = room.shell("settings")
    made = SettingsPage(shell, room.tray)
    room.show(made, shell)
    return made


def choose(room: Room, combo: QComboBox, data: str) -> None:
    combo.setCurrentIndex(combo.findData(data))
    combo.activated.emit(combo.currentIndex())
    room.settle()


def test_the_usual_paper_and_printer_are_kept_at_once(room, page):
    choose(room, page.printing.rows[0].medium, "241/3")
    choose(room, page.printing.rows[0].printer, NAME)
    row = page.printing.rows[0]
    assert row.silent.isChecked(), "a printer that was chosen prints without asking"
    row.copies.setValue(2)
    room.settle()
    page.printing.rows[0].silent.click()
    room.settle()
    assert printers.profiles(room.office) == (
        PrinterProfile(EVERY, "241/3", NAME, copies=2, silent=False),
    )
    assert room.toasts() == ["已保存"] * 4


def test_a_kind_of_paper_is_set_on_its_own_and_let_go_again(room, page):
    choose(room, page.printing.more, "receipt_slip")
    assert [row.title.text() for row in page.printing.rows] == ["其他所有文书", "材料接收凭证"]
    assert page.printing.more.findData("receipt_slip") == -1
    choose(room, page.printing.rows[1].medium, "58mm")
    assert printers.profile(room.office, kind="receipt_slip").medium == "58mm"
    page.printing.rows[1].dropped.emit("receipt_slip")
    room.settle()
    assert [row.title.text() for row in page.printing.rows] == ["所有文书"]
    assert page.printing.more.findData("receipt_slip") >= 0


def test_a_printer_that_is_off_stays_chosen(room, page):
    room.tray.there = False
    printers.save_profile(room.office, profile=PrinterProfile(EVERY, printer="旧打印机"))
    page.refresh()
    room.settle()
    assert page.printing.rows[0].printer.currentText() == "旧打印机（没有连上）"


def test_two_numbers_set_a_printer_right(room, page):
    choose(room, page.printing.rows[0].printer, NAME)
    panel = page.printing.calibration
    page.printing.rows[0].calibrate.emit(page.printing.rows[0].profile)
    assert panel.isVisible()
    panel.page_asked.emit(panel.profile)
    room.settle()
    assert len(room.tray.prints()) == 1
    panel.left.setText("１９.5")
    panel.top.setText("22")
    panel.keep()
    room.settle()
    assert not panel.isVisible()
    kept = page.printing.rows[0].profile
    assert (kept.dx, kept.dy) == (0.5, -2.0)
    page.printing.rows[0].calibrate.emit(kept)
    assert panel.now.text() == "现在已调：向右 0.5 毫米，向上 2 毫米。再打一张看看还偏不偏。"
    panel.left.setText("20.5")
    panel.keep()
    room.settle()
    assert (page.printing.rows[0].profile.dx, page.printing.rows[0].profile.dy) == (0.0, -2.0)


@pytest.mark.parametrize("typed", ["", "二十", "nan", "-3", "61"])
def test_what_no_ruler_says_is_refused_in_words(room, page, typed):
    page.printing.rows[0].calibrate.emit(page.printing.rows[0].profile)
    panel = page.printing.calibration
    panel.left.setText(typed)
    panel.keep()
    room.settle()
    assert panel.problem.text().startswith("量到的数要在 0 到 40 毫米之间")
    assert panel.left.property("problem") == "true"
    assert printers.profiles(room.office)[0].dx == 0
    assert page.go_back()
    assert not panel.isVisible()


def test_the_party_committee_is_kept_and_comes_back(room, page):
    room.settle()
    assert not page.party.save.isEnabled()
    page.party.form.cell("hall_base_phone").editor.show_value("12")
    page.party.form.changed.emit()
    page.party.save.click()
    room.settle()
    assert page.party.form.cell("hall_base_phone").problem.text()
    assert page.party.save.isEnabled()
    page.party.form.show_values({"hall_base_phone": "02932280001", "hall_issuer": "中共县委组织部"})
    page.party.save.click()
    room.settle()
    assert room.toasts() == ["已保存"]
    assert not page.party.save.isEnabled()
    assert page.party.form.values()["hall_base_phone"] == "029-32280001"
    assert party_body.read(room.office)["hall_issuer"] == "中共县委组织部"


def test_the_move_to_another_computer_says_how_far_it_is(room):
    shell = room.shell("settings")
    page = SettingsPage(shell, room.tray)
    room.show(page, shell)
    assert page.moving.table.isHidden()
    page.moving.open.click()
    room.settle()
    assert [one.standing for one in page.moving.steps][:2] == ["done", "open"]
    assert not page.moving.table.isHidden()


def test_backups_are_made_copied_stopped_and_refused(room, page, tmp_path):
    card = page.backup
    card.strip.cancel_asked.emit()
    card.stick.click()
    room.settle()
    assert card.strip.isHidden(), "no folder was chosen"
    folder = room.answers.path = tmp_path / "stick"
    folder.write_bytes(b"")
    card.stick.click()
    room.settle()
    assert "U 盘" in page.banner.text
    assert card.strip.isHidden()
    folder.unlink()
    folder.mkdir()
    with nothing_goes_on(room):
        card.stick.click()
        card.strip.stop.click()
    room.settle()
    assert card.strip.words.text() == "已停下，没有留下半份备份。"
    assert list(folder.rglob("*.db")) == []
    card.stick.click()
    room.settle()
    assert card.strip.words.text() == PULL
    assert card.stick.isEnabled()
    assert card.rows["copied"].text() != "—"


def test_who_may_not_change_the_desk_has_a_shorter_page(room):
    room.office.grants = roles.granted("clerk", ())
    shell = room.shell("settings")
    page = SettingsPage(shell, room.tray)
    room.show(page, shell)
    assert page.operators is None
    assert not page.keeping.isVisible()
    room.settle()
    page.camera._choose()
    assert room.toasts() == []


def test_the_calibration_page_is_printed_from_its_panel(room, page):
    panel = page.printing.calibration
    (sheet,) = [b for b in panel.findChildren(QPushButton) if b.text() == "打一张校准页"]
    sheet.click()
    panel.keep()
    room.settle()
    assert room.tray.prints() == []
    choose(room, page.printing.rows[0].printer, NAME)
    page.printing.rows[0].calibrate.emit(page.printing.rows[0].profile)
    sheet.click()
    room.settle()
    assert len(room.tray.prints()) == 1


def test_what_is_being_typed_stays_and_what_is_not_granted_is_told(room, page, tmp_path):
    page.party.form.show_values({"hall_issuer": "中共县委"})
    page.party.form.changed.emit()
    page.party.refresh()
    room.settle()
    assert page.party.form.values()["hall_issuer"] == "中共县委"
    room.office.grants = ()
    page.party.save.click()
    room.settle()
    assert page.banner.text
    page.banner.clear()
    room.answers.path = tmp_path
    page.camera._choose()
    room.settle()
    assert page.banner.text
    assert room.toasts() == []
