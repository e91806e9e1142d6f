"""`bianmin recover DIR` and `bianmin new-recovery-key DIR`: a lost password, a lost recovery key."""

import argparse
import getpass
import sys

from desk.clock import SystemClock
from desk.console.opening import ask_password, named_operator
from desk.paths import OfficePaths
from desk.services import recover


def run(options: argparse.Namespace) -> int:
    """A new password for the named operator, by the printed recovery key."""
    paths = OfficePaths(options.folder)
    operator = named_operator(options, paths)
    typed = _ask(options, "恢复密钥（八组）：")
    password = _ask(options, "新密码：")
    recover.new_password(
        paths, typed=typed, operator_id=operator.id, password=password, clock=SystemClock()
    )
    print(f"{operator.name} 的密码已经换好，数据没有改动。")
    return 0


def renew(options: argparse.Namespace) -> int:
    """A new recovery key, by the password; the window asks to type it back at the next sign-in."""
    paths = OfficePaths(options.folder)
    operator = named_operator(options, paths)
    key = recover.new_recovery_key(
        paths, operator_id=operator.id, password=ask_password(options), clock=SystemClock()
    )
    print(f"新的恢复密钥（只显示这一次，请抄在纸上锁进柜子，旧的作废）：{key}")
    print("下次登录时照着输一遍，证明抄对了。")
    return 0


def _ask(options: argparse.Namespace, what: str) -> str:
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return getpass.getpass(what)
