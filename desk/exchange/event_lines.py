"""Events on the road: each one line of canonical JSON, checked against its chain when it arrives."""

from collections.abc import Iterable, Iterator

from desk.domain.canonical import canonical_text, written
from desk.domain.events import SALT_BYTES, EventRecord, commit_bytes, link
from desk.errors import PackageRefused
from desk.exchange import strict_json as strict
from desk.exchange.header import DIGEST_BYTES
from desk.exchange.strict_json import Body
from desk.exchange.usual_lines import read_usual

MAX_LINE = 4 << 20
PAYLOAD, BEHIND = b',"payload":', b',"prev":"'
LINE = (
    '{"actor":%s,"at":%s,"base":%s,"commitment":%s,"entity":%s,"entity_id":"%s","hash":"%s","id":"%s",'
    '"mono":%s,"n":%s,"op":%s,"origin":"%s","payload":%s,"prev":"%s","salt":%s,"seat":%s,"trunk":%s,"v":%s}'
)
"""A line in its canonical form, written out as `events.HEADER` is and for the same reason."""
NAMES = frozenset(
    (
        "id",
        "origin",
        "n",
        "entity",
        "entity_id",
        "op",
        "v",
        "trunk",
        "base",
        "payload",
        "salt",
        "actor",
        "seat",
        "at",
        "mono",
        "prev",
        "hash",
        "commitment",
    )
)


def write_line(record: EventRecord) -> bytes:
    """One event with its line end; the commitment travels only where payload and salt were erased.

    Raises:
        ValueError: no reader would take so long a line.
    """
    payload = salt = "null"
    commitment = f'"{record.commitment.hex()}"'
    if record.payload is not None and record.salt is not None:
        payload, salt, commitment = written(record.payload).text, f'"{record.salt.hex()}"', "null"
    at, entity, kind = map(canonical_text, (record.at, record.entity, record.kind))
    told = (
        *(f'"{record.actor.hex}"' if record.actor else "null", at, record.base, commitment, entity),
        *(record.entity_id.hex, record.hash.hex(), record.id.hex, record.mono, record.n, kind),
        *(record.origin.hex, payload, record.prev.hex(), salt, record.seat, record.trunk),
        record.version,
    )
    line = (LINE % told).encode()
    if len(line) > MAX_LINE:
        raise ValueError(f"event {record.n} is too long")
    return line + b"\n"


def write_lines(records: Iterable[EventRecord]) -> bytes:
    """All events, one a line."""
    return b"".join(map(write_line, records))


def read_line(line: bytes) -> EventRecord:
    """One event from its line (without the line end), its hash and commitment checked.

    Raises:
        PackageRefused: DAMAGED.
    """
    usual = read_usual(line) if len(line) <= MAX_LINE else None
    if usual is not None:
        return usual
    record = _read_closely(line)
    if record.hash != link(record):
        raise PackageRefused("DAMAGED", why="hash", n=record.n)
    return record


def _read_closely(line: bytes) -> EventRecord:
    """Every shape the format allows, and what is none refused."""
    try:
        body = strict.exactly(strict.read_body(line, MAX_LINE), NAMES)
        return _record(body, line)
    except (ValueError, KeyError) as error:
        raise PackageRefused("DAMAGED", why="event") from error


def read_lines(data: bytes, events: tuple[int, int], head: bytes | None) -> Iterator[EventRecord]:
    """The events of a package: numbered from first to last without gap, each linked to the one before.

    `head` is the hash of the last event of this sender that is known here; None leaves the first link unchecked.

    Raises:
        PackageRefused: DAMAGED inside the package, FORK when it does not continue what is known.
    """
    if data and not data.endswith(b"\n"):
        raise PackageRefused("DAMAGED", why="event")
    lines = data.split(b"\n")[:-1]
    first, last = events
    if len(lines) != (last - first + 1 if first else 0):
        raise PackageRefused("DAMAGED", why="count")
    for place, line in enumerate(lines):
        record = read_line(line)
        if record.n != first + place:
            raise PackageRefused("DAMAGED", why="order", n=record.n)
        if head is not None and record.prev != head:
            raise PackageRefused("DAMAGED" if place else "FORK", why="chain", n=record.n)
        head = record.hash
        yield record


def _record(body: Body, line: bytes) -> EventRecord:
    payload = None if body["payload"] is None else strict.an_object(body, "payload")
    salt = strict.maybe_octets(body, "salt", SALT_BYTES)
    told = strict.maybe_octets(body, "commitment", DIGEST_BYTES)
    if (payload is None) != (salt is None) or (payload is None) == (told is None):
        raise ValueError("payload and salt, or the commitment")
    commitment = told or bytes(DIGEST_BYTES)
    if payload is not None and salt is not None:
        commitment = commit_bytes(_payload_of(line), salt)
    return EventRecord(
        id=strict.an_id(body, "id"),
        origin=strict.an_id(body, "origin"),
        n=strict.number(body, "n", 1),
        kind=strict.text(body, "op", 64, 1),
        version=strict.number(body, "v", 1),
        entity=strict.text(body, "entity", 32, 1),
        entity_id=strict.an_id(body, "entity_id"),
        actor=None if body["actor"] is None else strict.an_id(body, "actor"),
        seat=strict.number(body, "seat"),
        at=strict.moment(body, "at"),
        mono=strict.number(body, "mono"),
        trunk=strict.number(body, "trunk"),
        base=strict.number(body, "base"),
        prev=strict.octets(body, "prev", DIGEST_BYTES),
        commitment=commitment,
        hash=strict.octets(body, "hash", DIGEST_BYTES),
        payload=payload,
        salt=salt,
    )


def _payload_of(line: bytes) -> bytes:
    """The payload as it stands in the line, which is canonical and so is every part of it: encoding it anew would take longest.

    Keys are sorted, and neither a key before it nor one after it can hold these words: a quotation mark in a text is escaped.
    """
    start = line.index(PAYLOAD) + len(PAYLOAD)
    return line[start : line.rindex(BEHIND)]
