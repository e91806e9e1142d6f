"""`bianmin backup DIR` and `bianmin restore DIR`: a backup made and copied, a backup put in the file's place."""

import argparse
from pathlib import Path

from desk.clock import SystemClock
from desk.console.opening import NotDone, ask_password, named_operator, open_folder
from desk.paths import OfficePaths
from desk.services import backup, backup_care, rescue, restore, setup
from desk.words.rescue import OTHER_KEYS

YES = "是"


def add(parser: argparse.ArgumentParser) -> None:
    """The options of `backup`."""
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="再复制一份到这个 U 盘或文件夹")


def add_restore(parser: argparse.ArgumentParser) -> None:
    """The options of `restore`."""
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument(
        "--from",
        type=Path,
        action="append",
        default=[],
        dest="places",
        metavar="FOLDER",
        help="备份和上报包还可能在哪里，可以写多次",
    )
    parser.add_argument("--yes", action="store_true", help="不再问，直接恢复")


def run(options: argparse.Namespace) -> int:
    """A verified backup, and a copy of it read back where a place is named."""
    office = open_folder(options, options.folder)
    try:
        made = backup.make(office, why="by_hand")
        standing = made.manifest.standing
        print(f"备份好了，打开核对一致：{made.folder}")
        print(f"里面有经过记录 {standing.events} 条、办件 {standing.cases} 件。")
        if options.to is not None:
            name = backup_care.copy_to(office, folder=options.to).value
            print(f"已复制到 {options.to / rescue.ON_STICK / name}，读回核对一致。")
    finally:
        office.close()
    return 0


def run_restore(options: argparse.Namespace) -> int:
    """The newest whole backup in the file's place, once what it brings back was read and agreed to."""
    paths, clock = OfficePaths(options.folder), SystemClock()
    found = rescue.candidates(paths, options.places)
    if not found:
        raise NotDone("没有找到备份。备份在别处的，请加上 --from 文件夹。没有改动任何内容。")
    keys = paths if setup.state(paths) != "empty" else OfficePaths(found[0].folder)
    operator = named_operator(options, keys)
    who = operator.id, ask_password(options)
    key = rescue.open_key(keys, operator_id=who[0], password=who[1], clock=clock)
    prepared = rescue.newest(paths, key=key, clock=clock, folders=options.places, who=who)
    if prepared is None and (other := rescue.of_other_keys(paths, key, options.places)):
        raise NotDone(
            f"没有找到现在的密码能打开的好备份，没有改动任何内容。{OTHER_KEYS.format(count=other)}"
        )
    if prepared is None:
        raise NotDone("找到的备份都打不开或核对不上，没有改动任何内容。请换一个 U 盘上的备份再试。")
    try:
        for line in rescue.story(prepared, clock.now()):
            print(f"{line}。")
        if not options.yes and input(f"现在恢复吗？输入“{YES}”继续：").strip() != YES:
            print("没有恢复，什么都没有改。")
            return 1
        done = rescue.finish(prepared, clock.now())
    finally:
        restore.give_up(prepared)
    print(f"恢复好了，现在有办件 {done.standing.cases} 件。")
    if done.aside is not None:
        print(f"原来的文件在 {done.aside}，没有删除。")
    return 0
