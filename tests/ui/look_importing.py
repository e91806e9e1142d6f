"""Takes pictures of the pages of importing and requests: `python -m tests.ui.look_importing FOLDER [LOOK …]`."""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from desk.resources import resource_bytes
from desk.services import imports
from desk.services.import_views import ImportJob
from tests.builders import id_number
from tests.importing.books import book
from tests.services.importing import taken
from tests.ui.look import SIZES, Studio
from ui import theme
from ui.dressing import translate
from ui.main_window import MainWindow
from ui.pages.importing.page import ImportingPage
from ui.startup import load_fonts, make_app

HEAD = (
    "序号",
    "老人姓名",
    "身份证号码(18位)",
    "联系方式",
    "家庭住址",
    "补贴标准",
    "享受时间",
    "一卡通账号",
    "认证日期",
)


def roll(folder: Path) -> Path:
    """An old roll with some faults."""
    rows: list[tuple[object, ...]] = [HEAD]
    names = ("秀英", "桂兰", "建国", "志明", "玉珍", "德福", "淑芳")
    for n in range(60):
        number: object = id_number(birth=f"19{40 + n % 15}0{n % 9 + 1}12", order=n)
        if n % 17 == 3:
            number = int(str(number)[:17]) * 10
        name = "王李张刘陈"[n % 5] + names[n % 7]
        month = "2025.1" if n % 23 == 5 else "2024-03"
        rows.append((n + 1, name, number, "13800002734", f"{n % 6 + 1}号楼", 50, month, "", ""))
    return book(folder / "池阳社区高龄补贴在领名单.xlsx", rows)


def page(window: MainWindow) -> ImportingPage:
    shown = window.navigation.current
    assert isinstance(shown, ImportingPage)
    return shown


def choose(_studio: Studio, window: MainWindow, _folder: Path) -> None:
    window.go("importing")


def mapping(studio: Studio, window: MainWindow, folder: Path) -> None:
    window.go("importing", kind="elderly")
    studio.settle()
    page(window).choose.press("elderly")
    page(window).path = roll(folder)
    page(window)._read_file("", 0)
    studio.settle()


def preview(studio: Studio, window: MainWindow, folder: Path) -> None:
    mapping(studio, window, folder)
    page(window).main_action()
    studio.settle()


def faults(studio: Studio, window: MainWindow, folder: Path) -> None:
    preview(studio, window, folder)
    combo = page(window).preview.filter
    combo.setCurrentIndex(combo.findData("bad"))
    page(window).preview._show_rows()


def unknown(studio: Studio, window: MainWindow, folder: Path) -> None:
    rows = [
        ("编号", "姓名", "事项", "日期", "结果"),
        ("1", "刘桂兰", "老年优待证", "2019-3-4", "办结"),
        ("2", "王建国", "高龄补贴申请", "2019-3-5", "批准"),
        ("3", "李志明", "独生子女证补办", "2019-3-6", "办结"),
    ]
    window.go("importing", kind="cases")
    studio.settle()
    page(window).choose.press("cases")
    page(window).path = book(folder / "旧台账.xlsx", rows)
    page(window)._read_file("", 0)
    studio.settle()
    page(window).main_action()
    studio.settle()


def requested(studio: Studio, window: MainWindow, folder: Path) -> None:
    path = folder / "申请.json"
    path.write_bytes(resource_bytes("importing/requests.example.json"))
    opened = imports.open_file(studio.office, path=path, kind="requests")
    taken(studio.office, ImportJob("requests", opened.table, opened.columns, "", opened.source))
    window.go("requests")


def today(studio: Studio, window: MainWindow, folder: Path) -> None:
    requested(studio, window, folder)
    window.go("today")


def rolls(_studio: Studio, window: MainWindow, _folder: Path) -> None:
    window.go("rolls")


def done(studio: Studio, window: MainWindow, folder: Path) -> None:
    preview(studio, window, folder)
    page(window).main_action()
    studio.settle()


LOOKS: dict[str, Callable[[Studio, MainWindow, Path], None]] = {
    "choose": choose,
    "mapping": mapping,
    "preview": preview,
    "faults": faults,
    "unknown": unknown,
    "requests": requested,
    "today": today,
    "rolls": rolls,
    "done": done,
}


def main(folder: Path, wanted: list[str]) -> None:
    """Save each look at three sizes."""
    app = make_app()
    families = load_fonts("sans", "bold", "rare")
    translate(app)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        studio = Studio(app, Path(data))
        for size, room, large in SIZES:
            app.setStyle("Fusion")
            theme.apply(app, families, large=large)
            for look in wanted or list(LOOKS):
                window = studio.window()
                studio.host.resize(room)
                studio.host.show()
                LOOKS[look](studio, window, Path(data))
                studio.settle()
                studio.host.grab().save(str(folder / f"{look}-{size}.png"))
        studio.close()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main(Path(sys.argv[1]), sys.argv[2:])
