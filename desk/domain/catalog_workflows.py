"""Reads a life-cycle and checks that it hangs together: no dead end, nothing out of reach."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from desk.domain.catalog_forms import FIELD_WORDS, Tables, read_fields
from desk.domain.catalog_nodes import Node, defaults, once, words
from desk.domain.workflow import BACK, STAY, Action, Notice, State, Workflow

PAPERS: Final = (
    "",
    "receipt_slip",
    "acceptance_notice",
    "one_time_notice",
    "refusal_notice",
    "conclusion_notice",
    "pause_notice",
    "withdrawal_notice",
    "proof_of_service",
    "transfer_letter",
    "transfer_receipt",
    "letter_returned",
    "branch_admission",
    "receipt_reminder",
)
_STATE = defaults(State)
_ACTION = defaults(Action)


def read_workflow(root: Node, tables: Tables) -> Workflow:
    """The life-cycle of a file `catalog/workflows/<key>.toml`."""
    states = tuple(_state(node) for node in root.nodes("state", name="key"))
    once(root, "state", (state.key for state in states), "状态")
    nodes = root.nodes("action", [], name="key")
    read = Workflow(
        key=root.text("key"),
        label=root.text("label"),
        start=root.text("start"),
        states={state.key: state for state in states},
        actions=tuple(_action(node, tables) for node in nodes),
        notices=tuple(_notice(node) for node in root.nodes("notice", [])),
    )
    root.finish()
    for node, action in zip(nodes, read.actions, strict=True):
        _check_action(node, action, read)
    for number, notice in enumerate(read.notices):
        for source in notice.states:
            if source not in read.states:
                root.fault(
                    f"notice[{number}].states", f"没有状态“{source}”", "、".join(read.states)
                )
    _check_twins(root, read)
    _check_ways(root, read)
    return read


def _state(node: Node) -> State:
    read = State(
        key=node.text("key"),
        label=node.text("label"),
        phase=node.word("phase", words(State, "phase")),
        clock=node.word("clock", words(State, "clock")),
        tone=node.word("tone", words(State, "tone"), _STATE["tone"]),
        bar=node.whole("bar", _STATE["bar"], 9),
        due=node.text("due", ""),
        warn=node.whole("warn", _STATE["warn"], 366),
    )
    node.finish()
    return read


def _notice(node: Node) -> Notice:
    read = Notice(
        states=node.texts("states"),
        field=node.text("field"),
        days=node.whole("days", most=366),
        text=node.text("text"),
        when=node.condition("when"),
    )
    node.finish()
    return read


def _action(node: Node, tables: Tables) -> Action:
    read = Action(
        key=node.text("key"),
        label=node.text("label"),
        sources=node.texts("sources"),
        target=node.text("target"),
        who=node.word("who", words(Action, "who"), _ACTION["who"]),
        when=node.condition("when"),
        asks=read_fields(node, "asks", tables),
        stage=node.word("stage", ("", *FIELD_WORDS["stage"]), ""),
        enters=node.texts("enters", []),
        counts=node.text("counts", ""),
        clears=node.texts("clears", []),
        renews=node.texts("renews", []),
        paper=node.word("paper", PAPERS, _ACTION["paper"]),
        voids=node.word("voids", PAPERS, _ACTION["voids"]),
        number=node.word("number", words(Action, "number"), _ACTION["number"]),
        clock=node.word("clock", words(Action, "clock"), _ACTION["clock"]),
        primary=node.yes_no("primary", _ACTION["primary"]),
        second_person=node.yes_no("second_person", _ACTION["second_person"]),
        done=node.text("done", ""),
    )
    node.finish()
    return read


def _check_action(node: Node, action: Action, workflow: Workflow) -> None:
    known = "、".join(workflow.states)
    for number, source in enumerate(action.sources):
        if source not in workflow.states:
            node.fault(f"sources[{number}]", f"没有状态“{source}”", known)
    if action.target not in (*workflow.states, STAY, BACK):
        node.fault("target", f"没有状态“{action.target}”", f"{known}、{STAY}、{BACK}")
    asked = (*(one.key for one in action.asks), *action.enters)
    for number, key in enumerate(action.renews):
        if key not in asked:
            node.fault(f"renews[{number}]", f"这一步不问“{key}”", "、".join(asked))


def _check_twins(root: Node, workflow: Workflow) -> None:
    """Rows that share key and source are told apart by their conditions alone."""
    rows = [(action, source) for action in workflow.actions for source in action.sources]
    counted = Counter((action.key, source) for action, source in rows)
    for action, source in rows:
        if counted[action.key, source] > 1 and action.when is None:
            root.fault(f"action[{action.key}]", f"从“{source}”出发的有几行，每行都要有 when")


def _check_ways(root: Node, workflow: Workflow) -> None:
    if workflow.start not in workflow.states:
        root.fault("start", f"没有状态“{workflow.start}”", "、".join(workflow.states))
        return
    reached = reachable(workflow, (workflow.start,))
    ends = [state.key for state in workflow.states.values() if state.phase == "closed"]
    for key in workflow.states:
        if key not in reached:
            root.fault(f"state[{key}]", "从起点走不到")
        if not reachable(workflow, (key,)) & set(ends):
            root.fault(f"state[{key}]", "走不到任何结束状态")


def reachable(workflow: Workflow, start: Iterable[str]) -> frozenset[str]:
    """States that can be reached from `start`, those included; a way back leads to every state it was left for."""
    ways = _ways(workflow)
    reached, waiting = set(start), list(start)
    while waiting:
        for target in ways.get(waiting.pop(), ()):
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    return frozenset(reached)


def _ways(workflow: Workflow) -> Mapping[str, set[str]]:
    ways: dict[str, set[str]] = {key: set() for key in workflow.states}
    paused: dict[str, set[str]] = {}
    for action in workflow.actions:
        if action.clock == "pause":
            paused.setdefault(action.target, set()).update(action.sources)
    for action in workflow.actions:
        for source in action.sources:
            targets = {source} if action.target == STAY else {action.target}
            if action.target == BACK:
                targets = paused.get(source, set())
            ways.setdefault(source, set()).update(targets)
    return ways
