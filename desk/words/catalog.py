"""What to say of the county's catalogue: what came, what it changes, why it is not taken."""

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from desk.domain.catalog_diff import (
    PARTS,
    Difference,
    ItemChange,
    ParamChange,
    PartChange,
    YearChange,
)
from desk.domain.paper_values import day_words

_GONE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "county": "县区 {name} 的标准不见了，不能去掉",
        "line": "条线 {name} 不见了；以前的办件还归在里面，不能去掉",
        "item": "事项 {name} 不见了；改了代码的写进 catalog.toml 的 [renamed]，停办的写进 removed",
        "workflow": "办理流程 {name} 不见了；在办的件还用着，不能去掉",
        "register": "名册 {name} 不见了；在册的人还在里面，不能去掉",
        "state": "状态 {name} 不见了；可能还有办件停在这里，只能加不能减",
        "paper": "文书 {name} 不见了；程序要用，不能去掉",
        "layout": "版式 {name} 不见了；程序要用，不能去掉",
    }
)
_TAKEN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "FOUND": "县里的第 {version} 版目录已读到，{day}起用。请在“目录”里看过变化再采用。",
        "OLD": "县里的第 {version} 版目录比已有的第 {held} 版旧，没有采用。目录只能换新的，不能退回去。",
        "OTHER": "第 {version} 版目录和以前收到的同一版内容不同，没有采用。请马上打电话向县里核对。",
        "BROKEN": "县里的第 {version} 版目录有 {faults} 处这台电脑读不懂，没有采用，原来的照用。"
        "第一处在 {first}。请告诉县里的技术人员。",
        "COUNTY": "这个目录包里写的是别的县，没有采用。请打电话向县里核对。",
    }
)
_FILES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "name": "{name}: 文件名不合规定；可填：小写字母、数字、下划线、连字符，以 .toml 或 .json 结尾",
        "size": "{name}: 文件太大；可填：1 MB 以内",
        "text": "{name}: 不是 UTF-8 文字",
    }
)
_PUBLISH: Final[Mapping[str, str]] = MappingProxyType(
    {
        "version": "catalog/catalog.toml: version 是 {version}，要比以前发布的第 {last} 版大",
        "begins": "起用日期 {day} 已经过去；可填：今天或以后",
        "through": "有效期到 {day}，早于起用日期；可填：起用日期或以后",
        "whole": "文件太多或合起来太大，一个目录包装不下；可填：1000 个文件、16 MB 以内",
    }
)
PARAMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "bianyuan_ratio": "低保边缘倍数",
        "chronic_evidence_months": "慢特病病历有效月数",
        "chronic_max_diseases": "慢特病一次最多申报几种",
        "county_requires_photo": "申请要不要照片",
        "delegated_acceptance": "社区获委托受理的事项",
        "dibao_std": "低保月标准（元）",
        "gaoling_backpay": "高龄补贴补发",
        "gaoling_cert_months": "高龄补贴复核周期（月）",
        "gaoling_effective_from": "高龄补贴从哪月起发",
        "gaoling_pay_cycle": "高龄补贴发放周期",
        "gaoling_t70": "高龄补贴 70 岁档（元/月）",
        "gaoling_t80": "高龄补贴 80 岁档（元/月）",
        "gaoling_t90": "高龄补贴 90 岁档（元/月）",
        "gaoling_t100": "高龄补贴 100 岁档（元/月）",
        "gaoling_upgrade_from": "高龄补贴从哪月升档",
        "letter_days_beyond": "介绍信有效期（省外，天）",
        "letter_days_city": "介绍信有效期（市内，天）",
        "letter_days_province": "介绍信有效期（省内，天）",
        "letter_issuer": "介绍信由谁开",
        "letter_issuer_beyond": "省外介绍信由谁开",
        "newborn_insure_days": "新生儿参保天数",
        "notice_full_names": "公示单写不写全名",
        "receipt_days": "接收回执几天内要到",
        "wish_limit": "微心愿金额上限（元）",
    }
)
"""The county's amounts and limits, as they are called."""
_VALUES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "": "没有",
        "True": "是",
        "False": "否",
        "month": "按月",
        "quarter": "按季",
        "month_after_approval": "批准次月",
        "month_after_birthday": "满岁次月",
    }
)
_TREES: Final[Mapping[str, str]] = MappingProxyType(
    {"layouts/": "版式", "forms/": "申请表样式", "codes/": "代码表", "ledgers/": "台账"}
)


