"""The diagnostic bundle: one text of versions, settings, checks, counts, sizes and the log, without anything of a resident.

Everything of the data file is asked through its own connections; the file is never copied. What cannot be looked at is said.
"""

import platform
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import sqlcipher3.dbapi2 as driver
from sqlalchemy import func, select

from db import migrate
from db.base import Base
from db.engine import SETTINGS
from desk import VERSION, logs
from desk.clock import Clock
from desk.crashes import CrashWatch
from desk.errors import DeskError
from desk.files import write_atomic
from desk.paths import OfficePaths
from desk.services import chain, clock_doubts, reserve, settings, supply
from desk.services.backups import listed
from desk.services.check import file_findings
from desk.services.office import Office
from desk.words import diagnosis as said
from desk.words.errors import words
from desk.words.supply import tampered_words

LINES, FAULT_LINES = 500, 60
KINDS = ("pyside6-essentials", "sqlcipher3", "sqlalchemy", "cryptography", "reportlab")
OTHER_PRAGMAS = ("page_count", "freelist_count", "page_size", "user_version", "application_id")
FOLDERS = (
    *("packages", "quarantine", "held", "backups", "restoring", "logs", "starts", "attachments"),
)


@dataclass(frozen=True, slots=True)
class Bundle:
    """The text as it will be written, and the file's name."""

    name: str
    text: str


def gather(
    paths: OfficePaths,
    *,
    clock: Clock,
    office: Office | None = None,
    why_closed: str = said.WITHOUT_KEY,
    extra: tuple[str, ...] = (),
) -> Bundle:
    """Look at everything that can be looked at; without an office `why_closed` says why its file was not.

    `extra` are lines the caller knows of the screen. Changes nothing; over a large file it takes some seconds.
    """
    now = clock.now()
    sections = [
        (said.PROGRAM, lambda: (*_program(), *extra)),
        (said.PLACE, lambda: tuple(_place(paths))),
        (said.DISK, lambda: tuple(_disk(paths))),
        (said.CLOCK, lambda: tuple(_clock(now, office))),
        (said.STARTS, lambda: _starts(paths, clock)),
        (said.BACKUPS, lambda: tuple(_backups(paths))),
        *_of_file(office, why_closed),
        (said.FAULTS, lambda: logs.last_faults(paths.logs, FAULT_LINES)),
        (said.LOG, lambda: logs.tail(paths.logs, LINES)),
    ]
    body = [f"{said.TITLE}　{now:%Y-%m-%d %H:%M:%S}", said.PROMISE]
    for heading, look in sections:
        body += ["", f"【{heading}】", *(_looked(look) or (said.NOTHING,))]
    text = logs.redacted("\n".join(body)) + "\n"
    return Bundle(f"bianmin-diagnosis-{now:%Y%m%d-%H%M%S}.txt", text)


def write(bundle: Bundle, folder: Path) -> Path:
    """Put the text, as it was shown, into that folder; gives the file back.

    Raises:
        StickTrouble: it could not be written and read back.
    """
    path = folder / bundle.name
    write_atomic(path, bundle.text.encode(), on_stick=True)
    return path


