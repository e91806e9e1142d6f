"""Papers on their way to a printer: counted when they are on paper, listed when they are not."""

from typing import Any, NamedTuple
from uuid import UUID

import pytest

from desk.clock import FixedClock
from desk.errors import NotFound
from desk.services import documents, paper_shapes, print_jobs, printers
from desk.services.check import check
from desk.services.office import Office
from desk.services.operation import Operation, Work, perform
from desk.services.print_jobs import PrintOrder
from desk.services.printers import EVERY, PrinterProfile
from desk.services.views import Finished, PersonValues
from tests.builders import person, take_in
from tests.printing.reading import text_of
from tests.services import deeds


class Issued(NamedTuple):
    finished: Finished
    document: UUID


def issued(office: Office, who: PersonValues | None = None) -> Issued:
    """A case with a paper that nobody has yet."""
    done = take_in(office, who=who or person())
    assert done.document is not None
    return Issued(done, done.document)


def begin(office: Office, document: UUID, **changes: object) -> PrintOrder:
    facts: dict[str, Any] = {"document_id": document, "medium": "A5", "printer": "甲"} | changes
    return print_jobs.begin(office, **facts).value


def prints(office: Office, done: Issued) -> int:
    return deeds.detail(office, done.finished).documents[0].prints


def test_the_first_print_is_the_original_and_later_ones_are_counted(
    office: Office, clock: FixedClock
) -> None:
    done = issued(office)
    first = begin(office, done.document)
    assert "补打" not in text_of(first.pdf)
    print_jobs.job_done(office, job_id=first.job_id)
    assert print_jobs.jobs(office) == ()
    assert prints(office, done) == 0
    assert documents.pdf(office, document_id=done.document) == first.pdf
    clock.advance(hours=1)
    again = begin(office, done.document)
    assert "补打第 1 次" in text_of(again.pdf)
    assert prints(office, done) == 0, "it is not on paper yet"
    print_jobs.job_done(office, job_id=again.job_id)
    assert prints(office, done) == 1
    assert check(office).findings == ()


def test_what_did_not_come_out_is_listed_and_is_no_reprint_when_it_does(office: Office) -> None:
    done = issued(office)
    order = begin(office, done.document, copies=2)
    changed = print_jobs.job_failed(office, job_id=order.job_id, why="missing").changes
    assert changed.prints
    (row,) = print_jobs.jobs(office)
    assert row.title == f"材料接收凭证　{done.finished.number}"
    assert (row.printer, row.copies, row.why) == ("甲", 2, "missing")
    assert (row.state, row.is_document, print_jobs.failed(office)) == ("failed", True, 1)
    again = print_jobs.retry(office, job_id=row.id, printer="乙").value
    assert (again.printer, again.pdf, print_jobs.failed(office)) == ("乙", order.pdf, 0)
    print_jobs.job_done(office, job_id=row.id)
    assert (print_jobs.jobs(office), prints(office, done)) == ((), 0)


def test_a_paper_given_out_meanwhile_is_marked_when_it_is_tried_again(office: Office) -> None:
    done = issued(office)
    stuck = begin(office, done.document)
    print_jobs.job_failed(office, job_id=stuck.job_id, why="stopped")
    documents.hand_out(office, document_id=done.document)
    order = print_jobs.retry(office, job_id=stuck.job_id).value
    assert "补打第 1 次" in text_of(order.pdf)


def test_a_later_print_of_the_same_paper_clears_the_earlier_failure(office: Office) -> None:
    done = issued(office)
    for why in ("missing", "stopped"):
        order = begin(office, done.document)
        print_jobs.job_failed(office, job_id=order.job_id, why=why)
    assert [row.why for row in print_jobs.jobs(office)] == ["stopped"]
    order = begin(office, done.document)
    print_jobs.job_done(office, job_id=order.job_id)
    assert print_jobs.jobs(office) == ()


def test_dropping_prints_nothing_and_counts_nothing(office: Office) -> None:
    done = issued(office)
    order = begin(office, done.document)
    print_jobs.job_failed(office, job_id=order.job_id, why="broken")
    print_jobs.drop(office, job_id=order.job_id)
    assert (print_jobs.jobs(office), prints(office, done)) == ((), 0)
    with pytest.raises(NotFound):
        print_jobs.retry(office, job_id=order.job_id)
    assert "补打" not in text_of(begin(office, done.document).pdf)


