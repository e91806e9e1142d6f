"""The demonstration without a screen: drives the real windows and leaves a folder."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from ui.demo.evening import NotWhole
from ui.demo.eyes import NotSeen
from ui.demo.folder import Folder, FolderInUse
from ui.demo.hall import NOTE
from ui.demo.morning import Broken, Morning
from ui.demo.residents import residents
from ui.demo.story import tell
from ui.startup import make_app

NO_SCREEN = "This plugin does not support"
"""How Qt begins its remarks on what drawing in memory cannot do; nobody needs them here."""


def run(root: Path) -> int:
    """Tell the whole story into `root`; gives the exit status back."""
    folder = Folder(root.resolve())
    try:
        folder.begin(NOTE)
    except FolderInUse:
        print(f"文件夹 {root} 里有别的东西，请换一个空文件夹。", file=sys.stderr)
        return 2
    except OSError:
        print(f"文件夹 {root} 建不起来，或不准往里写。请换一个文件夹。", file=sys.stderr)
        return 2
    with _quiet():
        return _tell(folder)


def _tell(folder: Folder) -> int:
    app = make_app()
    # A blinking cursor would make every run's pictures different.
    app.setCursorFlashTime(0)
    morning = Morning(app, folder, residents())
    try:
        tell(morning)
    except (NotSeen, Broken, NotWhole) as stopped:
        morning.hands.host.grab().save(str(folder.root / "停在这里.png"))
        print(f"演示停在这里，见“停在这里.png”：{stopped}", file=sys.stderr)
        return 1
    finally:
        morning.close_program()
    print(f"演示完成，都在 {folder.root}")
    return 0


@contextmanager
def _quiet() -> Iterator[None]:
    """Leave out Qt's remarks on the missing screen; everything else is said as before."""

    def say(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if text.startswith(NO_SCREEN):
            return
        if callable(before):
            before(kind, context, text)
        else:
            print(text, file=sys.stderr)

    before = qInstallMessageHandler(say)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
