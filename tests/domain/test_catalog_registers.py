"""The strict reader of registers: each key of a shipped file missing, unknown, of another type or out of what it may be has its sentence."""

import tomllib
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, NamedTuple

import pytest

from desk.domain.catalog_nodes import Node
from desk.domain.catalog_reader import read_catalog
from desk.domain.catalog_registers import read_register
from desk.errors import CatalogRejected
from desk.resources import read_tree

SOURCES = {**read_tree("catalog"), **read_tree("codes")}
PARSED = {
    name: tomllib.loads(data.decode("utf-8"))
    for name, data in SOURCES.items()
    if name.endswith(".toml")
}
SHIPPED = {name: data for name, data in PARSED.items() if "/registers/" in name}
# The lists a field may name, by the names the catalogue's reader gives them.
TABLES = {
    name.removeprefix("codes/").removesuffix(".toml"): data
    for name, data in PARSED.items()
    if "entries" in data
}
ELDERLY = "catalog/registers/elderly.toml"
PARTS = ("", "state", "lists", "deeds")
REQUIRED = {
    "": {"key", "label", "line", "item", "state"},
    "state": {"key", "label", "tone", "on_roll"},
    "lists": {"key", "label", "kind", "empty"},
    "deeds": {"key", "label", "does", "sources", "state"},
}
WORDS = {
    ("", "sensitive"): "illness",
    ("state", "tone"): "soon",
    ("lists", "kind"): "newcomers",
    ("deeds", "does"): "resume",
}
OTHER_TYPE = {str: 7, bool: "是", int: "七", list: "甲", dict: "甲"}


