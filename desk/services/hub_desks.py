"""The desks a county knows: taken after their words were compared, renewed by their old keys, revoked by a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import and_, insert, or_, select, update
from sqlalchemy.engine import Connection

from db.models import Enrolment as EnrolmentRow
from desk.errors import DatabaseFollowed, NotFound, PackageRefused, WindowTaken
from desk.exchange.key_files import MAX_BYTES, Enrolment, parse_enrolment, vouched_by
from desk.exchange.keys import six_words
from desk.exchange.stick import read_small
from desk.services import audit, hub_senders, second_person
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform, reading
from desk.services.second_person import Approval

FOR_EVER = "9999-12-31"
Step = Literal["new", "known", "renewed", "successor"]


@dataclass(frozen=True, slots=True)
class Introduction:
    """A desk that wants to be known: who it says it is, and the six words to compare by telephone.

    `step`: a new desk, one known already, one that renewed its keys and proves it by the old one (`words` need not be
    compared), or a database that carries on the one this window had.
    """

    site: str
    name: str
    window: int
    words: tuple[str, ...]
    fingerprint: bytes
    step: Step

    @property
    def known(self) -> bool:
        return self.step == "known"


@dataclass(frozen=True, slots=True)
class KnownDesk:
    """A key the county took, whatever became of it since; days are ISO days, `revoked_on` '' for none.

    `closed_for` is the desk database that carries on what this one had; `term` the last day the key was taken for, '' for ever.
    """

    enrolment: Enrolment
    key: bytes
    valid_from: str
    valid_to: str
    revoked_on: str
    why: str
    closed_for: UUID | None
    term: str = ""

    @property
    def last_day(self) -> str:
        """The last day it signs for: it was renewed then, or was taken for no longer."""
        return min(filter(None, (self.valid_to, self.term)), default=FOR_EVER)

    def is_revoked(self, on: date) -> bool:
        """Whether nothing signed by it counts on that day."""
        return bool(self.revoked_on) and self.revoked_on <= on.isoformat()


def introduce(office: Office, *, path: Path) -> Introduction:
    """What an enrolment file says; nothing is taken yet.

    Raises:
        PackageRefused: it is no enrolment file, or not signed by the key it names.
        DatabaseFollowed: a later database of this window carries on what this one began.
        WindowTaken: another computer already is this window of this community.
    """
    return _introduced(office, parse_enrolment(read_small(path, MAX_BYTES)))


def enrol(office: Office, *, path: Path, until: date | None = None) -> Done[Introduction]:
    """Accept a desk after its words were compared; twice is the same as once.

    `until` is the last day its key signs for: a window that is lent a computer for a while, a temporary point.

    Raises:
        PackageRefused, DatabaseFollowed, WindowTaken: as `introduce`.
    """
    body = read_small(path, MAX_BYTES)
    enrolment = parse_enrolment(body)
    told = _introduced(office, enrolment)

    def work(bench: Work) -> None:
        if told.known:
            return
        today = bench.today.isoformat()
        same = and_(
            EnrolmentRow.origin == enrolment.db_id,
            EnrolmentRow.epoch == enrolment.epoch,
            EnrolmentRow.valid_to == "",
        )
        bench.connection.execute(update(EnrolmentRow).where(same).values(valid_to=today))
        row = _row(bench, enrolment, body)
        row["term"] = until.isoformat() if until else _term(bench.connection, enrolment)
        bench.connection.execute(insert(EnrolmentRow), row)
        hub_senders.begin(bench.connection, enrolment.db_id, enrolment.epoch)

    return Done(told, perform(office, Operation.EXCHANGE, work).changes)


def _term(connection: Connection, enrolment: Enrolment) -> str:
    """A renewed key is taken for no longer than the one it renews."""
    known = (EnrolmentRow.origin == enrolment.db_id, EnrolmentRow.epoch == enrolment.epoch)
    newest = select(EnrolmentRow.term).where(*known).order_by(EnrolmentRow.accepted_at.desc())
    return str(connection.execute(newest.limit(1)).scalar() or "")


def revoke(
    office: Office,
    *,
    site: str,
    window: int,
    from_day: date,
    why: str,
    approved_by: Approval | None,
) -> Done[int]:
    """Let the keys of this window count for nothing from that day on; gives their number.

    From then on no package signed by them is taken, whatever day it names: who stole a key writes any day. Papers keep
    their worth that were issued before.

    Raises:
        NotFound: the county knows no such window, or it is revoked already.
        NeedsSecondPerson: nobody consented.
    """

    def work(bench: Work) -> int:
        approval = second_person.demand(bench, approved_by)
        mine = (
            EnrolmentRow.site == site,
            EnrolmentRow.window == window,
            EnrolmentRow.revoked_at == "",
        )
        values = {"revoked_at": from_day.isoformat(), "why": why[:200]}
        count = bench.connection.execute(update(EnrolmentRow).where(*mine).values(**values))
        if not count.rowcount:
            raise NotFound
        audit.note(bench, "key", None, "", deed="revoked", **approval.noted())
        return int(count.rowcount)

    return perform(office, Operation.EXCHANGE, work)


def known_desks(connection: Connection) -> tuple[KnownDesk, ...]:
    """Every key ever taken, in the order they were."""
    rows = connection.execute(
        select(EnrolmentRow).order_by(EnrolmentRow.accepted_at, EnrolmentRow.key)
    ).mappings()
    return tuple(_known(row) for row in rows)


def enrolments(office: Office) -> tuple[Enrolment, ...]:
    """The desks this county knows and has not revoked, each by its present key."""
    with reading(office) as connection:
        known = known_desks(connection)
    in_use = [one for one in known if not one.revoked_on and not one.valid_to]
    return tuple(one.enrolment for one in in_use)


def desk_at(office: Office, *, site: str, window: int) -> Enrolment:
    """The desk that is this window of this community now.

    Raises:
        NotFound: there is none.
    """
    here = [one for one in enrolments(office) if (one.site, one.window) == (site, window)]
    followed = {one.before.origin for one in here if one.before is not None}
    newest = [one for one in here if one.db_id not in followed]
    if not newest:
        raise NotFound
    return max(newest, key=lambda one: one.db_id)


def _introduced(office: Office, enrolment: Enrolment) -> Introduction:
    with reading(office) as connection:
        rows = connection.execute(
            select(EnrolmentRow)
            .where(
                or_(
                    and_(
                        EnrolmentRow.site == enrolment.site,
                        EnrolmentRow.window == enrolment.window,
                        EnrolmentRow.closed_for.is_(None),
                    ),
                    and_(
                        EnrolmentRow.origin == enrolment.db_id,
                        EnrolmentRow.epoch == enrolment.epoch,
                    ),
                )
            )
            .order_by(EnrolmentRow.accepted_at)
        ).mappings()
        step = _step([_known(row) for row in rows], enrolment)
    words, print_ = six_words(enrolment.fingerprint), enrolment.fingerprint
    return Introduction(enrolment.site, enrolment.name, enrolment.window, words, print_, step)


def _step(rows: Sequence[KnownDesk], enrolment: Enrolment) -> Step:
    """What the county would do with this file.

    Raises:
        DatabaseFollowed: what it said of the cases it carried on itself would count for nothing.
        PackageRefused: UNKNOWN_KEY: the key is revoked, or it is another's that does not vouch for it.
        WindowTaken: another computer is this window.
    """
    place = (enrolment.db_id, enrolment.epoch)
    same = [one for one in rows if (one.enrolment.db_id, one.enrolment.epoch) == place]
    if any(one.closed_for is not None for one in same):
        raise DatabaseFollowed
    if known := next((one for one in same if one.key == enrolment.fingerprint), None):
        if known.revoked_on:
            raise PackageRefused("UNKNOWN_KEY", why="revoked")
        return "known"
    if any(enrolment.site != one.enrolment.site for one in same):
        raise PackageRefused("UNKNOWN_KEY", why="another")
    in_use = [one for one in same if not one.revoked_on]
    if in_use:
        if not any(_vouches(one, enrolment) for one in in_use):
            raise PackageRefused("UNKNOWN_KEY", why="another")
        return "renewed"
    return _place_of_new(rows, enrolment)


def _place_of_new(rows: Sequence[KnownDesk], enrolment: Enrolment) -> Step:
    """A database the county does not know: at a free window, or in the place of the one it was restored from."""
    others = [
        one for one in rows if not one.revoked_on and one.enrolment.window == enrolment.window
    ]
    before = enrolment.before
    if not others:
        return "successor" if before is not None else "new"
    if before is None or any(one.enrolment.db_id != before.origin for one in others):
        raise WindowTaken(others[-1].enrolment.name, enrolment.window)
    if not any(_vouches(one, enrolment) for one in others):
        raise PackageRefused("UNKNOWN_KEY", why="another")
    return "successor"


def _vouches(one: KnownDesk, enrolment: Enrolment) -> bool:
    told = enrolment.voucher
    return told is not None and told.key == one.key and vouched_by(enrolment, one.enrolment.signing)


def _row(bench: Work, enrolment: Enrolment, body: bytes) -> dict[str, Any]:
    return {
        "key": enrolment.fingerprint,
        "origin": enrolment.db_id,
        "epoch": enrolment.epoch,
        "site": enrolment.site,
        "window": enrolment.window,
        "name": enrolment.name,
        "body": body,
        "accepted_at": bench.now.isoformat(timespec="microseconds"),
        # A package made before the enrolment was written down may still be on its way.
        "valid_from": "",
        "valid_to": "",
        "revoked_at": "",
        "why": "",
        "closed_for": None,
    }


def _known(row: Mapping[Any, Any]) -> KnownDesk:
    return KnownDesk(
        enrolment=parse_enrolment(bytes(row["body"])),
        key=bytes(row["key"]),
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        revoked_on=row["revoked_at"][:10],
        why=row["why"],
        closed_for=row["closed_for"],
        term=row["term"],
    )
