"""Totals over what one desk declared, the same in whatever order its events were taken."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from desk.domain.canonical import Json, canonical
from desk.domain.events import EventRecord

MODULUS = 1 << 256
NOTHING: Mapping[str, Json] = {"events": [], "cases": [], "heads": "0" * 64}
"""The totals of a desk that has declared nothing yet."""


@dataclass(frozen=True, slots=True)
class CaseHead:
    """Where a case stands by its desk's own word: the last event (`n`, `hash`), the item, the last state.

    `state_n` is the event that told the state. Item and state are empty once the payloads were erased.
    """

    case_id: UUID
    n: int
    hash: bytes
    item: str = ""
    state: str = ""
    state_n: int = 0


def control_totals(events: Iterable[EventRecord]) -> dict[str, Json]:
    """The totals over all events of one desk, refused ones included."""
    return with_events(NOTHING, {}, events)


def with_events(
    before: Mapping[str, Json], heads: Mapping[UUID, CaseHead], events: Iterable[EventRecord]
) -> dict[str, Json]:
    """The totals `before` carried on by `events`; `heads` are those before of the cases the events are about."""
    kinds: Counter[str] = Counter()
    come: dict[UUID, CaseHead] = {}
    for event in events:
        kinds[event.kind] += 1
        if event.entity == "case":
            known = come.get(event.entity_id) or heads.get(event.entity_id)
            known = known or CaseHead(event.entity_id, 0, b"")
            come[event.entity_id] = with_event(known, event)
    return carried(before, kinds, (heads[one] for one in come if one in heads), come.values())


def with_event(head: CaseHead, event: EventRecord) -> CaseHead:
    """The head after one more event of its case, earlier or later than those before."""
    n, hash_, item, state_n, state = head.n, head.hash, head.item, head.state_n, head.state
    if event.n > n:
        n, hash_ = event.n, event.hash
    told = event.payload or {}
    opened = told.get("item")
    if event.kind == "case.opened" and isinstance(opened, Mapping):
        item = str(opened.get("code", ""))
    to = told.get("to", told.get("state"))
    if isinstance(to, str) and event.n > state_n:
        state_n, state = event.n, to
    return CaseHead(head.case_id, n, hash_, item, state, state_n)


def totals(kinds: Mapping[str, int], heads: Iterable[CaseHead]) -> dict[str, Json]:
    """Events by kind, cases by item and state, and one sum over all heads; lists are sorted, so order is no matter."""
    return carried(NOTHING, kinds, (), heads)


def carried(
    before: Mapping[str, Json],
    kinds: Mapping[str, int],
    gone: Iterable[CaseHead],
    come: Iterable[CaseHead],
) -> dict[str, Json]:
    """The totals `before` carried on by further events: `gone` are the heads the touched cases had, `come` those now.

    The sum of the heads is taken modulo 2^256, so that a package costs what it carries and not what the desk ever
    declared. It finds mistakes; against forgery stand the chain and the signature.
    """
    gone, come = tuple(gone), tuple(come)
    events, cases = _counted(before["events"]), _counted(before["cases"])
    events.update({(kind,): count for kind, count in kinds.items()})
    cases.update((head.item, head.state) for head in come)
    cases.subtract((head.item, head.state) for head in gone)
    heads = int(str(before["heads"]), 16) + sum(map(_weight, come)) - sum(map(_weight, gone))
    return {"events": _listed(events), "cases": _listed(cases), "heads": f"{heads % MODULUS:064x}"}


def _counted(rows: Any) -> Counter[tuple[str, ...]]:
    return Counter({tuple(names): count for *names, count in rows})


def _listed(counts: Counter[tuple[str, ...]]) -> list[Json]:
    return [[*names, count] for names, count in sorted(counts.items()) if count]


def _weight(head: CaseHead) -> int:
    tied = canonical([head.case_id.hex, head.n, head.hash.hex()])
    return int.from_bytes(hashlib.sha256(tied).digest(), "big")
