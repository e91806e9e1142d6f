"""Every outcome of the receiving table at a real county: named, said in words, and no row changed."""

import hashlib
import re
import subprocess
import sys
from collections.abc import Callable
from uuid import UUID

import pytest

from desk.errors import NotGranted
from desk.exchange.control_totals import control_totals
from desk.exchange.event_lines import write_lines
from desk.exchange.keys import SigningPair
from desk.exchange.parts import Contents
from desk.services import hub, hub_receive, sync
from desk.services.check import check
from desk.services.office import Office
from desk.services.operation import AT_DESKS_ONLY, Operation, perform
from desk.words.exchange import outcome_text
from tests.builders import make_office
from tests.exchange.makers import joined, split
from tests.services.forging import following, log_of, package, relabelled
from tests.services.trips import (
    OTHER_COUNTY,
    Trip,
    put,
    rows,
    rows_of,
)

pytestmark = pytest.mark.both_engines

LATIN = re.compile(r"[A-Za-z]")
ASIDE = ("UNKNOWN_KEY", "FORK", "DAMAGED", "TOTALS")
SCRIPT = "import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], 'rb').read()).hexdigest())"


def file_digest(office: Office) -> str:
    """Of the database file once its log is written back; read by another process, as closing a handle here would unlock it.

    Of all rows where they are on a server.
    """
    if office.paths.server:
        return hashlib.sha256(
            repr({name: sorted(map(repr, all_)) for name, all_ in rows(office).items()}).encode()
        ).hexdigest()
    with office.writer.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    command = [sys.executable, "-I", "-c", SCRIPT, str(office.paths.database)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def received(trip: Trip, data: bytes, name: str = "package.bmq") -> hub_receive.Received:
    """What becomes of this package alone; unless it is taken, the county's file stays as it was, byte for byte."""
    stick = trip.new_stick(f"stick {hashlib.sha256(data).hexdigest()[:8]}")
    path = put(stick, name, data)
    before = file_digest(trip.hub)
    told: list[hub_receive.Received] = []
    [done] = hub_receive.receive_all(trip.hub, stick, told.append)
    assert told == [done]
    assert path.read_bytes() == data
    assert (file_digest(trip.hub) == before) == (done.outcome != "COMMITTED")
    assert_said(done)
    return done


def assert_said(one: hub_receive.Received) -> None:
    text = outcome_text(one.outcome, {"seq": 7, **one.facts})
    assert LATIN.search(text.replace("U 盘", "")) is None
    assert "？" not in text
    assert "请" in text or one.outcome in ("ALREADY", "COMMITTED")


def kept_aside(trip: Trip) -> list[bytes]:
    folder = trip.hub.paths.quarantine
    return [path.read_bytes() for path in sorted(folder.iterdir())] if folder.is_dir() else []


def flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def with_magic(data: bytes, version: int) -> bytes:
    return data[:4] + bytes([version]) + data[5:]


def good(trip: Trip) -> bytes:
    return package(trip.desk, log_of(trip.desk))


def of_kind(trip: Trip, kind: str, version: int = 1) -> bytes:
    log = log_of(trip.desk)
    return package(trip.desk, following(log, kind, UUID(int=5), {}, version=version))


def with_totals(trip: Trip, before: int, after: int) -> bytes:
    """Totals as they stood after other events than these."""
    log = log_of(trip.desk)
    told = Contents(control_totals(log[:before]), control_totals(log[:after]), write_lines(log))
    return package(trip.desk, log, contents=told)


def of_another_origin(trip: Trip) -> bytes:
    log = log_of(trip.desk)
    return package(trip.desk, following(log, "case.moved", UUID(int=5), {}, origin=UUID(int=6)))


def missing_one(trip: Trip) -> bytes:
    log = log_of(trip.desk)
    return package(trip.desk, [*log[:2], *log[3:]])


def signed_by_another(trip: Trip) -> bytes:
    header, _, ciphertext = split(good(trip))
    return joined(header, SigningPair.generate(), ciphertext)


def changed_header(trip: Trip) -> bytes:
    """The audit head, as somebody with a hex editor would, all else as it was."""
    data = good(trip)
    return flipped(data, data.index(b'"audit_head":"') + 15)


def changed_signature(trip: Trip) -> bytes:
    data = good(trip)
    return flipped(data, 9 + len(split(data)[0]) + 20)


def changed_ciphertext(trip: Trip) -> bytes:
    data = good(trip)
    return flipped(data, len(data) - 50)


def from_a_stranger(trip: Trip) -> bytes:
    """A desk with the county's key that the county never enrolled."""
    stranger = make_office(trip.folder / "stranger").office
    trip.opened.append(stranger)
    sync.take_county_key(stranger, path=hub.write_public_key(trip.hub, folder=trip.folder))
    return package(stranger, log_of(stranger))


FAULTS: dict[str, tuple[str, Callable[[Trip], bytes]]] = {
    "an empty file": ("BAD_FILE", lambda _trip: b""),
    "a picture": ("BAD_FILE", lambda _trip: b"\x89PNG" * 400),
    "cut in the ciphertext": ("BAD_FILE", lambda trip: good(trip)[:-100]),
    "cut in the header": ("BAD_FILE", lambda trip: good(trip)[:100]),
    "a byte more": ("BAD_FILE", lambda trip: good(trip) + b"\0"),
    "a newer container": ("TOO_NEW", lambda trip: with_magic(good(trip), 2)),
    "a newer reader wanted": (
        "TOO_NEW",
        lambda trip: relabelled(trip.desk, good(trip), v=[2, 0], min_reader=[2, 0]),
    ),
    "another suite": ("TOO_NEW", lambda trip: relabelled(trip.desk, good(trip), suite="S1")),
    "an event of a new kind": ("TOO_NEW", lambda trip: of_kind(trip, "case.flown")),
    "a known event grown newer": ("TOO_NEW", lambda trip: of_kind(trip, "case.moved", 9)),
    "a stranger": ("UNKNOWN_KEY", from_a_stranger),
    "another community's name": (
        "UNKNOWN_KEY",
        lambda trip: package(trip.desk, log_of(trip.desk), sender="610422001009"),
    ),
    "another epoch": (
        "UNKNOWN_KEY",
        lambda trip: package(trip.desk, log_of(trip.desk), epoch=2),
    ),
    "a changed header": ("DAMAGED", changed_header),
    "a changed signature": ("DAMAGED", changed_signature),
    "another's signature": ("DAMAGED", signed_by_another),
    "a changed ciphertext": ("DAMAGED", changed_ciphertext),
    "contents under a new header": (
        "DAMAGED",
        lambda trip: relabelled(trip.desk, good(trip), id="0" * 32),
    ),
    "an event of another desk": ("DAMAGED", of_another_origin),
    "an event missing": ("DAMAGED", missing_one),
    "a beginning missing": (
        "DAMAGED",
        lambda trip: package(trip.desk, log_of(trip.desk), after=2),
    ),
    "no events": (
        "DAMAGED",
        lambda trip: package(trip.desk, log_of(trip.desk), after=len(log_of(trip.desk))),
    ),
    "another county's": (
        "MISROUTED",
        lambda trip: package(trip.desk, log_of(trip.desk), to=OTHER_COUNTY),
    ),
    "a number far away": (
        "TOO_FAR",
        lambda trip: package(trip.desk, log_of(trip.desk), seq=10_002, prev=bytes(32)),
    ),
    "a gap": (
        "HELD",
        lambda trip: package(trip.desk, log_of(trip.desk), seq=2, prev=bytes(32)),
    ),
    "wrong totals after": ("TOTALS", lambda trip: with_totals(trip, 0, 2)),
    "wrong totals before": ("TOTALS", lambda trip: with_totals(trip, 2, 6)),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_has_its_outcome_and_changes_nothing(trip: Trip, fault):
    outcome, make = FAULTS[fault]
    data = make(trip)
    assert received(trip, data).outcome == outcome
    assert kept_aside(trip) == ([data] if outcome in ASIDE else [])
    # And the true package is taken after it as if nothing had been.
    trip.export()
    assert "COMMITTED" in trip.outcomes()
    assert rows_of(trip.hub, trip.desk.origin) == rows_of(trip.desk, trip.desk.origin)
    assert check(trip.hub).findings == ()


@pytest.mark.parametrize("operation", sorted(AT_DESKS_ONLY))
def test_a_county_leaves_to_its_desks_what_is_theirs(trip: Trip, operation: Operation):
    """Were a desk's case moved here, no package of that desk would add up again."""
    with pytest.raises(NotGranted):
        perform(trip.hub, operation, lambda _bench: None)
    perform(trip.desk, operation, lambda _bench: None)
