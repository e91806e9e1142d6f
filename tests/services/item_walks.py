"""Intakes for every item of the catalogue, and the way of a case to any state by its own buttons."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from desk.domain.catalog import Item
from desk.domain.workflow import Action, Workflow
from desk.services import case_views, cases, intake
from desk.services.intake_checks import START
from desk.services.office import Office
from desk.services.views import CaseDetail, Finished, IntakeValues, PersonValues
from tests.builders import id_number, intake_values, person, rules
from tests.services import deeds

CODES = tuple(rules().catalog.items)
CHILD = person("刘小宝", id_no=id_number(birth="20180601", order=41), birth="2018-06-01", sex="男")
OTHER_PEOPLE: Mapping[str, PersonValues] = MappingProxyType({"MZ-ET-01": CHILD})
"""Whom an item is for, where it is not for a woman of 70."""
OTHER_ANSWERS: Mapping[str, Mapping[str, object]] = MappingProxyType(
    {"JH-DZ-01": {"child_birth": "1990-05-01"}}
)


def good(office: Office, code: str) -> IntakeValues:
    """An intake nothing stands against."""
    values = intake_values(office, code, who=OTHER_PEOPLE.get(code))
    return replace(values, form={**values.form, **OTHER_ANSWERS.get(code, {})})


def of_a_stranger(values: IntakeValues, order: int) -> IntakeValues:
    """The same intake for somebody from whom nothing is kept."""
    who = replace(values.person, id_type="414", id_no=f"E{order:07d}", name="外来人")
    return replace(values, person=who)


def required_papers(office: Office, values: IntakeValues) -> list[str]:
    """Keys of the papers that must be handed in, not kept from last time."""
    needed = intake.prepare(office, values=values).needed
    return [need.material.key for need in needed if need.state == "needed"]


def without_papers(values: IntakeValues, *keys: str) -> IntakeValues:
    """The intake without these papers; without any key it has none."""
    kept = tuple(paper for paper in values.handed_in if keys and paper.key not in keys)
    return replace(values, handed_in=kept)


def failing(office: Office, values: IntakeValues) -> Iterator[IntakeValues]:
    """The intake of somebody the item is not for, by each hard rule that a question asks."""
    for rule in office.catalog.item(values.item_code).rules:
        if rule.level == "hard" and isinstance(rule.value, bool) and rule.fact in values.answers:
            wrong = {**values.answers, rule.fact: not values.answers[rule.fact]}
            yield replace(values, answers=wrong)


def possible_ends(office: Office, item: Item) -> set[tuple[str, str]]:
    """The ends, by key and label, that the life-cycle has for an item like this, worked out from its conditions alone."""
    here = item.acceptor == "community"
    papers = [paper for paper in item.materials if paper.required]
    borne = item.limits.tolerance_days > 0 and any(paper.tolerable for paper in papers)
    refusable = {"yes"} | ({"no"} if any(rule.level == "hard" for rule in item.rules) else set())
    found = set()
    for action in office.catalog.workflows[item.workflow].actions:
        for complete, tolerable, eligible in _cases(bool(papers), borne, refusable):
            facts = {
                "acceptor_here": here,
                "instant": item.instant,
                "complete": complete,
                "tolerable": tolerable,
                "eligible": eligible,
            }
            if START in action.sources and (action.when is None or action.when.holds(facts)):
                found.add((action.key, action.label))
    return found


def _cases(papers: bool, borne: bool, verdicts: set[str]) -> Iterator[tuple[bool, bool, str]]:
    for eligible in sorted(verdicts):
        yield True, False, eligible
        if papers:
            yield False, False, eligible
        if borne:
            yield False, True, eligible


@dataclass(frozen=True, slots=True)
class Roads:
    """The moves of a life-cycle that can be open to cases of an item, the timers' left out."""

    workflow: Workflow
    moves: tuple[Action, ...]

    def ends(self) -> list[str]:
        """The closed states some road leads to."""
        closed = [state.key for state in self.workflow.states.values() if state.phase == "closed"]
        return [key for key in closed if START in self.distances(key)]

    def distances(self, goal: str) -> dict[str, int]:
        """How many moves each state is away from the goal."""
        found, edge = {goal: 0}, {goal}
        while edge:
            edge = {
                source
                for move in self.moves
                if move.target in edge
                for source in move.sources
                if source not in found
            }
            far = max(found.values()) + 1
            found |= dict.fromkeys(edge, far)
        return found


def roads(office: Office, item: Item) -> Roads:
    """The moves that nothing known of the item alone rules out."""
    workflow = office.catalog.workflows[item.workflow]
    known: dict[str, object] = {
        "acceptor_here": item.acceptor == "community",
        "instant": item.instant,
        "has_publicity": item.limits.publicity_days > 0,
        "publicity_counts": item.limits.publicity_counts,
    }
    moves = tuple(
        move
        for move in workflow.actions
        if move.who != "system" and (move.when is None or move.when.holds(known) is not False)
    )
    return Roads(workflow, moves)


def press(office: Office, page: CaseDetail, action: Action) -> CaseDetail:
    """Press a button with right answers; gives the page as it then stands."""
    asks = deeds.answers(action.asks, office.today)
    case_id = page.row.id
    cases.act(office, case_id=case_id, version=page.version, action=action.key, asks=asks)
    return case_views.detail(office, case_id=case_id)


def walk(office: Office, values: IntakeValues, goal: str) -> CaseDetail:
    """Take a case in and press the buttons its page offers, always one that leads nearer, until it stands at the goal.

    Raises:
        AssertionError: no button leads on; the message says where the case stands.
    """
    item = office.catalog.item(values.item_code)
    away = roads(office, item).distances(goal)
    ends = intake.prepare(office, values=values).ends
    end = _nearest(ends, away, away[START])
    assert end, f"{item.code}: no end of the intake leads to {goal}"
    page = begin(office, values, end)
    while page.row.state != goal:
        nearer = _nearest(page.actions, away, away[page.row.state])
        assert nearer, f"{item.code}: no button leads from {page.row.state} to {goal}"
        page = press(office, page, nearer)
    return page


def begin(office: Office, values: IntakeValues, end: Action) -> CaseDetail:
    """The page of a case taken in with this end."""
    done = finish(office, values, end)
    return case_views.detail(office, case_id=done.case_id)


def finish(office: Office, values: IntakeValues, end: Action) -> Finished:
    """End an intake with right answers to what the end asks."""
    asks = deeds.answers(end.asks, office.today)
    return intake.finish(office, values=values, end=end.key, asks=asks).value


def _nearest(actions: tuple[Action, ...], away: Mapping[str, int], now: int) -> Action | None:
    """The button that leads nearest to the goal, and nearer than here."""
    leading = [one for one in actions if away.get(one.target, now) < now]
    return min(leading, key=lambda one: away[one.target], default=None)
