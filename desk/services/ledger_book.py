"""The ledgers of the departments: what there is to write, a look at the first rows, the file, and that it was written."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from db.models import LedgerRun
from desk.domain.fields import FieldDef
from desk.domain.ledger_fields import fields_of
from desk.domain.ledgers import LedgerColumn, LedgerMap, Span, SpanKind, read_span
from desk.exporting.progress import Progress
from desk.exporting.table import Table
from desk.services import audit, covering, ledger_maps, ledger_rows, table_files
from desk.services.ledger_maps import OWN, Known
from desk.services.ledger_rows import Heads, Pick
from desk.services.ledger_values import Places, Row, cells_of, columns_of, covered, needs
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform, reading, walking
from desk.services.printers import PrinterProfile, profile
from desk.services.table_files import TableKind
from desk.services.views import CaseFilter

DAY_BOOK: Final = "day_book"
FIRST_ROWS: Final = 20
SPANS: Final[Mapping[str, tuple[SpanKind, ...]]] = {
    "cases": ("month", "since", "days", "all"),
    "records": ("all", "since", "month", "days"),
    "people": ("all", "since"),
    "consultations": ("month", "since", "days", "all"),
}
"""The spans each kind of rows can be written for, the usual one first."""
WRITING: Final = "写台账"
_GAP = re.compile(r"\{(\w+)\}")
_OF_ALL: Final = ("since", "all")
"""After these nothing older is missing from what the department has."""


@dataclass(frozen=True, slots=True)
class BookRow:
    """A ledger in the list; `last` says when and of what it was last written ('' never), `broken` that it fits no more."""

    key: str
    title: str
    goes_to: str
    spans: tuple[SpanKind, ...]
    last: str
    note: str = ""
    own: bool = False
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows as a screen may show them, and how many there are in all."""

    key: str
    span: Span
    labels: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    count: int


@dataclass(frozen=True, slots=True)
class Written:
    """What went into a file, and up to where it was seen; `whole` unless it was a list somebody narrowed."""

    key: str
    span: Span
    rows: int
    until: Heads
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Printed:
    """A ledger on sheets, and how it goes to the printer; `left_out` rows did not go onto paper."""

    title: str
    pdf: bytes
    rows: int
    left_out: int
    profile: PrinterProfile


def books(office: Office) -> tuple[BookRow, ...]:
    """The ledgers open to this seat by line in the catalogue's order, the hall's own first, those a clerk made last."""
    lines = {line.key: line.label for line in office.catalog.lines}
    order = ("", *lines)
    with reading(office) as connection:
        known = ledger_maps.known_in(office, connection)
        last = _last_runs(connection)
    ledgers = sorted(
        (one for one in known.ledgers.values() if _open_to(office, one)),
        key=lambda one: (one.key.startswith(OWN), one.key != DAY_BOOK, order.index(one.line)),
    )
    rows = [
        BookRow(
            key=one.key,
            title=one.title,
            goes_to=lines.get(one.line, "本大厅"),
            spans=SPANS[one.source],
            last=last.get(one.key, ""),
            note=one.note,
            own=one.key.startswith(OWN),
        )
        for one in ledgers
    ]
    gone = (
        BookRow(key, title, "", (), last.get(key, ""), own=True, broken=True)
        for key, title in known.broken.items()
    )
    return (*rows, *gone)


def preview(office: Office, *, key: str, span: Span) -> Preview:
    """The first rows of a ledger, numbers masked and what is private starred, with its count.

    Raises:
        NotFound: there is no such ledger.
    """
    with walking(office) as connection:
        sheet = _sheet(office, connection, key, span, cover=True)
        rows = []
        for row in sheet.table.rows():
            rows.append(row)
            if len(rows) == FIRST_ROWS:
                break
    labels = tuple(column.title for column in sheet.table.columns)
    return Preview(key, span, labels, tuple(rows), sheet.table.count)


def write(
    office: Office,
    *,
    key: str,
    span: Span,
    path: Path,
    kind: TableKind,
    progress: Callable[[int, int, str], None],
    cancelled: Callable[[], bool],
    listed: CaseFilter | None = None,
) -> Written:
    """Write a ledger to a file that appears only when it is whole; `note` then keeps that it was written.

    `listed` takes the cases of a list instead of a span. On paper (pdf) numbers are masked and what is private starred.

    Raises:
        NotFound: there is no such ledger.
        Cancelled: nothing was left behind.
        DiskFull, DiskFailed, OfficeError: the file could not be written.
    """
    told = Progress(progress, cancelled, WRITING)
    with walking(office) as connection:
        sheet = _sheet(office, connection, key, span, cover=kind == "pdf", listed=listed)
        # First: no file leaves without its note.
        audit.noted(office, what="export", name=key, kind=kind, rows=sheet.table.count)
        rows = table_files.write(
            sheet.table,
            path,
            kind,
            told,
            made_at=office.clock.now(),
            issuer=office.hall.hall,
            name=key.replace("_", "-"),
        )
    return Written(key, span, rows, sheet.until, whole=listed is None)


def note(office: Office, *, written: Written) -> Done[None]:
    """Keep that a ledger was written: when, of what, by whom, and up to which event; a narrowed list is no ledger."""

    def work(bench: Work) -> None:
        if not written.whole:
            return
        row = {
            "ledger": written.key,
            "span": written.span.short,
            "until": dict(written.until),
            "rows": written.rows,
            "written_at": bench.now.isoformat(timespec="seconds"),
            "operator_id": bench.actor,
        }
        bench.connection.execute(insert(LedgerRun), row)

    return perform(office, Operation.WRITE_LEDGER, work)


