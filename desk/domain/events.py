"""Events: the append-only record of what happened, chained so that a change to the past shows."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from desk.domain.canonical import Json, canonical

SALT_BYTES = 16
GENESIS = bytes(32)

Entity = Literal[
    "desk", "operator", "person", "case", "document", "record", "package", "order", "conflict"
]


@dataclass(frozen=True, slots=True)
class EventRecord:
    """One event as it is stored and travels.

    `n` counts without gap per origin; `at` is wall time with offset (ISO 8601); `mono` is milliseconds that never run
    backwards, even when the clock does. `trunk` and `base` are the county's and this desk's version of the entity the
    event was made upon. `payload` and `salt` are None once the record was erased; the chain holds without them.
    """

    id: UUID
    origin: UUID
    n: int
    kind: str
    version: int
    entity: str
    entity_id: UUID
    actor: UUID | None
    seat: int
    at: str
    mono: int
    trunk: int
    base: int
    prev: bytes
    commitment: bytes
    hash: bytes
    payload: Mapping[str, Json] | None
    salt: bytes | None


def commit(payload: Mapping[str, Json], salt: bytes) -> bytes:
    """SHA-256 over salt and canonical payload: binds the payload without revealing it."""
    return commit_bytes(canonical(payload), salt)


def commit_bytes(payload: bytes, salt: bytes) -> bytes:
    """The same over a payload that is in its canonical form already."""
    return hashlib.sha256(salt + payload).digest()


def header(record: EventRecord) -> dict[str, Json]:
    """What the hash covers besides the previous hash: everything but payload and salt."""
    return {
        "id": record.id.hex,
        "origin": record.origin.hex,
        "n": record.n,
        "kind": record.kind,
        "v": record.version,
        "entity": record.entity,
        "entity_id": record.entity_id.hex,
        "actor": record.actor.hex if record.actor else None,
        "seat": record.seat,
        "at": record.at,
        "mono": record.mono,
        "trunk": record.trunk,
        "base": record.base,
        "commitment": record.commitment.hex(),
    }


def link(record: EventRecord) -> bytes:
    """The hash of this record in its chain: SHA-256 over the previous hash and the canonical header."""
    return hashlib.sha256(record.prev + canonical(header(record))).digest()


def chained(draft: EventRecord) -> EventRecord:
    """The same record with its hash filled in."""
    return replace(draft, hash=link(draft))


def is_whole(record: EventRecord) -> bool:
    """Whether hash and, unless erased, commitment fit what the record says."""
    if record.hash != link(record):
        return False
    if record.payload is None or record.salt is None:
        return record.payload is None and record.salt is None
    return record.commitment == commit(record.payload, record.salt)