EXPIRED: Final = (
    "县里的目录过期了",
    "照样可以办件，算出来的到期日都标“预计”。请向县里要新的目录，从同步页接收。",
)
UNREADABLE: Final = (
    "县里的新目录这台电脑读不懂",
    "现在还用原来的目录办件。请告诉县里的技术人员，要先装新版程序。",
)
WINDOW_TAKEN: Final = (
    "县里登记的本窗口是另一台电脑",
    "两台电脑用同一个窗口号，编号会重。刚换过电脑的，请县里再发布一次目录；不是的马上联系县里。",
)


def gone(what: str, name: str) -> str:
    """Why an edition cannot follow the one before: something is missing that is still needed."""
    return _GONE[what].format(name=name)


def file_fault(what: str, name: str) -> str:
    """Why a file cannot be part of a release."""
    return _FILES[what].format(name=name)


def publish_fault(what: str, facts: Mapping[str, object]) -> str:
    """Why a tree cannot be published as it is."""
    return _PUBLISH[what].format_map(facts)


def day_text(day: str) -> str:
    """An ISO day in words: 2026年12月1日."""
    return day_words(date.fromisoformat(day))


def taken_text(code: str, facts: Mapping[str, object]) -> str:
    """What became of a catalogue that came in.

    Raises:
        KeyError: nothing is said of this.
    """
    return _TAKEN[code].format_map(facts)


def standing(version: int, *, own: bool, since: str, through: str) -> str:
    """The catalogue in force, in one line."""
    if own:
        return "用的是程序自带的目录，还没有采用过县里发布的。"
    told = f"第 {version} 版，{day_text(since)}起用" if since else f"第 {version} 版"
    return f"{told}，有效到 {day_text(through)}。" if through else f"{told}。"


def coming(version: int, day: str) -> str:
    """A release that was taken and waits for its day."""
    return f"第 {version} 版已采用，{day_text(day)}起自动换上。"


def headline(difference: Difference, open_cases: int) -> str:
    """The difference in one line."""
    items = f"{len(difference.items)} 项有变化" if difference.items else "事项没有变化"
    kept = f"，{open_cases} 件在办的按旧规定办完" if open_cases else ""
    return f"{items}{kept}"


def sections(difference: Difference) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The difference under headings, each with its lines; headings without lines are left out."""
    told = (
        ("事项", tuple(map(item_line, difference.items))),
        ("县里的标准", tuple(map(_param, difference.params))),
        ("节假日", tuple(map(_year, difference.years))),
        ("办理流程", difference.workflows),
        ("文书的文字", difference.papers),
        ("其他", tuple(_others(difference.others))),
    )
    return ((title, lines) for title, lines in told if lines)


def item_line(change: ItemChange) -> str:
    """One item of the difference."""
    match change.kind:
        case "added":
            return f"新增 {change.name}（{change.code}）"
        case "removed":
            return f"停办 {change.name}（{change.code}）"
        case "renamed":
            begun = f"{change.name}：代码 {change.code} 改为 {change.new_code}"
        case _:
            begun = f"{change.name}（{change.code}）："
    parts = "；".join(map(_part, change.parts))
    joint = "；" if change.kind == "renamed" and parts else ""
    return f"{begun}{joint}{parts}"


def _part(change: PartChange) -> str:
    label = PARTS[change.part]
    if change.before != change.after:
        return f"{label}由“{change.before}”改为“{change.after}”"
    told = [
        f"{verb}{'、'.join(names)}"
        for verb, names in (
            ("增加", change.added),
            ("去掉", change.removed),
            ("改动", change.changed),
        )
        if names
    ]
    return f"{label}{'，'.join(told)}" if told else f"{label}有改动"


def _param(change: ParamChange) -> str:
    label = PARAMS.get(change.name, "其他标准")
    before, after = (_VALUES.get(value, value) for value in (change.before, change.after))
    state = "已核定" if change.confirmed else "待核定"
    moved = f"{before} → {after}" if before != after else after
    return f"{label}：{moved}（{state}）"


def _year(change: YearChange) -> str:
    match change.kind:
        case "added":
            return f"{change.year} 年放假安排有了"
        case "removed":
            return f"{change.year} 年放假安排去掉了"
        case _:
            days = "、".join(f"{day.month}月{day.day}日" for day in change.days)
            return f"{change.year} 年有改动：{days}"


def _others(names: tuple[str, ...]) -> Iterator[str]:
    for prefix, label in _TREES.items():
        count = sum(name.startswith(prefix) for name in names)
        if count:
            yield f"{label} {count} 份"
