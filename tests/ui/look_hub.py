"""Takes pictures of the county's pages: `python -m tests.ui.look_hub FOLDER [LOOK …]`."""

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from desk.services import (
    case_editing,
    case_store,
    catalog_publish,
    hub,
    hub_desks,
    new_epoch,
    orders,
    sync,
)
from desk.services.office import Office
from desk.services.operation import reading
from tests.builders import PROFILE, id_number, make_office, person, take_in
from tests.services.trips import enrolled, export, make_hub, put, receive, revoked
from tests.ui.look_county import elderly
from tests.ui.look_desk import MORNING, SIZES, Studio, Walk, fill
from ui import theme
from ui.main_window import MainWindow
from ui.pages.county.desks import DesksPage
from ui.pages.county.disputes import DisputesPage
from ui.pages.county.order import OrderPage
from ui.pages.county.publish import PublishPage
from ui.pages.county.receive import ReceivePage
from ui.startup import load_fonts, make_app


def version(office: Office, case_id: object) -> int:
    with reading(office) as connection:
        return case_store.load(office, connection, case_id).standing.version  # type: ignore[arg-type]


def desk_of(folder: Path, name: str, code: str, window: int) -> Office:
    profile = replace(PROFILE, community_name=name, community_code=code, window=window)
    return make_office(folder, profile=profile).office


def make_county(place: Path, walk: Walk) -> Office:
    """A county with four windows: one busy, one silent for long, one with a gap, one that never reported."""
    county = make_hub(place / "hub")
    county.clock = walk
    busy = make_office(place / "desk").office
    busy.clock = walk
    fill(busy, walk)
    stick = folder(place, "stick")
    enrolled(busy, county, stick)
    export(busy, stick)
    receive(county, stick)
    dispute(busy, county, stick, walk)
    walk.at -= timedelta(days=12)
    silent = desk_of(place / "silent", "龙桥社区", "610422001003", 1)
    enrolled(silent, county, folder(place, "one"))
    take_in(silent)
    export(silent, place / "one")
    receive(county, place / "one")
    new_epoch.begin(silent, why="从备份恢复")
    again = sync.write_enrolment(silent, folder=folder(place, "again")).value
    hub_desks.enrol(county, path=place / "again" / again)
    walk.at += timedelta(days=12)
    gap = desk_of(place / "gap", "西关社区", "610422001002", 1)
    second = folder(place, "two")
    enrolled(gap, county, second)
    for _ in range(3):
        take_in(gap)
    export(gap, second, most=4)
    min((second / "便民前台").glob("data-*")).unlink()
    receive(county, second)
    never = desk_of(place / "never", "油坊村", "610422101201", 1)
    enrolled(never, county, folder(place, "three"))
    new = desk_of(place / "new", "仁义社区", "610422001007", 2)
    sync.take_county_key(new, path=hub.write_public_key(county, folder=place))
    sync.write_enrolment(new, folder=place)
    export(busy, folder(place, "U盘"))
    export(gap, place / "U盘")
    put(place / "U盘", "坏的.bmq", b"?")
    for office in (busy, silent, gap, never, new):
        office.close()
    return county


def folder(place: Path, name: str) -> Path:
    (place / name).mkdir(exist_ok=True)
    return place / name


def dispute(desk: Office, county: Office, stick: Path, walk: Walk) -> None:
    """The county asked for one case to be corrected, and changed a field of another that the desk changed, too."""
    one, other = elderly(desk, "刘桂兰"), elderly(desk, "王德福")
    orders.give_request(county, case_id=one, field="live_state", reason="镇上入户看到老人是独居")
    orders.give_move(
        county, case_id=one, action="confirm_accepted", asks={"accepted_on": "2026-11-23"}
    )
    orders.give_edit(
        county,
        case_id=other,
        version=version(county, other),
        fields={"kin_phone": "13991872734"},
        reason="家属来电更正",
    )
    walk.at += timedelta(minutes=20)
    case_editing.edit(
        desk,
        case_id=other,
        version=version(desk, other),
        fields={"kin_phone": "13572918816"},
        why="家属当面更正",
    )
    export(desk, stick)
    receive(county, stick)
    sync.read_answers(desk, folder=stick)
    export(desk, stick)
    receive(county, stick)


def nothing(_window: MainWindow, _place: Path) -> None:
    """The page as it comes."""


def look_inside(window: MainWindow, place: Path) -> None:
    page = window.navigation.current
    assert isinstance(page, ReceivePage)
    page.stick.use(place / "U盘")
    page.main_action()


