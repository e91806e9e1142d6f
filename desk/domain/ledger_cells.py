"""One value as a ledger's column wants it: by label or code, a day in the department's manner, in full or masked."""

from collections.abc import Callable, Mapping
from typing import Final

from desk.domain.field_values import mask, show
from desk.domain.fields import FieldDef
from desk.domain.ledgers import LedgerColumn, Style


def cell(field: FieldDef, value: object, column: LedgerColumn) -> str:
    """The cell; '' for nothing known."""
    if value is None or value == "" or value == []:
        return ""
    if masked(field, column):
        return mask(field, value)
    if field.kind in ("date", "month"):
        return styled_day(str(value), column.style)
    if field.kind == "choice" and column.style == "code":
        codes = value if isinstance(value, list | tuple) else (value,)
        return "、".join(_code(field, str(one)) for one in codes)
    # A sum without its unit stays a sum.
    return str(value) if field.kind == "money" else show(field, value)


def masked(field: FieldDef, column: LedgerColumn) -> bool:
    """Whether the column shows a part only: as it says, and an account unless it says otherwise (domain notes, G.2)."""
    return column.show == "masked" or (field.kind == "account" and column.show != "full")


def styled_day(value: str, style: Style) -> str:
    """A day (YYYY-MM-DD) or month (YYYY-MM) in a style; what is none of them stays as it is."""
    parts = value.split("-")
    return _STYLES[style](parts) if style in _STYLES and len(parts) in (2, 3) else value


def _words(parts: list[str]) -> str:
    return "".join(
        f"{int(part) if part.isdigit() else part}{unit}"
        for part, unit in zip(parts, "年月日", strict=False)
    )


_STYLES: Final[Mapping[str, Callable[[list[str]], str]]] = {
    "words": _words,
    "dots": ".".join,
    "slashes": "/".join,
    "digits": "".join,
}


def _code(field: FieldDef, value: str) -> str:
    """The code of what is stored: some lists were kept by their labels."""
    by_label = {choice.label: choice.code for choice in field.choices}
    known = {choice.code for choice in field.choices}
    return value if value in known else by_label.get(value, value)
