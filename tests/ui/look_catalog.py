"""Takes pictures of the catalogue's page: `python -m tests.ui.look_catalog FOLDER`."""

import os
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path

from desk.clock import CHINA
from desk.services import catalog_take
from tests.builders import id_number, person, take_in
from tests.services import deeds
from tests.services.editions import CIVIL, brought, edition, go_to, holidays, published
from tests.services.trips import Trip, enrolled, make_kept, set_out
from tests.ui.look_desk import SIZES, Studio
from ui import theme
from ui.startup import load_fonts, make_app

TODAY = datetime(2026, 12, 21, 9, 0, tzinfo=CHINA)


def waiting(folder: Path) -> Trip:
    """A desk with open cases, to which a release of next year has come."""
    place, out = folder / "kept", folder / "out"
    place.mkdir()
    out.mkdir()
    trip = set_out(make_kept(place), out)
    enrolled(trip.desk, trip.hub, out)
    for office in (trip.desk, trip.hub):
        go_to(office, TODAY.date())
    for order, name in enumerate(("刘桂兰", "马依努尔·艾力", "欧阳丽华", "王德福")):
        who = person(name, id_no=id_number(order=300 + order))
        deeds.act(trip.desk, take_in(trip.desk, who=who), "confirm_accepted")
    edits = (
        (CIVIL, 'short_name = "高龄补贴申请"', 'short_name = "高龄老人补贴"'),
        (CIVIL, "promised_days = 15", "promised_days = 20"),
        ("papers/receipt_slip.toml", "材料接收凭证", "收材料凭证"),
        ("catalog/counties/610422.toml", 'gaoling_t80 = "100"', 'gaoling_t80 = "120"'),
    )
    notice = holidays(2027, *(date(2027, 1, day) for day in (1, 2, 3, 4)))
    published(trip, edition(2, *edits, more=notice), days=380)
    brought(trip)
    return trip


def main(argv: list[str]) -> int:
    """Take the pictures into the folder named."""
    folder = Path(argv[0])
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = make_app()
    families = load_fonts("bold", "rare")
    with tempfile.TemporaryDirectory() as place:
        trip = waiting(Path(place))
        studio = Studio(app, trip.desk)
        for name, page in (("waiting", "catalog"), ("sync", "sync"), ("taken", "catalog")):
            if name == "taken":
                catalog_take.adopt(trip.desk, version=2)
            for suffix, size, large in SIZES:
                theme.apply(app, families, large=large)
                target = folder / f"catalog-{name}-{suffix}.png"
                studio.take((page, "", None), target, size, large=large)
        studio.tasks.close()
        trip.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
