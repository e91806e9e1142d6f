"""Gaps are filled once, blanks stay blank, and what is not known circles nothing out."""

import pytest

from desk.domain.layouts import (
    BoxAt,
    CodeAt,
    Layout,
    LineAt,
    RingAt,
    TextAt,
    fill_layout,
    holds,
    layout_for,
)


def layout(*elements, **more):
    return Layout("form", "表", 210, 297, elements, **more)


def filled(*elements, **values):
    return fill_layout(layout(*elements), values).elements


def text(template, **more):
    return TextAt(10, 10, 50, 7, template, **more)


def test_gaps_are_filled_once():
    assert filled(text("{a}至{b}"), a="{b}", b="乙")[0].text == "{b}至乙"


def test_a_name_may_have_parts():
    one = fill_layout(layout(text("{form.bank}")), {"form.bank": "农行"})
    assert one.strings() == ("表", "农行")


def test_some_gaps_empty_keep_the_words_all_empty_do_not():
    template = text("{year}年{month}月")
    assert filled(template, year="2026")[0].text == "2026年月"
    assert filled(template) == ()


def test_words_without_gaps_stay():
    assert filled(text("存根", fixed=True))[0].text == "存根"


def test_an_empty_gap_keeps_its_rule():
    assert filled(text("{name}", rule=True)) == (text("", rule=True),)


def test_shapes_stay_and_a_code_without_text_goes():
    line, box = LineAt(1, 1, 10, 0), BoxAt(1, 1, 10, 10)
    code = CodeAt(1, 1, 20, 20, "qr", "{number}")
    assert filled(line, box, code) == (line, box)
    assert filled(code, number="1")[0].text == "1"


def test_a_ring_is_drawn_only_where_it_holds():
    ring = RingAt(1, 1, 8, 5, "sex!=男")
    assert filled(ring, sex="女") == (ring,)
    assert filled(ring, sex="男") == ()
    assert filled(ring) == ()


def test_a_text_may_hang_on_a_choice():
    tick = text("√", when="form=甲")
    assert filled(tick, form="乙、甲")[0].text == "√"
    assert filled(tick, form="乙") == ()


@pytest.mark.parametrize(
    ("when", "value", "wanted"),
    [
        ("a", "x", True),
        ("a", "", False),
        ("a=x", "x", True),
        ("a=x", "", False),
        ("a=x", "y", False),
        ("a=y", "x、y", True),
        ("a=x、y", "x、y", True),
        ("a!=x", "y", True),
        ("a!=x", "x、y", False),
        ("a!=x", "", False),
    ],
)
def test_conditions(when, value, wanted):
    assert holds(when, {"a": value}) is wanted


def test_what_is_no_condition():
    with pytest.raises(ValueError, match="condition"):
        holds("a b", {})


def test_pages_are_counted():
    assert layout().pages == 1
    assert layout(text("a"), text("b", page=3)).pages == 3


def test_the_file_is_described_by_number_and_issuer():
    one = fill_layout(layout(text("甲{number}")), {"number": "7", "issuer": "街道"})
    assert (one.title, one.number, one.issuer) == ("表", "7", "街道")
    assert one.strings() == ("表", "甲7")


def test_a_countys_form_is_found_but_never_an_example():
    own, example = layout(item="A-1"), layout(item="A-2", example=True)
    layouts = {"own": own, "example": example}
    assert layout_for(layouts, "A-1") is own
    assert layout_for(layouts, "A-2") is None
    assert layout_for(layouts, "A-3") is None
