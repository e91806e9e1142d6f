"""Where a case stands, and the one function that moves it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection

from db.models import Event, EventPayload
from desk.domain import case_clock
from desk.domain.canonical import Json
from desk.domain.case_clock import CaseClock
from desk.domain.catalog import Catalog, Item
from desk.domain.facts import defaults_at, derived_at, follows_form, start_values
from desk.domain.field_values import clean
from desk.domain.forms import check_form
from desk.domain.numbering import Number
from desk.domain.plain import to_plain
from desk.domain.workdays import HolidayTable
from desk.domain.workflow import Action, State, Workflow, action_named, next_state, with_stage
from desk.errors import FieldsRefused, Problem
from desk.services import missing_rules, numbers
from desk.services.operation import Work
from desk.services.ordered import Ordered
from desk.services.second_person import Approval

DONE_ON = (
    "accepted_on",
    "handed_on",
    "decided_on",
    "delivered_on",
    "admitted_on",
    "receipt_date",
    "reply_date",
    "last_contact",
    "issue_date",
    "presented_on",
)
BLANK: tuple[object, ...] = (None, "", [])
LONGEST = timedelta(days=730)
"""No pause is expected to last longer; a day further off is a slip in the year."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a move needs to know of a case."""

    case_id: UUID
    version: int
    item: Item
    workflow: Workflow
    state: State
    state_before: str
    clock: CaseClock
    form: Mapping[str, Any]
    short_no: str
    opened_on: date
    holidays: HolidayTable


@dataclass(frozen=True, slots=True)
class Moved:
    """The case after a move, the action that moved it, the number it took, if any, and what was given, cleaned."""

    standing: Standing
    action: Action
    number: Number | None
    given: Mapping[str, object]

    @property
    def said(self) -> str:
        """What was done, in the words of the history."""
        count = str(self.standing.form.get(self.action.counts, ""))
        return (self.action.done or self.action.label).replace("{n}", count)


def standing_of(catalog: Catalog, holidays: HolidayTable, row: Mapping[Any, Any]) -> Standing:
    """Where the case of this row stands, under the catalogue it was opened with and the holidays it is counted by."""
    item = missing_rules.item_of(catalog, row)
    workflow = missing_rules.workflow_of(catalog, row)
    return Standing(
        case_id=row["id"],
        version=row["version"],
        item=item,
        workflow=workflow,
        state=workflow.states[row["state"]],
        state_before=row["state_before"],
        clock=CaseClock.from_dict(row["clock"]),
        form=row["form"],
        short_no=row["short_no"],
        opened_on=date.fromisoformat(row["opened_on"]),
        holidays=holidays,
    )


def move(
    work: Work,
    standing: Standing,
    key: str,
    asks: Mapping[str, object],
    facts: Mapping[str, object],
    *,
    on: date | None = None,
    ordered: Ordered | None = None,
    approved: Approval | None = None,
) -> Moved:
    """Fire an action: new state, clock, number, and the event that carries all of it.

    `on` is the day it takes effect when that is not today, as with silent acceptance; `ordered` the county's order behind it,
    `approved` the second person's consent to it.

    Raises:
        ActionNotAllowed: no such move from here.
        FieldsRefused: what the action asks for is missing or wrong.
    """
    action = action_named(standing.workflow, standing.state.key, key, facts)
    action = with_stage(action, standing.item.fields, standing.form)
    known = {**facts, **standing.form, "$today": work.today.isoformat()}
    begun = start_values(action, known)
    typed = {**asks, **{key: v for key, v in begun.items() if asks.get(key) in BLANK}}
    given, problems = check_form(action.asks, typed, facts)
    problems = tuple(problem for problem in problems if not problem.facts.get("advice"))
    problems += _wrong_days(given, standing.opened_on, work.today)
    problems += _had_before(work, standing, action, given)
    if problems:
        raise FieldsRefused(problems)
    target = next_state(standing.workflow, action, standing.state.key, standing.state_before)
    effective = on or _effective_day(given, work.today)
    clock = _clock_after(standing, action, target, effective, given)
    number = numbers.take(work, action.number) if action.number else None
    after = replace(
        standing,
        version=standing.version + 1,
        state=target,
        state_before=standing.state.key if target.clock == "pause" else "",
        clock=clock,
        form=_form_after(standing, action, given, facts, effective),
        short_no=standing.short_no or (number.short if number else ""),
    )
    moved = Moved(after, action, number, given)
    payload = _payload(work, standing, moved) | (ordered.payload() if ordered else {})
    payload |= approved.payload() if approved else {}
    trunk = ordered.base if ordered else 0
    work.emit("case.moved", "case", standing.case_id, payload, base=standing.version, trunk=trunk)
    return moved


def asked_before(connection: Connection, case_id: UUID) -> tuple[Mapping[str, Any], ...]:
    """What was given with each move of the case that was not undone, oldest first."""
    query = (
        select(Event.origin, Event.n, Event.kind, EventPayload.payload)
        .join(Event, EventPayload.event_id == Event.id)
        .where(Event.entity_id == case_id, Event.kind.in_(("case.moved", "case.undone")))
        .order_by(Event.n)
    )
    rows = connection.execute(query).mappings().all()
    undone = undone_spans(rows)
    return tuple(
        row["payload"]["asks"] for row in rows if row["kind"] == "case.moved" and not undone(row)
    )


