"""What is typed into a field: cleaned without blame, checked, shown and masked by the field's kind."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final, TypeAlias

from desk.domain.fields import Choice, FieldDef, FieldKind
from desk.domain.identity import check_phone, clean_phone, phone_words, read_id
from desk.domain.privacy import mask_account, mask_id, mask_phone
from desk.domain.text import clean_text, half_width
from desk.errors import Problem

Cleaned: TypeAlias = tuple[object, tuple[Problem, ...]]

LONGEST_NUMBER: Final = 100
"""No number, date or account is longer than this, however it is written."""
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
MOST_MONEY: Final = Decimal(99_999_999)

_INT = re.compile(r"[0-9]{1,9}")
_MONEY = re.compile(r"(?:[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(\.[0-9]*)?")
_DATE = re.compile(
    r"([0-9]{4})[-./年 ]([0-9]{1,2})[-./月 ]([0-9]{1,2})日?|([0-9]{4})([0-9]{2})([0-9]{2})"
)
_MONTH = re.compile(r"([0-9]{4})[-./年 ]([0-9]{1,2})月?|([0-9]{4})([0-9]{2})")
_ACCOUNT = re.compile(r"[0-9]{8,30}")
_ACCOUNT_FILLERS = str.maketrans("", "", " -—–\u00a0")
_YES_NO: Final[Mapping[str, bool]] = {
    "是": True,
    "有": True,
    "true": True,
    "1": True,
    "否": False,
    "无": False,
    "false": False,
    "0": False,
}


def clean(field: FieldDef, typed: object) -> Cleaned:
    """The value to store and what is wrong with it.

    The value is text, int, bool, a list of codes or None for nothing typed; dates are ISO days, months 'YYYY-MM', money
    '50.00'. What cannot be taken comes back as typed, with a problem. A problem with the fact `advice` blocks nothing.
    """
    if typed is None or typed == "":
        # Most fields of a form are empty most of the time.
        return None, ()
    if field.kind == "bool":
        return _clean_bool(field, typed)
    if field.kind == "choice":
        return _clean_choice(field, typed)
    text, stripped = clean_text(typed.isoformat() if isinstance(typed, date) else str(typed))
    advice = (_problem(field, "stripped", advice=True),) if stripped else ()
    text = text.strip() if field.kind == "note" else _one_line(text)
    if not text:
        return None, advice
    value, problems = _CLEANERS[field.kind](field, text)
    return value, (*problems, *advice)


def show(field: FieldDef, value: object) -> str:
    """The value in words for screens and papers; '' for none."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if field.kind == "choice":
        codes = value if isinstance(value, list | tuple) else (value,)
        labels = {choice.code: choice.label for choice in field.choices}
        return "、".join(labels.get(str(code), str(code)) for code in codes)
    return _SHOWN.get(field.kind, str)(str(value))


def mask(field: FieldDef, value: object) -> str:
    """The value with its secret part starred: numbers by their kind, other sensitive values whole."""
    shown = show(field, value)
    if not shown:
        return ""
    if field.kind in _MASKS:
        return _MASKS[field.kind](str(value))
    return "****" if field.sensitive else shown


def _problem(field: FieldDef, code: str, **facts: object) -> Problem:
    return Problem(field.key, code, facts)


def _yuan(value: str) -> str:
    """With its cents; what is no number (an old draft's) as it stands."""
    try:
        return f"{Decimal(value):.2f} 元"
    except InvalidOperation:
        return f"{value} 元"


def _one_line(text: str) -> str:
    return " ".join(text.split("\n")).strip()


def _clean_bool(field: FieldDef, typed: object) -> Cleaned:
    if isinstance(typed, bool):
        return typed, ()
    text = clean_text(str(typed))[0].strip()
    if not text:
        return None, ()
    word = half_width(text[:LONGEST_NUMBER]).lower()
    if word in _YES_NO:
        return _YES_NO[word], ()
    return text, (_problem(field, "not_bool"),)


def _clean_choice(field: FieldDef, typed: object) -> Cleaned:
    members = typed if isinstance(typed, list | tuple) else (typed,)
    words = [clean_text(str(member))[0].strip() for member in members if member is not None]
    words = [word for word in words if word]
    if not words:
        return None, ()
    codes = {word: _code(field.choices, word) for word in words}
    wrong = [word for word, code in codes.items() if code is None]
    if wrong:
        found: tuple[Problem, ...] = (_problem(field, "not_choice", typed=wrong[0][:20]),)
    elif len(codes) > 1 and not field.multi:
        found = (_problem(field, "one_choice"),)
    else:
        found = ()
    if found:
        return (words if field.multi or len(words) > 1 else words[0]), found
    chosen = set(codes.values())
    ordered = [choice.code for choice in field.choices if choice.code in chosen]
    return (ordered if field.multi else ordered[0]), ()


