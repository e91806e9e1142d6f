"""What a case's page offers to print besides its own papers, and blank forms."""

import pytest

from desk.domain.application_form import FormFacts
from desk.errors import ActionNotAllowed
from desk.services import case_views, desk_papers, documents
from desk.services.check import check
from desk.services.office import Office
from desk.services.paper_making import hall_of
from tests.builders import take_in
from tests.printing.reading import text_of
from tests.services import deeds


def kinds(office: Office, done) -> list[str]:
    return [offer.kind for offer in desk_papers.offered(office, case_id=done.case_id)]


def test_what_is_offered_follows_the_state(office: Office):
    done = take_in(office, "MZ-GL-01")
    assert "forward_sheet" in kinds(office, done)
    assert "proof_of_service" not in kinds(office, done)
    deeds.walk(office, done, "confirm_accepted", "start_publicity", "end_publicity", "decide_ok")
    assert "proof_of_service" in kinds(office, done)
    assert "forward_sheet" not in kinds(office, done)


def test_every_offered_paper_is_filled_from_the_case_and_kept_with_it(office: Office):
    done = take_in(office, "MZ-GL-01")
    offers = desk_papers.offered(office, case_id=done.case_id)
    for offer in offers:
        document = desk_papers.issue(office, case_id=done.case_id, kind=offer.kind).value
        pdf = documents.hand_out(office, document_id=document, medium="A4").value
        told = text_of(pdf).replace("\n", "")
        assert offer.title in told
        assert done.number in told
        assert ("刘桂兰" in told) == (offer.kind != "rating_slip")
    shown = case_views.detail(office, case_id=done.case_id).documents
    assert {offer.title for offer in offers} <= {paper.title for paper in shown}
    assert check(office).findings == ()


def test_a_paper_that_is_not_offered_is_not_issued(office: Office):
    done = take_in(office, "MZ-GL-01")
    for kind in ("proof_of_service", "mediation_agreement"):
        with pytest.raises(ActionNotAllowed):
            desk_papers.issue(office, case_id=done.case_id, kind=kind)


def test_every_blank_form_can_be_printed_and_leaves_no_trace(office: Office):
    before = deeds.everything(office)
    blanks = desk_papers.blanks(office)
    assert {offer.item for offer in blanks} >= set(office.catalog.items)
    for offer in blanks:
        told = text_of(desk_papers.blank(office, kind=offer.kind, item=offer.item))
        assert offer.title in told.replace("\n", "")
    assert deeds.everything(office) == before


def test_a_blank_form_lies_on_the_countys_own_layout_where_it_has_one(office: Office):
    item, blocks = office.catalog.item("MZ-GL-01"), office.catalog.person_blocks
    told = FormFacts(item, hall_of(office), office.clock.now(), blocks["full"], blocks["agent"])
    own = office.rules.layouts["example_elderly_form"]
    for layout, mark in ((own, False), (None, True)):
        text = text_of(desk_papers.blank_form(office.rules, told, layout))
        assert ("参考样式" in text) is mark
        assert "姓名" in text.replace(" ", "")
        assert "2026" not in text
