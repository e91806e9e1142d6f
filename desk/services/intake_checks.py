"""What the rules say of an intake as typed: one pass of checks, used for the page and again at the end."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from desk.domain import materials as papers
from desk.domain.catalog import Item, MaterialDef
from desk.domain.catalog_diff import present_code
from desk.domain.eligibility import Assessment, assess
from desk.domain.facts import PersonFacts, derived_at, facts_for
from desk.domain.field_values import clean
from desk.domain.fields import FieldDef
from desk.domain.forms import check_form, visible
from desk.domain.identity import CITIZEN_NUMBER_TYPES, read_id
from desk.domain.materials import HandedIn, HeldMaterial, NeededMaterial
from desk.domain.text import clean_text
from desk.domain.workflow import Workflow
from desk.errors import ItemGone, Problem
from desk.services import people, promises, register_facts
from desk.services.office import Office
from desk.services.register_facts import Registered
from desk.services.views import AgentValues, IntakeValues, PersonValues

START = "new"

REMARK = FieldDef("remark", "备注", "note", max_length=500)
PAPER_NOTE = FieldDef("note", "材料说明", "text", max_length=200)
LONGEST_CHANNEL = 20


@dataclass(frozen=True, slots=True)
class Checked:
    """An intake after all checks: cleaned values, the person's row, what stands against it, and the facts for the life-cycle."""

    item: Item
    workflow: Workflow
    values: IntakeValues
    known: Mapping[Any, Any] | None
    person_fields: tuple[FieldDef, ...]
    fields: tuple[FieldDef, ...]
    questions: tuple[FieldDef, ...]
    derived: Mapping[str, object]
    registered: Mapping[str, str]
    assessment: Assessment
    needed: tuple[NeededMaterial, ...]
    handed_in: tuple[HandedIn, ...]
    missing: tuple[MaterialDef, ...]
    problems: tuple[Problem, ...]
    advice: tuple[Problem, ...]
    facts: Mapping[str, object]


def _item(office: Office, code: str) -> Item:
    """The item as it is called now. Raises ItemGone for one that was removed, or never was."""
    present = present_code(office.catalog, code)
    if not present:
        raise ItemGone(code)
    return office.catalog.item(present)


def check(office: Office, connection: Connection, values: IntakeValues) -> Checked:
    """Check everything typed so far against the item's rules of today. Raises ItemGone."""
    item = _item(office, values.item_code)
    block = office.catalog.person_blocks[item.person_block]
    person, found = _person(office, values.person, block)
    agent, agent_found = _agent(office, values.agent, person)
    known = people.same(connection, person, values.person_id)
    person_id = known["id"] if known else None
    registered = register_facts.known(office, connection, item, person_id, values.form)
    values = register_facts.answered(values, item, registered)
    facts = _facts(office, item, values, person, agent)
    fields, questions = visible(_at_intake(item), facts), visible(item.questions, facts)
    form, form_found = check_form(fields, values.form, facts)
    answers, answer_found = check_form(questions, values.answers, facts)
    assessment = assess(item, facts)
    needed = papers.needed(item, facts, _held(office, connection, person_id), office.today)
    given, notes_found = _notes(office, item, values.handed_in)
    handed_in = with_held(given, needed)
    missing = papers.missing(needed, handed_in)
    remark, remark_found = clean(REMARK, values.remark)
    everything = (*found, *agent_found, *form_found, *answer_found, *notes_found, *remark_found)
    everything += _unanswered(item, assessment, everything)
    return Checked(
        item=item,
        workflow=office.catalog.workflows[item.workflow],
        values=replace(
            values,
            person_id=person_id,
            person=person,
            agent=agent,
            form=form,
            answers=answers,
            handed_in=handed_in,
            channel=clean_text(values.channel)[0][:LONGEST_CHANNEL],
            remark=str(remark or ""),
        ),
        known=known,
        person_fields=block,
        fields=_asked(fields, registered),
        questions=_asked(questions, registered),
        derived=derived_at(item, "intake", facts, {}, office.today),
        registered=registered.told,
        assessment=assessment,
        needed=needed,
        handed_in=handed_in,
        missing=missing,
        problems=tuple(problem for problem in everything if not problem.facts.get("advice")),
        advice=tuple(problem for problem in everything if problem.facts.get("advice")),
        facts={**facts, **life_cycle_facts(office, item, assessment, missing)},
    )


