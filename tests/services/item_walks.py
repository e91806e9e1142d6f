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
from tests.builders import consent, id_number, intake_values, person, rules
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


def accepted_here(office: Office, item: Item) -> bool:
    """Whether the community accepts the item, by itself or because the county lets it."""
    lent = office.county.params["delegated_acceptance"]
    return item.acceptor == "community" or (isinstance(lent, list | tuple) and item.code in lent)


def possible_ends(office: Office, item: Item) -> set[tuple[str, str]]:
    """The ends, by key and label, that the life-cycle has for an item like this, worked out from its conditions alone."""
    here = accepted_here(office, item)
    papers = [paper for paper in item.materials if paper.required]
    borne = item.limits.tolerance_days > 0 and any(paper.tolerable for paper in papers)
    refusable = {"yes"} | ({"no"} if any(rule.level == "hard" for rule in item.rules) else set())
    refusable |= {"later"} if item.limits.ahead_days else set()
    found = set()
    for action in office.catalog.workflows[item.workflow].actions:
        for complete, tolerable, eligible in _cases(bool(papers), borne, refusable):
            facts = {
                "acceptor_here": here,
                "instant": item.instant,
                "complete": complete,
                "tolerable": tolerable,
                "eligible": eligible,
                "ahead": eligible == "later",
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
        """The closed states some road leads to, the farthest first."""
        closed = [state.key for state in self.workflow.states.values() if state.phase == "closed"]
        far = {key: self.distances(key).get(START, 0) for key in closed}
        return sorted((key for key in closed if far[key]), key=lambda key: -far[key])

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

    def within_reach(self) -> set[str]:
        """The states a case can be brought to by buttons alone."""
        return {key for key in self.workflow.states if START in self.distances(key)} - {START}


def roads(office: Office, item: Item) -> Roads:
    """The moves that nothing known of the item alone rules out."""
    workflow = office.catalog.workflows[item.workflow]
    known: dict[str, object] = {
        "acceptor_here": accepted_here(office, item),
        "instant": item.instant,
        "has_publicity": item.limits.publicity_days > 0,
        "publicity_counts": item.limits.publicity_counts,
        "complete": None if any(paper.required for paper in item.materials) else True,
        "eligible": None if any(rule.level == "hard" for rule in item.rules) else "yes",
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
    cases.act(
        office,
        case_id=case_id,
        version=page.version,
        action=action.key,
        asks=asks,
        approved_by=consent(office, action),
    )
    return case_views.detail(office, case_id=case_id)


def walk(
    office: Office, values: IntakeValues, goal: str, passed: set[str] | None = None
) -> CaseDetail:
    """Take a case in and press the buttons its page offers, always one that leads nearer, until it stands at the goal.

    The states on the way are added to `passed`. What is concluded at once cannot be withdrawn: if no end with all papers leads on, the case is taken in with none.

    Raises:
        AssertionError: no button leads on; the message says from where.
    """
    away = roads(office, office.catalog.item(values.item_code)).distances(goal)
    for one in (values, without_papers(values)):
        end = _nearest(intake.prepare(office, values=one).ends, away, away[START])
        if end:
            return _onwards(office, begin(office, one, end), goal, away, passed)
    raise AssertionError(f"{values.item_code}: no end of the intake leads to {goal}")


def _onwards(
    office: Office,
    page: CaseDetail,
    goal: str,
    away: Mapping[str, int],
    passed: set[str] | None,
) -> CaseDetail:
    while page.row.state != goal:
        nearer = _nearest(page.actions, away, away[page.row.state])
        assert nearer, f"{page.row.item_code}: no button leads from {page.row.state} to {goal}"
        if passed is not None:
            passed.add(page.row.state)
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