def _code(choices: tuple[Choice, ...], word: str) -> str | None:
    by_code = (choice.code for choice in choices if choice.code == word)
    by_label = (choice.code for choice in choices if choice.label == word)
    return next(by_code, None) or next(by_label, None)


def _clean_text(field: FieldDef, text: str) -> Cleaned:
    if len(text) > field.max_length:
        return text, (_problem(field, "too_long", max=field.max_length, have=len(text)),)
    return text, ()


def _number(
    code: str, read: Callable[[FieldDef, str], Cleaned | None]
) -> Callable[[FieldDef, str], Cleaned]:
    """A cleaner for kinds that are read in half width; `code` is the problem where nothing can be read."""

    def cleaner(field: FieldDef, text: str) -> Cleaned:
        if len(text) > LONGEST_NUMBER:
            return text, (_problem(field, "too_long", max=LONGEST_NUMBER, have=len(text)),)
        found = read(field, half_width(text).strip())
        return (text, (_problem(field, code),)) if found is None else found

    return cleaner


def _read_int(field: FieldDef, text: str) -> Cleaned | None:
    digits = text.replace(" ", "")
    if not _INT.fullmatch(digits):
        return None
    if field.most and int(digits) > field.most:
        return text, (_problem(field, "too_much", most=field.most),)
    return int(digits), ()


def _read_money(field: FieldDef, text: str) -> Cleaned | None:
    plain = text.replace(" ", "").removeprefix("¥").removeprefix("￥").removesuffix("元")
    found = _MONEY.fullmatch(plain)
    if found is None:
        return None
    if len(found[1] or "") > 3:
        return text, (_problem(field, "money_cents"),)
    amount = Decimal(plain.replace(",", "").removesuffix("."))
    if amount > MOST_MONEY:
        return text, (_problem(field, "money_range", most=f"{MOST_MONEY:,}"),)
    return f"{amount:.2f}", ()


def _read_date(field: FieldDef, text: str) -> Cleaned | None:
    parts = _parts(_DATE, text)
    if parts is None:
        return None
    try:
        day = date(*parts)
    except ValueError:
        return text, (_problem(field, "no_such_day", typed=text),)
    return _in_range(field, text, day.year) or (day.isoformat(), ())


def _read_month(field: FieldDef, text: str) -> Cleaned | None:
    parts = _parts(_MONTH, text)
    if parts is None:
        return None
    year, month = parts
    if not 1 <= month <= 12:
        return text, (_problem(field, "no_such_month", typed=text),)
    return _in_range(field, text, year) or (f"{year:04d}-{month:02d}", ())


def _parts(pattern: re.Pattern[str], text: str) -> list[int] | None:
    found = pattern.fullmatch(re.sub(r"\s*([-./年月日])\s*", r"\1", text))
    return [int(part) for part in found.groups() if part] if found else None


def _in_range(field: FieldDef, text: str, year: int) -> Cleaned | None:
    if FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return text, (_problem(field, "year_range", first=FIRST_YEAR, last=LAST_YEAR),)


def _read_account(field: FieldDef, text: str) -> Cleaned | None:
    digits = text.translate(_ACCOUNT_FILLERS)
    return (digits, ()) if _ACCOUNT.fullmatch(digits) else None


def _read_phone(field: FieldDef, text: str) -> Cleaned | None:
    number = clean_phone(text)
    # Letters in a telephone number are a slip, not a separator.
    return (number, ()) if not check_phone(number) and not _has_letters(text) else None


def _has_letters(text: str) -> bool:
    return any(c.isalpha() for c in text)


def _read_idnumber(field: FieldDef, text: str) -> Cleaned | None:
    reading = read_id(text)
    found = (
        *reading.problems,
        *(Problem(p.field, p.code, {**p.facts, "advice": True}) for p in reading.advice),
    )
    value = text if reading.problems else reading.number
    return value, tuple(Problem(field.key, p.code, p.facts) for p in found)


_CLEANERS: Final[Mapping[FieldKind, Callable[[FieldDef, str], Cleaned]]] = {
    "text": _clean_text,
    "note": _clean_text,
    "int": _number("not_int", _read_int),
    "money": _number("not_money", _read_money),
    "date": _number("not_date", _read_date),
    "month": _number("not_month", _read_month),
    "account": _number("not_account", _read_account),
    "phone": _number("phone", _read_phone),
    "idnumber": _number("id_length", _read_idnumber),
}


def _month_in_words(value: str) -> str:
    year, _, month = value.partition("-")
    return f"{year} 年 {month.lstrip('0')} 月" if month else value


_SHOWN: Final[Mapping[FieldKind, Callable[[str], str]]] = {
    "money": _yuan,
    "month": _month_in_words,
    "phone": phone_words,
}
_MASKS: Final[Mapping[FieldKind, Callable[[str], str]]] = {
    "idnumber": mask_id,
    "phone": mask_phone,
    "account": mask_account,
}
