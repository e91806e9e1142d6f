"""`bianmin demo [--out DIR]`: a demonstration hall, in the working window or as a folder of pictures and papers."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from desk.console import Parser

UNSEEN = ("offscreen", "minimal", "vnc")
DEFAULT = Path("demo-out")
PATIENCE = 10
"""Seconds a screen has to answer."""


def main(argv: Sequence[str]) -> int:
    """Run the demonstration; gives the exit status back: 0 done, 1 it came to a stop, 2 it could not begin."""
    parser = Parser(prog="bianmin demo", description="便民前台：演示大厅")
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="不开窗口，把每一页的图片和文书留在这个文件夹"
    )
    folder: Path | None = parser.parse_args(argv).out
    if folder is None and has_screen(sys.platform, os.environ) and screen_answers():
        from ui.demo.window import show

        return show()
    # Before Qt is loaded; the pictures are drawn in memory even where there is a screen.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from ui.demo.tour import run

    return run(folder or DEFAULT)


def has_screen(platform: str, environ: Mapping[str, str]) -> bool:
    """Whether somebody would see a window."""
    chosen = environ.get("QT_QPA_PLATFORM", "")
    if chosen:
        return not chosen.startswith(UNSEEN)
    return not platform.startswith("linux") or any(
        environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )


def screen_answers() -> bool:
    """Whether Qt can open the screen that is named; one that is gone makes it abort, so a child of ours tries first."""
    if not sys.platform.startswith("linux"):
        return True
    child = os.fork()
    if child == 0:
        _try_the_screen()
    _, status = os.waitpid(child, 0)
    return status == 0


def _try_the_screen() -> NoReturn:
    """Open the screen and end; it is all the same how this ends if it cannot."""
    import signal

    # A screen across a network may never answer.
    signal.alarm(PATIENCE)
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 2)
    try:
        from PySide6.QtGui import QGuiApplication

        from ui.environment import prepare_environment

        prepare_environment(os.environ, sys.platform)
        QGuiApplication([])
    except BaseException:
        os._exit(1)
    os._exit(0)
