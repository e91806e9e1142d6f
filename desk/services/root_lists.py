"""The county's root lists as they are held: made and signed at the county, taken by desks, never an older one."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from db.models import KeyRoot
from desk.errors import PackageRefused
from desk.exchange import roots
from desk.exchange.key_files import CountyKey
from desk.exchange.keys import SigningPair
from desk.exchange.roots import RootList
from desk.exchange.stick import read_small, root_lists
from desk.files import write_atomic
from desk.services import hub
from desk.services.exchange_keys import county_key
from desk.services.office import Office
from desk.services.operation import Operation, Work, perform, reading
from desk.services.sync_views import ReadBack
from desk.words.exchange import root_list_text

Role = Literal["hub", "catalog"]
VALID_FOR = timedelta(days=2 * 365)


def held(connection: Connection, node: str) -> RootList | None:
    """The newest root list of this county that is held; None where it has none."""
    body = connection.execute(
        select(KeyRoot.body).where(KeyRoot.node == node).order_by(KeyRoot.version.desc()).limit(1)
    ).scalar()
    return roots.parse(bytes(body)) if body else None


def may_sign(connection: Connection, county: CountyKey, role: Role, public: bytes) -> bool:
    """Whether this key signs for that role. In a county without a root list the compared key signs for all."""
    listed = held(connection, county.node)
    if listed is None:
        return public == county.signing
    return public in (listed.hub if role == "hub" else listed.catalog)


def begin(office: Office, *, folder: Path, passphrases: tuple[str, str, str]) -> tuple[Path, ...]:
    """At a county: three new root keys, each sealed in a file of its own, and the first list, signed by all three.

    Raises:
        PackageRefused: ALREADY, there is a list.
        DiskFull, DiskFailed, StickTrouble: a file could not be written.
    """
    node, written = hub.node_of(office), []
    with reading(office) as connection:
        if held(connection, node) is not None:
            raise PackageRefused("ALREADY")
    pairs = [SigningPair.generate() for _ in passphrases]
    for place, (pair, phrase) in enumerate(zip(pairs, passphrases, strict=True)):
        written.append(folder / f"root-{node}-{place + 1}{roots.KEY_SUFFIX}")
        write_atomic(written[-1], roots.seal_key(pair, phrase), on_stick=True)
    establish(office, pairs=pairs)
    return (*written, *write(office, folder=folder))


def establish(office: Office, *, pairs: Sequence[SigningPair]) -> RootList:
    """At a county: the first list, of these root keys and signed by all of them.

    Raises:
        PackageRefused: ALREADY, there is a list.
    """
    listed = _drafted(office, 1, tuple(pair.public for pair in pairs))
    for pair in pairs:
        listed = roots.signed(listed, pair)
    take(office, hub.node_of(office), listed)
    return listed


def draft(office: Office, *, folder: Path, keys: tuple[bytes, ...] = ()) -> Path:
    """At a county: the next list, naming its present keys, to be signed by two holders of root keys; gives its path.

    `keys` are other root keys in place of the present ones.

    Raises:
        PackageRefused: UNKNOWN_KEY, there is no list yet.
    """
    node = hub.node_of(office)
    with reading(office) as connection:
        before = held(connection, node)
    if before is None:
        raise PackageRefused("UNKNOWN_KEY")
    listed = _drafted(office, before.number + 1, keys or before.keys)
    path = folder / f"draft-{_name(listed)}"
    write_atomic(path, listed.to_bytes(), on_stick=True)
    return path


def sign(*, path: Path, key: Path, passphrase: str) -> RootList:
    """Add a root key holder's signature to a list; needs no database, so it can be done on a computer without a net.

    Raises:
        PackageRefused: BAD_FILE, TOO_NEW; DAMAGED: another passphrase.
        StickTrouble: a file cannot be read or written.
    """
    pair = roots.open_key(read_small(key, roots.MAX_BYTES), passphrase)
    listed = roots.signed(roots.parse(read_small(path, roots.MAX_BYTES)), pair)
    write_atomic(path, listed.to_bytes(), on_stick=True)
    return listed


def take_signed(office: Office, *, path: Path) -> RootList:
    """At a county: the list its root key holders signed counts from now on.

    Raises:
        PackageRefused: as `roots.follows`.
    """
    listed = roots.parse(read_small(path, roots.MAX_BYTES))
    take(office, hub.node_of(office), listed)
    return listed


def take(office: Office, node: str, listed: RootList) -> None:
    """Hold this list, if it follows the one that is held.

    Raises:
        PackageRefused: as `roots.follows`; UNKNOWN_KEY for another county's.
    """

    def work(bench: Work) -> None:
        if listed.county != node:
            raise PackageRefused("UNKNOWN_KEY", why="another")
        roots.follows(listed, held(bench.connection, node))
        bench.connection.execute(
            insert(KeyRoot),
            {
                "node": node,
                "version": listed.number,
                "body": listed.to_bytes(),
                "taken_at": bench.now.isoformat(timespec="seconds"),
            },
        )
        bench.touch("packages")

    perform(office, Operation.EXCHANGE, work)


def write(office: Office, *, folder: Path) -> tuple[Path, ...]:
    """At a county: every list it ever had, so that a desk that missed one can follow; none where it has none.

    Raises:
        StickTrouble: it could not be written.
    """
    paths = []
    for body in bodies(office):
        paths.append(folder / _name(roots.parse(body)))
        write_atomic(paths[-1], body, on_stick=True)
    return tuple(paths)


def bodies(office: Office) -> tuple[bytes, ...]:
    """At a county: every list it ever had, the first one first."""
    mine = select(KeyRoot.body).where(KeyRoot.node == hub.node_of(office)).order_by(KeyRoot.version)
    with reading(office) as connection:
        return tuple(bytes(body) for body in connection.execute(mine).scalars())


def read(office: Office, folder: Path, county: CountyKey) -> ReadBack:
    """At a desk: take the lists that lie there, in their order.

    The first is taken if it names the county key that was compared by words; from then on only the next number, signed by
    two of the former three.

    Raises:
        StickTrouble: the folder cannot be read.
    """
    return take_all(office, [_read(path) for path in root_lists(folder)], county)


def parsed(data: bytes) -> RootList | str:
    """A root list, or why it is none."""
    try:
        return roots.parse(data)
    except PackageRefused as refused:
        return refused.code


def take_all(office: Office, found: Sequence[RootList | str], county: CountyKey) -> ReadBack:
    """As `read`, of lists that were read already."""
    taken, passed = [], []
    for listed in sorted((one for one in found if isinstance(one, RootList)), key=_number):
        with reading(office) as connection:
            before = held(connection, county.node)
        if before is not None and listed.number <= before.number:
            continue
        try:
            if before is None and county.signing not in listed.hub:
                raise PackageRefused("UNKNOWN_KEY", why="another")
            take(office, county.node, listed)
        except PackageRefused as refused:
            passed.append(root_list_text(refused.code, listed.number))
            continue
        taken.append(root_list_text("TAKEN", listed.number))
    passed += [root_list_text(one, 0) for one in found if isinstance(one, str)]
    return ReadBack(tuple(taken), tuple(passed))


def reminder(office: Office) -> str:
    """That the county's root list should have been renewed by now; '' while it is in time, or there is none."""
    with reading(office) as connection:
        county = county_key(connection)
        node = hub.node_of(office) if office.kind == "county" else county.node if county else ""
        listed = held(connection, node)
    if listed is None or not is_past(listed, office.today):
        return ""
    return root_list_text("PAST_HERE" if office.kind == "county" else "PAST", listed.number)


def is_past(listed: RootList, on: date) -> bool:
    """Whether the list should have been renewed by that day; it goes on to count."""
    return listed.valid_to < on.isoformat()


def _read(path: Path) -> RootList | str:
    try:
        return parsed(read_small(path, roots.MAX_BYTES))
    except PackageRefused as refused:
        return refused.code


def _number(listed: RootList) -> int:
    return listed.number


def _name(listed: RootList) -> str:
    return f"roots-{listed.county}-{listed.number}{roots.SUFFIX}"


def _drafted(office: Office, number: int, keys: tuple[bytes, ...]) -> RootList:
    key, today = hub.public_key(office), office.today
    until = (today + VALID_FOR).isoformat()
    return RootList(
        key.node, number, keys, (key.signing,), (key.signing,), today.isoformat(), until
    )
