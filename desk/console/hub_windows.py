"""`bianmin hub enrol | revoke | renew-keys | ack`: the windows a county knows, one by one."""

import argparse
import io
import re
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from desk.console import hub_offline, hub_root
from desk.console.opening import NotDone, ask_consent, open_county, option_approver
from desk.errors import NotFound
from desk.exchange import key_code
from desk.exchange.keys import SealingPair
from desk.exporting.table import one_line
from desk.files import write_atomic
from desk.services import hub, hub_ack_code, hub_desks, hub_down, hub_resend
from desk.services.hub_desks import Introduction
from desk.services.office import Office

SITE = re.compile(r"[0-9]{12}")
SCALE, BORDER = 8, 4
SAID: Mapping[str, str] = MappingProxyType(
    {
        "new": "已登记，可以接收这个窗口的上报包。",
        "known": "早已登记过，没有变化。",
        "renewed": "换过的密钥已登记，旧密钥签过字，不用再核对词。",
        "successor": "已登记，接着原来那台电脑的数据办。请把还在路上的 U 盘都收完，再运行 bianmin hub resend 补发。",
    }
)


def add(commands: Any) -> tuple[argparse.ArgumentParser, ...]:
    """The parsers of these commands."""
    enrol = commands.add_parser("enrol", help="核对并登记一个社区窗口")
    enrol.add_argument("file", type=Path, metavar="FILE")
    enrol.add_argument("--yes", action="store_true", help="六个词已经当面或电话核对过")
    enrol.add_argument(
        "--until", default="", metavar="DATE", help="临时窗口：密钥用到哪天，如 2027-06-30"
    )
    enrol.add_argument(
        "--code", default="", metavar="TEXT", help="扫到的窗口密钥二维码，代替核对词"
    )
    revoke = commands.add_parser("revoke", help="停用一个窗口的密钥")
    revoke.add_argument(
        "--from", dest="day", default="", metavar="DATE", help="从哪天起，如 2026-11-23"
    )
    revoke.add_argument("--why", required=True, metavar="TEXT", help="为什么停用")
    renew = commands.add_parser("renew-keys", help="更换区县自己的密钥，写出新的公钥文件")
    renew.add_argument("--out", type=Path, default=Path(), metavar="DIR", help="公钥文件写到哪里")
    renew.add_argument("--new-offline-key", action="store_true", help="离线恢复密钥也换新的")
    hub_offline.option(renew)
    for parsed in (revoke, renew):
        option_approver(parsed)
    ack = commands.add_parser("ack", help="把一个窗口的回执显示成二维码")
    ack.add_argument("--png", type=Path, metavar="FILE", help="写成图片")
    ack.add_argument("--pdf", type=Path, metavar="FILE", help="写成可打印的 PDF")
    resend = commands.add_parser("resend", help="把一个窗口换数据以前的记录补发给它")
    for parsed in (revoke, ack, resend):
        parsed.add_argument("site", metavar="SITE", help="12 位社区代码")
        parsed.add_argument("window", type=int, metavar="WINDOW", help="窗口号")
    resend.add_argument("folder", type=Path, metavar="FOLDER")
    resend.add_argument("--from", dest="first", type=int, default=1, metavar="N", help="从第几条起")
    return enrol, revoke, renew, ack, resend, *hub_root.add(commands)


def _enrol(options: argparse.Namespace, office: Office) -> int:
    until = _day(options.until)
    told = hub_desks.introduce(office, path=options.file)
    print(f"{one_line(told.name)}（{told.site}）{told.window} 号窗口")
    print(f"六个核对词：{' '.join(told.words)}")
    if not _compared(options, told):
        print("没有登记。核对一致后再运行一次。")
        return 1
    hub_desks.enrol(office, path=options.file, until=until)
    print(SAID[told.step])
    return 0


def _compared(options: argparse.Namespace, told: Introduction) -> bool:
    """Whether this key is truly that window's: a known or vouched one is, else by its code, else by a person's word."""
    if told.step in ("known", "renewed"):
        return True
    if options.code:
        return key_code.fits(options.code, "D", told.fingerprint)
    if options.yes:
        return True
    print("打电话给社区，请对方念同步页上的六个词。一致请输入 是：", end="", flush=True)
    return sys.stdin.readline().strip() == "是"


