"""Editors: a value as typed, filling without a sound, masks, hints, keys."""

from typing import Any

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCalendarWidget

from tests.ui.forms import ID_NO, choices, field, in_window, leave, press
from ui.widgets.choice_editors import BoolEditor, ChoiceEditor, MultiEditor
from ui.widgets.field_editors import editor_for
from ui.widgets.form_view import FormView
from ui.widgets.line_editors import DateEditor, LineEditor, NoteEditor, SecretEditor

# The offscreen platform has neither a window stack nor a keyboard grab, which pop-ups ask for.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

THREE = choices("低保", "特困", "残疾")
FILLED = [
    (field("text"), "刘桂兰"),
    (field("note"), "行动不便"),
    (field("int"), "3"),
    (field("date"), "1956-03-12"),
    (field("month"), "2026-11"),
    (field("money"), "50.00"),
    (field("choice", choices=THREE), "特困"),
    (field("choice", choices=choices(*"一二三四五六七八九十")), "九"),
    (field("choice", choices=THREE, multi=True), ["低保", "残疾"]),
    (field("phone"), "13891042734"),
    (field("idnumber"), ID_NO),
    (field("account"), "6217991234560418"),
    (field("bool"), False),
]


@pytest.mark.parametrize(("definition", "value"), FILLED, ids=lambda x: getattr(x, "kind", ""))
def test_filling_emits_nothing_and_is_read_back(qtbot, definition, value):
    editor = editor_for(definition)
    qtbot.addWidget(editor)
    with qtbot.assertNotEmitted(editor.edited):
        editor.show_value(value)
    assert editor.value() == value
    with qtbot.assertNotEmitted(editor.edited):
        editor.show_value(None)
    assert not editor.value()


@pytest.mark.parametrize("kind", ["text", "int", "date", "month", "money", "phone", "account"])
def test_typing_is_told(qtbot, kind):
    editor = editor_for(field(kind))
    in_window(qtbot, editor)
    with qtbot.waitSignal(editor.edited):
        QTest.keyClicks(editor.input, "1")
    assert editor.value() == "1"


@pytest.mark.parametrize("kind", ["int", "date", "month", "money", "phone", "idnumber", "account"])
def test_numbers_ask_the_input_method_for_latin_letters(qtbot, kind):
    editor = editor_for(field(kind))
    qtbot.addWidget(editor)
    assert editor.input.inputMethodHints() & Qt.InputMethodHint.ImhLatinOnly


def test_words_leave_the_input_method_alone(qtbot):
    editor = editor_for(field("text"))
    qtbot.addWidget(editor)
    assert editor.input.inputMethodHints() == Qt.InputMethodHint.ImhNone


def test_a_number_is_masked_once_it_is_whole_and_left(qtbot):
    editor = SecretEditor(field("idnumber"))
    window = in_window(qtbot, editor)
    editor.line.setFocus()
    QTest.keyClicks(editor.line, ID_NO)
    assert editor.line.text() == ID_NO
    leave(window)
    assert editor.line.text() == "6104**********0420"
    assert editor.value() == ID_NO


def test_half_a_number_is_not_masked(qtbot):
    editor = SecretEditor(field("idnumber"))
    window = in_window(qtbot, editor)
    editor.line.setFocus()
    QTest.keyClicks(editor.line, "61042219")
    leave(window)
    assert editor.line.text() == "61042219"


def test_a_number_typed_here_can_be_shown_again(qtbot):
    editor = SecretEditor(field("account"))
    window = in_window(qtbot, editor)
    editor.line.setFocus()
    QTest.keyClicks(editor.line, "6217991234560418")
    leave(window)
    assert editor.line.text() == "****0418"
    [show] = editor.line.findChildren(QAbstractButton)
    show.click()
    assert editor.line.text() == "6217991234560418"


def test_a_number_of_the_file_stays_masked(qtbot):
    editor = SecretEditor(field("account"))
    in_window(qtbot, editor)
    editor.show_value("6217991234560418")
    [show] = editor.line.findChildren(QAbstractButton)
    assert not show.isVisible()
    editor.line.setFocus()
    press(editor.line, Qt.Key.Key_Left)
    assert (editor.line.text(), editor.value()) == ("****0418", "6217991234560418")
    press(editor.line, Qt.Key.Key_Backspace)
    assert editor.value() == ""


