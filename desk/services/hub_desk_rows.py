"""The windows a county knows as a list shows them, and the county's own words and code to be compared with."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection

from db.models import Sender, Site
from desk.domain.workflow import Tone
from desk.exchange import key_code as key_codes
from desk.exchange.keys import six_words
from desk.services import hub, hub_desks, root_lists
from desk.services.hub_desks import Introduction, KnownDesk
from desk.services.office import Office
from desk.services.operation import reading

# "followed": there is a later database of this window that was not given back to. If packages of this one go on coming, an old
# copy was put back unnoticed, or two computers believe to be this window.
STATES: Mapping[str, tuple[str, Tone]] = MappingProxyType(
    {
        "in_use": ("在用", "good"),
        "followed": ("旧数据，等补发", "soon"),
        "renewed": ("已换密钥", "plain"),
        "closed": ("由新数据接着办", "plain"),
        "revoked": ("已停用", "late"),
        "past": ("到期了", "late"),
    }
)


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A key of a window: `code` is one of STATES, `seq` how far its packages are applied; `why` it was revoked and from which day."""

    key: bytes
    site: str
    name: str
    window: int
    words: tuple[str, ...]
    key_code: str
    code: str
    state: str
    tone: Tone
    since: str
    seq: int
    revoked_on: str
    why: str
    term: str = ""

    @property
    def is_taken(self) -> bool:
        """Whether its packages are taken today."""
        return self.code in ("in_use", "followed")


@dataclass(frozen=True, slots=True)
class DesksView:
    """Every key ever taken, those in use first; and the county's own key as words and as a code.

    `roots_past` says that the root list should have been renewed ('' while it is in time).
    """

    rows: tuple[DeskRow, ...]
    county: str
    own_words: tuple[str, ...]
    own_code: str
    roots_past: str = ""


def desks(office: Office) -> DesksView:
    """The windows of this county."""
    with reading(office) as connection:
        known = hub_desks.known_desks(connection)
        reached: dict[tuple[UUID, int], int] = {
            (row.origin, row.epoch): row.last_seq
            for row in connection.execute(select(Sender.origin, Sender.epoch, Sender.last_seq))
        }
        followed = _followed(connection, known, reached)
    rows = [_row(one, reached, followed, office.today.isoformat()) for one in known]
    own = hub.public_key(office)
    return DesksView(
        rows=tuple(
            sorted(rows, key=lambda row: (not row.is_taken, row.site, row.window, row.since))
        ),
        county=own.name,
        own_words=six_words(own.fingerprint),
        own_code=key_codes.key_code("C", own.fingerprint),
        roots_past=root_lists.reminder(office),
    )


def _followed(
    connection: Connection, known: Iterable[KnownDesk], reached: Mapping[tuple[UUID, int], int]
) -> set[UUID]:
    """The databases from which a later one comes that is taken, or in whose window a later one said what nobody carries on."""
    carried = set(
        connection.execute(select(Site.origin).where(Site.continued_by.is_not(None))).scalars()
    )
    newest: dict[tuple[str, int], UUID] = {}
    for desk in (one.enrolment for one in known):
        if reached.get((desk.db_id, desk.epoch)) and desk.db_id not in carried:
            place = (desk.site, desk.window)
            newest[place] = max(desk.db_id, newest.get(place, desk.db_id))
    announced = {one.enrolment.before for one in known if not one.revoked_on}
    behind = {
        desk.db_id
        for desk in (one.enrolment for one in known)
        if desk.db_id < newest.get((desk.site, desk.window), desk.db_id)
    }
    return behind | {one.origin for one in announced if one is not None}


def _row(
    one: KnownDesk,
    reached: Mapping[tuple[UUID, int], int],
    followed: Collection[UUID],
    today: str,
) -> DeskRow:
    desk = one.enrolment
    code = _code(one, today)
    if code == "in_use" and desk.db_id in followed:
        code = "followed"
    state, tone = STATES[code]
    if code == "in_use" and one.term:
        state = f"{state}，到 {one.term}"
    return DeskRow(
        key=one.key,
        site=desk.site,
        name=desk.name,
        window=desk.window,
        words=six_words(desk.fingerprint),
        key_code=key_codes.key_code("D", desk.fingerprint),
        code=code,
        state=state,
        tone=tone,
        since=desk.made_at[:10],
        seq=reached.get((desk.db_id, desk.epoch), 0),
        revoked_on=one.revoked_on,
        why=one.why,
        term=one.term,
    )


def _code(one: KnownDesk, today: str) -> str:
    if one.revoked_on:
        return "revoked"
    if one.closed_for is not None:
        return "closed"
    if one.valid_to:
        return "renewed"
    return "past" if one.last_day < today else "in_use"


def fits(code: str, told: Introduction) -> bool:
    """Whether the scanned code stands for the key of this introduction."""
    return key_codes.fits(code, "D", told.fingerprint)


def same(code: str, row: DeskRow) -> bool:
    """Whether the scanned code stands for this window's key."""
    return key_codes.fits(code, "D", row.key)
