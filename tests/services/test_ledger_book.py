"""Every department's ledger: what stands in it, of when, for whom, in which kind of file."""

import json
import zipfile
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desk.clock import CHINA, FixedClock
from desk.domain.ledgers import Span, month_span
from desk.errors import Cancelled, NotFound
from desk.exporting.progress import EVERY
from desk.services import ledger_book
from desk.services.ledger_book import DAY_BOOK, SPANS
from desk.services.office import Office
from desk.services.table_files import KINDS
from desk.services.views import CaseFilter
from tests.builders import MONDAY, id_number, person, take_in
from tests.printing.reading import text_of
from tests.services.ledger_desk import (
    ACCOUNT,
    CHEN,
    LI,
    LIU,
    SUN,
    ZHANG,
    make_many,
    morning,
    noted,
    read,
    write,
)
from tests.services.roll_people import granted, on_the_spot, resident

SINCE = Span("since")
NOVEMBER = month_span("2026-11")
GOLDEN: dict[str, dict[str, object]] = {
    "elderly_roster": {
        "村（社区）": "池阳社区",
        "姓名": "刘桂兰",
        "身份证号码": LIU.id_no,
        "出生年月日": "1950.03.12",
        "年龄": 76,
        "补贴档次": "70—79周岁",
        "月标准（元）": 50.0,
        "起发月份": "2026.12",
        "开户银行": "陕西农信",
        "社保卡（银行）账号": ACCOUNT,
        "状态": "在发",
        "备注": "",
    },
    "disabled_living": {
        "姓名": "孙红梅",
        "身份证号": SUN.id_no,
        "残疾类别": "视力",
        "残疾等级": "一级",
        "困难身份": "特困人员",
        "账号": ACCOUNT,
        "申请日期": "2026.11.23",
    },
    "disabled_nursing": {"姓名": "孙红梅", "残疾类别": "视力", "照护人": "测试内容"},
    "chronic_cases": {
        "姓名": "张建国",
        "身份证号码": ZHANG.id_no,
        "申报病种编码": "D02",
        "申报病种": "糖尿病（伴并发症或使用胰岛素）",
        "诊断": "测试内容",
        "收件日期": "2026-11-23",
    },
    "job_register": {
        "姓名": "陈刚",
        "公民身份号码": CHEN.id_no,
        "民族代码": "01",
        "失业日期": "2026/11/20",
        "失业原因": "合同终止",
        "愿意培训": "是",
        "经办人": "王敏",
    },
    "party_transfers": {
        "姓名": "李伟",
        "身份证号": LI.id_no,
        "党员类别": "正式党员",
        "转出党支部": "测试内容",
        "党费交至": "2026.11",
        "状态": "已收件",
    },
    "veterans": {
        "姓名": "陈刚",
        "出生日期": "19840711",
        "人员类别": "退役士兵",
        "入伍日期": "20261120",
        "帮扶需求": "就业",
    },
    "orders": {
        "诉求人": "孙红梅",
        "联系电话": "138****2734",
        "来源": "窗口",
        "纠纷经过": "测试内容",
    },
    "consultations": {"日期": "2026-11-23", "咨询事项": "高龄补贴申请", "条线": "民政"},
}


@pytest.fixture
def hall(office: Office) -> Office:
    morning(office)
    return office


@pytest.mark.parametrize("key", GOLDEN)
def test_a_ledger_says_what_the_department_asks_in_its_own_manner(
    hall: Office, tmp_path: Path, key: str
) -> None:
    path = tmp_path / "台账.xlsx"
    assert write(hall, path, key).rows == 1
    *heading, head, row = read(path)
    assert len(heading) == 2
    assert "池阳社区" in str(heading)
    cells = dict(zip(head, row, strict=True))
    assert {label: cells[label] for label in GOLDEN[key]} == GOLDEN[key]


