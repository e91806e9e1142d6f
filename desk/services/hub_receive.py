"""The county receives: each package in one transaction, by the function for its kind."""

import hashlib
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from uuid import UUID

from desk import memory
from desk.errors import PackageRefused, StickTrouble
from desk.exchange.ack import PackageResult, RefusedEvent
from desk.exchange.header import TO_DESKS, Header
from desk.exchange.keys import SealingPair
from desk.exchange.outcomes import Outcome
from desk.exchange.parts import Contents
from desk.exchange.receiving import Inspected, ReaderContext, SenderState, inspect, open_parts
from desk.exchange.stick import Found, Progress, scan
from desk.files import make_folder, replace_file
from desk.services import hub, hub_applying, hub_desks, hub_senders, hub_snapshot, parcels
from desk.services.exchange_keys import own_keys
from desk.services.hub_applying import TotalsDiffer
from desk.services.hub_desks import KnownDesk
from desk.services.office import Office
from desk.services.operation import Operation, Work, perform, reading

KEPT_ASIDE = ("UNKNOWN_KEY", "FORK", "DAMAGED", "TOTALS")


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one file; `header` is None where it could not be read."""

    path: Path
    outcome: Outcome
    header: Header | None = None
    digest: bytes = b""
    facts: Mapping[str, object] = field(default_factory=dict)
    events: int = 0
    refused: tuple[RefusedEvent, ...] = ()


Desks = Mapping[tuple[UUID, int], list[KnownDesk]]
Applier = Callable[[Work, Inspected, Contents], tuple[int, tuple[RefusedEvent, ...]]]

APPLIERS: Mapping[str, Applier] = MappingProxyType(
    {
        "DATA": hub_applying.apply,
        "SNAPSHOT": hub_snapshot.apply,
    }
)
"""What is done with each kind of package of a desk, in one transaction; gives the number of events and those refused."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How a folder is to be received: which of its files, where to say how far it is, and when to stop between two of them."""

    only: Callable[[Path], bool] = lambda _path: True
    progress: Progress = lambda _done, _total, _what: None
    stop: Callable[[], bool] = lambda: False


EVERYTHING = Wish()


def receive_all(
    office: Office, folder: Path, tell: Callable[[Received], None], wish: Wish = EVERYTHING
) -> list[Received]:
    """Take the wished packages in the folder and every held one that can now follow, in order."""
    held = office.paths.held
    make_folder(held)
    desks = known(office)
    done: list[Received] = []
    files = waiting(office, folder, wish.only)
    for place, found in enumerate(files):
        if wish.stop():
            break
        wish.progress(place, len(files), "")
        received = receive_one(office, found, desks)
        if received.outcome == "HELD" and found.path.parent == held:
            # Still waiting, as was said when it came.
            continue
        _keep(office, received, held)
        tell(received)
        done.append(received)
    return done


def waiting(
    office: Office, folder: Path, only: Callable[[Path], bool] = lambda _path: True
) -> list[Found]:
    """The packages of desks in the folder, and those that wait here for an earlier one, in the order they are to be taken.

    Raises:
        StickTrouble: the folder cannot be read.
    """
    held = office.paths.held
    here = scan(held) if held.is_dir() else ()
    found = (*(one for one in scan(folder) if only(one.path)), *here)
    return sorted(filter(_from_desk, found), key=lambda one: _order(one, held))


def _from_desk(found: Found) -> bool:
    return found.header is None or found.header.kind not in TO_DESKS


def _order(found: Found, held: Path) -> tuple[object, ...]:
    """As on one stick, but of two with the same number the waiting one comes last."""
    return (*found.order()[:-1], found.path.parent == held, found.path.name)


def receive_one(office: Office, found: Found, desks: Desks) -> Received:
    """What becomes of one file; where it is COMMITTED, its rows are there."""
    package = inspect(found.path, _context(office, desks))
    plain = Received(found.path, package.outcome, package.header, package.digest, package.facts)
    if package.outcome != "READY" or package.header is None:
        return plain
    with reading(office) as connection:
        pairs = own_keys(connection).opening
    try:
        with memory.uncollected():
            applied = perform(
                office, Operation.RECEIVE, lambda bench: _apply(bench, package, pairs)
            ).value
    except PackageRefused as refused:
        return Received(found.path, refused.code, package.header, package.digest, refused.facts)  # type: ignore[arg-type]
    except TotalsDiffer:
        facts = {"seq": package.header.seq}
        return Received(found.path, "TOTALS", package.header, package.digest, facts)
    facts = {"seq": package.header.seq}
    head = package.header
    with reading(office) as connection:
        facts["pictures"] = parcels.not_come(connection, office.blobs, head.db_id, *head.events)
    events, refused_events = applied
    return Received(
        found.path, "COMMITTED", package.header, package.digest, facts, events, refused_events
    )


def _apply(
    bench: Work, package: Inspected, pairs: tuple[SealingPair, ...]
) -> tuple[int, tuple[RefusedEvent, ...]]:
    if package.header is None:
        raise ValueError("only a package found READY is applied")
    contents = open_parts(package, pairs)
    applied = APPLIERS[package.header.kind](bench, package, contents)
    parcels.keep(bench, contents.blobs)
    return applied


def known(office: Office) -> Desks:
    """The keys taken for each desk database, the newest last."""
    found: dict[tuple[UUID, int], list[KnownDesk]] = {}
    with reading(office) as connection:
        for one in hub_desks.known_desks(connection):
            found.setdefault((one.enrolment.db_id, one.enrolment.epoch), []).append(one)
    return found


def _context(office: Office, desks: Desks) -> ReaderContext:
    def sender(header: Header) -> SenderState | None:
        keys = desks.get((header.db_id, header.epoch))
        if keys is None:
            return None
        named = next((one for one in keys if one.key == header.key), keys[-1])
        desk = named.enrolment
        with reading(office) as connection:
            row = hub_senders.row_of(connection, header.db_id, header.epoch)
            earlier = hub_applying.digest_of(connection, header)
        return SenderState(
            node=desk.site,
            db_id=desk.db_id,
            signing=desk.signing,
            fingerprint=desk.fingerprint,
            last_seq=row.last_seq if row else 0,
            last_digest=hub_senders.last_digest(row),
            earlier_digest=earlier,
            revoked=named.is_revoked(office.today),
            closed=named.closed_for is not None,
            valid_from=named.valid_from,
            valid_to=named.last_day,
        )

    return ReaderContext(
        addresses=frozenset({hub.node_of(office)}), kinds=frozenset(APPLIERS), sender=sender
    )


def _keep(office: Office, received: Received, held: Path) -> None:
    """Held packages wait for the gap to fill, doubtful ones are kept aside; what is done with leaves the waiting room."""
    if received.outcome == "HELD" and received.path.parent != held:
        _copy(received.path, held / f"{received.digest.hex()}.bmq")
    elif received.outcome in KEPT_ASIDE:
        make_folder(office.paths.quarantine)
        # By what is inside: two doubtful files of one name are both evidence.
        name = f"{received.outcome.lower()}-{_digest(received.path)}.bmq"
        _copy(received.path, office.paths.quarantine / name)
    if received.path.parent == held and received.outcome != "HELD":
        received.path.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    replace_file(target, lambda part: shutil.copyfile(source, part))


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise StickTrouble("read", str(path)) from error


def result_of(received: Received) -> PackageResult | None:
    """The line about this package in its acknowledgement."""
    if received.header is None or not received.digest:
        return None
    return PackageResult(received.header.seq, received.digest, received.outcome)