def _asked(fields: tuple[FieldDef, ...], registered: Registered) -> tuple[FieldDef, ...]:
    """What is left to ask when the registers have spoken."""
    return tuple(one for one in fields if one.key not in registered.facts)


def _held(
    office: Office, connection: Connection, person_id: UUID | None
) -> tuple[HeldMaterial, ...]:
    return people.held_materials(office, connection, person_id) if person_id else ()


def life_cycle_facts(
    office: Office,
    item: Item,
    assessment: Assessment | None,
    missing: tuple[MaterialDef, ...],
) -> dict[str, object]:
    """What the life-cycle's conditions ask about an item and its papers."""
    from_day = assessment.from_day if assessment else None
    delegated = office.county.params.get("delegated_acceptance", ())
    lent = isinstance(delegated, list | tuple) and item.code in delegated
    return {
        "acceptor_here": item.acceptor == "community" or lent,
        "instant": item.instant,
        "eligible": assessment.verdict if assessment else "yes",
        "ahead": from_day is not None and (from_day - office.today).days <= item.limits.ahead_days,
        "complete": not missing,
        "tolerable": bool(missing)
        and item.limits.tolerance_days > 0
        and all(paper.tolerable for paper in missing),
        "has_publicity": item.limits.publicity_days > 0,
        "publicity_counts": item.limits.publicity_counts,
        "silent": item.limits.silent_acceptance,
        "lapses": item.limits.lapses,
        "supplement_over": False,
        "due_over": False,
        "half_year_silent": False,
        "silent_over": False,
    }


def with_held(
    handed_in: tuple[HandedIn, ...], needed: tuple[NeededMaterial, ...]
) -> tuple[HandedIn, ...]:
    """What was handed in, and what is still valid from last time, which ticks itself."""
    # A paper named twice is one paper, as last told.
    given = {paper.key: paper for paper in handed_in}
    carried = tuple(
        HandedIn(
            key=need.material.key,
            name=need.material.name,
            original_seen=False,
            original_kept=False,
            copies=0,
            carried_over=True,
            note=f"{need.held.case_no} 已收",
        )
        for need in needed
        if need.state == "held" and need.held and need.material.key not in given
    )
    return (*given.values(), *carried)


def _unanswered(
    item: Item, assessment: Assessment, found: tuple[Problem, ...]
) -> tuple[Problem, ...]:
    """A hard rule that waits for an answer is a question to be asked before the case is taken in.

    One that waits for a derived fact has its problem at the field the fact comes from.
    """
    named = {problem.field for problem in found}
    asked = {field.key for field in (*item.fields, *item.questions)}
    waiting = [fact for fact in assessment.unanswered if fact in asked and fact not in named]
    return tuple(Problem(fact, "required") for fact in waiting)


def _person(
    office: Office, values: PersonValues, block: tuple[FieldDef, ...]
) -> tuple[PersonValues, tuple[Problem, ...]]:
    """The person cleaned, sex and birth taken from the number, with the problems of the block's fields."""
    typed = {field.key: getattr(values, field.key) for field in block}
    problems: list[Problem] = []
    if "id_no" in typed and values.id_no:
        reading = read_id(
            values.id_no, _id_type_label(block, values.id_type), office.today, office.rules.regions
        )
        problems += [*reading.problems, *map(_advice, reading.advice)]
        typed["id_no"] = reading.number
        if reading.birth:
            typed["birth"] = reading.birth.isoformat()
            typed["sex"] = reading.sex
    plain = tuple(field for field in block if field.kind != "idnumber" or not values.id_no)
    cleaned, found = check_form(plain, typed, {"id_type": values.id_type})
    if _id_type_label(block, values.id_type) in CITIZEN_NUMBER_TYPES:
        # Read from the number and not typed: a wrong number is what has to be mended.
        found = tuple(problem for problem in found if problem.field != "birth")
    texts = {key: str(value or "") for key, value in (typed | cleaned).items()}
    return replace(values, **texts, **_not_asked(office, values, block)), (*problems, *found)


