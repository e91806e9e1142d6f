"""The county publishes: an edited tree of files becomes the next signed release, read strictly before anybody gets it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.engine import Connection

from db.models import Enrolment as EnrolmentRow
from desk.domain.canonical import Json
from desk.domain.catalog_diff import Difference, compare
from desk.errors import CatalogRejected, StickTrouble
from desk.exchange.catalog_body import (
    MAX_FILE,
    MAX_FILES,
    NumberBlock,
    Release,
    Revoked,
    name_fault,
)
from desk.files import write_atomic
from desk.services import audit, catalog_turn, catalogs, releases
from desk.services.catalog_check import checked
from desk.services.catalog_views import edition
from desk.services.desk_keys import enrolled_desks
from desk.services.hub import node_of
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform, reading
from desk.services.rules import TREES, Rules
from desk.words.catalog import file_fault, publish_fault

MADE_BESIDE: Final = (".py", ".pyc", ".bin", ".md")
"""What stands beside the files of a tree and is none of them."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A release ready to be published: what it changes, its bytes, its rules."""

    release: Release
    body: bytes
    rules: Rules
    difference: Difference
    former: int


def plan(office: Office, *, folder: Path, begins: date, through: date | None) -> Plan:
    """Read an edited tree as the next release; nothing is published yet.

    Raises:
        CatalogRejected: with every fault: in the files, in what went missing, in version and dates.
        StickTrouble: the folder cannot be read.
    """
    files = read_folder(folder)
    with reading(office) as connection:
        former = latest(office, connection)
        held = releases.newest(connection)
        blocks, revoked = _blocks(connection), _revoked(connection)
    last = held.version if held else former.catalog.version
    rules = checked(files, former, office.rules.pinyin, county=str(office.profile["county"]))
    faults = tuple(_faults(rules, last, begins, through, office.today))
    if faults:
        raise CatalogRejected(faults)
    release = Release(
        county=node_of(office),
        release=rules.catalog.version,
        effective_from=begins.isoformat(),
        valid_through=through.isoformat() if through else "",
        made_at=office.clock.now().isoformat(timespec="seconds"),
        files=files,
        blocks=blocks,
        revoked=revoked,
    )
    try:
        body = release.to_bytes()
    except ValueError as error:
        raise CatalogRejected([publish_fault("whole", {})]) from error
    difference = compare(edition(former), edition(rules), str(office.profile["county"]))
    return Plan(release, body, rules, difference, last)


def publish(office: Office, *, ready: Plan) -> Done[int]:
    """Publish what was planned; gives its version. From its first day on the county goes by it, too.

    Raises:
        CatalogRejected: another release came between.
    """
    release = ready.release

    def work(bench: Work) -> int:
        held = releases.newest(bench.connection)
        if held is not None and held.version >= release.release:
            facts = {"version": release.release, "last": held.version}
            raise CatalogRejected([publish_fault("version", facts)])
        moment = bench.now.isoformat(timespec="seconds")
        digest = ready.rules.catalog.digest
        releases.put(bench.connection, release, ready.body, digest, moment)
        catalogs.keep(bench.connection, ready.rules)
        bench.emit("catalog.taken", "desk", bench.office.origin, taken_payload(release, digest))
        audit.note(bench, "catalog", version=release.release)
        bench.touch("packages")
        return release.release

    done = perform(office, Operation.EXCHANGE, work)
    return Done(done.value, done.changes | catalog_turn.turn(office).changes)


def taken_payload(release: Release, digest: str) -> dict[str, Json]:
    """What the log keeps of a release somebody published or took."""
    return {
        "version": release.release,
        "digest": digest,
        "effective_from": release.effective_from,
        "valid_through": release.valid_through,
    }


def latest(office: Office, connection: Connection) -> Rules:
    """The rules of the newest release; the ones in force where there is none."""
    held = releases.newest(connection)
    return catalogs.rules_of(office, connection, held.digest) if held else office.rules


def write_folder(office: Office, *, folder: Path) -> int:
    """Write the newest edition as files to be edited; gives their number.

    Raises:
        FileExistsError: there is something of that name in the folder already.
        StickTrouble: a file could not be written.
    """
    with reading(office) as connection:
        source = latest(office, connection).source
    taken = [tree for tree in TREES if (folder / tree).exists()]
    if taken:
        raise FileExistsError(taken[0])
    for name, data in source.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StickTrouble("write", str(path.parent)) from error
        write_atomic(path, data)
    return len(source)


def read_folder(folder: Path) -> dict[str, bytes]:
    """The files of a tree by name; links are not followed, nothing else in the folder is looked at.

    Raises:
        CatalogRejected: a file that cannot be part of a release, or far too many of them.
        StickTrouble: the folder cannot be read.
    """
    files: dict[str, bytes] = {}
    faults: list[str] = []
    try:
        for path in _paths(folder):
            name = path.relative_to(folder).as_posix()
            data = _read(path)
            fault = name_fault(name, data)
            if fault:
                faults.append(file_fault(fault, name))
            files[name] = data
            if len(files) > MAX_FILES:
                raise CatalogRejected([publish_fault("whole", {})])
    except OSError as error:
        raise StickTrouble("read", str(folder)) from error
    if faults:
        raise CatalogRejected(faults)
    return files


def _paths(folder: Path) -> Iterator[Path]:
    for tree in TREES:
        if (folder / tree).is_symlink():
            continue
        for path in sorted((folder / tree).rglob("*")):
            hidden = any(part.startswith((".", "__")) for part in path.relative_to(folder).parts)
            plain = path.is_file() and not path.is_symlink()
            if plain and not hidden and path.suffix not in MADE_BESIDE:
                yield path


def _read(path: Path) -> bytes:
    """The file, but no more of it than shows that it is too large."""
    with path.open("rb") as file:
        return file.read(MAX_FILE + 1)


def _faults(
    rules: Rules, last: int, begins: date, through: date | None, today: date
) -> Iterator[str]:
    version = rules.catalog.version
    if version <= last:
        yield publish_fault("version", {"version": version, "last": last})
    if begins < today:
        yield publish_fault("begins", {"day": begins.isoformat()})
    if through is not None and through < begins:
        yield publish_fault("through", {"day": through.isoformat()})


def _blocks(connection: Connection) -> tuple[NumberBlock, ...]:
    """Who gives out the numbers of which window."""
    rows = connection.execute(
        select(EnrolmentRow.site, EnrolmentRow.window, EnrolmentRow.origin)
        .where(EnrolmentRow.revoked_at == "", EnrolmentRow.valid_to == "")
        .order_by(EnrolmentRow.site, EnrolmentRow.window, EnrolmentRow.origin)
    )
    return tuple(dict.fromkeys(NumberBlock(row.site, row.window, row.origin) for row in rows))


def _revoked(connection: Connection) -> tuple[Revoked, ...]:
    return tuple(
        Revoked(desk.public, desk.revoked_on[:10])
        for desk in enrolled_desks(connection)
        if desk.revoked_on
    )
