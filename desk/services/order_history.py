"""Lines of a case's history that tell of the county's orders, corrected fields and conflicts."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select, union_all
from sqlalchemy.engine import Connection

from db.models import Conflict, OrderTaken
from desk.domain.catalog import Item
from desk.domain.field_values import mask
from desk.services.views import HistoryRow
from desk.words import orders as words

KINDS = frozenset(
    ("case.edited", "order.taken", "order.answered", "conflict.found", "conflict.decided")
)
CORRECTED = "更正"
SAID_BY_THE_CASE = ("taken", "conflict")
"""What these orders did stands in the history by itself."""


def entities(connection: Connection, case_id: UUID) -> set[UUID]:
    """The orders taken for a case, and its conflicts."""
    found = union_all(
        select(OrderTaken.id).where(OrderTaken.case_id == case_id),
        select(Conflict.id).where(Conflict.case_id == case_id),
    )
    return set(connection.execute(found).scalars())


def who(operator: str | None, payload: Mapping[str, Any]) -> str:
    """Who did it: the clerk, the county's officer whose order it was, or the program itself."""
    by = payload.get("by") if payload.get("order") else ""
    return operator or (f"县里 {by}" if by else "系统")


def line(item: Item, kind: str, at: str, by: str, payload: Mapping[str, Any]) -> HistoryRow | None:
    """The line of one event; None for one that another line tells of."""
    match kind:
        case "case.edited":
            return HistoryRow(at, by, _edited(item, payload["fields"]), payload["why"])
        case "order.taken":
            return _taken(at, payload)
        case "order.answered":
            facts = payload["facts"]
            state = words.state_words(payload["outcome"])[0]
            return HistoryRow(at, by, f"答复县里：{facts['what']}，{state}", facts["why"])
        case "conflict.found":
            told = f"“{_label(item, payload['field'])}”县里和本机填的不一样，等人选定"
            return HistoryRow(at, f"县里 {payload['theirs_by']}", told)
        case _:
            return _decided(at, by, payload)


def _decided(at: str, by: str, payload: Mapping[str, Any]) -> HistoryRow | None:
    if payload["choice"] == "newer":
        return None
    told = f"冲突已定：{words.CHOICES[payload['choice']]}"
    return HistoryRow(at, by if by != "系统" else f"县里 {payload['by']}", told)


def _taken(at: str, payload: Mapping[str, Any]) -> HistoryRow | None:
    if payload["outcome"] in SAID_BY_THE_CASE:
        return None
    facts, state = payload["facts"], words.state_words(payload["outcome"])[0]
    reason = facts["why"] or str(payload["body"].get("reason") or "")
    return HistoryRow(at, f"县里 {payload['given_by']}", f"{facts['what']}：{state}", reason)


def _edited(item: Item, fields: Mapping[str, Any]) -> str:
    known = {field.key: field for field in item.fields}
    told = [
        f"{known[key].label}改为“{mask(known[key], value)}”"
        if mask(known[key], value)
        else f"{known[key].label}清空"
        for key, value in fields.items()
        if key in known
    ]
    return f"{CORRECTED}：{'，'.join(told)}"


def _label(item: Item, key: str) -> str:
    return next((field.label for field in item.fields if field.key == key), key)
