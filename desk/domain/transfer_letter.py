"""What stands in the gaps of a party member's transfer letter (组通字〔2006〕45号 in three parts).

The form is laid down to the word, so none of its parts, nor the receipt printed alone, bears a code of ours; the
name of the member leads back to the case.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from types import MappingProxyType
from typing import Final

from desk.domain.capital_numerals import capital_days, capital_parts

LAYOUT: Final = "transfer_letter"
"""The layout's name below `resources/layouts`."""


@dataclass(frozen=True, slots=True)
class TransferLetterFacts:
    """One letter; the number of the certificate is whole, as on the official form.

    `addressee` is the body the letter is directed to, `base_committee` the one above the old branch, to which the receipt
    goes back. `dues_until` is 'YYYY-MM', `valid_days` at most three months. What is empty stays blank to be written on.
    """

    number: str
    name: str
    sex: str
    age: int | None
    ethnic: str
    full_member: bool
    id_no: str
    from_org: str
    to_org: str
    addressee: str
    dues_until: str
    valid_days: int
    issued_on: date | None
    member_phone: str = ""
    base_address: str = ""
    base_phone: str = ""
    base_fax: str = ""
    base_postcode: str = ""
    base_committee: str = ""


_SAME: Final = tuple(
    part.name
    for part in fields(TransferLetterFacts)
    if part.type is str and part.name not in ("sex", "ethnic", "dues_until")
)
GAPS: Final = frozenset(
    [
        *_SAME,
        *("age", "ethnic", "dues_year", "dues_month", "valid_days"),
        *("issued_year", "issued_month", "issued_day"),
        *("not_male", "not_female", "not_full", "not_probationary"),
    ]
)
"""The names the layout may use; those beginning with `not_` hold where the option is circled out."""

RECEIPT: Final = "transfer_receipt"
"""The layout of the third part alone, for a receiver whose part cannot be used."""
RECEIPT_GAPS: Final = frozenset(
    [
        *("number", "base_committee", "name", "handler", "handler_phone"),
        *("issued_year", "issued_month", "issued_day"),
    ]
)
OF_LAYOUTS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {LAYOUT: GAPS, RECEIPT: RECEIPT_GAPS}
)
"""Which names each of the two layouts may use."""


def letter_values(facts: TransferLetterFacts) -> dict[str, str]:
    """The values of a letter by gap; an option that does not apply is circled out, with an unknown sex neither.

    Raises ValueError for a month of dues that is none, or a validity that is no count of days.
    """
    dues_year, dues_month = capital_parts(facts.dues_until) if facts.dues_until else ("", "")
    return {
        **{name: getattr(facts, name) for name in _SAME},
        "age": "" if facts.age is None else str(facts.age),
        # The form prints 族 after the gap.
        "ethnic": facts.ethnic.removesuffix("族"),
        "dues_year": dues_year,
        "dues_month": dues_month,
        "valid_days": capital_days(facts.valid_days) if facts.valid_days else "",
        **day_parts(facts.issued_on),
        "not_male": _flag(facts.sex == "女"),
        "not_female": _flag(facts.sex == "男"),
        "not_full": _flag(not facts.full_member),
        "not_probationary": _flag(facts.full_member),
    }


def day_parts(day: date | None) -> dict[str, str]:
    """Year, month and day of a date for the gaps between the printed 年月日; empty for none."""
    if day is None:
        return {"issued_year": "", "issued_month": "", "issued_day": ""}
    return {
        "issued_year": str(day.year),
        "issued_month": str(day.month),
        "issued_day": str(day.day),
    }


def _flag(on: bool) -> str:
    return "1" if on else ""
