"""What an order asks for, in words: the same at the county that gave it and at the desk that takes it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection

from db.models import Conflict
from desk.domain.catalog import Item
from desk.domain.field_values import mask
from desk.domain.fields import FieldDef
from desk.domain.workflow import Workflow
from desk.words import orders as words


def what(
    connection: Connection, item: Item, workflow: Workflow, kind: str, body: Mapping[str, Any]
) -> str:
    """`要求“登记批准”`, `要求把起发月份改成“2026-12”`; secret values are starred."""
    known = {field.key: field for field in item.fields}
    match kind:
        case "move":
            return words.moved_words(_action(workflow, str(body["action"])))
        case "edit":
            return words.edited_words(
                {_label(known, key): _shown(known, key, to) for key, to in body["fields"].items()}
            )
        case "request":
            return words.asked_words(_label(known, str(body["field"])))
        case "number":
            return words.number_words(str(body["number"]), keeps=body["keeps"] == "yes")
        case "erase":
            return words.ERASE_ASKED
        case _:
            of = select(Conflict.field).where(Conflict.id == UUID(hex=str(body["conflict"])))
            field = connection.execute(of).scalar() or ""
            return words.decided_words(_label(known, field), str(body["choice"]))


def _action(workflow: Workflow, key: str) -> str:
    return next((one.label for one in workflow.actions if one.key == key), key)


def _label(known: Mapping[str, FieldDef], key: str) -> str:
    return known[key].label if key in known else key


def _shown(known: Mapping[str, FieldDef], key: str, value: object) -> str:
    return mask(known[key], value) if key in known else str(value)