def test_typing_into_a_masked_number_starts_a_new_one(qtbot):
    editor = SecretEditor(field("idnumber"))
    in_window(qtbot, editor)
    editor.show_value(ID_NO)
    editor.line.setFocus()
    QTest.keyClicks(editor.line, "62")
    assert editor.value() == "62"
    assert editor.line.text() == "62"


def test_backspace_shows_a_number_typed_here_to_be_mended(qtbot):
    editor = SecretEditor(field("idnumber"))
    window = in_window(qtbot, editor)
    editor.line.setFocus()
    QTest.keyClicks(editor.line, ID_NO)
    leave(window)
    editor.line.setFocus()
    press(editor.line, Qt.Key.Key_Backspace)
    assert editor.value() == ID_NO[:-1]


@pytest.mark.parametrize("typed", ["1956-3-12", "1956.3.12", "19560312", "1956年3月12日"])
def test_a_date_typed_anyhow_is_put_in_its_usual_form(qtbot, typed):
    editor = DateEditor(field("date"))
    window = in_window(qtbot, editor)
    editor.line.setFocus()
    editor.line.insert(typed)
    leave(window)
    assert editor.value() == "1956-03-12"


def test_what_is_no_date_stays_as_typed(qtbot):
    editor = DateEditor(field("date"))
    window = in_window(qtbot, editor)
    editor.line.setFocus()
    QTest.keyClicks(editor.line, "soon")
    leave(window)
    assert editor.value() == "soon"


def test_arrows_choose_and_backspace_takes_back(qtbot):
    editor = ChoiceEditor(field("choice", choices=THREE))
    in_window(qtbot, editor)
    assert editor.value() is None
    with qtbot.waitSignal(editor.edited):
        press(editor.combo, Qt.Key.Key_Down)
    assert editor.value() == "低保"
    press(editor.combo, Qt.Key.Key_Backspace)
    assert editor.value() is None


def _initials(label: str) -> list[str]:
    return {"汉族": ["hz"], "回族": ["hz"], "苗族": ["mz"], "土家族": ["tjz"]}.get(label, [])


def long_list(qtbot) -> ChoiceEditor:
    labels = ("汉族", "回族", "苗族", "土家族", "藏族", "彝族", "壮族", "侗族", "瑶族")
    return ChoiceEditor(field("choice", choices=choices(*labels)), initials=_initials)


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Return])
def test_a_long_list_is_found_by_initials(qtbot, key):
    editor = long_list(qtbot)
    in_window(qtbot, editor)
    editor.combo.setFocus()
    QTest.keyClicks(editor.combo, "tjz")
    completer = editor.combo.completer()
    assert completer is not None
    found = completer.popup()
    assert found.model().rowCount() == 1
    with qtbot.waitSignal(editor.left):
        press(found, key)
    assert editor.value() == "土家族"
    assert editor.combo.currentText() == "土家族"
    assert not editor.combo.hasFocus()


def test_initials_that_fit_two_entries_choose_neither_and_stay(qtbot):
    editor = long_list(qtbot)
    window = in_window(qtbot, editor)
    editor.combo.setFocus()
    QTest.keyClicks(editor.combo, "hz")
    leave(window)
    assert editor.value() == "hz"


def test_the_wheel_changes_nothing_in_passing(qtbot):
    editor = ChoiceEditor(field("choice", choices=THREE))
    in_window(qtbot, editor)
    editor.show_value("特困")
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(editor.combo, turn)
    assert editor.value() == "特困"


def test_several_are_ticked_in_the_list_that_opens(qtbot):
    editor = MultiEditor(field("choice", choices=THREE, multi=True))
    in_window(qtbot, editor)
    press(editor.button, Qt.Key.Key_Down)
    assert editor.popup.isVisible()
    with qtbot.waitSignal(editor.edited):
        press(editor.popup.list, Qt.Key.Key_Space)
    assert editor.value() == ["低保"]
    assert editor.button.text() == "低保"
    editor.popup.close()


def test_yes_no_starts_unanswered_and_can_be_unanswered_again(qtbot):
    editor = BoolEditor(field("bool"))
    in_window(qtbot, editor)
    assert editor.value() is None
    for key, answer in (
        (Qt.Key.Key_Left, True),
        (Qt.Key.Key_Right, False),
        (Qt.Key.Key_Space, True),
        (Qt.Key.Key_Backspace, None),
    ):
        press(editor.segments, key)
        assert editor.value() is answer


