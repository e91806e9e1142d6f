"""Orders on the road are read strictly: in their one form, of a kind that is known, none twice."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from desk.domain.canonical import canonical
from desk.errors import PackageRefused
from desk.exchange.order_lines import MOST_ORDERS, Order, parse_orders, write_orders

AT = "2026-11-23T09:00:00+08:00"
BODIES: Mapping[str, Mapping[str, Any]] = {
    "move": {"action": "decide_ok", "asks": {"decided_on": "2026-11-23"}, "reason": ""},
    "edit": {"fields": {"kin_phone": None, "amount": "50.00"}, "reason": "家属来电"},
    "request": {"field": "live_state", "reason": "入户看过"},
    "decide": {"conflict": UUID(int=7).hex, "choice": "county"},
}


def order(kind: str, number: int = 1) -> Order:
    return Order(UUID(int=number), UUID(int=99), kind, 3, BODIES[kind], AT, "赵县管")  # type: ignore[arg-type]


def changed(of: str, **changes: Any) -> bytes:
    """The line of an order with some of its keys changed, in canonical form; None takes a key out."""
    body = {**json.loads(write_orders([order(of)])), **changes}
    return canonical({key: value for key, value in body.items() if value is not None}) + b"\n"


def refusal(data: bytes) -> str:
    with pytest.raises(PackageRefused) as refused:
        parse_orders(data)
    return refused.value.code


def test_every_kind_comes_back_as_it_went() -> None:
    sent = tuple(order(kind, number) for number, kind in enumerate(BODIES, 1))
    assert parse_orders(write_orders(sent)) == sent


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"{}\n",
        write_orders([order("move")])[:-1],
        write_orders([order("move")]) * 2,
        write_orders([order("move")]).replace(b'{"', b'{ "', 1),
        b"".join(changed("request", id=UUID(int=n).hex) for n in range(1, MOST_ORDERS + 2)),
    ],
    ids=["nothing", "empty line", "no keys", "cut", "twice", "spaced", "too many"],
)
def test_what_is_not_of_the_form_is_damaged(data: bytes) -> None:
    assert refusal(data) == "DAMAGED"


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("move", {"by": ""}),
        ("move", {"by": None}),
        ("move", {"base": 0}),
        ("move", {"at": "2026-11-23T09:00:00"}),
        ("move", {"more": 1}),
        ("move", {"body": {**BODIES["move"], "action": ""}}),
        ("move", {"body": {**BODIES["move"], "asks": []}}),
        ("move", {"body": BODIES["edit"]}),
        ("edit", {"body": {"fields": {}, "reason": ""}}),
        ("edit", {"body": {"fields": {"a": 1}, "reason": "x" * 501}}),
        ("request", {"body": {"field": "a", "reason": ""}}),
        ("request", {"body": {"field": "a", "reason": "两\n行"}}),
        ("decide", {"body": {"conflict": "7", "choice": "county"}}),
        ("decide", {"body": {"conflict": UUID(int=7).hex, "choice": "newer"}}),
    ],
)
def test_an_order_is_of_its_shape(kind: str, changes: dict[str, Any]) -> None:
    assert refusal(changed(kind, **changes)) == "DAMAGED"


def test_a_kind_of_a_later_program_asks_for_it() -> None:
    assert refusal(changed("move", kind="shred")) == "TOO_NEW"


def test_the_sender_keeps_to_what_a_reader_takes() -> None:
    with pytest.raises(ValueError, match="no reader"):
        write_orders([replace(order("move"), by="x" * 81)])
