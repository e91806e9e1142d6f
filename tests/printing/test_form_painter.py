"""The application form of every item: every label is there, nothing is cut off, nothing stands on anything else."""

from dataclasses import replace
from itertools import pairwise

import pytest

from desk.domain.application_form import CHOSEN, EMPTY, ApplicationForm
from desk.domain.catalog import Item
from desk.domain.fields import FieldDef
from desk.printing.fonts import faces
from desk.printing.form_painter import SHEET, lay_out, render_form
from desk.printing.layout_painter import unprintable_in
from desk.printing.page import Flow, Letters
from tests.printing.form_samples import AGENT, BARS, CODE, ELDERLY, NUMBER, PERSON, catalog, form
from tests.printing.reading import text_of

LONG = "陕西省咸阳市三原县城关街道东关路与南环路十字向东二百米路北翠湖花园小区三期十八号楼" * 45
ITEMS = sorted(catalog().items)


def plain(text: str) -> str:
    return "".join(text.split())


def example(one: FieldDef) -> str:
    """Some words for a field, of the kind it takes."""
    if one.choices:
        return one.choices[-1].label
    words = {"bool": "是", "date": "2026-11-23", "month": "2026 年 11 月", "money": "50.00 元"}
    return words.get(one.kind, f"{one.label}甲")


def filled(item: Item) -> dict[str, str]:
    return {one.key: example(one) for one in item.fields if one.stage == "intake"}


def width_of(flow: Flow, letters: Letters) -> float:
    return flow.width(letters.text, letters.size, bold=letters.bold)


def check(flow: Flow) -> None:
    """Letters, cells and ticks are inside the page, and no two lines of text touch."""
    for page in flow.pages:
        for left, top, width, height in page.frames:
            assert left >= SHEET.side - 0.01
            assert top >= SHEET.top - 0.01
            assert left + width <= SHEET.width - SHEET.side + 0.01
            assert top + height <= flow.floor + 0.01
        rows: dict[float, list[Letters]] = {}
        for letters in page.letters:
            assert letters.x >= SHEET.side - 0.01, letters.text
            assert letters.x + width_of(flow, letters) <= SHEET.width - SHEET.side + 0.01
            rows.setdefault(round(letters.y, 1), []).append(letters)
        for row in rows.values():
            for before, after in pairwise(sorted(row, key=lambda one: one.x)):
                assert before.x + width_of(flow, before) <= after.x + 0.01, before.text


def read(told: ApplicationForm) -> str:
    """All text without blanks and without what is repeated at the head and foot of each page."""
    text = plain(text_of(render_form(told)))
    count = len(lay_out(told, faces()).pages)
    for page in range(1, count + 1):
        text = text.replace(f"第{page}页共{count}页", "")
    return text.replace(plain(told.title + told.continued + told.number), "")


def test_who_decides_may_be_nobody_and_the_foot_may_be_long() -> None:
    """As in a county's own edition: no box for an opinion, or more said below than the page has room for."""
    told = form("MZ-GL-01", form=filled(catalog().items["MZ-GL-01"]), agent=AGENT, facts=None)
    whole = lay_out(told, faces())
    bare = replace(told, opinions=())
    check(lay_out(bare, faces()))
    assert plain(told.opinions_title) not in read(bare)
    long = replace(told, foot=LONG)
    flow = lay_out(long, faces())
    check(flow)
    assert len(flow.pages) > len(whole.pages)
    assert read(long).endswith(LONG[-20:])


@pytest.mark.parametrize("code", ITEMS)
def test_a_form_is_complete(code: str) -> None:
    item = catalog().items[code]
    told = form(code, form=filled(item), agent=AGENT, facts=None)
    check(lay_out(told, faces()))
    text = read(told)
    for label in [one.label for one in item.fields] + ["参考样式", item.name, code, NUMBER]:
        assert plain(label) in text, label
    for words in (*PERSON_SEEN[item.person_block], *AGENT.values()):
        assert plain(words) in text, words
    for one in item.fields:
        if one.kind == "text" and one.stage == "intake":
            assert plain(f"{one.label}甲") in text


PERSON_SEEN = {
    "contact": ("刘桂兰", "13800002734", "3号楼2单元501"),
    "full": tuple(words for key, words in PERSON.items() if key not in ("birth", "sex")),
}


@pytest.mark.parametrize("code", ITEMS)
def test_a_blank_form_has_every_choice_to_tick(code: str) -> None:
    item = catalog().items[code]
    told = form(code, person={}, facts=None, number="", code="", bars="")
    text = read(told)
    assert unprintable_in(told.strings()) == ()
    assert CHOSEN not in text
    for one in item.fields:
        if 0 < len(one.choices) <= 8:
            for choice in one.choices:
                assert plain(EMPTY + choice.label) in text, choice.label
    assert not any(page.ticks or page.ink for page in lay_out(told, faces()).pages)


@pytest.mark.parametrize("code", ["MZ-GL-01", "YB-MT-01", "BB-KD-01", "ZJ-YW-01"])
def test_endless_text_flows_over_pages(code: str) -> None:
    item = catalog().items[code]
    texts = [one.key for one in item.fields if one.kind in ("text", "note")]
    told = form(code, form=dict.fromkeys(texts, LONG[:1500]), person={**PERSON, "name": LONG[:200]})
    check(lay_out(told, faces()))
    assert read(told).count(plain(LONG[:1500])) == len(texts)


def test_a_tick_stands_in_its_box() -> None:
    flow = lay_out(form("MZ-GL-01", form=ELDERLY), faces())
    page = flow.pages[0]
    boxes = [
        (line.x + flow.width(line.text[:at], line.size), line.y)
        for line in page.letters
        for at, char in enumerate(line.text)
        if char == CHOSEN
    ]
    assert [(round(x, 2), round(y, 2)) for x, y, _ in page.ticks] == [
        (round(x, 2), round(y, 2)) for x, y in boxes
    ]
    assert len(boxes) == 8


def test_a_ticked_box_can_be_searched() -> None:
    assert "☑首次申领□迁入续领" in read(form("MZ-GL-01", form=ELDERLY))


def test_the_number_is_on_every_page_and_in_the_code() -> None:
    told = form("MZ-GL-01", form=ELDERLY)
    flow = lay_out(told, faces())
    assert len(flow.pages) == 2
    for page in flow.pages:
        assert any(NUMBER in one.text for one in page.letters)
    assert flow.pages[0].ink
    assert (told.code, told.bars) == (CODE, BARS)


def test_no_heading_stays_behind() -> None:
    for code in ITEMS:
        flow = lay_out(form(code, facts=None), faces())
        for page in flow.pages:
            lowest = max(page.frames, key=lambda box: box[1] + box[3])
            assert lowest[2] < SHEET.inner - 1, code
