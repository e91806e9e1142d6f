"""The filtered list of cases as a ledger file."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from db.models import CaseFile, Person
from desk.domain.field_values import show
from desk.domain.fields import FieldDef
from desk.exporting.csv_file import write_csv
from desk.exporting.progress import Progress
from desk.exporting.table import Column, Table
from desk.exporting.xlsx_file import write_xlsx
from desk.files import replace_file
from desk.services import case_rows, case_views
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.views import CaseFilter

LedgerKind = Literal["xlsx", "csv", "csv-gb18030"]
COLUMNS = (
    Column("收件编号", "id", 36),
    Column("受理编号", "id", 36),
    Column("申请人", "text", 14),
    Column("证件号码", "id", 22),
    Column("联系电话", "id", 14),
    Column("事项编码", "text", 12),
    Column("事项", "text", 18),
    Column("条线", "text", 12),
    Column("状态", "text", 10),
    Column("收件日期", "date", 12),
    Column("受理日期", "date", 12),
    Column("到期日期", "date", 12),
    Column("窗口", "text", 6),
    Column("经办人", "text", 10),
)


def export(
    office: Office,
    *,
    wanted: CaseFilter,
    path: Path,
    kind: LedgerKind,
    progress: Callable[[int, int, str], None],
    cancelled: Callable[[], bool],
) -> int:
    """Write the cases of this filter to a file that appears only when it is whole; gives the number of rows back.

    Raises:
        Cancelled: nothing was left behind.
        DiskFull, DiskFailed, OfficeError: the file could not be written.
    """
    told = Progress(progress, cancelled, "写台账")
    private = _private_fields(office, wanted)
    columns = (*COLUMNS, *(Column(field.label, "text", 24) for field in private))
    table = Table(
        "办件台账", columns, lambda: _rows(office, wanted, private), _count(office, wanted)
    )

    def write(part: Path) -> int:
        if kind == "xlsx":
            return write_xlsx(table, part, told)
        return write_csv(table, part, "gb18030" if kind == "csv-gb18030" else "utf-8-sig", told)

    return replace_file(path, write)


def _count(office: Office, wanted: CaseFilter) -> int:
    return case_views.counts(office, wanted=wanted)[wanted.group]


def _private_fields(office: Office, wanted: CaseFilter) -> tuple[FieldDef, ...]:
    """The illnesses a line's registers hold: they stand in the ledger of that line alone (domain notes, G.2)."""
    return tuple(
        field
        for register in office.catalog.registers.values()
        if register.line == wanted.line
        for field in register.fields
        if field.sensitive == register.sensitive != ""
    )


def _rows(
    office: Office, wanted: CaseFilter, private: tuple[FieldDef, ...]
) -> Iterator[tuple[str, ...]]:
    labels = {line.key: line.label for line in office.catalog.lines}
    with reading(office) as connection:
        columns = case_rows.columns().add_columns(
            CaseFile.sj_number,
            CaseFile.sl_number,
            CaseFile.accepted_on,
            CaseFile.window,
            CaseFile.form,
            Person.phone,
        )
        joined = columns.join(Person, Person.id == CaseFile.person_id, isouter=True)
        query = case_views.narrowed(office, connection, wanted, joined)
        for row in connection.execution_options(stream_results=True).execute(query).mappings():
            illnesses = (show(field, row["form"].get(field.key)) for field in private)
            yield (*_row(office, row, labels), *illnesses)


def _row(office: Office, row: Mapping[Any, Any], labels: Mapping[str, str]) -> tuple[str, ...]:
    state = case_rows.state_of(office, row["workflow"], row["state"])
    return (
        row["sj_number"],
        row["sl_number"],
        row["applicant"],
        row["applicant_id_no"],
        row["phone"] or "",
        row["item_code"],
        row["item_name"],
        labels.get(row["line"], row["line"]),
        state.label,
        row["opened_on"],
        row["accepted_on"],
        row["due_on"],
        str(row["window"]),
        row["operator"] or "系统",
    )
