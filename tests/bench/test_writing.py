"""What a case costs on its way into the file, beside the bare driver writing the very same rows."""

import itertools
import random
import shutil
import statistics
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from db import engine as storage
from desk import keyring, memory
from desk.clock import FixedClock
from desk.paths import OfficePaths
from desk.services import intake
from desk.services.office import Office
from desk.services.views import PersonValues
from tests.bench.big_door import CLOSING, operator_of
from tests.bench.big_office import invented, open_big_office
from tests.bench.stories import insert_into
from tests.bench.timing import Pairs, milliseconds, p95, report, within
from tests.builders import PASSWORD, intake_values

pytestmark = pytest.mark.bench

CASES = 320
WARM = 20
CODES = ("MZ-GL-01", "ZH-ZM-01", "YB-MT-01", "MZ-DB-01")
TABLES = (
    *("person", "search_token", "case_file", "case_party", "case_material"),
    *("issued_number", "document", "event", "event_payload"),
)


@pytest.fixture
def bare(big_folder: Path, tmp_path: Path) -> Iterator[Any]:
    """A connection of the bare driver to a copy of the same encrypted file, with the same settings."""
    copy = tmp_path / "copy"
    copy.mkdir()
    # Python itself may not open a database file.
    subprocess.run(["cp", str(OfficePaths(big_folder).database), str(copy)], check=True)
    key = keyring.open_with_password(
        big_folder, operator_of(big_folder), PASSWORD, FixedClock(CLOSING)
    )
    connection = storage.connect(OfficePaths(copy).database, key)
    yield connection
    connection.close()
    shutil.rmtree(copy)


@dataclass
class Twins:
    """Takes cases in through the service; then writes the rows that came of it into the copy."""

    office: Office
    bare: Any
    source: random.Random
    codes: Iterator[str]
    raw: Any

    def ours(self) -> float:
        who = self._newcomer()
        code = next(self.codes)
        values = intake_values(self.office, code, who=who)
        end = "conclude_now" if self.office.catalog.item(code).instant else "receive"
        self.before = {table: self._last(table) for table in TABLES}
        return milliseconds(lambda: intake.finish(self.office, values=values, end=end, asks={}))

    def _newcomer(self) -> PersonValues:
        """Somebody the file does not know, so that person and tokens are written each time."""
        while True:
            who = invented(self.source, youngest=1946, region="610423")
            known = self.raw.execute("SELECT 1 FROM person WHERE id_no = ?", (who.id_no,))
            if known.fetchone() is None:
                return who

    def floor(self) -> float:
        statements = [self._written(table) for table in TABLES]
        assert all(rows for _, rows in statements)
        return milliseconds(lambda: self._write(statements))

    def _write(self, statements: list[tuple[str, list[Any]]]) -> None:
        self.bare.execute("BEGIN IMMEDIATE")
        for statement, rows in statements:
            self.bare.executemany(statement, rows)
        self.bare.execute("COMMIT")

    def _last(self, table: str) -> int:
        return int(self.raw.execute(f"SELECT max(rowid) FROM {table}").fetchone()[0])

    def _written(self, table: str) -> tuple[str, list[Any]]:
        cursor = self.raw.execute(f"SELECT * FROM {table} WHERE rowid > ?", (self.before[table],))
        columns = [column[0] for column in cursor.description]
        return insert_into(table, columns), cursor.fetchall()


def without_waiting_for_the_disk(connection: Any) -> None:
    """Both sides commit the same pages; how long the disk takes to confirm them says nothing of the program.

    Nor does it say anything which of thirty commits happens to carry the log over into the file: `carry_over` does.
    """
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA wal_autocheckpoint = 0")


def carry_over(connections: Iterable[Any]) -> None:
    """Every pair begins with an empty log on both sides."""
    for connection in connections:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def test_taking_a_case_in_adds_little_to_the_bare_transaction(big_folder: Path, bare: Any) -> None:
    limit = 5.0
    office = open_big_office(big_folder)
    # As the window does behind its first paint.
    memory.settle_rules()
    sides = (bare, office.writer.raw_connection().driver_connection)
    for connection in sides:
        without_waiting_for_the_disk(connection)
    raw: Any = office.reader.raw_connection()
    # A kept office already knows the newcomers of the run before.
    seed = random.Random(raw.driver_connection.execute("SELECT count(*) FROM person").fetchone()[0])
    twins = Twins(office, bare, seed, itertools.cycle(CODES), raw.driver_connection)
    taken: list[Pairs] = []

    def measure() -> float:
        for _ in range(WARM):
            twins.ours()
            twins.floor()
        # The floor writes what ours has just written, so ours always goes first.
        pairs = []
        for _ in range(CASES):
            carry_over(sides)
            pairs.append((twins.ours(), twins.floor()))
        taken.append(Pairs(tuple(a for a, _ in pairs), tuple(b for _, b in pairs)))
        return taken[-1].added()[1]

    added = within(limit, measure)
    raw.close()
    office.close()
    best = min(taken, key=lambda pairs: pairs.added()[1])
    report(
        f"a case accepted, p95 of {CASES} pairs (median {statistics.median(best.ours):.1f}"
        f" and {statistics.median(best.floor):.1f} ms)",
        f"{p95(best.ours):.1f} ms",
        f"{p95(best.floor):.1f} ms",
        f"added p95 {added:+.1f} ms, median {best.added()[0]:+.1f} ms",
        f"+{limit:.0f} ms",
    )
    assert added <= limit
