"""`bianmin recover`, `new-recovery-key` and `new-data-key DIR`: a lost password, a lost recovery key, a key that may be out."""

import argparse
import getpass
import sys
from pathlib import Path

from desk.clock import SystemClock
from desk.console import hub_offline
from desk.console.opening import NotDone, ask_password, named_operator, several_text
from desk.paths import OfficePaths
from desk.services import data_key, recover, sign_in
from desk.services.sign_in import OperatorName


def run(options: argparse.Namespace) -> int:
    """A new password for the named operator, by the printed recovery key or the county's offline one."""
    paths = OfficePaths(options.folder)
    operator = named_operator(options, paths)
    if options.county_key is not None:
        return _by_county(options, paths, operator)
    typed = _ask(options, "恢复密钥（八组）：")
    password = _ask(options, "新密码：")
    recover.new_password(
        paths, typed=typed, operator_id=operator.id, password=password, clock=SystemClock()
    )
    print(f"{operator.name} 的密码已经换好，数据没有改动。")
    return 0


def _by_county(options: argparse.Namespace, paths: OfficePaths, operator: OperatorName) -> int:
    """The printed key is made anew with it: whoever needs the county has lost that one too."""
    file = Path(options.county_key) if options.county_key else None
    county = hub_offline.asked(options, file)
    password = _ask(options, "新密码：")
    key = recover.by_county(
        paths, county=county, operator_id=operator.id, password=password, clock=SystemClock()
    )
    print(f"{operator.name} 的密码已经换好，数据没有改动。")
    _tell_new_key(key)
    return 0


def renew(options: argparse.Namespace) -> int:
    """A new recovery key, by the password; the window asks to type it back at the next sign-in."""
    paths = OfficePaths(options.folder)
    operator = named_operator(options, paths)
    key = recover.new_recovery_key(
        paths, operator_id=operator.id, password=ask_password(options), clock=SystemClock()
    )
    _tell_new_key(key)
    return 0


def _tell_new_key(key: str) -> None:
    print(f"新的恢复密钥（只显示这一次，请抄在纸上锁进柜子，旧的作废）：{key}")
    print("下次登录时照着输一遍，证明抄对了。")


def change(options: argparse.Namespace) -> int:
    """Everything under another data key, by the passwords of two; the window asks to type the new recovery key back."""
    paths, clock = OfficePaths(options.folder), SystemClock()
    operator = named_operator(options, paths)
    second = _second(options, paths, operator)
    prepared = data_key.prepare(
        paths,
        own=(operator.id, ask_password(options)),
        second=(second.id, _ask(options, f"请{second.name}输入密码，表示同意：")),
        clock=clock,
    )
    try:
        # Before it counts: it is shown this once.
        print(
            f"新的恢复密钥（只显示这一次，请抄在纸上锁进柜子，旧的作废）：{prepared.recovery_key}"
        )
        sys.stdout.flush()
        data_key.finish(prepared)
    finally:
        data_key.give_up(prepared)
    print("数据密钥换好了。下次登录时照着输一遍恢复密钥，证明抄对了。")
    if prepared.left_out:
        print(f"这几位要在“设置 → 操作员”里重新给一次性密码：{'、'.join(prepared.left_out)}。")
    data_key.back_up(prepared)
    print("用新密钥备份了一份。U 盘上的备份还是旧密钥的，请再复制一份。")
    return 0


def _second(
    options: argparse.Namespace, paths: OfficePaths, operator: OperatorName
) -> OperatorName:
    """Whoever consents: the one who is named, the only colleague, or in a hall of one himself.

    Raises:
        NotDone: several could, or nobody has that name.
    """
    others = {one.name: one for one in sign_in.operators(paths) if one.id != operator.id}
    if not others:
        return operator
    name = options.approver or (next(iter(others)) if len(others) == 1 else "")
    if name not in others:
        raise NotDone(several_text(others))
    return others[name]


def _ask(options: argparse.Namespace, what: str) -> str:
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return getpass.getpass(what)
