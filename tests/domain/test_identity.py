"""Citizen numbers, other certificates, ages, organisation codes and telephones."""

from calendar import isleap
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from desk.domain.identity import (
    Regions,
    age_on,
    birthday_reaching,
    check_char,
    check_phone,
    clean_id,
    clean_phone,
    phone_words,
    read_id,
    read_regions,
)

SAMPLE = "11010519491231002X"
TODAY = date(2026, 11, 22)
RESOURCES = Path(__file__).parents[2] / "resources"


@pytest.fixture(scope="module")
def regions() -> Regions:
    return read_regions((RESOURCES / "codes" / "regions.toml").read_bytes())


def number_of(region: str, birth: date, serial: int) -> str:
    first17 = f"{region}{birth:%Y%m%d}{serial:03d}"
    return first17 + check_char(first17)


def codes(problems) -> list[str]:
    return [p.code for p in problems]


births = st.dates(date(1900, 1, 1), TODAY)


def test_reads_the_well_known_sample():
    reading = read_id(SAMPLE, today=TODAY)
    assert reading.problems == ()
    assert (reading.birth, reading.sex, reading.region) == (date(1949, 12, 31), "女", "110105")


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002x",
        " 110105 19491231 002X ",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105-19491231-002×",
        "'11010519491231002X",
        "\u200e110105\u300019491231\t002x\u200b\r\n",
    ],
)
def test_mends_what_readers_and_hands_leave_behind(typed):
    assert clean_id(typed) == SAMPLE
    assert read_id(typed, today=TODAY).number == SAMPLE


@pytest.mark.parametrize("region", ["610422", "610423", "610431", "610481"])
def test_every_birth_year_passes_in_our_counties(region, regions):
    for year in range(1900, 2027):
        reading = read_id(number_of(region, date(year, 2, 15), 123), today=TODAY, regions=regions)
        assert (reading.problems, reading.advice) == ((), ())
        assert reading.birth == date(year, 2, 15)


@given(births, st.integers(0, 999), st.sampled_from(["610422", "110105", "440106"]))
def test_check_character_agrees_with_an_independent_library(birth, serial, region):
    number = number_of(region, birth, serial)
    assert ric.calc_check_digit(number) == number[17]
    reading = read_id(number, today=TODAY)
    assert (reading.birth, reading.sex) == (birth, "男" if serial % 2 else "女")


@given(births, st.integers(0, 999), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_any_single_wrong_character_is_noticed(birth, serial, place, wrong):
    number = number_of("610422", birth, serial)
    typed = number[:place] + wrong + number[place + 1 :]
    assert bool(read_id(typed, today=TODAY).problems) == (typed != number)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "id_length"),
        ("1101051949123100", "id_length"),
        ("11010519491231002X0", "id_length"),
        ("1101051949123100AX", "id_characters"),
        ("X1010519491231002X", "id_characters"),
        ("01010519491231002X", "id_characters"),
        ("6.10422E+17", "id_length"),
        ("110105194902300021", "id_date"),
        ("110105184912310023", "id_date"),
        ("110105202612310023", "id_future"),
        ("110105194912310021", "id_check"),
        ("6" * 200_000, "id_length"),
    ],
)
def test_says_what_is_wrong(typed, code):
    reading = read_id(typed, today=TODAY)
    assert codes(reading.problems) == [code]
    assert (reading.birth, reading.sex, reading.region) == (None, "", "")


def test_born_today_is_not_the_future():
    assert read_id(number_of("610422", TODAY, 1), today=TODAY).problems == ()


def test_a_future_birth_passes_when_no_day_is_handed_in():
    assert read_id(number_of("610422", TODAY + timedelta(days=1), 1)).problems == ()


def test_fifteen_digits_become_eighteen_with_advice():
    reading = read_id("110105491231002", today=TODAY)
    assert reading.number == SAMPLE
    assert reading.birth == date(1949, 12, 31)
    assert codes(reading.advice) == ["id_converted"]


def test_fifteen_digits_with_an_impossible_day_are_refused():
    assert codes(read_id("110105490230002", today=TODAY).problems) == ["id_date"]


@pytest.mark.parametrize(
    ("region", "known"),
    [
        ("610422", True),
        ("610425", True),
        ("610421", True),
        ("440106", True),
        ("810000", True),
        ("830000", True),
        ("610499", False),
        ("990101", False),
    ],
)
def test_an_unknown_region_is_advice_only(region, known, regions):
    reading = read_id(number_of(region, date(1950, 1, 1), 1), today=TODAY, regions=regions)
    assert reading.problems == ()
    assert codes(reading.advice) == ([] if known else ["region_unknown"])
    assert reading.region == region


