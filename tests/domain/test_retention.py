"""Classes of keeping: which a closed case falls into, and the day from which it is due."""

from datetime import date

import pytest

from desk.domain.catalog_nodes import Node
from desk.domain.retention import (
    ClosedCase,
    Retention,
    closed_by,
    due_from,
    read_retention,
    unknown_names,
)
from tests.builders import rules


def case(**changes: object) -> ClosedCase:
    told = {
        "item": "MZ-GL-01",
        "line": "civil",
        "nature": "行政给付",
        "state": "archived",
        "accepted": True,
    }
    return ClosedCase(**{**told, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "years"),
    [
        ({}, 30),
        ({"nature": "公共服务"}, 10),
        ({"state": "refused"}, 2),
        ({"state": "withdrawn"}, 2),
        ({"state": "void"}, 2),
        ({"accepted": False}, 2),
        ({"line": "party", "nature": "党务服务"}, 10),
        ({"line": "party", "state": "refused"}, 2),
        ({"item": "ZH-TJ-01", "nature": "公共服务"}, 0),
    ],
)
def test_the_first_rule_that_fits_says_how_long(changes: dict[str, object], years: int) -> None:
    found = rules().catalog.retention.of_case(case(**changes))
    assert found is not None
    assert found.years == years


def test_where_nothing_is_said_nothing_is_due() -> None:
    nothing = Retention()
    assert nothing.of_case(case()) is None
    assert nothing.of_register("elderly") is None
    assert nothing.shortest() == 0


def test_registers_have_their_own_class() -> None:
    found = rules().catalog.retention.of_register("elderly")
    assert found is not None
    assert found.years == 30
    assert rules().catalog.retention.of_register("unheard_of") is None


@pytest.mark.parametrize(
    ("closed", "years", "due"),
    [
        (date(2026, 11, 23), 2, date(2028, 11, 23)),
        (date(2024, 2, 29), 2, date(2026, 3, 1)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
    ],
)
def test_years_are_counted_by_the_calendar(closed: date, years: int, due: date) -> None:
    assert due_from(closed, years) == due


@pytest.mark.parametrize("today", [date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1)])
def test_the_list_asks_for_no_day_too_few(today: date) -> None:
    """Whatever is due was closed by the day the list asks for."""
    last = closed_by(today, 2)
    assert due_from(last, 2) <= today
    assert last == date(2026, min(today.month, 3), min(today.day, 28))


CLASS = {"key": "short", "label": "短期", "years": 2}


def read(**data: object) -> tuple[Retention, list[str]]:
    faults: list[str] = []
    return read_retention(Node("catalog/retention.toml", "", data, faults)), faults


def test_a_class_nobody_knows_is_a_fault() -> None:
    _, faults = read(classes=[CLASS], cases=[{"keep": "long"}], registers={"elderly": "never"})
    assert [one.split(": ")[-1].split("；")[0] for one in faults] == [
        "没有“long”这一类",
        "没有“never”这一类",
    ]


def test_lines_and_items_of_the_rules_must_be_there() -> None:
    found, faults = read(
        classes=[CLASS], cases=[{"keep": "short", "lines": ["moon"], "items": ["XX-01"]}]
    )
    assert faults == []
    assert list(unknown_names(found, {"civil": 1}, {"MZ-GL-01": 1})) == ["moon", "XX-01"]


def test_a_key_nobody_asked_for_is_a_fault() -> None:
    _, faults = read(classes=[{**CLASS, "month": 3}], cases=[])
    assert len(faults) == 1
