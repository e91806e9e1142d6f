"""A Frictionless data package: the table as CSV, and beside it what each column is, in one .zip.

Data Package and Table Schema, version 1 (specs.frictionlessdata.io); a program reads it without asking anybody.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final

from desk.exporting.progress import Progress
from desk.exporting.table import Column, ColumnKind, Table, number, safe

DATA: Final = "data.csv"
DESCRIPTOR: Final = "datapackage.json"
# No entry says when it was packed: the descriptor does.
_STAMP = (1980, 1, 1, 0, 0, 0)
_TYPES: Final[dict[ColumnKind, str]] = {
    "text": "string",
    "id": "string",
    "date": "date",
    "number": "number",
}


def write_data_package(
    table: Table, path: Path, progress: Progress, *, name: str, made_at: datetime
) -> int:
    """Write the package; gives the number of rows back.

    The CSV is UTF-8 as it stands, without the quotes that keep Excel from rounding ids: the schema says they are text. What
    looks like a formula is defused here too. `name` is an ASCII word for the package.
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        with package.open(_entry(DATA), "w", force_zip64=True) as file:
            told = _Told(file)
            count = _write_rows(table, told.write, progress)
        body = json.dumps(_descriptor(table, told, name, made_at), ensure_ascii=False, indent=2)
        package.writestr(_entry(DESCRIPTOR), body.encode() + b"\n")
    return count


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


class _Told:
    """Counts and digests what is written through it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.size = 0
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> None:
        self._file.write(data)
        self.size += len(data)
        self.digest.update(data)


def _write_rows(table: Table, write: Callable[[bytes], None], progress: Progress) -> int:
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\r\n")

    def put(cells: Any) -> None:
        writer.writerow(cells)
        write(line.getvalue().encode())
        line.seek(0)
        line.truncate()

    put([safe(column.title) for column in table.columns])
    numbers = [column.kind == "number" for column in table.columns]
    count = 0
    for count, row in enumerate(table.rows(), 1):
        put([_cell(cell, is_number) for cell, is_number in zip(row, numbers, strict=True)])
        progress.step(count, table.count)
    return count


def _cell(cell: str, is_number: bool) -> str:
    """What is no number in a column of numbers would make the whole package unreadable: it is left out."""
    if is_number:
        return cell if number(cell) is not None else ""
    return safe(cell)


def _descriptor(table: Table, told: _Told, name: str, made_at: datetime) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": name,
        "title": table.title,
        "created": made_at.isoformat(timespec="seconds"),
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": name,
                "title": table.title,
                "path": DATA,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": told.size,
                "hash": f"sha256:{told.digest.hexdigest()}",
                "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
                "schema": {
                    "fields": [_field(column) for column in table.columns],
                    "missingValues": [""],
                },
            }
        ],
    }


def _field(column: Column) -> dict[str, Any]:
    title = safe(column.title)
    found: dict[str, Any] = {"name": title, "title": title, "type": _TYPES[column.kind]}
    if column.note:
        found["description"] = column.note
    return found
