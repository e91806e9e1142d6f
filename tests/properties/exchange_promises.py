"""What holds whatever happened between desks, county and sticks."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from db.models import CaseFile, Conflict, Event, OrderGiven, OrderTaken, PackageOut, Sender
from desk.exchange.receiving import read_header
from desk.services import hub_desk_rows, sync
from desk.services.check import check
from desk.services.hub_receive import receive_all
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.sync_receive import read_answers
from desk.services.sync_send import ACKED, REPLACED, SENT
from tests.properties.exchange_computers import begin_anew, give_back, put_away_twin
from tests.properties.exchange_deeds import (
    read,
    receive,
    somebody_comes_to,
    write_out,
)
from tests.properties.exchange_world import Desk, Sheet, World, events_but_of, head
from tests.services.trips import Rows, is_copied, rows_of

ROUNDS = 6
"""After so many undisturbed trips everything has arrived."""


def nothing_acknowledged_is_lost(world: World) -> None:
    """What a desk shows as 已回执 is at the county, that very content; the county has nothing nobody said."""
    here = events_but_of(world.hub, world.hub.origin)
    assert world.acked <= here
    assert here <= world.told


def settle(world: World) -> None:
    """The twins are put away, the sticks are new, and everybody goes until nothing is left to bring."""
    for desk in world.desks:
        put_away_twin(desk)
    for round_ in range(ROUNDS):
        for desk in world.desks:
            if round_ == 1:
                # What is only noted travels with the next news.
                somebody_comes_to(world, desk, desk.office)
            quiet_trip(world, desk)
    assert [left_over(desk) for desk in world.desks] == [0] * len(world.desks)


def quiet_trip(world: World, desk: Desk) -> None:
    stick: list[Sheet] = []
    if desk.called or is_copied(desk.office) or is_followed(world, desk.office):
        begin_anew(world, desk, desk.office)
    if desk.office.waits:
        give_back(world, desk)
    write_out(world, desk, desk.office, stick)
    receive(world, stick)
    read(world, desk, desk.office, stick)


def is_followed(world: World, office: Office) -> bool:
    """Whether the county's list of windows shows that a later database comes from this one: then somebody rings up."""
    own = sync.view(office).own_code
    rows = hub_desk_rows.desks(world.hub).rows
    return any((row.code, row.key_code) == ("followed", own) for row in rows)


def left_over(desk: Desk) -> int:
    """How many packages of this database are not acknowledged."""
    with reading(desk.office) as connection:
        return connection.execute(
            select(func.count()).where(
                PackageOut.kind.in_(SENT),
                PackageOut.epoch == desk.office.epoch,
                PackageOut.state.not_in((ACKED, REPLACED)),
            )
        ).scalar_one()


def county_and_desks_agree(world: World) -> None:
    """The county is the union of what its desks had acknowledged; both sides' rows follow from their logs."""
    for office in (world.hub, *(desk.office for desk in world.desks)):
        assert check(office).findings == ()
    for desk in world.desks:
        for origin in origins(desk.office):
            assert head(world.hub, origin) == head(desk.office, origin)
            assert rows_of(world.hub, origin) == rows_of(desk.office, origin)
        own = head(desk.office, desk.office.origin)
        assert (desk.office.origin.bytes, *own) in world.acked
    with reading(world.hub) as connection:
        left = select(OrderGiven.id).where(OrderGiven.id.not_in(select(OrderTaken.id)))
        assert connection.execute(left).scalars().all() == []


def origins(office: Office) -> list[UUID]:
    with reading(office) as connection:
        return list(connection.execute(select(Event.origin).distinct()).scalars())


def any_order_is_the_same(world: World) -> None:
    """Two counties that are the same take the same packages, each in its own order: they are the same again."""
    waiting = [sheet for stick in world.sticks for sheet in stick if not sheet.ours]
    one = list(dict.fromkeys(sheet for sheet in waiting if not sheet.spoilt))
    other = list(one)
    world.rng.shuffle(one)
    world.rng.shuffle(other)
    world.hub.close()
    kept = world.copy(world.kept_hub, "other hub")
    world.hub = world.open(world.kept_hub)
    twin = world.open(kept)
    for office, sheets in ((world.hub, one), (twin, other)):
        for sheet in sheets:
            receive_all(office, world.lay([sheet]), lambda _one: None)
    same = state(world.hub) == state(twin)
    twin.close()
    assert same or forked(one)
    world.met["two orders compared"] += same and len(one) > 1


def any_order_is_the_same_for_a_desk(world: World) -> None:
    """Two copies of a desk read the same answers, each in its own order, until nothing is news: they show the same."""
    desk = world.rng.choice(world.desks)
    if desk.twin is not None:
        return
    waiting = [sheet for stick in world.sticks for sheet in stick if sheet.ours]
    one = list(dict.fromkeys(sheet for sheet in waiting if not sheet.spoilt))
    desk.office.close()
    seen = []
    for name in ("one", "other"):
        world.rng.shuffle(one)
        office = world.open(world.copy(desk.kept, f"{name} desk"))
        for sheet in one * ROUNDS:
            read_answers(office, folder=world.lay([sheet]))
        seen.append(shown(office))
        office.close()
    desk.office = world.open(desk.kept)
    assert seen[0] == seen[1]
    world.met["two orders at a desk"] += len(one) > 1


def shown(office: Office) -> list[Any]:
    """What a desk has of answers and orders; ids of what it wrote itself meanwhile are its own."""
    asked = (
        select(PackageOut.epoch, PackageOut.seq, PackageOut.state),
        select(OrderTaken.id, OrderTaken.outcome),
        select(CaseFile.id, CaseFile.state, CaseFile.phase, CaseFile.form),
        select(Conflict.order_id, Conflict.field, Conflict.choice),
    )
    with reading(office) as connection:
        return [sorted(map(repr, connection.execute(one))) for one in asked]


def forked(sheets: list[Sheet]) -> bool:
    """Whether two of these say different things under one number: then the first one counts, as it must."""
    heads = [read_header(sheet.data) for sheet in sheets]
    numbers = [(one.db_id, one.epoch, one.seq) for one in heads]
    return len(set(numbers)) < len(numbers)


def state(office: Office) -> list[Any]:
    """How far each desk is applied, and every row that follows."""
    with reading(office) as connection:
        columns = [one for one in Sender.__table__.columns if one.name != "last_at"]
        rows = connection.execute(select(*columns).order_by(*columns[:2])).all()
    found: dict[UUID, Rows] = {
        origin: rows_of(office, origin) for origin in sorted(origins(office))
    }
    return [[tuple(row) for row in rows], found]


def finish(world: World) -> None:
    """The end of a life: everything arrives, and all promises hold."""
    nothing_acknowledged_is_lost(world)
    settle(world)
    nothing_acknowledged_is_lost(world)
    county_and_desks_agree(world)
