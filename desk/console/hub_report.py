"""`bianmin hub report`: who has reported, who is silent, what is missing, and the cases counted."""

import argparse
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from desk.console.opening import open_county
from desk.exporting.table import one_line
from desk.services import hub_report
from desk.services.hub_report import CountLine, DeskLine, HubReport

MOST_MISSING = 8
"""Missing numbers named one by one; more are counted."""


def run(options: argparse.Namespace) -> int:
    """0 when every desk has reported and nothing waits for anybody, 1 otherwise."""
    office = open_county(options)
    try:
        told = hub_report.report(office)
    finally:
        office.close()
    for line in lines(told):
        print(one_line(line))
    return 1 if told.silent or any(map(_waits, told.desks)) else 0


def lines(told: HubReport) -> Iterator[str]:
    """The report line by line."""
    yield f"{told.county}　{told.made_at[:16].replace('T', ' ')}"
    yield (
        f"窗口 {len(told.desks)} 个，其中 {len(told.silent)} 个 {hub_report.SILENT_DAYS} 天以上没有上报；"
        f"经过记录 {told.events} 条，办件 {told.cases} 件。"
    )
    yield from map(_desk, told.desks)
    if told.set_aside:
        yield f"单独存放的可疑文件 {told.set_aside} 个，在数据文件夹的 quarantine 里，请逐个核对来处。"
    yield from _counts("按社区", told.by_community)
    yield from _counts("按事项", told.by_item)
    yield from _counts("按条线", told.by_line)
    yield from _counts("按受理月份", told.by_month)


def _desk(line: DeskLine) -> str:
    said = [f"{line.name}（{line.site}）{line.window} 号窗口：{_last(line)}"]
    if line.missing:
        said.append(f"缺第 {_numbers(line.missing)} 号包，{line.held} 个包在等它")
    if line.refused:
        said.append(f"退回 {line.refused} 条")
    if line.conflicts:
        said.append(f"待定的冲突 {line.conflicts} 处")
    return "；".join(said)


def _last(line: DeskLine) -> str:
    if line.silent is None:
        return "还没有上报过"
    when = "今天" if not line.silent else f"{line.silent} 天前"
    quiet = "，请打电话问一问" if line.is_silent else ""
    return (
        f"上次上报 {line.last_on}（{when}{quiet}），"
        f"到第 {line.packages} 号包、{line.events} 条记录、{line.cases} 件"
    )


def _numbers(seqs: tuple[int, ...]) -> str:
    shown = "、".join(map(str, seqs[:MOST_MISSING]))
    return shown if len(seqs) <= MOST_MISSING else f"{shown} 等 {len(seqs)} 个"


def _counts(title: str, counted: Iterable[CountLine]) -> Iterator[str]:
    yield f"{title}："
    for one in counted:
        yield f"　{one.label}　{one.cases} 件，已办结 {one.closed} 件"


def _waits(line: DeskLine) -> bool:
    return bool(line.missing or line.conflicts)


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = MappingProxyType({"report": run})


def add(commands: Any) -> list[argparse.ArgumentParser]:
    """The command's parser."""
    return [commands.add_parser("report", help="谁上报了、谁没有动静、缺什么，办件汇总")]
