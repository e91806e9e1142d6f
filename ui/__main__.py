"""The way in: console commands without Qt, everything else the window."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QtMsgType

CONSOLE = frozenset(
    {
        *("check", "hub", "export-ledger", "recover", "new-recovery-key", "verify-receipt"),
        *("--help", "-h", "--version"),
        # Not for people: the process that opens strangers' workbooks is this program once more.
        "read-table",
    }
)
NO_SCREEN = "这台机器没有可用的屏幕，窗口打不开。可以运行 bianmin demo 看演示，或 bianmin --help 看其他命令。"
NO_FOLDER = "--data 后面要写数据文件夹。"
NO_SUCH = "没有这个命令：{word}。运行 bianmin --help 看有哪些命令。"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command named in `argv` (default: the program's own); returns the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words and words[0] in CONSOLE:
        from desk.console import main as console

        return int(console(words))
    if words and words[0] == "demo":
        from ui.demo import main as demo

        return int(demo(words[1:]))
    return _window(words)


def has_screen(platform: str, environ: Mapping[str, str]) -> bool:
    """Whether a window could be shown here; only Linux may be without."""
    return not platform.startswith("linux") or any(
        environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    )


def _window(words: list[str]) -> int:
    try:
        folder = _folder(words)
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if not has_screen(sys.platform, os.environ):
        sys.stderr.write(NO_SCREEN + "\n")
        return 2
    from PySide6.QtCore import qInstallMessageHandler

    from ui.startup import run

    # Until the window has a handler of its own: a screen that is named but not there ends in an abort.
    qInstallMessageHandler(_only_the_end)
    return run(folder)


def _folder(words: list[str]) -> Path | None:
    """The data folder named, if any; a mistyped command must not open the window on somebody's real data.

    Raises:
        ValueError: the words mean nothing; its text is the sentence to say.
    """
    named, _, folder = words[0].partition("=") if words else ("", "", "")
    if words and named != "--data":
        raise ValueError(NO_SUCH.format(word=named))
    rest = [folder] if folder else words[1:]
    if words and not rest:
        raise ValueError(NO_FOLDER)
    if len(rest) > 1:
        raise ValueError(NO_SUCH.format(word=rest[1]))
    return Path(rest[0]) if rest else None


def _only_the_end(level: "QtMsgType", _where: object, text: str | None) -> None:
    """Say in our own words that Qt found no screen; it would abort after this."""
    if level.name == "QtFatalMsg":
        told = NO_SCREEN if "platform plugin" in (text or "") else str(text)
        sys.stderr.write(told + "\n")
        sys.stderr.flush()
        os._exit(2)


if __name__ == "__main__":
    sys.exit(main())
