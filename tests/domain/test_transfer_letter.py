"""What a transfer letter says: capital numerals, options circled out, no name of the issuing body."""

from dataclasses import replace
from datetime import date

import pytest

from desk.domain.transfer_letter import GAPS, TransferLetterFacts, letter_values

LETTER = TransferLetterFacts(
    number="三转〔2026〕0031",
    name="张建国",
    sex="男",
    age=46,
    ethnic="汉族",
    full_member=True,
    id_no="610422198003151215",
    from_org="中共三原县城关街道池阳社区第二网格支部委员会",
    to_org="中共泾阳县泾干街道南关社区支部委员会",
    addressee="中共泾阳县泾干街道工作委员会",
    dues_until="2026-11",
    valid_days=30,
    issued_on=date(2026, 11, 23),
    member_phone="13800002734",
    base_address="陕西省咸阳市三原县城关街道东关路 18 号",
    base_phone="029-32280000",
    base_fax="029-32280001",
    base_postcode="713800",
    base_committee="中共三原县城关街道工作委员会",
)


def test_every_gap_has_a_value():
    assert letter_values(LETTER).keys() == GAPS


def test_dues_and_validity_in_capital_numerals():
    values = letter_values(LETTER)
    said = values["dues_year"], values["dues_month"], values["valid_days"]
    assert said == ("贰零贰陆", "壹拾壹", "叁拾")


@pytest.mark.parametrize(
    ("sex", "full", "out"),
    [
        ("男", True, {"not_female", "not_probationary"}),
        ("女", False, {"not_male", "not_full"}),
        ("", True, {"not_probationary"}),
    ],
)
def test_the_other_option_is_circled_out(sex, full, out):
    values = letter_values(replace(LETTER, sex=sex, full_member=full))
    assert {name for name, value in values.items() if name.startswith("not_") and value} == out


def test_the_number_of_the_certificate_is_whole():
    assert letter_values(LETTER)["id_no"] == LETTER.id_no


@pytest.mark.parametrize(("ethnic", "word"), [("汉族", "汉"), ("维吾尔族", "维吾尔"), ("", "")])
def test_the_form_itself_says_zu(ethnic, word):
    assert letter_values(replace(LETTER, ethnic=ethnic))["ethnic"] == word


def test_what_is_not_known_stays_blank():
    blank = replace(LETTER, age=None, dues_until="", valid_days=0, issued_on=None)
    values = letter_values(blank)
    names = ("age", "dues_year", "dues_month", "valid_days", "issued_year", "issued_day")
    assert [values[name] for name in names] == [""] * 6


def test_a_month_that_is_none():
    with pytest.raises(ValueError, match="month"):
        letter_values(replace(LETTER, dues_until="2026-13"))
