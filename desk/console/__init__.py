"""The commands that need no window: check, backup, restore, diagnose, export-ledger, verify-receipt, recover, selftest, hub."""

import argparse
import io
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from desk import VERSION
from desk.importing import child, picture_child
from desk.paths import default_folder

USAGE = "用法："
_HEADINGS = {
    "positional arguments": "参数",
    "options": "选项",
}


class ChineseHelp(argparse.HelpFormatter):
    """Help whose headings are Chinese, as its sentences are."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, USAGE if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        super().start_section(_HEADINGS.get(heading or "", heading))


class Parser(argparse.ArgumentParser):
    """A parser that speaks Chinese, also where the words do not fit; subcommands are parsed by the same."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, formatter_class=ChineseHelp, add_help=False)
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        usage = " ".join(self.format_usage().removeprefix(USAGE).split())
        self.exit(
            2, f"命令没有写对，什么也没有做。写法：{usage}\n运行 {self.prog} --help 看说明。\n"
        )


def main(argv: Sequence[str]) -> int:
    """Run one console command; gives the exit status back: 0 done, 1 something was found, 2 could not be done."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A file name from a stick may hold what no terminal can show.
            stream.reconfigure(errors="replace")
    if list(argv) == [child.WORD]:
        return child.main()
    if list(argv) == [picture_child.WORD]:
        return picture_child.main()
    parser = build_parser()
    options = parser.parse_args(argv)
    from desk.console import backup, check, diagnose, hub, ledger, receipt, recover, selftest
    from desk.console.opening import told

    commands = {
        "backup": backup.run,
        "restore": backup.run_restore,
        "check": check.run,
        "diagnose": diagnose.run,
        "export-ledger": ledger.run,
        "hub": hub.run,
        "recover": recover.run,
        "selftest": selftest.run,
        "verify-receipt": receipt.run,
        "new-recovery-key": recover.renew,
        "new-data-key": recover.change,
    }
    return told(lambda: commands[options.command](options))


def build_parser() -> argparse.ArgumentParser:
    """All console commands with their options."""
    parser = Parser(prog="bianmin", description="便民前台：不开窗口的命令")
    parser.add_argument(
        "--version", action="version", version=f"便民前台 {VERSION}", help="显示版本"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")
    check = commands.add_parser("check", help="检查一个数据文件夹是否完好")
    check.add_argument("folder", type=Path, metavar="DIR")
    kept = commands.add_parser("backup", help="备份，打开核对；可以再复制到 U 盘")
    restore = commands.add_parser("restore", help="从备份恢复；现在的文件不删除，移到旁边")
    _backup_options(kept, restore)
    told = commands.add_parser("diagnose", help="诊断信息：先全部显示，再写成一个文本文件")
    _diagnose_options(told)
    ledger = commands.add_parser("export-ledger", help="导出台账：办件台账，或一个部门的")
    _ledger_options(ledger)
    lost = commands.add_parser("recover", help="忘了密码：用打印的恢复密钥设新密码")
    lost.add_argument(
        "--county-key",
        nargs="?",
        const="",
        metavar="FILE",
        help="恢复密钥也丢了：由县里用离线恢复密钥打开；不写文件就照着纸上的输入",
    )
    verify = commands.add_parser("verify-receipt", help="核对一张回执的二维码是真是假")
    verify.add_argument("text", metavar="TEXT|FILE", help="扫出来的内容，或存有内容的文本文件")
    verify.add_argument("--name", default="", metavar="姓名", help="纸上写的姓名，一并核对")
    verify.add_argument("--data", type=Path, default=default_folder(), metavar="DIR")
    renew = commands.add_parser("new-recovery-key", help="恢复密钥丢了：凭密码换一个新的")
    change = commands.add_parser(
        "new-data-key", help="怀疑有人带走了密钥：换一把新的，另写一份数据"
    )
    _approver_option(change)
    for parsed in (lost, renew, change):
        parsed.add_argument("folder", type=Path, metavar="DIR")
    _selftest_options(
        commands.add_parser("selftest", help="自检：按种子随机办件，被打断以后核对一件不少")
    )
    _hub_parser(commands.add_parser("hub", help="区县：密钥、登记社区、接收交换包"))
    for parsed in (check, kept, restore, told, ledger, verify, lost, renew, change):
        _password_options(parsed)
    _server_option(check)
    _server_option(told)
    return parser


def _approver_option(parser: argparse.ArgumentParser) -> None:
    from desk.console import opening

    opening.option_approver(parser)


def _backup_options(kept: argparse.ArgumentParser, restore: argparse.ArgumentParser) -> None:
    from desk.console import backup

    backup.add(kept)
    backup.add_restore(restore)


def _diagnose_options(parser: argparse.ArgumentParser) -> None:
    from desk.console import diagnose

    diagnose.add(parser)


def _selftest_options(parser: argparse.ArgumentParser) -> None:
    from desk.console import selftest

    selftest.add(parser)


def _ledger_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--data", type=Path, default=default_folder(), metavar="DIR")
    parser.add_argument(
        "--ledger", default="day_book", metavar="KEY", help="哪一本；写错了会列出有哪些"
    )
    spans = parser.add_mutually_exclusive_group()
    spans.add_argument("--month", default="", metavar="2026-11", help="只要这个月的")
    spans.add_argument("--since-last", action="store_true", help="只要上次导出以后变动的")
    kinds = ("xlsx", "csv", "csv-gb18030", "package", "pdf")
    parser.add_argument("--kind", choices=kinds, default="xlsx", help="package 是附字段说明的 CSV")
    groups = ("open", "supplement", "overdue", "closed", "all")
    parser.add_argument(
        "--group", choices=groups, default="all", help="办件台账不限时段时，要哪些件"
    )


def _hub_parser(parser: argparse.ArgumentParser) -> None:
    from desk.console import hub_catalog, hub_offline, hub_report, hub_serve, hub_windows

    commands = parser.add_subparsers(dest="hub_command", required=True, metavar="命令")
    init = commands.add_parser("init", help="建立区县数据库和密钥")
    init.add_argument("--county", required=True, metavar="CODE", help="6 位区划代码")
    init.add_argument("--name", required=True, metavar="NAME", help="区县接收单位名称")
    init.add_argument("--out", type=Path, default=Path(), metavar="DIR", help="公钥文件写到哪里")
    hub_offline.option(init)
    receive = commands.add_parser("receive", help="接收文件夹里的交换包并写出回执")
    receive.add_argument("folder", type=Path, metavar="FOLDER")
    keys = commands.add_parser("keys", help="写出签过名的窗口密钥表，各窗口凭它核对回执真假")
    keys.add_argument("--out", type=Path, default=Path(), metavar="DIR", help="密钥表写到哪里")
    others = (
        one
        for room in (hub_windows, hub_catalog, hub_report, hub_serve, hub_offline)
        for one in room.add(commands)
    )
    for parsed in (init, receive, keys, *others):
        parsed.add_argument(
            "--data", type=Path, required=True, metavar="DIR", help="区县数据文件夹"
        )
        _server_option(parsed)
        _password_options(parsed)


def _server_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--db",
        default="",
        metavar="URL",
        help="数据放在 PostgreSQL 时写：postgresql+psycopg://用户@主机/数据库",
    )


def _password_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--operator", metavar="NAME", help="操作员姓名；只有一个人时不用写")
    parser.add_argument(
        "--password-stdin", action="store_true", help="从标准输入读密码，不在屏幕上问"
    )
