"""Workbooks for the tests: made by the writer of our own exports, then changed part by part."""

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

HEADINGS = ("姓名", "身份证号", "联系电话")
PEOPLE = (
    ("刘桂兰", "610422195603120420", "13800000001"),
    ("王建国", "610422195011230419", "13800000002"),
)


def book(path: Path, rows: Sequence[Sequence[Any]], **sheets: Sequence[Sequence[Any]]) -> Path:
    """A workbook of text and numbers as they are given; further sheets by name."""
    with Workbook(str(path), {"strings_to_numbers": False, "strings_to_formulas": False}) as made:
        date = made.add_format({"num_format": "yyyy/m/d"})
        for name, cells in {"台账": rows, **sheets}.items():
            sheet = made.add_worksheet(name)
            for y, row in enumerate(cells):
                for x, cell in enumerate(row):
                    if hasattr(cell, "isoformat"):
                        sheet.write_datetime(y, x, cell, date)
                    else:
                        sheet.write(y, x, cell)
    return path


def drawn(path: Path, draw: Callable[[Workbook, Any], None]) -> Path:
    """A workbook of one sheet on which `draw` writes what it likes."""
    with Workbook(str(path)) as made:
        draw(made, made.add_worksheet("台账"))
    return path


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(contents: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
    return out.getvalue()
