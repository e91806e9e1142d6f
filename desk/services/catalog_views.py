"""What a desk shows of the county's catalogue: what is in force, what is to come, and what a new one changes."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from db.models import CaseFile
from desk.domain.catalog_diff import Edition, compare
from desk.errors import NotFound, PackageRefused
from desk.exchange.catalog_body import Release, parse_release
from desk.services import catalog_turn, redating, releases
from desk.services.catalog_turn import Told
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.paper_making import title_of
from desk.services.redating import MovedDate
from desk.services.releases import Held
from desk.services.rules import Rules, read_rules
from desk.words.catalog import coming, headline, sections, standing


@dataclass(frozen=True, slots=True)
class CatalogView:
    """The catalogue of this desk; days are ISO days, '' where there is none.

    `version` is the one in force, `own` says that it is the program's and no county's. `unreadable`: the county's newer one
    is passed over, this program cannot read it. `window_taken`: the county knows another computer under our window.
    """

    version: int
    own: bool
    effective_from: str = ""
    valid_through: str = ""
    expired: bool = False
    unreadable: bool = False
    window_taken: bool = False
    coming: Held | None = None
    found: Held | None = None

    @property
    def standing_text(self) -> str:
        """Which one is in force, in a sentence."""
        return standing(
            self.version, own=self.own, since=self.effective_from, through=self.valid_through
        )

    @property
    def coming_text(self) -> str:
        """Which one was taken and waits for its day; '' when none does."""
        return coming(self.coming.version, self.coming.effective_from) if self.coming else ""


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """What a release changes, for whoever is to take it."""

    version: int
    effective_from: str
    valid_through: str
    headline: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    moves: tuple[MovedDate, ...]


@dataclass(frozen=True, slots=True)
class CatalogPageView:
    """All there is to see: how things stand, what the release that waits would change, which dates moved last."""

    state: CatalogView
    waiting: DifferenceView | None
    moved: Told


def page(office: Office) -> CatalogPageView:
    """Everything the catalogue's page shows."""
    state = view(office)
    waiting = difference(office, version=state.found.version) if state.found else None
    return CatalogPageView(state, waiting, catalog_turn.moved_dates(office))


def view(office: Office) -> CatalogView:
    """How things stand with the catalogue."""
    with reading(office) as connection:
        held = releases.in_force(connection, office.today)
        coming = releases.to_come(connection, office.today)
        found = releases.found(connection)
        release = release_of(connection, held) if held else None
    serves = held is not None and held.digest == office.catalog.digest
    return CatalogView(
        version=office.catalog.version,
        own=held is None,
        effective_from=held.effective_from if held and serves else "",
        valid_through=held.valid_through if held and serves else "",
        expired=bool(held and serves and held.expired(office.today)),
        unreadable=held is not None and not serves,
        window_taken=bool(release and _window_taken(office, release)),
        coming=coming,
        found=found,
    )


def difference(office: Office, *, version: int) -> DifferenceView:
    """What taking that version would change; nothing is taken.

    Raises:
        NotFound: it is not here.
    """
    county = str(office.profile["county"])
    with reading(office) as connection:
        body = releases.body_of(connection, version)
        if body is None:
            raise NotFound
        release = parse_release(body)
        rules = read_rules(
            release.files, office.rules.pinyin, county=county, through=release.valid_through
        )
        told = compare(edition(office.rules), edition(rules), county)
        return DifferenceView(
            version=version,
            effective_from=release.effective_from,
            valid_through=release.valid_through,
            headline=headline(told, _open_cases(connection, told.touched)),
            sections=tuple(sections(told)),
            moves=redating.would_move(office, connection, rules.holidays),
        )


def edition(rules: Rules) -> Edition:
    """The rules as one side of a comparison."""
    titles = {kind: title_of(rules.wording, kind) for kind in rules.wording.papers}
    return Edition(rules.catalog, rules.holidays, titles, rules.source)


def release_of(connection: Connection, held: Held) -> Release | None:
    """The release itself; None where its bytes cannot be read."""
    try:
        return parse_release(releases.body_of(connection, held.version) or b"")
    except PackageRefused:
        return None


def _window_taken(office: Office, release: Release) -> bool:
    site = str(office.profile["community_code"])
    ours = {one.db_id for one in release.blocks if (one.site, one.window) == (site, office.seat)}
    return bool(ours) and office.origin not in ours and office.kind == "desk"


def _open_cases(connection: Connection, items: frozenset[str]) -> int:
    """How many open cases are of these items: they are ended under the rules they have."""
    if not items:
        return 0
    counted = select(func.count()).where(
        CaseFile.phase == "open", CaseFile.item_code.in_(sorted(items))
    )
    return int(connection.execute(counted).scalar_one())
