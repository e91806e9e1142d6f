"""Old ledgers come in whole or not at all, row faults are said in words, and nothing is taken twice."""

import datetime
import shutil
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select

from db.models import AuditEntry, CaseFile, Event, IssuedNumber, Person, Record, RecordStep
from desk.errors import Cancelled, DiskFull
from desk.importing.tables import read_table
from desk.services import backups, case_views, imports, people, rolls, search
from desk.services.check import check
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.roll_views import RollFilter
from desk.services.views import CaseFilter
from tests.builders import id_number, take_in
from tests.services.importing import job, taken

HEAD = ("姓名", "身份证号", "联系电话", "楼栋")
LIU = ("刘桂兰", id_number(), "13800002734", "3号楼2单元501")
WANG = ("王建国", id_number(birth="19501123", order=41), "13800000002", "")


def count(office: Office, of: type) -> int:
    with reading(office) as connection:
        return connection.execute(select(func.count()).select_from(of)).scalar_one()


def verdicts(plan) -> list[tuple[int, str]]:
    return [(row.number, row.verdict) for row in plan.rows]


def test_people_come_in_and_are_found(office, tmp_path):
    plan = taken(office, job(office, tmp_path, "people", [HEAD, LIU, WANG]))
    assert verdicts(plan) == [(2, "new"), (3, "new")]
    assert [row.name for row in search.search(office, text="wjg").people] == ["王建国"]
    known = people.known(office, id_no=WANG[1])
    assert known is not None
    assert (known.person.birth, known.person.sex) == ("1950-11-23", "男")
    assert check(office).findings == ()


def test_what_stood_before_is_backed_up(office, tmp_path):
    taken(office, job(office, tmp_path, "people", [HEAD, LIU]))
    [before] = backups.listed(office.paths.backups)
    assert before.manifest.why == "import"
    assert before.manifest.standing.n < count(office, Event)


def test_without_room_for_that_nothing_is_taken(office, tmp_path, monkeypatch):
    wanted = job(office, tmp_path, "people", [HEAD, LIU])
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: SimpleNamespace(free=0))
    before = count(office, Event)
    with pytest.raises(DiskFull):
        taken(office, wanted)
    assert count(office, Event) == before


def test_a_preview_changes_nothing(office, tmp_path):
    before = count(office, Event)
    plan = imports.preview(office, job=job(office, tmp_path, "people", [HEAD, LIU]))
    assert plan.counts == {"new": 1}
    assert count(office, Event) == before


def test_what_the_desk_knows_stays_and_gaps_are_filled(office, tmp_path):
    taken(office, job(office, tmp_path, "people", [HEAD, (*LIU[:2], "", "")]))
    later = (*LIU[:2], "13900000000", "9号楼")
    assert verdicts(taken(office, job(office, tmp_path, "people", [HEAD, later]))) == [(2, "fill")]
    other = (*LIU[:2], "13700000000", "9号楼")
    plan = taken(office, job(office, tmp_path, "people", [HEAD, other]))
    assert plan.rows[0].verdict == "same"
    assert "以本机登记的为准" in plan.rows[0].said
    known = people.known(office, id_no=LIU[1])
    assert known is not None
    assert (known.person.phone, known.person.house) == ("13900000000", "9号楼")


def test_every_fault_is_named_with_row_and_column(office, tmp_path):
    rows = [
        HEAD,
        ("", LIU[1], "", ""),
        ("甲", "6104221956031204", "", ""),
        ("乙", 610422195603120420, "", ""),
        ("丙", id_number(order=43), "电话没有", ""),
        LIU,
        ("丁", LIU[1], "", ""),
        ("戊" * 61, id_number(order=44), "", ""),
    ]
    plan = imports.preview(office, job=job(office, tmp_path, "people", rows))
    told = {row.number: row.faults for row in plan.rows if row.faults}
    assert sorted(told) == [2, 3, 4, 5, 7, 8]
    assert told[2] == ("姓名：这一格是空的，这一行没法收，请补上。",)
    assert told[3][0].startswith("身份证号：身份证号应是 18 位，现在是 16 位")
    assert "6.10422E+17" in told[4][0]
    assert "后几位已经丢了" in told[4][0]
    assert told[5][0].startswith("联系电话：")
    assert told[7] == ("身份证号：和第 6 行是同一个号码，只收前面那一行。",)
    assert told[8][0].startswith("姓名：最多 60 个字")


