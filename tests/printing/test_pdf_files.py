"""Every kept paper is a sound PDF: fonts embedded as subsets, described, small, its text whole beyond U+FFFF."""

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from desk.domain.paper_blocks import Paper
from desk.domain.papers import compose
from desk.printing.media import Medium
from desk.printing.printer import render, unprintable
from tests.printing.golden import FOLDER
from tests.printing.reading import images_of, text_of
from tests.printing.samples import RECEIVED, wording

KEPT = sorted(FOLDER.rglob("*.pdf"))
LARGEST_PAGE = 120 * 1024
RARE = "王𬭎𠅤㛃䶮𫖯𪨰龑𣲗"
NOBODYS = "\U00031350"


def fonts_of(document: pikepdf.Pdf) -> list[pikepdf.Object]:
    """Every font any page may use."""
    return [
        font for page in document.pages for font in dict(page.resources.get("/Font", {})).values()
    ]


@pytest.mark.parametrize("path", KEPT, ids=lambda path: str(path.relative_to(FOLDER)))
def test_a_kept_paper_is_a_sound_file(path: Path) -> None:
    data = path.read_bytes()
    with pikepdf.open(io.BytesIO(data)) as document:
        assert document.check_pdf_syntax() == []
        fonts = fonts_of(document)
        assert fonts
        for font in fonts:
            assert str(font.BaseFont)[1:8].endswith("+"), font.BaseFont
            assert len(font.FontDescriptor.FontFile2.read_bytes()) > 0
            assert "/ToUnicode" in font
        assert str(document.Root.Lang) == "zh-CN"
        title = str(document.docinfo["/Title"])
        assert title
        assert str(document.docinfo["/Subject"])
        assert len(data) <= LARGEST_PAGE * len(document.pages)


def named(name: str) -> Paper:
    """A receipt for somebody of this name."""
    return compose(
        "receipt_slip", replace(RECEIVED, person=replace(RECEIVED.person, name=name)), wording()
    )


def test_the_title_has_the_kind_and_the_number() -> None:
    with pikepdf.open(io.BytesIO(render(named("刘桂兰"), "A5"))) as document:
        assert str(document.docinfo["/Title"]) == f"材料接收凭证 {RECEIVED.number}"
        assert str(document.docinfo["/Subject"]) == RECEIVED.number
        told = " ".join(map(str, document.docinfo.values()))
    assert "刘桂兰" not in told


@pytest.mark.parametrize("medium", ["A5", "80mm", "58mm"])
def test_rare_names_are_drawn_and_copied_whole(medium: Medium) -> None:
    pdf = render(named(RARE), medium)
    assert RARE in text_of(pdf)
    assert "□" not in text_of(pdf)
    assert unprintable(named(RARE)) == ()


def test_a_character_no_font_has_is_a_box_that_copies_as_itself() -> None:
    """PDFium reads no ActualText beyond U+FFFF, poppler does; so the file itself is looked at."""
    paper = named(f"王{NOBODYS}")
    assert unprintable(paper) == (NOBODYS,)
    pdf = render(paper, "A5")
    with pikepdf.open(io.BytesIO(pdf)) as document:
        content = document.pages[0].Contents.read_bytes()
    assert b"/ActualText <FEFFD884DF50>" in content
    boxed = images_of(pdf, 150)
    assert boxed == images_of(render(named("王□"), "A5"), 150)
    assert boxed != images_of(render(named("王"), "A5"), 150)
