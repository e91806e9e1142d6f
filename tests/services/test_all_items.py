"""Every item of the shipped catalogue goes through the desk."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import pytest

from desk.errors import FieldsRefused, MaterialsMissing
from desk.services import case_views, intake
from desk.services.check import check
from desk.services.office import Office
from desk.services.views import IntakeValues, IntakeView, PersonValues
from tests.builders import id_number, intake_values, person, rules
from tests.services import deeds

CODES = tuple(rules().catalog.items)
CHILD = person("刘小宝", id_no=id_number(birth="20180601", order=41), birth="2018-06-01", sex="男")
OTHER_PEOPLE: Mapping[str, PersonValues] = MappingProxyType({"MZ-ET-01": CHILD})
"""Whom an item is for, where it is not for a woman of 70."""
OTHER_ANSWERS: Mapping[str, Mapping[str, object]] = MappingProxyType(
    {"JH-DZ-01": {"child_birth": "1990-05-01"}}
)
COMPLETE = ("conclude_now", "accept")


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


def without_paper(values: IntakeValues, key: str) -> IntakeValues:
    return replace(values, handed_in=tuple(p for p in values.handed_in if p.key != key))


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


def test_every_end_is_reached_over_the_items(shared_office: Office) -> None:
    """Each end the life-cycle knows is offered to some intake and carried out."""
    reached: set[str] = set()
    for code in CODES:
        values = of_a_stranger(good(shared_office, code), CODES.index(code))
        tries = [values, replace(values, handed_in=())]
        tries += [without_paper(values, key) for key in required_papers(shared_office, values)]
        for one in tries:
            view = intake.prepare(shared_office, values=one)
            for end in view.ends:
                if end.key not in reached:
                    asks = deeds.answers(end.asks, shared_office.today)
                    intake.finish(shared_office, values=one, end=end.key, asks=asks)
                    reached.add(end.key)
    workflow = shared_office.catalog.workflows["application"]
    assert reached == {a.key for a in workflow.actions if "new" in a.sources}


@pytest.mark.parametrize("code", CODES)
def test_a_required_field_left_out_is_named_and_nothing_is_written(
    shared_office: Office, code: str
) -> None:
    """Field by field: of the form, of the questions, of the person, whom no register knows."""
    values = of_a_stranger(good(shared_office, code), len(CODES) + CODES.index(code))
    view = intake.prepare(shared_office, values=values)
    before = deeds.everything(shared_office)
    left_out = 0
    for one, key in incomplete(values, view):
        with pytest.raises(FieldsRefused) as refused:
            intake.finish(shared_office, values=one, end=view.ends[0].key, asks={})
        assert key in {problem.field for problem in refused.value.problems}
        left_out += 1
    assert left_out or not view.questions
    assert deeds.everything(shared_office) == before


def incomplete(values: IntakeValues, view: IntakeView) -> list[tuple[IntakeValues, str]]:
    """The intake once for each required field, without it."""
    form = [
        (replace(values, form={k: v for k, v in values.form.items() if k != field.key}), field.key)
        for field in view.fields
        if field.required
    ]
    questions = [
        (
            replace(values, answers={k: v for k, v in values.answers.items() if k != field.key}),
            field.key,
        )
        for field in view.questions
        if field.required
    ]
    block = [
        (replace(values, person=replace(values.person, **{field.key: ""})), field.key)
        for field in view.person_fields
        # Sex and birth stand in the number; without the number both are asked for.
        if field.required and field.key not in ("sex", "birth", "id_type")
    ]
    return [*form, *questions, *block]


@pytest.mark.parametrize("code", CODES)
def test_a_required_paper_left_out_can_be_told_but_not_passed_over(
    shared_office: Office, code: str
) -> None:
    """A one-time notice is offered; ends that need all papers are neither offered nor carried out."""
    values = good(shared_office, code)
    values = of_a_stranger(values, CODES.index(code))
    before = deeds.everything(shared_office)
    for key in required_papers(shared_office, values):
        one = without_paper(values, key)
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
