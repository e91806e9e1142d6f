"""The set-up as a clerk goes through it: refusals in place, nothing lost, the recovery key typed back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from desk import keyring
from desk.clock import FixedClock
from desk.paths import OfficePaths
from tests.builders import MONDAY, PASSWORD, make_office, take_in
from tests.ui.printer_tray import Tray
from ui.pages.setup import ProvePage, SetupPage
from ui.pages.sign_in import SignInPage
from ui.pages.welcome import WelcomePage
from ui.startup import Start
from ui.widgets.key_boxes import groups_of


@pytest.fixture
def start(qtbot, qapp, tmp_path, chooser):
    """The program started on an empty folder."""
    made = Start(qapp, OfficePaths(tmp_path / "desk"), FixedClock(MONDAY), chooser)
    qtbot.addWidget(made.host)
    yield made
    made.close()


@pytest.fixture
def page(qtbot, start):
    start.show()
    assert isinstance(start.host.centralWidget(), WelcomePage)
    wait_for(qtbot, start, SetupPage)
    start.host.activateWindow()
    qtbot.waitUntil(start.host.isActiveWindow)
    return start.host.centralWidget()


def wait_for(qtbot, start, kind):
    """Until a page of that kind is on the screen; the layout shows it a moment after it is put there."""

    def there() -> bool:
        page = start.host.centralWidget()
        return isinstance(page, kind) and page.isVisible()

    qtbot.waitUntil(there, timeout=20_000)


def fill_hall(page):
    page.hall.form.show_values(
        {
            "community_name": "池阳社区",
            "community_code": "610422001001",
            "window": "２",
            "phone": "029-32280000",
        }
    )


def fill_operator(page, again=PASSWORD):
    for key, value in (("operator_name", "王敏"), ("password", PASSWORD), ("again", again)):
        page.operator.cells[key].editor.show_value(value)


def press_f9(qtbot, page):
    qtbot.keyClick(page, Qt.Key.Key_F9)


def to_the_key(qtbot, page):
    fill_hall(page)
    press_f9(qtbot, page)
    fill_operator(page)
    press_f9(qtbot, page)
    qtbot.waitUntil(page.recovery.isVisible, timeout=20_000)


def test_what_is_missing_is_said_beside_the_field_and_on_top(qtbot, page):
    page.hall.form.show_values({"phone": "029-1"})
    press_f9(qtbot, page)
    assert page.hall.isVisible()
    assert page.hall.form.cell("community_name").problem.text() == "还没有填，请填写。"
    assert page.hall.summary.sentences()[0] == "社区（村）名称：还没有填，请填写。"
    assert page.hall.form.values()["phone"] == "029-1"


def test_the_code_begins_as_the_county_and_the_town_do(page):
    form = page.hall.form
    form.show_values({"county": "610422"})
    form.changed.emit()
    assert str(form.values()["community_code"]).startswith("610422")
    assert "610422" in form.cell("community_code").help.text()


def test_a_code_typed_over_the_first_digits_stays_as_typed(qtbot, page):
    code = page.hall.form.cell("community_code").editor.input
    code.setFocus()
    code.selectAll()
    qtbot.keyClicks(code, "610422001001")
    assert page.hall.profile().community_code == "610422001001"


def test_two_different_passwords_are_told(qtbot, page):
    fill_hall(page)
    press_f9(qtbot, page)
    fill_operator(page, again="渭河北岸")
    press_f9(qtbot, page)
    assert page.operator.isVisible()
    assert "不一样" in page.operator.cells["again"].problem.text()
    assert page.operator.name == "王敏"
    assert page.operator.password == PASSWORD


def test_a_password_others_know_is_refused_with_its_reason(qtbot, page):
    fill_hall(page)
    press_f9(qtbot, page)
    for key in ("password", "again"):
        page.operator.cells[key].editor.show_value("12345678")
    press_f9(qtbot, page)
    assert page.operator.cells["password"].problem.text()
    assert page.operator.cells["operator_name"].problem.text()
    assert len(page.operator.summary.sentences()) == 2


def test_the_key_is_typed_back_group_by_group(qtbot, page, start):
    to_the_key(qtbot, page)
    groups = page.recovery._shown
    assert len(groups) == 8
    assert not page.operator.password
    press_f9(qtbot, page)
    boxes = page.recovery.boxes
    for box, group in zip(boxes, groups, strict=True):
        qtbot.keyClicks(box, f" {group.lower()}")
    boxes[2].setText("AAAAA")
    press_f9(qtbot, page)
    qtbot.waitUntil(page.recovery.problem.isVisible, timeout=20_000)
    assert "第 3 组" in page.recovery.problem.text()
    assert boxes[3].text().strip().upper() == groups[3]
    boxes[2].setText(groups[2].lower())
    finished: list[object] = []
    page.finished.connect(finished.append)
    with qtbot.waitSignal(start.opened, timeout=20_000):
        for _ in range(2):
            press_f9(qtbot, page)
    assert len(finished) == 1, "however often the key is pressed"
    assert keyring.is_proved(start.paths.folder)


def test_the_sheet_is_saved_where_the_clerk_wants_it(qtbot, page, start, chooser, tmp_path):
    to_the_key(qtbot, page)
    target = tmp_path / "恢复密钥.pdf"
    chooser.answers.append(target)
    qtbot.mouseClick(page.recovery.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(target.is_file, timeout=20_000)
    qtbot.waitUntil(lambda: bool(start.notices.shown))
    assert target.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(("there", "said"), [(True, "已送到打印机"), (False, "没有找到打印机")])
def test_the_sheet_goes_to_a_printer(qtbot, page, start, tmp_path, there, said):
    to_the_key(qtbot, page)
    page.sheet.printers = Tray(tmp_path / "printed", there=there)
    qtbot.mouseClick(page.recovery.print_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(start.notices.shown), timeout=20_000)
    assert start.notices.shown[-1].title.startswith(said)
    assert len(page.sheet.printers.prints()) == there


def test_a_whole_key_put_into_one_box_fills_them_all(page):
    key = "YNB22-7DEPD-PGD7B-JF77E-EZTJT-X0CYA-DKSBS-WM23B"
    page.recovery.boxes[0].pasted.emit(key.lower())
    assert page.recovery.typed() == key
    assert groups_of(key.replace("-", " ")) == groups_of(key)


def said(page, words):
    """Whether a label of the page says this."""
    return any(words in one.text() for one in page.findChildren(QLabel))


def sign_in_again(qtbot, qapp, start):
    """Close, start again, sign in: first with a wrong password, then with the right one."""
    start.close()
    again = Start(qapp, start.paths, FixedClock(MONDAY))
    qtbot.addWidget(again.host)
    again.show()
    start.host.hide()
    again.host.activateWindow()
    qtbot.waitUntil(again.host.isActiveWindow)
    signing = again.host.centralWidget()
    assert isinstance(signing, SignInPage)
    signing.password.setText("nicht das Wort")
    signing.submit()
    qtbot.waitUntil(signing.problem.isVisible, timeout=20_000)
    assert "对不上" in signing.problem.text()
    signing.password.setText(PASSWORD)
    signing.submit()
    return again


def test_a_key_not_typed_back_is_asked_for_at_the_next_sign_in(qtbot, qapp, page, start):
    to_the_key(qtbot, page)
    groups = page.recovery._shown
    again = sign_in_again(qtbot, qapp, start)
    wait_for(qtbot, again, ProvePage)
    proving = again.host.centralWidget()
    proving.step.boxes[0].setText("AAAAA")
    press_f9(qtbot, proving)
    qtbot.waitUntil(proving.step.problem.isVisible, timeout=20_000)
    for box, group in zip(proving.step.boxes, groups, strict=True):
        box.setText(group.lower())
    proved: list[bool] = []
    proving.finished.connect(lambda: proved.append(True))
    with qtbot.waitSignal(again.opened, timeout=20_000):
        for _ in range(2):
            press_f9(qtbot, proving)
    assert proved == [True], "however often the key is pressed"
    assert keyring.is_proved(start.paths.folder)
    again.close()


def test_proving_may_be_put_off(qtbot, qapp, page, start):
    to_the_key(qtbot, page)
    again = sign_in_again(qtbot, qapp, start)
    wait_for(qtbot, again, ProvePage)
    assert again.host.centralWidget().later.text() == "先进去，受理前再核对"
    assert said(again.host.centralWidget(), "核对过才能受理第一件")
    with qtbot.waitSignal(again.opened, timeout=20_000):
        qtbot.mouseClick(again.host.centralWidget().later, Qt.MouseButton.LeftButton)
    assert not keyring.is_proved(start.paths.folder)
    QApplication.processEvents()
    again.close()


def test_a_hall_that_has_begun_may_work_on_and_is_asked_next_time(qtbot, qapp, tmp_path):
    """A new recovery key was made there; the sheet may lie in a safe while people wait."""
    made = make_office(tmp_path / "begun")
    take_in(made.office)
    key = keyring.open_with_recovery(made.office.paths.folder, made.recovery_key)
    keyring.renew_recovery(made.office.paths.folder, key)
    made.office.close()
    start = Start(qapp, made.office.paths, FixedClock(MONDAY))
    qtbot.addWidget(start.host)
    with qtbot.waitSignal(start.loaded, timeout=20_000):
        start.show()
    signing = start.host.centralWidget()
    assert isinstance(signing, SignInPage)
    signing.password.setText(PASSWORD)
    signing.submit()
    wait_for(qtbot, start, ProvePage)
    page = start.host.centralWidget()
    assert isinstance(page, ProvePage)
    assert page.later.text() == "先办业务，下次再核对"
    assert said(page, "可以先办业务，下次登录再核对")
    with qtbot.waitSignal(start.opened, timeout=20_000):
        qtbot.mouseClick(page.later, Qt.MouseButton.LeftButton)
    start.close()


def test_a_folder_that_cannot_be_used_is_told_and_what_was_typed_stays(qtbot, page, tmp_path):
    fill_hall(page)
    press_f9(qtbot, page)
    fill_operator(page)
    assert not (tmp_path / "desk").exists()
    (tmp_path / "desk").write_bytes(b"")
    press_f9(qtbot, page)
    qtbot.waitUntil(lambda: bool(page.banner.text), timeout=20_000)
    assert page.operator.isVisible()
    assert page.operator.password == PASSWORD
    (tmp_path / "desk").unlink()
    press_f9(qtbot, page)
    qtbot.waitUntil(page.recovery.isVisible, timeout=20_000)
