"""The lists of a register: who stands on it, who is to come onto it, who moves up, whose day comes, what the month changed."""

from dataclasses import replace
from uuid import uuid4

import pytest

from desk.errors import ActionNotAllowed, ChangedMeanwhile, FieldsRefused, NotFound
from desk.services import (
    documents,
    revealing,
    roll_changes,
    roll_deeds,
    roll_papers,
    rolls,
    undoing,
)
from desk.services.check import check
from desk.services.office import Office
from desk.services.roll_views import RollFilter
from tests.printing.reading import text_of
from tests.services import deeds
from tests.services.roll_people import (
    applied,
    entry,
    granted,
    known,
    listed,
    names,
    on_roll,
    on_the_spot,
    recognised,
    resident,
)

ROLL = "elderly"
WANG = resident("王德福", "1946-11-25", 1)
LIU = resident("刘桂兰", "1956-03-12", 2)


def test_a_new_office_has_empty_lists(office: Office) -> None:
    """And says of each what to do."""
    for choice in rolls.registers(office):
        counted = rolls.counts(office, register=choice.register.key)
        assert set(counted.values()) == {0}
        assert all(one.empty for one in choice.lists)


def test_who_was_granted_stands_on_the_roll(office: Office) -> None:
    """Masked; from the month the county's rule says, with its tier and amount."""
    granted(office, LIU)
    [row] = listed(office, ROLL, "roll")
    assert (row.name, row.age, row.state_label) == ("刘桂兰", 70, "在发")
    assert row.id_masked == "6104**********" + LIU.id_no[-4:]
    assert row.values == ("70—79周岁", "50.00 元", "2026 年 12 月")
    assert (row.due_on, row.due.level) == ("2027-11-23", "green")


def test_lists_are_narrowed_and_printed_by_grid(office: Office) -> None:
    """Of who stands on the register, who is to come onto it and who moves up; the grid stays when he comes again."""
    granted(office, replace(WANG, grid="第10网格"))
    granted(office, replace(LIU, grid="第9网格"))
    known(office, LIU)
    known(office, resident("快满的", "1956-12-20", 6, grid="第9网格"))
    assert rolls.registers(office)[0].places[:2] == ("第9网格", "第10网格")
    assert names(listed(office, ROLL, "roll", place="第9网格")) == ["刘桂兰"]
    assert names(listed(office, ROLL, "newcomers", place="第9网格")) == ["快满的"]
    assert listed(office, ROLL, "newcomers", place="第10网格") == ()
    assert names(listed(office, ROLL, "raise", place="第10网格", month="2026-12")) == ["王德福"]
    printed = roll_papers.print_list(office, wanted=RollFilter(ROLL, "roll")).value
    text = deeds.paper(office, printed)
    places = [text.index(words) for words in ("网格", "第9网格", "刘桂兰", "第10网格", "王德福")]
    assert places == sorted(places)
    assert check(office).findings == ()


def test_lists_are_narrowed(office: Office) -> None:
    """By words, tier, building and state; page after page."""
    for order in range(5):
        house = f"{order % 2 + 1}号楼1单元{order}01"
        granted(office, resident(f"张秀{'英兰芳梅珍'[order]}", "1950-05-05", order, house=house))
    granted(office, WANG)
    assert len(listed(office, ROLL, "roll")) == 6
    assert names(listed(office, ROLL, "roll", text="zxl")) == ["张秀兰"]
    both = listed(office, ROLL, "roll", tier="70—79周岁", place="2号楼")
    assert {*names(both)} == {"张秀兰", "张秀梅"}
    assert listed(office, ROLL, "roll", state="unseen") == ()
    assert rolls.registers(office)[0].places == ("1号楼", "2号楼", "3号楼")
    wanted = RollFilter(ROLL, "roll")
    first = rolls.page(office, wanted=wanted, limit=4)
    rest = rolls.page(office, wanted=wanted, after=first.last, limit=4)
    assert rest.last is None
    assert len({row.id for row in first.rows + rest.rows}) == 6