def given(window: MainWindow, _place: Path) -> None:
    page = window.navigation.current
    assert isinstance(page, DisputesPage)
    page.tabs.tabs[1].click()


def twice(window: MainWindow, place: Path) -> None:
    """Another computer in the busy one's place gave out one of its numbers."""
    county, page = window.operations.office, window.navigation.current
    assert isinstance(page, DisputesPage)
    if not (place / "twin").exists():
        revoked(county, "电脑坏了", from_day=county.today)
        twin = make_office(place / "twin").office
        take_in(twin, who=person("张桂英", id_no=id_number(order=388)))
        enrolled(twin, county, folder(place, "twin-stick"))
        export(twin, place / "twin-stick")
        receive(county, place / "twin-stick")
        twin.close()
    page.refresh()
    page.tabs.tabs[2].click()


def order(window: MainWindow, _place: Path) -> None:
    window.go("order", case_id=elderly(window.operations.office, "刘桂兰"))


def ask(kind: int) -> Callable[[MainWindow, Path], None]:
    def then(window: MainWindow, _place: Path) -> None:
        page = window.navigation.current
        assert isinstance(page, OrderPage)
        page.verbs[kind].click()

    return then


def enrol(window: MainWindow, place: Path) -> None:
    page = window.navigation.current
    assert isinstance(page, DesksPage)
    [path] = place.glob("desk-*")
    page._introduced(path, hub_desks.introduce(window.operations.office, path=path))


def ack(window: MainWindow, _place: Path) -> None:
    page = window.navigation.current
    assert isinstance(page, DesksPage)
    page.panel.show_code.click()


def followed(window: MainWindow, _place: Path) -> None:
    page = window.navigation.current
    assert isinstance(page, DesksPage)
    assert page.view is not None
    page.list.table.choose(next(one.key for one in page.view.rows if one.code == "followed"))


def plan(window: MainWindow, place: Path) -> None:
    page = window.navigation.current
    assert isinstance(page, PublishPage)
    files = place / "files"
    if not files.exists():
        files.mkdir()
        page.shell.notices.chooser = Answer(files)  # type: ignore[assignment]
        catalog_publish.write_folder(window.operations.office, folder=files)
        head = files / "catalog" / "catalog.toml"
        head.write_text(head.read_text("utf-8").replace("version = 1", "version = 2", 1), "utf-8")
        civil = files / "catalog" / "items" / "civil.toml"
        civil.write_text(civil.read_text("utf-8").replace("户口簿", "居民户口簿"), "utf-8")
    page.shell.notices.chooser = Answer(files)  # type: ignore[assignment]
    page.main_action()


class Answer:
    """A chooser that gives this folder."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def folder(self, _parent: object, _title: str) -> Path:
        return self.path


Then = Callable[[MainWindow, Path], None]
LOOKS: dict[str, tuple[str, tuple[Then, ...]]] = {
    "report": ("report", ()),
    "receive": ("receive", ()),
    "looked": ("receive", (look_inside,)),
    "disputes": ("disputes", ()),
    "given": ("disputes", (given,)),
    "twice": ("disputes", (twice,)),
    "order": ("disputes", (order,)),
    "order_move": ("disputes", (order, ask(0))),
    "order_edit": ("disputes", (order, ask(-2))),
    "order_request": ("disputes", (order, ask(-1))),
    "desks": ("desks", ()),
    "ack": ("desks", (ack,)),
    "followed": ("desks", (followed,)),
    "enrol": ("desks", (enrol,)),
    "publish": ("publish", ()),
    "plan": ("publish", (plan,)),
    "settings": ("settings", ()),
}


def main(argv: list[str]) -> int:
    """Take the pictures named (default: all) into the folder named first."""
    target = Path(argv[0])
    target.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = make_app()
    families = load_fonts("bold", "rare")
    with tempfile.TemporaryDirectory() as place:
        walk = Walk(MORNING)
        county = make_county(Path(place), walk)
        studio = Studio(app, county)
        for name in argv[1:] or list(LOOKS):
            page, deeds = LOOKS[name]

            def then(window: MainWindow, deeds: tuple[Then, ...] = deeds) -> None:
                for deed in deeds:
                    deed(window, Path(place))
                    studio.settle()

            for suffix, size, large in SIZES:
                theme.apply(app, families, large=large)
                studio.take((page, "", then), target / f"{name}-{suffix}.png", size, large=large)
        studio.tasks.close()
        county.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
