"""Ledgers' files are read strictly; what may stand in whose ledger is decided when they are read."""

import tomllib

import pytest

from desk.domain.ledger_fields import competent_lines
from desk.domain.ledger_maps import read_ledger, read_ledgers, read_synonyms
from desk.domain.ledgers import Span, month_span, read_span
from desk.errors import CatalogRejected
from desk.resources import read_tree
from tests.builders import rules

PLAIN = """
key = "sample"
title = "样表"
source = "cases"
columns = [{ label = "姓名", value = "person.name" }]
"""


def faults(text: str) -> list[str]:
    """What is wrong with a file of this text."""
    with pytest.raises(CatalogRejected) as told:
        read_ledgers({"ledgers/sample.toml": text.encode()}, rules().catalog)
    return list(told.value.faults)


def column(**parts: object) -> dict[str, object]:
    return {"label": "一列", **parts}


def ledger(**changes: object) -> dict[str, object]:
    return {**tomllib.loads(PLAIN), **changes}


def refused(**changes: object) -> str:
    """The only fault of the sample with these changes."""
    with pytest.raises(CatalogRejected) as told:
        read_ledger("样表", ledger(**changes), rules().catalog)
    (fault,) = told.value.faults
    return fault


def test_the_shipped_ledgers_are_as_they_must_be() -> None:
    found = read_ledgers(read_tree("ledgers"), rules().catalog)
    lines = {one.line for one in found.values()}
    assert len(found) >= 8
    assert {"civil", "disabled", "medical", "labour", "party", "veterans", ""} <= lines
    assert sum(one.line == "disabled" for one in found.values()) == 2


def test_the_plain_one_is_read() -> None:
    read = read_ledger("样表", ledger(), rules().catalog)
    assert (read.sheet, read.by, read.columns[0].value) == ("样表", "opened_on", "person.name")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"colums": []}, "colums: 没有这一项；可填：by、columns"),
        ({"key": "No 1"}, "key: “No 1”不是英文名"),
        ({"source": "wishes"}, "source: “wishes”不在可填之列；可填：cases、records、people"),
        ({"line": "nobody"}, "line: “nobody”不在可填之列；可填：party、civil"),
        ({"items": ["XX-01"]}, "items: 没有“XX-01”；可填：BB-DB-01"),
        ({"states": ["gone"]}, "states: 没有“gone”；可填："),
        ({"lines": ["civil", "civil"]}, "lines: 值“civil”重复"),
        ({"register": "elderly"}, "register: 只有 records 才有名册"),
        ({"sheet": "a/b"}, "sheet: “a/b”不能作工作表名"),
        ({"heading": ["{village}"]}, "heading[0]: 没有“village”这个空；可填：community"),
        ({"columns": []}, "columns: 有 0 列；可填：1 到 60 列"),
        ({"columns": [column(), column()]}, "columns: 列名“一列”重复"),
        (
            {"columns": [column(value="form.no_such")]},
            "columns[0].value: 没有“form.no_such”这一项；可填：row.n",
        ),
        (
            {"columns": [column(value="person.name", style="dots")]},
            "columns[0].style: 姓名不能这样写；可填：不填",
        ),
        (
            {"columns": [column(value="person.birth", style="code")]},
            "columns[0].style: 出生日期不能这样写；可填：iso、words",
        ),
        (
            {"columns": [column(value="person.name", text="甲")]},
            "columns[0].text: value 和 text 只能有一个",
        ),
        ({"columns": [column(width=500)]}, "columns[0].width: 500 超出范围；可填：0 到 80"),
    ],
)
def test_every_fault_names_file_place_and_what_is_allowed(
    changes: dict[str, object], told: str
) -> None:
    assert refused(**changes).replace("columns[一列]", "columns[0]").startswith(f"样表: {told}")


def test_all_faults_are_told_at_once() -> None:
    found = faults('key = "A"\nsource = "cases"\ncolumns = [{ value = "x" }]\n')
    assert [fault.split(": ")[1] for fault in found] == [
        "title",
        "columns[0].label",
        "key",
        "columns[0].value",
    ]
    assert all(fault.startswith("ledgers/sample.toml: ") for fault in found)


def test_what_is_no_toml_is_told() -> None:
    assert "ledgers/sample.toml: 不合 TOML 的写法" in faults("key = ")


