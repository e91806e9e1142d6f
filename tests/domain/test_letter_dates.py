"""Days of a transfer: validity and issuer by the way it goes, receipts, silence."""

from datetime import date

import pytest

from desk.domain.letter_dates import LETTER_FACTS, half_year_silent

TODAY = date(2026, 11, 23)
COUNTY: dict[str, object] = {
    "$letter_days_city": 10,
    "$letter_days_province": 30,
    "$letter_days_beyond": 90,
    "$receipt_days": 31,
    "$letter_issuer": "街道党工委",
    "$letter_issuer_beyond": "县委组织部",
}


def fact(name: str, **form: object) -> object:
    return LETTER_FACTS[name]({**COUNTY, **form}, TODAY)


@pytest.mark.parametrize(
    ("scope", "days", "issuer"),
    [
        ("县内", 10, "街道党工委"),
        ("市内跨县", 10, "街道党工委"),
        ("省内跨市", 30, "街道党工委"),
        ("跨省", 90, "县委组织部"),
        ("军队与地方之间", 90, "县委组织部"),
        (None, None, None),
    ],
)
def test_the_county_says_how_long_a_letter_serves_and_who_issues_it(scope, days, issuer):
    assert fact("usual_valid_days", transfer_scope=scope) == days
    assert fact("usual_issuer", transfer_scope=scope) == issuer


@pytest.mark.parametrize(
    ("form", "due"),
    [
        ({"admitted_on": "2026-12-01"}, "2027-01-01"),
        ({"admitted_on": "2026-12-01", "$receipt_days": 15}, "2026-12-16"),
        ({"admitted_on": "2026-12-01", "$receipt_days": 25, "issue_date": "2026-11-23"}, "2026-12-26"),
        ({"issue_date": "2026-11-23", "valid_days": 30}, "2027-01-23"),
        ({"issue_date": "2026-11-23"}, "2026-12-24"),
        ({}, None),
    ],
)  # fmt: skip
def test_a_receipt_is_due_after_admission_or_after_the_letters_last_day(form, due):
    assert fact("receipt_due", **form) == due


@pytest.mark.parametrize(
    ("admitted", "due"), [("2026-11-23", "2026-12-23"), ("2027-01-31", "2027-02-28")]
)
def test_our_own_receipt_is_due_within_a_month(admitted, due):
    assert fact("reply_due", admitted_on=admitted) == due


@pytest.mark.parametrize(
    ("form", "over"),
    [
        ({"letter_issued_on": "2026-11-01", "valid_days": 10}, True),
        ({"letter_issued_on": "2026-11-13", "valid_days": 10}, False),
        ({"letter_issued_on": "2026-11-12", "valid_days": 10}, True),
        ({"letter_issued_on": "2026-11-01"}, False),
        ({}, False),
    ],
)
def test_a_letter_is_over_the_day_after_its_last_one(form, over):
    assert fact("letter_over", presented_on="2026-11-23", **form) is over


def test_before_a_letter_is_brought_nothing_is_said_of_it():
    assert fact("letter_over", letter_issued_on="2020-01-01", valid_days=10) is None


@pytest.mark.parametrize(
    ("freq", "day"), [("每月", "2026-12-23"), ("每季度", "2027-02-23"), (None, None)]
)
def test_the_next_contact_follows_the_last_one(freq, day):
    assert fact("next_contact", last_contact="2026-11-23", contact_freq=freq) == day


@pytest.mark.parametrize(
    ("last", "silent"),
    [("2026-05-23", True), ("2026-05-24", False), (None, False), ("kein Tag", False)],
)
def test_half_a_year_without_a_word_is_silence(last, silent):
    assert half_year_silent({"last_contact": last}, TODAY) is silent
