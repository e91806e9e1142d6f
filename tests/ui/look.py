"""Takes pictures of pages: `python -m tests.ui.look FOLDER [PAGE …]` saves each at three sizes.

Extend `PAGES` with one line: the page's name and a function that returns the widget to look at.
"""

import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from desk.clock import CHINA, FixedClock
from desk.domain.catalog import County, Town
from ui import theme
from ui.pages.setup.hall_step import HallStep
from ui.pages.setup.operator_step import OperatorStep
from ui.pages.setup.recovery_step import RecoveryStep
from ui.pages.setup.steps import Step
from ui.pages.sign_in import SignInPage
from ui.pages.welcome import WelcomePage
from ui.startup import Host, load_fonts, make_app, translate
from ui.widgets.cards import Card

NOW = FixedClock(datetime(2026, 11, 23, 14, 6, tzinfo=CHINA))
SIZES = (
    ("1366x768", QSize(1366, 768), False),
    ("1280x720", QSize(1280, 720), False),
    ("large", QSize(1366, 768), True),
)
SANYUAN = County(
    "610422", "三原县", "同心三原", (Town("610422001", "池阳街道"), Town("610422100", "陂西镇")), {}
)


def sign_in() -> QWidget:
    return SignInPage("池阳社区便民服务大厅", [("1", "王敏"), ("2", "李强"), ("3", "赵秀英")])


def sign_in_refused() -> QWidget:
    page = SignInPage("池阳社区便民服务大厅", [("1", "王敏")])
    page.refused("姓名和密码对不上", "请看看大写锁定和输入法，再输一次。忘了密码请找负责人。")
    return page


def framed(step: Step) -> QWidget:
    card = Card()
    card.body.setContentsMargins(28, 22, 28, 22)
    card.body.addWidget(step)
    return card


def setup_hall() -> QWidget:
    step = HallStep([SANYUAN, County("000000", "其他县区", "", (), {})])
    step.form.show_values({"community_name": "池阳社区"})
    return framed(step)


def setup_operator() -> QWidget:
    from desk.errors import Problem

    step = OperatorStep()
    step.show_problems([Problem("operator_name", "required"), Problem("again", "password_differs")])
    return framed(step)


def setup_key() -> QWidget:
    step = RecoveryStep()
    step.set_key("K7QM-2F9D-XW3R-8HTN-B4CJ-6VYP-M2EK-9GZA")
    return framed(step)


def setup_typing() -> QWidget:
    step = RecoveryStep()
    step.ask_back()
    step.wrong_group(3, "第 3 组对不上。请对着打印的恢复密钥，把这一组重新输一次。")
    return framed(step)


PAGES: dict[str, Callable[[], QWidget]] = {
    "sign_in": sign_in,
    "sign_in_refused": sign_in_refused,
    "welcome": WelcomePage,
    "setup_hall": setup_hall,
    "setup_operator": setup_operator,
    "setup_key": setup_key,
    "setup_typing": setup_typing,
}


def settle(app: QApplication) -> None:
    """Let layouts, timers and the first answers come to rest."""
    for _ in range(20):
        app.processEvents()


def take(app: QApplication, make: Callable[[], QWidget], target: Path, size: QSize) -> None:
    """One picture of one page in a window of `size`."""
    host = Host()
    host.setCentralWidget(make())
    host.resize(size)
    host.show()
    settle(app)
    host.grab().save(str(target))
    host.close()
    host.deleteLater()


def main(argv: list[str]) -> int:
    """Take the pictures named (default: all) into the folder named first."""
    folder = Path(argv[0])
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = make_app()
    translate(app)
    families = load_fonts("bold", "rare")
    for name in argv[1:] or list(PAGES):
        for suffix, size, large in SIZES:
            theme.apply(app, families, large=large)
            take(app, PAGES[name], folder / f"{name}-{suffix}.png", size)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