def test_one_key_is_one_ledger() -> None:
    sources = {f"ledgers/{name}.toml": PLAIN.encode() for name in "ab"}
    with pytest.raises(CatalogRejected, match="台账“sample”重复"):
        read_ledgers(sources, rules().catalog)


@pytest.mark.parametrize(
    ("value", "allowed", "others"),
    [
        ("form.diseases", {"line": "medical", "items": ["YB-MT-01"]}, {"items": ["YB-MT-01"]}),
        (
            "form.disability_kind",
            {"line": "disabled", "items": ["MZ-CJ-01"]},
            {"line": "veterans", "items": ["MZ-CJ-01"]},
        ),
        (
            "form.child_name",
            {"line": "disabled", "items": ["CL-KF-01"]},
            {"line": "civil", "items": ["CL-KF-01"]},
        ),
        (
            "form.party_status",
            {"line": "party", "items": ["DJ-ZZ-01"]},
            {"line": "civil", "items": ["DJ-ZZ-01"]},
        ),
        ("person.political", {"line": "party"}, {}),
        (
            "entry.diseases",
            {"line": "medical", "source": "records", "register": "chronic"},
            {"line": "civil", "source": "records", "register": "chronic"},
        ),
    ],
)
def test_what_is_private_goes_to_the_competent_line_alone(
    value: str, allowed: dict[str, object], others: dict[str, object]
) -> None:
    columns = [column(value=value)]
    assert read_ledger("样表", ledger(columns=columns, **allowed), rules().catalog).columns
    assert "只能" in refused(columns=columns, **others)


def test_an_account_stands_in_full_only_where_the_line_decides() -> None:
    items = ["MZ-GL-01"]
    full = [column(value="form.bank_account", show="full")]
    part = [column(value="form.bank_account")]
    assert "账号只有主管条线能写全" in refused(columns=full, items=items)
    assert read_ledger("样表", ledger(columns=part, items=items), rules().catalog)
    assert read_ledger("样表", ledger(columns=full, items=items, line="civil"), rules().catalog)


def test_who_takes_part_in_deciding_is_competent_too() -> None:
    item = rules().catalog.item("MZ-CJ-01")
    assert {"civil", "disabled"} <= competent_lines(rules().catalog, item)
    assert "party" not in competent_lines(rules().catalog, item)


def test_synonyms_are_lists_of_texts() -> None:
    assert read_synonyms(b'[names]\n"person.name" = ["a"]\n') == {"person.name": ("a",)}
    with pytest.raises(CatalogRejected):
        read_synonyms(b'[names]\n"person.name" = "a"\n')
    with pytest.raises(CatalogRejected):
        read_synonyms(b"names = []\n")


@pytest.mark.parametrize(
    ("month", "last"), [("2026-02", "28"), ("2028-02", "29"), ("2026-12", "31"), ("2026-11", "30")]
)
def test_a_month_has_its_days(month: str, last: str) -> None:
    assert month_span(month) == Span("month", f"{month}-01", f"{month}-{last}")


@pytest.mark.parametrize(
    "span", [Span(), Span("since"), month_span("2026-11"), Span("days", "2026-11-01", "2026-11-09")]
)
def test_a_span_is_kept_short_and_read_back(span: Span) -> None:
    assert len(span.short) <= 24
    assert read_span(span.short) == span


@pytest.mark.parametrize("month", ["2026-13", "2026", "11", "二〇二六"])
def test_there_is_no_such_month(month: str) -> None:
    with pytest.raises(ValueError, match=r"Invalid isoformat|month must"):
        month_span(month)


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (Span(), "全部"),
        (month_span("2026-11"), "2026 年 11 月"),
        (Span("days", "2026-11-01", "2026-11-23"), "2026-11-01 至 2026-11-23"),
        (Span("since"), "上次以来"),
    ],
)
def test_a_span_in_words(span: Span, said: str) -> None:
    assert span.words == said


def test_what_is_no_text_is_told() -> None:
    with pytest.raises(CatalogRejected, match="不是 UTF-8 文字"):
        read_ledgers({"ledgers/sample.toml": b"\xff"}, rules().catalog)


def test_records_need_a_register_that_is_there() -> None:
    assert refused(source="records", columns=[column(text="甲")]).startswith("样表: register: 缺少")
    with pytest.raises(CatalogRejected, match="register"):
        read_ledger("样表", ledger(source="records", register="moon"), rules().catalog)


def test_people_are_not_picked_by_item() -> None:
    assert "items: 这种台账不按它挑" in refused(source="people", items=["MZ-GL-01"])
