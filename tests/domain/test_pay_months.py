"""The month a benefit counts from follows the county's rule."""

from datetime import date

import pytest

from desk.domain.pay_months import last_day, month_by

DAYS = {"approval": date(2026, 12, 31), "birthday": date(2026, 11, 25)}


@pytest.mark.parametrize(
    ("rule", "month"),
    [
        ("month_after_approval", "2027-01"),
        ("month_of_approval", "2026-12"),
        ("month_after_birthday", "2026-12"),
        ("month_of_birthday", "2026-11"),
        ("month_after_wedding", ""),
        ("sometime", ""),
        (None, ""),
        (True, ""),
    ],
)
def test_each_rule_names_its_month(rule: object, month: str) -> None:
    assert month_by(rule, DAYS) == month


def test_a_month_ends_on_its_last_day() -> None:
    assert last_day("2028-02") == date(2028, 2, 29)
    assert last_day("2026-12") == date(2026, 12, 31)
    with pytest.raises(ValueError, match=r"1\.\.12"):
        last_day("2026-13")
