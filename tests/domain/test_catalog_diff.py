"""What a new edition changes: each part by its name, holidays by their days, renamed items followed."""

from dataclasses import fields, replace
from datetime import date

import pytest

from desk.domain.catalog import Catalog, Item
from desk.domain.catalog_diff import PARTS, Edition, PartChange, compare, present_code
from desk.domain.workdays import HolidayTable
from desk.words.catalog import PARAMS, headline, sections
from tests.builders import rules

COUNTY, ITEM = "610422", "MZ-GL-01"


def edition(catalog: Catalog | None = None, holidays: HolidayTable | None = None) -> Edition:
    known = rules()
    return Edition(catalog or known.catalog, holidays or known.holidays, {}, known.source)


def with_item(code: str, **changes: object) -> Catalog:
    """The shipped catalogue with one item changed."""
    catalog = rules().catalog
    changed = replace(catalog.items[code], **changes)  # type: ignore[arg-type]
    return replace(catalog, items={**catalog.items, code: changed})


def told(new: Edition) -> dict[str, tuple[str, ...]]:
    return dict(sections(compare(edition(), new, COUNTY)))


def test_the_same_differs_in_nothing():
    assert compare(edition(), edition(), COUNTY) == compare(edition(), edition(), "999999")
    assert told(edition()) == {}
    assert headline(compare(edition(), edition(), COUNTY), 0) == "事项没有变化"


def test_every_part_of_an_item_has_a_name():
    assert {one.name for one in fields(Item)} - {"code"} == set(PARTS)


def test_every_shipped_parameter_has_a_name():
    """A clerk reads what changed, never a word of the program."""
    assert {name for one in rules().catalog.counties.values() for name in one.params} <= set(PARAMS)


@pytest.mark.parametrize("part", sorted(PARTS))
def test_a_changed_part_is_told_by_its_name(part: str):
    item = rules().catalog.items[ITEM]
    value = getattr(item, part)
    other = {str: "别的", bool: not value, tuple: ()}.get(type(value))
    if part == "limits":
        other = replace(value, promised_days=99)
    if part in ("tiers", "effects", "aliases") and not value:
        other = ("别的",)
    if value == other:
        other = ("别的",)
    [line] = told(edition(with_item(ITEM, **{part: other})))["事项"]
    assert PARTS[part] in line


def test_entries_of_a_list_are_named():
    item = rules().catalog.items[ITEM]
    first, *others = item.materials
    more = replace(first, key="more", name="居住证明")
    changed = (replace(others[0], copies=9), *others[1:], more)
    [line] = told(edition(with_item(ITEM, materials=changed)))["事项"]
    assert f"增加居住证明，去掉{first.name}，改动{others[0].name}" in line


def test_added_removed_and_renamed():
    catalog = rules().catalog
    item = catalog.items[ITEM]
    others = {code: one for code, one in catalog.items.items() if code not in (ITEM, "BB-KD-01")}
    new = replace(
        catalog,
        items={
            **others,
            "MZ-GL-09": replace(item, code="MZ-GL-09", name="新名"),
            "ZZ-01": replace(item, code="ZZ-01", short_name="全新的"),
        },
        renamed={ITEM: "MZ-GL-08", "MZ-GL-08": "MZ-GL-09"},
        removed=("BB-KD-01",),
    )
    difference = compare(edition(), edition(new), COUNTY)
    assert difference.touched == {ITEM, "BB-KD-01"}
    lines = told(edition(new))["事项"]
    gone = catalog.items["BB-KD-01"].short_name
    assert f"停办 {gone}（BB-KD-01）" in lines
    assert "新增 全新的（ZZ-01）" in lines
    assert any("代码 MZ-GL-01 改为 MZ-GL-09；名称由" in line for line in lines)
    assert headline(difference, 14) == "3 项有变化，14 件在办的按旧规定办完"


def test_a_ring_of_renamings_ends():
    catalog = replace(rules().catalog, renamed={"A": "B", "B": "A"})
    assert present_code(catalog, "A") == ""
    assert present_code(catalog, ITEM) == ITEM


def test_parameters_of_this_county_alone():
    catalog = rules().catalog
    county = catalog.counties[COUNTY]
    params = {**county.params, "gaoling_t80": "120", "county_requires_photo": True}
    changed = replace(county, params=params, confirmed=county.confirmed | {"gaoling_t80"})
    new = replace(catalog, counties={**catalog.counties, COUNTY: changed})
    assert told(edition(new))["县里的标准"] == (
        "申请要不要照片：否 → 是（待核定）",
        "高龄补贴 80 岁档（元/月）：100 → 120（已核定）",
    )
    assert compare(edition(), edition(new), "610423").params == ()


def test_holidays_by_year_and_day():
    table = rules().holidays
    day = date(2026, 10, 9)
    days = {**table.days, day: ("rest", "国庆节")}
    new = HolidayTable(days, (table.years - {2023}) | {2027})
    assert told(edition(holidays=new))["节假日"] == (
        "2023 年放假安排去掉了",
        "2026 年有改动：10月9日",
        "2027 年放假安排有了",
    )


def test_papers_by_title_and_the_rest_by_kind():
    known = rules().source
    files = {**known, "papers/receipt_slip.toml": b"", "codes/sex.toml": b"", "forms/x.toml": b""}
    old, new = edition(), replace(edition(), files=files, titles={"receipt_slip": "收件凭证"})
    found = dict(sections(compare(old, new, COUNTY)))
    assert found == {"文书的文字": ("收件凭证",), "其他": ("申请表样式 1 份", "代码表 1 份")}


def test_limits_lists_and_figures_are_told_in_words():
    catalog = rules().catalog
    item = catalog.items[ITEM]
    limits = replace(item.limits, statutory_days=60)
    changed = with_item(ITEM, limits=limits, effects=())
    found = {
        part.part: part for part in compare(edition(), edition(changed), COUNTY).items[0].parts
    }
    assert "法定 60" in found["limits"].after
    assert found["effects"] == PartChange("effects")
    county = catalog.counties[COUNTY]
    several = replace(county, params={**county.params, "several": ["甲", "乙"]})
    counties = {**catalog.counties, COUNTY: several}
    assert "甲、乙" in str(compare(edition(), edition(replace(catalog, counties=counties)), COUNTY))


def test_a_changed_life_cycle_is_named():
    catalog = rules().catalog
    key, flow = next(iter(catalog.workflows.items()))
    flows = {**catalog.workflows, key: replace(flow, actions=flow.actions[1:])}
    assert flow.label in str(compare(edition(), edition(replace(catalog, workflows=flows)), COUNTY))