def test_a_click_on_the_answer_given_takes_it_back(qtbot):
    editor = BoolEditor(field("bool"))
    in_window(qtbot, editor)
    QTest.mouseClick(editor.segments.buttons[True], Qt.MouseButton.LeftButton)
    assert editor.value() is True
    QTest.mouseClick(editor.segments.buttons[True], Qt.MouseButton.LeftButton)
    assert editor.value() is None


@pytest.mark.parametrize("kind", ["text", "idnumber", "bool"])
def test_enter_goes_to_the_next_field(qtbot, kind):
    first, second = editor_for(field(kind)), LineEditor(field("text"))
    in_window(qtbot, first, second)
    first.input.setFocus()
    press(first.input, Qt.Key.Key_Return)
    assert second.line.hasFocus()


def test_enter_goes_on_from_a_choice(qtbot):
    first, second = ChoiceEditor(field("choice", choices=THREE)), LineEditor(field("text"))
    in_window(qtbot, first, second)
    first.combo.setFocus()
    press(first.combo, Qt.Key.Key_Return)
    assert second.line.hasFocus()


def test_leaving_is_told_once(qtbot):
    editor = NoteEditor(field("note"))
    window = in_window(qtbot, editor)
    editor.box.setFocus()
    with qtbot.waitSignal(editor.left):
        leave(window)


def test_a_derived_value_is_shown_and_not_typed(qtbot):
    editor = LineEditor(field("text", derive="age"))
    in_window(qtbot, editor)
    editor.show_value("70 岁")
    QTest.keyClicks(editor.line, "9")
    assert editor.line.text() == "70 岁"
    assert editor.line.focusPolicy() == Qt.FocusPolicy.NoFocus


def press_calendar(editor: DateEditor) -> None:
    (button,) = editor.line.findChildren(QAbstractButton)
    button.click()


def test_a_day_is_picked_from_the_calendar(qtbot):
    editor = DateEditor(field("date"))
    in_window(qtbot, editor)
    opened = []
    for typed in ("明天", "2026-11-30"):
        editor.show_value(typed)
        press_calendar(editor)
        menu: Any = QApplication.activePopupWidget()
        calendar = menu.findChild(QCalendarWidget)
        opened.append(calendar.selectedDate() == QDate(2026, 11, 30))
        day = QDate(2026, 12, 7) if opened[-1] else QDate(2026, 11, 30)
        with qtbot.waitSignal(editor.edited):
            calendar.clicked.emit(day)
        assert not menu.isVisible()
        with qtbot.assertNotEmitted(editor.edited):
            editor._pick(day)
        assert editor.value() == day.toString(Qt.DateFormat.ISODate)
    assert opened == [False, True]


def test_a_number_shown_again_is_hidden_again_and_an_input_method_starts_a_new_one(qtbot):
    editor = SecretEditor(field("idnumber"))
    window = in_window(qtbot, editor)
    editor.line.setFocus()
    QTest.keyClicks(editor.line, ID_NO)
    leave(window)
    editor.tidy()
    whole = []
    for _ in range(2):
        editor._button.click()
        whole.append(editor.line.text() == ID_NO)
    assert whole == [True, False]
    assert editor.masked
    QApplication.sendEvent(editor.line, QInputMethodEvent("6", []))
    assert (editor.value(), editor.masked) == ("", False)


def test_keys_that_change_nothing_are_not_told(qtbot):
    choice = ChoiceEditor(field("choice", choices=THREE))
    answer = BoolEditor(field("bool", key="h"))
    in_window(qtbot, choice, answer)
    with qtbot.assertNotEmitted(choice.edited):
        press(choice.combo, Qt.Key.Key_Backspace)
    press(answer.segments, Qt.Key.Key_Left)
    with qtbot.assertNotEmitted(answer.edited):
        answer._choose(True)
    assert answer.value() is True


def test_enter_goes_on_from_several_and_closes_their_list(qtbot):
    form = FormView(columns=1)
    form.show_fields(
        (field("choice", key="several", choices=THREE, multi=True), field("text", key="next"))
    )
    in_window(qtbot, form)
    parts: list[Any] = [form.cell(key) for key in ("several", "next")]
    several, following = (one.editor for one in parts)
    several.button.setFocus()
    press(several.button, Qt.Key.Key_Return)
    assert following.input.hasFocus()
    press(several.button, Qt.Key.Key_Down)
    press(several.popup, Qt.Key.Key_F9)
    assert several.popup.isVisible()
    press(several.popup, Qt.Key.Key_Return)
    assert not several.popup.isVisible()