def print_out(
    office: Office,
    *,
    key: str,
    span: Span,
    progress: Callable[[int, int, str], None],
    cancelled: Callable[[], bool],
) -> Printed:
    """A ledger on sheets of A4 across, as paper may show it.

    Raises:
        NotFound: there is no such ledger.
        Cancelled: it was stopped.
    """
    told = Progress(progress, cancelled, "排版")
    with walking(office) as connection:
        sheet = _sheet(office, connection, key, span, cover=True)
        now, hall = office.clock.now(), office.hall.hall
        pdf, rows = table_files.as_pdf(sheet.table, told, made_at=now, issuer=hall)
    how = profile(office, kind="roster", medium="A4")
    return Printed(sheet.table.title, pdf, rows, sheet.table.count - rows, how)


@dataclass(frozen=True, slots=True)
class _Sheet:
    table: Table
    until: Heads


def _sheet(
    office: Office,
    connection: Connection,
    key: str,
    span: Span,
    *,
    cover: bool,
    listed: CaseFilter | None = None,
) -> _Sheet:
    """A ledger as a table over a connection; what it holds was seen up to `until`.

    Raises:
        NotGranted: it tells of illnesses, minors or the party, and the line is not his: even covered, who stands on it says so.
    """
    # First: what happens while rows are read is told next time again rather than never.
    until = ledger_rows.heads(connection)
    ledger, fields = _ledger(office, ledger_maps.known_in(office, connection), key, listed)
    for sensitive in _tells_of(office, ledger, fields):
        covering.demand(office, ledger.line or (listed.line if listed else ""), sensitive)
    seen = _seen(connection, key) if span.kind == "since" else None
    pick = Pick(span, seen, listed)
    found = ledger_rows.query(office, connection, ledger, pick)
    total = ledger_rows.count(connection, found)
    shown = covered(ledger, fields) if cover else ledger
    cells = cells_of(office, shown, fields, _places(connection, ledger))

    def rows() -> Iterator[tuple[str, ...]]:
        for n, row in enumerate(ledger_rows.stream(connection, found), 1):
            yield cells(n, row)

    heading = _heading(office, ledger, span, total)
    columns = columns_of(shown, fields)
    table = Table(ledger.title, columns, rows, total, heading, ledger.sheet)
    return _Sheet(table, until)


def _places(connection: Connection, ledger: LedgerMap) -> Places:
    return ledger_rows.places(connection) if needs(ledger, "desk.") else ledger_rows.NOWHERE


def _ledger(
    office: Office, known: Known, key: str, listed: CaseFilter | None
) -> tuple[LedgerMap, Mapping[str, FieldDef]]:
    """The ledger and its fields, with the illnesses of the one line that is listed where it asks for them."""
    ledger = known.named(key)
    fields = dict(fields_of(office.catalog, ledger))
    if not (ledger.private and listed is not None and listed.line):
        return ledger, fields
    private = [
        field
        for register in office.catalog.registers.values()
        if register.line == listed.line and covering.sees(office, register.line)
        for field in register.fields
        if field.sensitive == register.sensitive != ""
    ]
    fields |= {f"form.{field.key}": field for field in private}
    more = (LedgerColumn(one.label, f"form.{one.key}", width=24) for one in private)
    return replace(ledger, columns=(*ledger.columns, *more)), fields


def _tells_of(office: Office, ledger: LedgerMap, fields: Mapping[str, FieldDef]) -> set[str]:
    """In which ways a ledger is sensitive: by a column, by its items, by its register; '' and the rest left out."""
    items, registers = office.catalog.items, office.catalog.registers
    columns = (fields[one.value] for one in ledger.columns if one.value in fields)
    told: set[str] = {field.sensitive for field in columns}
    told |= {items[code].sensitive for code in ledger.items if code in items}
    if ledger.register in registers:
        told.add(registers[ledger.register].sensitive)
    return told & set(covering.BY_LINE)


def _open_to(office: Office, ledger: LedgerMap) -> bool:
    told = _tells_of(office, ledger, fields_of(office.catalog, ledger))
    return not told or covering.sees(office, ledger.line or "*")


def _heading(office: Office, ledger: LedgerMap, span: Span, count: int) -> tuple[str, ...]:
    told: Mapping[str, str] = {
        "community": office.hall.community,
        "county": str(office.profile.get("county_name", "")),
        "street": str(office.profile.get("street", "")),
        "hall": office.hall.hall,
        "span": span.words,
        "today": f"{office.today:%Y-%m-%d}",
        "count": f"{count:,}",
        "operator": office.hall.operator,
    }
    return tuple(_GAP.sub(lambda gap: told[gap[1]], line) for line in ledger.heading)


def _seen(connection: Connection, key: str) -> Heads | None:
    """What the last run saw that left nothing older out; None for the first."""
    newest = (
        select(LedgerRun.until)
        .where(LedgerRun.ledger == key, LedgerRun.span.in_(_OF_ALL))
        .order_by(LedgerRun.id.desc())
        .limit(1)
    )
    found: Heads | None = connection.execute(newest).scalar()
    return found


def _last_runs(connection: Connection) -> dict[str, str]:
    """By ledger when it was last written, of what, how many rows."""
    rows: Iterator[Row] = iter(
        connection.execute(select(LedgerRun).order_by(LedgerRun.id)).mappings()
    )
    return {row["ledger"]: _told(row) for row in rows}


def _told(row: Mapping[Any, Any]) -> str:
    at = datetime.fromisoformat(row["written_at"])
    return (
        f"{at.month}-{at.day:02d} {at:%H:%M} · {read_span(row['span']).words} · {row['rows']:,} 行"
    )
