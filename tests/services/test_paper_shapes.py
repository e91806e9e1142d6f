"""Papers that are no case's own: issued as events, drawn again from them, marked when printed again."""

from uuid import UUID

from desk.services import case_store, documents, paper_shapes
from desk.services.check import check
from desk.services.office import Office
from desk.services.operation import Operation, Work, perform
from tests.builders import take_in
from tests.printing.reading import text_of


def issued_form(office: Office, case_id: UUID) -> UUID:
    def work(bench: Work) -> UUID:
        return paper_shapes.issue_form(bench, case_store.load(office, bench.connection, case_id))

    return perform(office, Operation.ISSUE_PAPER, work).value


def test_a_form_is_filled_from_the_case_and_drawn_again(office: Office):
    done = take_in(office, "MZ-GL-01")
    document = issued_form(office, done.case_id)
    first = documents.hand_out(office, document_id=document, medium="A4").value
    told = text_of(first)
    assert "刘桂兰" in told
    assert "陕西省高龄老人生活保健补贴申请（审批）表" in told
    assert done.number in told
    again = documents.reprint(office, document_id=document, medium="A4").value
    assert "补打第 1 次" in text_of(again)
    assert documents.pdf(office, document_id=document, medium="A4") == first
    assert check(office).findings == ()


def test_a_letter_stands_at_its_places(office: Office):
    done = take_in(office, "DJ-ZZ-01")

    def work(bench: Work) -> UUID:
        values = {"number": "城党组介〔2026〕第 12 号", "name": "刘桂兰"}
        return paper_shapes.issue_layout(bench, "transfer_letter", values, case_id=done.case_id)

    document = perform(office, Operation.ISSUE_PAPER, work).value
    told = text_of(documents.pdf(office, document_id=document, medium="A4"))
    # On each of the three parts and across the seam.
    assert told.count("城党组介〔2026〕第 12 号") == 4
    documents.hand_out(office, document_id=document, medium="A4")
    again = documents.to_give(office, document_id=document)
    assert (again.medium, again.again) == ("A4", True)
    assert "补打第 1 次" in text_of(again.pdf)


def test_a_plain_paper_names_the_hall_and_its_number(office: Office):
    def work(bench: Work) -> UUID:
        return paper_shapes.issue_plain(bench, "forward_sheet", {}, number="")

    document = perform(office, Operation.ISSUE_PAPER, work).value
    told = text_of(documents.pdf(office, document_id=document, medium="A4"))
    assert office.hall.hall in told
