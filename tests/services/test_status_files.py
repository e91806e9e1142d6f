"""A department's results move the cases they name where that is allowed now; all others are listed and left alone."""

import json

import pytest
from sqlalchemy import func, select

from db.models import Event
from desk.services import case_views, imports
from desk.services.check import check
from desk.services.import_views import ImportJob
from desk.services.operation import reading
from tests.builders import take_in
from tests.services import deeds
from tests.services.importing import job, taken

TOLD_OF_CASES = select(func.count()).select_from(Event).where(Event.entity != "audit")
HEAD = ("受理编号", "办理结果", "审批日期", "说明")


def forwarded(office):
    """A case at the county, with its number."""
    done = take_in(office, "YB-MT-01")
    deeds.walk(office, done, "confirm_accepted", "forward")
    return done.case_id, case_views.detail(office, case_id=done.case_id).numbers[-1]


def state(office, case_id) -> str:
    return case_views.detail(office, case_id=case_id).row.state


def test_a_result_moves_its_case(office, tmp_path):
    case_id, number = forwarded(office)
    at = state(office, case_id)
    rows = [HEAD, (number, "不通过", office.today.isoformat(), "户籍不在本县")]
    one = job(office, tmp_path, "statuses", rows)
    before = imports.preview(office, job=one)
    assert (before.rows[0].verdict, state(office, case_id)) == ("new", at)
    assert "刘桂兰" in before.rows[0].who
    assert taken(office, one).rows[0].verdict == "new"
    assert state(office, case_id) == "decided_no"
    history = case_views.detail(office, case_id=case_id).history
    assert history[0].reason == "户籍不在本县"
    assert taken(office, one).rows[0].verdict == "same"
    assert check(office).findings == ()


def test_a_short_number_names_a_case_where_only_one_bears_it(office, tmp_path):
    """Each day begins anew, so a year later there is another of the same."""
    case_id, _ = forwarded(office)
    short = case_views.detail(office, case_id=case_id).row.short_no
    other = short.replace("1123", "1124")
    rows = [HEAD, (short, "通过", "", ""), (other, "通过", "", "")]
    known, unknown = imports.preview(office, job=job(office, tmp_path, "statuses", rows)).rows
    assert (known.verdict, unknown.verdict) == ("new", "bad")
    office.clock.advance(days=365)
    deeds.act(office, take_in(office, "YB-MT-01"), "confirm_accepted")
    for typed, said in ((short, "对得上几件"), (other, "没有编号是")):
        rows = [HEAD, (typed, "通过", "", "")]
        [row] = imports.preview(office, job=job(office, tmp_path, "statuses", rows)).rows
        assert (row.verdict, said in "".join(row.faults)) == ("bad", True), row.faults


def test_what_cannot_be_done_is_listed_and_left_alone(office, tmp_path):
    case_id, number = forwarded(office)
    at = state(office, case_id)
    rows = [
        HEAD,
        ("SL-610422001001-02-20261123-9999-X", "通过", "", ""),
        ("不是编号", "通过", "", ""),
        (number, "研究研究", "", ""),
        (number, "已送达", "", ""),
        (number, "不通过", "", ""),
        ("", "通过", "", ""),
        (number, "不通过", "2030-01-01", "户籍不在本县"),
    ]
    with reading(office) as connection:
        events = connection.execute(TOLD_OF_CASES).scalar_one()
    plan = taken(office, job(office, tmp_path, "statuses", rows))
    assert {row.verdict for row in plan.rows} == {"bad"}
    said = ["".join(row.faults) for row in plan.rows]
    assert "没有编号是" in said[0]
    assert "没有编号是" in said[1]
    assert "看不懂“研究研究”" in said[2]
    assert "不能直接登记成“已送达”" in said[3]
    assert "还要填“" in said[4]
    assert "空的" in said[5]
    assert "2026-11-23 之间" in said[6]
    assert state(office, case_id) == at
    with reading(office) as connection:
        assert connection.execute(TOLD_OF_CASES).scalar_one() == events


@pytest.mark.parametrize("asked", ["full", "short"])
def test_json_and_short_numbers(office, tmp_path, asked):
    case_id, number = forwarded(office)
    short = "SL " + number.split("-")[3][4:] + "-" + number.split("-")[4]
    one = {"number": number if asked == "full" else short, "status": "不同意", "reason": "条件不符"}
    body = {"format": "bianmin-statuses", "version": 1, "source": "民政局", "statuses": [one]}
    path = tmp_path / "结果.json"
    path.write_text(json.dumps(body), "utf-8")
    opened = imports.open_file(office, path=path, kind="statuses")
    taken(office, ImportJob("statuses", opened.table, opened.columns, "", opened.source))
    assert state(office, case_id) == "decided_no"


def test_two_rows_about_one_case_move_it_once(office, tmp_path):
    case_id, number = forwarded(office)
    rows = [HEAD, (number, "不通过", "", "一"), (number, "不通过", "", "二")]
    plan = taken(office, job(office, tmp_path, "statuses", rows))
    assert [row.verdict for row in plan.rows] == ["new", "same"]
    assert state(office, case_id) == "decided_no"
