"""A layout file is read strictly, and all its faults are told at once."""

import pytest

from desk.domain.layout_reader import read_layouts
from desk.domain.layouts import BoxAt, CodeAt, LineAt, RingAt, TextAt
from desk.errors import CatalogRejected

GAPS = {"letter": {"name", "not_male"}, "MZ-GL-01": {"person.name"}}
GOOD = """
title = "信"
width = 210
height = 297
box = [{ x = 1, y = 1, w = 9, h = 9, dashed = true }]
line = [{ x = 1, y = 1, w = 9, h = 0, fixed = false }]
ring = [{ x = 1, y = 1, w = 9, h = 5, when = "not_male" }]
code = [{ x = 1, y = 1, w = 20, h = 20, kind = "qr", text = "{name}" }]
text = [
  { x = 10, y = 10.5, w = 30, h = 7, text = "{name}", label = "姓名", align = "center", rule = true, page = 2 },
  { x = 10, y = 20, w = 30, h = 7, text = "男", fixed = true, when = "name!=a" },
]
"""


def read(text, name="letter"):
    return read_layouts({f"layouts/{name}.toml": text.encode()}, GAPS)[name]


def faults(text, name="letter"):
    with pytest.raises(CatalogRejected) as told:
        read(text, name)
    return told.value.faults


def with_text(more):
    return f'title = "信"\nwidth = 100\nheight = 50\ntext = [{{ x = 1, y = 1, w = 20, h = 7, {more} }}]'


def test_every_kind_of_element():
    layout = read(GOOD)
    kinds = [type(one) for one in layout.elements]
    assert kinds == [BoxAt, LineAt, TextAt, TextAt, RingAt, CodeAt]
    text = layout.elements[2]
    assert (text.y, text.align, text.rule, text.fixed, text.page) == (
        10.5,
        "center",
        True,
        False,
        2,
    )
    assert layout.elements[1].fixed is False
    assert (layout.title, layout.width, layout.pages) == ("信", 210, 2)


def test_a_form_of_an_item_takes_the_gaps_of_the_item():
    form = GOOD.replace("{name}", "{person.name}").replace("name!=a", "person.name")
    layout = read(
        'item = "MZ-GL-01"\nexample = true\n' + form.replace("not_male", "person.name"), "x"
    )
    assert (layout.item, layout.example) == ("MZ-GL-01", True)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("width = 1", "width: 1 超出范围；可填：20 到 450"),
        ('width = "a"', "width: “a”类型不对；可填：数"),
        ("height = true", "height: “True”类型不对；可填：数"),
        ("colour = 1", "colour: 没有这一项；可填：box、code"),
        ('item = "XX-1"', "item: 没有事项“XX-1”；可填：事项编码"),
        (
            with_text('text = "{nmae}", label = "a"'),
            "text[0].text: 没有“nmae”；可填：name、not_male",
        ),
        (with_text('text = "{name}"'), "text[0].label: 缺少，写不下时要另页注明"),
        (
            with_text('text = "{name}", label = "a", fixed = true'),
            "text[0].fixed: 预印的文字里不能有空格",
        ),
        (with_text('text = "a", when = "a b"'), "text[0].when: “a b”读不懂"),
        (with_text('text = "a", when = "b=1"'), "text[0].when: 没有“b”"),
        (with_text('text = "a", size = 200'), "text[0].size: 200 超出范围；可填：5 到 60"),
        (with_text('text = "a", floor = 22'), "text[0].h: 7 放不下一行字；可填：9.3 以上"),
        (with_text('text = "a", align = "middle"'), "text[0].align: “middle”不在可填之列"),
        (with_text('text = "a", page = 0'), "text[0].page: 0 超出范围"),
        (with_text('text = "a", colour = 1'), "text[0].colour: 没有这一项"),
        (
            'width=100\nheight=50\ntext=[{x=90,y=1,w=20,h=7,text="a"}]',
            "text[0].w: 到 110 毫米，超出纸边；可填：100 以内",
        ),
        ("ring = [{ x = 1, y = 1, w = 9, h = 9 }]", "ring[0].when: 缺少；可填：文字"),
        ("box = [{ x = 1, y = 1, w = 0, h = 9 }]", "box[0].w: 0 超出范围"),
        ("box = [{ y = 1, w = 1, h = 9 }]", "box[0].x: 缺少；可填：数"),
    ],
)
def test_a_fault_names_file_place_and_what_is_allowed(text, wanted):
    assert any(one.startswith(f"layouts/letter.toml: {wanted}") for one in faults(text)), faults(
        text
    )


def test_all_faults_at_once():
    found = faults("width = 1\nbox = [{ x = -1 }]")
    assert len(found) > 5
    assert "layouts/letter.toml: title: 缺少；可填：文字" in found


def test_a_file_that_is_no_toml():
    assert faults("= =")[0].startswith("layouts/letter.toml: ")
    with pytest.raises(CatalogRejected):
        read_layouts({"layouts/letter.toml": b"\xff"}, GAPS)


def test_an_unknown_name_without_an_item():
    assert "可填：MZ-GL-01、letter" in faults(GOOD, "leter")[0]
