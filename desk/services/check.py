"""The full check of a data folder: the file itself, the chain, and that every row follows from the events."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from db.models import PROJECTED
from desk.domain.events import EventRecord
from desk.errors import DiskFull
from desk.services import attachment_care, catalogs, hub_tally, projection, reserve
from desk.services.chain import link_faults
from desk.services.event_store import BATCH, read_events
from desk.services.forgetting import Unexplained
from desk.services.office import Office
from desk.services.operation import walking
from desk.services.rebuilding import in_memory
from desk.services.refused import refused_events
from desk.services.troubles import disk_troubles


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it must be, as a sentence."""

    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at and what was found; `findings` empty means all is well."""

    events: int
    rows: int
    findings: tuple[Finding, ...]


def check(office: Office) -> Report:
    """Look at everything; changes nothing in the file.

    Pages of a server's database are the server's to check (`data_checksums`); its rows are checked here like a file's.
    """
    with disk_troubles():
        findings = [] if office.paths.server else file_findings(office)
        with office.reader.connect() as connection:
            scratch = in_memory()
            count, chain = _replay(connection, scratch)
            rows, differences = _compare(connection, scratch)
            if office.kind == "county" and (wrong := hub_tally.differences(connection)):
                differences.append(Finding(f"case_count 有 {wrong} 行与办件不一致"))
            if lost := catalogs.lost(connection, office.origin):
                differences.append(Finding(f"有 {lost} 件开办时的目录不见了，现在按现行目录显示"))
            pictures = list(map(Finding, attachment_care.faults(office, connection)))
        scratch.dispose()
    return Report(count, rows, (*findings, *chain, *differences, *pictures))


def file_findings(office: Office) -> list[Finding]:
    """What is wrong with the file itself.

    The log is checkpointed first: a page check reads the main file alone and would raise a false alarm otherwise.
    """
    try:
        _carry_over(office)
    except DiskFull:
        # The file may have to grow by what its log holds.
        if not reserve.release_any(office.paths):
            raise
        _carry_over(office)
    with office.reader.connect() as connection:
        return list(_page_findings(connection))


def _carry_over(office: Office) -> None:
    with disk_troubles(), office.writer.connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _page_findings(connection: Connection) -> Iterator[Finding]:
    for pragma, what in (("cipher_integrity_check", "页校验"), ("integrity_check", "结构检查")):
        rows = connection.exec_driver_sql(f"PRAGMA {pragma}").fetchall()
        faults = [str(row[0]) for row in rows if row[0] != "ok"]
        if faults:
            yield Finding(f"数据文件{what}有 {len(faults)} 处不对")


def _replay(connection: Connection, scratch: Engine) -> tuple[int, list[Finding]]:
    findings: list[Finding] = []
    count, previous, blank = 0, None, Unexplained()
    refused = {(desk, event.n) for desk, event in refused_events(connection)}
    with scratch.begin() as rebuilt:
        for record in read_events(connection):
            count += 1
            findings += map(Finding, link_faults(previous, record))
            previous = record
            blank.see(record)
            if (record.origin, record.n) not in refused:
                findings += _projected(rebuilt, record)
    return count, [*findings, *map(Finding, blank.faults())]


def _projected(rebuilt: Connection, record: EventRecord) -> Iterator[Finding]:
    try:
        with rebuilt.begin_nested():
            projection.apply(rebuilt, record)
    except (projection.UnknownEvent, DBAPIError, LookupError, TypeError, ValueError):
        yield Finding(f"经过记录第 {record.n} 条读不出内容")


def _compare(connection: Connection, scratch: Engine) -> tuple[int, list[Finding]]:
    findings, count = [], 0
    with scratch.connect() as rebuilt:
        for model in PROJECTED:
            table = model.__table__
            query = select(table).order_by(*table.primary_key.columns)  # type: ignore[attr-defined]
            kept = connection.execute(query.execution_options(yield_per=BATCH))
            should = rebuilt.execute(query)
            differing = 0
            for pair in _pairs(kept, should):
                count += 1
                differing += pair[0] != pair[1]
            if differing:
                findings.append(Finding(f"{model.__tablename__} 有 {differing} 行与经过记录不一致"))
    return count, findings


def _pairs(kept: Any, should: Any) -> Iterator[tuple[Any, Any]]:
    for one, other in zip_longest(kept, should):
        yield (tuple(one) if one else None, tuple(other) if other else None)


def quick_check(office: Office) -> tuple[Finding, ...]:
    """The short look at every start, behind the first page: structure only, half a second for 100,000 cases."""
    if office.paths.server:
        return ()
    with walking(office, "") as connection:
        rows = connection.exec_driver_sql("PRAGMA quick_check(10)").fetchall()
    if [str(row[0]) for row in rows] == ["ok"]:
        return ()
    return (Finding(f"数据文件结构检查有 {len(rows)} 处不对"),)
