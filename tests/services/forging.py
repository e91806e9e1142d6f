"""What a desk with true keys and a wrong mind could send: any events, any totals, any number."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from desk.domain.canonical import Json, canonical
from desk.domain.events import EventRecord, chained, commit
from desk.domain.ids import new_id
from desk.exchange.ack import AckBody
from desk.exchange.container import PackageDraft, framed, seal
from desk.exchange.control_totals import NOTHING, control_totals
from desk.exchange.event_lines import write_lines
from desk.exchange.header import NO_EVENTS
from desk.exchange.parts import Contents
from desk.services import hub
from desk.services.event_store import read_events
from desk.services.exchange_keys import county_key, own_enrolment, own_keys
from desk.services.office import Office
from desk.services.operation import reading
from tests.exchange.makers import split

SALT = bytes(range(16))


def log_of(office: Office) -> list[EventRecord]:
    """Every event of this office."""
    with reading(office) as connection:
        return list(read_events(connection))


def following(
    log: Sequence[EventRecord],
    kind: str,
    entity_id: UUID,
    payload: Mapping[str, Json],
    **facts: Any,
) -> list[EventRecord]:
    """The log with one more event, rightly chained whatever it says."""
    last = log[-1]
    told: dict[str, Any] = {
        "id": new_id(last.mono + 1),
        "origin": last.origin,
        "n": last.n + 1,
        "kind": kind,
        "version": 1,
        "entity": kind.partition(".")[0],
        "entity_id": entity_id,
        "actor": last.actor,
        "seat": last.seat,
        "at": last.at,
        "mono": last.mono + 1,
        "trunk": 0,
        "base": 0,
        "prev": last.hash,
        "commitment": commit(payload, SALT),
        "hash": b"",
        "payload": payload,
        "salt": SALT,
    }
    return [*log, chained(EventRecord(**{**told, **facts}))]


def again(log: Sequence[EventRecord], kind: str, **facts: Any) -> list[EventRecord]:
    """The log with the first event of this kind told once more."""
    first = next(record for record in log if record.kind == kind)
    return following(log, kind, first.entity_id, first.payload or {}, **facts)


def package(office: Office, log: Sequence[EventRecord], after: int = 0, **changes: Any) -> bytes:
    """The events later than number `after`, sealed with the desk's own keys, its totals as the format counts them."""
    with reading(office) as connection:
        keys, county = own_keys(connection), county_key(connection)
    assert county is not None
    before, fresh = log[:after], log[after:]
    facts: dict[str, Any] = {
        "kind": "DATA",
        "id": new_id(log[-1].mono),
        "sender": str(office.profile["community_code"]),
        "to": county.node,
        "db_id": office.origin,
        "epoch": office.epoch,
        "seq": 1,
        "prev": None,
        "made_at": log[-1].at,
        "key": own_enrolment(office, keys, "").fingerprint,
        "contents": Contents(control_totals(before), control_totals(log), write_lines(fresh)),
        "events": (fresh[0].n, fresh[-1].n) if fresh else NO_EVENTS,
    }
    recipients = (county.sealing, county.recovery, keys.recovery.recipient)
    return seal(PackageDraft(**{**facts, **changes}), keys.signing, recipients)


def relabelled(office: Office, sealed: bytes, **changes: Any) -> bytes:
    """The same package under another header, signed with the desk's own key."""
    header, _, ciphertext = split(sealed)
    with reading(office) as connection:
        signer = own_keys(connection).signing
    return framed(canonical({**json.loads(header), **changes}), signer, ciphertext)


def answer(county: Office, desk: Office, ack_seq: int, ack_hash: bytes, **changes: Any) -> bytes:
    """An acknowledgement by this county's own keys, saying whatever is wished; a `to` is for the header alone."""
    with reading(desk) as connection:
        enrolment = own_enrolment(desk, own_keys(connection), "")
    with reading(county) as connection:
        keys = own_keys(connection)
    header: dict[str, Any] = {
        name: changes.pop(name) for name in ("to", "key", "sender") if name in changes
    }
    at = county.clock.now().isoformat(timespec="seconds")
    body: dict[str, Any] = {
        "site": enrolment.site,
        "db_id": enrolment.db_id,
        "epoch": enrolment.epoch,
        "ack_seq": ack_seq,
        "ack_hash": ack_hash,
        "at": at,
    }
    facts: dict[str, Any] = {
        "kind": "ACK",
        "id": new_id(1),
        "sender": hub.node_of(county),
        "to": enrolment.node,
        "db_id": county.origin,
        "epoch": 1,
        "seq": 1,
        "prev": None,
        "made_at": at,
        "key": hub.public_key(county).fingerprint,
        "contents": Contents(NOTHING, NOTHING, body=AckBody(**{**body, **changes}).to_bytes()),
    }
    recipients = (enrolment.sealing, enrolment.recovery, keys.recovery.recipient)
    return seal(PackageDraft(**{**facts, **header}), keys.signing, recipients)
