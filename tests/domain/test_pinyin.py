"""Reading names: surnames, compounds, polyphones, rare characters, spelling, and the table itself."""

import runpy
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin
from pypinyin.pinyin_dict import pinyin_dict

from desk.domain.pinyin import FIRST_CHARACTER, HEADING, MAX_READINGS, PinyinTable

CODES = Path(__file__).parents[2] / "resources" / "codes"
TABLE = PinyinTable.from_bytes((CODES / "pinyin.bin").read_bytes())
CHARACTERS = [chr(at) for at, sign in enumerate(TABLE.usual, FIRST_CHARACTER) if sign != " "]


def usual(name: str) -> str:
    return "".join(TABLE.readings(name)[0])


def test_the_table_is_what_its_maker_makes():
    build = runpy.run_path(str(CODES / "make_pinyin.py"))["build"]
    assert zlib.decompress((CODES / "pinyin.bin").read_bytes()).decode() == build()


def test_it_has_every_character_of_the_dictionary():
    assert set(CHARACTERS) == {chr(code) for code in pinyin_dict}
    assert (CODES / "pinyin.bin").stat().st_size < 140_000


@pytest.mark.parametrize(
    "source", [b"", b"no zlib", zlib.compress(b"other 1\n"), zlib.compress(b"\xff")]
)
def test_another_file_is_refused(source):
    with pytest.raises(ValueError, match="not a pinyin table"):
        PinyinTable.from_bytes(source)


def test_the_heading_is_checked():
    with pytest.raises(ValueError, match="of this form"):
        PinyinTable.from_bytes(zlib.compress(f"{HEADING}0\na\nb\n".encode()))


@pytest.mark.parametrize(
    ("surname", "expected"),
    [
        ("单", "shan"), ("解", "xie"), ("区", "ou"), ("查", "zha"), ("仇", "qiu"), ("曾", "zeng"),
        ("朴", "piao"), ("盖", "ge"), ("种", "chong"), ("折", "she"), ("洗", "xian"), ("缪", "miao"),
        ("秘", "bi"), ("翟", "zhai"), ("宓", "fu"), ("覃", "qin"), ("佴", "nai"), ("员", "yun"),
        ("繁", "po"), ("郇", "xun"), ("隗", "wei"), ("乐", "yue"), ("召", "shao"), ("祭", "zhai"),
        ("谌", "chen"), ("莘", "shen"), ("黑", "he"), ("那", "na"), ("冯", "feng"), ("令", "ling"),
    ],
)  # fmt: skip
def test_surnames_have_their_own_readings(surname, expected):
    assert usual(surname + "伟") == expected + "wei"


@pytest.mark.parametrize("name", ["单伟", "解伟", "乐伟", "翟伟", "员伟", "盖伟"])
def test_the_common_misreading_of_a_surname_is_found_too(name):
    assert "".join(lazy_pinyin(name, style=Style.NORMAL)) in TABLE.full(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("欧阳丽华", "ouyanglihua"),
        ("尉迟敏", "yuchimin"),
        ("万俟雅言", "moqiyayan"),
        ("长孙无忌", "zhangsunwuji"),
        ("澹台明", "tantaiming"),
        ("令狐冲", "linghuchong"),
        ("单于明", "chanyuming"),
        ("慕容复", "murongfu"),
        ("皇甫平", "huangfuping"),
    ],
)
def test_compound_surnames(name, expected):
    assert usual(name) == expected


def test_a_compound_is_also_found_by_its_single_characters():
    assert {"yuchimin", "weichimin"} <= TABLE.full("尉迟敏")


def test_given_names_keep_two_readings():
    assert TABLE.full("王乐") == {"wangle", "wangyue"}
    assert TABLE.initials("王重长") == {"wzz", "wzc", "wcz", "wcc"}
    assert TABLE.full("张建国") == {"zhangjianguo"}


@pytest.mark.parametrize("name", ["吕芳", "王绿"])
def test_umlauts_are_typed_with_v_or_u(name):
    v, u = sorted(TABLE.full(name), reverse=True)
    assert ("lv" in v, u) == (True, v.replace("lv", "lu"))


@pytest.mark.parametrize(
    ("character", "expected"),
    [("㛃", "jie"), ("䶮", "yan"), ("𬭎", "hong"), ("𠅤", "xi"), ("𫖯", "fu")],
)
def test_rare_characters(character, expected):
    assert usual("李" + character) == "li" + expected


@pytest.mark.parametrize("dot", "·•・.")
def test_dots_in_names_are_skipped(dot):
    name = f"马依努尔{dot}艾力"
    assert usual(name) == "mayinueraili"
    assert "mynel" not in TABLE.initials(name)
    assert "myneal" in TABLE.initials(name)


def test_a_first_part_before_a_dot_is_no_surname():
    assert usual("单巴·朴") == "danbapu"


def test_what_has_no_reading_is_left_out():
    assert TABLE.full("李①🙂伟") == TABLE.full("李伟")
    assert TABLE.full("🙂") == TABLE.initials("") == frozenset()


def test_latin_names_stand_for_themselves():
    assert TABLE.full("John Smith") == {"johnsmith"}
    assert TABLE.initials("John Smith") == {"js"}


@given(st.text(st.sampled_from(CHARACTERS), min_size=1, max_size=60))
def test_readings_are_bounded_and_agree_with_each_other(name):
    readings = TABLE.readings(name)
    assert 1 <= len(readings) <= MAX_READINGS
    assert len(set(readings)) == len(readings)
    assert {len(reading) for reading in readings} == {len(name)}
    assert len(TABLE.full(name)) <= len(readings)


@given(st.text(max_size=300))
def test_any_text_can_be_read(name):
    assert all(full.isascii() and full.islower() for full in TABLE.full(name))
