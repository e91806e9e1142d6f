"""Nothing is cut off, nothing lies on another thing, on any medium and with strained content."""

from dataclasses import replace
from itertools import pairwise

import pytest

from desk.domain.paper_blocks import Block, FillIn, KeyGroups, Paper, Ruled
from desk.domain.paper_facts import PaperMaterial, Reprint
from desk.domain.papers import compose
from desk.printing.fonts import faces
from desk.printing.media import Medium
from desk.printing.page import MM, Flow, Letters
from desk.printing.printer import lay_out, render
from tests.printing.golden import MEDIA, PAPERS
from tests.printing.plain_samples import plain_sample
from tests.printing.reading import text_of
from tests.printing.samples import ACCEPTED, AT, HALL, LIU, RECEIVED, sample, wording

LONG = (
    "陕西省咸阳市三原县池阳街道东关路与南环路十字向东二百米路北翠湖花园小区三期十八号楼二单元二十三层"
    * 45
)
STRAINED = {
    "thirty materials": replace(
        RECEIVED,
        materials=tuple(PaperMaterial(f"第 {n} 份材料", "kept", "taken") for n in range(1, 31)),
    ),
    "long name": replace(RECEIVED, person=replace(LIU, name="买买提·" * 15)),
    "two characters": replace(RECEIVED, person=replace(LIU, name="丁一")),
    "long ethnic name and address": replace(
        ACCEPTED,
        person=replace(
            LIU, name="阿布都热依木·麦麦提吐尔逊·阿布都克里木", agent="古丽仙·阿卜杜热西提"
        ),
        hall=replace(HALL, place=LONG[:60]),
        collection=LONG[:60],
    ),
    "two thousand characters": replace(
        RECEIVED,
        person=replace(LIU, name=LONG[:2000], masked_id="6" * 2000),
        acceptor_name=LONG[:2000],
        hall=replace(HALL, name=LONG[:2000], phone="0" * 2000, place=LONG[:2000]),
        clerk=LONG[:2000],
        issuer=LONG[:2000],
        copy_label=LONG[:2000],
    ),
    "one endless row": replace(
        RECEIVED, materials=(PaperMaterial(LONG[:2000], "kept", "taken", 1, LONG[:2000]),)
    ),
    "reprint": replace(RECEIVED, reprint=Reprint(12, AT, LONG[:2000])),
}


def strained(name: str) -> Paper:
    facts = STRAINED[name]
    kind = "acceptance_notice" if facts.acceptance_known else "receipt_slip"
    return compose(kind, facts, wording())


def laid(paper: Paper, medium: Medium) -> Flow:
    return lay_out(paper, medium, faces())


def width_of(flow: Flow, letters: Letters) -> float:
    spread = letters.track * (len(letters.text) - 1)
    return flow.width(letters.text, letters.size, bold=letters.bold) + spread


def check(flow: Flow) -> None:
    """Letters, rules and codes are inside the page, and no two lines of text touch."""
    for page in flow.pages:
        tops = []
        for letters in page.letters:
            assert letters.x >= flow.sheet.side - 0.01
            right = letters.x + width_of(flow, letters)
            # A closing mark may hang into the margin by at most its own width.
            assert right <= flow.sheet.width - flow.sheet.side + 0.01, letters.text
            assert letters.size * 0.8 < letters.y < page.height - 2 * MM
            tops.append((letters.x, right, letters.y - 0.85 * letters.size, letters.y))
        apart(tops)
        for x, y, wide, high in page.frames:
            assert x >= flow.sheet.side - 0.01
            assert x + wide <= flow.sheet.width - flow.sheet.side + 0.01
            assert y + high <= page.height - flow.sheet.bottom + 0.01
        for across, down, wide, high in page.ink:
            dot = page.dot
            assert across * dot >= flow.sheet.side - dot
            assert (across + wide) * dot <= flow.sheet.width - flow.sheet.side + dot
            assert (down + high) * dot <= page.height - flow.sheet.bottom + dot
            clear_of_codes(tops, (across * dot, down * dot, wide * dot, high * dot))


def apart(boxes: list[tuple[float, float, float, float]]) -> None:
    for index, (left, right, top, bottom) in enumerate(boxes):
        for other_left, other_right, other_top, other_bottom in boxes[index + 1 :]:
            beside = right <= other_left + 0.01 or other_right <= left + 0.01
            assert beside or bottom <= other_top + 0.6 or other_bottom <= top + 0.6


def clear_of_codes(
    letters: list[tuple[float, float, float, float]], box: tuple[float, float, float, float]
) -> None:
    x, y, wide, high = box
    for left, right, top, bottom in letters:
        assert right <= x or left >= x + wide or bottom <= y or top >= y + high


@pytest.mark.parametrize(("name", "medium"), PAPERS)
def test_samples_are_neat(name: str, medium: Medium) -> None:
    check(laid(sample(name), medium))


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("name", STRAINED)
def test_strained_papers_are_neat(name: str, medium: Medium) -> None:
    check(laid(strained(name), medium))


