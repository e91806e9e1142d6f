"""`bianmin diagnose DIR OUT`: what a technician needs to know, shown in full before it is written; works without a password too."""

import argparse
from pathlib import Path

from desk.clock import SystemClock
from desk.console.opening import NotDone, ask_password, named_operator, paths_of
from desk.errors import DeskError, SignInPaused, SignInRefused
from desk.services import diagnosis, sign_in
from desk.services.diagnosis import Bundle
from desk.words.diagnosis import WITHOUT_KEY
from desk.words.errors import words

YES = "是"


def add(parser: argparse.ArgumentParser) -> None:
    """The options of `diagnose`."""
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("out", type=Path, metavar="OUT", help="诊断信息写到哪个文件夹")
    parser.add_argument(
        "--no-password", action="store_true", help="不登录：数据文件里面的不看，其余照样看"
    )
    parser.add_argument("--yes", action="store_true", help="显示以后不再问，直接写出")


def run(options: argparse.Namespace) -> int:
    """The whole text on the screen first; then, if agreed to, the same text as a file."""
    if not options.folder.is_dir():
        raise NotDone(f"没有这个文件夹：{options.folder}。请核对路径，再运行一次。")
    if not options.out.is_dir():
        raise NotDone(f"没有这个文件夹：{options.out}。请先建好，或换一个，再运行一次。")
    bundle = _gathered(options)
    print(bundle.text)
    if not options.yes and input(f"写到 {options.out} 吗？输入“{YES}”继续：").strip() != YES:
        print("没有写出任何文件。")
        return 1
    print(f"写好了，读回核对一致：{diagnosis.write(bundle, options.out)}")
    return 0


def _gathered(options: argparse.Namespace) -> Bundle:
    paths, clock = paths_of(options, options.folder), SystemClock()
    why = WITHOUT_KEY
    if not options.no_password:
        try:
            operator = named_operator(options, paths)
            office = sign_in.sign_in(
                paths,
                operator_id=operator.id,
                password=ask_password(options),
                clock=clock,
                read_only=True,
            )
        except (SignInRefused, SignInPaused, NotDone):
            raise
        except DeskError as error:
            why = words(error).title
        else:
            try:
                return diagnosis.gather(paths, clock=clock, office=office)
            finally:
                office.close()
    return diagnosis.gather(paths, clock=clock, why_closed=why)
