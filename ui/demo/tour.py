"""The demonstration without a screen: drives the real windows and leaves a folder."""

import sys
from pathlib import Path

from ui.demo.eyes import NotSeen
from ui.demo.folder import Folder, FolderInUse
from ui.demo.hall import NOTE
from ui.demo.morning import Morning
from ui.demo.residents import residents
from ui.demo.story import tell
from ui.startup import make_app


def run(root: Path) -> int:
    """Tell the whole story into `root`; gives the exit status back."""
    folder = Folder(root.resolve())
    try:
        folder.begin(NOTE)
    except FolderInUse:
        print(f"文件夹 {root} 里有别的东西，请换一个空文件夹。", file=sys.stderr)
        return 2
    app = make_app()
    # A blinking cursor would make every run's pictures different.
    app.setCursorFlashTime(0)
    morning = Morning(app, folder, residents())
    try:
        tell(morning)
    except NotSeen as missing:
        morning.hands.host.grab().save(str(folder.root / "停在这里.png"))
        print(f"演示停在这里：屏幕上没有出现“{missing}”。", file=sys.stderr)
        return 1
    finally:
        morning.close_program()
    print(f"演示完成，都在 {folder.root}")
    return 0
