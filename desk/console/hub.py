"""`bianmin hub …`: the county's keys, the desks it knows, the packages it receives."""

import argparse

from desk.clock import SystemClock
from desk.console import hub_catalog, hub_offline, hub_report, hub_serve, hub_windows
from desk.console.hub_serve import FINE, received_line
from desk.console.opening import NotDone, ask_password, open_county, paths_of
from desk.exchange.keys import SealingPair
from desk.services import hub, hub_answer, hub_desks, hub_down, hub_keys, setup
from desk.services.setup import Created


def run(options: argparse.Namespace) -> int:
    """Run one of the county's commands."""
    own = {"init": _init, "receive": _receive, "keys": _keys}
    more = (
        *(hub_windows.COMMANDS, hub_catalog.COMMANDS),
        *(hub_report.COMMANDS, hub_serve.COMMANDS, hub_offline.COMMANDS),
    )
    commands = {name: run for some in (*more, own) for name, run in some.items()}
    return commands[options.hub_command](options)


def _init(options: argparse.Namespace) -> int:
    paths = paths_of(options, options.data)
    if setup.state(paths) != "empty":
        raise NotDone(f"文件夹 {options.data} 里已经有数据，没有改动。请换一个空文件夹。")
    if not options.out.is_dir():
        raise NotDone(f"没有文件夹 {options.out}，公钥没有地方写。请先建好，再运行一次。")
    password, key = ask_password(options), SealingPair.generate()
    kept = hub_offline.put_away(options, options.county, key)
    try:
        made = _created(options, password, key)
    except BaseException:
        # A key to nothing is not left lying about.
        if kept is not None:
            kept.unlink(missing_ok=True)
        raise
    try:
        # Before anything else can fail: it is shown this once.
        print(f"恢复密钥（只显示这一次，请抄在纸上锁进柜子）：{made.recovery_key}", flush=True)
        hub_offline.tell(kept, key)
        path = hub.write_public_key(made.office, folder=options.out)
        print(f"公钥文件：{path}")
        print(f"六个核对词：{' '.join(hub.key_words(made.office))}")
    finally:
        made.office.close()
    return 0


def _created(options: argparse.Namespace, password: str, key: SealingPair) -> Created:
    return hub.create(
        paths_of(options, options.data),
        code=options.county,
        name=options.name,
        operator_name=options.operator or "县管理员",
        password=password,
        clock=SystemClock(),
        recovery=key.public_half,
    )


def _receive(options: argparse.Namespace) -> int:
    office = open_county(options)
    try:
        done = hub_answer.receive(
            office, folder=options.folder, tell=lambda one: print(received_line(one))
        )
    finally:
        office.close()
    if not done:
        print("文件夹里没有上报包。")
    return 0 if all(one.outcome in FINE for one in done) else 1


def _keys(options: argparse.Namespace) -> int:
    if not options.out.is_dir():
        raise NotDone(f"没有文件夹 {options.out}，密钥表没有地方写。请先建好，再运行一次。")
    office = open_county(options)
    try:
        listed = hub_keys.key_list(office)
        if not listed.desks:
            raise NotDone("还没有登记过任何窗口，没有密钥可列。请先登记窗口，再运行一次。")
        path = hub_keys.write_key_list(office, folder=options.out)
        hub_down.put_all(office, options.out)
        hub_down.put_keys(office, hub_desks.enrolments(office), options.out)
    finally:
        office.close()
    print(f"第 {listed.number} 版密钥表，{len(listed.desks)} 个窗口：{path}")
    return 0