def test_residents_who_reach_seventy_are_found_before_they_ask(office: Office) -> None:
    """Those who have and those who will within 30 days, the youngest first; not who stands on it or has applied."""
    for name, birth in (
        ("已满的", "1956-11-01"),
        ("快满的", "1956-12-23"),
        ("不到的", "1956-12-24"),
        ("早满的", "1950-01-01"),
    ):
        known(office, resident(name, birth))
    granted(office, LIU)
    rows = listed(office, ROLL, "newcomers")
    assert names(rows) == ["快满的", "已满的", "早满的"]
    assert rows[0].what == "2026-12-23 满 70 周岁"
    assert rows[0].then == "70—79周岁 · 50 元/月（待县里核定）"
    assert rolls.counts(office, register=ROLL)["newcomers"] == 3
    [verb] = entry(office, ROLL, "newcomers", rows[0]).verbs
    assert (verb.kind, verb.key, verb.label) == ("item", "MZ-GL-01", "办高龄补贴申请")


def test_the_grids_of_newcomers_can_be_chosen(office: Office) -> None:
    """Nobody of their grid stands on the register yet."""
    known(office, resident("已满的", "1956-11-01", grid="第9网格", house="6号楼1单元101"))
    [choice] = [one for one in rolls.registers(office) if one.register.key == ROLL]
    assert choice.places == ("第9网格", "6号楼")
    assert names(listed(office, ROLL, "newcomers", place="第9网格")) == ["已满的"]


def test_who_was_born_on_29_february_is_eighty_on_that_day_of_a_leap_year(office: Office) -> None:
    """Not before, and not on 1 March."""
    granted(office, resident("闰年生", "1948-02-29", 7))
    assert listed(office, ROLL, "raise", month="2028-01") == ()
    [row] = listed(office, ROLL, "raise", month="2028-02")
    assert row.what == "2028-02-29 满 80 周岁"


def test_ninety_of_a_leap_day_is_reached_on_1_march_of_a_common_year(office: Office) -> None:
    """Nobody moves up a day early."""
    granted(office, resident("赵秀英", "1940-02-29", 8))
    assert not listed(office, ROLL, "raise", month="2030-01")
    [row] = listed(office, ROLL, "raise", month="2030-03")
    assert row.what == "2030-03-01 满 90 周岁"
    assert not listed(office, ROLL, "raise", month="2030-02")


def test_moving_up_is_a_step_of_the_month_after_the_birthday(office: Office) -> None:
    """Tier and amount are the county's; once moved up nobody stands on the list."""
    granted(office, WANG)
    [row] = listed(office, ROLL, "raise")
    assert (row.what, row.month) == ("2026-11-25 满 80 周岁", "2026-12")
    ids = (on_roll(row),)
    assert roll_deeds.raise_tier(office, register=ROLL, record_ids=ids, month="2026-11").value == 1
    assert listed(office, ROLL, "raise") == ()
    assert roll_deeds.raise_tier(office, register=ROLL, record_ids=ids, month="2026-11").value == 0
    [raised] = listed(office, ROLL, "roll")
    assert raised.values[:2] == ("80—89周岁", "100.00 元")
    history = entry(office, ROLL, "roll", raised).history
    assert (history[0].text, history[0].reason) == ("升档，从 2026-12 起", "2026-11-25 满 80 周岁")
    assert check(office).findings == ()


def test_months_gone_by_are_not_paid_unless_the_county_says_so(office: Office) -> None:
    """A birthday found late counts from this month on."""
    granted(office, WANG)
    office.clock.advance(days=100)  # type: ignore[attr-defined]
    [row] = listed(office, ROLL, "raise")
    assert row.month == "2027-03"


