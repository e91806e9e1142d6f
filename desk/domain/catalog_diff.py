"""What a new edition of the rules changes against the one before: items with the parts that differ, holidays, amounts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from types import MappingProxyType
from typing import Final, Literal

from desk.domain.catalog import Catalog, Item, LimitUnit
from desk.domain.workdays import HolidayTable

PARTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "name": "名称",
        "short_name": "简称",
        "aliases": "别名",
        "line": "条线",
        "department": "主管部门",
        "nature": "性质",
        "subject": "对象",
        "acceptor": "受理单位",
        "workflow": "办理流程",
        "person_block": "身份信息",
        "instant": "即办",
        "applicants": "谁可以办",
        "result": "办理结果",
        "legal_basis": "依据",
        "confirmed": "是否核定",
        "notes": "说明",
        "limits": "期限",
        "fields": "申请表",
        "questions": "当面问的",
        "rules": "条件",
        "materials": "材料",
        "route": "办理环节",
        "tiers": "档次",
        "effects": "进出名册",
        "sensitive": "敏感信息",
    }
)
"""What a part of an item is called; every field of `Item` but its code has a name."""
UNITS: Final[Mapping[LimitUnit, str]] = MappingProxyType(
    {"working_day": "个工作日", "calendar_day": "天", "month": "个月"}
)
_WORDS: Final = ("name", "short_name", "result")
_LISTS: Final = ("fields", "questions", "rules", "materials", "route")

ChangeKind = Literal["added", "removed", "renamed", "changed"]


@dataclass(frozen=True, slots=True)
class Edition:
    """One side of a comparison; `titles` are of the papers by kind, `files` are all that was read."""

    catalog: Catalog
    holidays: HolidayTable
    titles: Mapping[str, str]
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class PartChange:
    """One part of an item that differs: from what to what, or which of its entries."""

    part: str
    before: str = ""
    after: str = ""
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One item; `code` is the former one, `new_code` the present one of a renamed item."""

    kind: ChangeKind
    code: str
    name: str
    parts: tuple[PartChange, ...] = ()
    new_code: str = ""


@dataclass(frozen=True, slots=True)
class ParamChange:
    """An amount or limit of the county; '' where it was not, or is no more. `confirmed`: as it now stands."""

    name: str
    before: str
    after: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class YearChange:
    """A year's holidays: newly there, gone, or with other days."""

    year: int
    kind: ChangeKind
    days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs; `papers` are titles of papers worded anew, `others` the remaining files by name."""

    items: tuple[ItemChange, ...] = ()
    params: tuple[ParamChange, ...] = ()
    years: tuple[YearChange, ...] = ()
    workflows: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def touched(self) -> frozenset[str]:
        """The former codes of the items whose open cases keep what they had."""
        return frozenset(one.code for one in self.items if one.kind != "added")


def compare(old: Edition, new: Edition, county: str) -> Difference:
    """What `new` changes for a desk of that county."""
    titled = {
        f"papers/{kind}.toml": title for kind, title in (*old.titles.items(), *new.titles.items())
    }
    other = _other_files(old.files, new.files)
    return Difference(
        items=tuple(_items(old.catalog, new.catalog)),
        params=tuple(_params(old.catalog, new.catalog, county)),
        years=tuple(_years(old.holidays, new.holidays)),
        workflows=tuple(_workflows(old.catalog, new.catalog)),
        papers=tuple(titled.get(name, name) for name in other if name.startswith("papers/")),
        others=tuple(
            name for name in other if not name.startswith(("papers/", "catalog/", "holidays/"))
        ),
    )


def present_code(catalog: Catalog, code: str) -> str:
    """The code an item goes by now, its renamings followed; '' for one that is gone."""
    seen: set[str] = set()
    while code not in catalog.items and code in catalog.renamed and code not in seen:
        seen.add(code)
        code = catalog.renamed[code]
    return code if code in catalog.items else ""


def _items(old: Catalog, new: Catalog) -> Iterator[ItemChange]:
    kept: set[str] = set()
    for code, item in old.items.items():
        now = present_code(new, code)
        if not now:
            yield ItemChange("removed", code, item.short_name)
            continue
        kept.add(now)
        parts = tuple(_parts(item, new.items[now]))
        if now != code:
            yield ItemChange("renamed", code, item.short_name, parts, now)
        elif parts:
            yield ItemChange("changed", code, item.short_name, parts)
    for code, item in new.items.items():
        if code not in kept:
            yield ItemChange("added", code, item.short_name)


def _parts(old: Item, new: Item) -> Iterator[PartChange]:
    for field in fields(Item):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if field.name == "code" or before == after:
            continue
        if field.name in _WORDS:
            yield PartChange(field.name, before, after)
        elif field.name == "limits":
            yield PartChange("limits", _limits(old), _limits(new))
        elif field.name in _LISTS:
            yield _list_change(field.name, before, after)
        else:
            yield PartChange(field.name)


def _limits(item: Item) -> str:
    """The promised limit, and the statutory one where there is one."""
    limits = item.limits
    told = [f"承诺 {limits.promised_days} {UNITS[limits.promised_unit]}"]
    if limits.statutory_days:
        told.append(f"法定 {limits.statutory_days} {UNITS[limits.statutory_unit]}")
    return "、".join(told)


def _list_change(part: str, old: Sequence[object], new: Sequence[object]) -> PartChange:
    before, after = {_called(one): one for one in old}, {_called(one): one for one in new}
    return PartChange(
        part,
        added=tuple(name for name in after if name not in before),
        removed=tuple(name for name in before if name not in after),
        changed=tuple(name for name in after if name in before and after[name] != before[name]),
    )


def _called(entry: object) -> str:
    """What an entry of a list is called: a paper's name, a field's label, a condition's text, a step's action."""
    known = (getattr(entry, name, "") for name in ("name", "label", "text", "action"))
    return str(next(filter(None, known), ""))


def _params(old: Catalog, new: Catalog, county: str) -> Iterator[ParamChange]:
    before = old.counties.get(county, old.counties["000000"])
    after = new.counties.get(county, new.counties["000000"])
    for name in sorted({*before.params, *after.params}):
        was, now = _value(before.params.get(name)), _value(after.params.get(name))
        confirmed = name in after.confirmed
        if was != now or (name in before.confirmed) != confirmed:
            yield ParamChange(name, was, now, confirmed)


def _value(value: object) -> str:
    if value is None:
        return ""
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _years(old: HolidayTable, new: HolidayTable) -> Iterator[YearChange]:
    for year in sorted(old.years | new.years):
        if year not in old.years:
            yield YearChange(year, "added")
        elif year not in new.years:
            yield YearChange(year, "removed")
        else:
            days = sorted(
                day
                for day in {*old.days, *new.days}
                if day.year == year and old.days.get(day) != new.days.get(day)
            )
            if days:
                yield YearChange(year, "changed", tuple(days))


def _workflows(old: Catalog, new: Catalog) -> Iterator[str]:
    for key, workflow in new.workflows.items():
        if old.workflows.get(key) != workflow:
            yield workflow.label


def _other_files(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> list[str]:
    return [name for name in sorted({*old, *new}) if old.get(name) != new.get(name)]