def test_the_day_book_holds_every_case_with_its_numbers_whole(hall: Office, tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    assert write(hall, path).rows == 8
    head, *rows = read(path)
    cells = [dict(zip(head, row, strict=True)) for row in rows]
    assert {row["证件号码"] for row in cells} == {one.id_no for one in (LIU, ZHANG, SUN, CHEN, LI)}
    assert {row["联系电话"] for row in cells} == {"13800002734"}
    assert {row["窗口"] for row in cells} == {2}
    assert all(isinstance(row["收件编号"], str) for row in cells)
    assert "糖尿病" not in str(rows)


def test_the_residents_stand_in_theirs(hall: Office, tmp_path: Path) -> None:
    path = tmp_path / "居民.xlsx"
    assert write(hall, path, "residents").rows == 5
    assert {row[1] for row in read(path)[3:]} == {"刘桂兰", "张建国", "孙红梅", "陈刚", "李伟"}


@pytest.mark.parametrize("key", sorted({*GOLDEN, DAY_BOOK, "residents"}))
def test_since_last_time_twice_gives_nothing(hall: Office, tmp_path: Path, key: str) -> None:
    path = tmp_path / "台账.xlsx"
    assert noted(hall, path, key, SINCE) > 0
    assert noted(hall, path, key, SINCE) == 0


def test_since_last_time_gives_what_changed_and_only_that(hall: Office, tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    noted(hall, path, "elderly_roster", SINCE)
    granted(hall, resident("王德福", "1946-11-20", 11))
    on_the_spot(hall, LIU, "MZ-GL-02", cert_result="户籍迁出")
    assert noted(hall, path, "elderly_roster", SINCE) == 2
    told = {row[2]: row[15] for row in read(path)[3:]}
    assert told == {"刘桂兰": "已停发", "王德福": "在发"}
    assert noted(hall, path, "elderly_roster", Span()) == 1


def test_another_telephone_is_news_of_the_row(hall: Office, tmp_path: Path) -> None:
    """Liu comes for something else and tells a new number: the list of the elderly gets her row again, and only hers."""
    path = tmp_path / "台账.xlsx"
    granted(hall, resident("王德福", "1946-11-20", 11))
    noted(hall, path, "elderly_roster", SINCE)
    take_in(hall, "MZ-CJ-01", who=replace(LIU, phone="13800009999"))
    assert noted(hall, path, "elderly_roster", SINCE) == 1
    assert {row[2] for row in read(path)[3:]} == {"刘桂兰"}
    assert "13800009999" in str(read(path))
    assert noted(hall, path, "elderly_roster", SINCE) == 0


def test_a_month_in_between_leaves_nothing_out_of_what_is_new(hall: Office, tmp_path: Path) -> None:
    """The month was not all there was, so it does not move what counts as seen."""
    path = tmp_path / "台账.xlsx"
    assert noted(hall, path, DAY_BOOK, NOVEMBER) == 8
    assert noted(hall, path, DAY_BOOK, SINCE) == 8


def test_a_list_somebody_narrowed_is_not_noted(hall: Office, tmp_path: Path) -> None:
    written = write(hall, tmp_path / "a.xlsx", listed=CaseFilter(group="closed"))
    ledger_book.note(hall, written=written)
    assert noted(hall, tmp_path / "a.xlsx", DAY_BOOK, SINCE) == 8


def test_a_month_ends_with_its_last_day(office: Office, tmp_path: Path) -> None:
    for order, day in enumerate(("2026-10-31", "2026-11-01", "2026-11-30", "2026-12-01")):
        office.clock = FixedClock(datetime.fromisoformat(f"{day}T23:59:00").replace(tzinfo=CHINA))
        take_in(office, "MZ-CJ-01", who=resident(f"第{order}位", "1979-12-20", order))
    path = tmp_path / "台账.xlsx"
    assert write(office, path, span=NOVEMBER).rows == 2
    assert [row[2] for row in read(path)[1:]] == ["第1位", "第2位"]
    days = Span("days", "2026-11-30", "2026-12-01")
    assert write(office, path, span=days).rows == 2
    assert [row[2] for row in read(path)[1:]] == ["第2位", "第3位"]
    assert write(office, path, span=month_span("2027-02")).rows == 0


def test_the_list_says_when_each_was_last_written(hall: Office, tmp_path: Path) -> None:
    noted(hall, tmp_path / "a.xlsx", "veterans", NOVEMBER)
    rows = {row.key: row for row in ledger_book.books(hall)}
    assert rows["veterans"].last == "11-23 09:00 · 2026 年 11 月 · 1 行"
    assert rows["job_register"].last == ""
    assert rows["chronic_cases"].goes_to == "医保"
    assert {row.spans for row in rows.values()} == set(SPANS.values())


def test_screen_and_paper_show_no_number_whole_and_no_illness(hall: Office, tmp_path: Path) -> None:
    for key in (*GOLDEN, DAY_BOOK, "residents"):
        seen = str(ledger_book.preview(hall, key=key, span=Span()).rows)
        write(hall, tmp_path / "a.pdf", key, kind="pdf")
        for told in (seen, text_of((tmp_path / "a.pdf").read_bytes())):
            for secret in (
                LIU.id_no,
                ZHANG.id_no,
                "13800002734",
                ACCOUNT,
                "糖尿病",
                "视力",
                "正式党员",
            ):
                assert secret not in told, key


def test_the_preview_is_the_first_rows_and_the_count(hall: Office) -> None:
    make_many(hall, 10)
    seen = ledger_book.preview(hall, key=DAY_BOOK, span=Span())
    assert (len(seen.rows), seen.count) == (ledger_book.FIRST_ROWS, 88)
    assert seen.labels[2] == "申请人"


@pytest.mark.parametrize("kind", KINDS)
def test_a_cancelled_ledger_leaves_the_old_file_and_nothing_beside_it(
    office: Office, tmp_path: Path, kind: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "a").write_text("old", encoding="utf-8")
    take_in(office)
    make_many(office, EVERY)
    with pytest.raises(Cancelled):
        write(office, folder / "a", kind=kind, cancelled=lambda: True)  # type: ignore[arg-type]
    assert [(f.name, f.read_text(encoding="utf-8")) for f in folder.iterdir()] == [("a", "old")]


@pytest.mark.parametrize("kind", ["xlsx", "csv", "csv-gb18030"])
def test_the_cases_of_a_list(office: Office, tmp_path: Path, kind: str) -> None:
    """Exactly those of the filter, words among it."""
    done = take_in(office)
    take_in(office, who=person("李伟", id_no=id_number(order=11), phone="13911112222"))
    path = tmp_path / "a"
    for wanted, told in (
        (CaseFilter(group="all", text="liwei"), ["李伟"]),
        (CaseFilter(group="all", text="guilan"), ["刘桂兰"]),
        (CaseFilter(group="closed"), []),
        (CaseFilter(group="open", line="party"), []),
    ):
        write(office, path, kind=kind, listed=wanted)  # type: ignore[arg-type]
        assert [row[2] for row in read(path, kind)[1:]] == told
    write(office, path, kind=kind, listed=CaseFilter(text="guilan"))  # type: ignore[arg-type]
    head, row = read(path, kind)
    cells = dict(zip(head, row, strict=True))
    assert (cells["收件编号"], cells["证件号码"].lstrip("'")) == (done.number, id_number())


def test_a_data_package_says_what_its_columns_are(hall: Office, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    write(hall, path, "elderly_roster", kind="package")
    with zipfile.ZipFile(path) as package:
        told = json.loads(package.read("datapackage.json"))
        head, row = package.read("data.csv").decode().splitlines()
    assert (told["name"], told["title"]) == ("elderly-roster", "高龄老人生活保健补贴发放名册")
    fields = told["resources"][0]["schema"]["fields"]
    assert [one["name"] for one in fields] == head.split(",")
    types = {one["name"]: one["type"] for one in fields}
    assert (types["身份证号码"], types["月标准（元）"], types["核验日期"]) == (
        "string",
        "number",
        "date",
    )
    assert LIU.id_no in row.split(",")


def test_an_unknown_ledger_is_told(office: Office, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        write(office, tmp_path / "a.xlsx", "no_such")
    assert list(tmp_path.glob("*.xlsx")) == []


def test_the_print_has_every_row_and_a_printer(hall: Office) -> None:
    printed = ledger_book.print_out(
        hall, key=DAY_BOOK, span=Span(), progress=lambda *_: None, cancelled=lambda: False
    )
    assert (printed.rows, printed.left_out, printed.profile.medium) == (8, 0, "A4")
    assert "办件台账" in text_of(printed.pdf)


def test_a_run_is_kept_with_who_wrote_it(hall: Office, tmp_path: Path) -> None:
    hall.clock = FixedClock(MONDAY + timedelta(hours=1))
    noted(hall, tmp_path / "a.xlsx", DAY_BOOK, SINCE)
    with hall.reader.connect() as connection:
        [row] = connection.exec_driver_sql(
            "SELECT span, rows, written_at, operator_id FROM ledger_run"
        ).all()
    assert tuple(row[:3]) == ("since", 8, "2026-11-23T10:00:00+08:00")
    assert hall.actor is not None
    assert row[3] == hall.actor.bytes


def test_a_pushed_file_takes_the_place_of_the_shipped_one(hall: Office, tmp_path: Path) -> None:
    body = """
key = "veterans"
title = "退役军人花名册"
line = "veterans"
source = "cases"
items = ["TY-JD-01"]
columns = [{ label = "名字", value = "person.name" }]
""".encode()
    source = {**hall.rules.source, "ledgers/veterans.toml": body}
    hall.rules = replace(hall.rules, source=source)
    write(hall, tmp_path / "a.xlsx", "veterans")
    assert read(tmp_path / "a.xlsx") == [["名字"], ["陈刚"]]


NARROWED = {
    'source = "cases"\nlines = ["civil"]\nstates = ["received"]': ["孙红梅", "孙红梅"],
    'source = "cases"\nlines = ["civil"]\nstates = ["decided_no"]': [],
    'source = "cases"\nlines = ["labour"]\nstates = ["concluded"]': ["陈刚"],
    'source = "consultations"\nlines = ["civil"]': ["高龄补贴申请"],
    'source = "consultations"\nlines = ["party"]': [],
    'source = "consultations"\nitems = ["MZ-GL-01"]': ["高龄补贴申请"],
    'source = "consultations"\nitems = ["MZ-CJ-01"]': [],
}


def test_a_ledger_holds_the_lines_states_and_items_it_names(hall: Office, tmp_path: Path) -> None:
    for narrowed, told in NARROWED.items():
        value = "person.name" if "cases" in narrowed else "asked.item_name"
        body = f'key = "own"\ntitle = "花名册"\n{narrowed}\ncolumns = [{{ label = "名字", value = "{value}" }}]\n'
        source = {**hall.rules.source, "ledgers/own.toml": body.encode()}
        hall.rules = replace(hall.rules, source=source)
        write(hall, tmp_path / "a.xlsx", "own")
        assert [row[0] for row in read(tmp_path / "a.xlsx")[1:]] == told, narrowed


def test_an_amount_needs_no_tier_beside_it(hall: Office, tmp_path: Path) -> None:
    body = """
key = "amounts"
title = "发放金额"
source = "cases"
items = ["MZ-GL-01"]
columns = [{ label = "名字", value = "person.name" }, { label = "金额", value = "case.amount" }]
""".encode()
    hall.rules = replace(hall.rules, source={**hall.rules.source, "ledgers/amounts.toml": body})
    write(hall, tmp_path / "a.xlsx", "amounts")
    assert read(tmp_path / "a.xlsx") == [["名字", "金额"], ["刘桂兰", 50.0]]


def test_a_roll_of_a_month_has_all_whose_entry_changed_in_it(hall: Office, tmp_path: Path) -> None:
    """Those who left among them, and nobody who only stood on it."""
    path, december = tmp_path / "a.xlsx", month_span("2026-12")
    hall.clock = FixedClock(MONDAY + timedelta(days=20))
    granted(hall, resident("王德福", "1946-11-20", 11))
    on_the_spot(hall, LIU, "MZ-GL-02", cert_result="户籍迁出")
    for span, told in (
        (NOVEMBER, {"刘桂兰": "已停发"}),
        (december, {"刘桂兰": "已停发", "王德福": "在发"}),
        (Span(), {"王德福": "在发"}),
    ):
        write(hall, path, "elderly_roster", span=span)
        assert {row[2]: row[15] for row in read(path)[3:]} == told
