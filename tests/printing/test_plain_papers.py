"""Every plain paper is what it was when last looked at and is neat on all it serves."""

import io
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from desk.domain.paper_blocks import Paper
from desk.domain.plain_papers import compose_plain
from desk.printing.fonts import faces
from desk.printing.media import Medium
from desk.printing.printer import lay_out, render
from tests.printing.golden import contents, kept_print
from tests.printing.golden_plain import (
    kept_files,
    lesser_media,
    plain_file,
    print_file,
    served_media,
    usual_medium,
    wanted_files,
)
from tests.printing.plain_heads import ADDRESS, LONG_NAME, signed
from tests.printing.plain_samples import NAMES, PLAIN, plain_sample, roster
from tests.printing.reading import text_of
from tests.printing.samples import wording
from tests.printing.test_layout import check

SERVED = [(name, medium) for name in NAMES for medium in served_media(name)]
LESSER = [(name, medium) for name in NAMES for medium in lesser_media(name)]
LONG = {
    "recipient": LONG_NAME,
    "principal": LONG_NAME,
    "principal_address": ADDRESS,
    "address": ADDRESS,
    "giver": LONG_NAME,
    "applicant": LONG_NAME,
    "name": LONG_NAME,
    "resident": LONG_NAME,
}
PAPERS_30 = tuple({"name": f"第 {n} 份材料", "original": "1", "count": "1"} for n in range(1, 31))


def strained(name: str) -> Paper:
    """The sample with very long names and, where it lists papers, thirty of them."""
    told = PLAIN[name]
    values = {key: LONG.get(key, text) for key, text in told.values.items()}
    rows = {key: PAPERS_30 if key == "papers" else found for key, found in told.rows.items()}
    if name == "mediation_contents":
        rows = dict(told.rows)
    return compose_plain(told.kind, signed(told.kind, told.head), values, rows, wording())


@pytest.mark.parametrize("name", NAMES)
def test_paper_is_as_kept(name: str) -> None:
    kept = contents(plain_file(name).read_bytes())
    assert contents(render(plain_sample(name), usual_medium(name))) == kept, (
        "look at it, then: python -m tests.printing.golden_plain"
    )


@pytest.mark.parametrize(("name", "medium"), LESSER)
def test_paper_on_a_lesser_medium_is_as_kept(name: str, medium: Medium) -> None:
    kept = print_file(name, medium).read_text(encoding="utf-8")
    assert kept_print(render(plain_sample(name), medium)) == kept, (
        "look at it, then: python -m tests.printing.golden_plain"
    )


def test_no_stray_kept_paper() -> None:
    assert kept_files() == wanted_files()


@pytest.mark.parametrize(("name", "medium"), SERVED)
def test_papers_are_neat_on_all_they_serve(name: str, medium: Medium) -> None:
    check(lay_out(plain_sample(name), medium, faces()))


@pytest.mark.parametrize("name", PLAIN)
def test_strained_papers_are_neat_and_whole(name: str) -> None:
    for medium in served_media(name):
        check(lay_out(strained(name), medium, faces()))
    text = text_of(render(strained(name), usual_medium(name))).replace(" ", "")
    long = {LONG[key] for key in PLAIN[name].values if key in LONG}
    assert [words for words in long if words not in text] == []


@pytest.mark.parametrize("name", ["handover_list", "forward_sheet"])
def test_thirty_papers_keep_their_order_and_pages_their_numbers(name: str) -> None:
    pdf = render(strained(name), "A5")
    text = text_of(pdf)
    places = [text.index(f"第 {number} 份材料") for number in range(1, 31)]
    assert all(before < after for before, after in pairwise(places))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        total = len(document.pages)
    assert total > 1
    assert f"第 {total} 页 共 {total} 页" in text


@pytest.mark.parametrize("name", ["rating_slip", "recheck_slip", "proof_of_service"])
def test_small_sheets_take_one_page(name: str) -> None:
    assert len(lay_out(plain_sample(name), "A5", faces()).pages) == 1


@pytest.mark.parametrize("name", [name for name in NAMES if usual_medium(name) == "A4"])
def test_forms_of_one_sheet_stay_on_it(name: str) -> None:
    pages = len(lay_out(plain_sample(name), "A4", faces()).pages)
    assert pages == (2 if name == "roster" else 1)


def test_a_roster_of_five_hundred_repeats_its_head_and_counts_its_pages() -> None:
    told = roster(500)
    pdf = render(compose_plain(told.kind, told.head, told.values, told.rows, wording()), "A4")
    with pikepdf.open(io.BytesIO(pdf)) as document:
        total = len(document.pages)
    assert len(pdf) <= 120_000 * total
    text = text_of(pdf)
    assert text.count("证件号码") == total
    assert f"第 1 页 共 {total} 页" in text
    assert f"第 {total} 页 共 {total} 页" in text
    assert text.index("0001") < text.index("0250") < text.index("0500")


def test_reading_order_follows_the_page() -> None:
    text = text_of(render(plain_sample("mediation_agreement"), "A4"))
    words = ["池阳社区人民调解委员会", "人民调解协议书", "人调字第 12 号", "张秀英", "维吾尔"]
    words += [
        "一、纠纷的主要事实",
        "漏水渗到楼下",
        "二、经调解",
        "4600 元",
        "三、履行",
        "自各方当事人签名",
    ]
    words += ["甲方签名、盖章或指印", "记录人签名", "（盖章）"]
    places = [text.index(word) for word in words]
    assert places == sorted(places)


@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_sound_and_bears_its_fonts(name: str, tmp_path: Path) -> None:
    pdf = render(plain_sample(name), usual_medium(name))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.check_pdf_syntax() == []
        fonts = [found for found in document.objects if _is_font(found)]
        assert fonts
        assert all("/FontFile2" in font.get("/FontDescriptor", {}) for font in fonts)
        assert str(document.docinfo["/Title"]).startswith(plain_sample(name).title)


def _is_font(found: pikepdf.Object) -> bool:
    return isinstance(found, pikepdf.Dictionary) and found.get("/Type") == "/Font"
