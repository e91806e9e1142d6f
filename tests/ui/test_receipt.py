"""A scanner types a paper's code: the case opens, another desk's paper is named, a forged one is refused."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select, update

from db.models import CaseFile, Document
from desk.domain.numbering import parse
from desk.exchange.key_list import KeyList, ListedDesk
from desk.exchange.keys import SigningPair
from desk.exchange.receipt_code import ReceiptFacts, read_receipt, seal_receipt
from desk.services import desk_keys, receipts
from desk.services.operation import Operation, perform, reading
from tests.builders import take_in
from ui.pages.receipt import ReceiptPage
from ui.widgets.page_frame import PageFrame

FAR = SigningPair.from_bytes(bytes(range(32)))


class Noted(PageFrame):
    """A case page that notes what it was opened with."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[dict[str, object]] = []

    def opened(self, **facts: object) -> None:
        self.asked.append(facts)


@pytest.fixture
def case_page(window):
    """In place of the real one, which has tests of its own."""
    page = Noted()
    window.navigation.adopt("case", page)
    window.navigation.adopt("today", Noted())
    window.go("today")
    return page


@pytest.fixture
def paper(office):
    """A case taken in, and the code on its paper."""
    done = take_in(office)
    with reading(office) as connection:
        query = select(Document.facts).where(Document.id == done.document)
        return done, connection.execute(query).scalar_one()["code"]


def scan(qtbot, window, text):
    """As a scanner does: every key at once, then Enter."""
    search = window.bar.search
    search.setFocus()
    qtbot.keyClicks(search, text)
    qtbot.keyClick(search, Qt.Key.Key_Return)


def shown(qtbot, window) -> ReceiptPage:
    qtbot.waitUntil(lambda: isinstance(window.navigation.current, ReceiptPage))
    page: ReceiptPage = window.navigation.current
    qtbot.waitUntil(page.isVisible)
    return page


def far_paper(paper: str, signer: SigningPair = FAR) -> str:
    """Another window's paper."""
    code = read_receipt(paper)
    number = replace(parse(paper[:29]), window=7)
    facts = ReceiptFacts(number, "receipt_slip", code.item, code.issued, code.due, "欧**华")
    return seal_receipt(facts, signer)


def knows_far_window(office):
    desk = ListedDesk("610422001001", "池阳社区", 7, FAR.public)
    listed = KeyList("610422", 1, "2026-11-23T09:00:00+08:00", (desk,))
    perform(office, Operation.EXCHANGE, lambda bench: desk_keys.take_list(bench.connection, listed))


def test_a_signed_code_opens_the_case_and_says_that_it_agrees(
    qtbot, window, case_page, paper, notices
):
    done, code = paper
    scan(qtbot, window, code)
    qtbot.waitUntil(lambda: case_page.asked == [{"case_id": done.case_id}])
    assert window.bar.search.text() == ""
    assert [one.title for one in notices.shown] == [
        "回执是真的：刘*兰，2026 年 11 月 23 日出具，办理期限 2026 年 12 月 14 日，和记录一致。"
    ]


@pytest.mark.parametrize("unsigned", ["-", ""])
def test_a_bar_code_and_a_typed_number_still_open_the_case(
    qtbot, window, case_page, paper, notices, unsigned
):
    """Papers of before, and bars, hold the number alone: it opens the case and says nothing of the paper."""
    done, _ = paper
    scan(qtbot, window, done.number.replace("-", unsigned))
    qtbot.waitUntil(lambda: case_page.asked == [{"case_id": done.case_id}])
    assert notices.shown == []


def test_a_keyboard_in_lower_case_scans_as_well(qtbot, window, case_page, paper):
    done, code = paper
    scan(qtbot, window, code.lower())
    qtbot.waitUntil(lambda: case_page.asked == [{"case_id": done.case_id}])


def test_what_differs_from_the_record_stands_on_the_case(qtbot, window, case_page, paper, office):
    done, code = paper
    moved = update(CaseFile).values(due_on="2027-01-08")
    perform(office, Operation.EXCHANGE, lambda bench: bench.connection.execute(moved))
    scan(qtbot, window, code)
    qtbot.waitUntil(lambda: case_page.asked == [{"case_id": done.case_id}])
    assert "和这里的记录不同：办理期限" in case_page.banner.text


def test_another_desks_paper_is_named_and_its_name_checked(qtbot, window, case_page, paper, office):
    knows_far_window(office)
    scan(qtbot, window, far_paper(paper[1]))
    page = shown(qtbot, window)
    assert page.verdict.text() == "真的"
    assert "池阳社区 7 号窗口 2026 年 11 月 23 日出具的材料接收凭证" in page.words.text()
    assert not page.open_case.isVisible()
    for name, said in (("欧阳丽华", "姓名与码里的相符"), ("刘桂兰", "姓名与码里的不符，不能认")):
        page.name.setText(name)
        qtbot.keyClick(page.name, Qt.Key.Key_Return)
        assert page.answer.text() == said
    assert case_page.asked == []


@pytest.mark.parametrize("place", [31, 60, 120, -1])
def test_a_forged_one_is_refused(qtbot, window, case_page, paper, place):
    code = paper[1]
    digit = "1" if code[place] != "1" else "2"
    altered = list(code)
    altered[place] = digit
    scan(qtbot, window, "".join(altered))
    page = shown(qtbot, window)
    assert page.verdict.text() in ("被改动过", "认不出是哪个窗口的", "先不要认")
    assert not page.name_row.isVisible()
    assert not page.open_case.isVisible()
    assert case_page.asked == []


def test_a_stranger_is_not_judged(qtbot, window, case_page, paper):
    scan(qtbot, window, far_paper(paper[1]))
    page = shown(qtbot, window)
    assert page.verdict.text() == "认不出是哪个窗口的"
    assert "密钥表" in page.words.text()


def test_the_page_leads_to_the_case(qtbot, window, case_page, paper, office):
    done, code = paper
    window.go("receipt", look=receipts.look(office, text=code), text=code)
    page = shown(qtbot, window)
    assert page.open_case.isVisible()
    qtbot.keyClick(window.window(), Qt.Key.Key_F9)
    assert case_page.asked[-1] == {"case_id": done.case_id}


def test_without_a_case_or_a_name_the_page_does_nothing(
    qtbot, window, case_page, paper, office, notices
):
    window.go("receipt")
    page = shown(qtbot, window)
    page.main_action()
    knows_far_window(office)
    scan(qtbot, window, far_paper(paper[1]))
    qtbot.waitUntil(lambda: page.verdict.text() == "真的")
    page.name.setText(" ")
    qtbot.keyClick(page.name, Qt.Key.Key_Return)
    assert page.answer.text() == ""
    page.main_action()
    assert case_page.asked == []
