"""The intake page at a real office: known people, items, verdict, papers, ends, drafts."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desk.services import case_views, drafts, intake
from desk.services.views import CaseFilter, DraftRow, IntakeValues
from tests.builders import all_papers, id_number, intake_values, person, take_in
from tests.ui.intake_desk import Desk, quiet
from ui.pages.intake.layout import CHOOSE, DONE, FILL

ITEM = "MZ-GL-01"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def take_up(qtbot, desk: Desk, values: IntakeValues) -> None:
    """Have these values typed, as a draft taken up."""
    saved = drafts.save(desk.office, draft_id=None, values=values).value
    desk.page.take_up(DraftRow(saved, "", "2026-11-23T11:42:00", values))
    qtbot.waitUntil(lambda: desk.page.live.view is not None)
    qtbot.waitUntil(quiet(desk))


def end_labels(desk: Desk) -> list[str]:
    return [action.key for action in desk.page.parts.paper.ends.drawn()]


def finish(qtbot, desk: Desk) -> None:
    desk.page.main_action()
    qtbot.waitUntil(lambda: desk.page.parts.stage() == DONE)
    qtbot.waitUntil(quiet(desk))


def test_it_begins_with_the_number_and_the_items(qtbot, desk):
    parts = desk.page.parts
    assert parts.stage() == CHOOSE
    qtbot.waitUntil(lambda: parts.chooser.list.count() > 63)
    assert parts.applicant.person.form.cell("id_no").editor.input.hasFocus()
    tiles = [b for b in parts.chooser.findChildren(QPushButton) if b.property("role") == "tile"]
    assert tiles[0].text() == "1   高龄补贴申请"


def test_a_right_number_tells_sex_and_age_and_is_masked_when_left(qtbot, desk):
    desk.type_into("id_no", id_number())
    form = desk.page.parts.applicant.person.form
    assert form.values()["sex"] == "女"
    assert form.values()["age"] == "70 岁"
    line = form.cell("id_no").editor.input
    assert line.tick.isVisible()
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == "6104**********0426" or line.text().count("*") == 10
    assert desk.page.values().person.id_no == id_number()
    assert desk.page.values().person.birth == "1956-03-12"


def test_a_wrong_number_is_told_when_left_and_not_while_typing(qtbot, desk):
    desk.page.usual(1)
    qtbot.waitUntil(quiet(desk))
    desk.type_into("id_no", id_number()[:-1] + "?")
    qtbot.waitUntil(quiet(desk))
    cell = desk.page.parts.applicant.person.form.cell("id_no")
    assert not cell.problem.isVisible()
    QTest.keyClick(cell.editor.input, Qt.Key.Key_Tab)
    assert cell.problem.isVisible()


def test_a_known_person_is_filled_in_when_the_number_is_whole(qtbot, office, desk):
    take_in(office, ITEM)
    desk.type_into("id_no", id_number())
    qtbot.waitUntil(lambda: desk.page.parts.applicant.person_id is not None)
    known = desk.page.values().person
    assert (known.name, known.phone, known.live_addr) == (
        "刘桂兰",
        "13800002734",
        "三原县城关街道池阳花园",
    )
    assert desk.page.parts.applicant.history.isVisible()


def test_another_card_empties_what_was_filled_in_for_the_one_before(qtbot, office, desk):
    take_in(office, ITEM)
    desk.type_into("id_no", id_number())
    qtbot.waitUntil(lambda: desk.page.parts.applicant.person_id is not None)
    line = desk.page.parts.applicant.person.form.cell("id_no").editor.input
    line.selectAll()
    QTest.keyClicks(line, id_number(birth="19610203", order=7))
    qtbot.waitUntil(quiet(desk))
    shown = desk.page.values()
    assert shown.person_id is None
    assert (shown.person.name, shown.person.phone, shown.person.sex) == ("", "", "男")
    assert not desk.page.parts.applicant.history.isVisible()


def test_what_the_clerk_typed_is_not_overwritten_by_what_the_desk_knows(qtbot, office, desk):
    take_in(office, ITEM)
    desk.type_into("phone", "13911112222")
    desk.type_into("id_no", id_number())
    qtbot.waitUntil(lambda: desk.page.parts.applicant.person_id is not None)
    assert desk.page.values().person.phone == "13911112222"
    assert desk.page.values().person.name == "刘桂兰"


def test_a_paper_from_last_time_need_not_be_brought(qtbot, office, desk):
    take_in(office, ITEM)
    desk.page.opened(id_no=id_number())
    qtbot.waitUntil(lambda: desk.page.parts.applicant.person_id is not None)
    desk.page.usual(7)
    qtbot.waitUntil(lambda: "本次免交" in desk.page.parts.applicant.history.held.text())
    assert "居民身份证" in desk.page.parts.applicant.history.held.text()
    assert desk.page.parts.item.hand_in.checklist.model.is_ticked(0)


def test_letters_find_an_item_and_enter_takes_it(qtbot, desk):
    desk.page.parts.chooser.start()
    QTest.keyClicks(desk.page.parts.chooser.filter, "glbt")
    qtbot.waitUntil(lambda: desk.page.parts.chooser.list.count() < 10)
    QTest.keyClick(desk.page.parts.chooser.filter, Qt.Key.Key_Return)
    qtbot.waitUntil(quiet(desk))
    assert desk.page.values().item_code == ITEM
    assert desk.page.parts.stage() == FILL


def test_the_verdict_says_from_which_day(qtbot, desk):
    young = person(id_no=id_number(birth="19570101"))
    take_up(qtbot, desk, intake_values(desk.office, ITEM, who=young))
    verdict = desk.page.parts.item.verdict
    assert verdict.title.text() == "2027 年 1 月 1 日起可以办"
    assert verdict.property("tone") == "action"


def test_the_verdict_of_a_right_applicant_shows_the_amount(qtbot, desk):
    take_up(qtbot, desk, intake_values(desk.office, ITEM))
    verdict = desk.page.parts.item.verdict
    assert (verdict.title.text(), verdict.property("tone")) == ("符合条件", "good")
    assert verdict.amount.text().endswith("元")


def test_papers_decide_which_end_is_the_main_one(qtbot, desk):
    values = intake_values(desk.office, ITEM)
    take_up(qtbot, desk, replace(values, handed_in=()))
    assert end_labels(desk)[0] == "notify"
    desk.page.parts.item.hand_in.checklist.tick_all()
    qtbot.waitUntil(lambda: end_labels(desk)[0] == "receive")


def test_a_field_that_comes_with_an_answer_leaves_the_typing_alone(qtbot, desk):
    desk.page.opened(item_code=ITEM)
    qtbot.waitUntil(lambda: desk.page.live.view is not None)
    desk.type_into("bank_account", "62179")
    line = desk.window.focusWidget()
    qtbot.waitUntil(quiet(desk))
    assert desk.window.focusWidget() is line
    assert desk.page.values().form["bank_account"] == "62179"


def test_an_end_that_is_refused_tells_everything_and_goes_to_the_first_field(qtbot, desk):
    values = intake_values(desk.office, ITEM)
    take_up(qtbot, desk, replace(values, person=replace(values.person, name="", phone="")))
    desk.page.main_action()
    qtbot.waitUntil(desk.page.parts.summary.isVisible)
    said = desk.page.parts.summary.sentences()
    assert [line.split("：")[0] for line in said] == ["姓名", "联系电话"]
    name = desk.page.parts.applicant.person.form.cell("name")
    assert name.editor.input.hasFocus()
    assert name.problem.isVisible()
    desk.type_into("name", "刘桂兰")
    qtbot.waitUntil(lambda: len(desk.page.parts.summary.sentences()) == 1)
    assert case_views.counts(desk.office, wanted=CaseFilter()).get("all", 0) == 0


def test_f9_takes_the_case_in_and_says_its_number(qtbot, desk):
    take_up(qtbot, desk, intake_values(desk.office, ITEM))
    finish(qtbot, desk)
    done = desk.page.parts.done
    assert done.number.text().startswith("SJ-610422001001-02-20261123-0001-")
    qtbot.waitUntil(lambda: "刘桂兰" in done.next.text())
    qtbot.waitUntil(lambda: bool(done.preview.pictures()))
    assert done.first.hasFocus()
    assert drafts.left_behind(desk.office) == ()


def test_an_incomplete_case_ends_with_the_one_time_notice(qtbot, desk):
    take_up(qtbot, desk, replace(intake_values(desk.office, ITEM), handed_in=()))
    finish(qtbot, desk)
    page = case_views.page(desk.office, wanted=CaseFilter(group="supplement"))
    assert [row.state for row in page.rows] == ["supplement"]


def test_a_refusal_asks_for_its_reason_in_place(qtbot, desk):
    take_up(qtbot, desk, intake_values(desk.office, ITEM))
    ends = desk.page.parts.paper.ends
    refusal = next(action for action in ends.drawn() if action.key == "refuse")
    ends._press(refusal)
    assert ends.panel.isVisible()
    desk.page.main_action()
    qtbot.waitUntil(desk.page.parts.summary.isVisible)
    assert desk.page.parts.summary.sentences()[0].startswith("不予受理的原因")
    desk.type_into("reason", "材料显示户籍已经迁出")
    finish(qtbot, desk)
    (row,) = case_views.page(desk.office, wanted=CaseFilter(group="all")).rows
    assert row.state == "refused"


def test_escape_closes_the_panel_and_keeps_the_page(qtbot, desk):
    take_up(qtbot, desk, intake_values(desk.office, ITEM))
    ends = desk.page.parts.paper.ends
    ends._press(next(action for action in ends.drawn() if action.asks))
    assert desk.page.go_back()
    assert not ends.panel.isVisible()
    assert not desk.page.go_back()


def test_a_key_faster_than_the_rules_does_not_issue_the_wrong_paper(qtbot, desk):
    take_up(qtbot, desk, replace(intake_values(desk.office, ITEM), handed_in=()))
    assert end_labels(desk)[0] == "notify"
    desk.page.parts.item.hand_in.checklist.tick_all()
    desk.page.main_action()
    qtbot.waitUntil(lambda: bool(desk.said()))
    assert desk.page.parts.stage() == FILL
    assert desk.said() == ["刚填的内容改变了结果，现在是“收件并打印”，请看过再按。"]


def test_two_presses_make_one_case(qtbot, desk):
    take_up(qtbot, desk, intake_values(desk.office, ITEM))
    ends = desk.page.parts.paper.ends
    ends.press_main()
    ends.press_main()
    qtbot.waitUntil(lambda: desk.page.parts.stage() == DONE)
    qtbot.waitUntil(quiet(desk))
    assert len(case_views.page(desk.office, wanted=CaseFilter(group="all")).rows) == 1


def test_the_next_visitor_finds_everything_empty(qtbot, desk):
    take_up(qtbot, desk, intake_values(desk.office, ITEM))
    finish(qtbot, desk)
    desk.page.main_action()
    qtbot.waitUntil(quiet(desk))
    assert desk.page.values() == IntakeValues()
    assert desk.page.parts.stage() == CHOOSE
    assert desk.page.parts.applicant.person.form.cell("id_no").editor.input.hasFocus()


def test_another_item_of_the_same_visitor_keeps_the_person_only(qtbot, desk):
    take_up(qtbot, desk, intake_values(desk.office, ITEM))
    finish(qtbot, desk)
    desk.page.parts.done.another.emit()
    qtbot.waitUntil(lambda: desk.page.parts.applicant.person_id is not None)
    kept = desk.page.values()
    assert (kept.person.name, kept.person.id_no) == ("刘桂兰", id_number())
    assert (kept.item_code, kept.form, kept.handed_in, kept.privacy_told) == ("", {}, (), False)


def test_without_a_printer_the_case_is_safe_and_the_paper_can_be_saved(qtbot, desk, tmp_path):
    take_up(qtbot, desk, intake_values(desk.office, ITEM))
    finish(qtbot, desk)
    assert "还没有设打印机" in desk.page.parts.done.printed.text()
    desk.chooser.path = tmp_path / "回执.pdf"
    desk.page.parts.done.save_asked.emit()
    qtbot.waitUntil(lambda: "已存为" in desk.page.parts.done.printed.text())
    assert desk.chooser.path.read_bytes().startswith(b"%PDF")


def test_a_draft_brings_back_form_answers_and_papers(qtbot, desk):
    values = intake_values(desk.office, ITEM)
    take_up(qtbot, desk, values)
    shown = desk.page.values()
    assert shown.person == values.person
    assert shown.form == values.form
    assert shown.answers == values.answers
    view = intake.prepare(desk.office, values=shown)
    asked = {row.material.key for row in view.needed}
    assert set(shown.handed_in) == {p for p in values.handed_in if p.key in asked}
    assert asked <= {paper.key for paper in all_papers(desk.office.catalog.item(ITEM))}


def test_filling_a_draft_in_saves_nothing(qtbot, office, desk):
    take_up(qtbot, desk, intake_values(office, ITEM))
    assert not desk.page.drafts._timer.isActive()


def test_an_agent_is_asked_for_only_when_one_came(qtbot, desk):
    agent = desk.page.parts.applicant.agent
    assert not agent.form.isVisible()
    QTest.keyClick(desk.window.focusWidget(), Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    assert agent.form.isVisible()
    desk.type_into("agent_name", "张建国")
    assert desk.page.values().agent.name == "张建国"
    agent.toggle()
    assert desk.page.values().agent.name == ""


def test_the_applicant_typed_as_agent_is_told_at_the_field(qtbot, desk):
    desk.page.opened(item_code=ITEM)
    qtbot.waitUntil(quiet(desk))
    desk.type_into("id_no", id_number())
    desk.page.parts.applicant.agent.toggle()
    desk.type_into("agent_id_no", id_number())
    cell = desk.page.parts.applicant.agent.form.cell("agent_id_no")
    QTest.keyClick(cell.editor.input, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: cell.problem.text().startswith("这是申请人自己的证件号码。"))


def test_a_consultation_is_counted_without_a_case(qtbot, desk):
    desk.page.opened(item_code=ITEM)
    qtbot.waitUntil(quiet(desk))
    desk.page.parts.paper.consulted.emit()
    qtbot.waitUntil(lambda: "已记一次咨询，不立案。" in desk.said())
    assert case_views.page(desk.office, wanted=CaseFilter(group="all")).rows == ()


def test_a_wrong_number_is_told_before_an_item_is_chosen_and_after(qtbot, desk):
    """The card comes first: the mistake must not wait for the end."""
    desk.type_into("id_no", id_number()[:-1] + "1")
    cell = desk.page.parts.applicant.person.form.cell("id_no")
    assert not cell.problem.isVisible()
    QTest.keyClick(cell.editor.input, Qt.Key.Key_Tab)
    assert cell.problem.isVisible()
    desk.page.usual(1)
    qtbot.waitUntil(quiet(desk))
    assert cell.problem.isVisible()
    desk.page.main_action()
    qtbot.waitUntil(desk.page.parts.summary.isVisible)
    said = desk.page.parts.summary.sentences()
    assert all("：" in told or "？" in told for told in said)
    assert not any("？：" in told for told in said)


def test_a_mended_number_is_not_held_against_anybody(qtbot, desk):
    desk.type_into("id_no", id_number()[:-1] + "1")
    cell = desk.page.parts.applicant.person.form.cell("id_no")
    QTest.keyClick(cell.editor.input, Qt.Key.Key_Tab)
    cell.editor.input.setFocus()
    cell.editor.input.selectAll()
    desk.type_into("id_no", id_number())
    assert not cell.problem.isVisible()


def test_the_day_it_is_due_stands_on_the_confirmation(qtbot, desk):
    take_up(qtbot, desk, intake_values(desk.office, "TY-GR-01"))
    finish(qtbot, desk)
    qtbot.waitUntil(lambda: "承诺期限 2026-11-26" in desk.page.parts.done.next.text())
