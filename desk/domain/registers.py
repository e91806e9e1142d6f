"""What a register is: its entries' fields and states, and how cases put people on it and take them off."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from desk.domain.conditions import Condition
from desk.domain.fields import FieldDef, Sensitive
from desk.domain.workflow import Tone

Does = Literal["enrol", "raise", "recheck", "stop", "resume", "change"]


@dataclass(frozen=True, slots=True)
class RegisterState:
    """Where an entry stands; `on_roll`: it counts as drawing the benefit."""

    key: str
    label: str
    tone: Tone
    on_roll: bool


@dataclass(frozen=True, slots=True)
class Register:
    """One register (名册) of people; `item` is the service item by which one comes onto it."""

    key: str
    label: str
    line: str
    item: str
    states: Mapping[str, RegisterState]
    fields: tuple[FieldDef, ...]
    sensitive: Sensitive = ""


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
