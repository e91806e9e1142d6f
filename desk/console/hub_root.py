"""`bianmin hub root init | draft | sign | take`: the three root keys on offline sticks, two of which decide."""

import argparse
import getpass
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from desk.console.opening import NotDone, open_county
from desk.exchange.roots import PEOPLE, THRESHOLD, RootList
from desk.services import root_lists

LEAST = 10
WHO = ("第一位", "第二位", "第三位")


def add(commands: Any) -> tuple[argparse.ArgumentParser, ...]:
    """The parsers; gives those that open the county's database."""
    root = commands.add_parser("root", help="根密钥：三个人保管，两个人同意才能换区县的密钥")
    deeds = root.add_subparsers(dest="root_command", required=True, metavar="命令")
    init = deeds.add_parser("init", help="生成三把根密钥和第 1 版根密钥表")
    init.add_argument("--out", type=Path, required=True, metavar="DIR", help="写到哪里")
    draft = deeds.add_parser("draft", help="写出下一版根密钥表的草稿，等两位保管人签")
    draft.add_argument("--out", type=Path, required=True, metavar="DIR", help="写到哪里")
    sign = deeds.add_parser("sign", help="保管人签一份草稿，不用数据库，可以在不联网的电脑上做")
    sign.add_argument("--key", type=Path, required=True, metavar="FILE", help="根密钥文件")
    take = deeds.add_parser("take", help="采用签够的根密钥表")
    for parsed in (sign, take):
        parsed.add_argument("file", type=Path, metavar="FILE")
    sign.add_argument("--password-stdin", action="store_true", help="从标准输入读口令")
    return init, draft, take


def run(options: argparse.Namespace) -> int:
    """Run one of the commands."""
    return COMMANDS[options.root_command](options)


def _init(options: argparse.Namespace) -> int:
    _folder(options.out)
    office = open_county(options)
    try:
        phrases = [_passphrase(options, f"{who}保管人的口令（至少 {LEAST} 个字）：") for who in WHO]
        if any(len(phrase) < LEAST for phrase in phrases) or len(set(phrases)) < PEOPLE:
            raise NotDone(f"三个口令要各不相同，每个至少 {LEAST} 个字。什么也没有写。")
        first, second, third = phrases
        paths = root_lists.begin(office, folder=options.out, passphrases=(first, second, third))
    finally:
        office.close()
    for path in paths:
        print(path)
    print(
        "请把三个根密钥文件分别移到三个 U 盘，由三个人锁好，电脑上不要留。根密钥表随密钥表发给各窗口。"
    )
    return 0


def _draft(options: argparse.Namespace) -> int:
    _folder(options.out)
    office = open_county(options)
    try:
        print(root_lists.draft(office, folder=options.out))
    finally:
        office.close()
    print("请两位保管人各运行一次 bianmin hub root sign，签完再运行 bianmin hub root take。")
    return 0


def _sign(options: argparse.Namespace) -> int:
    listed = root_lists.sign(
        path=options.file, key=options.key, passphrase=_passphrase(options, "根密钥的口令：")
    )
    count = _count(listed)
    print(f"第 {listed.number} 版根密钥表：已有 {count} 人签字，需要 {THRESHOLD} 人。")
    return 0


def _take(options: argparse.Namespace) -> int:
    office = open_county(options)
    try:
        listed = root_lists.take_signed(office, path=options.file)
    finally:
        office.close()
    print(f"第 {listed.number} 版根密钥表已采用，有效到 {listed.valid_to}。")
    return 0


def _count(listed: RootList) -> int:
    return len(listed.signers() & set(listed.keys))


def _folder(folder: Path) -> None:
    if not folder.is_dir():
        raise NotDone(f"没有文件夹 {folder}，没有地方写。请先建好，再运行一次。")


def _passphrase(options: argparse.Namespace, asked: str) -> str:
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return getpass.getpass(asked)


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = MappingProxyType(
    {"init": _init, "draft": _draft, "sign": _sign, "take": _take}
)
