"""Requests of the mini-program: taken once, taken up as a case or refused, answered by a file."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from desk.errors import (
    ActionNotAllowed,
    ChangedMeanwhile,
    FieldsRefused,
    NotFound,
    TableRefused,
)
from desk.importing.tables import read_table
from desk.resources import resource_bytes
from desk.services import case_views, cases, drafts, imports, intake, request_answers, requests
from desk.services.check import check
from desk.services.import_views import ImportJob
from tests.builders import intake_values, person, take_in
from tests.services.importing import job, taken

EXAMPLE = json.loads(resource_bytes("importing/requests.example.json"))


def bring(office, folder: Path, body: object = EXAMPLE):
    path = folder / "申请.json"
    path.write_text(json.dumps(body), "utf-8")
    opened = imports.open_file(office, path=path, kind="requests")
    return taken(office, ImportJob("requests", opened.table, opened.columns, "", opened.source))


def test_a_file_taken_twice_is_taken_once(office, tmp_path):
    assert [row.verdict for row in bring(office, tmp_path).rows] == ["new", "new"]
    assert [row.verdict for row in bring(office, tmp_path).rows] == ["same", "same"]
    assert requests.waiting(office) == 2
    first = requests.listed(office)[0]
    assert (first.source, first.state_label) == ("同心三原小程序", "待处理")
    assert check(office).findings == ()


def test_the_same_number_of_another_source_is_another_request(office, tmp_path):
    bring(office, tmp_path)
    bring(office, tmp_path, {**EXAMPLE, "source": "别的小程序"})
    assert requests.waiting(office) == 4


def test_the_table_form_says_the_same(office, tmp_path):
    rows = [("申请编号", "姓名", "电话", "申请内容"), ("1", "刘桂兰", "13800002734", "办高龄补贴")]
    assert taken(office, job(office, tmp_path, "requests", rows)).counts == {"new": 1}
    assert requests.listed(office)[0].source == "小程序表格"


def the_request(office, name: str):
    return next(row for row in requests.listed(office) if row.name == name)


def accepted(office, tmp_path):
    bring(office, tmp_path)
    row = the_request(office, "刘桂兰")
    begun = requests.begin(office, request_id=row.id)
    full = intake_values(office, "MZ-GL-01")
    values = replace(full, request_id=begun.request_id, channel=begun.channel)
    return row, begun, intake.finish(office, values=values, end="receive", asks={}).value


def test_taken_up_it_becomes_a_case(office, tmp_path):
    row, begun, done = accepted(office, tmp_path)
    assert (begun.item_code, begun.person.name, begun.person.birth) == (
        "MZ-GL-01",
        "刘桂兰",
        "1956-03-12",
    )
    assert begun.remark.startswith("满 70 岁了")
    after = the_request(office, "刘桂兰")
    assert (after.state, after.case_id) == ("taken", done.case_id)
    assert case_views.detail(office, case_id=done.case_id).subtitle.endswith("小程序")
    with pytest.raises(ActionNotAllowed):
        requests.begin(office, request_id=row.id)
    assert check(office).findings == ()


def test_who_is_known_is_known_again_and_what_is_not_said_is_left_open(office, tmp_path):
    """His row, with the telephone number he left there; a request of no item or of somebody without number opens all the same."""
    told = person(phone="13911112222", live_addr="三原县池阳街 1 号")
    take_in(office, "MZ-CJ-01", who=told)
    bare = {"request_no": "9", "name": "赵小虎", "wanted": "想问问低保"}
    bring(office, tmp_path, {**EXAMPLE, "requests": [*EXAMPLE["requests"], bare]})
    known = requests.begin(office, request_id=the_request(office, "刘桂兰").id).person
    assert (known.id_no, known.phone, known.live_addr) == (told.id_no, told.phone, told.live_addr)
    begun = requests.begin(office, request_id=the_request(office, "赵小虎").id)
    assert (begun.item_code, begun.person.name, begun.person.id_no) == ("", "赵小虎", "")
    assert begun.remark == "想问问低保"


def test_a_request_refused_while_it_was_taken_up_stays_refused(office, tmp_path):
    """At the other window; the case is there all the same."""
    bring(office, tmp_path)
    row = the_request(office, "刘桂兰")
    begun = requests.begin(office, request_id=row.id)
    requests.refuse(office, request_id=row.id, version=row.version, reason="重复申请")
    values = replace(intake_values(office, "MZ-GL-01"), request_id=begun.request_id)
    done = intake.finish(office, values=values, end="receive", asks={}).value
    after = the_request(office, "刘桂兰")
    assert (after.state, after.case_id) == ("refused", None)
    assert case_views.detail(office, case_id=done.case_id).row.state == "received"
    with pytest.raises(NotFound):
        requests.begin(office, request_id=done.case_id)


def test_a_draft_remembers_the_request(office, tmp_path):
    bring(office, tmp_path)
    begun = requests.begin(office, request_id=the_request(office, "刘桂兰").id)
    drafts.save(office, draft_id=None, values=begun)
    assert drafts.left_behind(office)[0].values.request_id == begun.request_id


def test_refused_with_a_reason(office, tmp_path):
    bring(office, tmp_path)
    row = the_request(office, "王建国")
    for wrong in ("", "  ", "长" * 301):
        with pytest.raises(FieldsRefused):
            requests.refuse(office, request_id=row.id, version=row.version, reason=wrong)
    requests.refuse(office, request_id=row.id, version=row.version, reason="请打物业电话报修")
    with pytest.raises(ChangedMeanwhile):
        requests.refuse(office, request_id=row.id, version=row.version, reason="再一次")
    assert the_request(office, "王建国").answer == "请打物业电话报修"


def answers(folder: Path, files: tuple[str, ...]) -> dict[str, dict[str, str]]:
    (name,) = [file for file in files if file.endswith(".json")]
    body = json.loads((folder / name).read_text("utf-8"))
    assert (body["format"], body["to"]) == ("bianmin-request-answers", "同心三原小程序")
    return {one["request_no"]: one for one in body["answers"]}


def test_the_answer_tells_state_number_and_a_sentence(office, tmp_path):
    _, _, done = accepted(office, tmp_path)
    row = the_request(office, "王建国")
    requests.refuse(office, request_id=row.id, version=row.version, reason="请打物业电话报修")
    out = tmp_path / "out"
    out.mkdir()
    written = request_answers.write(office, folder=out).value
    told = answers(out, written.files)
    assert told["XCX-20261122-0041"]["number"] == done.number
    assert told["XCX-20261122-0041"]["state"] == "已收件"
    assert "请打物业电话报修" in told["XCX-20261122-0042"]["sentence"]
    table = read_table(out / next(f for f in written.files if f.endswith(".xlsx")))
    assert table.headings == ("申请编号", "状态", "受理编号", "答复", "日期")
    # The refused one is answered for good, the case goes on and is told again.
    assert the_request(office, "王建国").state == "answered"
    version = case_views.detail(office, case_id=done.case_id).version
    cases.act(
        office, case_id=done.case_id, version=version, action="withdraw", asks={"reason": "不办了"}
    )
    again = tmp_path / "again"
    again.mkdir()
    told = answers(again, request_answers.write(office, folder=again).value.files)
    assert list(told) == ["XCX-20261122-0041"]
    assert the_request(office, "刘桂兰").state == "answered"
    assert request_answers.write(office, folder=again).value.answers == 0


@pytest.mark.parametrize(
    "change",
    [
        {"format": "bianmin-statuses"},
        {"version": 2},
        {"source": ""},
        {"source": 3},
        {"more": 1},
        {"requests": {}},
        {"requests": ["x"]},
        {"requests": [{"request_no": "1", "name": "甲", "wanted": "x", "path": "/etc"}]},
        {"requests": [{"request_no": 1, "name": "甲", "wanted": "x"}]},
        {"requests": [{"request_no": "1", "name": "甲", "wanted": "x" * 4001}]},
        {"requests": [{"request_no": "1", "name": "甲", "wanted": "\ud83d"}]},
        {"source": "\ud83d"},
        {"requests": []},
    ],
    ids=str,
)
def test_a_file_of_another_shape_is_refused(office, tmp_path, change):
    with pytest.raises(TableRefused):
        bring(office, tmp_path, {**EXAMPLE, **change})


@pytest.mark.parametrize(
    "text", ["[", "[]", "{}", '{"format": NaN}', '{"a": 1, "a": 2}', "[" * 100_000, "\ud83d"]
)
def test_what_is_no_json_of_ours_is_refused(office, tmp_path, text):
    path = tmp_path / "x.json"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(TableRefused):
        imports.open_file(office, path=path, kind="requests")


def test_hostile_words_stay_words(office, tmp_path):
    bad = "<img src=x onerror=alert(1)>\u202e=1+1{0}%s"
    one = {"request_no": "../../x", "name": bad[:60], "wanted": bad, "item": bad}
    bring(office, tmp_path, {**EXAMPLE, "source": "../..\\x", "requests": [one]})
    row = requests.listed(office)[0]
    assert row.wanted == bad
    requests.refuse(office, request_id=row.id, version=row.version, reason="不清楚")
    written = request_answers.write(office, folder=tmp_path).value
    assert all((tmp_path / name).is_file() for name in written.files)
    assert all(
        "/" not in name and "\\" not in name and ".." not in name[:-5] for name in written.files
    )
