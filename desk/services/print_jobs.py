"""Papers on their way to a printer: kept before they are sent, gone when they are on paper, listed when they are not."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection, Row
from sqlalchemy.sql import ColumnElement

from db.models import Document, PrintJob
from desk.errors import NotFound
from desk.printing.media import Medium
from desk.services import audit, documents, printers
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform, reading

State = Literal["waiting", "failed"]
CLOSED = "closed"
"""Why a paper is listed that was on its way when the program ended."""


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """A paper to be put on paper now; `dx`, `dy` (mm) as the printer was calibrated."""

    job_id: int
    pdf: bytes
    medium: Medium
    printer: str
    copies: int
    dx: float
    dy: float


@dataclass(frozen=True, slots=True)
class JobRow:
    """A paper that did not come out, or is on its way; `why` names the sentence in `desk.words.printing`."""

    id: int
    title: str
    medium: Medium
    printer: str
    copies: int
    state: State
    why: str
    asked_at: str
    is_document: bool


def begin(
    office: Office,
    *,
    document_id: UUID,
    medium: Medium,
    printer: str,
    copies: int = 1,
    again: bool = False,
) -> Done[PrintOrder]:
    """Draw a paper for a printer and keep the job; once handed out, or `again`, it is marked as a reprint.

    Raises:
        NotFound: no such paper.
    """

    def work(bench: Work) -> PrintOrder:
        found = bench.connection.execute(
            select(Document.title, Document.number).where(Document.id == document_id)
        ).first()
        if found is None:
            raise NotFound
        marked = again or documents.handed_out_in(bench.connection, document_id)
        return _queue(
            bench,
            document_id=document_id,
            title=f"{found.title}　{found.number}".strip(),
            medium=medium,
            printer=printer,
            copies=copies,
            again=marked,
            pdf=_drawn(bench, document_id, medium, again=marked),
        )

    return perform(office, Operation.ISSUE_PAPER, work)


def begin_pdf(
    office: Office, *, title: str, pdf: bytes, medium: Medium, printer: str, copies: int = 1
) -> Done[PrintOrder]:
    """Keep the job of a paper that is no document of a case: a roster, a blank form, the calibration page."""

    def work(bench: Work) -> PrintOrder:
        return _queue(
            bench,
            document_id=None,
            title=title,
            medium=medium,
            printer=printer,
            copies=copies,
            again=False,
            pdf=pdf,
        )

    return perform(office, Operation.ISSUE_PAPER, work)


def job_done(office: Office, *, job_id: int) -> Done[None]:
    """It is on paper: count it, keep what was given, and take it and its failed forerunners off the list."""

    def work(bench: Work) -> None:
        job = _job(bench.connection, job_id)
        _forget(bench, PrintJob.id == job_id)
        audit.note(bench, "print", job.document_id, medium=job.medium, copies=job.copies)
        if job.document_id is not None:
            _forget(bench, PrintJob.document_id == job.document_id, PrintJob.state == "failed")
            documents.record(bench, job.document_id, job.medium, job.pdf, again=job.again)

    return perform(office, Operation.REPRINT, work)


def job_failed(office: Office, *, job_id: int, why: str) -> Done[None]:
    """It did not come out; it stays on the list, in place of earlier failures of the same paper."""

    def work(bench: Work) -> None:
        job = _job(bench.connection, job_id)
        if job.document_id is not None:
            _forget(
                bench,
                PrintJob.document_id == job.document_id,
                PrintJob.state == "failed",
                PrintJob.id != job_id,
            )
        _mark(bench, job_id, state="failed", why=why)

    return perform(office, Operation.ISSUE_PAPER, work)


def retry(office: Office, *, job_id: int, printer: str = "") -> Done[PrintOrder]:
    """Send a listed paper again, to `printer` ('' the one it was meant for); a document is drawn anew with its present mark.

    Raises:
        NotFound: it is no longer listed.
    """

    def work(bench: Work) -> PrintOrder:
        job = _job(bench.connection, job_id)
        changes: dict[str, object] = {
            "state": "waiting",
            "why": "",
            "printer": printer or job.printer,
        }
        if job.document_id is not None:
            again = job.again or documents.handed_out_in(bench.connection, job.document_id)
            changes |= {
                "again": again,
                "pdf": _drawn(bench, job.document_id, job.medium, again=again),
            }
        _mark(bench, job_id, **changes)
        return _order(bench, _job(bench.connection, job_id))

    return perform(office, Operation.ISSUE_PAPER, work)


def drop(office: Office, *, job_id: int) -> Done[None]:
    """Take a paper off the list; it is not printed, and a document stays with its case."""

    def work(bench: Work) -> None:
        _forget(bench, PrintJob.id == job_id)

    return perform(office, Operation.ISSUE_PAPER, work)


def list_interrupted(office: Office) -> Done[None]:
    """After a start: what was still on its way when the program ended is listed with what did not come out."""

    def work(bench: Work) -> None:
        done = bench.connection.execute(
            update(PrintJob).where(PrintJob.state == "waiting").values(state="failed", why=CLOSED)
        )
        if done.rowcount:
            bench.touch("prints")

    return perform(office, Operation.ISSUE_PAPER, work)


def jobs(office: Office) -> tuple[JobRow, ...]:
    """What is on its way or did not come out, newest first."""
    columns = [column for column in PrintJob.__table__.columns if column.key != "pdf"]
    with reading(office) as connection:
        rows = connection.execute(select(*columns).order_by(PrintJob.id.desc()))
        return tuple(
            JobRow(
                id=row.id,
                title=row.title,
                medium=row.medium,
                printer=row.printer,
                copies=row.copies,
                state=row.state,
                why=row.why,
                asked_at=row.asked_at,
                is_document=row.document_id is not None,
            )
            for row in rows
        )


def failed(office: Office) -> int:
    """How many papers did not come out."""
    with reading(office) as connection:
        count = select(func.count()).select_from(PrintJob).where(PrintJob.state == "failed")
        return int(connection.execute(count).scalar() or 0)


def _drawn(bench: Work, document_id: UUID, medium: Medium, *, again: bool) -> bytes:
    if again:
        return documents.draw_marked(bench.office, bench.connection, document_id, medium)
    return documents.original_in(bench.office, bench.connection, document_id, medium)


def _queue(bench: Work, **job: object) -> PrintOrder:
    made = bench.connection.execute(
        insert(PrintJob).values(
            **job, state="waiting", why="", asked_at=bench.now.isoformat(timespec="seconds")
        )
    )
    bench.touch("prints")
    return _order(bench, _job(bench.connection, made.inserted_primary_key[0]))  # type: ignore[index]


def _order(bench: Work, job: "Row[tuple[object, ...]]") -> PrintOrder:
    """The job as the printer gets it; what is kept with the case is the whole paper, whatever stock it lies on."""
    office, connection, pdf = bench.office, bench.connection, job.pdf
    if job.document_id is not None:
        values = documents.onto_stock(office, connection, job.document_id, again=job.again)
        pdf = values or pdf
    dx, dy = printers.offsets_in(connection, job.printer, job.medium)
    return PrintOrder(job.id, pdf, job.medium, job.printer, job.copies, dx, dy)


def _job(connection: Connection, job_id: int) -> "Row[tuple[object, ...]]":
    row = connection.execute(
        select(*PrintJob.__table__.columns).where(PrintJob.id == job_id)
    ).first()
    if row is None:
        raise NotFound
    return row


def _mark(bench: Work, job_id: int, **changes: object) -> None:
    bench.connection.execute(update(PrintJob).where(PrintJob.id == job_id).values(**changes))
    bench.touch("prints")


def _forget(bench: Work, *which: ColumnElement[bool]) -> None:
    bench.connection.execute(delete(PrintJob).where(*which))
    bench.touch("prints")
