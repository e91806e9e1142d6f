"""`bianmin hub rescue`, and the county's offline recovery key: put onto a medium of its own, or shown once."""

import argparse
import getpass
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from desk.console.opening import NotDone
from desk.errors import PackageRefused
from desk.exchange import offline_key
from desk.exchange.keys import SealingPair
from desk.exporting.table import one_line
from desk.services import hub_rescue
from desk.services.hub_rescue import Rescued
from desk.words.exchange import outcome_text

ASKED = f"离线恢复密钥的口令（至少 {offline_key.LEAST} 个字）："


def add(commands: Any) -> list[argparse.ArgumentParser]:
    """The parser of `rescue`; it opens no database, so it takes neither `--data` nor a password of one."""
    rescue = commands.add_parser("rescue", help="县里的数据没有了：凭离线恢复密钥打开交换包看内容")
    rescue.add_argument("folder", type=Path, metavar="FOLDER", help="交换包在哪个文件夹或 U 盘")
    rescue.add_argument("--key", type=Path, metavar="FILE", help="密钥文件；不写就照着纸上的输入")
    rescue.add_argument("--out", type=Path, required=True, metavar="DIR", help="内容写到哪里")
    rescue.add_argument("--password-stdin", action="store_true", help="从标准输入读口令或密钥")
    return []


def option(parser: argparse.ArgumentParser) -> None:
    """Where a new offline key is to go."""
    parser.add_argument(
        "--offline-key",
        type=Path,
        metavar="DIR",
        help="离线恢复密钥写到哪个 U 盘，用口令锁住；不写就只在屏幕上显示一次",
    )


def put_away(options: argparse.Namespace, code: str, key: SealingPair) -> Path | None:
    """Write the private half where the command says; None where it is to be shown.

    Raises:
        NotDone: there is no such folder, a key lies there already, or the passphrase is too short.
    """
    folder: Path | None = options.offline_key
    if folder is None:
        return None
    if not folder.is_dir():
        raise NotDone(f"没有文件夹 {folder}，离线恢复密钥没有地方写。请先建好，再运行一次。")
    phrase = _hidden(options, ASKED)
    if len(phrase) < offline_key.LEAST:
        raise NotDone(f"离线恢复密钥的口令至少 {offline_key.LEAST} 个字，什么也没有写。")
    try:
        return hub_rescue.write_key(folder, code, key, phrase)
    except FileExistsError as error:
        raise NotDone(
            f"{error.args[0]} 已经有了，可能是唯一的一份，没有改动。请换一个 U 盘。"
        ) from error


def tell(kept: Path | None, key: SealingPair) -> None:
    """Where the private half is; the only time it is shown where nothing else holds it."""
    if kept is None:
        shown = key.to_bytes().decode("ascii")
        print(f"离线恢复密钥（只显示这一次，请抄在纸上另锁一处）：{shown}", flush=True)
        return
    print(f"离线恢复密钥：{kept}", flush=True)
    print("请把它移到单独的 U 盘锁好，电脑上不要留；数据库里没有它。")


def asked(options: argparse.Namespace, file: Path | None) -> SealingPair:
    """The private half, from its file by its passphrase; without a file as it stands on paper.

    Raises:
        NotDone: another passphrase, or no such key.
        StickTrouble: the file cannot be read.
    """
    try:
        if file is not None:
            return hub_rescue.read_key(file, _hidden(options, "离线恢复密钥的口令："))
        return offline_key.typed(_hidden(options, "离线恢复密钥（纸上的那一串）："))
    except PackageRefused as refused:
        raise NotDone("口令不对，或者不是离线恢复密钥。请核对后再运行一次。") from refused


def _rescue(options: argparse.Namespace) -> int:
    if not options.out.is_dir():
        raise NotDone(f"没有文件夹 {options.out}，内容没有地方写。请先建好，再运行一次。")
    done = list(
        map(_said, hub_rescue.rescue(options.folder, options.out, asked(options, options.key)))
    )
    if not done:
        print("文件夹里没有交换包。")
        return 1
    print("内容里有居民的信息，没有加密，看完请删掉。谁签的名这里核对不了，只能看，不能当作收到。")
    return 0 if all(done) else 1


def _said(one: Rescued) -> bool:
    name = one_line(one.name)
    if one.folder is None:
        print(f"{name}：{outcome_text(one.outcome, {})}")
        return False
    print(f"{name}：打开了，在 {one.folder}")
    return True


def _hidden(options: argparse.Namespace, asked: str) -> str:
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return getpass.getpass(asked)


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = MappingProxyType({"rescue": _rescue})
