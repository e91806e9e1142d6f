"""Taking in a table: opened and its columns recognised, looked over row by row, then all good rows in one transaction."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from desk.clock import CHINA
from desk.domain import ids
from desk.domain.canonical import Json
from desk.domain.import_kinds import ImportKind
from desk.domain.import_rows import match_columns
from desk.domain.variables import resolve
from desk.exporting.progress import Progress
from desk.exporting.table import Column, Table
from desk.exporting.xlsx_file import write_xlsx
from desk.files import replace_file
from desk.importing.json_file import read_json
from desk.importing.tables import read_table
from desk.services import (
    audit,
    backup,
    clock_doubts,
    import_plan,
    people,
    records,
    requests,
    roll_ages,
    status_files,
    upgrading,
)
from desk.services.gathered import gathering
from desk.services.import_plan import Planned
from desk.services.import_views import VERDICTS, ImportJob, ImportPlan, Opened
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform, reading

WORKFLOW: Final = "imported"
STATE: Final = "filed"
CHANNEL: Final = "旧台账"
FROM_TABLE: Final = "小程序表格"
TAKEN: Final = ("new", "fill")


def kinds(office: Office) -> tuple[ImportKind, ...]:
    """The kinds of tables that can be taken in."""
    return tuple(import_plan.import_kinds(office).kinds.values())


def open_file(
    office: Office, *, path: Path, kind: str, sheet: str = "", heading_row: int = 0
) -> Opened:
    """Read the file as a table of that kind and recognise its columns; changes nothing.

    Raises:
        TableRefused: the file cannot be read.
    """
    known = import_plan.import_kinds(office)
    wanted = known.kinds[kind]
    if path.suffix.lower() == ".json":
        told = read_json(path, wanted.into, tuple(one.key for one in wanted.fields))
        places = {key: place for place, key in enumerate(told.table.headings)}
        return Opened(wanted, told.table, places, told.source)
    table = read_table(path, sheet=sheet, heading_row=heading_row)
    return Opened(wanted, table, match_columns(wanted, table.headings, known), FROM_TABLE)


def preview(office: Office, *, job: ImportJob) -> ImportPlan:
    """What would come of every row; changes nothing."""
    kind = import_plan.import_kinds(office).kinds[job.kind]
    with reading(office) as connection:
        if kind.into == "statuses":
            return import_plan.shown(kind, status_files.plan(office, connection, job))
        return import_plan.shown(kind, import_plan.plan(office, connection, job))


def take_in(
    office: Office,
    *,
    job: ImportJob,
    progress: Callable[[int, int, str], None],
    cancelled: Callable[[], bool],
) -> Done[ImportPlan]:
    """Take in every row that has no fault, all in one transaction; gives back what became of each.

    The rows are judged anew: what other pages did since the preview counts.

    Raises:
        Cancelled: nothing was taken.
        DiskFull, DiskFailed, OfficeDamaged: there is no whole backup to go back to; nothing was taken.
    """
    _back_up(office, progress, cancelled)
    kind = import_plan.import_kinds(office).kinds[job.kind]
    told = Progress(progress, cancelled, "正在导入")

    def work(bench: Work) -> ImportPlan:
        audit.note(bench, "import", kind=job.kind, rows=len(job.table.rows))
        if kind.into == "statuses":
            return import_plan.shown(kind, status_files.carry_out(bench, job, told))
        planned = import_plan.plan(office, bench.connection, job)
        with gathering(bench):
            for done, one in enumerate(planned, 1):
                if one.verdict in TAKEN:
                    _TAKE[kind.into](bench, job, kind, one)
                told.step(done, len(planned))
        return import_plan.shown(kind, planned)

    return perform(office, Operation.IMPORT, work)


def _back_up(
    office: Office,
    progress: Callable[[int, int, str], None],
    cancelled: Callable[[], bool],
) -> None:
    """One click changes hundreds of cases: what stood before is kept where the last backup does not hold it."""
    if office.paths.server or not backup.due(office, closing_time=True):
        return
    upgrading.require_room(office.paths)
    doubted = bool(clock_doubts.doubt(office))
    backup.make(office, why="import", progress=progress, cancelled=cancelled, clock_doubted=doubted)


def save_list(office: Office, *, job: ImportJob, plan: ImportPlan, path: Path) -> int:
    """Write what became of each row, with the row as it came, so that faulty ones can be mended and taken in again.

    Raises:
        DiskFull, DiskFailed, OfficeError: the file could not be written.
    """
    headings = [title or f"第{place}列" for place, title in enumerate(job.table.headings, 1)]
    columns = (
        *(Column(title, "id", 16) for title in headings),
        Column("原表行号", "number", 8),
        Column("怎样处理", "text", 8),
        Column("说明", "text", 60),
    )
    table = Table(
        "导入结果",
        columns,
        lambda: (
            (*row.cells, str(row.number), VERDICTS[row.verdict], "；".join(row.faults) or row.said)
            for row in plan.rows
        ),
        len(plan.rows),
    )
    audit.noted(office, what="export", name=f"import/{job.kind}", kind="xlsx", rows=len(plan.rows))
    return replace_file(path, lambda part: write_xlsx(table, part, Progress()))


def _person(work: Work, one: Planned) -> UUID | None:
    """The person of the row: recorded, or with his gaps filled; what is on file already stays."""
    values = one.values
    if one.person is None:
        return people.remember(work, values, None)
    known = {key: one.person[key] for key in people.COLUMNS if one.person[key]}
    return people.remember(work, replace(values, **known), one.person)


def _take_person(work: Work, _job: ImportJob, _kind: ImportKind, one: Planned) -> None:
    _person(work, one)


def _take_entry(work: Work, _job: ImportJob, kind: ImportKind, one: Planned) -> None:
    person = _person(work, one)
    register = work.office.catalog.registers[kind.register]
    fields = {
        field.key: one.read.values[field.key]
        for field in register.fields
        if field.key in one.read.values
    }
    tier = next(
        (
            step
            for step in roll_ages.item_of(work.office, register).tiers
            if step.label == fields.get("tier")
        ),
        None,
    )
    if tier and "monthly_amount" not in fields:
        amount = roll_ages.amount_of(work.office, tier)
        fields |= {"monthly_amount": f"{float(amount):.2f}"} if amount else {}
    if person is not None:
        records.take_over(
            work,
            kind.register,
            person,
            state=kind.state,
            due_on=_due(work, kind, fields),
            month=str(fields.get(kind.month) or "")[:7],
            fields=fields,
        )


def _due(work: Work, kind: ImportKind, fields: Mapping[str, Any]) -> str:
    """The day the entry is to be looked at again; today where the table does not tell: nobody may be forgotten."""
    params = {f"${name}": value for name, value in work.office.county.params.items()}
    return str(resolve(kind.due, {**params, **fields}) or work.today.isoformat())


def _take_case(work: Work, _job: ImportJob, _kind: ImportKind, one: Planned) -> None:
    read, item, office = one.read, one.item, work.office
    assert item is not None
    values = one.values
    person = _person(work, one) if values.id_no else None
    opened = read.text("opened_on")
    remark = "；".join(
        filter(
            None,
            (
                read.text("outcome") and f"结果：{read.text('outcome')}",
                read.text("decided_on") and f"{read.text('decided_on')} 办结",
                read.text("remark"),
            ),
        )
    )
    payload: dict[str, Json] = {
        "item": {"code": item.code, "short_name": item.short_name, "line": item.line},
        "catalog": {"version": office.catalog.version, "digest": office.catalog.digest},
        "workflow": WORKFLOW,
        "state": STATE,
        "parties": [
            {
                "role": "applicant",
                "person": person.hex if person else None,
                "snapshot": people.snapshot(values),
            }
        ],
        "form": {},
        "answers": {},
        "eligibility": {},
        "materials": [],
        "channel": CHANNEL,
        "notes": {"remark": remark},
        "old": {"number": read.text("old_number"), "opened_on": opened},
    }
    work.emit("case.opened", "case", _old_id(opened), payload)


def _old_id(day: str) -> UUID:
    """An id that sorts where a case of that day belongs: lists are by id, the newest first."""
    noon = datetime.combine(datetime.fromisoformat(day), time(12), CHINA)
    return ids.new_id(max(0, int(noon.timestamp() * 1000)))


def _take_request(work: Work, job: ImportJob, _kind: ImportKind, one: Planned) -> None:
    requests.take(work, source=job.source, values=one.read.values)


_TAKE: Final[Mapping[str, Callable[[Work, ImportJob, ImportKind, Planned], None]]] = {
    "people": _take_person,
    "cases": _take_case,
    "register": _take_entry,
    "requests": _take_request,
}
