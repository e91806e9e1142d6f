"""Taking a case in: what the page shows while it is typed, and the one transaction that ends it."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from desk.domain import case_clock
from desk.domain.canonical import Json
from desk.domain.case_clock import CaseClock
from desk.domain.deadlines import DueDate
from desk.domain.plain import to_plain
from desk.domain.workflow import Action, allowed, with_stage
from desk.errors import ActionNotAllowed, FieldsRefused, MaterialsMissing, NotEligible, Problem
from desk.services import (
    draft_pictures,
    drafts,
    intake_checks,
    item_words,
    items,
    paper_making,
    people,
    promises,
    records,
    recovery_proof,
    requests,
    standing,
)
from desk.services.gathered import gathering
from desk.services.intake_checks import START, Checked
from desk.services.material_events import material_payload
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform, reading
from desk.services.standing import Standing
from desk.services.views import Finished, IntakeValues, IntakeView

ENDS_WITHOUT_FORM = ("refuse",)
"""Ends for which only the person must be right: one who is turned away need not fill in a form first."""


def prepare(office: Office, *, values: IntakeValues) -> IntakeView:
    """What the rules make of the intake as typed so far; changes nothing.

    Raises:
        KeyError: the item is not in the catalogue.
    """
    with reading(office) as connection:
        checked = intake_checks.check(office, connection, values)
    ends = _ends(checked)
    return IntakeView(
        item=items.item_row(office, checked.item),
        headline=item_words.headline(office, checked.item),
        person_fields=checked.person_fields,
        derived={**checked.registered, **item_words.derived(checked.derived, checked.item)},
        fields=checked.fields,
        questions=checked.questions,
        assessment=checked.assessment,
        needed=checked.needed,
        missing=tuple(paper.name for paper in checked.missing),
        problems=checked.problems,
        advice=checked.advice,
        ends=ends,
        due=_due_if_accepted(office, checked),
        unconfirmed=item_words.unconfirmed(office, checked.item, checked.assessment.tier),
        paper_title=paper_making.title_for(office, checked, ends[0].paper) if ends else "",
    )


def finish(
    office: Office,
    *,
    values: IntakeValues,
    end: str,
    asks: Mapping[str, object],
    draft_id: int | None = None,
) -> Done[Finished]:
    """End the intake: person remembered, case opened, moved, numbered, its paper issued; all or nothing.

    Its draft goes in the same transaction: left behind by a power cut, it would be offered and ended once more.

    Raises:
        AttachmentLost: the bytes of a picture taken in with it are not there.
        FieldsRefused: a field is missing or wrong.
        MaterialsMissing, NotEligible, ActionNotAllowed: this end is not open to this case.
        RecoveryUnproved: it would be the first case, and the recovery key was not typed back.
    """

    def work(bench: Work) -> Finished:
        # The case is written once, as it is after its first move.
        with gathering(bench):
            return ended(bench)

    def ended(bench: Work) -> Finished:
        checked = intake_checks.check(office, bench.connection, values)
        action = _end_open_to(checked, end)
        recovery_proof.demand(office, bench.connection)
        checked = _as_it_ends(office, checked, action)
        person_id = people.remember(
            bench, checked.values.person, checked.known, _emptied(checked, values)
        )
        fresh = open_case(bench, checked, person_id)
        draft_pictures.attach(bench, fresh.case_id, checked.item, values.pictures)
        moved = standing.move(bench, fresh, end, asks, checked.facts)
        records.follow(bench, moved.standing.item, moved, checked.facts, person_id)
        document = paper_making.issue(bench, moved, checked)
        if draft_id is not None:
            drafts.forget(bench, draft_id)
        if values.request_id is not None:
            requests.link(bench, values.request_id, fresh.case_id)
        number = moved.number.full if moved.number else ""
        return Finished(fresh.case_id, number, document, moved.action.done or moved.action.label)

    return perform(office, Operation.INTAKE, work)


def preview(office: Office, *, values: IntakeValues, end: str, medium: str = "A5") -> bytes:
    """The paper this end would give, as PDF, with 待取号 where the number will stand."""
    with reading(office) as connection:
        checked = intake_checks.check(office, connection, values)
    action = next((action for action in _ends(checked) if action.key == end), None)
    checked = _as_it_ends(office, checked, action) if action else checked
    return paper_making.preview(office, checked, end, medium)


def open_case(work: Work, checked: Checked, person_id: UUID | None) -> Standing:
    """The event that brings a case into being; it stands before its first move."""
    office, item, values = work.office, checked.item, checked.values
    case_id = work.new_id()
    form = {**values.form, **{k: to_plain(v) for k, v in checked.derived.items()}}
    payload: dict[str, Json] = {
        "item": {"code": item.code, "short_name": item.short_name, "line": item.line},
        "catalog": {"version": office.catalog.version, "digest": office.catalog.digest},
        "workflow": checked.workflow.key,
        "state": START,
        "parties": _parties(values, person_id),
        "form": form,
        "answers": to_plain(values.answers),
        "eligibility": checked.assessment.to_dict(),
        "materials": [material_payload(item, paper, work.today) for paper in checked.handed_in],
        "channel": values.channel,
        "notes": {"remark": values.remark, "privacy_told": values.privacy_told},
    }
    work.emit("case.opened", "case", case_id, payload)
    return Standing(
        case_id=case_id,
        version=1,
        item=item,
        workflow=checked.workflow,
        state=checked.workflow.states[START],
        state_before="",
        clock=CaseClock(),
        form=form,
        short_no="",
        opened_on=work.today,
        holidays=office.holidays,
    )


def _ends(checked: Checked) -> tuple[Action, ...]:
    ends = allowed(checked.workflow, START, checked.facts)
    asked = [with_stage(end, checked.item.fields, checked.values.form) for end in ends]
    return tuple(sorted(asked, key=lambda action: not action.primary))


def _as_it_ends(office: Office, checked: Checked, action: Action) -> Checked:
    """The intake with what this end has to put on record: papers it accepts without are promised."""
    handed_in = promises.promised(
        office, action, checked.item, checked.handed_in, checked.missing, checked.facts
    )
    return replace(checked, handed_in=handed_in)


def _due_if_accepted(office: Office, checked: Checked) -> DueDate | None:
    return case_clock.started(checked.item.limits, office.today, office.holidays).due


def _end_open_to(checked: Checked, end: str) -> Action:
    _refuse_problems(checked, end)
    for action in _ends(checked):
        if action.key == end:
            return action
    if checked.assessment.verdict == "no":
        raise NotEligible([o.text for o in checked.assessment.outcomes if o.met is False])
    if checked.missing:
        raise MaterialsMissing([paper.name for paper in checked.missing])
    raise ActionNotAllowed(end, START)


def _emptied(checked: Checked, values: IntakeValues) -> tuple[str, ...]:
    """What the page showed of a known person, asked for and left blank: only a grid stands there for every item."""
    asked = {field.key for field in checked.person_fields}
    shown = checked.known is not None and values.person_id == checked.known["id"]
    return ("grid",) if shown and "grid" in asked and not checked.values.person.grid else ()


def _refuse_problems(checked: Checked, end: str) -> None:
    person_keys = {field.key for field in checked.person_fields}
    problems: tuple[Problem, ...] = checked.problems
    if end in ENDS_WITHOUT_FORM:
        problems = tuple(p for p in problems if p.field in person_keys and p.code != "required")
    if problems:
        raise FieldsRefused(problems)


def _parties(values: IntakeValues, person_id: UUID | None) -> list[dict[str, Json]]:
    applicant: dict[str, Json] = {
        "role": "applicant",
        "person": person_id.hex if person_id else None,
        "snapshot": people.snapshot(values.person),
    }
    agent: dict[str, Json] = {"role": "agent", "person": None, "snapshot": to_plain(values.agent)}
    return [applicant, agent] if values.agent.name else [applicant]
