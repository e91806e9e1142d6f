"""What can become of work done apart, each situation by its name: a desk and its county, and only sticks between them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from db.models import CaseFile, Conflict, OrderTaken, SetAside
from desk.errors import DatabaseCopied
from desk.services import (
    case_editing,
    case_store,
    case_views,
    cases,
    conflicts,
    hub_desks,
    hub_resend,
    new_epoch,
    orders,
    sync,
    sync_send,
)
from desk.services.check import check
from desk.services.office import Office
from desk.services.operation import Operation, perform, reading
from desk.services.views import CaseFilter
from tests.builders import id_number, person, take_in
from tests.kept import Kept, copied, keep, opened
from tests.services.trips import (
    Trip,
    enrolled,
    export,
    is_copied,
    make_kept,
    on_stick,
    put,
    receive,
    revoked,
    rows,
    rows_of,
    served,
    set_out,
)

SITE, WINDOW = "610422001001", 2
BEFORE, OURS, THEIRS = "13900001234", "13800000002", "13800000001"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Kept, Kept]:
    """A desk with one case and its county, known to each other, nothing sent, closed."""
    trip = set_out(make_kept(tmp_path_factory.mktemp("made")), tmp_path_factory.mktemp("known"))
    enrolled(trip.desk, trip.hub, trip.folder)
    trip.close()
    return keep(trip.folder / "desk"), keep(trip.folder / "hub")


@pytest.fixture
def trip(kept: tuple[Kept, Kept], tmp_path: Path) -> Iterator[Trip]:
    made = set_out(kept, tmp_path)
    yield made
    made.close()


def carried(trip: Trip, *packages: bytes) -> list[str]:
    """A stick with these packages is received; what became of each."""
    stick = trip.new_stick(f"carried {len(list(trip.folder.iterdir()))}")
    for place, data in enumerate(packages):
        put(stick, f"{place}.bmq", data)
    return trip.outcomes(stick)


def three(trip: Trip) -> tuple[bytes, bytes, bytes]:
    """Three packages one after the other: the case of the second is withdrawn in the third."""
    trip.export(trip.new_stick("one"))
    case = take_in(trip.desk, who=person("单大河", id_no=id_number(order=201)))
    trip.export(trip.new_stick("two"))
    withdraw(trip.desk, case.case_id)
    trip.export(trip.new_stick("three"))
    first, second, third = on_stick(trip.folder / "three", "data-").values()
    return first, second, third


def withdraw(office: Office, case: UUID) -> None:
    version = case_views.detail(office, case_id=case).version
    asks = {"reason": "本人不办了"}
    cases.act(office, case_id=case, version=version, action="withdraw", asks=asks)


def case_of(office: Office) -> UUID:
    with reading(office) as connection:
        first = select(CaseFile.id).order_by(CaseFile.id).limit(1)
        return connection.execute(first).scalar_one()


def form(office: Office) -> dict[str, Any]:
    with reading(office) as connection:
        return dict(case_store.load(office, connection, case_of(office)).standing.form)


def version(office: Office) -> int:
    with reading(office) as connection:
        return case_store.load(office, connection, case_of(office)).standing.version


def desk_writes(trip: Trip, **fields: object) -> None:
    seen = version(trip.desk)
    case_editing.edit(
        trip.desk, case_id=case_of(trip.desk), version=seen, fields=fields, why="本人来改"
    )


def county_writes(trip: Trip, **fields: object) -> None:
    seen = version(trip.hub)
    orders.give_edit(
        trip.hub, case_id=case_of(trip.hub), version=seen, fields=fields, reason="来电核实"
    )


def there_and_back(trip: Trip) -> None:
    trip.export()
    trip.receive()
    trip.answers()


def outcomes(trip: Trip) -> list[str]:
    with reading(trip.desk) as connection:
        return list(connection.execute(select(OrderTaken.outcome)).scalars())


def agree(trip: Trip, desk: Office | None = None) -> None:
    """Both sides have the same rows of every database of the desk, and these follow from the logs."""
    desk = desk or trip.desk
    assert rows_of(trip.hub, desk.origin) == rows_of(desk, desk.origin)
    assert {row.short_no for row in listed(desk)} == {row.short_no for row in listed(trip.hub)}
    assert check(trip.hub).findings == check(desk).findings == ()


def listed(office: Office) -> Any:
    return case_views.page(office, wanted=CaseFilter(group="all")).rows


def copy_of_desk(trip: Trip, kept: tuple[Kept, Kept], name: str) -> Kept:
    """The desk's folder as it stands, copied while the program is closed."""
    own = replace(kept[0], folder=trip.folder / kept[0].folder.name)
    trip.desk.close()
    made = copied(own, trip.folder / name)
    trip.desk = opened(own)
    return made


def carry_on(trip: Trip, office: Office, why: str) -> None:
    """It becomes the window's database of now, and gets back what the county has."""
    new_epoch.begin(office, why=why)
    stick = trip.new_stick(f"back {office.epoch} {office.origin.hex[-4:]}")
    name = sync.write_enrolment(office, folder=stick).value
    assert hub_desks.enrol(trip.hub, path=stick / name).value.step == "successor"
    hub_resend.resend(trip.hub, site=SITE, window=WINDOW, folder=stick)
    sync.read_answers(office, folder=stick)
    assert not office.waits


