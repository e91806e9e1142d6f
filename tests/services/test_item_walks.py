"""A case of every item is walked by its own buttons to each end of its life-cycle, and its form is printed."""

from collections.abc import Iterator
from datetime import date
from itertools import count, product

import pytest

from desk.domain.application_form import CHOSEN
from desk.domain.catalog import Item
from desk.domain.field_values import clean, show
from desk.domain.fields import FieldDef
from desk.domain.workflow import Workflow
from desk.services import case_views, cases, desk_papers, documents, intake
from desk.services.check import check
from desk.services.intake_checks import START
from desk.services.office import Office
from desk.services.paper_shapes import FORM
from desk.services.views import CaseDetail, IntakeValues
from tests.builders import rules
from tests.printing.reading import text_of
from tests.services.item_facts import Attempt, desk_of
from tests.services.item_walks import (
    CODES,
    begin,
    good,
    of_a_stranger,
    press,
    roads,
    walk,
    without_papers,
)

CLOSED_WAYS = {"archive", "deliver", "void"}
"""The only buttons of a closed case."""
BEFORE_ACCEPTANCE = ("received", "supplement")
NOTHING = ("-",)
"""The key of no paper."""


@pytest.mark.parametrize("code", CODES)
def test_a_case_reaches_every_end_of_its_life_cycle(shared_office: Office, code: str) -> None:
    """By the buttons its page offers, with right answers to what they ask; there it is closed, and no time runs."""
    strangers = count(1000 * (CODES.index(code) + 1))
    ends = roads(shared_office, shared_office.catalog.item(code)).ends()
    assert {"concluded", "archived", "void", "refused"} <= set(ends)
    passed: set[str] = set()
    for goal in ends:
        if goal in passed:
            continue
        values = of_a_stranger(good(shared_office, code), next(strangers))
        page = walk(shared_office, values, goal, passed)
        assert (page.row.state, page.state.phase) == (goal, "closed")
        assert page.row.due.level == "none"
        assert {action.key for action in page.actions} <= CLOSED_WAYS
        assert [row.text for row in page.history if row.text]


def test_every_button_of_an_application_can_be_pressed(shared_office: Office) -> None:
    """From each state it leaves, on a case of one of each sort of item, with its papers, without, or brought later."""
    strangers = count(900_000)
    items = sorts(shared_office)
    lent = Attempt(good(shared_office, CODES[0])).decided(delegated_acceptance=CODES)
    left = buttons(shared_office.catalog.workflows["application"])
    for office, item in product((shared_office, desk_of(shared_office, lent)), items):
        reach = roads(office, item).within_reach()
        for state, lacking, brought in product(reach, lacks(item), (False, True)):
            if lacking is not NOTHING and state not in BEFORE_ACCEPTANCE:
                continue
            while any(source == state for source, _, _ in left):
                whole = of_a_stranger(good(office, item.code), next(strangers))
                page = walk(office, without_papers(whole, *lacking), state)
                page = bring(office, page, whole) if brought else page
                offered = {(state, one.key, one.label): one for one in page.actions}
                button = next((key for key in offered if key in left), None)
                if button is None:
                    break
                assert press(office, page, offered[button]).version > page.version
                left.remove(button)
    assert left == set()


def sorts(office: Office) -> list[Item]:
    """One item of each sort the life-cycle of applications tells apart."""
    found: dict[tuple[object, ...], Item] = {}
    for item in office.catalog.items.values():
        limits = item.limits
        sort = (
            item.acceptor == "community",
            item.instant,
            limits.publicity_days > 0 and (limits.publicity_counts,),
            any(paper.required for paper in item.materials),
            limits.tolerance_days > 0 and any(paper.tolerable for paper in item.materials),
        )
        if item.workflow == "application":
            found.setdefault(sort, item)
    return list(found.values())


def lacks(item: Item) -> tuple[tuple[str, ...], ...]:
    """Nothing, all papers, or those that may be promised."""
    borne = tuple(paper.key for paper in item.materials if paper.tolerable)
    return (NOTHING, (), borne) if borne else (NOTHING, ())


def bring(office: Office, page: CaseDetail, values: IntakeValues) -> CaseDetail:
    """All papers of the intake brought later."""
    case_id = page.row.id
    cases.bring_materials(office, case_id=case_id, version=page.version, handed_in=values.handed_in)
    return case_views.detail(office, case_id=case_id)


def buttons(workflow: Workflow) -> set[tuple[str, str, str]]:
    """Every move of the desk or the accepting body on a case, by the state it leaves, its key and its label."""
    return {
        (source, action.key, action.label)
        for action in workflow.actions
        for source in action.sources
        if action.who != "system" and source != START
    }


@pytest.mark.parametrize("code", CODES)
def test_the_form_bears_every_answer_and_the_blank_every_label(
    shared_office: Office, code: str
) -> None:
    """As the desk hands it out: of a case with all that was told, blank with a place for each field."""
    values = of_a_stranger(good(shared_office, code), 500_000 + CODES.index(code))
    view = intake.prepare(shared_office, values=values)
    page = begin(shared_office, values, view.ends[0])
    document = desk_papers.issue(shared_office, case_id=page.row.id, kind=FORM).value
    printed = squeezed(text_of(documents.pdf(shared_office, document_id=document)))
    for field in view.fields:
        for words in on_the_form(field, values.form[field.key]):
            assert words in printed, field.key
    blank = squeezed(text_of(desk_papers.blank(shared_office, kind=FORM, item=code)))
    left_out = shared_office.rules.form_wording.person_left_out
    person = [field for field in view.person_fields if field.key not in left_out]
    for field in (*shared_office.catalog.item(code).fields, *person):
        assert squeezed(field.label) in blank
    assert CHOSEN not in blank


def squeezed(text: str) -> str:
    """The text without blanks and line ends."""
    return "".join(text.split())


def on_the_form(field: FieldDef, typed: object) -> Iterator[str]:
    """What the form must say of an answer: behind its label, or as a ticked option."""
    value, _ = clean(field, typed)
    offered = len(field.choices) <= rules().form_wording.most_options
    if field.kind == "bool":
        yield CHOSEN + ("是" if value else "否")
    elif field.choices and offered:
        chosen = value if isinstance(value, list) else [value]
        yield from (CHOSEN + choice.label for choice in field.choices if choice.code in chosen)
    elif field.kind == "date":
        day = date.fromisoformat(str(value))
        yield squeezed(field.label) + f"{day.year}年{day.month}月{day.day}日"
    else:
        yield squeezed(field.label) + squeezed(show(field, value))


def test_the_whole_file_is_sound_after_all_that(shared_office: Office) -> None:
    """Chain and rows agree; runs last, over all that the tests above wrote."""
    assert check(shared_office).findings == ()
