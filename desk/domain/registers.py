"""What a register is: its entries' fields and states, and how cases put people on it and take them off."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from desk.domain.conditions import Condition
from desk.domain.fields import FieldDef, Sensitive
from desk.domain.workflow import Tone

Does = Literal["enrol", "raise", "recheck", "stop", "resume", "change"]
ListKind = Literal["entries", "due", "newcomers", "raise", "changes"]


@dataclass(frozen=True, slots=True)
class RegisterState:
    """Where an entry stands; `on_roll`: it counts as drawing the benefit."""

    key: str
    label: str
    tone: Tone
    on_roll: bool


@dataclass(frozen=True, slots=True)
class RegisterList:
    """One list of a register.

    entries: those in `states`; due: those on the roll whose day comes within `days` or is past; newcomers: residents who
    are not on it and reach its first age within `days`; raise: those on it who reach a higher tier; changes: a month's.
    `empty` says what to do where nobody stands on it.
    """

    key: str
    label: str
    kind: ListKind
    empty: str
    states: tuple[str, ...] = ()
    days: int = 0


@dataclass(frozen=True, slots=True)
class Deed:
    """What the desk may do to an entry by hand, without a case: `asks` fills fields of the register of those keys.

    Further asks are `month`, from when it counts, and `why`, a word for the history. `due` names the fact that becomes the
    entry's day ('' leaves it; an entry off the roll has none).
    """

    key: str
    label: str
    does: Does
    sources: tuple[str, ...]
    state: str
    asks: tuple[FieldDef, ...]
    due: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """One register (名册) of people.

    `item` is the service item by which one comes onto it, `recheck` and `change` those by which one is looked at again and
    changed ('' for none). `raise_from` and `backpay` name the county's parameters for the month a higher tier counts from,
    and whether months gone by are paid. `columns` are the fields its lists show, `due_label` is what the entries' day is called, `does`
    what its changes are. `known` are facts that hold for whoever stands on it, `shared` leads from facts to fields two
    applications must not have in common, `fills` from fields of an application to those of the entry that answer them.
    """

    key: str
    label: str
    line: str
    item: str
    states: Mapping[str, RegisterState]
    fields: tuple[FieldDef, ...]
    sensitive: Sensitive = ""
    recheck: str = ""
    change: str = ""
    due_label: str = ""
    raise_from: str = ""
    backpay: str = ""
    columns: tuple[str, ...] = ()
    lists: tuple[RegisterList, ...] = ()
    deeds: tuple[Deed, ...] = ()
    does: Mapping[Does, str] = field(default_factory=dict)
    known: Mapping[str, bool] = field(default_factory=dict)
    shared: Mapping[str, str] = field(default_factory=dict)
    fills: Mapping[str, str] = field(default_factory=dict)

    @property
    def on_roll(self) -> tuple[str, ...]:
        """The states that count as drawing the benefit."""
        return tuple(state.key for state in self.states.values() if state.on_roll)

    def list_named(self, key: str) -> RegisterList:
        """The list of that key. Raises KeyError where it has none."""
        return {one.key: one for one in self.lists}[key]

    def list_of(self, kind: ListKind) -> RegisterList | None:
        """The first list of a kind."""
        return next((one for one in self.lists if one.kind == kind), None)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a case does to its applicant's entry when one of `actions` is made and `when` holds.

    `sets` leads from a field of the register to the fact it takes; `due` and `month` name facts too ('' for none).
    `does` is what the entry's history and the month's list of changes call it.
    """

    actions: tuple[str, ...]
    register: str
    does: Does
    state: str
    sets: Mapping[str, str]
    due: str = ""
    month: str = ""
    when: Condition | None = None