def test_stopping_and_resuming_by_hand_need_a_reason(office: Office) -> None:
    """Both are events with reason and month; the yearly check begins anew."""
    granted(office, LIU)
    [row] = listed(office, ROLL, "roll")
    shown = entry(office, ROLL, "roll", row)
    act = {"register": ROLL, "record_id": row.record_id, "version": shown.version}
    with pytest.raises(FieldsRefused) as refused:
        roll_deeds.do(office, **act, deed="stop", asks={"stop_reason": "去世"})
    assert {problem.field for problem in refused.value.problems} == {"stop_date", "why"}
    asks = {"stop_reason": "户籍迁出", "stop_date": "2026-11-20", "why": "派出所回函"}
    with pytest.raises(ActionNotAllowed):
        roll_deeds.do(office, **act, deed="resume", asks={"why": "看错了"})
    assert roll_deeds.do(office, **act, deed="stop", asks=asks).changes.records
    assert listed(office, ROLL, "roll") == ()
    [stopped] = listed(office, ROLL, "stopped")
    assert (stopped.state_label, stopped.due_on) == ("已停发", "")
    with pytest.raises(ChangedMeanwhile):
        roll_deeds.do(office, **act, deed="resume", asks={"why": "看错了"})
    again = entry(office, ROLL, "stopped", stopped)
    assert again.history[0].text == "停发，从 2026-12 起"
    assert again.history[0].reason == "派出所回函"
    assert [verb.label for verb in again.verbs] == ["办高龄补贴申请", "恢复发放"]
    act["version"] = again.version
    roll_deeds.do(office, **act, deed="resume", asks={"why": "户口没有迁成"})
    [back] = listed(office, ROLL, "roll")
    assert (back.state_label, back.due_on) == ("在发", "2027-11-23")
    assert check(office).findings == ()


def test_a_day_to_come_is_no_day_something_happened(office: Office) -> None:
    """Nor is one nobody would report any more."""
    granted(office, LIU)
    [row] = listed(office, ROLL, "roll")
    for day in ("2026-11-24", "2006-11-20"):
        asks = {"stop_reason": "去世", "stop_date": day, "why": "家属电话"}
        with pytest.raises(FieldsRefused):
            roll_deeds.do(
                office, register=ROLL, record_id=on_roll(row), version=1, deed="stop", asks=asks
            )


def test_whose_day_comes_stands_on_the_due_list(office: Office) -> None:
    """From 60 days before, the nearest first; who was looked at again goes off it."""
    granted(office, LIU)
    assert listed(office, ROLL, "due") == ()
    office.clock.advance(days=370)  # type: ignore[attr-defined]
    granted(office, WANG)
    assert names(listed(office, ROLL, "due")) == ["刘桂兰"]
    assert listed(office, ROLL, "due")[0].due.text == "超期 5 天"
    assert names(listed(office, ROLL, "due", days=400)) == ["刘桂兰", "王德福"]
    on_the_spot(office, LIU, "MZ-GL-02", cert_result="通过")
    assert listed(office, ROLL, "due") == ()


def test_the_months_changes_are_told_once_each(office: Office) -> None:
    """New, up, stopped; a yearly check is none; figures before and after."""
    granted(office, LIU)
    granted(office, WANG)
    office.clock.advance(days=8)  # type: ignore[attr-defined]
    [up] = listed(office, ROLL, "raise")
    roll_deeds.raise_tier(office, register=ROLL, record_ids=(on_roll(up),), month="2026-12")
    on_the_spot(office, LIU, "MZ-GL-02", cert_result="通过")
    on_the_spot(office, LIU, "MZ-GL-02", cert_result="本人去世", verify_date="2026-12-01")
    december = listed(office, ROLL, "changes", month="2026-12")
    assert [(row.state_label, row.name) for row in december] == [
        ("新增", "刘桂兰"),
        ("新增", "王德福"),
        ("升档", "王德福"),
    ]
    assert december[2].what == "70—79周岁"
    assert december[2].values[0] == "80—89周岁"
    [stop] = listed(office, ROLL, "changes", month="2027-01")
    assert (stop.state_label, stop.name, stop.why) == ("停发", "刘桂兰", "本人去世，当场办结")
    for month, figures in (
        ("2026-11", (0, 0, "0.00")),
        ("2026-12", (0, 2, "150.00")),
        ("2027-01", (2, 1, "100.00")),
    ):
        told = roll_changes.totals(office, register=ROLL, month_wanted=month)
        assert (told.before, told.after, told.total) == figures


def test_an_illness_stands_behind_a_purpose_and_on_no_list(office: Office) -> None:
    """The line of the list has hospital and days, never the disease."""
    recognised(office, LIU, "D02", "D38")
    [row] = listed(office, "chronic", "roll")
    assert "糖尿病" not in str(row)
    assert row.due_on == "2027-11-23"
    lines = {line.label: line for line in entry(office, "chronic", "roll", row).lines}
    assert lines["病种"].hidden
    assert not any("结核病" in line.value or "糖尿病" in line.value for line in lines.values())
    assert row.record_id is not None
    told = revealing.of_entry(office, record_id=row.record_id, purpose="verify").value
    assert "结核病" in str(told)


