"""Forms: fields come and go without taking what was typed, and problems stand beside their fields."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.forms import choices, field, in_window, leave, press, texts
from ui.widgets.error_summary import ErrorSummary, named
from ui.widgets.form_view import CUT, FormView

NAME = field("text", "name", label="姓名")
BANK = field("choice", "bank", label="开户银行", choices=choices("陕西农信", "邮储"))
DAY = field("date", "day", label="起始日期")


def form(qtbot, *fields):
    view = FormView()
    view.show_fields(fields)
    return view, in_window(qtbot, view)


def test_filling_emits_nothing(qtbot):
    view, _ = form(qtbot, NAME, BANK)
    with qtbot.assertNotEmitted(view.changed):
        view.show_values({"name": "刘桂兰", "bank": "邮储", "not shown": "x"})
    assert view.values() == {"name": "刘桂兰", "bank": "邮储"}


def test_typing_emits_changed(qtbot):
    view, _ = form(qtbot, NAME)
    with qtbot.waitSignal(view.changed):
        QTest.keyClicks(view.cell("name").editor.input, "a")


def test_a_field_that_appears_leaves_focus_and_text_where_they_are(qtbot):
    view, _ = form(qtbot, NAME, DAY)
    view.focus("day")
    line = view.cell("day").editor.input
    QTest.keyClicks(line, "2026-1")
    view.show_fields((NAME, BANK, DAY))
    assert view.keys() == ("name", "bank", "day")
    assert line.hasFocus()
    QTest.keyClicks(line, "2")
    assert view.values()["day"] == "2026-12"


def test_a_field_that_changes_its_definition_keeps_its_value(qtbot):
    view, _ = form(qtbot, BANK)
    view.show_values({"bank": "邮储"})
    view.show_fields((field("choice", "bank", label="银行", choices=choices("邮储", "工行")),))
    assert view.values() == {"bank": "邮储"}
    assert view.cell("bank").label.text() == "银行"


def test_a_field_that_goes_is_not_in_the_values(qtbot):
    view, _ = form(qtbot, NAME, BANK)
    view.show_fields((NAME,))
    assert view.values() == {"name": ""}
    assert view.cell("bank") is None
    assert not view.focus("bank")


def test_tab_follows_reading_order_after_fields_came_between(qtbot):
    view, _ = form(qtbot, NAME, DAY)
    view.show_fields((NAME, BANK, DAY))
    view.focus("name")
    press(view.cell("name").editor.input, Qt.Key.Key_Tab)
    assert view.cell("bank").editor.input.hasFocus()
    press(view.cell("bank").editor.input, Qt.Key.Key_Return)
    assert view.cell("day").editor.input.hasFocus()


def test_problems_stand_beside_their_fields_and_go_when_mended(qtbot):
    view, _ = form(qtbot, NAME, DAY)
    view.show_problems({"day": "日期请写成 2026-3-5 的样子"})
    cell = view.cell("day")
    assert cell.problem.isVisible()
    assert cell.problem.text() == "日期请写成 2026-3-5 的样子"
    assert cell.editor.input.property("problem") is True
    assert not view.cell("name").problem.isVisible()
    view.show_problems({})
    assert not cell.problem.isVisible()
    assert cell.editor.input.property("problem") is False


@pytest.mark.parametrize(
    ("kind", "most"), [("text", 60), ("idnumber", 100), ("phone", 100), ("date", 100)]
)
def test_what_did_not_go_in_is_told_with_the_limit(qtbot, kind, most):
    """A pasted book: the field keeps its beginning and says so, till there is room again."""
    one = field(kind, "one", label="栏目", max_length=60)
    view, _ = form(qtbot, one)
    cell = view.cell("one")
    cell.editor.input.insert("一" * 200_000)
    assert cell.editor.value() == "一" * most
    assert cell.problem.isVisible()
    assert cell.problem.text() == CUT.format(most=most)
    view.show_problems({"one": "请核对。"})
    assert cell.problem.text() == CUT.format(most=most) + "请核对。"
    view.show_problems({})
    assert cell.problem.isVisible()
    view.focus("one")
    press(cell.editor.input, Qt.Key.Key_Backspace)
    assert not cell.problem.isVisible()
    QTest.keyClicks(cell.editor.input, "12")
    assert cell.problem.text() == CUT.format(most=most)
    view.show_values({"one": ""})
    view.show_problems({})
    assert not cell.problem.isVisible()


def test_a_longer_value_that_is_known_is_not_cut(qtbot):
    """An older catalogue may have let more in."""
    view, _ = form(qtbot, field("text", "one", max_length=5), field("account", "two"))
    known = {"one": "𬭎" * 9, "two": "1" * 120}
    view.show_values(known)
    assert view.values() == known


def test_leaving_a_field_tells_its_key(qtbot):
    view, window = form(qtbot, NAME)
    view.focus("name")
    with qtbot.waitSignal(view.left) as told:
        leave(window)
    assert told.args == ["name"]


def test_what_need_not_be_filled_says_so(qtbot):
    optional = field("text", "remark", label="备注")
    view, _ = form(qtbot, NAME)
    assert view.cell("name").label.text() == "姓名"
    view.show_fields((replace(optional, required=False),))
    assert view.cell("remark").label.text() == "备注（选填）"


def test_a_label_that_asks_takes_no_colon():
    assert named("姓名", "请填写。") == "姓名：请填写。"
    assert named("在别处领过吗？", "请选一个。") == "在别处领过吗？请选一个。"
    assert named("", "请核对。") == "请核对。"


def test_the_summary_leads_to_the_field(qtbot):
    summary = ErrorSummary()
    in_window(qtbot, summary)
    assert not summary.isVisible()
    summary.show_problems((("name", "请填姓名"), ("bank", "请选开户银行")))
    assert summary.sentences() == ("请填姓名", "请选开户银行")
    with qtbot.waitSignal(summary.chosen) as told:
        summary.take_focus()
        press(summary.focusWidget(), Qt.Key.Key_Tab)
        press(summary.focusWidget(), Qt.Key.Key_Return)
    assert told.args == ["bank"]
    summary.show_problems(())
    assert not summary.isVisible()
    assert texts(summary._links) == []