def test_region_names(regions):
    assert regions.name("610422") == "三原县"
    assert regions.name("440106") == "广东省"
    assert regions.name("990101") == ""


@pytest.mark.parametrize("prefix", ["810000", "820000", "830000"])
def test_residence_permits_are_read_like_citizen_numbers(prefix):
    number = number_of(prefix, date(1980, 5, 6), 18)
    reading = read_id(number, "港澳台居民居住证", today=TODAY)
    assert (reading.problems, reading.birth, reading.sex) == ((), date(1980, 5, 6), "女")


@pytest.mark.parametrize("id_type", ["临时居民身份证", "户口簿(未成年)", "户口簿（未成年）"])
def test_other_papers_with_a_citizen_number_are_checked_like_it(id_type):
    assert read_id(SAMPLE, id_type, TODAY).birth == date(1949, 12, 31)
    assert codes(read_id(SAMPLE[:17] + "1", id_type, TODAY).problems) == ["id_check"]


def test_permanent_residents_card_of_2023_is_read():
    number = number_of("931156", date(1981, 7, 8), 15)
    reading = read_id(number, "外国人永久居留身份证", today=TODAY)
    assert (reading.problems, reading.advice, reading.birth) == ((), (), date(1981, 7, 8))
    assert reading.region == ""


def test_permanent_residents_card_is_judged_mildly():
    wrong = read_id("931156198107080150", "外国人永久居留身份证", today=TODAY)
    assert (wrong.problems, codes(wrong.advice), wrong.birth) == ((), ["id_check_advice"], None)
    older = read_id("USA123456789012", "外国人永久居留身份证", today=TODAY)
    assert (older.problems, older.birth) == ((), None)


@pytest.mark.parametrize(
    ("id_type", "typed", "expected"),
    [
        ("护照", "e 1234 5678", []),
        ("港澳居民来往内地通行证", "H12345678", []),
        ("台湾居民来往大陆通行证", "12345678", []),
        ("其他", "1234", ["id_other_length"]),
        ("其他", "A" * 21, ["id_other_length"]),
        ("护照", "E1234号5678", ["id_other_characters"]),
    ],
)
def test_other_certificates_have_a_mild_pattern(id_type, typed, expected):
    reading = read_id(typed, id_type, today=TODAY)
    assert codes(reading.problems) == expected
    assert reading.birth is None


def test_ages_are_full_years():
    birth = date(1946, 11, 23)
    assert age_on(birth, date(2026, 11, 22)) == 79
    assert age_on(birth, date(2026, 11, 23)) == 80
    assert birthday_reaching(birth, 80) == date(2026, 11, 23)


def test_leap_day_children_get_older_on_the_first_of_march():
    birth = date(1956, 2, 29)
    assert birthday_reaching(birth, 70) == date(2026, 3, 1)
    assert age_on(birth, date(2026, 2, 28)) == 69
    assert age_on(birth, date(2026, 3, 1)) == 70
    assert birthday_reaching(birth, 72) == date(2028, 2, 29)


@given(births, st.integers(0, 120))
def test_the_birthday_is_the_first_day_of_the_age(birth, age):
    day = birthday_reaching(birth, age)
    assert age_on(birth, day) == age
    assert age_on(birth, day - timedelta(days=1)) == age - 1
    if (birth.month, birth.day) != (2, 29) or isleap(day.year):
        assert (day.month, day.day) == (birth.month, birth.day)


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("138 1234 5678", "13812345678"),
        ("１３８－１２３４－５６７８", "13812345678"),
        ("+86 13812345678", "13812345678"),
        ("0086-138-1234-5678", "13812345678"),
        ("8613812345678", "13812345678"),
        ("(029)3228 1234", "02932281234"),
        ("+86 29 32281234", "02932281234"),
        ("32281234", "32281234"),
        ("400-800-1234", "4008001234"),
        ("+852 2345 6789", "+85223456789"),
    ],
)
def test_telephones_are_cleaned_and_pass(typed, cleaned):
    assert clean_phone(typed) == cleaned
    assert check_phone(cleaned) == ()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("02932280011", "029-32280011"),
        ("01066001234", "010-66001234"),
        ("09103221234", "0910-3221234"),
        ("13812345678", "13812345678"),
        ("4008001234", "4008001234"),
        ("32281234", "32281234"),
    ],
)
def test_a_fixed_telephone_is_written_with_its_hyphen(number: str, words: str) -> None:
    assert phone_words(number) == words
    assert clean_phone(words) == number


@pytest.mark.parametrize(
    "typed", ["", "1381234567", "138123456789", "12812345678", "12345", "六个六"]
)
def test_impossible_telephones_are_told(typed):
    assert codes(check_phone(clean_phone(typed))) == ["phone"]
