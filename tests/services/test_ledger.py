"""The ledger holds exactly the cases of the filter, ids whole, and appears only when it is whole."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from db.models import CaseFile
from desk.errors import Cancelled
from desk.exporting.progress import EVERY
from desk.services import ledger
from desk.services.ledger import LedgerKind
from desk.services.office import Office
from desk.services.views import CaseFilter
from tests.builders import id_number, person, take_in

KINDS: tuple[LedgerKind, ...] = ("xlsx", "csv", "csv-gb18030")


def export(
    office: Office,
    path: Path,
    kind: LedgerKind,
    wanted: CaseFilter | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> int:
    return ledger.export(
        office,
        wanted=wanted or CaseFilter(group="all"),
        path=path,
        kind=kind,
        progress=lambda done, total, what: None,
        cancelled=cancelled,
    )


def read(path: Path, kind: LedgerKind) -> list[list[str]]:
    """The cells as another program reads them."""
    if kind == "xlsx":
        return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()  # type: ignore[return-value]
    encoding = "gb18030" if kind == "csv-gb18030" else "utf-8-sig"
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("kind", KINDS)
def test_each_case_is_a_row(office: Office, tmp_path: Path, kind: LedgerKind) -> None:
    """Newest first, numbers and ids whole."""
    done = take_in(office)
    path = tmp_path / "台账"
    assert export(office, path, kind) == 1
    head, row = read(path, kind)
    cells = dict(zip(head, row, strict=True))
    assert cells["收件编号"] == done.number
    assert cells["证件号码"].lstrip("'") == id_number()
    assert cells["联系电话"] == "13800002734"
    assert (cells["状态"], cells["收件日期"], cells["经办人"]) == ("已收件", "2026-11-23", "王敏")


def test_the_filter_decides(office: Office, tmp_path: Path) -> None:
    """Words too."""
    take_in(office)
    take_in(office, who=person("李伟", id_no=id_number(order=11), phone="13911112222"))
    for wanted, names in (
        (CaseFilter(group="all", text="liwei"), ["李伟"]),
        (CaseFilter(group="closed"), []),
        (CaseFilter(group="open", line="party"), []),
    ):
        export(office, tmp_path / "a.csv", "csv", wanted)
        assert [row[2] for row in read(tmp_path / "a.csv", "csv")[1:]] == names


def test_a_cancelled_export_leaves_the_old_file(office: Office, tmp_path: Path) -> None:
    """And nothing beside it."""
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "a.csv").write_text("old", encoding="utf-8")
    take_in(office)
    make_many(office, EVERY)
    for kind in KINDS:
        with pytest.raises(Cancelled):
            export(office, folder / "a.csv", kind, cancelled=lambda: True)
    assert [(f.name, f.read_text(encoding="utf-8")) for f in folder.iterdir()] == [("a.csv", "old")]


def make_many(office: Office, count: int) -> None:
    """So many more cases like the one on file."""
    columns = [f'"{column.key}"' for column in CaseFile.__table__.columns if column.key != "id"]
    with office.writer.begin() as connection:
        connection.exec_driver_sql(
            f"INSERT INTO case_file (id, {', '.join(columns)}) "
            f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) "
            f"SELECT randomblob(16), {', '.join(columns)} FROM case_file, n"
        )
