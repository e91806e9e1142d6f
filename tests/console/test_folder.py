"""`bianmin check` and `bianmin export-ledger` on a data folder nobody has open."""

import csv
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import text

from tests.builders import make_office, take_in
from tests.kept import keep, opened

TYPED = "--password-stdin"


@pytest.fixture
def folder(tmp_path) -> Path:
    """A closed office with two cases."""
    office = make_office(tmp_path / "office").office
    take_in(office)
    take_in(office, "YB-MT-01")
    office.close()
    folder: Path = tmp_path / "office"
    return folder


def test_check_finds_a_whole_folder_whole(folder, run):
    status, said, complaints = run("check", folder, TYPED)
    assert (status, complaints) == (0, "")
    assert said.startswith("经过记录 ")
    assert said.endswith("逐行比对：完好。\n")


def test_check_finds_an_edited_row(folder, run):
    office = opened(keep(folder))
    with office.writer.begin() as connection:
        connection.execute(text("UPDATE case_file SET item_name = '别的' WHERE rowid = 1"))
    office.close()
    status, said, _ = run("check", folder, TYPED)
    assert status == 1
    assert said.startswith("不对：case_file 有 1 行与经过记录不一致\n")
    assert said.endswith("有 1 处不对。\n")


def test_a_wrong_password_is_said(folder, run):
    status, said, complaints = run("check", folder, TYPED, typed="不是这个口令呀不是\n")
    assert (status, said) == (2, "")
    assert complaints.startswith("姓名和密码对不上。")


def test_no_password_at_all_is_a_wrong_one(folder, run):
    assert run("check", folder, TYPED, typed="")[0] == 2


def test_the_operator_may_be_named(folder, run):
    assert run("check", folder, TYPED, "--operator", "王敏")[0] == 0
    status, _, complaints = run("check", folder, TYPED, "--operator", "没有这人")
    assert status == 2
    assert complaints.startswith("姓名和密码对不上。")


def test_an_empty_folder_is_no_office(tmp_path, run):
    for folder in (tmp_path, tmp_path / "gone"):
        status, _, complaints = run("check", folder, TYPED)
        assert status == 2
        assert complaints == f"文件夹 {folder} 里没有便民前台的数据。请核对路径，再运行一次。\n"
    assert list(tmp_path.iterdir()) == []


def test_an_open_folder_is_left_alone(folder, run):
    office = opened(keep(folder))
    status, _, complaints = run("check", folder, TYPED)
    office.close()
    assert status == 2
    assert complaints.startswith("程序已经开着。")


@pytest.mark.parametrize(("kind", "encoding"), [("csv", "utf-8-sig"), ("csv-gb18030", "gb18030")])
def test_the_ledger_as_text(folder, run, tmp_path, kind, encoding):
    target = tmp_path / "台账.csv"
    words = ("export-ledger", target, "--data", folder, "--kind", kind, TYPED)
    assert run(*words)[:2] == (0, f"已导出 2 件：{target}\n")
    with target.open(encoding=encoding, newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][:3] == ["收件编号", "受理编号", "申请人"]
    assert [row[2] for row in rows[1:]] == ["刘桂兰", "刘桂兰"]


def test_a_ledger_that_has_no_place_is_told_before_anything_is_asked(folder, run, tmp_path):
    for target in (tmp_path, tmp_path / "gone" / "台账.xlsx"):
        status, said, complaints = run("export-ledger", target, "--data", folder, TYPED)
        assert (status, said) == (2, "")
        assert complaints == f"台账写不到 {target}：要写一个文件名，它的文件夹要先建好。\n"


def test_the_ledger_as_a_spreadsheet(folder, run, tmp_path):
    target = tmp_path / "台账.xlsx"
    status, said, _ = run("export-ledger", target, "--data", folder, TYPED)
    assert (status, said) == (0, f"已导出 2 件：{target}\n")
    rows = CalamineWorkbook.from_path(target).get_sheet_by_index(0).to_python()
    assert [row[2] for row in rows if "刘桂兰" in row] == ["刘桂兰"] * 2


def test_a_ledger_that_cannot_be_written_is_said(folder, run, tmp_path):
    target = tmp_path / "gone" / "台账.csv"
    status, said, complaints = run(
        "export-ledger", target, "--data", folder, "--kind", "csv", "--group", "closed", TYPED
    )
    assert (status, said) == (2, "")
    assert "。" in complaints
    assert not target.parent.exists()


def test_the_ledger_of_a_month_and_since_last_time(folder, run, tmp_path):
    target = tmp_path / "台账.csv"
    words = ("export-ledger", target, "--data", folder, "--kind", "csv", TYPED)
    assert run(*words, "--month", "2026-10")[:2] == (0, f"已导出 0 件：{target}\n")
    assert run(*words, "--month", "2026-11")[:2] == (0, f"已导出 2 件：{target}\n")
    for rows in (2, 0):
        assert run(*words, "--since-last")[:2] == (0, f"已导出 {rows} 件：{target}\n")


def test_a_department_ledger_and_one_that_is_not_there(folder, run, tmp_path):
    target = tmp_path / "名册.xlsx"
    words = ("export-ledger", target, "--data", folder, TYPED)
    assert run(*words, "--ledger", "veterans")[:2] == (0, f"已导出 0 件：{target}\n")
    status, _, complaints = run(*words, "--ledger", "nothing")
    assert status == 2
    assert "没有“nothing”这本台账" in complaints
    assert "elderly_roster　高龄老人生活保健补贴发放名册" in complaints


def test_a_month_that_is_none_is_told_before_anything_is_asked(folder, run, tmp_path):
    words = ("export-ledger", tmp_path / "a.xlsx", "--data", folder, "--month", "11", TYPED)
    status, said, complaints = run(*words)
    assert (status, said) == (2, "")
    assert complaints == "没有“11”这个月份。月份写成 2026-11 这样。\n"
