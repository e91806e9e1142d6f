"""A table on its way into a file: one at a time, stopped when asked, and told however it ended."""

from collections.abc import Callable
from pathlib import Path

import pytest

from desk.errors import Cancelled
from desk.services.office import Office
from tests.ui.desk_room import Room, nothing_goes_on, open_room
from ui.table_export import Order, TableExport


@pytest.fixture
def room(tmp_path, qtbot):
    with open_room(tmp_path / "office", qtbot) as one:
        yield one


def written(
    _office: Office,
    *,
    path: Path,
    progress: Callable[[int, int, str], None],
    cancelled: Callable[[], bool],
) -> int:
    """As long tables are written: it looks now and then whether to stop."""
    progress(1, 2, "")
    if cancelled():
        raise Cancelled
    path.write_text("刘桂兰")
    return 1


def test_one_file_at_a_time_is_stopped_or_written(room: Room, tmp_path: Path) -> None:
    shell = room.shell("x")
    order = Order(verb=written, facts={}, name="名单", what="表格", unit="人", kinds=False)
    files = TableExport(shell, lambda: order, room.window, open_folder=room.folders.append)
    busy: list[bool] = []
    files.busy.connect(busy.append)
    files.cancel()
    files.start()
    assert busy == [], "nowhere to write was chosen"
    room.answers.path = tmp_path / "a.xlsx"
    with nothing_goes_on(room, "files"):
        files.start()
        files.start()
        files.watch("正在排版……", written, {"path": tmp_path / "b"}, room.went.append)
        files.strip.stop.click()
    room.settle()
    assert room.toasts() == ["已停下，没有留下文件。"]
    assert (busy, list(tmp_path.glob("[ab]*")), room.went) == ([True, False], [], [])
    files.start()
    room.settle()
    assert room.toasts()[-1] == "表格已导出，共 1 人：a.xlsx"
    assert room.answers.path.read_text() == "刘桂兰"
    assert files.strip.isHidden()
