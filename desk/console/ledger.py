"""`bianmin export-ledger FILE`: a ledger without a window, of a month or since it was last written."""

import argparse
import sys

from desk.console.opening import NotDone, open_folder
from desk.domain.ledgers import Span, month_span
from desk.errors import NotFound
from desk.services import ledger_book
from desk.services.office import Office
from desk.services.views import CaseFilter


def run(options: argparse.Namespace) -> int:
    """Write the ledger, keep that it was written, and say how many rows it has."""
    span = _span(options)
    if options.file.is_dir() or not options.file.absolute().parent.is_dir():
        raise NotDone(f"台账写不到 {options.file}：要写一个文件名，它的文件夹要先建好。")
    office = open_folder(options, options.data)
    try:
        written = _write(office, options, span)
        ledger_book.note(office, written=written)
    finally:
        office.close()
    print(f"已导出 {written.rows} 件：{options.file}")
    return 0


def _span(options: argparse.Namespace) -> Span:
    if options.since_last:
        return Span("since")
    if not options.month:
        return Span()
    try:
        return month_span(options.month)
    except ValueError as error:
        raise NotDone(f"没有“{options.month}”这个月份。月份写成 2026-11 这样。") from error


def _write(office: Office, options: argparse.Namespace, span: Span) -> ledger_book.Written:
    # Without a span the day book may be narrowed to a group of cases, as the page of cases does.
    listing = span.kind == "all" and options.group != "all"
    try:
        return ledger_book.write(
            office,
            key=options.ledger,
            span=span,
            path=options.file,
            kind=options.kind,
            progress=_tell,
            cancelled=lambda: False,
            listed=CaseFilter(group=options.group) if listing else None,
        )
    except NotFound as error:
        known = "\n".join(f"  {row.key}　{row.title}" for row in ledger_book.books(office))
        raise NotDone(f"没有“{options.ledger}”这本台账。有这些：\n{known}") from error


def _tell(done: int, total: int, what: str) -> None:
    print(f"{what} {done}/{total}", file=sys.stderr)
