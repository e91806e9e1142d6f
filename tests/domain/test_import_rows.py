"""Columns told by their headings, cells as spreadsheets write them, and every fault with its column."""

from datetime import date

import pytest

from desk.domain.import_kinds import read_kinds
from desk.domain.import_rows import match_columns, read_row
from desk.errors import CatalogRejected
from desk.resources import resource_bytes
from tests.builders import id_number, rules

FILE = "importing/kinds.toml"
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def kinds():
    return read_kinds(FILE, resource_bytes(FILE), rules().catalog)


@pytest.mark.parametrize(
    ("kind", "headings", "columns"),
    [
        ("people", ["序号", "姓 名", "公民身份号码", "手机"], {"name": 1, "id_no": 2, "phone": 3}),
        (
            "cases",
            ["受理编号", "申请人", "事项名称", "登记日期", "办理情况"],
            {"old_number": 0, "name": 1, "item": 2, "opened_on": 3, "outcome": 4},
        ),
        ("statuses", ["受理编号", "审批结果", "审批日期"], {"number": 0, "status": 1, "day": 2}),
        ("people", ["甲", "乙"], {}),
    ],
)
def test_columns_by_their_headings(kinds, kind, headings, columns):
    assert match_columns(kinds.kinds[kind], headings, kinds) == columns


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("opened_on", "2019-03-04", "2019-03-04"),
        ("opened_on", "2019-03-04 00:00:00", "2019-03-04"),
        ("opened_on", "2019.3.4", "2019-03-04"),
        ("opened_on", "2019年3月4日", "2019-03-04"),
        ("opened_on", "20190304", "2019-03-04"),
        ("opened_on", "43528", "2019-03-04"),
        ("old_number", "２０１９-１", "２０１９-１"),
    ],
)
def test_days_as_spreadsheets_write_them(kinds, key, typed, value):
    read = read_row(kinds.kinds["cases"], {key: 0}, [typed], TODAY)
    assert read.text(key) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2024-03", "2024-03"),
        ("2024.03", "2024-03"),
        ("2024-03-01", "2024-03"),
        ("45352", "2024-03"),
    ],
)
def test_months(kinds, typed, value):
    read = read_row(kinds.kinds["elderly"], {"from_month": 0}, [typed], TODAY)
    assert read.text("from_month") == value


@pytest.mark.parametrize(
    ("key", "typed", "code"),
    [
        ("id_no", "6.10422E+17", "rounded"),
        ("bank_account", "6.2e+18", "rounded"),
        ("from_month", "2025.1", "unclear_month"),
        ("id_no", id_number(birth="20300101"), "id_future"),
        ("monthly_amount", "五十", "not_money"),
        ("name", "", "required"),
        ("verify_date", "2026-02-30", "no_such_day"),
    ],
)
def test_faults_name_their_column(kinds, key, typed, code):
    good = {"name": "刘桂兰", "id_no": id_number(), key: typed}
    columns = {name: place for place, name in enumerate(good)}
    read = read_row(kinds.kinds["elderly"], columns, list(good.values()), TODAY)
    assert [(one.field, one.code) for one in read.problems] == [(key, code)]
    assert key not in read.values


def test_a_short_row_has_blanks(kinds):
    read = read_row(kinds.kinds["people"], {"name": 0, "id_no": 5}, ["刘桂兰"], TODAY)
    assert [one.code for one in read.problems] == ["required"]


def test_what_departments_answer(kinds):
    assert kinds.answer(" 不 通过") is kinds.answer("驳回")
    assert kinds.answer("也许") is None
    meant = [word for one in kinds.answers for word in one.words]
    assert len(meant) == len(set(meant))


def test_answers_name_moves_and_states_there_are(kinds):
    workflow = rules().catalog.workflows["application"]
    actions = {one.key for one in workflow.actions}
    for answer in kinds.answers:
        assert set(answer.actions) <= actions
        assert set(answer.done) <= set(workflow.states)


@pytest.mark.parametrize(
    ("was", "becomes", "named"),
    [
        ('into = "people"', 'into = "nowhere"', "nowhere"),
        ('needs = ["name", "id_no"]', 'needs = ["shoe"]', "shoe"),
        ('register = "elderly"', 'register = "shoes"', "shoes"),
        ('state = "drawing"', 'state = "barefoot"', "barefoot"),
        ('entry = ["tier"', 'entry = ["shoe", "tier"', "shoe"),
        ("[[kind]]", "[[kind]", "读不懂"),
    ],
)
def test_faults_of_the_file_are_named(was, becomes, named):
    source = resource_bytes(FILE).decode().replace(was, becomes, 1).encode()
    with pytest.raises(CatalogRejected) as refused:
        read_kinds(FILE, source, rules().catalog)
    assert named in "\n".join(refused.value.faults)


def test_several_choices_in_one_cell(kinds):
    """As people write a list: parted by 、 or a comma, with blanks around."""
    field = next(one for one in kinds.kinds["chronic"].fields if one.multi)
    labels = [one.label for one in field.choices[:2]]
    read = read_row(kinds.kinds["chronic"], {field.key: 0}, ["、 ".join(labels)], TODAY)
    assert [problem for problem in read.problems if problem.field == field.key] == []
