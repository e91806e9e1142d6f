"""Numbers that say who someone is: citizen number, other certificates, organisation code, telephone, age."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from desk.errors import Problem

Sex = Literal["男", "女", ""]

RESIDENT_ID = "居民身份证"
PERMANENT_RESIDENT_ID = "外国人永久居留身份证"
# These all carry a number built as GB 11643 lays down (residence permits: 810000, 820000, 830000).
CITIZEN_NUMBER_TYPES = frozenset(
    {RESIDENT_ID, "临时居民身份证", "户口簿(未成年)", "港澳台居民居住证"}
)

_FIELD = "id_no"
_OLDEST_BIRTH_YEAR = 1850
_LONGEST_TYPED = 100
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_CITIZEN = re.compile(r"[1-9][0-9]{16}[0-9X]")
_OLD_CITIZEN = re.compile(r"[1-9][0-9]{14}")
_PERMANENT_RESIDENT = re.compile(r"9[0-9]{16}[0-9X]")
_OTHER = re.compile(r"[0-9A-Z]{5,20}")
_PHONE = re.compile(
    r"1[3-9][0-9]{9}|0[1-9][0-9]{8,10}|[2-8][0-9]{6,7}|[48]00[0-9]{7}|\+[1-9][0-9]{6,14}"
)
# Area codes have three digits where they begin with 010 or 02, else four.
_FIXED = re.compile(r"(010|02[0-9]|0[3-9][0-9]{2})([0-9]{7,8})")


@dataclass(frozen=True, slots=True)
class IdReading:
    """What a typed certificate number says.

    `number` is the cleaned number (a 15-digit one already made 18). With problems it cannot be taken and `birth`,
    `sex`, `region` are empty; `advice` is told but blocks nothing. `region` is the first six digits: the place of
    first registration, no proof of where someone is registered now.
    """

    number: str
    problems: tuple[Problem, ...] = ()
    advice: tuple[Problem, ...] = ()
    birth: date | None = None
    sex: Sex = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Regions:
    """Names of region codes: provinces by two digits, counties by six, for some cities only."""

    names: Mapping[str, str]

    def name(self, code: str) -> str:
        """Label of the six digits, else of their province, else ''."""
        return self.names.get(code) or self.names.get(code[:2], "")

    def knows(self, code: str) -> bool:
        """Whether nothing speaks against `code`: its province exists and, where the city is listed, the county."""
        if code[:2] not in self.names:
            return False
        city_listed = f"{code[:4]}00" in self.names
        return code in self.names or not city_listed


def read_regions(source: bytes) -> Regions:
    """The table of a codes file (`entries = [{ code, label }]`). Raises tomllib.TOMLDecodeError, KeyError."""
    entries = tomllib.loads(source.decode())["entries"]
    return Regions({entry["code"]: entry["label"] for entry in entries})


def clean_id(typed: str) -> str:
    """`typed` in half width and upper case, without blanks, hyphens, quotes and unseen characters."""
    if typed.isascii() and typed.isalnum():
        return typed[:_LONGEST_TYPED].upper()
    plain = unicodedata.normalize("NFKC", typed[:_LONGEST_TYPED]).replace("×", "X")
    return "".join(c for c in plain.upper() if not _is_filler(c))


def _is_filler(character: str) -> bool:
    # Z: separators, C: control and format, Pd: dashes. Spreadsheets put a quote before numbers kept as text.
    category = unicodedata.category(character)
    return category[0] in "ZC" or category == "Pd" or character in "'’‘`"


def check_char(first17: str) -> str:
    """Eighteenth character for seventeen digits (GB 11643-1999, ISO 7064 MOD 11-2)."""
    total = sum(int(d) * w for d, w in zip(first17, _ID_WEIGHTS, strict=True))
    return _ID_CHECKS[total % 11]


def read_id(
    typed: str,
    id_type: str = RESIDENT_ID,
    today: date | None = None,
    regions: Regions | None = None,
) -> IdReading:
    """What `typed` says as a certificate of `id_type`; empty input is the caller's business.

    Without `today` a birth date in the future is not noticed, without `regions` no advice on the region is given.
    The region never blocks: codes are abolished, and a number outlives its county (三原 610422 is younger than most
    of its old people).
    """
    number = clean_id(typed)
    id_type = unicodedata.normalize("NFKC", id_type)
    if id_type in CITIZEN_NUMBER_TYPES:
        return _read_citizen(number, today, regions)
    if id_type == PERMANENT_RESIDENT_ID:
        return _read_permanent_resident(number, today)
    return _read_other(number)


def _read_citizen(number: str, today: date | None, regions: Regions | None) -> IdReading:
    advice: tuple[Problem, ...] = ()
    if _OLD_CITIZEN.fullmatch(number):
        number = f"{number[:6]}19{number[6:]}"
        number += check_char(number)
        advice = (Problem(_FIELD, "id_converted", {"number": number}),)
    problem = _shape_problem(number) or _content_problem(number, today)
    if problem:
        return IdReading(number, (problem,))
    region = number[:6]
    if regions and not regions.knows(region):
        advice += (Problem(_FIELD, "region_unknown", {"region": region}),)
    return IdReading(number, (), advice, _birth_in(number), _sex_in(number), region)


def _shape_problem(number: str) -> Problem | None:
    if len(number) != 18:
        return Problem(_FIELD, "id_length", {"have": len(number), "need": 18})
    if not _CITIZEN.fullmatch(number):
        return Problem(_FIELD, "id_characters")
    return None


def _content_problem(number: str, today: date | None) -> Problem | None:
    birth = _birth_in(number)
    if birth is None or birth.year < _OLDEST_BIRTH_YEAR:
        return Problem(_FIELD, "id_date", {"digits": number[6:14]})
    if today and birth > today:
        return Problem(_FIELD, "id_future", {"birth": birth.isoformat()})
    if check_char(number[:17]) != number[17]:
        return Problem(_FIELD, "id_check")
    return None


def _read_permanent_resident(number: str, today: date | None) -> IdReading:
    # The 2023 card has 18 characters from 9 on, built like a citizen number; the older one has letters and 12 digits.
    if not _PERMANENT_RESIDENT.fullmatch(number):
        return _read_other(number)
    if _content_problem(number, today):
        return IdReading(number, advice=(Problem(_FIELD, "id_check_advice"),))
    return IdReading(number, (), (), _birth_in(number), _sex_in(number))


def _read_other(number: str) -> IdReading:
    if _OTHER.fullmatch(number):
        return IdReading(number)
    if 5 <= len(number) <= 20:
        return IdReading(number, (Problem(_FIELD, "id_other_characters"),))
    facts: dict[str, object] = {"have": len(number), "least": 5, "most": 20}
    return IdReading(number, (Problem(_FIELD, "id_other_length", facts),))


def _birth_in(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def _sex_in(number: str) -> Sex:
    return "男" if int(number[16]) % 2 else "女"


def birthday_reaching(birth: date, age: int) -> date:
    """The day someone born on `birth` becomes `age`; those of 29 February on 1 March in common years."""
    try:
        return birth.replace(year=birth.year + age)
    except ValueError:
        return date(birth.year + age, 3, 1)


def age_on(birth: date, day: date) -> int:
    """Full years lived on `day`, counted as `birthday_reaching`; negative before birth."""
    years = day.year - birth.year
    return years if day >= birthday_reaching(birth, years) else years - 1


def clean_phone(typed: str) -> str:
    """Digits of a telephone number without China's prefix; a foreign one keeps its plus sign."""
    plain = unicodedata.normalize("NFKC", typed[:_LONGEST_TYPED]).strip()
    digits = "".join(c for c in plain if c.isascii() and c.isdigit())
    foreign = plain.startswith("+") or digits.startswith("00")
    digits = digits.removeprefix("00")
    if len(digits) >= 12 and digits.startswith("86"):
        domestic = digits[2:]
        return domestic if domestic[0] in "01" else f"0{domestic}"
    return f"+{digits}" if foreign else digits


def phone_words(number: str) -> str:
    """A number from `clean_phone` as people write it: a fixed one with a hyphen after the area code."""
    return _FIXED.sub(r"\1-\2", number) if _FIXED.fullmatch(number) else number


def check_phone(number: str) -> tuple[Problem, ...]:
    """What is wrong with a number from `clean_phone`: neither mobile, fixed, service nor foreign number."""
    return () if _PHONE.fullmatch(number) else (Problem("phone", "phone", {"have": len(number)}),)
