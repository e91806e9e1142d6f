"""What the pages of importing are handed: the job as chosen so far, its plan row by row, how it ended."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from desk.domain.import_kinds import ImportKind
from desk.importing.tables import Table

Verdict = Literal["new", "fill", "same", "bad"]

VERDICTS: Mapping[Verdict, str] = {"new": "新增", "fill": "补充", "same": "不变", "bad": "不收"}


@dataclass(frozen=True, slots=True)
class ImportJob:
    """Everything chosen for one file.

    `columns` leads from a column of the kind to the place of the table's column, from 0. `other_item` is the item that
    unknown names of items stand for ('' for none); `source` says where the file comes from.
    """

    kind: str
    table: Table
    columns: Mapping[str, int]
    other_item: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One row as it would be taken: its number in the sheet, whose it is, what would happen, what is wrong."""

    number: int
    verdict: Verdict
    who: str
    said: str
    faults: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """All rows of a job; `unknown_items` are the names of items nobody knew, the most frequent first."""

    rows: tuple[PlanRow, ...]
    unknown_items: tuple[str, ...] = ()
    counts: Mapping[Verdict, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as read: the kinds it may be, its table, the columns as recognised, who sent it."""

    kind: ImportKind
    table: Table
    columns: Mapping[str, int]
    source: str
