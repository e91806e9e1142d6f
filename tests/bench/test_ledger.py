"""A ledger of 100,000 rows to .xlsx, side by side with a bare xlsxwriter writing the very same cells."""

import gc
import tracemalloc
from collections.abc import Iterator
from itertools import chain, islice, repeat
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from desk.domain.ledgers import Span, month_span
from desk.services import ledger_book
from desk.services.office import Office
from tests.bench.timing import in_turn, processor, report
from tests.builders import make_office
from tests.services.ledger_desk import make_many, morning, read, write

pytestmark = pytest.mark.bench

ROWS, FEW, MORE = 100_000, 2_000, 20_000
LIMIT = 1.3
OPTIONS = {
    "constant_memory": True,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}
TIMES = 3
# Some pages of the file and some parts of the archive are kept whatever its length; twenty thousand rows are 20 MB.
GROWS = 2 << 20


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office with 100,000 cases: some of October, some more of September, the rest of November."""
    office = make_office(tmp_path_factory.mktemp("ledger") / "office").office
    morning(office)
    make_many(office, ROWS // 8 - 1)
    with office.writer.begin() as connection:
        for month, rows in (("10", FEW), ("09", MORE)):
            connection.exec_driver_sql(
                f"UPDATE case_file SET opened_on = '2026-{month}-15' WHERE id IN "
                f"(SELECT id FROM case_file WHERE opened_on > '2026-11' LIMIT {rows})"
            )
    yield office
    office.close()


def bare(path: Path, head: list[str], rows: Iterator[list[object]]) -> None:
    """As few lines as will do: the same cells, in the same library with constant memory."""
    with Workbook(str(path), OPTIONS) as book:
        text = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet()
        for place, title in enumerate(head):
            sheet.write_string(0, place, title, text)
        for number, row in enumerate(rows, 1):
            for place, cell in enumerate(row):
                if cell == "":
                    continue
                if isinstance(cell, str):
                    sheet.write_string(number, place, cell, text)
                else:
                    sheet.write_number(number, place, cell, text)


def test_a_ledger_of_100_000_rows(long: Office, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write(long, path, span=month_span("2026-10"))
    head, *sample = read(path)

    def ours() -> float:
        return processor(lambda: written.append(write(long, path, span=Span()).rows))

    def floor() -> float:
        rows = islice(chain.from_iterable(repeat(sample)), ROWS)
        return processor(lambda: bare(tmp_path / "b.xlsx", head, rows))

    written: list[int] = []
    pairs = in_turn(ours, floor, TIMES)
    report(
        f"ledger of {ROWS:,} rows to .xlsx",
        f"{min(pairs.ours) / 1000:.1f} s",
        f"{min(pairs.floor) / 1000:.1f} s",
        f"{pairs.ratio():.2f}",
        f"{LIMIT}",
    )
    assert set(written) == {ROWS}
    assert pairs.ratio() <= LIMIT


def test_its_memory_does_not_grow_with_its_rows(long: Office, tmp_path: Path) -> None:
    def peak(month: str) -> int:
        gc.collect()
        tracemalloc.start()
        try:
            write(long, tmp_path / "a.xlsx", ledger_book.DAY_BOOK, span=month_span(month))
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak("2026-10")
    few, more = peak("2026-10"), peak("2026-09")
    report(
        f"memory of {MORE:,} rows",
        f"{more / 1e6:.1f} MB",
        f"{few / 1e6:.1f} MB for {FEW:,}",
        f"+{(more - few) / 1e6:.1f} MB",
        f"+{GROWS / 1e6:.1f} MB",
    )
    assert more - few <= GROWS
