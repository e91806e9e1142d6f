"""`bianmin hub publish | edit-catalog`: the county's catalogue out as files to edit, and in as the next release."""

import argparse
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from desk.console.opening import NotDone, open_county
from desk.errors import CatalogRejected
from desk.exporting.table import one_line
from desk.services import catalog_publish, hub_down
from desk.services.catalog_publish import Plan
from desk.services.office import Office
from desk.words.catalog import day_text, headline, sections


def add(commands: Any) -> tuple[argparse.ArgumentParser, ...]:
    """The parsers of these commands."""
    edit = commands.add_parser("edit-catalog", help="把现用的目录写成可以改的文件")
    edit.add_argument("folder", type=Path, metavar="FOLDER")
    publish = commands.add_parser("publish", help="把改好的目录发布给全县的窗口")
    publish.add_argument("folder", type=Path, metavar="FOLDER", help="改好的文件在哪个文件夹")
    publish.add_argument(
        "--from", dest="begins", required=True, metavar="DATE", help="从哪天起用，如 2026-12-01"
    )
    publish.add_argument("--through", default="", metavar="DATE", help="有效到哪天；不写就一直有效")
    publish.add_argument("--yes", action="store_true", help="变化已经看过，不再问")
    publish.add_argument("--out", type=Path, metavar="DIR", help="给每个窗口的目录包写到哪里")
    return edit, publish


def _edit(options: argparse.Namespace) -> int:
    office = open_county(options)
    try:
        count = catalog_publish.write_folder(office, folder=options.folder)
    except FileExistsError as error:
        raise NotDone(
            f"文件夹 {options.folder} 里已经有 {error.args[0]}，没有改动。请换一个空文件夹。"
        ) from error
    finally:
        office.close()
    print(f"写好 {count} 个文件：{options.folder}")
    print("改完把 catalog/catalog.toml 里的 version 加 1，再运行 bianmin hub publish。")
    return 0


def _publish(options: argparse.Namespace) -> int:
    begins, through = _day(options.begins), _day(options.through) if options.through else None
    if not options.folder.is_dir():
        raise NotDone(f"没有文件夹 {options.folder}，没有目录可发布。请核对路径，再运行一次。")
    if options.out is not None and not options.out.is_dir():
        raise NotDone(f"没有文件夹 {options.out}，目录包没有地方写。请先建好，再运行一次。")
    office = open_county(options)
    try:
        return _published(options, office, begins, through)
    except CatalogRejected as rejected:
        for fault in rejected.faults:
            print(one_line(fault), file=sys.stderr)
        raise NotDone(
            f"有 {len(rejected.faults)} 处要改，没有发布。请照上面改好，再运行一次。"
        ) from rejected
    finally:
        office.close()


def _published(
    options: argparse.Namespace, office: Office, begins: date, through: date | None
) -> int:
    ready = catalog_publish.plan(office, folder=options.folder, begins=begins, through=through)
    _show(ready)
    if not options.yes and not _agreed():
        print("没有发布。")
        return 1
    catalog_publish.publish(office, ready=ready)
    print(f"第 {ready.release.release} 版目录已发布，接收上报包时会自动写进各窗口的 U 盘。")
    if options.out is not None:
        count = hub_down.put_all(office, options.out, catalog=0)
        print(f"写好 {count} 个窗口的目录包：{options.out}")
    return 0


def _show(ready: Plan) -> None:
    release = ready.release
    through = f"，有效到 {day_text(release.valid_through)}" if release.valid_through else ""
    print(
        f"第 {ready.former} 版 → 第 {release.release} 版，{day_text(release.effective_from)}起用{through}"
    )
    print(f"{headline(ready.difference, 0)}。")
    for title, lines in sections(ready.difference):
        print(f"{title}：")
        for line in lines:
            print(f"  {one_line(line)}")


def _agreed() -> bool:
    print("变化看过了，要发布请输入 是：", end="", flush=True)
    return sys.stdin.readline().strip() == "是"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise NotDone(
            f"“{one_line(text)}”不是日期，没有发布。请写成 2026-12-01 的样子。"
        ) from error


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = MappingProxyType(
    {"edit-catalog": _edit, "publish": _publish}
)