TALL: dict[str, Block] = {
    "places to sign": FillIn(("经办人签名", "申请人签名")),
    "a place to sign under a long label": FillIn((LONG[:54],)),
    "groups of a key": KeyGroups(tuple(f"{n:04d}" for n in range(13))),
}


@pytest.mark.parametrize("name", TALL)
def test_wherever_a_page_ends_nothing_goes_over_its_foot(name: str) -> None:
    """As much above it as brings it to every place of the last lines of a page."""
    paper, turned = sample("receipt_slip"), set()
    for lines in range(14, 40):
        body = replace(paper.sheet, blocks=(Ruled("", lines), TALL[name]))
        flow = laid(replace(paper, sheet=body), "A5")
        check(flow)
        turned.add(len(flow.pages))
    assert len(turned) > 1


@pytest.mark.parametrize("name", ["receipt_slip", "acceptance_notice", "one_time_notice"])
def test_everyday_papers_take_one_sheet(name: str) -> None:
    assert len(laid(sample(name), "A5").pages) == 1
    assert len(laid(sample(name), "A4").pages) == 1


def test_long_lists_flow_over_pages_with_their_head_and_page_numbers() -> None:
    flow = laid(strained("thirty materials"), "A5")
    total = len(flow.pages)
    assert total > 2
    for number, page in enumerate(flow.pages, 1):
        texts = [letters.text for letters in page.letters]
        assert f"第 {number} 页 共 {total} 页" in texts
        if any(text.endswith("份材料") for text in texts):
            assert "材料名称" in texts
    for page in flow.pages[1:]:
        assert page.letters[0].text == "材料接收凭证（续）"
        assert page.letters[1].text == RECEIVED.number


@pytest.mark.parametrize("medium", MEDIA)
def test_all_thirty_materials_are_there_in_order(medium: Medium) -> None:
    text = text_of(render(strained("thirty materials"), medium))
    places = [text.index(f"第 {number} 份材料") for number in range(1, 31)]
    assert all(before < after for before, after in pairwise(places))


def test_page_numbers_only_where_there_are_several_pages() -> None:
    assert "页 共" not in text_of(render(sample("receipt_slip"), "A5"))


@pytest.mark.parametrize("medium", MEDIA)
def test_reprint_says_so(medium: Medium) -> None:
    facts = replace(ACCEPTED, reprint=Reprint(2, AT, "李强"))
    text = text_of(render(compose("acceptance_notice", facts, wording()), medium))
    said = "补打第 2 次　·　2026 年 11 月 23 日 11:42　·　经办 李强"
    assert "".join(said.split()) in "".join(text.split())


@pytest.mark.parametrize("medium", ["80mm", "58mm"])
def test_slip_is_as_long_as_its_content(medium: Medium) -> None:
    short = laid(sample("withdrawal_notice"), medium).page.height
    long = laid(strained("thirty materials"), medium).page.height
    assert long > 2 * short
    assert abs(short / MM - round(short / MM)) < 1e-6


@pytest.mark.parametrize(("medium", "inches"), [("241", 11), ("241/2", 5.5), ("241/3", 11 / 3)])
def test_a_continuous_form_is_fed_by_its_exact_length(medium: Medium, inches: float) -> None:
    """Each page is as long as its form, so the hundredth starts where the first did, and no strip is printed on."""
    flow = laid(strained("thirty materials"), medium)
    assert len(flow.pages) > 1
    assert flow.sheet.inner / MM == pytest.approx(203)
    for page in flow.pages:
        assert page.height == pytest.approx(inches * 72, abs=1e-9)


def test_the_narrow_slip_has_the_number_on_two_lines() -> None:
    flow = laid(sample("receipt_slip"), "58mm")
    texts = [letters.text for letters in flow.page.letters]
    first = texts.index("编号") + 1
    assert "".join(texts[first : first + 2]) == RECEIVED.number
    assert flow.sheet.inner / MM == pytest.approx(48)


@pytest.mark.parametrize("medium", ["80mm", "58mm"])
def test_there_is_room_to_sign_on_a_slip(medium: Medium) -> None:
    """Beside the label where that leaves 18 mm, else below it."""
    blank = lay_out(plain_sample("mandate_blank"), medium, faces())
    assert all(x1 - x0 >= 17 * MM for x0, _, x1, _ in blank.pages[0].lines)


@pytest.mark.parametrize(
    ("name", "signed"),
    [
        ("mediation_agreement", ("甲方签名、盖章或指印", "人民调解员签名")),
        ("dispatch_sheet", ("服务人签名",)),
        ("mediation_summary", ("立卷人签名", "立卷日期")),
    ],
)
def test_where_people_sign_stands_on_the_page_of_the_seal(
    name: str, signed: tuple[str, ...]
) -> None:
    """A last page with codes and seal alone could belong to anything."""
    last = laid(plain_sample(name), "241/3").pages[-1]
    told = "".join(one.text for one in last.letters)
    assert [words for words in signed if words not in told] == []


def test_the_last_words_of_a_notice_stand_on_the_page_of_its_seal() -> None:
    last = laid(sample("turned_away_note"), "241/3").pages[-1]
    assert "12345 反映" in "".join(one.text for one in last.letters)
