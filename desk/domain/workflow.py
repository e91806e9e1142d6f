"""Life-cycles as tables: states, actions, which are allowed, what firing one gives."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from desk.domain.conditions import Condition
from desk.domain.fields import FieldDef, Stage
from desk.errors import ActionNotAllowed

STAY: Final = "="
"""As a target: the case stays where it is."""
BACK: Final = "<"
"""As a target: the case goes back to the state before the pause."""

Phase = Literal["open", "decided", "closed"]
Clock = Literal["none", "run", "pause", "stop"]
Tone = Literal["plain", "action", "good", "soon", "late"]
ClockEffect = Literal["", "start", "pause", "resume", "stop"]
Actor = Literal["desk", "acceptor", "system"]


@dataclass(frozen=True, slots=True)
class State:
    """One state: `clock` says whether time is counted in it, `bar` is its place in the state bar (0: not on it).

    `due` names a field of the item's form whose date is the case's due date while it stands here: a letter's last day, the
    day its receipt is to be back. `warn` is how many days ahead that date is marked.
    """

    key: str
    label: str
    phase: Phase
    clock: Clock
    tone: Tone = "action"
    bar: int = 0
    due: str = ""
    warn: int = 0


@dataclass(frozen=True, slots=True)
class Notice:
    """A word on the case's page in these states, from `days` before the date in the form's `field` on.

    `text` has the gaps {day} and {left}; with `when` it is said only while that holds.
    """

    states: tuple[str, ...]
    field: str
    days: int
    text: str
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """One move.

    `sources` are the states it leaves, `target` the one it reaches ("=" stays where it is, "<" goes back to the state
    before the pause). `asks` is the small form it needs; with `stage` it also asks the item's own fields of that stage, with
    `enters` the fields of those keys, filled in already or not.
    `paper` is the document it issues, `voids` the kind of paper of this case that counts no more, `number` the series it takes.
    `counts` names the field of the form that says how often the move was made; `done` may have it as {n}. `clears` empties
    fields of the form that say nothing any more; `renews` are fields whose value may be none this case had before.
    `who` acts: the desk, the accepting body (the desk registers it) or the daily tick. `second_person` asks for another
    operator's consent, `done` is the sentence for the history. Several rows may share a key; their `when` tells them
    apart, and the first whose condition holds is the one.
    """

    key: str
    label: str
    sources: tuple[str, ...]
    target: str
    who: Actor = "desk"
    when: Condition | None = None
    asks: tuple[FieldDef, ...] = ()
    stage: Stage | Literal[""] = ""
    enters: tuple[str, ...] = ()
    counts: str = ""
    clears: tuple[str, ...] = ()
    renews: tuple[str, ...] = ()
    paper: str = ""
    voids: str = ""
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
    notices: tuple[Notice, ...] = ()


def allowed(workflow: Workflow, state: str, facts: Mapping[str, object]) -> tuple[Action, ...]:
    """The moves open from `state`, in the order of the table, each key once.

    A condition that hangs on an unknown fact does not hold. The first primary one is the likeliest.
    """
    found: dict[str, Action] = {}
    for action in workflow.actions:
        if state in action.sources and _holds(action, facts):
            found.setdefault(action.key, action)
    return tuple(found.values())


def action_named(workflow: Workflow, state: str, key: str, facts: Mapping[str, object]) -> Action:
    """The move `key` as it stands open from `state`.

    Raises:
        ActionNotAllowed: no such move from this state, or its condition does not hold.
    """
    for action in workflow.actions:
        if action.key == key and state in action.sources and _holds(action, facts):
            return action
    raise ActionNotAllowed(key, state)


def with_stage(action: Action, fields: Iterable[FieldDef], form: Mapping[str, object]) -> Action:
    """The move as it is asked for one case: with the item's fields it enters, and those of its stage not filled in yet.

    What only the county may fill is never required of the desk. A field entered again begins with what it holds.
    """
    own = {one.key for one in action.asks}
    further = tuple(
        replace(
            one,
            required=one.required and one.owner != "county",
            default=one.default or (one.key if one.key in action.enters else ""),
        )
        for one in fields
        if not one.derive and one.key not in own and _asked_by(action, one, form)
    )
    return replace(action, asks=action.asks + further) if further else action


def next_state(workflow: Workflow, action: Action, state: str, state_before_pause: str) -> State:
    """The state `action` leads to from `state`.

    Raises:
        ActionNotAllowed: the action leads back, and no state before the pause is known.
    """
    target = {STAY: state, BACK: state_before_pause}.get(action.target, action.target)
    if target not in workflow.states:
        raise ActionNotAllowed(action.key, state)
    return workflow.states[target]


def ahead(workflow: Workflow, state: str, state_before_pause: str) -> frozenset[str]:
    """The states a case may still come to from `state`, whatever the conditions of the moves."""
    found: set[str] = set()
    left = [state, *filter(None, (state_before_pause,))]
    while left:
        here = left.pop()
        for action in workflow.actions:
            if here in action.sources and action.target in workflow.states.keys() - found:
                found.add(action.target)
                left.append(action.target)
    return frozenset(found)


def bar(workflow: Workflow) -> tuple[State, ...]:
    """The states of the state bar, in their order on it."""
    shown = [state for state in workflow.states.values() if state.bar]
    return tuple(sorted(shown, key=lambda state: state.bar))


def _asked_by(action: Action, one: FieldDef, form: Mapping[str, object]) -> bool:
    if one.key in action.enters:
        return True
    of_stage = bool(action.stage) and one.stage == action.stage
    return of_stage and form.get(one.key) in (None, "", [])


def _holds(action: Action, facts: Mapping[str, object]) -> bool:
    return action.when is None or action.when.holds(facts) is True