class Spot(NamedTuple):
    """One key of one table of a shipped file."""

    file: str
    part: str
    number: int
    key: str

    def table(self, data: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = data[self.part][self.number] if self.part else data
        return found


def _spots() -> Iterator[Spot]:
    for file, data in SHIPPED.items():
        for part in PARTS:
            for number, table in enumerate(data[part] if part else [data]):
                yield from (Spot(file, part, number, key) for key in table)


SPOTS = [*_spots()]


def told(spot: Spot, change: Any) -> list[str]:
    """What the reader says of the file when `change` was made to the table of this key."""
    data, faults = deepcopy(SHIPPED[spot.file]), list[str]()
    change(spot.table(data))
    read_register(Node(spot.file, "", data, faults), TABLES)
    assert all(fault.startswith(f"{spot.file}: ") for fault in faults)
    return [fault.removeprefix(f"{spot.file}: ") for fault in faults]


def said(spot: Spot, faults: list[str], words: str) -> bool:
    """Whether one of them names the place and says so."""
    return any(
        fault.startswith(spot.part) and f"{spot.key}: " in fault and words in fault
        for fault in faults
    )


@pytest.mark.parametrize("file", SHIPPED)
def test_what_is_shipped_has_no_fault(file: str) -> None:
    assert told(Spot(file, "", 0, "key"), lambda table: None) == []


@pytest.mark.parametrize("spot", SPOTS, ids=str)
def test_a_missing_key_is_told_where_it_must_be_there(spot: Spot) -> None:
    faults = told(spot, lambda table: table.pop(spot.key))
    must = spot.key in REQUIRED[spot.part]
    assert said(spot, faults, "缺少；可填：") == must
    assert must or faults == []


@pytest.mark.parametrize("spot", SPOTS, ids=str)
def test_another_type_is_told_with_the_right_one(spot: Spot) -> None:
    faults = told(spot, lambda table: table.update({spot.key: OTHER_TYPE[type(table[spot.key])]}))
    assert said(spot, faults, "类型不对；可填：")


@pytest.mark.parametrize("spot", [spot for spot in SPOTS if spot.key == "key"], ids=str)
def test_an_unknown_key_is_told_with_those_there_are(spot: Spot) -> None:
    faults = told(spot, lambda table: table.update(fee=0))
    assert len(faults) == 1
    assert "fee: 没有这一项；可填：" in faults[0]
    assert "label" in faults[0]


@pytest.mark.parametrize(("place", "right"), WORDS.items())
@pytest.mark.parametrize("file", SHIPPED)
def test_a_word_that_is_not_allowed_is_told_with_those_that_are(
    file: str, place: tuple[str, str], right: str
) -> None:
    spot = Spot(file, place[0], 0, place[1])
    faults = told(spot, lambda table: table.update({spot.key: "elsewhere"}))
    assert said(spot, faults, "“elsewhere”不在可填之列；可填：")
    assert any(right in fault for fault in faults)


@pytest.mark.parametrize(
    ("part", "key", "value", "words"),
    [
        ("", "label", " ", "label: 是空的；可填：文字"),
        ("", "columns", ["tier", 7], "columns[1]: “7” 不是文字"),
        ("", "does", {"marry": "结婚"}, "does.marry: 没有这一种；可填：enrol、"),
        ("", "does", {"stop": True}, "does.stop: “True” 类型不对；可填：文字"),
        ("", "known", {"on_roll": "是"}, "known.on_roll: “是” 类型不对；可填：true 或 false"),
        ("", "shared", {"same": 1}, "shared.same: “1” 类型不对；可填：文字"),
        ("", "fills", {"bank": []}, "fills.bank: “[]” 类型不对；可填：文字"),
        ("", "state", [7], "state[0]: “7” 类型不对；可填：表"),
        ("lists", "days", 3661, "days: 3661 超出范围；可填：0 到 3660"),
        ("lists", "days", -1, "days: -1 超出范围；可填：0 到 3660"),
        ("deeds", "asks", [{"key": "why", "label": "为什么"}], "asks[0].kind: 缺少"),
    ],
)
def test_a_value_out_of_its_bounds_is_told(part: str, key: str, value: object, words: str) -> None:
    faults = told(Spot(ELDERLY, part, 0, key), lambda table: table.update({key: value}))
    assert any(words in fault for fault in faults), faults


@pytest.mark.parametrize(
    ("part", "what"), [("state", "状态"), ("lists", "名单"), ("deeds", "操作")]
)
def test_two_of_the_same_key_are_told(part: str, what: str) -> None:
    def twice(table: dict[str, Any]) -> None:
        table[part].append(table[part][0])

    key = SHIPPED[ELDERLY][part][0]["key"]
    assert told(Spot(ELDERLY, "", 0, part), twice) == [f"{part}: {what}“{key}”重复"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('line = "civil"', 'line = "moon"', "line: 没有条线“moon”；可填："),
        ('item = "MZ-GL-01"', 'item = "MZ-GL-99"', "item: 没有事项“MZ-GL-99”"),
        ('recheck = "MZ-GL-02"', 'recheck = "MZ-GL-99"', "recheck: 没有事项“MZ-GL-99”"),
        ('change = "MZ-GL-03"', 'change = "MZ-GL-99"', "change: 没有事项“MZ-GL-99”"),
        ('"gaoling_upgrade_from"', '"gaoling_soon"', "县参数里没有“gaoling_soon”"),
        ('"gaoling_backpay"', '"gaoling_later"', "县参数里没有“gaoling_later”"),
        ('columns = ["tier"', 'columns = ["grade"', "名册没有字段“grade”"),
        ('states = ["stopped"]', 'states = ["gone"]', "lists[stopped].states: 没有状态“gone”"),
        ('sources = ["stopped"]', 'sources = ["gone"]', "deeds[resume]: 没有状态“gone”"),
        ('state = "drawing", due', 'state = "gone", due', "deeds[resume]: 没有状态“gone”"),
        ('{ key = "why", label = "怎样', '{ key = "how", label = "怎样', "deeds[stop].asks: 名册没有字段“how”"),
        ('due = "$today+(gaoling_cert_months)m"', 'due = "some day"', "deeds[resume].due: 读不懂“some day”"),
        ("dup_subsidy = true", "moonlight = true", "没有事项问“moonlight”"),
    ],
)  # fmt: skip
def test_a_name_of_what_is_not_there_is_told(old: str, new: str, words: str) -> None:
    text = SOURCES[ELDERLY].decode("utf-8")
    assert old in text
    with pytest.raises(CatalogRejected) as caught:
        read_catalog({**SOURCES, ELDERLY: text.replace(old, new, 1).encode("utf-8")})
    assert any(fault.startswith(f"{ELDERLY}: ") and words in fault for fault in caught.value.faults)
