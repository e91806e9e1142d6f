"""The PDF itself: fonts inside, text that can be copied, its own data, and text that stays text."""

import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from desk.domain.papers import compose
from desk.fonts import unpacked_fonts
from desk.printing.media import Medium
from desk.printing.printer import render, unprintable
from tests.printing.golden import MEDIA, PAPERS
from tests.printing.reading import images_of, text_of
from tests.printing.samples import LIU, RECEIVED, sample, wording

RARE = "㛃䶮𬭎𠅤𫖯"
# In CJK Extension B, so not in Noto Sans SC.
RAREST = "𠀋𡈽𤭖"
HOSTILE = [
    '<img src="/etc/hostname">',
    "<para><font size=90>大</font></para>",
    "=cmd|'/c calc'!A1",
    "{name}[{masked_id}]{0.__class__}",
    "(a) Tj ET Q\\) endstream endobj",
    "%PDF-1.4\\n<< /JS >>",
]


def named(name: str, medium: Medium) -> bytes:
    facts = replace(RECEIVED, person=replace(LIU, name=name))
    return render(compose("receipt_slip", facts, wording()), medium)


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """Base font names, each with whether its program is in the file."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fonts = [found for found in document.objects if _is_font(found)]
        return {
            str(font.BaseFont): "/FontFile2" in font.get("/FontDescriptor", {}) for font in fonts
        }


def _is_font(found: pikepdf.Object) -> bool:
    return isinstance(found, pikepdf.Dictionary) and found.get("/Type") == "/Font"


@pytest.mark.parametrize(("name", "medium"), PAPERS)
def test_only_embedded_fonts(name: str, medium: Medium) -> None:
    fonts = fonts_of(render(sample(name), medium))
    assert fonts
    assert all(fonts.values())
    assert {font.partition("+")[2] for font in fonts} <= {"NotoSansSC-Regular", "NotoSansSC-Bold"}


@pytest.mark.parametrize("medium", MEDIA)
def test_rare_names_print_and_can_be_copied(medium: Medium) -> None:
    pdf = named(RARE + RAREST, medium)
    assert RARE + RAREST in text_of(pdf)
    assert any("BianminRare" in font for font in fonts_of(pdf))
    assert unprintable(sample("receipt_slip")) == ()


@pytest.mark.parametrize("char", RARE + RAREST)
def test_a_rare_character_is_no_box(char: str) -> None:
    assert images_of(named(char, "80mm"), 203) != images_of(named("\ue000", "80mm"), 203)


def test_what_no_font_has_is_a_box_and_told() -> None:
    facts = replace(RECEIVED, person=replace(LIU, name="刘\ue000兰\u202e😀"))
    paper = compose("receipt_slip", facts, wording())
    assert unprintable(paper) == ("\ue000", "\u202e", "😀")
    text = text_of(render(paper, "A5"))
    assert "刘\ue000兰" in text
    seen = images_of(named("刘\ue000兰", "A5"), 203)
    assert seen == images_of(named("刘\ue001兰", "A5"), 203)
    assert seen != images_of(named("刘兰", "A5"), 203)


def test_marks_that_leave_no_trace_are_not_boxes() -> None:
    assert images_of(named("刘\u200b桂\ufe01兰", "A5"), 100) == images_of(
        named("刘桂兰", "A5"), 100
    )


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_drawn_as_text(text: str, medium: Medium) -> None:
    drawn = text_of(named(text, medium)).replace("\n", "")
    assert text.replace(" ", "") in drawn.replace(" ", "")


def test_control_characters_end_nothing() -> None:
    text = text_of(named("刘\x00桂\x1b兰\x07", "A5"))
    assert "证件号码" in text
    assert "2026 年 11 月 23 日" in text


def test_hostile_text_opens_no_file(tmp_path: Path) -> None:
    """In a process of its own, since Python's audit hooks cannot be taken out again."""
    unpacked_fonts(tmp_path)
    script = Path(__file__).with_name("watched_render.py")
    run = subprocess.run(
        [sys.executable, str(script), str(tmp_path), *HOSTILE],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert run.stderr == ""
    assert run.stdout.split() == ["drawn", str(len(HOSTILE)), "opened", "0"]


def test_text_reads_in_order() -> None:
    text = text_of(render(sample("receipt_slip"), "A5"))
    words = [
        "池阳社区便民服务大厅",
        "材料接收凭证",
        RECEIVED.number,
        "刘桂兰",
        "居民身份证",
        "社会保障卡",
    ]
    words += ["不收任何费用", "凭短号", "经办：王敏", "（盖章）"]
    places = [text.index(word) for word in words]
    assert places == sorted(places)


@pytest.mark.parametrize("medium", MEDIA)
def test_the_file_says_what_it_is_but_not_about_whom(medium: Medium) -> None:
    with pikepdf.open(io.BytesIO(render(sample("acceptance_notice"), medium))) as document:
        info = {key: str(value) for key, value in document.docinfo.items()}
        assert str(document.Root.Lang) == "zh-CN"
    assert info["/Title"] == f"受理通知书 {sample('acceptance_notice').number}"
    assert info["/Subject"] == sample("acceptance_notice").number
    assert info["/CreationDate"] == "D:20261123114200+08'00'"
    assert LIU.name not in "".join(info.values())


@pytest.mark.parametrize("medium", MEDIA)
def test_first_page_size(medium: Medium) -> None:
    with pikepdf.open(io.BytesIO(render(sample("receipt_slip"), medium))) as document:
        width, height = (float(side) * 25.4 / 72 for side in document.pages[0].mediabox[2:])
    sizes = {
        "A5": (210, 148),
        "A4": (210, 297),
        "80mm": (80, round(height)),
        "58mm": (58, round(height)),
        "241": (241, 279.4),
        "241/2": (241, 139.7),
        "241/3": (241, 93.1),
    }
    assert (round(width, 1), round(height, 1)) == sizes[medium]
