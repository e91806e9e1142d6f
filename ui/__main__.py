"""The way in: console commands without Qt, everything else the window."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

CONSOLE = frozenset(
    {"check", "hub", "export-ledger", "recover", "new-recovery-key", "--help", "-h", "--version"}
)
NO_SCREEN = "这台机器没有可用的屏幕，窗口打不开。可以运行 bianmin demo 看演示，或 bianmin --help 看其他命令。"
NO_FOLDER = "--data 后面要写数据文件夹。"


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
    folder: Path | None = None
    if "--data" in words:
        place = words.index("--data") + 1
        if place >= len(words):
            sys.stderr.write(NO_FOLDER + "\n")
            return 2
        folder = Path(words[place])
    if not has_screen(sys.platform, os.environ):
        sys.stderr.write(NO_SCREEN + "\n")
        return 2
    from ui.startup import run

    return run(folder)


if __name__ == "__main__":
    sys.exit(main())