def test_in_order(trip: Trip) -> None:
    packages = three(trip)
    assert [carried(trip, one) for one in packages] == [["COMMITTED"]] * 3
    agree(trip)


def test_backwards(trip: Trip) -> None:
    first, second, third = three(trip)
    assert carried(trip, third) == ["HELD"]
    assert carried(trip, second) == ["HELD"]
    assert carried(trip, first) == ["COMMITTED"] * 3
    agree(trip)


def test_gap(trip: Trip) -> None:
    """The second is lost: the third waits, is named, and what is missing is told the desk."""
    first, _, third = three(trip)
    assert carried(trip, first) == ["COMMITTED"]
    before = rows(trip.hub, "package_out")
    stick = trip.new_stick("gap")
    put(stick, "third.bmq", third)
    [waits] = trip.receive(stick)
    assert (waits.outcome, waits.facts["expected"]) == ("HELD", 2)
    assert rows(trip.hub, "package_out") == before
    assert "前面还缺包" in trip.answers(stick).passed_over[0]
    there_and_back(trip)
    agree(trip)


def test_create_after_update(trip: Trip) -> None:
    """A case's withdrawal comes before the case: nothing of it is seen before its beginning."""
    first, second, third = three(trip)
    assert carried(trip, first, third) == ["COMMITTED", "HELD"]
    assert len(listed(trip.hub)) == 1
    assert carried(trip, second) == ["COMMITTED", "COMMITTED"]
    assert sorted(row.state for row in listed(trip.hub)) == sorted(
        row.state for row in listed(trip.desk)
    )
    agree(trip)


def test_forced(trip: Trip) -> None:
    """No time forces a gap. A person asks for everything again, and the package that carries it closes the gap."""
    first, _, third = three(trip)
    assert carried(trip, first, third) == ["COMMITTED", "HELD"]
    trip.hub.clock.advance(days=90)  # type: ignore[attr-defined]
    assert trip.outcomes(trip.new_stick("empty")) == []
    assert len(listed(trip.hub)) == 1
    for path in trip.desk.paths.packages.iterdir():
        path.unlink()
    perform(trip.desk, Operation.EXCHANGE, sync_send.ask_for_snapshot)
    trip.export()
    [name] = on_stick(trip.stick)
    assert name.startswith("snapshot-")
    assert trip.outcomes() == ["COMMITTED"]
    assert trip.outcomes(trip.new_stick("next")) == ["ALREADY"]
    assert list(trip.hub.paths.held.iterdir()) == []
    agree(trip)


def test_concurrent(trip: Trip) -> None:
    """Different fields are both kept and marked; the same field is decided by a person."""
    there_and_back(trip)
    county_writes(trip, kin_phone=THEIRS)
    desk_writes(trip, kin_name="刘小梅")
    there_and_back(trip)
    assert (form(trip.desk)["kin_phone"], form(trip.desk)["kin_name"]) == (THEIRS, "刘小梅")
    assert outcomes(trip) == ["merged"]
    there_and_back(trip)
    county_writes(trip, kin_phone=BEFORE)
    desk_writes(trip, kin_phone=OURS)
    there_and_back(trip)
    assert form(trip.desk)["kin_phone"] == OURS
    with reading(trip.desk) as connection:
        conflict = connection.execute(select(Conflict.id)).scalar_one()
    conflicts.decide(trip.desk, conflict_id=conflict, choice="county")
    there_and_back(trip)
    assert form(trip.desk)["kin_phone"] == form(trip.hub)["kin_phone"] == BEFORE
    agree(trip)


def test_replayed(trip: Trip) -> None:
    """Old packages and old answers do nothing, however late."""
    there_and_back(trip)
    old = list(on_stick(trip.stick).values())
    served(trip.desk, 1, first=1)
    there_and_back(trip)
    before, desk_before = rows(trip.hub), rows(trip.desk)
    stick = trip.new_stick("old")
    for place, data in enumerate(old):
        put(stick, f"{place}.bmq", data)
    assert set(trip.outcomes(stick)) <= {"ALREADY", "BAD_FILE"}
    assert rows(trip.hub) == before
    assert trip.answers(stick).taken == ()
    assert rows(trip.desk) == desk_before
    agree(trip)


def test_forked(trip: Trip, kept: tuple[Kept, Kept]) -> None:
    """Two copies say different things under one number: the first counts, the second raises the alarm and changes nothing."""
    twin = opened(copied(kept[0], trip.folder / "twin"), trip.desk.clock.now() + timedelta(hours=1))
    trip.opened.append(twin)
    served(trip.desk, 1, first=1)
    served(twin, 1, first=2)
    there_and_back(trip)
    before = rows(trip.hub, "package_out")
    stick = trip.new_stick("twin's")
    export(twin, stick)
    assert [one.outcome for one in receive(trip.hub, stick)] == ["FORK"]
    assert rows(trip.hub, "package_out") == before
    sync.read_answers(twin, folder=stick)
    with pytest.raises(DatabaseCopied):
        export(twin, trip.new_stick("again"))
    agree(trip)


