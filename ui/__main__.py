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
        *("backup", "restore", "diagnose"),
        *("check", "hub", "export-ledger", "recover", "new-recovery-key", "verify-receipt"),
        *("selftest", "new-data-key"),
        *("--help", "-h", "--version"),
        # Not for people: the processes that open strangers' workbooks and pictures are this program once more.
        *("read-table", "read-picture"),
    }
)
COUNTY = ("--data", "--db")
SAFE = "--safe"
"""Opens the window in the mode that only looks."""
NO_COUNTY = "文件夹 {folder} 里还没有区县的数据。请先运行 bianmin hub init --county 6位代码 --name 名称 --data 文件夹 建立。"
NO_SCREEN = "这台机器没有可用的屏幕，窗口打不开。可以运行 bianmin demo 看演示，或 bianmin --help 看其他命令。"
NO_FOLDER = "--data 后面要写数据文件夹。"
NO_SUCH = "没有这个命令：{word}。运行 bianmin --help 看有哪些命令。"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command named in `argv` (default: the program's own); returns the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words and words[0] in CONSOLE and not asks_for_county(words):
        from desk.console import main as console

        return int(console(words))
    if words and words[0] == "demo":
        from ui.demo import main as demo

        return int(demo(words[1:]))
    return _county(words[1:]) if words and words[0] == "hub" else _window(words)


def asks_for_county(words: Sequence[str]) -> bool:
    """Whether this is `hub` with no further command, but where its data is at most: then its window is meant."""
    return words[0] == "hub" and _places(words[1:]) is not None


def _places(words: Sequence[str]) -> dict[str, str] | None:
    """The values of --data and --db; None where there is any other word."""
    found: dict[str, str] = {}
    left = list(words)
    while left:
        name, told, value = left.pop(0).partition("=")
        if name not in COUNTY or not (told or left):
            return None
        found[name] = value if told else left.pop(0)
    return found


def has_screen(platform: str, environ: Mapping[str, str]) -> bool:
    """Whether a window could be shown here; only Linux may be without."""
    return not platform.startswith("linux") or any(
        environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    )


def _window(words: list[str]) -> int:
    safe = SAFE in words
    try:
        folder = _folder([word for word in words if word != SAFE])
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return _open(folder, "", safe=safe)


def _county(words: Sequence[str]) -> int:
    """The county's window; where there is no county yet, its command is named."""
    from desk import keyring
    from desk.paths import county_folder

    places = _places(words) or {}
    folder = Path(places["--data"]) if "--data" in places else county_folder()
    if not keyring.exists(folder):
        sys.stderr.write(NO_COUNTY.format(folder=folder) + "\n")
        return 2
    return _open(folder, places.get("--db", ""))


def _open(folder: Path | None, server: str, *, safe: bool = False) -> int:
    if not has_screen(sys.platform, os.environ):
        sys.stderr.write(NO_SCREEN + "\n")
        return 2
    from PySide6.QtCore import qInstallMessageHandler

    from ui.startup import run

    # Until the window has a handler of its own: a screen that is named but not there ends in an abort.
    qInstallMessageHandler(_only_the_end)
    return run(folder, server, safe=safe)


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
