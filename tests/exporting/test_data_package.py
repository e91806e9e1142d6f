"""A data package tells a program what each column is, and its CSV is what it says."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from desk.clock import CHINA
from desk.errors import Cancelled
from desk.exporting.data_package import write_data_package
from desk.exporting.progress import EVERY, Progress
from desk.exporting.table import Column, Table

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=CHINA)
COLUMNS = (
    Column("姓名"),
    Column("身份证号", "id", note="证件号码"),
    Column("日期", "date"),
    Column("金额", "number"),
)
ROW = ("王𬭎", "610422195603120420", "2026-11-23", "50.00")


def written(path: Path, *rows: tuple[str, ...]) -> tuple[dict[str, Any], bytes]:
    table = Table("样表", COLUMNS, lambda: iter(rows), len(rows))
    assert write_data_package(table, path, Progress(), name="sample", made_at=NOW) == len(rows)
    with zipfile.ZipFile(path) as package:
        assert package.namelist() == ["data.csv", "datapackage.json"]
        assert package.testzip() is None
        return json.loads(package.read("datapackage.json")), package.read("data.csv")


def test_the_descriptor_says_what_the_file_is(tmp_path: Path) -> None:
    told, body = written(tmp_path / "a.zip", ROW)
    (resource,) = told["resources"]
    assert told["created"] == "2026-11-23T09:00:00+08:00"
    assert resource["bytes"] == len(body)
    assert resource["hash"] == f"sha256:{hashlib.sha256(body).hexdigest()}"
    fields = resource["schema"]["fields"]
    assert [one["type"] for one in fields] == ["string", "string", "date", "number"]
    assert fields[1]["description"] == "证件号码"


def test_ids_stand_as_they_are_and_formulas_do_not(tmp_path: Path) -> None:
    _, body = written(tmp_path / "a.zip", ROW, ("=1+1", "1", "", "约五十"))
    head, first, second = csv.reader(io.StringIO(body.decode("utf-8")))
    assert tuple(head) == tuple(column.title for column in COLUMNS)
    assert tuple(first) == ROW
    # What is no number would make the whole column unreadable.
    assert second == ["'=1+1", "1", "", ""]


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in "ab":
        written(tmp_path / f"{name}.zip", ROW)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_cancel_stops_the_writing(tmp_path: Path) -> None:
    table = Table("样表", COLUMNS, lambda: iter([ROW] * EVERY), EVERY)
    with pytest.raises(Cancelled):
        write_data_package(
            table, tmp_path / "a.zip", Progress(cancelled=lambda: True), name="x", made_at=NOW
        )
