"""The ledgers of an office: those that are shipped or pushed by the county, and those a clerk made."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from db.models import LedgerMap as OwnMap
from desk.domain import headings
from desk.domain.canonical import Json
from desk.domain.ledger_fields import Fields, fields_of, forbidden
from desk.domain.ledger_maps import FOLDER, SYNONYMS, read_ledger, read_ledgers, read_synonyms
from desk.domain.ledgers import LedgerColumn, LedgerMap, Source
from desk.domain.plain import to_plain
from desk.domain.text import clean_text
from desk.errors import CatalogRejected, FieldsRefused, NotFound, Problem
from desk.importing.tables import read_table
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform, reading

OWN: Final = "own_"
LONGEST_TITLE: Final = 40
MOST_HEADINGS: Final = 60


@dataclass(frozen=True, slots=True)
class Known:
    """An office's ledgers by key; `broken` are titles of own ones, by key, that no longer fit the catalogue."""

    ledgers: Mapping[str, LedgerMap]
    broken: Mapping[str, str]

    def named(self, key: str) -> LedgerMap:
        """The ledger of that key.

        Raises:
            NotFound: there is none, or it fits no more.
        """
        if key not in self.ledgers:
            raise NotFound
        return self.ledgers[key]


@dataclass(frozen=True, slots=True)
class RowsOf:
    """What the rows of a ledger of one's own may be; `line` is the department it then goes to."""

    key: str
    label: str
    source: Source
    line: str = ""
    items: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    register: str = ""


@dataclass(frozen=True, slots=True)
class Matched:
    """Headings, for each the name of the field found for it ('' none), and all the fields to choose from by name."""

    headings: tuple[str, ...]
    values: tuple[str, ...]
    fields: Mapping[str, str]


def known(office: Office) -> Known:
    """All ledgers of this office, shipped ones first.

    Raises:
        CatalogRejected: a shipped or pushed file is not as it must be.
    """
    with reading(office) as connection:
        return known_in(office, connection)


def known_in(office: Office, connection: Connection) -> Known:
    """`known` on a connection that is open already."""
    found = read_ledgers(sources(office), office.catalog)
    broken: dict[str, str] = {}
    for row in connection.execute(select(OwnMap).order_by(OwnMap.made_at)).mappings():
        try:
            found[row["key"]] = read_ledger(row["title"], row["body"], office.catalog)
        except CatalogRejected:
            broken[row["key"]] = row["title"]
    return Known(found, broken)


def sources(office: Office) -> dict[str, bytes]:
    """The files of the ledgers by name, of the rules in force: as shipped, or as the county sent them."""
    return office.rules.tree(FOLDER.rstrip("/"))


def choices(office: Office) -> tuple[RowsOf, ...]:
    """What the rows of one's own ledger may be: registers, lines, single items, residents."""
    catalog = office.catalog
    registers = (
        RowsOf(f"register:{one.key}", f"{one.label}名册", "records", one.line, register=one.key)
        for one in catalog.registers.values()
    )
    lines = (
        RowsOf(f"line:{one.key}", f"{one.label}的办件", "cases", one.key, lines=(one.key,))
        for one in catalog.lines
    )
    items = (
        RowsOf(f"item:{one.code}", f"{one.short_name}的办件", "cases", one.line, items=(one.code,))
        for one in catalog.items.values()
    )
    everything = (RowsOf("cases", "全部办件", "cases"), RowsOf("people", "认识的居民", "people"))
    return (*registers, *everything, *lines, *items)


def headings_of(office: Office, *, path: Path) -> tuple[str, ...]:
    """The headings of a table file, read in a process of its own; blank ones are left out.

    Raises:
        TableRefused: it cannot be read as a table.
    """
    found = (" ".join(heading.split()) for heading in read_table(path).headings)
    return tuple(dict.fromkeys(heading[:LONGEST_TITLE] for heading in found if heading))[
        :MOST_HEADINGS
    ]


def match(office: Office, *, rows: RowsOf, headings_read: tuple[str, ...]) -> Matched:
    """For each heading the field it stands for, among those such a ledger may show."""
    fields = _allowed(office, rows)
    synonyms = read_synonyms(sources(office)[SYNONYMS])
    values = tuple(headings.match(headings_read, fields, synonyms))
    return Matched(headings_read, values, {name: one.label for name, one in fields.items()})


def save_own(
    office: Office, *, title: str, rows: RowsOf, columns: tuple[tuple[str, str], ...]
) -> Done[str]:
    """Keep a ledger of one's own: (heading, name of the field or '') by column; gives its key back.

    Raises:
        FieldsRefused: no title, or no column names anything.
        CatalogRejected: a column may not stand in it.
    """
    shown = clean_text(title)[0].strip()
    problems = []
    if not shown:
        problems.append(Problem("title", "required"))
    if len(shown) > LONGEST_TITLE:
        problems.append(Problem("title", "too_long", {"max": LONGEST_TITLE}))
    if not any(value for _, value in columns):
        problems.append(Problem("columns", "required"))
    if problems:
        raise FieldsRefused(tuple(problems))

    def work(bench: Work) -> str:
        key = f"{OWN}{bench.new_id().hex}"
        body = _body(office, key, shown, rows, columns)
        read_ledger(shown, body, office.catalog)
        made = bench.now.isoformat(timespec="seconds")
        row = {"key": key, "title": shown, "body": body, "made_at": made}
        bench.connection.execute(insert(OwnMap), row)
        bench.touch("settings")
        return key

    return perform(office, Operation.CHANGE_SETTING, work)


def forget_own(office: Office, *, key: str) -> Done[None]:
    """Drop a ledger of one's own; what was written of it stays where it lies."""

    def work(bench: Work) -> None:
        bench.connection.execute(delete(OwnMap).where(OwnMap.key == key))
        bench.touch("settings")

    return perform(office, Operation.CHANGE_SETTING, work)


def _map_of(rows: RowsOf, columns: tuple[LedgerColumn, ...] = ()) -> LedgerMap:
    return LedgerMap(
        key="own",
        title=rows.label,
        sheet="",
        source=rows.source,
        columns=columns,
        line=rows.line,
        items=rows.items,
        lines=rows.lines,
        register=rows.register,
    )


def _allowed(office: Office, rows: RowsOf) -> Fields:
    """The fields a ledger of these rows may show; an account counts as shown in part."""
    ledger = _map_of(rows)
    return {
        name: field
        for name, field in fields_of(office.catalog, ledger).items()
        if not forbidden(office.catalog, ledger, LedgerColumn("", name), field)
    }


def _body(
    office: Office, key: str, title: str, rows: RowsOf, columns: tuple[tuple[str, str], ...]
) -> dict[str, Json]:
    """The ledger as its file would say it; accounts in full where the line may have them."""
    ledger, fields = _map_of(rows), fields_of(office.catalog, _map_of(rows))
    listed: list[Any] = []
    for label, value in columns:
        column = LedgerColumn(label, value)
        field = fields.get(value)
        if field is not None and field.sensitive == "bank":
            full = LedgerColumn(label, value, show="full")
            column = column if forbidden(office.catalog, ledger, full, field) else full
        listed.append(to_plain(column))
    sheet = "".join("　" if sign in "[]:*?/\\" else sign for sign in title)[:31]
    told = {
        "key": key,
        "title": title,
        "sheet": sheet,
        "source": rows.source,
        "line": rows.line,
        "items": list(rows.items),
        "lines": list(rows.lines),
        "register": rows.register,
        "columns": listed,
    }
    return {name: value for name, value in told.items() if value not in ("", [])}
