"""By which beginnings a person is found."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.pinyin import FIRST_CHARACTER, PinyinTable
from desk.domain.query import parse_query
from desk.domain.search_tokens import LONGEST_TOKEN, tokens_for

PINYIN = PinyinTable.from_bytes(
    (Path(__file__).parents[2] / "resources" / "codes" / "pinyin.bin").read_bytes()
)
CHARACTERS = [chr(at) for at, sign in enumerate(PINYIN.usual, FIRST_CHARACTER) if sign != " "]


def tokens(name: str = "", id_no: str = "", phone: str = "", house: str = "") -> frozenset[str]:
    return tokens_for(name, id_no, phone, house, PINYIN)


OUYANG = tokens("欧阳丽华", "61042219450101772X", "13812345678", "池阳花园 3-2-501")


def found(typed: str, person: frozenset[str] = OUYANG) -> bool:
    """As the office searches: each word begins some token."""
    words = parse_query(typed).words
    return all(any(token.startswith(word.text) for token in person) for word in words)


def test_all_tokens_of_a_person():
    assert {
        "欧阳丽华", "阳丽华", "丽华", "华",
        "ouyanglihua", "yanglihua", "lihua", "hua", "oylh", "ylh", "lh",
        "61042219450101772x", "01772x", "772x",
        "13812345678", "5678",
        "3-2-501", "池阳花园",
    } == OUYANG  # fmt: skip


@pytest.mark.parametrize(
    "typed",
    [
        "欧阳", "丽", "华", "ouyang", "OYLH", "lihua", "lh", "h", "61042219", "772X", "01772x",
        "138 1234 5678", "5678", "3-2-501", "3-2", "池阳", "丽华 5678", "oylh 池阳", "６１０４",
        "610422 19450101 772X",
    ],
)  # fmt: skip
def test_found_by(typed):
    assert found(typed)


@pytest.mark.parametrize("typed", ["张", "yanghua", "8123", "501", "丽华 9999", "欧华"])
def test_not_found_by(typed):
    assert not found(typed)


def test_all_readings_are_tokens():
    assert {"yuchimin", "weichimin", "ycm", "wcm"} <= tokens("尉迟敏")
    assert {"lvfang", "lufang", "lf"} <= tokens("吕芳")
    assert {"wangle", "wangyue", "yue", "wl", "wy"} <= tokens("王乐")


def test_a_dot_is_no_part_of_a_name():
    person = tokens("马依努尔·艾力")
    assert {"马依努尔艾力", "艾力", "mayinueraili", "aili"} <= person
    assert found("马依努尔·艾力", person)
    assert found("艾力", person)


def test_latin_names_are_found_by_every_word():
    assert tokens("John Smith") == {"johnsmith", "smith", "js"}


def test_rare_characters_are_found_with_and_without_selector():
    assert tokens("李𠅤\U000e0100") == tokens("李𠅤")
    assert found("𠅤", tokens("李𠅤"))


@pytest.mark.parametrize(
    "house",
    [
        "池阳花园 3-2-501",
        "池阳花园3号楼2单元501室",
        "池阳花园３号楼２单元５０１",
        "3-2-501 池阳花园",
    ],
)
def test_houses_are_written_in_many_ways(house):
    assert tokens(house=house) == {"3-2-501", "池阳花园"}


def test_a_short_telephone_stays_whole():
    assert tokens(phone="12345") == {"12345"}
    assert tokens(phone="029-32281234") == {"02932281234", "1234"}


def test_nothing_known_gives_no_tokens():
    assert tokens() == frozenset()


@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=200), st.text(max_size=200))
def test_any_person_has_few_short_tokens_without_blanks(name, id_no, phone, house):
    made = tokens(name, id_no, phone, house)
    assert made == tokens(name, id_no, phone, house)
    assert all(0 < len(token) <= LONGEST_TOKEN and " " not in token for token in made)


@given(st.text(st.sampled_from(CHARACTERS), min_size=1, max_size=12))
def test_everyone_is_found_by_name_and_pinyin(name):
    person = tokens(name)
    assert found(name, person)
    for way in (*PINYIN.full(name), *PINYIN.initials(name)):
        assert found(way, person)
