"""The log: bounded, ids and codes only, and without a resident's data even where a text slipped in."""

import copy
import faulthandler
import logging
import re
import traceback
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import IO

FILES, BYTES_EACH = 5, 2 * 1024 * 1024
NAME, FAULTS = "bianmin.log", "faults.log"
MOST_FAULTS = 256 * 1024
"""Above this the file of hard crashes begins anew; one crash writes a few KiB."""
_NAMED = r"(?:姓名|申请人|代办人|联系人|户主|收款人|配偶|name|applicant)"
_SECRETS = (
    (re.compile(r"(?<!\d)\d{17}[\dXxＸｘ](?![\dXxＸｘ])|(?<!\d)\d{15}(?!\d)"), "[证件号]"),
    (re.compile(r"(?<!\d)\d{16,19}(?!\d)|(?<!\d)(?:\d{4}[ -]){3,4}\d{1,4}(?!\d)"), "[账号]"),
    (re.compile(r"(?<!\d)[1１][3-9３-９]\d(?:[ -]?\d{4}){2}(?!\d)"), "[电话]"),
    (re.compile(r"(?<!\d)0\d{2,3}[ -]?\d{7,8}(?!\d)"), "[电话]"),
    (
        re.compile(
            rf"((?<![0-9A-Za-z_]){_NAMED}['\"]?\s*[=:：]\s*)('[^']*'|\"[^\"]*\"|[^\s,，;；、)）\]}}]+)"
        ),
        r"\1[姓名]",
    ),
)


class Redacted(logging.Formatter):
    """Writes ids and codes; anything that looks like a person's number is blotted out, and no exception's text is written."""

    def format(self, record: logging.LogRecord) -> str:
        # What another handler made of the exception is kept in the record, text and all.
        record = copy.copy(record)
        record.exc_text = None
        return redacted(super().format(record))

    def formatException(self, ei: object) -> str:
        kind, _, trace = ei if isinstance(ei, tuple) else (None, None, None)
        return told_without_data(kind, trace) if kind else ""


class LogFile(RotatingFileHandler):
    """This program's log; a disk that does not take a line costs that line and nothing else."""

    def handleError(self, record: logging.LogRecord) -> None:
        """The usual handler prints the line with its facts."""


def redacted(text: str) -> str:
    """The text with ID numbers, account numbers, telephones and what stands in a name's field blotted out."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


def told_without_data(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Where it happened, as file, line and function; no values, for texts of errors quote what people typed."""
    places = [
        f"{'/'.join(Path(frame.filename).parts[-2:])}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(trace)
    ]
    return f"{kind.__name__} at " + " < ".join(reversed(places))


def start_log(folder: Path) -> LogFile | None:
    """Log into `folder` from now on, in place of an earlier folder: five files of two megabytes at most.

    None where the disk does not take it: a desk without a log still works.
    """
    root = logging.getLogger()
    wanted = str((folder / NAME).absolute())
    for earlier in [one for one in root.handlers if isinstance(one, LogFile)]:
        if earlier.baseFilename == wanted:
            return earlier
        root.removeHandler(earlier)
        earlier.close()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = LogFile(wanted, maxBytes=BYTES_EACH, backupCount=FILES - 1, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(Redacted("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root.addHandler(handler)
    logging.getLogger("bianmin").setLevel(logging.INFO)
    return handler


def watch_faults(folder: Path) -> IO[bytes] | None:
    """Have a hard crash leave the stacks of all threads (places, no values) in `folder`; the file is to be kept open."""
    path = folder / FAULTS
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        too_long = path.exists() and path.stat().st_size > MOST_FAULTS
        file = path.open("wb" if too_long else "ab", buffering=0)
        faulthandler.enable(file, all_threads=True)
        return file
    return None


def tail(folder: Path, lines: int) -> tuple[str, ...]:
    """The last lines of the log, oldest first, once more redacted; () where there is none."""
    found: list[str] = []
    for number in range(FILES):
        path = folder / (f"{NAME}.{number}" if number else NAME)
        with suppress(OSError):
            found = path.read_text("utf-8", errors="replace").splitlines() + found
        if len(found) >= lines:
            break
    return tuple(redacted(line) for line in found[-lines:])


def last_faults(folder: Path, lines: int) -> tuple[str, ...]:
    """The end of what hard crashes left, redacted."""
    with suppress(OSError):
        text = (folder / FAULTS).read_text("utf-8", errors="replace")
        return tuple(redacted(line) for line in text.splitlines()[-lines:])
    return ()
