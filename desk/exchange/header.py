"""The clear header of a package: who, to whom, which number, how long; signed, and no word about any resident."""

import re
from dataclasses import dataclass
from typing import Literal, cast, get_args
from uuid import UUID

from desk.domain.canonical import Json, canonical
from desk.errors import PackageRefused
from desk.exchange import strict_json as strict
from desk.exchange.keys import FINGERPRINT_BYTES
from desk.exchange.strict_json import Body

Kind = Literal["DATA", "ACK", "STATUS", "CATALOG", "SNAPSHOT", "KEYS", "RESEND", "UPDATE"]
Version = tuple[int, int]

FORMAT, SUITE = "bmq-exchange", "A1"
VERSION: Version = (1, 0)
MAX_BYTES = 16 * 1024
DIGEST_BYTES = 32
NO_EVENTS = (0, 0)
KINDS: tuple[str, ...] = get_args(Kind)
TO_DESKS = frozenset({"ACK", "STATUS", "CATALOG", "KEYS", "RESEND", "UPDATE"})
"""What a county sends; the other kinds come from desks."""
NAMES = frozenset(
    (
        "fmt",
        "v",
        "min_reader",
        "suite",
        "kind",
        "id",
        "from",
        "to",
        "db_id",
        "epoch",
        "seq",
        "prev",
        "events",
        "catalog",
        "schema",
        "made_at",
        "audit_head",
        "ct_len",
        "ct_sha256",
        "key",
    )
)
_SUITE = re.compile(r"[A-Z][0-9]")


@dataclass(frozen=True, slots=True)
class Header:
    """The header's fields under the names of the format, but `sender` for `from`.

    `db_id` is the sender's database, `prev` the SHA-256 of the previous package file of this epoch to the same addressee,
    `events` the first and last n carried (`NO_EVENTS` for none), `key` the fingerprint of the signing node.
    """

    kind: Kind
    id: UUID
    sender: str
    to: str
    db_id: UUID
    epoch: int
    seq: int
    prev: bytes | None
    events: tuple[int, int]
    catalog: int
    schema: int
    made_at: str
    audit_head: bytes
    ct_len: int
    ct_sha256: bytes
    key: bytes
    version: Version = VERSION
    min_reader: Version = VERSION

    def to_bytes(self) -> bytes:
        """Canonical JSON; this is what is signed.

        Raises:
            ValueError: a field is not as a reader would take it.
        """
        data = canonical(_body(self))
        try:
            parse(data)
        except PackageRefused as error:
            raise ValueError("no reader would take this header") from error
        return data


def parse(data: bytes) -> Header:
    """The header from its bytes.

    A later minor version may bring further keys, which the signature covers and this reader passes over.

    Raises:
        PackageRefused: BAD_FILE, or TOO_NEW when the sender asks for a newer reader or another suite.
    """
    try:
        body = strict.read_body(data, MAX_BYTES)
        if body["fmt"] != FORMAT:
            raise ValueError("another format")
        version, least = _version(body, "v"), _version(body, "min_reader")
        if least > VERSION or strict.matching(body, "suite", _SUITE) != SUITE:
            raise PackageRefused("TOO_NEW")
        if version <= VERSION or not body.keys() >= NAMES:
            strict.exactly(body, NAMES)
        return _header(body, version, least)
    except (ValueError, KeyError) as error:
        raise PackageRefused("BAD_FILE") from error


def _header(body: Body, version: Version, least: Version) -> Header:
    seq, prev = strict.number(body, "seq", 1), strict.maybe_octets(body, "prev", DIGEST_BYTES)
    if (seq == 1) != (prev is None):
        raise ValueError("only the first package has none before it")
    return Header(
        kind=cast("Kind", strict.one_of(body, "kind", KINDS)),
        id=strict.an_id(body, "id"),
        sender=strict.matching(body, "from", strict.NODE),
        to=strict.matching(body, "to", strict.NODE),
        db_id=strict.an_id(body, "db_id"),
        epoch=strict.number(body, "epoch", 1),
        seq=seq,
        prev=prev,
        events=_events(body),
        catalog=strict.number(body, "catalog"),
        schema=strict.number(body, "schema"),
        made_at=strict.moment(body, "made_at"),
        audit_head=strict.octets(body, "audit_head", DIGEST_BYTES),
        ct_len=strict.number(body, "ct_len", 1),
        ct_sha256=strict.octets(body, "ct_sha256", DIGEST_BYTES),
        key=strict.octets(body, "key", FINGERPRINT_BYTES),
        version=version,
        min_reader=least,
    )


def _body(header: Header) -> dict[str, Json]:
    return {
        "fmt": FORMAT,
        "v": list(header.version),
        "min_reader": list(header.min_reader),
        "suite": SUITE,
        "kind": header.kind,
        "id": header.id.hex,
        "from": header.sender,
        "to": header.to,
        "db_id": header.db_id.hex,
        "epoch": header.epoch,
        "seq": header.seq,
        "prev": header.prev.hex() if header.prev else None,
        "events": list(header.events),
        "catalog": header.catalog,
        "schema": header.schema,
        "made_at": header.made_at,
        "audit_head": header.audit_head.hex(),
        "ct_len": header.ct_len,
        "ct_sha256": header.ct_sha256.hex(),
        "key": header.key.hex(),
    }


def _events(body: Body) -> tuple[int, int]:
    first, last = _two(body, "events")
    if (first, last) != NO_EVENTS and not 1 <= first <= last:
        raise ValueError("events run from 1 on")
    return first, last


def _version(body: Body, name: str) -> Version:
    return _two(body, name)


def _two(body: Body, name: str) -> tuple[int, int]:
    first, second = strict.a_list(body, name, 2)
    return strict.whole(first), strict.whole(second)
