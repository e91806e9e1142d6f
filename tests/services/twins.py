"""A desk, its county, and copies of the desk's folder: what a restore, a copy and a fire are tried with."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from desk.services import case_views, cases, hub_desks, hub_resend, new_epoch, sync
from desk.services.office import Office
from desk.services.sync_views import ReadBack
from desk.services.views import CaseFilter, Finished
from tests.builders import MONDAY
from tests.kept import Kept, copied, opened
from tests.services.trips import Trip, set_out

SITE, WINDOW = "610422001001", 2


class Twins(Trip):
    """A desk, its county, and a copy of the desk's folder made at some moment."""

    kept: Kept

    def copy(self, name: str = "copy") -> Kept:
        """The desk's folder as it is now; the desk is opened again."""
        self.desk.close()
        made = copied(self.kept, self.folder / name)
        self.desk = opened(self.kept)
        return made

    def open(self, kept: Kept, at: datetime = MONDAY) -> Office:
        office = opened(kept, at)
        self.opened.append(office)
        return office


def twins_of(pair: tuple[Kept, Kept], folder: Path) -> Iterator[Twins]:
    """A fixture's way: an enrolled desk and its county in this folder, discarded afterwards."""
    made = set_out(pair, folder)
    trip = Twins(made.folder, made.desk, made.hub, made.stick)
    trip.kept = replace(pair[0], folder=folder / pair[0].folder.name)
    yield trip
    trip.discard()


def begun(trip: Twins, kept: Kept, why: str = "从备份恢复") -> Office:
    """The copy opened and started anew; the county knows it as the successor."""
    office = trip.open(kept)
    new_epoch.begin(office, why=why)
    name = sync.write_enrolment(office, folder=trip.new_stick(f"enrol-{kept.folder.name}")).value
    path = trip.folder / f"enrol-{kept.folder.name}" / name
    assert hub_desks.enrol(trip.hub, path=path).value.step == "successor"
    return office


def given_back(trip: Twins, office: Office, most: int = 5_000) -> ReadBack:
    stick = trip.new_stick(f"back-{office.epoch}-{office.origin.hex[-4:]}-{len(trip.opened)}")
    hub_resend.resend(trip.hub, site=SITE, window=WINDOW, folder=stick, most=most)
    return sync.read_answers(office, folder=stick).value


def moved(office: Office, case: Finished, action: str = "withdraw") -> None:
    found = case_views.detail(office, case_id=case.case_id)
    asks = {"reason": "本人不办了"} if action == "withdraw" else {}
    cases.act(office, case_id=case.case_id, version=found.version, action=action, asks=asks)


def everything(office: Office) -> set[tuple[str, str]]:
    page = case_views.page(office, wanted=CaseFilter(group="all")).rows
    return {(row.short_no, row.state) for row in page}
