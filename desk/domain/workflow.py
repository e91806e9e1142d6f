"""Life-cycles as tables: states, actions, which are allowed, what firing one gives."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from desk.domain.conditions import Condition
from desk.domain.fields import FieldDef

Phase = Literal["open", "decided", "closed"]
Clock = Literal["none", "run", "pause", "stop"]
Tone = Literal["plain", "action", "good", "soon", "late"]
ClockEffect = Literal["", "start", "pause", "resume", "stop"]
Actor = Literal["desk", "acceptor", "system"]


@dataclass(frozen=True, slots=True)
class State:
    """One state: `clock` says whether time is counted in it, `bar` is its place in the state bar (0: not on it)."""

    key: str
    label: str
    phase: Phase
    clock: Clock
    tone: Tone = "action"
    bar: int = 0


@dataclass(frozen=True, slots=True)
class Action:
    """One move.

    `sources` are the states it leaves, `target` the one it reaches ("=" stays where it is, "<" goes back to the state
    before the pause). `asks` is the small form it needs, `paper` the document it issues, `number` the series it takes.
    `reason` means a written reason is required; `second_person` another operator's consent.
    """

    key: str
    label: str
    sources: tuple[str, ...]
    target: str
    who: Actor = "desk"
    when: Condition | None = None
    asks: tuple[FieldDef, ...] = ()
    paper: str = ""
    number: Literal["", "SJ", "SL"] = ""
    clock: ClockEffect = ""
    primary: bool = False
    second_person: bool = False
    done: str = ""


@dataclass(frozen=True, slots=True)
class Workflow:
    """One life-cycle; `start` is the state of a new case."""

    key: str
    label: str
    start: str
    states: Mapping[str, State]
    actions: tuple[Action, ...]
