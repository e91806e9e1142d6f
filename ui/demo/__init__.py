"""`bianmin demo [--out DIR]`: a demonstration hall, in the working window or as a folder of pictures and papers."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from desk.console import Parser

UNSEEN = ("offscreen", "minimal", "vnc")
DEFAULT = Path("demo-out")


def main(argv: Sequence[str]) -> int:
    """Run the demonstration; gives the exit status back: 0 done, 1 it came to a stop, 2 it could not begin."""
    parser = Parser(prog="bianmin demo", description="便民前台：演示大厅")
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="不开窗口，把每一页的图片和文书留在这个文件夹"
    )
    folder: Path | None = parser.parse_args(argv).out
    if folder is None and has_screen(sys.platform, os.environ):
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
