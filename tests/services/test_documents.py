"""Papers on file: kept as handed out, counted when printed again, found in the case's history."""

import pytest

from desk.clock import FixedClock
from desk.errors import NotFound
from desk.services import documents
from desk.services.check import check
from desk.services.office import Office
from desk.services.views import Finished
from tests.builders import take_in
from tests.printing.reading import text_of
from tests.services import deeds

TO_STREET = ("start_review", "start_publicity", "end_publicity", "register_street")


def test_reprints_are_counted(office: Office, clock: FixedClock) -> None:
    """补打第 1 次, 第 2 次; the original has no such mark."""
    done = take_in(office)
    assert done.document is not None
    original = documents.hand_out(office, document_id=done.document).value
    assert "补打" not in text_of(original)
    for count in (1, 2):
        clock.advance(hours=1)
        shown = text_of(documents.to_give(office, document_id=done.document).pdf)
        copy = text_of(documents.reprint(office, document_id=done.document).value)
        assert shown == copy
        assert f"补打第 {count} 次" in copy.replace("\u3000", " ")
        assert done.number in copy
    page = deeds.detail(office, done)
    assert [paper.prints for paper in page.documents] == [2]
    assert [line.text for line in page.history[:2]] == ["补打第 2 次", "补打第 1 次"]
    assert deeds.serials(office, "SJ") == [1]
    assert check(office).findings == ()


@pytest.mark.parametrize("medium", ["A4", "A5", "80mm"])
def test_a_paper_says_the_same_on_every_medium(shared_office: Office, medium: str) -> None:
    """Number and item at least."""
    done = take_in(shared_office)
    assert done.document is not None
    pdf = documents.pdf(shared_office, document_id=done.document, medium=medium)
    text = text_of(pdf)
    assert done.number in text.replace("\n", "")
    assert "高龄" in text


def test_a_paper_nobody_issued_is_not_found(shared_office: Office) -> None:
    """By looking, handing out and printing alike; nothing is written."""
    before = deeds.everything(shared_office)
    for deed in (documents.pdf, documents.hand_out, documents.reprint):
        with pytest.raises(NotFound):
            deed(shared_office, document_id=shared_office.origin)
    assert deeds.everything(shared_office) == before


def test_papers_remember_their_day(office: Office, clock: FixedClock) -> None:
    """Drawn a month later, the date of issue is still that of the issue."""
    done = take_in(office)
    clock.advance(days=40)
    assert "2026 年 11 月 23 日" in deeds.paper(office, done.document)
    assert "2027" not in deeds.paper(office, done.document)


def test_the_accepting_bodys_own_number_is_on_the_notice(office: Office):
    done = take_in(office, "MZ-GL-01")
    accepted = deeds.act(office, done, "confirm_accepted", acceptor_no="城街民受〔2026〕118 号")
    assert accepted.document is not None
    pdf = documents.pdf(office, document_id=accepted.document)
    assert "城街民受〔2026〕118 号" in text_of(pdf)


def concluded_paper(office: Office, done: Finished) -> str:
    """The paper of the end, where nothing is typed again."""
    asks = {"result": "", "result_number": "", "result_name": ""}
    known = {one.key for action in deeds.detail(office, done).actions for one in action.asks}
    typed = {key: text for key, text in asks.items() if key in known}
    return deeds.paper(office, deeds.act(office, done, "conclude", **typed).document)


def test_what_the_accepting_body_said_once_is_on_later_papers(
    office: Office, clock: FixedClock
) -> None:
    """Its number and that of its decision, typed where they were told, stand on the notice of the end."""
    done = take_in(office, "MZ-GL-01")
    deeds.act(office, done, "confirm_accepted", acceptor_no="城街民受〔2026〕118 号")
    told = {"decided_on": "2026-11-23", "result_number": "三高补字〔2026〕第 9 号"}
    deeds.walk(office, done, *TO_STREET)
    deeds.act(office, done, "decide_ok", **told)
    clock.advance(days=4)
    text = concluded_paper(office, done)
    assert "城街民受〔2026〕118 号" in text
    assert "三高补字〔2026〕第 9 号" in text
    assert "作出日期 2026 年 11 月 23 日" in text.replace("\u3000", " ")


def test_who_is_turned_down_gets_no_notice_of_success_but_the_proof_of_service(
    office: Office,
) -> None:
    """The reasons stand on the deciding body's own paper; the desk proves that it was handed over."""
    done = take_in(office, "MZ-GL-01")
    deeds.walk(office, done, "confirm_accepted", *TO_STREET)
    told = {"decided_by": "三原县民政局", "result_number": "三高补不字〔2026〕第 3 号"}
    deeds.act(office, done, "decide_no", **told)
    text = concluded_paper(office, done)
    for words in ("送达回证", "不予批准决定书", *told.values()):
        assert words in text
    assert "办结通知书" not in text


def test_a_matter_of_the_party_is_accepted_by_its_committee(office: Office):
    done = take_in(office, "DJ-ZZ-01")
    accepted = deeds.act(office, done, "confirm_accepted")
    assert accepted.document is not None
    told = text_of(documents.pdf(office, document_id=accepted.document)).replace("\n", "")
    assert "中共城关街道工作委员会" in told
    assert "办事处" not in told


def test_who_must_bring_a_form_is_told_that_the_desk_has_the_sample(office: Office) -> None:
    """一次性告知书 names a filled-in or printed example where there is one."""
    done = take_in(office, "MZ-GL-01", "notify", handed_in=())
    assert "窗口打印参考样式" in deeds.paper(office, done.document)
