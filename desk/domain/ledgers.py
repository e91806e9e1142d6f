"""What a ledger is: which rows, and which columns in a department's own order and manner."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from desk.domain.fields import FieldDef, FieldKind
from desk.domain.variables import add_months

Source = Literal["cases", "records", "people", "consultations"]
Style = Literal["", "iso", "words", "dots", "slashes", "digits", "label", "code"]
Show = Literal["", "full", "masked"]
Day = Literal["opened_on", "accepted_on"]
SpanKind = Literal["all", "month", "days", "since"]
CellKind = Literal["text", "id", "date", "number"]

DATE_STYLES: Final = ("iso", "words", "dots", "slashes", "digits")
CHOICE_STYLES: Final = ("label", "code")
GAPS: Final = ("community", "county", "street", "hall", "span", "today", "count", "operator")
"""What a line above the headings may leave open: `{community}`."""
WIDTHS: Final[Mapping[CellKind, int]] = {"text": 16, "id": 22, "date": 12, "number": 10}


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """One column. `value` names what stands in it ('' for `text` in every row, or nothing, to be filled in by hand).

    `style` says how a day or a choice is written ('' as 2026-11-02, and by its label), `show` whether a number stands in
    full ('' in full, an account masked). `width` is in characters, 0 for the usual one.
    """

    label: str
    value: str = ""
    style: Style = ""
    show: Show = ""
    text: str = ""
    width: int = 0


@dataclass(frozen=True, slots=True)
class LedgerMap:
    """A ledger as its file says. `line` is the department it goes to ('' for the hall's own): what it may name follows.

    `items`, `lines` and `states` narrow cases; `register` names whose entries, of which `states` stand on the whole list,
    while those of a span are all that changed in it. `by` is the day a case counts for a month. `heading` are the lines
    above the headings. `private` adds the illnesses a line's registers hold where one line alone is asked for.
    """

    key: str
    title: str
    sheet: str
    source: Source
    columns: tuple[LedgerColumn, ...]
    line: str = ""
    heading: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    register: str = ""
    by: Day = "opened_on"
    note: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """Of when: everything, one month, from a day to a day, or since it was last written. Days are ISO, both counted."""

    kind: SpanKind = "all"
    first: str = ""
    last: str = ""

    @property
    def words(self) -> str:
        """The span on a heading: 2026 年 11 月."""
        match self.kind:
            case "month":
                return f"{self.first[:4]} 年 {int(self.first[5:7])} 月"
            case "days":
                return f"{self.first} 至 {self.last}"
            case "since":
                return "上次以来"
            case _:
                return "全部"

    @property
    def short(self) -> str:
        """The span as it is kept, at most 24 signs."""
        match self.kind:
            case "month":
                return self.first[:7]
            case "days":
                return f"{self.first}/{self.last}"
            case _:
                return self.kind


def month_span(month: str) -> Span:
    """The span of a month (YYYY-MM).

    Raises:
        ValueError: there is no such month.
    """
    first = date.fromisoformat(f"{month}-01")
    last = add_months(first, 1) - timedelta(days=1)
    return Span("month", first.isoformat(), last.isoformat())


def read_span(short: str) -> Span:
    """The span that `short` was."""
    if short in ("all", "since"):
        return Span("since" if short == "since" else "all")
    first, slash, last = short.partition("/")
    return Span("days", first, last) if slash else month_span(short)


def kind_of(field: FieldDef | None, column: LedgerColumn) -> CellKind:
    """How a table is to take the cells of a column: ids are text, sums are numbers, days only where they are written so."""
    if field is None:
        return "text"
    if column.show == "masked":
        return "id"
    if field.kind == "date" and column.style not in ("", "iso"):
        return "text"
    return _KINDS.get(field.kind, "text")


_KINDS: Final[Mapping[FieldKind, CellKind]] = {
    "idnumber": "id",
    "phone": "id",
    "account": "id",
    "date": "date",
    "int": "number",
    "money": "number",
}