def _revoke(options: argparse.Namespace, office: Office) -> int:
    day = _day(options.day) or office.today
    with_words = one_line(options.why).strip()
    if not with_words:
        raise NotDone("请用 --why 写明为什么停用，没有改动。")
    hub_desks.revoke(
        office,
        site=_site(options),
        window=options.window,
        from_day=day,
        why=with_words,
        approved_by=ask_consent(options, office),
    )
    print(
        f"{options.site} {options.window} 号窗口的密钥从 {day.isoformat()} 起停用。"
        "请运行 bianmin hub keys 写出新的密钥表发给各窗口。"
    )
    return 0


def _renew(options: argparse.Namespace, office: Office) -> int:
    if not options.out.is_dir():
        raise NotDone(f"没有文件夹 {options.out}，公钥没有地方写。请先建好，再运行一次。")
    consent = ask_consent(options, office)
    key = SealingPair.generate() if options.new_offline_key else None
    kept = hub_offline.put_away(options, hub.node_of(office), key) if key else None
    renewed = hub.renew_keys(office, approved_by=consent, recovery=key.public_half if key else None)
    if key is not None:
        hub_offline.tell(kept, key)
    print(f"新的公钥文件：{hub.write_public_key(office, folder=options.out)}")
    print(f"六个核对词：{' '.join(renewed.value)}")
    print("旧密钥签过字，各窗口收下新公钥不用再核对词。")
    return 0


def _ack(options: argparse.Namespace, office: Office) -> int:
    told = hub_ack_code.ack_code(office, site=_site(options), window=options.window)
    print(f"{one_line(told.name)} {told.window} 号窗口：已收下到第 {told.seq} 号包")
    import segno

    code = segno.make(told.text, error="m", micro=False)
    for path, kind in ((options.png, "png"), (options.pdf, "pdf")):
        if path is not None:
            if not path.absolute().parent.is_dir() or path.is_dir():
                raise NotDone(f"二维码写不到 {path}：要写一个文件名，它的文件夹要先建好。")
            write_atomic(path, _drawn(code, kind))
            print(f"回执码：{path}")
            # A medium goes to that window: what else the county has for it goes along.
            hub_down.put_at(
                office, site=options.site, window=options.window, folder=path.absolute().parent
            )
    if options.png is None and options.pdf is None:
        code.terminal(border=2, compact=True)
    print(told.text)
    return 0


def _resend(options: argparse.Namespace, office: Office) -> int:
    if not options.folder.is_dir():
        raise NotDone(f"没有文件夹 {options.folder}，补发包没有地方写。请先建好，再运行一次。")
    names, events = hub_resend.resend(
        office,
        site=_site(options),
        window=options.window,
        folder=options.folder,
        first=max(1, options.first),
    )
    for name in names:
        print(name)
    print(f"补发 {events} 条记录。这个窗口原来的数据从现在起不再接收，请把文件交给窗口。")
    return 0


def _drawn(code: Any, kind: str) -> bytes:
    out = io.BytesIO()
    code.save(out, kind=kind, scale=SCALE, border=BORDER)
    return out.getvalue()


def _site(options: argparse.Namespace) -> str:
    if not SITE.fullmatch(options.site):
        raise NotDone("社区代码要写 12 位数字，没有改动。")
    return str(options.site)


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError as error:
        raise NotDone(f"日期 {typed} 看不懂，要写成 2026-11-23 这样，没有改动。") from error


def _opened(
    work: Callable[[argparse.Namespace, Office], int],
) -> Callable[[argparse.Namespace], int]:
    def run(options: argparse.Namespace) -> int:
        office = open_county(options)
        try:
            return work(options, office)
        except NotFound as error:
            raise NotDone(
                "县里没有登记这个窗口，或它已经停用，或还没有收过它的包。请核对社区代码和窗口号。"
            ) from error
        finally:
            office.close()

    return run


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = MappingProxyType(
    {
        "enrol": _opened(_enrol),
        "revoke": _opened(_revoke),
        "renew-keys": _opened(_renew),
        "ack": _opened(_ack),
        "resend": _opened(_resend),
        "root": hub_root.run,
    }
)
