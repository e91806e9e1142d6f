"""Every item of the shipped catalogue goes through the desk: each end of its intake, each field and paper left out."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import pytest

from desk.errors import FieldsRefused, MaterialsMissing
from desk.services import case_views, intake
from desk.services.check import check
from desk.services.intake_checks import START
from desk.services.office import Office
from desk.services.views import IntakeValues, IntakeView
from tests.services import deeds
from tests.services.item_facts import Attempt, failing, met
from tests.services.item_walks import (
    CODES,
    finish,
    good,
    of_a_stranger,
    possible_ends,
    required_papers,
    without_papers,
)

COMPLETE = ("conclude_now", "accept")


def test_the_catalogue_holds_all_63_items() -> None:
    assert len(CODES) == 63


@pytest.mark.parametrize("code", CODES)
def test_good_values_are_taken_in(shared_office: Office, code: str) -> None:
    """The first end is the one that goes on: concluded, accepted or received, with number, paper and form."""
    values = good(shared_office, code)
    view = intake.prepare(shared_office, values=values)
    assert (view.problems, view.missing, view.assessment.verdict) == ((), (), "yes")
    end = view.ends[0]
    item = shared_office.catalog.item(code)
    here = item.acceptor == "community"
    wanted = "conclude_now" if item.instant and here else "accept" if here else "receive"
    assert end.key == wanted
    done = intake.finish(shared_office, values=values, end=end.key, asks={}).value
    page = case_views.detail(shared_office, case_id=done.case_id)
    assert (page.row.item_code, page.row.state) == (code, end.target)
    assert page.numbers == (done.number,)
    assert done.number[:2] == end.number
    assert done.number in deeds.paper(shared_office, done.document)
    shown = {line.label for line in page.form}
    asked = {field.label for field in view.fields if field.required}
    assert asked <= shown


@pytest.mark.parametrize("code", CODES)
def test_every_end_of_the_intake_is_reached(shared_office: Office, code: str) -> None:
    """With all papers, with one wanting, with none, and by somebody it is not for: every end the item allows, and no other."""
    item = shared_office.catalog.item(code)
    strangers = count(1000 * (CODES.index(code) + 1))
    reached: set[tuple[str, str]] = set()
    for one in tries(shared_office, good(shared_office, code)):
        # Each time somebody else, of whom no paper is kept.
        one = of_a_stranger(one, next(strangers))
        for end in intake.prepare(shared_office, values=one).ends:
            if (end.key, end.label) in reached:
                continue
            reached.add((end.key, end.label))
            done = finish(shared_office, one, end)
            page = case_views.detail(shared_office, case_id=done.case_id)
            assert (page.row.state, done.number[:2]) == (end.target, end.number)
            assert done.document is not None
    assert reached == possible_ends(shared_office, item)


def tries(office: Office, values: IntakeValues) -> Iterator[IntakeValues]:
    values = of_a_stranger(values, 0)
    yield values
    yield without_papers(values)
    yield from (without_papers(values, key) for key in required_papers(office, values))
    item, base = office.catalog.item(values.item_code), Attempt(values)
    for paper in item.materials:
        if paper.when and paper.required:
            yield without_papers(met(office, item, paper.when, base).values, paper.key)
    if item.limits.ahead_days:
        yield replace(values, person=replace(values.person, birth="1956-12-20"))
    for rule in (rule for rule in item.rules if rule.level == "hard"):
        yield failing(office, item, rule, base)[0].values


def test_no_end_of_a_life_cycle_is_closed_to_all_its_items(shared_office: Office) -> None:
    """An end of the application that no item reaches would be dead weight; other cycles share its ends for their few."""
    items = shared_office.catalog.items.values()
    possible = {end for item in items for end in possible_ends(shared_office, item)}
    for workflow in shared_office.catalog.workflows.values():
        named = {(one.key, one.label) for one in workflow.actions if START in one.sources}
        assert named <= possible


@pytest.mark.parametrize("code", CODES)
def test_a_required_field_left_out_is_named_and_nothing_is_written(
    shared_office: Office, code: str
) -> None:
    """Field by field, of the form, of the questions, of the person, whom no register knows: exactly that one is told."""
    values = of_a_stranger(good(shared_office, code), len(CODES) + CODES.index(code))
    view = intake.prepare(shared_office, values=values)
    before = deeds.everything(shared_office)
    left_out = 0
    for one, key in incomplete(values, view):
        with pytest.raises(FieldsRefused) as refused:
            intake.finish(shared_office, values=one, end=view.ends[0].key, asks={})
        told = [(problem.field, problem.code) for problem in refused.value.problems]
        assert told == [(key, "required")]
        left_out += 1
    assert left_out or not view.questions
    assert deeds.everything(shared_office) == before


def incomplete(values: IntakeValues, view: IntakeView) -> Iterator[tuple[IntakeValues, str]]:
    """The intake once for each required field, without it."""
    for field in view.fields:
        if field.required:
            form = {key: value for key, value in values.form.items() if key != field.key}
            yield replace(values, form=form), field.key
    for field in view.questions:
        if field.required:
            answers = {key: value for key, value in values.answers.items() if key != field.key}
            yield replace(values, answers=answers), field.key
    for field in view.person_fields:
        # Without its kind nothing can be said of a number.
        if field.required and field.key != "id_type":
            yield replace(values, person=replace(values.person, **{field.key: ""})), field.key


@pytest.mark.parametrize("code", CODES)
def test_a_required_paper_left_out_can_be_told_but_not_passed_over(
    shared_office: Office, code: str
) -> None:
    """A one-time notice is offered; ends that need all papers are neither offered nor carried out."""
    values = good(shared_office, code)
    values = of_a_stranger(values, CODES.index(code))
    before = deeds.everything(shared_office)
    for key in required_papers(shared_office, values):
        one = without_papers(values, key)
        view = intake.prepare(shared_office, values=one)
        ends = [end.key for end in view.ends]
        assert len(view.missing) == 1
        assert ends[0] == "notify"
        assert not set(COMPLETE) & set(ends)
        for end in COMPLETE:
            with pytest.raises(MaterialsMissing):
                intake.finish(shared_office, values=one, end=end, asks={})
    assert deeds.everything(shared_office) == before


def test_the_whole_file_is_sound_after_all_that(shared_office: Office) -> None:
    """Chain and rows agree; runs last, over all that the tests above wrote."""
    report = check(shared_office)
    assert report.findings == ()
    assert report.rows > 63
