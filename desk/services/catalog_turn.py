"""The day a catalogue comes into force: the office goes by the new rules from then on, and estimated dates are counted again."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, insert, select

from db.models import Setting
from desk.changes import Changes
from desk.domain.canonical import Json
from desk.domain.plain import from_plain, to_plain
from desk.services import catalogs, redating, releases
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform, reading
from desk.services.redating import MovedDate

MOVED: Final = "moved_dates"
COUNTED: Final = "dates_counted_with"
MOST_TOLD: Final = 500


@dataclass(frozen=True, slots=True)
class Turned:
    """What a new day brought: the version that now serves (0: the same as before) and the due dates counted again."""

    version: int = 0
    moved: tuple[MovedDate, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """The due dates that were counted again last, under which version, and on which day."""

    version: int = 0
    day: str = ""
    rows: tuple[MovedDate, ...] = ()


def turn(office: Office) -> Done[Turned]:
    """Go by the rules of today; a case opened before keeps its own. Twice changes nothing.

    Raises:
        OfficeDamaged: a snapshot a case is pinned to is gone.
    """
    version = _take_up(office)
    if office.kind == "county" or _counted_with(office) == office.catalog.digest:
        return Done(Turned(version), Changes(rules=bool(version)))
    done = redating.redate(office)
    perform(office, Operation.TICK, lambda bench: _remember(bench, done.value))
    turned = Turned(version, done.value)
    return Done(turned, done.changes | Changes(rules=bool(version or done.value)))


def moved_dates(office: Office) -> Told:
    """The due dates that were counted again last, the earliest first."""
    with reading(office) as connection:
        row = connection.execute(select(Setting.value).where(Setting.key == MOVED)).first()
    return from_plain(Told, row[0]) if row else Told()


def _counted_with(office: Office) -> str:
    """The digest of the rules all estimated dates were last counted with: nothing new comes of the same ones."""
    with reading(office) as connection:
        row = connection.execute(select(Setting.value).where(Setting.key == COUNTED)).first()
    return str(row[0]) if row else ""


def _take_up(office: Office) -> int:
    """Put the rules of today into the office; the version, or 0 when they are there already."""
    with reading(office) as connection:
        held = releases.in_force(connection, office.today)
        if held is None or held.digest == office.catalog.digest:
            return 0
        county = str(office.profile["county"])
        rules = releases.serving(connection, office.today, office.rules, county)
    if rules.catalog.digest == office.catalog.digest:
        return 0
    deed = Operation.EXCHANGE if office.kind == "county" else Operation.TICK
    perform(office, deed, lambda bench: catalogs.keep(bench.connection, rules))
    # One assignment: whoever reads meanwhile has the old rules or the new ones, each whole.
    office.rules = rules
    return rules.catalog.version


def _remember(bench: Work, moved: tuple[MovedDate, ...]) -> None:
    """Keep the list for whoever wants to see or print it; a later list of the same version is added."""
    _put(bench, COUNTED, bench.office.catalog.digest)
    if not moved:
        return
    before = _moved_in(bench)
    version = bench.office.catalog.version
    known = {row.case_id: row for row in before.rows} if before.version == version else {}
    rows = sorted({**known, **{row.case_id: row for row in moved}}.values(), key=_by_day)
    told = Told(version, bench.today.isoformat(), tuple(rows)[:MOST_TOLD])
    _put(bench, MOVED, to_plain(told))


def _put(bench: Work, key: str, value: Json) -> None:
    bench.connection.execute(delete(Setting).where(Setting.key == key))
    bench.connection.execute(insert(Setting), {"key": key, "value": value})


def _moved_in(bench: Work) -> Told:
    """As `moved_dates`, within an operation."""
    row = bench.connection.execute(select(Setting.value).where(Setting.key == MOVED)).first()
    return from_plain(Told, row[0]) if row else Told()


def _by_day(row: MovedDate) -> tuple[str, str]:
    return row.new, row.number