def test_another_name_under_a_known_number_is_not_taken(office, tmp_path):
    taken(office, job(office, tmp_path, "people", [HEAD, LIU]))
    plan = taken(office, job(office, tmp_path, "people", [HEAD, ("刘桂香", *LIU[1:])]))
    assert plan.rows[0].verdict == "bad"
    assert "“刘桂兰”" in plan.rows[0].faults[0]
    assert count(office, Person) == 1


def test_good_rows_are_taken_and_the_list_names_the_rest(office, tmp_path):
    one = job(office, tmp_path, "people", [HEAD, LIU, ("甲", "1", "", "")])
    plan = taken(office, one)
    assert count(office, Person) == 1
    path = tmp_path / "结果.xlsx"
    assert imports.save_list(office, job=one, plan=plan, path=path) == 2
    listed = read_table(path)
    assert listed.headings == (*HEAD, "原表行号", "怎样处理", "说明")
    assert [row[5] for row in listed.rows] == ["新增", "不收"]
    assert listed.rows[0][1] == LIU[1]


def test_cancelled_leaves_nothing(office, tmp_path):
    rows = [HEAD, *((f"人{n}", id_number(order=n), "", "") for n in range(600))]
    before = count(office, Event)
    one = job(office, tmp_path, "people", rows)
    with pytest.raises(Cancelled):
        imports.take_in(office, job=one, progress=lambda *_: None, cancelled=lambda: True)
    # The backup that was begun is noted, nothing else.
    with reading(office, "") as connection:
        noted = [row[0] for row in connection.execute(select(AuditEntry.what))]
    assert noted == ["backup"]
    assert (count(office, Event), count(office, Person)) == (before + 1, 0)


CASES = ("编号", "申请人", "身份证号", "事项", "收件日期", "办结日期", "办理结果")
OLD = (
    "三民〔2019〕0031",
    *LIU[:2],
    "高龄补贴申请",
    datetime.date(2019, 3, 4),
    "2019.4.1",
    "批准",
)


def test_old_cases_are_closed_and_found_by_their_old_number(office, tmp_path):
    fresh = take_in(office, office.catalog.usual[0])
    numbers = count(office, IssuedNumber)
    plan = taken(office, job(office, tmp_path, "cases", [CASES, OLD]))
    assert verdicts(plan) == [(2, "new")]
    assert count(office, IssuedNumber) == numbers
    (row,) = search.search(office, text="三民〔2019〕0031").cases
    assert (row.short_no, row.state_label, row.opened_on) == (OLD[0], "旧台账", "2019-03-04")
    assert row.due.level == "none"
    detail = case_views.detail(office, case_id=row.id)
    assert detail.actions == ()
    assert "结果：批准；2019-04-01 办结" in [line.value for line in detail.parties]
    assert [line.text for line in detail.history] == ["从旧台账导入"]
    page = case_views.page(office, wanted=CaseFilter(group="all"))
    assert [one.id for one in page.rows] == [fresh.case_id, row.id]
    assert case_views.counts(office, wanted=CaseFilter(group="all"))["closed"] == 1
    assert check(office).findings == ()


def test_an_old_case_is_not_taken_twice(office, tmp_path):
    taken(office, job(office, tmp_path, "cases", [CASES, OLD]))
    plan = taken(office, job(office, tmp_path, "cases", [CASES, OLD]))
    assert plan.rows[0].faults == (f"旧编号：编号“{OLD[0]}”以前已经导入过。",)


