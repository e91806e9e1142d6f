"""What happens between desks, county and sticks: work, trips, everything that goes wrong with a stick or a computer."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import select

from db.models import CaseFile, Conflict
from desk.errors import DatabaseCopied, UserError
from desk.services import (
    case_editing,
    case_store,
    cases,
    conflicts,
    hub_answer,
    hub_receive,
    orders,
    sync,
)
from desk.services.hub_receive import Received
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.sync_send import MOST_EVENTS
from tests.builders import PROFILE
from tests.exchange.standing_offices import content
from tests.properties.exchange_computers import (
    a_backup_is_made,
    a_computer_burns,
    a_computer_is_cloned,
    a_computer_is_restored,
    begin_anew,
    keys_are_revoked,
)
from tests.properties.exchange_world import Desk, Sheet, World, keep_on, picked_up, still_there
from tests.services.trips import export, is_copied, served

PHONE = "1380000{:04}"
SITE = PROFILE.community_code
SOMETIMES = 0.3
NEWEST = 5
"""Whom something happens to is one of the newest, so that both sides are often at the same case."""
REFUSED = (
    "BAD_FILE",
    "TOO_NEW",
    "UNKNOWN_KEY",
    "DAMAGED",
    "MISROUTED",
    "FORK",
    "TOO_FAR",
    "TOTALS",
)


def somebody_comes(world: World) -> None:
    """An application is taken, or one of this window is withdrawn."""
    desk = world.rng.choice(world.desks)
    office = at(world, desk)
    if world.rng.random() < SOMETIMES:
        _act(world, office)
        return
    somebody_comes_to(world, desk, office)


def somebody_comes_to(world: World, desk: Desk, office: Office) -> None:
    """A person of whom this window has not heard for long."""
    desk.people += 1
    _tried(world, lambda: served(office, 1, first=desk.people % 200))
    world.met["people served"] += 1


def _act(world: World, office: Office) -> None:
    case = _some(world, office, CaseFile.id)
    if case is None:
        return
    reason = {"reason": "本人不办了"}
    version = _version(office, case)
    _tried(
        world,
        lambda: cases.act(office, case_id=case, version=version, action="withdraw", asks=reason),
    )


def a_desk_writes(world: World) -> None:
    """A telephone number is corrected, or a conflict decided."""
    office = at(world, world.rng.choice(world.desks))
    conflict = _some(world, office, Conflict.id, Conflict.choice == "")
    if conflict is not None and world.rng.random() < SOMETIMES:
        _tried(world, lambda: conflicts.decide(office, conflict_id=conflict, choice="county"))
        world.met["conflicts decided"] += 1
        return
    case = _some(world, office, CaseFile.id)
    if case is not None:
        fields = {"kin_phone": PHONE.format(world.rng.randrange(10_000))}
        version = _version(office, case)
        _tried(
            world,
            lambda: case_editing.edit(
                office, case_id=case, version=version, fields=fields, why="本人来改"
            ),
        )


def the_county_asks(world: World) -> None:
    """An order: fields, a request, a move."""
    case = _some(world, world.hub, CaseFile.id)
    if case is None:
        return
    fields = {"kin_phone": PHONE.format(world.rng.randrange(10_000))}
    kind = world.rng.randrange(4)
    version = _version(world.hub, case)

    def give() -> None:
        if kind == 0:
            orders.give_request(world.hub, case_id=case, field="live_state", reason="入户看过")
        elif kind == 1:
            asks = {"reason": "户籍不在本县"}
            orders.give_move(world.hub, case_id=case, action="refuse", asks=asks)
        else:
            orders.give_edit(world.hub, case_id=case, version=version, fields=fields, reason="来电")

    if _tried(world, give):
        world.met["orders given"] += 1


def a_trip_up(world: World) -> None:
    """A desk writes what is not acknowledged onto a stick."""
    desk = world.rng.choice(world.desks)
    most = world.rng.choice((4, 12, MOST_EVENTS))
    write_out(world, desk, at(world, desk), world.stick(), most)


def write_out(
    world: World, desk: Desk, office: Office, stick: list[Sheet], most: int = MOST_EVENTS
) -> None:
    folder = world.lay(stick)
    try:
        export(office, folder, most=most)
    except DatabaseCopied:
        world.met["copies noticed"] += 1
        begin_anew(world, desk, office)
        return
    world.note_told(office)
    keep_on(world, stick, picked_up(folder, len(stick)))
    world.met["trips up"] += 1


def the_county_receives(world: World) -> None:
    """A stick is received, its files in any order."""
    receive(world, world.stick())


def receive(world: World, stick: list[Sheet]) -> None:
    mine = [sheet for sheet in stick if not sheet.ours]
    if world.rng.random() < SOMETIMES:
        world.rng.shuffle(mine)
        world.met["reordered"] += 1
    for sheet in mine:
        take_one(world, sheet)
    folder = world.lay(stick)
    hub_answer.receive(world.hub, folder=folder, tell=lambda _one: None)
    keep_on(world, stick, picked_up(folder, len(stick)))
    world.met["trips received"] += 1


def take_one(world: World, sheet: Sheet) -> None:
    """One file alone: if it is refused, no row of the county changes."""
    suspicious = sheet.spoilt or world.rng.random() < SOMETIMES
    before = content(world.hub) if suspicious else ""
    done = hub_receive.receive_all(world.hub, world.lay([sheet]), lambda _one: None)
    for one in done:
        world.met[f"county: {one.outcome}"] += 1
        _call(world, one)
    if before and all(one.outcome != "COMMITTED" for one in done):
        assert content(world.hub) == before, [one.outcome for one in done]
        world.met["refused, no row changed"] += any(one.outcome in REFUSED for one in done)


def _call(world: World, one: Received) -> None:
    """The county rings a window up whose key does not count any more, or whose log is another one."""
    if one.header is not None and one.outcome in ("UNKNOWN_KEY", "FORK"):
        for desk in world.desks:
            desk.called |= desk.office.origin == one.header.db_id


def an_answer_is_read(world: World) -> None:
    """A desk reads a stick."""
    desk = world.rng.choice(world.desks)
    read(world, desk, at(world, desk), world.stick())


def read(world: World, desk: Desk, office: Office, stick: list[Sheet]) -> None:
    mine = [sheet for sheet in stick if sheet.ours]
    for sheet in (one for one in mine if one.spoilt):
        before = content(office)
        told = sync.read_answers(office, folder=world.lay([sheet])).value
        assert told.taken == ()
        assert content(office) == before
        world.met["spoilt answers refused"] += 1
    whole = [sheet for sheet in mine if not sheet.spoilt]
    if world.rng.random() < SOMETIMES:
        world.rng.shuffle(whole)
        for sheet in whole:
            sync.read_answers(office, folder=world.lay([sheet]))
    else:
        left = world.lay(stick)
        world.met["tidied"] += sync.read_answers(office, folder=left).value.tidied
        stick[:] = still_there(left, stick)
    world.note_acked(office)
    world.met["trips down"] += 1
    if is_copied(office):
        world.met["copies noticed"] += 1
        begin_anew(world, desk, office)


def something_happens_to_a_stick(world: World) -> None:
    """Files are lost, copied, cut, changed; an old one turns up again."""
    stick, other = world.stick(), world.stick()
    if not stick:
        return
    place = world.rng.randrange(len(stick))
    sheet = stick[place]
    whose = "answers" if sheet.ours else "packages"
    match world.rng.randrange(8):
        case 0 | 1:
            del stick[place]
            world.met[f"lost {whose}"] += 1
        case 2:
            stick.clear()
            world.met["lost sticks"] += 1
        case 3:
            keep_on(world, other, list(stick))
            world.met["copied"] += 1
        case 4:
            cut = sheet.data[: world.rng.randrange(len(sheet.data))]
            stick.append(replace(sheet, data=cut, spoilt=True))
            world.met[f"truncated {whose}"] += 1
        case 5 | 6:
            stick.append(replace(sheet, data=_flipped(world, sheet.data), spoilt=True))
            world.met[f"flipped {whose}"] += 1
        case _:
            old = world.rng.choice(world.past)
            keep_on(world, stick, [old])
            world.met[f"replayed {'answers' if old.ours else 'packages'}"] += 1


def _flipped(world: World, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(world.rng.randint(1, 3)):
        changed[world.rng.randrange(len(data))] ^= 1 << world.rng.randrange(8)
    return bytes(changed)


def at(world: World, desk: Desk) -> Office:
    """The computer somebody happens to sit at."""
    if desk.twin is not None and world.rng.random() < 0.5:
        return desk.twin
    return desk.office


def _tried(world: World, work: Callable[[], object]) -> bool:
    try:
        work()
    except UserError as refused:
        world.met[f"not done: {type(refused).__name__}"] += 1
        return False
    return True


def _some(world: World, office: Office, column: Any, *where: Any) -> UUID | None:
    with reading(office) as connection:
        found = connection.execute(select(column).where(*where).order_by(column)).scalars().all()
    return world.rng.choice(found[-NEWEST:]) if found else None


def _version(office: Office, case_id: UUID) -> int:
    with reading(office) as connection:
        return case_store.load(office, connection, case_id).standing.version


DEEDS: Mapping[Callable[[World], None], int] = {
    somebody_comes: 16,
    a_desk_writes: 16,
    the_county_asks: 12,
    a_trip_up: 22,
    the_county_receives: 20,
    an_answer_is_read: 18,
    something_happens_to_a_stick: 36,
    a_backup_is_made: 6,
    a_computer_is_restored: 6,
    a_computer_is_cloned: 4,
    keys_are_revoked: 3,
    a_computer_burns: 1,
}
"""How often each happens."""
