"""Every medium and every trouble of a printer has Chinese words of its own."""

from typing import get_args

import pytest

from desk.printing.media import Medium
from desk.services.print_jobs import CLOSED
from desk.words.printing import MEDIA, boxes, trouble
from ui.printers import Trouble

CODES = [code for code in get_args(Trouble) if code] + [CLOSED]


def test_every_medium_has_a_name() -> None:
    assert set(MEDIA) == set(get_args(Medium))
    assert len(set(MEDIA.values())) == len(MEDIA)


@pytest.mark.parametrize("code", CODES)
def test_every_trouble_says_what_to_look_at(code: str) -> None:
    assert trouble(code) != trouble("something else")
    assert "看" in trouble(code)
    assert not any("a" <= letter.lower() <= "z" for letter in trouble(code))


def test_the_question_names_the_characters_and_the_paper() -> None:
    said = boxes("受理通知书", ("\ue000",))
    assert said.title == "有 1 个字打不出来"
    assert "《受理通知书》里的“\ue000”（编码 E000）" in said.text
    many = boxes("受理通知书", tuple(chr(0xE000 + n) for n in range(20)))
    assert "等 20 个字" in many.text
    assert many.text.count("编码") == 8