def test_unknown_items_are_named_and_may_stand_for_one(office, tmp_path):
    rows = [CASES, ("1", "甲", "", "老年优待", "2019-3-4", "", ""), OLD]
    plan = imports.preview(office, job=job(office, tmp_path, "cases", rows))
    assert plan.unknown_items == ("老年优待",)
    assert [row.verdict for row in plan.rows] == ["bad", "new"]
    plan = taken(office, job(office, tmp_path, "cases", rows, other_item="MZ-GL-01"))
    assert [row.verdict for row in plan.rows] == ["new", "new"]


@pytest.mark.parametrize(
    ("opened", "decided", "said"),
    [("2030-1-1", "", "还没有到"), ("2019-3-4", "2019-3-3", "办结日期早于收件日期")],
)
def test_days_that_cannot_be(office, tmp_path, opened, decided, said):
    row = ("1", "甲", "", "高龄补贴申请", opened, decided, "")
    plan = imports.preview(office, job=job(office, tmp_path, "cases", [CASES, row]))
    assert said in plan.rows[0].faults[0]


def test_people_drawing_a_benefit_come_onto_the_roll(office, tmp_path):
    head = ("姓名", "身份证号", "年龄段", "补贴标准", "享受时间", "卡号", "认证日期")
    rows = [
        head,
        (*LIU[:2], "70-79", 50, "2025-03", "6227000012341234123", "2026-5-1"),
        (*WANG[:2], "", "", "", "", ""),
        ("丙", id_number(birth="19300101"), "60-69", "", "", "", ""),
    ]
    plan = taken(office, job(office, tmp_path, "elderly", rows))
    assert [row.verdict for row in plan.rows] == ["new", "new", "bad"]
    page = rolls.page(office, wanted=RollFilter("elderly", "roll"))
    assert {row.name for row in page.rows} == {"刘桂兰", "王建国"}
    with reading(office) as connection:
        entries = connection.execute(select(Record.tier, Record.due_on)).all()
        months = connection.execute(select(RecordStep.month)).scalars().all()
    # Whom nobody has looked at is to be looked at now; who was seen in May, a year after.
    assert sorted(entries) == [("70—79周岁", "2026-11-23"), ("70—79周岁", "2027-05-01")]
    assert sorted(months) == ["", "2025-03"]
    again = taken(office, job(office, tmp_path, "elderly", rows))
    assert [row.verdict for row in again.rows] == ["same", "same", "bad"]
    assert check(office).findings == ()


def test_several_illnesses_in_one_cell(office, tmp_path):
    labels = [c.label for c in office.catalog.registers["chronic"].fields[0].choices[:2]]
    rows = [
        ("姓名", "身份证号", "病种", "待遇起", "待遇止"),
        (*LIU[:2], "、".join(labels), "2025-01-01", "2027-01-01"),
        (*WANG[:2], "不知什么病", "", ""),
    ]
    plan = taken(office, job(office, tmp_path, "chronic", rows))
    assert [row.verdict for row in plan.rows] == ["new", "bad"]
    with reading(office) as connection:
        (entry,) = connection.execute(select(Record)).all()
    assert len(entry.fields["diseases"]) == 2
    assert entry.due_on == "2027-01-01"


def test_hostile_cells_are_text(office, tmp_path):
    bad = "<b>=cmd|' /c calc'!A1 \u202e{name}%s"
    plan = taken(office, job(office, tmp_path, "people", [HEAD, (bad, LIU[1], "", bad)]))
    assert plan.rows[0].verdict == "new"
    known = people.known(office, id_no=LIU[1])
    assert known is not None
    assert known.person.name == bad


def test_nothing_is_imported_into_a_case_row_of_ours(office, tmp_path):
    taken(office, job(office, tmp_path, "cases", [CASES, OLD]))
    with reading(office) as connection:
        row = connection.execute(select(CaseFile)).one()
    assert (row.sj_number, row.sl_number, row.short_no, row.due_on) == ("", "", "", "")
    assert (row.phase, row.workflow) == ("closed", "imported")