def _not_asked(office: Office, values: PersonValues, block: tuple[FieldDef, ...]) -> dict[str, str]:
    """What is known of the person beyond this item's block; nobody sees these fields, so what is wrong is left out."""
    asked = {field.key for field in block}
    further = [f for f in office.catalog.person_blocks["full"] if f.key not in asked]
    kept = {}
    for field in further:
        value, found = clean(field, getattr(values, field.key))
        right = all(problem.facts.get("advice") for problem in found)
        kept[field.key] = str(value) if value is not None and right else ""
    return kept


def _notes(
    office: Office, item: Item, handed_in: tuple[HandedIn, ...]
) -> tuple[tuple[HandedIn, ...], tuple[Problem, ...]]:
    """The papers with their notes cleaned, and what is wrong with a note or a promise, by the key of its paper."""
    cleaned, problems = [], []
    for paper in handed_in:
        note, found = clean(PAPER_NOTE, paper.note)
        cleaned.append(paper if note == paper.note else replace(paper, note=str(note or "")))
        problems += [replace(problem, field=paper.key) for problem in found]
    return tuple(cleaned), (*problems, *promises.wrong_days(office, item, handed_in))


def _advice(problem: Problem) -> Problem:
    return replace(problem, facts={**problem.facts, "advice": True})


def _id_type_label(block: tuple[FieldDef, ...], typed: str) -> str:
    """The kind of certificate in words: the page gives its code, a card reader its name."""
    choices = next((field.choices for field in block if field.key == "id_type"), ())
    return next((choice.label for choice in choices if choice.code == typed), typed)


def _agent(
    office: Office, values: AgentValues, person: PersonValues
) -> tuple[AgentValues, tuple[Problem, ...]]:
    if not any((values.name, values.id_no, values.phone, values.relation)):
        return values, ()
    block = office.catalog.person_blocks["agent"]
    typed = {field.key: getattr(values, field.key.removeprefix("agent_")) for field in block}
    cleaned, found = check_form(block, typed, {})
    texts = {
        key.removeprefix("agent_"): str(value or "") for key, value in (typed | cleaned).items()
    }
    agent = AgentValues(**texts)
    return agent, (*found, *_themselves(person, agent))


def _themselves(person: PersonValues, agent: AgentValues) -> tuple[Problem, ...]:
    """The applicant typed as his own agent: by the number it is certain, by the name a namesake may have come."""
    if agent.id_no and agent.id_no == person.id_no:
        return (Problem("agent_id_no", "agent_is_applicant"),)
    if agent.name and agent.name == person.name:
        return (_advice(Problem("agent_name", "agent_namesake")),)
    return ()


def _at_intake(item: Item) -> tuple[FieldDef, ...]:
    return tuple(field for field in item.fields if field.stage == "intake" and not field.derive)


def _facts(
    office: Office,
    item: Item,
    values: IntakeValues,
    person: PersonValues,
    agent: AgentValues,
) -> dict[str, object]:
    who = PersonFacts(
        name=person.name,
        id_no=person.id_no,
        sex=person.sex,
        birth=_date(person.birth),
        region=person.id_no[:6],
        is_proxy=bool(agent.name),
        proxy_relation=agent.relation,
    )
    return facts_for(
        item,
        person=who,
        form=values.form,
        answers=values.answers,
        county=office.county,
        on=office.today,
        register={},
    )


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
