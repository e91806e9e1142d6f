"""How far each case has got on its way to the county: 未导出, 已写出, 已回执, or 县已退回, 有冲突."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, func, not_, or_, select, true
from sqlalchemy.engine import Connection

from db.models import CaseFile, Conflict, Event, PackageOut, RefusedEvent
from desk.domain.workflow import Tone
from desk.services import given_back
from desk.services.office import Office
from desk.services.sync_send import ACKED, SENT, WRITTEN

UNSENT, OUT, TAKEN, BACK, CONFLICT = "未导出", "已写出", "已回执", "县已退回", "有冲突"
TONES: Final[Mapping[str, Tone]] = MappingProxyType(
    {UNSENT: "plain", OUT: "action", TAKEN: "good", BACK: "soon", CONFLICT: "late"}
)
"""Every state with its tone; a conflict comes before what was given back, and that before the rest."""
FEW = 20_000
"""Up to so many events are listed; of more, each case is asked for its own."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The last event the county acknowledged, the last written to a stick, and the last; `alone`: no other database's are here."""

    origin: UUID
    acked: int
    written: int
    last: int
    alone: bool


def states(office: Office, connection: Connection, cases: Collection[UUID]) -> dict[UUID, str]:
    """The state of each of these cases; asked by key, so that it costs the same in a large file."""
    reach = _reach(office, connection)
    last = dict(
        connection.execute(
            select(Event.entity_id, func.max(Event.n))
            .where(Event.entity_id.in_(cases), *_own(office))
            .group_by(Event.entity_id)
        ).all()
    )
    back = set(
        connection.execute(given_back.standing().where(RefusedEvent.case_id.in_(cases))).scalars()
    )
    last = _with_decisions(office, connection, cases, last)
    open_ones = _named(
        connection, Conflict.case_id, Conflict.case_id.in_(cases), Conflict.choice == ""
    )
    return {
        case: CONFLICT
        if case in open_ones
        else BACK
        if case in back
        else _plain(reach, last.get(case, 0))
        for case in cases
    }


def condition(office: Office, connection: Connection, state: str) -> ColumnElement[bool]:
    """Which cases are in that state.

    Raises:
        KeyError: there is no such state.
    """
    reach = _reach(office, connection)
    conflict = CaseFile.id.in_(select(Conflict.case_id).where(Conflict.choice == ""))
    back = CaseFile.id.in_(given_back.standing())
    beyond = _beyond(reach, reach.written), _beyond(reach, reach.acked)
    plain = {
        UNSENT: beyond[0],
        OUT: and_(beyond[1], not_(beyond[0])),
        TAKEN: not_(beyond[1]),
    }
    if state == CONFLICT:
        return conflict
    if state == BACK:
        return and_(back, not_(conflict))
    return and_(plain[state], not_(or_(conflict, back)))


def _with_decisions(
    office: Office, connection: Connection, cases: Collection[UUID], last: Mapping[UUID, int]
) -> dict[UUID, int]:
    """The last event of each case, what was told of its conflicts among them: keeping one's own value writes no case."""
    told = connection.execute(
        select(Conflict.case_id, func.max(Event.n))
        .join(Event, Event.entity_id == Conflict.id)
        .where(Conflict.case_id.in_(cases), *_own(office))
        .group_by(Conflict.case_id)
    )
    found = dict(last)
    for case, n in told:
        found[case] = max(n, found.get(case, 0))
    return found


def _plain(reach: Reach, last: int) -> str:
    if last <= reach.acked:
        return TAKEN
    return OUT if last <= reach.written else UNSENT


def _beyond(reach: Reach, n: int) -> ColumnElement[bool]:
    """Cases with an event after number `n`."""
    if n >= reach.last:
        return false()
    later = (Event.origin == reach.origin, Event.n > n)
    if n == 0 and reach.alone:
        return true()
    decided = select(Conflict.case_id).join(Event, Event.entity_id == Conflict.id).where(*later)
    if reach.last - n <= FEW:
        told = select(Event.entity_id).where(*later, Event.entity == "case")
        return or_(CaseFile.id.in_(told), CaseFile.id.in_(decided))
    # Not by the index of the origin: that would walk all later events for every case.
    own = () if reach.alone else (func.coalesce(Event.origin, Event.entity_id) == reach.origin,)
    return or_(
        exists().where(Event.entity_id == CaseFile.id, Event.n > n, *own),
        CaseFile.id.in_(decided),
    )


def _reach(office: Office, connection: Connection) -> Reach:
    sent = (PackageOut.kind.in_(SENT), PackageOut.epoch == office.epoch)
    acked, written = (
        connection.execute(
            select(func.coalesce(func.max(PackageOut.last_n), 0)).where(
                *sent, PackageOut.state.in_(reached)
            )
        ).scalar_one()
        for reached in ((ACKED,), (ACKED, WRITTEN))
    )
    newest = select(func.coalesce(func.max(Event.n), 0)).where(Event.origin == office.origin)
    last = connection.execute(newest).scalar_one()
    return Reach(office.origin, int(acked), int(written), int(last), office.epoch == 1)


def _own(office: Office) -> tuple[ColumnElement[bool], ...]:
    """Only this database's own events; where there never was another they all are, and the index alone tells."""
    return (Event.origin == office.origin,) if office.epoch > 1 else ()


def _named(connection: Connection, column: Any, *conditions: Any) -> set[UUID]:
    return set(connection.execute(select(column).where(*conditions)).scalars())
