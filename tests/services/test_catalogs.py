"""A case keeps the catalogue it was opened under, also when the shipped one has moved on."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select

from db.models import CaseFile
from desk.clock import FixedClock
from desk.domain.catalog_reader import read_catalog
from desk.services import case_views, catalogs, redating, sign_in
from desk.services.check import check
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.rules import Rules
from tests.builders import MONDAY, PASSWORD, make_office, rules, take_in
from tests.services import deeds

OLD, NEW = "高龄补贴申请", "高龄老人补贴申请"


def newer_rules() -> Rules:
    """A later edition: one item is called otherwise and promises 20 days instead of 15."""
    shipped = rules()
    source: Mapping[str, bytes] = {
        name: body.replace(f'short_name = "{OLD}"'.encode(), f'short_name = "{NEW}"'.encode())
        .replace(b"promised_days = 15", b"promised_days = 20")
        .replace(b"version = 1\n", b"version = 2\n")
        for name, body in shipped.source.items()
    }
    return replace(shipped, catalog=read_catalog(source), source=source)


def test_an_old_case_goes_on_under_its_own_rules(tmp_path: Path) -> None:
    """Name, limit, digest; the new case has the new ones."""
    made = make_office(tmp_path / "office")
    old = take_in(made.office)
    made.office.close()
    office = sign_in.sign_in(
        made.office.paths,
        operator_id=made.operator_id.hex,
        password=PASSWORD,
        clock=FixedClock(MONDAY),
        rules=newer_rules(),
    )
    new = take_in(office)
    assert [deeds.detail(office, done).row.item_name for done in (old, new)] == [OLD, NEW]
    for done in (old, new):
        deeds.act(office, done, "confirm_accepted")
    stories = [case_views.due_story(office, case_id=done.case_id).lines[0] for done in (old, new)]
    assert ["15 个工作日" in stories[0], "20 个工作日" in stories[1]] == [True, True]
    assert len(office.pinned) == 1
    assert check(office).findings == ()
    office.close()


def test_the_same_catalogue_is_kept_once(tmp_path: Path) -> None:
    """However often the office is opened."""
    from db.models import CatalogSnapshot

    office = make_office(tmp_path / "office").office
    for _ in range(2):
        with office.writer.begin() as connection:
            catalogs.keep(connection, rules())
    assert deeds.row(office, CatalogSnapshot)["digest"] == office.catalog.digest
    with reading(office) as connection:
        pinned = catalogs.pinned(office, connection, office.catalog.digest)
    assert pinned is office.catalog
    office.close()


def test_an_estimate_stays_one_while_nothing_new_is_known(office: Office) -> None:
    """A due date of a year whose holidays nobody has announced: counted again, it is the same."""
    last = max(office.holidays.years)
    office.clock = FixedClock(MONDAY.replace(year=last, month=12, day=28))
    done = take_in(office)
    deeds.act(office, done, "confirm_accepted")
    before = deeds.detail(office, done)
    told = redating.redate(office)
    assert (told.value, bool(told.changes)) == ((), False)
    assert deeds.detail(office, done) == before
    with reading(office) as connection:
        waiting = select(CaseFile.id).where(CaseFile.due_provisional)
        assert connection.execute(waiting).scalars().all() == [done.case_id]
