"""The way from signing in to the rescue: the key out of the slot first, then the page."""

from collections.abc import Callable

from desk.errors import DeskError
from desk.services import rescue
from ui.pages.rescue.page import Opener, RescuePage
from ui.starting import Starting

AGAIN = ("请再登录一次", "登录后先列出可以恢复到哪一份备份，看过再决定。")


def offer(
    start: Starting,
    who: tuple[str, str],
    on_refused: Callable[[DeskError], None],
    on_left: Callable[[], None],
) -> None:
    """Show the rescue to whoever has id and password right; `on_left` when it is over."""
    operator_id, password = who
    paths, clock, notices = start.paths, start.clock, start.notices

    def opened(key: bytes) -> None:
        if notices is None:
            return
        page = RescuePage(Opener(paths, clock, None, key, who), start.run, notices)
        page.finished.connect(on_left)
        start.host.closing.connect(page.close_up)
        start.host.setCentralWidget(page)

    start.run(
        lambda: rescue.open_key(paths, operator_id=operator_id, password=password, clock=clock),
        on_done=opened,
        on_refused=on_refused,
    )