def _looked(look: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
    """One part that cannot be looked at does not cost the others."""
    try:
        return look()
    except DeskError as error:
        return (words(error).title,)
    except Exception as error:
        # Whatever it is, this text is what will be read to find out: its kind belongs here, never its text.
        return (f"{said.NOT_READ}：{logs.told_without_data(type(error), error.__traceback__)}",)


def _program() -> Iterator[str]:
    yield f"便民前台 {VERSION}{' 打包' if getattr(sys, 'frozen', False) else ''}"
    yield f"Python {platform.python_version()}，{platform.system()} {platform.release()} {platform.machine()}"
    yield f"SQLite {driver.sqlite_version}"
    for part in supply.parts():
        if part.name in KINDS:
            yield f"{part.name} {_version(part)}"
    if supply.program_folder():
        found = supply.look_at_program()
        yield "；".join(tampered_words(found)) if found else f"程序文件{said.ALL_WELL}"


def _version(part: supply.Part) -> str:
    """As installed; a built program carries no such notes, so what it was built of."""
    try:
        return version(part.name)
    except PackageNotFoundError:
        return "、".join(part.versions)


def _place(paths: OfficePaths) -> Iterator[str]:
    """Sizes and counts; of names only those this program gives."""
    known = {
        *("desk.db", "desk.db-wal", "desk.db-shm", "desk.lock", "reserve.bin"),
        *("keys.json", "keys.json.2", "attempts.json", "erased.json"),
    }
    others = 0
    for path in sorted(paths.folder.iterdir()):
        if path.is_file() and path.name in known:
            yield f"{path.name}　{path.stat().st_size:,} 字节"
        elif path.is_dir() and path.name in FOLDERS:
            files = [one for one in path.rglob("*") if one.is_file()]
            yield f"{path.name}/　{len(files):,} 个文件，{sum(one.stat().st_size for one in files):,} 字节"
        else:
            others += 1
    yield f"另有 {others} 个文件或文件夹"


def _disk(paths: OfficePaths) -> Iterator[str]:
    usage = shutil.disk_usage(paths.folder)
    yield f"总共 {usage.total >> 20:,} MB，还剩 {usage.free >> 20:,} MB"
    if usage.free < reserve.LOW:
        yield f"不足 {reserve.LOW >> 20:,} MB"
    yield f"备用空间{'在' if paths.reserve.exists() else '没有'}"


def _clock(now: datetime, office: Office | None) -> Iterator[str]:
    yield f"电脑的时间 {now.isoformat(timespec='seconds')}，时区 {'/'.join(time.tzname)}"
    yield f"开机以来 {time.monotonic():,.0f} 秒"
    if office is not None:
        yield f"上次可信的时间 {settings.get(office, clock_doubts.SEEN) or said.NOTHING}"
        yield said.DOUBTS[clock_doubts.doubt(office)]


def _starts(paths: OfficePaths, clock: Clock) -> tuple[str, ...]:
    count = CrashWatch(paths.starts, clock).recent()
    return (said.BROKEN.format(count=count) if count else said.CLEAN,)


def _backups(paths: OfficePaths) -> Iterator[str]:
    for made in listed(paths.backups):
        told = made.manifest
        whole = "" if made.looks_whole() else "　文件不见了或长短不对"
        yield (
            f"{told.made_at}　{told.why}　第 {told.epoch} 期，记录 {told.standing.events:,} 条，"
            f"办件 {told.standing.cases:,} 件，{told.size:,} 字节，格式 {told.schema}{whole}"
        )


def _of_file(
    office: Office | None, why_closed: str
) -> list[tuple[str, Callable[[], tuple[str, ...]]]]:
    if office is None:
        closed = (said.NOT_OPEN.format(why=why_closed),)
        return [(one, lambda: closed) for one in (said.DATABASE, said.CHECKS, said.COUNTS)]
    return [
        (said.DATABASE, lambda: tuple(_pragmas(office))),
        (said.CHECKS, lambda: tuple(_checks(office))),
        (said.COUNTS, lambda: tuple(_counts(office))),
    ]


def _pragmas(office: Office) -> Iterator[str]:
    yield f"{office.kind}　{office.origin}　第 {office.epoch} 期"
    if office.paths.server:
        yield said.ON_SERVER
        return
    with office.reader.connect() as connection:
        for name in (*SETTINGS, *OTHER_PRAGMAS, "cipher_version"):
            found = connection.exec_driver_sql(f"PRAGMA {name}").fetchone()
            yield f"{name} = {found[0] if found else said.NOTHING}"
    yield f"程序的格式 {migrate.HEAD}"


def _checks(office: Office) -> Iterator[str]:
    findings = [] if office.paths.server else file_findings(office)
    yield "；".join(finding.text for finding in findings) or f"数据文件{said.ALL_WELL}"
    report = chain.check_start(office)
    told = "；".join(report.faults) or said.ALL_WELL
    yield f"最后 {report.events:,} 条经过记录：{told}"


def _counts(office: Office) -> Iterator[str]:
    with office.reader.connect() as connection:
        for name, table in sorted(Base.metadata.tables.items()):
            count = connection.execute(select(func.count()).select_from(table)).scalar_one()
            yield f"{name} = {count:,}"
