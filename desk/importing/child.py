"""The process that opens a stranger's workbook: limits itself, reads one sheet from standard input, answers in JSON.

It is run as a process of its own (in the built program by a hidden word), so that whatever a workbook does to the reader
happens here and ends here.
"""

import datetime
import io
import json
import sys
from collections.abc import Iterator
from typing import Any

# The word by which the built program starts itself as this process.
WORD = "read-table"
MODULE = "desk.importing.child"
MOST_MEMORY = 512 << 20
MOST_SECONDS = 30
MOST_ROWS = 5_100
MOST_COLUMNS = 200
LONGEST_CELL = 32_767
# Excel keeps 15 digits of a number; what is longer has lost its end.
TOO_MANY_DIGITS = 1e15


class Refused(Exception):
    """The sheet is not read; the text is the code of the reason."""


def main() -> int:
    """Read a request line and a workbook from standard input; write the answer. Always exits 0 when it can answer."""
    limit()
    wanted = json.loads(sys.stdin.buffer.readline())
    try:
        answer = read(sys.stdin.buffer.read(), str(wanted["sheet"]))
    except Refused as refused:
        answer = {"refused": str(refused)}
    except BaseException:
        # The reader is compiled code: it may raise what is no Exception.
        answer = {"refused": "not_a_table"}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
    return 0


def read(data: bytes, wanted: str) -> dict[str, Any]:
    """The names of the sheets and the cells of the wanted one (the first, if none is named), as text.

    Raises:
        Refused: no such sheet, or more rows, columns or characters than are taken.
    """
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        sheets = [
            one.name
            for one in book.sheets_metadata
            if one.typ == SheetTypeEnum.WorkSheet and one.visible == SheetVisibleEnum.Visible
        ]
        if not sheets:
            raise Refused("empty")
        name = wanted or sheets[0]
        if name not in sheets:
            raise Refused("no_sheet")
        sheet = book.get_sheet_by_name(name)
        if sheet.width > MOST_COLUMNS:
            raise Refused("columns")
        rows = list(_rows(sheet))
        _spread(rows, sheet.merged_cell_ranges or [])
    return {"sheets": sheets, "sheet": name, "rows": rows}


def _rows(sheet: Any) -> Iterator[list[str]]:
    """The rows from the first of the sheet to the last with something in it, so that places are those of the sheet."""
    if sheet.start is None:
        return
    top, left = sheet.start
    if top + sheet.height > MOST_ROWS * 20:
        raise Refused("rows")
    filled = 0
    # They come from the first row of the sheet on, but from the first column with something in it.
    for row in sheet.iter_rows():
        cells = [""] * left + [_text(cell) for cell in row]
        filled += any(cells)
        if filled > MOST_ROWS:
            raise Refused("rows")
        yield cells


def _text(cell: object) -> str:
    """The cell as its reader would see it; numbers too long to be whole stay in Excel's short form."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int | float):
        return _number(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(" ")
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    text = str(cell)
    if len(text) > LONGEST_CELL:
        raise Refused("long_cell")
    return text.strip()


def _number(value: float) -> str:
    if abs(value) >= TOO_MANY_DIGITS:
        return f"{value:.5E}"
    return str(int(value)) if value == int(value) else repr(value)


def _spread(rows: list[list[str]], ranges: list[Any]) -> None:
    """Say what stands in cells merged downwards in each of their rows, as the eye reads it; all rows are of one length."""
    for (top, left), (bottom, right) in ranges:
        if left != right or top >= len(rows) or left >= len(rows[top]):
            continue
        for row in rows[top + 1 : bottom + 1]:
            row[left] = rows[top][left]


def limit() -> None:
    """Take away from this process what reading a sheet does not need: memory above 512 MiB, time above 30 seconds."""
    if sys.platform == "win32":
        _limit_windows()
    else:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    # JOB_OBJECT_LIMIT_PROCESS_MEMORY, _PROCESS_TIME, _ACTIVE_PROCESS; class JobObjectExtendedLimitInformation.
    _FLAGS, _EXTENDED = 0x100 | 0x2 | 0x8, 9

    class _Job(ctypes.Structure):
        """JOBOBJECT_EXTENDED_LIMIT_INFORMATION with its parts laid flat."""

        _fields_ = (
            ("process_time", ctypes.c_int64),
            ("job_time", ctypes.c_int64),
            ("flags", wintypes.DWORD),
            ("least_set", ctypes.c_size_t),
            ("most_set", ctypes.c_size_t),
            ("processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority", wintypes.DWORD),
            ("scheduling", wintypes.DWORD),
            ("counters", ctypes.c_uint64 * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process", ctypes.c_size_t),
            ("peak_job", ctypes.c_size_t),
        )

    def _limit_windows() -> None:
        """Put this process into a job of its own.

        Where the system refuses, the caller's time limit remains.
        """
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        job = wintypes.HANDLE(kernel.CreateJobObjectW(None, None))
        limits = _Job(
            process_time=MOST_SECONDS * 10_000_000,
            flags=_FLAGS,
            processes=1,
            process_memory=MOST_MEMORY,
        )
        kernel.SetInformationJobObject(job, _EXTENDED, ctypes.byref(limits), ctypes.sizeof(limits))
        kernel.AssignProcessToJobObject(job, wintypes.HANDLE(kernel.GetCurrentProcess()))
