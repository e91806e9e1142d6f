"""Dataclasses as plain JSON and back: nothing that was said gets lost, nothing unsaid is made up."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

import pytest

from desk.domain.plain import from_plain, to_plain


@dataclass(frozen=True, slots=True)
class Inner:
    kind: str = "resident"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Outer:
    name: str
    born: date | None
    marks: tuple[str, ...]
    inner: Inner = Inner()
    more: tuple[Inner, ...] = ()
    case: UUID | None = None
    count: int = 1
    told: bool = False
    form: Mapping[str, object] = field(default_factory=dict)


FULL = Outer(
    name="刘桂兰",
    born=date(1956, 3, 12),
    marks=("a", "b"),
    inner=Inner("passport", "x"),
    more=(Inner(), Inner(note="y")),
    case=UUID(int=7),
    count=0,
    told=True,
    form={"level": ["1", "2"], "on": True},
)


@pytest.mark.parametrize(
    "value",
    [
        FULL,
        Outer("", None, ()),
        Outer("x", None, (), inner=Inner(kind="")),
        Outer("x", None, (), more=(Inner(kind=""),), count=0),
    ],
)
def test_what_was_given_comes_back(value: Outer) -> None:
    """Also a text that was emptied where the default is another."""
    assert from_plain(Outer, json.loads(json.dumps(to_plain(value)))) == value


def test_defaults_are_left_out_however_they_were_made() -> None:
    """The same facts give the same payload, whether a text is the program's own or was typed."""
    typed = "".join(["resi", "dent"])
    assert to_plain(Outer("x", None, (), inner=Inner(kind=typed))) == {"name": "x", "form": {}}


def test_keys_nobody_knows_are_passed_over() -> None:
    """A draft of a newer program is read as far as it is understood."""
    assert from_plain(Inner, {"kind": "passport", "later": 1}) == Inner("passport")


def test_nothing_in_place_of_a_day_is_nothing() -> None:
    assert from_plain(Outer, {"name": "x", "born": None, "marks": []}).born is None


def test_days_and_ids_in_a_table_of_the_forms_own_become_text() -> None:
    form = {"on": date(2026, 11, 23), "case": UUID(int=7)}
    assert to_plain(form) == {"on": "2026-11-23", "case": UUID(int=7).hex}


def test_a_word_of_a_closed_list_stays_what_it_is() -> None:
    class Kind(StrEnum):
        RESIDENT = "resident"

    assert json.dumps(to_plain({"kind": Kind.RESIDENT})) == '{"kind": "resident"}'
