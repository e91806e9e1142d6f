"""Tables for the tests of importing: a file as a clerk would bring it, opened and taken in."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desk.services import imports
from desk.services.import_views import ImportJob, ImportPlan
from desk.services.office import Office
from tests.importing.books import book

WANG = "610422195011230415"


def job(
    office: Office, folder: Path, kind: str, rows: Sequence[Sequence[Any]], **changes: Any
) -> ImportJob:
    """The job of a workbook with these rows, its columns as recognised."""
    path = book(folder / f"{kind}.xlsx", rows)
    opened = imports.open_file(office, path=path, kind=kind)
    made = {"other_item": "", "source": opened.source, **changes}
    return ImportJob(kind, opened.table, opened.columns, **made)


def taken(office: Office, one: ImportJob) -> ImportPlan:
    """What became of the rows."""
    done = imports.take_in(office, job=one, progress=lambda *_: None, cancelled=lambda: False)
    return done.value
