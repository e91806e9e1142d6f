"""Totals over what one desk declared, the same in whatever order its events were taken."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
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
    kinds: Counter[str] = Counter()
    heads: dict[UUID, CaseHead] = {}
    for event in events:
        kinds[event.kind] += 1
        if event.entity == "case":
            known = heads.get(event.entity_id, CaseHead(event.entity_id, 0, b""))
            heads[event.entity_id] = with_event(known, event)
    return totals(kinds, heads.values())


def with_event(head: CaseHead, event: EventRecord) -> CaseHead:
    """The head after one more event of its case, earlier or later than those before."""
    if event.n > head.n:
        head = replace(head, n=event.n, hash=event.hash)
    told = event.payload or {}
    item = told.get("item")
    if event.kind == "case.opened" and isinstance(item, Mapping):
        head = replace(head, item=str(item.get("code", "")))
    state = told.get("to", told.get("state"))
    if isinstance(state, str) and event.n > head.state_n:
        head = replace(head, state=state, state_n=event.n)
    return head


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
