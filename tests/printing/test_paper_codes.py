"""Which papers carry codes, that these are read off every medium as a 203 dpi printer puts it down, and why few carry none."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pytest

from desk.domain.numbering import parse
from desk.domain.plain_papers import compose_plain
from desk.exchange.receipt_code import name_digest, read_receipt, verify
from desk.printing.media import Medium
from desk.printing.printer import render
from tests.printing.form_samples import BARS, DRAWN, layouts
from tests.printing.golden import MEDIA
from tests.printing.golden_plain import served_media
from tests.printing.plain_heads import CASE, signed
from tests.printing.plain_samples import PLAIN
from tests.printing.reading import images_of
from tests.printing.samples import FACTS, KEY, SIGNER, sample, wording
from tests.printing.test_codes import black_or_white, codes_on

OFFICIAL = "an official form in three parts (组通字〔2006〕45号): nothing may be added to it"
WITHOUT: Final[Mapping[str, str]] = {
    "transfer_letter": OFFICIAL,
    "transfer_letter_values": OFFICIAL,
    "transfer_letter_strained": OFFICIAL,
    "transfer_receipt": OFFICIAL,
    "judicial_confirmation": "the parties' own petition to the court, not a paper of the desk",
    "recovery_key": "no case's: its QR code says the key, which no telephone should look up",
}
"""The papers that do not carry their number in codes, and why."""
# One sample of each kind of plain paper, as it would be issued in a case.
OF_A_CASE = {told.kind: told for told in PLAIN.values()}
PLAIN_SERVED = [(kind, medium) for kind in OF_A_CASE for medium in served_media(kind)]
CASE_PAPERS = [(name, medium) for name in FACTS for medium in MEDIA]


def on_paper(pdf: bytes) -> list[str]:
    """What all codes of the paper say."""
    return sorted(
        text for image in images_of(pdf, 203) for text in codes_on(black_or_white(image)).values()
    )


def proved(found: list[str], compact: str, bars: bool) -> None:
    """The signed code, and before it the bar code where the paper is wide enough for one."""
    assert found[:-1] == ([compact] if bars else [])
    code = read_receipt(found[-1])
    assert verify(code, SIGNER.public)
    assert code.number == parse(compact)
    assert code.name == name_digest(code.number, "刘*兰")


@pytest.mark.parametrize(("name", "medium"), CASE_PAPERS)
def test_a_paper_of_a_case(name: str, medium: Medium) -> None:
    paper = sample(name)
    found = on_paper(render(paper, medium))
    if paper.kind in WITHOUT:
        assert found == ["-".join(KEY)]
    else:
        proved(found, FACTS[name][1].compact, medium != "58mm")


@pytest.mark.parametrize(("kind", "medium"), PLAIN_SERVED)
def test_a_plain_paper_issued_in_a_case(kind: str, medium: Medium) -> None:
    told = OF_A_CASE[kind]
    head = signed(kind, replace(told.head, number=CASE.number, compact=CASE.compact))
    found = on_paper(render(compose_plain(kind, head, told.values, told.rows, wording()), medium))
    if kind in WITHOUT:
        assert found == []
    else:
        proved(found, CASE.compact, medium != "58mm")


@pytest.mark.parametrize("name", DRAWN)
def test_a_letter_or_form(name: str) -> None:
    found = on_paper(DRAWN[name]())
    if name in WITHOUT:
        assert found == []
    else:
        proved(found, BARS, bars=True)


def test_every_kind_and_every_layout_is_among_them() -> None:
    assert {*OF_A_CASE} | {sample(name).kind for name in FACTS} == {*wording().papers}
    assert {*layouts()} <= {*DRAWN}
    known = {*OF_A_CASE, *DRAWN, *(sample(name).kind for name in FACTS)}
    assert {*WITHOUT} <= known
