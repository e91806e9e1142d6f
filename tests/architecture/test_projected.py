"""Rows that follow from events are written by the projection alone."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.models import PROJECTED, Event, EventPayload
from tests.architecture import tree

PROJECTION = tuple(
    f"desk/services/{name}.py"
    for name in (
        "projection",
        "attachment_projection",
        "audit_projection",
        "operator_projection",
        "case_projection",
        "record_projection",
        "order_projection",
        "erasing_projection",
        "undo_projection",
    )
)
APPEND = ("desk/services/operation.py", "desk/services/forgetting.py")
"""Appended by the one, let go of by the other."""
ROWS = frozenset(model.__name__ for model in PROJECTED)
EVENTS = frozenset({Event.__name__, EventPayload.__name__})
VERBS = ("insert", "update", "delete")


def writes(syntax: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and model of each insert, update or delete: `insert(Model)` or `Model.__table__.insert()`."""
    for node in ast.walk(syntax):
        if not isinstance(node, ast.Call):
            continue
        verb = ast.unparse(node.func)
        if verb.split(".")[-1] not in VERBS:
            continue
        named = ast.unparse(node.args[0]) if node.args else verb
        yield node.lineno, named.split(".")[0]


def outsiders(models: frozenset[str], allowed: tuple[str, ...]) -> list[str]:
    """Where one of these models is written to outside the allowed places."""
    return [
        f"{tree.name_of(path)}:{line} writes {model}"
        for path in tree.sources("desk", "ui")
        if tree.name_of(path) not in allowed
        for line, model in writes(tree.parsed(path))
        if model in models
    ]


def test_only_the_projection_writes_rows_that_follow_from_events() -> None:
    assert outsiders(ROWS, PROJECTION) == []


def test_only_the_one_door_appends_events() -> None:
    assert outsiders(EVENTS, APPEND) == []


def test_the_projection_writes_every_one_of_them() -> None:
    written = {
        model for name in PROJECTION for _, model in writes(tree.parsed(Path(tree.ROOT, name)))
    }
    assert written == ROWS


@pytest.mark.parametrize(
    "source",
    ["insert(Person)", "update(Person).where(x)", "Person.__table__.delete()", "sa.delete(Person)"],
)
def test_the_rule_sees_every_way_of_writing(source: str) -> None:
    assert [model for _, model in writes(ast.parse(source))] == ["Person"]
