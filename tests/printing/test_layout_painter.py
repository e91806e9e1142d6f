"""Fixed places: the transfer letter says all it must, in order; nothing is cut off; on stock only values are printed."""

import io
from dataclasses import replace

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from desk.domain.layouts import CodeAt, FilledLayout, Layout, RingAt, TextAt, fill_layout
from desk.domain.transfer_letter import LAYOUT
from desk.printing.fitted_text import LEADING, fit_text
from desk.printing.fonts import faces
from desk.printing.layout_painter import lay_out, render_layout, unprintable_in
from desk.printing.page import MM, Page
from tests.domain.test_transfer_letter import LETTER
from tests.printing.form_samples import AT, DRAWN, NUMBER, STRAINED, elderly_form, layouts, letter
from tests.printing.reading import images_of, text_of
from tests.printing.test_printer import fonts_of

MUST = [
    *("中国共产党党员组织关系介绍信", "存　根", "第", LETTER.number, "号", "张建国"),
    *("同志系中共（", "预备", "正式", "）党员，组织关系由", LETTER.from_org, "转到", LETTER.to_org),
    *("2026", "年", "11", "月", "23", "日", "（贴回执联处）", LETTER.number, "（骑缝章）"),
    *(
        "中国共产党党员组织关系介绍信",
        LETTER.number,
        LETTER.addressee,
        "张建国",
        "同志（",
        "男",
        "女",
    ),
    *(
        "46",
        "岁，",
        "汉",
        "族，系中共（",
        "预备",
        "正式",
        "身份证号码",
        LETTER.id_no,
        "由",
        LETTER.from_org,
    ),
    *("去", LETTER.to_org, "请接转组织关系。", "党费已交到", "贰零贰陆", "年", "壹拾壹", "月。"),
    *("（有效期", "叁拾", "天）", "（盖章）", "联系方式：", LETTER.member_phone, "通讯地址："),
    *(
        LETTER.base_address,
        "联系电话：",
        LETTER.base_phone,
        "传真：",
        LETTER.base_fax,
        "邮编：",
        "713800",
    ),
    *("回　执　联", LETTER.number, LETTER.base_committee, "张建国"),
    *(
        "同志的党员组织关系已转达我处，特此回复。",
        "（盖章）",
        "年",
        "月",
        "日",
        "经办人：",
        "联系电话：",
    ),
]


def plain(text: str) -> str:
    return "".join(text.split())


def pages(
    filled: FilledLayout, *, only_values: bool = False, dx: float = 0, dy: float = 0
) -> list[Page]:
    return lay_out(filled, faces(), only_values=only_values, dx=dx, dy=dy)


def one_text(text: str, **more: object) -> TextAt:
    return TextAt(10, 10, 30, 7, text, label="名", **more)  # type: ignore[arg-type]


def sheet(*elements: TextAt | CodeAt) -> FilledLayout:
    return fill_layout(Layout("t", "表", 100, 60, elements), {})


def test_the_letter_says_all_it_must_in_order() -> None:
    text, at = plain(text_of(render_layout(letter()))), 0
    for word in map(plain, MUST):
        at = text.find(word, at)
        assert at >= 0, word
        at += len(word)


def test_text_stands_in_the_middle_of_its_box_or_at_its_top() -> None:
    """One line of three lines' room; what is empty leaves no letters."""
    box = TextAt(10, 10, 60, 21, "三原县", label="名")
    [[middle], [top]] = [pages(sheet(replace(box, top=one)))[0].letters for one in (False, True)]
    assert middle.y - top.y == pytest.approx((21 * MM - middle.size) / 2)
    assert pages(sheet(replace(box, text="")))[0].letters == []


def test_no_issuer_is_named_where_the_seal_stands() -> None:
    issuer = "中共三原县委组织部"
    assert issuer not in text_of(render_layout(letter(issuer=issuer)))


def test_one_number_on_all_parts_and_the_seam() -> None:
    places = [one for one in pages(letter())[0].letters if one.text == LETTER.number]
    assert len(places) == 4
    right = {round(one.x) for one in places if one.x > 100 * MM}
    assert len(right) == 1


@pytest.mark.parametrize("name", ["transfer_letter", "example_elderly_form"])
def test_words_of_the_form_stand_at_their_own_size(name: str) -> None:
    for one in layouts()[name].elements:
        if isinstance(one, TextAt) and one.fixed:
            face = faces().bold if one.bold else faces().regular
            assert fit_text(one, face, 1).size == one.size, one.text


def test_a_ring_lies_round_the_option_that_is_circled_out() -> None:
    for name, option in (("not_male", "男"), ("not_full", "正式"), ("not_probationary", "预备")):
        rings = [
            one
            for one in layouts()[LAYOUT].elements
            if isinstance(one, RingAt) and one.when == name
        ]
        words = [one for one in layouts()[LAYOUT].elements if getattr(one, "text", "") == option]
        for ring, word in zip(rings, words, strict=True):
            assert ring.x < word.x < word.x + len(option) * 12 / MM < ring.x + ring.w
            assert word.y < ring.y < ring.y + ring.h < word.y + word.h


def test_rings_are_drawn_for_what_does_not_apply() -> None:
    assert len(pages(letter())[0].rings) == 3
    assert len(pages(letter(not_female="", not_male=""))[0].rings) == 2


