"""A morning whose people stand in every ledger, and ledgers written and read back."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from db.models import CaseFile
from desk.domain.ledgers import Span
from desk.services import cases, ledger_book
from desk.services.ledger_book import Written
from desk.services.office import Office
from desk.services.table_files import TableKind
from desk.services.views import CaseFilter
from tests.builders import take_in
from tests.services.roll_people import granted, recognised, resident

LIU = resident("刘桂兰", "1950-03-12", 4)
ZHANG = resident("张建国", "1961-05-06", 5)
SUN = resident("孙红梅", "1979-12-20", 6)
LI = resident("李伟", "1992-03-15", 7)
CHEN = resident("陈刚", "1984-07-11", 9)
ACCOUNT = "6217000000001234567"


def morning(office: Office) -> None:
    """One of each for the eight ledgers."""
    granted(office, LIU)
    recognised(office, ZHANG, "D02")
    take_in(office, "MZ-CJ-01", who=SUN)
    take_in(office, "MZ-CJ-02", who=SUN)
    take_in(office, "RS-JY-01", "conclude_now", who=CHEN)
    take_in(office, "DJ-ZZ-01", who=LI)
    take_in(office, "TY-JD-01", who=CHEN)
    take_in(office, "ZH-TJ-01", "accept", who=SUN)
    cases.log_consultation(office, item_code="MZ-GL-01")


def write(
    office: Office,
    path: Path,
    key: str = ledger_book.DAY_BOOK,
    kind: TableKind = "xlsx",
    span: Span | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    listed: CaseFilter | None = None,
) -> Written:
    """A ledger written, without word of how far it is."""
    return ledger_book.write(
        office,
        key=key,
        span=span or Span(),
        path=path,
        kind=kind,
        progress=lambda done, total, what: None,
        cancelled=cancelled,
        listed=listed,
    )


def noted(office: Office, path: Path, key: str, span: Span) -> int:
    """A ledger written and kept as written; how many rows it had."""
    written = write(office, path, key, span=span)
    ledger_book.note(office, written=written)
    return written.rows


def read(path: Path, kind: str = "xlsx") -> list[list[Any]]:
    """The cells as another program reads them."""
    if kind == "xlsx":
        return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    encoding = "gb18030" if kind == "csv-gb18030" else "utf-8-sig"
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file))


def make_many(office: Office, count: int) -> None:
    """So many more cases like each one on file."""
    columns = [f'"{column.key}"' for column in CaseFile.__table__.columns if column.key != "id"]
    with office.writer.begin() as connection:
        connection.exec_driver_sql(
            f"INSERT INTO case_file (id, {', '.join(columns)}) "
            f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) "
            f"SELECT randomblob(16), {', '.join(columns)} FROM case_file, n"
        )
