"""Which further papers a case may be given, and what of the case fills their gaps."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from desk.domain.catalog_nodes import Node
from desk.domain.paper_wording import GAP, Wording
from desk.errors import CatalogRejected

ROWS: Final = ("materials", "matter")
"""What of a case fills a table: the papers taken in, or the item itself."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One further paper: `states` in which it is offered (none: in any), templates of its gaps, sources of its tables."""

    paper: str
    states: frozenset[str]
    values: Mapping[str, str]
    rows: Mapping[str, str]


def read_offers(
    file: str, data: bytes, wording: Wording, states: Collection[str], words: Collection[str]
) -> tuple[Offer, ...]:
    """The offers of a file; `words` are the names that a template may have in its gaps.

    Raises:
        CatalogRejected: with every fault as `file: path: what；可填：allowed`.
    """
    faults: list[str] = []
    root = Node(file, "", tomllib.loads(data.decode()), faults)
    offers = tuple(
        _offer(node, wording, states, words) for node in root.nodes("offer", name="paper")
    )
    root.finish()
    if faults:
        raise CatalogRejected(faults)
    return offers


def _offer(node: Node, wording: Wording, states: Collection[str], words: Collection[str]) -> Offer:
    read = Offer(
        paper=node.word("paper", tuple(wording.papers)),
        states=frozenset(node.texts("states", [])),
        values=node.table("values").pairs(),
        rows=node.table("rows").pairs(),
    )
    node.finish()
    plan = wording.papers.get(read.paper)
    if plan is not None:
        _known(node, "values", read.values, plan.gaps)
        _known(node, "rows", read.rows, [table.rows for table in plan.tables.values()])
    _known(node, "states", read.states, states)
    _known(node, "rows", read.rows.values(), ROWS)
    used = {name for template in read.values.values() for name in GAP.findall(str(template))}
    _known(node, "values", used, words)
    return read


def _known(node: Node, key: str, named: Collection[str], allowed: Collection[str]) -> None:
    for name in sorted(set(named) - set(allowed)):
        node.fault(key, f"没有“{name}”", "、".join(sorted(allowed)))