def test_on_stock_only_values_are_printed() -> None:
    text = text_of(render_layout(letter(), only_values=True))
    assert LETTER.from_org in text
    assert "叁拾" in text
    assert not any(word in text for word in ("中国共产党党员", "盖章", "同志", "年"))
    page = pages(letter(), only_values=True)[0]
    assert (page.lines, page.dashes, page.frames) == ([], [], [])
    assert len(page.rings) == 3


def test_offsets_move_everything() -> None:
    here, there = pages(letter())[0], pages(letter(), dx=2, dy=-1.5)[0]
    moved = {
        (round(b.x - a.x, 3), round(b.y - a.y, 3))
        for a, b in zip(here.letters, there.letters, strict=True)
    }
    assert moved == {(round(2 * MM, 3), round(-1.5 * MM, 3))}
    assert there.rings[0][0] == pytest.approx(here.rings[0][0] + 2 * MM)


def test_nothing_is_cut_off() -> None:
    pdf = render_layout(letter(**STRAINED))
    text = plain(text_of(pdf)).replace("中国共产党党员组织关系介绍信（续页）" + LETTER.number, "")
    for value in STRAINED.values():
        assert plain(value) in text
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.pages) == 3


def test_the_same_text_is_noted_once() -> None:
    text = text_of(render_layout(letter(name="甲乙" * 200)))
    assert text.count("甲乙" * 150) == 1


@given(
    text=st.text("陕西AB 1。（", min_size=1, max_size=120),
    wide=st.integers(2, 60),
    high=st.integers(4, 30),
    fit=st.sampled_from(["shrink", "wrap"]),
)
def test_a_text_stays_in_its_box(text: str, wide: int, high: int, fit: str) -> None:
    one = TextAt(0, 0, wide, high, text, fit=fit, label="名")  # type: ignore[arg-type]
    face = faces().regular
    fitted = fit_text(one, face, 12)
    assert all(face.width(line, fitted.size) <= wide * MM + 0.01 for line in fitted.lines)
    assert fitted.size * (1 + LEADING * (len(fitted.lines) - 1)) <= high * MM + 0.01
    if fitted.whole:
        assert plain("".join(fitted.lines)) == plain(text)
        assert one.floor <= fitted.size <= one.size
    else:
        assert fitted.lines[-1].endswith("注 12") or len(fitted.lines) > 1


def test_short_text_keeps_its_size_long_text_shrinks_then_breaks() -> None:
    face = faces().regular
    sizes = [fit_text(one_text("字" * many), face, 1) for many in (7, 9, 20)]
    assert [one.size for one in sizes[:2]] == [12, 9]
    assert [len(one.lines) for one in sizes] == [1, 1, 2]
    wrapped = fit_text(TextAt(0, 0, 30, 20, "字" * 9, fit="wrap"), face, 1)
    assert (wrapped.size, len(wrapped.lines)) == (12, 2)


def test_codes_are_drawn_on_whole_dots() -> None:
    page = pages(sheet(CodeAt(5, 5, 20, 20, "qr", "A1"), CodeAt(30, 5, 60, 8, "bars", "A1")))[0]
    assert page.ink
    assert {box[1] for box in page.ink if box[0] >= 240} == {40}


def test_a_scan_lies_behind_on_its_page() -> None:
    out = io.BytesIO()
    Image.new("RGB", (20, 12), (200, 200, 200)).save(out, "PNG")
    pdf = render_layout(sheet(one_text("字")), background=out.getvalue())
    image = images_of(pdf, 25.4)[0]
    assert image.getpixel((95, 55)) == 200
    assert images_of(render_layout(sheet(one_text("字"))), 25.4)[0].getpixel((95, 55)) == 255


@pytest.mark.parametrize("name", DRAWN)
def test_the_file_is_sound(name: str) -> None:
    pdf = DRAWN[name]()
    assert pdf == DRAWN[name]()
    assert all(fonts_of(pdf).values())
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.check_pdf_syntax() == []
        assert str(document.Root.Lang) == "zh-CN"
        title = str(document.docinfo["/Title"])
        assert len(pdf) <= 120_000 * len(document.pages)
    assert title.endswith((LETTER.number, NUMBER))


def test_the_letters_file_tells_number_and_day_but_no_name() -> None:
    with pikepdf.open(io.BytesIO(render_layout(letter()))) as document:
        info = {key: str(value) for key, value in document.docinfo.items()}
    assert info["/Title"] == f"中国共产党党员组织关系介绍信 {LETTER.number}"
    assert info["/CreationDate"] == f"D:{AT:%Y%m%d%H%M%S}+08'00'"
    assert LETTER.name not in "".join(info.values())


def test_a_character_without_a_font_is_told() -> None:
    assert unprintable_in(letter(name="张\ue000").strings()) == ("\ue000",)


def test_the_example_fills_from_the_fields_of_the_item() -> None:
    text = plain(text_of(render_layout(elderly_form())))
    for word in (
        "刘桂兰",
        "1956年3月15日",
        "610422195603150420",
        "6230280000001234567",
        "陕西农信",
    ):
        assert word in text
    assert "□√与子女同住" in text
    assert "□独居" in text
    assert layouts()["example_elderly_form"].example