def test_restored(trip: Trip, kept: tuple[Kept, Kept]) -> None:
    """What came after the backup comes back from the county; the desk goes on under a new name."""
    backup = copy_of_desk(trip, kept, "backup")
    served(trip.desk, 2, first=1)
    there_and_back(trip)
    known = {row.short_no for row in listed(trip.desk)}
    trip.desk.close()
    office = opened(backup)
    trip.opened.append(office)
    carry_on(trip, office, "从备份恢复")
    assert {row.short_no for row in listed(office)} == known
    served(office, 1, first=5)
    stick = trip.new_stick("after")
    export(office, stick)
    assert [one.outcome for one in receive(trip.hub, stick)] == ["COMMITTED"]
    agree(trip, office)


def test_cloned(trip: Trip, kept: tuple[Kept, Kept]) -> None:
    """Both computers go on with true cases: one is joined to the other, nobody's case is lost."""
    there_and_back(trip)
    twin = opened(copy_of_desk(trip, kept, "clone"))
    trip.opened.append(twin)
    here = take_in(trip.desk, who=person("单大河", id_no=id_number(order=201)))
    there = take_in(twin, who=person("单大江", id_no=id_number(order=203)))
    there_and_back(trip)
    stick = trip.new_stick("clone's")
    export(twin, stick)
    assert [one.outcome for one in receive(trip.hub, stick)] == ["FORK"]
    sync.read_answers(twin, folder=stick)
    assert is_copied(twin)
    carry_on(trip, twin, "数据被拷贝过")
    after = trip.new_stick("after")
    export(twin, after)
    assert [one.refused for one in receive(trip.hub, after)] == [()]
    for done, name in ((here, "单大河"), (there, "单大江")):
        for office in (trip.hub, twin):
            assert case_views.detail(office, case_id=done.case_id).row.applicant == name
    agree(trip, twin)


def test_restored_twice_from_one_backup(trip: Trip, kept: tuple[Kept, Kept]) -> None:
    """What the first restored computer told again for the lost one is not told a third time by the second."""
    there_and_back(trip)
    case = take_in(trip.desk, who=person("单大河", id_no=id_number(order=201)))
    backup, again = (copy_of_desk(trip, kept, name) for name in ("backup", "same backup"))
    trip.desk.close()
    first = opened(backup)
    trip.opened.append(first)
    carry_on(trip, first, "从备份恢复")
    withdraw(first, case.case_id)
    stick = trip.new_stick("first")
    export(first, stick)
    assert [one.refused for one in receive(trip.hub, stick)] == [()]
    second = opened(again, first.clock.now() + timedelta(hours=1))
    trip.opened.append(second)
    # The county knows the first as this window; that it is gone is told by telephone.
    today = trip.hub.clock.now().date()
    revoked(trip.hub, "又坏了", from_day=today)
    carry_on(trip, second, "从备份恢复")
    state = case_views.detail(second, case_id=case.case_id).row.state
    assert state == case_views.detail(first, case_id=case.case_id).row.state
    served(second, 1, first=5)
    stick = trip.new_stick("second")
    export(second, stick)
    assert [one.refused for one in receive(trip.hub, stick)] == [()]
    agree(trip, second)


@pytest.mark.parametrize("moved_there", [False, True])
def test_restored_from_a_newer_backup_after_an_older_one(
    trip: Trip, kept: tuple[Kept, Kept], moved_there: bool
) -> None:
    """What the newer one alone knows is told, unless the older one's successor did something else with the same case."""
    there_and_back(trip)
    case = take_in(trip.desk, who=person("单大河", id_no=id_number(order=201)))
    older = copy_of_desk(trip, kept, "older")
    withdraw(trip.desk, case.case_id)
    newer = copy_of_desk(trip, kept, "newer")
    trip.desk.close()
    first = opened(older)
    trip.opened.append(first)
    carry_on(trip, first, "从备份恢复")
    if moved_there:
        withdraw(first, case.case_id)
    stick = trip.new_stick("first")
    export(first, stick)
    receive(trip.hub, stick)
    second = opened(newer, first.clock.now() + timedelta(hours=1))
    trip.opened.append(second)
    today = trip.hub.clock.now().date()
    revoked(trip.hub, "又坏了", from_day=today)
    carry_on(trip, second, "从备份恢复")
    stick = trip.new_stick("second")
    export(second, stick)
    assert [one.refused for one in receive(trip.hub, stick)] == [()]
    shown = [case_views.detail(one, case_id=case.case_id) for one in (second, trip.hub)]
    assert {one.row.state for one in shown} == {"withdrawn"}
    with reading(second) as connection:
        fates = set(connection.execute(select(SetAside.fate)).scalars())
    assert ("differs" in fates) == moved_there
    agree(trip, second)