def test_a_line_that_is_gone_is_said(office: Office) -> None:
    """Not shown as if it were there."""
    granted(office, LIU)
    [row] = listed(office, ROLL, "roll")
    with pytest.raises(NotFound):
        entry(office, ROLL, "roll", replace(row, record_id=uuid4()))
    with pytest.raises(NotFound):
        entry(office, ROLL, "roll", replace(row, record_id=None, person_id=uuid4()))


def test_a_list_is_printed_again_and_belongs_to_no_case(office: Office) -> None:
    granted(office, LIU)
    printed = roll_papers.print_list(office, wanted=RollFilter(ROLL, "roll")).value
    documents.hand_out(office, document_id=printed, medium="A4")
    again = documents.reprint(office, document_id=printed, medium="A4")
    assert not again.changes.cases
    assert "补打第 1 次" in text_of(again.value).replace("\u3000", " ")
    assert check(office).findings == ()


def of_county(office: Office, **params: object) -> Office:
    """The same desk in a county that has decided so; for reading only."""
    county = replace(
        office.county, params={**office.county.params, **params}, confirmed=frozenset()
    )
    counties = {**office.catalog.counties, county.code: county}
    catalog = replace(office.catalog, counties=counties)
    return replace(office, rules=replace(office.rules, catalog=catalog))


def test_what_a_county_has_not_decided_is_said(office: Office) -> None:
    """Of an amount nobody named there is none; where months gone by are paid, a late birthday counts from its own."""
    known(office, resident("已满的", "1956-11-01"))
    granted(office, WANG)
    [row] = listed(of_county(office, gaoling_t70=None), ROLL, "newcomers")
    assert row.then == "70—79周岁 · 待县里核定"
    office.clock.advance(days=100)  # type: ignore[attr-defined]
    [row] = listed(of_county(office, gaoling_backpay=True), ROLL, "raise")
    assert row.month == "2026-12"


def test_nobody_comes_of_an_age_that_counts_for_nothing(office: Office) -> None:
    """As in an edition whose allowance has no tiers any more: the lists of ages are empty, and the others stand."""
    known(office, resident("已满的", "1956-11-01", grid="第9网格"))
    granted(office, LIU)
    items = office.catalog.items
    flat = replace(
        office.catalog, items={**items, "MZ-GL-01": replace(items["MZ-GL-01"], tiers=())}
    )
    there = replace(office, rules=replace(office.rules, catalog=flat))
    counted = rolls.counts(there, register=ROLL)
    assert (counted["roll"], counted["newcomers"], counted["raise"]) == (1, 0, 0)
    assert listed(there, ROLL, "newcomers") == listed(there, ROLL, "raise") == ()
    [choice] = [one for one in rolls.registers(there) if one.register.key == ROLL]
    assert "第9网格" not in choice.places


def test_who_was_stopped_does_not_move_up(office: Office) -> None:
    granted(office, WANG)
    [row] = listed(office, ROLL, "raise")
    version = entry(office, ROLL, "raise", row).version
    asks = {"stop_reason": "去世", "stop_date": "2026-11-20", "why": "家属电话"}
    ids = (on_roll(row),)
    roll_deeds.do(office, register=ROLL, record_id=ids[0], version=version, deed="stop", asks=asks)
    assert roll_deeds.raise_tier(office, register=ROLL, record_ids=ids, month="2026-12").value == 0


def test_a_notice_hangs_as_it_was_begun_whatever_was_undone_since(office: Office) -> None:
    """The last move of its history is one that was taken back."""
    done = applied(office, LIU)
    assert roll_papers.print_notice(office, register=ROLL).value is None
    deeds.walk(office, done, "confirm_accepted")
    deeds.act(office, done, "start_publicity", expected_end="2026-12-02")
    deeds.act(office, done, "end_publicity")
    assert roll_papers.print_notice(office, register=ROLL).value is None
    undoing.undo(office)
    text = deeds.paper(office, roll_papers.print_notice(office, register=ROLL).value)
    assert "2026 年 12 月 2 日" in text
    assert "刘*兰" in text or "刘某兰" in text
