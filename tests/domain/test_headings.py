"""Headings of strangers' tables find their fields; a field is given to one column."""

import pytest

from desk.domain.headings import match, plain
from desk.domain.ledger_fields import fields_of
from desk.domain.ledger_maps import SYNONYMS, read_ledgers, read_synonyms
from desk.resources import read_tree, resource_bytes
from tests.builders import rules

LEDGERS = read_ledgers(read_tree("ledgers"), rules().catalog)
WORDS = read_synonyms(resource_bytes(SYNONYMS))


def found(key: str, *headings: str) -> list[str]:
    return match(headings, fields_of(rules().catalog, LEDGERS[key]), WORDS)


@pytest.mark.parametrize(
    ("heading", "read"),
    [("身份证号（18位）*", "身份证号"), ("联 系\n电话", "联系电话"), ("ＮＯ．", "no"), ("：", "")],
)
def test_a_heading_is_looked_at_without_its_trimmings(heading: str, read: str) -> None:
    assert plain(heading) == read


def test_a_department_table_is_recognised() -> None:
    assert found(
        "elderly_roster",
        "序号",
        "姓 名",
        "公民身份号码",
        "补贴标准（元/月）",
        "老人联系电话",
        "社保卡账号",
        "银行户名",
        "审核意见",
    ) == [
        "row.n",
        "person.name",
        "person.id_no",
        "entry.monthly_amount",
        "person.phone",
        "entry.bank_account",
        "entry.bank_name",
        "",
    ]


def test_a_field_is_given_once() -> None:
    assert found("day_book", "姓名", "申请人", "身份证号", "身份证") == [
        "person.name",
        "",
        "person.id_no",
        "",
    ]


def test_the_label_of_a_field_is_a_name_for_it() -> None:
    assert found("disabled_nursing", "谁在照顾", "照顾的人的电话") == [
        "form.carer",
        "form.carer_phone",
    ]


def test_the_shipped_ledgers_recognise_most_of_their_own_headings() -> None:
    for key, ledger in LEDGERS.items():
        values = found(key, *(column.label for column in ledger.columns))
        wanted = [column.value for column in ledger.columns if column.value]
        right = sum(a == b for a, b in zip(values, (c.value for c in ledger.columns), strict=True))
        assert right >= 0.6 * len(wanted), (key, values)