def test_what_was_on_its_way_when_the_program_ended_is_listed(office: Office) -> None:
    order = print_jobs.begin_pdf(office, title="名单", pdf=b"%PDF", medium="A4", printer="甲").value
    assert print_jobs.failed(office) == 0
    print_jobs.list_interrupted(office)
    (row,) = print_jobs.jobs(office)
    assert (row.id, row.why, row.is_document) == (order.job_id, print_jobs.CLOSED, False)
    assert print_jobs.retry(office, job_id=row.id).value.pdf == b"%PDF"


def test_offsets_go_with_printer_and_medium(office: Office) -> None:
    done = issued(office)
    printers.save_offsets(office, printer="甲", medium="A5", dx=1.25, dy=-99)
    order = begin(office, done.document)
    assert (order.dx, order.dy) == (1.2, -printers.FARTHEST)
    assert (
        begin(office, done.document, medium="A4").dx,
        begin(office, done.document, printer="乙").dx,
    ) == (0, 0)


def test_the_plan_names_what_no_font_has(office: Office) -> None:
    done = issued(office, person("刘\ue000兰"))
    plan = documents.plan(office, document_id=done.document)
    assert plan.unprintable == ("\ue000",)
    assert (plan.title, plan.profile.medium, plan.profile.at_once) == ("材料接收凭证", "A5", False)
    with pytest.raises(NotFound):
        documents.plan(office, document_id=office.origin)


def test_profiles_are_per_kind_and_fall_back_to_every_paper(office: Office) -> None:
    assert printers.profiles(office) == (PrinterProfile(EVERY),)
    printers.save_profile(office, profile=PrinterProfile(EVERY, "A4", "激光", 99))
    printers.save_profile(
        office, profile=PrinterProfile("receipt_slip", "58mm", "小票", silent=False)
    )
    every, own = printers.profiles(office)
    assert (every.copies, own.paper, own.medium) == (printers.MOST_COPIES, "receipt_slip", "58mm")
    assert printers.profile(office, kind="receipt_slip") == own
    notice = printers.profile(office, kind="acceptance_notice")
    assert (notice.paper, notice.medium, notice.printer) == ("acceptance_notice", "A4", "激光")
    assert notice.at_once
    assert not own.at_once
    assert printers.profile(office, kind="acceptance_notice", medium="58mm").printer == "小票"
    asked = printers.profile(office, kind="acceptance_notice", medium="241/3")
    assert (asked.medium, asked.printer, asked.at_once) == ("241/3", "", False)
    printers.drop_profile(office, paper="receipt_slip")
    assert printers.profile(office, kind="receipt_slip").printer == "激光"


def test_the_usual_medium_of_a_kind_is_what_is_drawn(office: Office) -> None:
    done = issued(office)
    printers.save_profile(office, profile=PrinterProfile("receipt_slip", "80mm"))
    usual = documents.pdf(office, document_id=done.document, medium="")
    assert usual == documents.pdf(office, document_id=done.document, medium="80mm")
    paper = documents.to_give(office, document_id=done.document)
    assert (paper.medium, paper.again) == ("80mm", False)
    documents.given(office, document_id=done.document, paper=paper)
    assert documents.to_give(office, document_id=done.document).again


def test_on_printed_stock_only_the_values_go_to_the_printer(office: Office) -> None:
    done = take_in(office, "DJ-ZZ-01")

    def work(bench: Work) -> UUID:
        values = {"number": "城党组介〔2026〕第 12 号", "name": "刘桂兰"}
        return paper_shapes.issue_layout(bench, "transfer_letter", values, case_id=done.case_id)

    letter = perform(office, Operation.ISSUE_PAPER, work).value
    stock = PrinterProfile("transfer_letter", "A4", "甲", only_values=True)
    printers.save_profile(office, profile=stock)
    order = begin(office, letter, medium="A4")
    assert "城党组介〔2026〕第 12 号" in text_of(order.pdf)
    assert "介绍信" not in text_of(order.pdf)
    print_jobs.job_done(office, job_id=order.job_id)
    kept = documents.pdf(office, document_id=letter, medium="A4")
    assert "介绍信" in text_of(kept), "what is kept is the whole paper"
    again = begin(office, letter, medium="A4")
    assert "补打第 1 次" in text_of(again.pdf)
