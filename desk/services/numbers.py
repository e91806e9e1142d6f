"""Taking a number: in the transaction that issues, gapless per series, window, date and epoch."""

from sqlalchemy import bindparam, func, select

from db.models import IssuedNumber, Site
from desk.domain import ids
from desk.domain.canonical import Json
from desk.domain.numbering import MAX_SERIAL, Number
from desk.errors import NumbersExhausted
from desk.services.office import Office
from desk.services.operation import Work, reading
from desk.services.row_batch import ASKS

EPOCHS, IN_AN_EPOCH, MINUTES = 9, 1_000, 24 * 60
LAST_SERIAL = (
    select(func.max(IssuedNumber.serial))
    .where(
        IssuedNumber.origin == bindparam("origin"),
        IssuedNumber.series == bindparam("series"),
        IssuedNumber.window == bindparam("window"),
        IssuedNumber.day == bindparam("day"),
        IssuedNumber.epoch == bindparam("epoch"),
    )
    # So that the row of a case may wait until its number is in it.
    .execution_options(**{ASKS: (IssuedNumber.__table__,)})
)
LAST_IN_THOUSAND = (
    select(func.max(IssuedNumber.serial))
    .where(
        IssuedNumber.origin.in_(select(Site.origin)),
        IssuedNumber.series == bindparam("series"),
        IssuedNumber.window == bindparam("window"),
        IssuedNumber.day == bindparam("day"),
        IssuedNumber.serial.between(bindparam("first"), bindparam("first") + IN_AN_EPOCH - 1),
    )
    .execution_options(**{ASKS: (IssuedNumber.__table__, Site.__table__)})
)
"""Whichever database of this window it was: one that took a burnt computer's place begins at the same thousand."""
A_DAY = (
    IssuedNumber.origin,
    IssuedNumber.series,
    IssuedNumber.window,
    IssuedNumber.day,
    IssuedNumber.epoch,
)


def take(work: Work, series: str) -> Number:
    """The next number of this window today; it becomes real with the event that carries it.

    Raises:
        NumbersExhausted: 9,999 were given out today.
    """
    office, before = work.office, before_first(work.office)
    thousand = _thousand(office.epoch)
    about = {"series": series, "window": office.seat, "day": work.today.isoformat()}
    own = work.connection.execute(
        LAST_SERIAL, {**about, "origin": office.origin, "epoch": office.epoch}
    ).scalar()
    known = work.connection.execute(LAST_IN_THOUSAND, {**about, "first": thousand + 1}).scalar()
    serial = max(own or 0, known or 0, before) + 1
    if serial > MAX_SERIAL:
        raise NumbersExhausted
    community = str(office.profile["community_code"])
    return Number(series, community, office.seat, work.today, serial)


def with_gaps(office: Office) -> tuple[str, ...]:
    """The days of a series whose numbers do not follow one another from their first, as 'SL 2026-11-23'; there should be none."""
    serial = IssuedNumber.serial
    query = select(IssuedNumber.series, IssuedNumber.day).group_by(*A_DAY)
    # Twice is never: a unique index stands against it.
    broken = query.having(func.count() != func.max(serial) - func.min(serial) + 1)
    with reading(office, "") as connection:
        return tuple(f"{row.series} {row.day}" for row in connection.execute(broken))


def before_first(office: Office) -> int:
    """The number before the first of today: each epoch has its own thousand, the tenth begins again.

    A database that was restored or copied cannot know which numbers were printed since; so it takes none of that thousand.
    Nor can it know of another that was restored from the same backup earlier that day, on a disk that is gone: on its first day
    it begins as far into its thousand as the day has gone, and two of a thousand meet only if one gave out a number every
    minute and a half until the other began. So it does on days before its first, to which a clock set back may lead.
    """
    born = ids.born_at(office.origin)
    if office.epoch == 1 or born.date() < office.today:
        return _thousand(office.epoch)
    return _thousand(office.epoch) + (born.hour * 60 + born.minute) * IN_AN_EPOCH // MINUTES


def _thousand(epoch: int) -> int:
    return (epoch - 1) % EPOCHS * IN_AN_EPOCH


def to_payload(number: Number, epoch: int) -> dict[str, Json]:
    """The number as its event carries it."""
    return {
        "series": number.series,
        "full": number.full,
        "short": number.short,
        "window": number.window,
        "day": number.day.isoformat(),
        "serial": number.serial,
        "epoch": epoch,
    }
