"""容缺受理: the paper that is to follow stays on the case and on the notice, with its day."""

from dataclasses import replace

import pytest

from desk.domain.materials import HandedIn
from desk.errors import FieldsRefused
from desk.services import case_views, cases, documents, intake
from desk.services.office import Office
from desk.services.views import CaseDetail, Finished, IntakeValues
from tests.builders import intake_values
from tests.printing.reading import text_of
from tests.services import deeds

PLAQUE, PAPER = "TY-GR-01", "veteran_proof"
CARD, PHOTO = "WJ-LN-01", "photo_1inch"


def without(office: Office, code: str, key: str, promised_by: str = "") -> IntakeValues:
    """Everything handed in but one paper, which may be promised for a day."""
    values = intake_values(office, code)
    brought = tuple(paper for paper in values.handed_in if paper.key != key)
    promise = HandedIn(
        key,
        "退役证件",
        original_seen=False,
        original_kept=False,
        copies=0,
        carried_over=False,
        promised_by=promised_by,
    )
    return replace(values, handed_in=(*brought, promise) if promised_by else brought)


def tolerate(office: Office, promised_by: str = "") -> Finished:
    values = without(office, PLAQUE, PAPER, promised_by)
    return intake.finish(office, values=values, end="tolerate", asks={}).value


def state_of(detail: CaseDetail, key: str) -> str:
    return next(row.state for row in detail.materials if row.key == key)


def printed(office: Office, done: Finished) -> str:
    assert done.document is not None
    return text_of(documents.pdf(office, document_id=done.document, medium="A5"))


def test_a_paper_nobody_set_a_day_for_is_promised_by_the_last_one(office: Office) -> None:
    done = tolerate(office)
    assert state_of(deeds.detail(office, done), PAPER) == "12-07 前补交"
    assert "2026 年 12 月 7 日" in printed(office, done)


def test_the_day_agreed_on_stands_on_the_notice(office: Office) -> None:
    done = tolerate(office, "2026-11-27")
    assert state_of(deeds.detail(office, done), PAPER) == "11-27 前补交"
    assert "2026 年 11 月 27 日" in printed(office, done)
    assert "2026 年 12 月 7 日" not in printed(office, done)


def test_the_preview_says_the_same(office: Office) -> None:
    values = without(office, PLAQUE, PAPER, "2026-11-27")
    assert "2026 年 11 月 27 日" in text_of(intake.preview(office, values=values, end="tolerate"))


@pytest.mark.parametrize("day", ["2026-11-22", "2026-12-08"])
def test_a_day_past_or_too_late_is_refused_and_named(office: Office, day: str) -> None:
    with pytest.raises(FieldsRefused) as refused:
        tolerate(office, day)
    (problem,) = refused.value.problems
    assert (problem.field, problem.code) == (PAPER, "day_range")
    assert problem.facts == {"first": "2026-11-23", "last": "2026-12-07"}


def test_it_can_be_brought_while_the_case_goes_on(office: Office) -> None:
    done = tolerate(office)
    came = replace(intake_values(office, PLAQUE).handed_in[-1], key=PAPER)
    version = deeds.detail(office, done).version
    cases.bring_materials(office, case_id=done.case_id, version=version, handed_in=(came,))
    assert state_of(deeds.detail(office, done), PAPER).startswith("已核验")


def test_the_body_that_accepts_elsewhere_may_wait_for_it_too(office: Office) -> None:
    values = without(office, CARD, PHOTO)
    done = intake.finish(office, values=values, end="receive", asks={}).value
    assert state_of(deeds.detail(office, done), PHOTO) == "还差"
    deeds.act(office, done, "confirm_accepted")
    detail = case_views.detail(office, case_id=done.case_id)
    assert state_of(detail, PHOTO) == "12-07 前补交"
    assert any("约定补交：" in row.text for row in detail.history)
