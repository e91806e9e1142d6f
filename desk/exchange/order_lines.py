"""Orders on the road: what the county asks of a desk's cases, each one line of canonical JSON."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, cast, get_args
from uuid import UUID

from desk.domain.canonical import Json, canonical
from desk.errors import PackageRefused
from desk.exchange import strict_json as strict
from desk.exchange.strict_json import Body

OrderKind = Literal["move", "edit", "request", "decide", "erase", "number"]
Choice = Literal["desk", "county"]

KINDS: tuple[str, ...] = get_args(OrderKind)
CHOICES: tuple[str, ...] = get_args(Choice)
MOST_ORDERS = 5_000
"""A package carries no more orders than this; what is left goes when these are taken."""
MAX_LINE = 1 << 20
MAX_KEY, MAX_REASON = 48, 500
NAMES = frozenset(("id", "case", "kind", "base", "body", "at", "by"))


@dataclass(frozen=True, slots=True)
class Order:
    """What the county asks of one case; `base` is the version of it the county saw, `by` who gave it.

    `body` by kind: move {action, asks, reason}; edit {fields, reason}; request {field, reason};
    decide {conflict, choice}; erase {reason}; number {number, keeps, reason}.
    """

    id: UUID
    case_id: UUID
    kind: OrderKind
    base: int
    body: Mapping[str, Json]
    at: str
    by: str


def write_orders(orders: Iterable[Order]) -> bytes:
    """All orders, one a line, as given.

    Raises:
        ValueError: no reader would take them.
    """
    data = b"".join(canonical(_body(one)) + b"\n" for one in orders)
    try:
        parse_orders(data)
    except PackageRefused as error:
        raise ValueError("no reader would take these orders") from error
    return data


def parse_orders(data: bytes) -> tuple[Order, ...]:
    """The orders of a package, in the order they were given.

    Raises:
        PackageRefused: DAMAGED, or TOO_NEW for a kind this program does not know.
    """
    lines = data.split(b"\n")
    if lines.pop() or not 1 <= len(lines) <= MOST_ORDERS:
        raise PackageRefused("DAMAGED", why="orders")
    try:
        found = tuple(map(_order, lines))
    except (ValueError, KeyError) as error:
        raise PackageRefused("DAMAGED", why="orders") from error
    if len({one.id for one in found}) != len(found):
        raise PackageRefused("DAMAGED", why="twice")
    return found


def _body(order: Order) -> dict[str, Json]:
    return {
        "id": order.id.hex,
        "case": order.case_id.hex,
        "kind": order.kind,
        "base": order.base,
        "body": order.body,
        "at": order.at,
        "by": order.by,
    }


def _order(line: bytes) -> Order:
    body = strict.exactly(strict.read_body(line, MAX_LINE), NAMES)
    kind = strict.text(body, "kind", 12, 1)
    if kind not in KINDS:
        raise PackageRefused("TOO_NEW", why="order")
    return Order(
        id=strict.an_id(body, "id"),
        case_id=strict.an_id(body, "case"),
        kind=cast("OrderKind", kind),
        base=strict.number(body, "base", 1),
        body=_CHECKED[kind](strict.an_object(body, "body")),
        at=strict.moment(body, "at"),
        by=strict.text(body, "by", 80, 1),
    )


def _move(body: Body) -> Body:
    strict.exactly(body, ("action", "asks", "reason"))
    strict.text(body, "action", MAX_KEY, 1)
    strict.text(body, "reason", MAX_REASON)
    strict.an_object(body, "asks")
    return body


def _edit(body: Body) -> Body:
    strict.exactly(body, ("fields", "reason"))
    strict.text(body, "reason", MAX_REASON)
    if not strict.an_object(body, "fields"):
        raise ValueError("fields: at least one")
    return body


def _request(body: Body) -> Body:
    strict.exactly(body, ("field", "reason"))
    strict.text(body, "field", MAX_KEY, 1)
    strict.text(body, "reason", MAX_REASON, 1)
    return body


def _decide(body: Body) -> Body:
    strict.exactly(body, ("conflict", "choice"))
    strict.an_id(body, "conflict")
    strict.one_of(body, "choice", CHOICES)
    return body


def _erase(body: Body) -> Body:
    strict.exactly(body, ("reason",))
    strict.text(body, "reason", MAX_REASON, 1)
    return body


def _number(body: Body) -> Body:
    strict.exactly(body, ("number", "keeps", "reason"))
    strict.text(body, "number", MAX_KEY, 1)
    strict.one_of(body, "keeps", ("yes", "no"))
    strict.text(body, "reason", MAX_REASON)
    return body


_CHECKED: Mapping[str, Callable[[Body], Body]] = MappingProxyType(
    {
        "move": _move,
        "edit": _edit,
        "request": _request,
        "decide": _decide,
        "erase": _erase,
        "number": _number,
    }
)