def undone_spans(rows: Sequence[Mapping[Any, Any]]) -> Callable[[Mapping[Any, Any]], bool]:
    """Of these rows of a case's log (origin, n, kind, payload) whether one tells of what was undone after it."""
    spans = [
        (row["origin"], row["payload"]["first"], row["payload"]["last"])
        for row in rows
        if row["kind"] == "case.undone" and row["payload"]
    ]
    return lambda row: any(
        row["origin"] == origin and first <= row["n"] <= last for origin, first, last in spans
    )


def _had_before(
    work: Work, standing: Standing, action: Action, given: Mapping[str, object]
) -> tuple[Problem, ...]:
    """What must be new and is not: the form or an earlier move of this case said the same."""
    if not action.renews:
        return ()
    told = (standing.form, *asked_before(work.connection, standing.case_id))
    used = {key: {one.get(key) for one in told} for key in action.renews}
    return tuple(
        Problem(key, "had_before", {"typed": str(given[key])})
        for key in action.renews
        if given.get(key) and given[key] in used[key]
    )


def _payload(work: Work, before: Standing, moved: Moved) -> dict[str, Json]:
    """All the move brought about, so that rows and replay need no rule."""
    after, clock, number = moved.standing, moved.standing.clock, moved.number
    started = clock.start if before.clock.start is None else None
    return {
        "action": moved.action.key,
        "said": moved.said,
        "from": before.state.key,
        "to": after.state.key,
        "state_before": after.state_before,
        "phase": after.state.phase,
        "asks": to_plain(moved.given),
        "clock": clock.to_dict(),
        "due_on": due_on(after),
        "provisional": clock.provisional,
        "accepted_on": started.isoformat() if started else "",
        "number": numbers.to_payload(number, work.office.epoch) if number else None,
        "short_no": "" if before.short_no else after.short_no,
        "form": dict(after.form) if after.form != before.form else None,
    }


def due_on(after: Standing) -> str:
    """The day that matters while the case stands here: of its clock, or of the field its state names ('' for none)."""
    if after.clock.running in ("run", "pause"):
        return after.clock.due_on
    return str(after.form.get(after.state.due) or "") if after.state.due else ""


def _form_after(
    standing: Standing,
    action: Action,
    given: Mapping[str, Any],
    facts: Mapping[str, object],
    on: date,
) -> dict[str, Any]:
    """The form with what this move entered and what follows from it."""
    kept = {key: v for key, v in standing.form.items() if key not in action.clears}
    form = {**kept, **_entered(standing, given)}
    if action.counts:
        form[action.counts] = int(form.get(action.counts) or 0) + 1
    if given:
        form |= follows_form(standing.item, facts, form, on)
    if action.clock == "start":
        form |= _at_acceptance(standing.item, facts, form, on)
    if action.stage:
        known = {**facts, "decided_on": given.get("decided_on")}
        form |= defaults_at(standing.item, action.stage, known, form, on)
        form |= derived_at(standing.item, action.stage, facts, form, on)
    return form


def _at_acceptance(
    item: Item, facts: Mapping[str, object], form: Mapping[str, Any], on: date
) -> dict[str, object]:
    """What the form works out by itself, anew: who registered ahead of a birthday is older once accepted."""
    derived = {one.key for one in item.fields if one.derive}
    typed = {key: value for key, value in form.items() if key not in derived}
    return derived_at(item, "intake", facts, typed, on)


def _entered(standing: Standing, given: Mapping[str, Any]) -> dict[str, Any]:
    """What an action asked for that is also a later field of the item's form.

    What the applicant said at the intake stays: his own `reason` is not the reason of a pause.
    """
    later = [field for field in standing.item.fields if field.stage != "intake"]
    return {
        field.key: given[field.key]
        for field in later
        if given.get(field.key) is not None and not clean(field, given[field.key])[1]
    }


def _wrong_days(given: Mapping[str, Any], opened: date, today: date) -> tuple[Problem, ...]:
    """What was done lies between receipt and today (the due date is counted from it); what is to end lies ahead."""
    bounds = dict.fromkeys(DONE_ON, (opened, today)) | {"expected_end": (today, today + LONGEST)}
    return tuple(
        Problem(key, "day_range", {"first": first.isoformat(), "last": last.isoformat()})
        for key, (first, last) in bounds.items()
        if given.get(key) and not first.isoformat() <= str(given[key]) <= last.isoformat()
    )


def _effective_day(given: Mapping[str, Any], today: date) -> date:
    """The day an acceptance registered later took effect, else today."""
    accepted = given.get("accepted_on")
    return date.fromisoformat(str(accepted)) if accepted else today


def _clock_after(
    standing: Standing,
    action: Action,
    target: State,
    on: date,
    given: Mapping[str, Any],
) -> CaseClock:
    clock, limits, table = standing.clock, standing.item.limits, standing.holidays
    match action.clock:
        case "start":
            clock = clock if clock.start else case_clock.started(limits, on, table)
        case "pause":
            clock = case_clock.paused(
                clock, limits, on, str(given.get("reason") or action.label), table
            )
        case "resume":
            clock = case_clock.resumed(clock, limits, on, table)
        case "stop":
            clock = case_clock.stopped(clock)
    return case_clock.stopped(clock) if target.phase != "open" else clock
