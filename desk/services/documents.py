"""Papers on file: drawn once, kept as they were handed out, drawn again with 补打 on them."""

from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from db.models import Document, DocumentFile
from desk.domain.paper_facts import Reprint
from desk.errors import NotFound
from desk.printing.printer import Medium
from desk.printing.raster import Picture, pages
from desk.services import paper_shapes
from desk.services.combined_paper import combined
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform, reading

__all__ = [
    "Medium",
    "Picture",
    "combined",
    "hand_out",
    "marked",
    "pdf",
    "pictures",
    "reprint",
    "was_handed_out",
]


def pdf(office: Office, *, document_id: UUID, medium: Medium = "A5") -> bytes:
    """The paper as PDF: the one that was handed out, else drawn from its facts.

    Raises:
        NotFound: no such paper.
    """
    with reading(office) as connection:
        kept = connection.execute(
            select(DocumentFile.pdf).where(
                DocumentFile.document_id == document_id,
                DocumentFile.medium == medium,
                DocumentFile.nth == 0,
            )
        ).scalar()
        return kept or _draw(office, connection, document_id, medium, None)


def hand_out(office: Office, *, document_id: UUID, medium: Medium = "A5") -> Done[bytes]:
    """Draw the paper and keep it as the original that was handed out; the kept one if there is one."""

    def work(bench: Work) -> bytes:
        kept = bench.connection.execute(
            select(DocumentFile.pdf).where(
                DocumentFile.document_id == document_id,
                DocumentFile.medium == medium,
                DocumentFile.nth == 0,
            )
        ).scalar()
        if kept:
            return bytes(kept)
        drawn = _draw(office, bench.connection, document_id, medium, None)
        _keep(bench, document_id, medium, 0, drawn)
        return drawn

    return perform(office, Operation.ISSUE_PAPER, work)


def was_handed_out(office: Office, *, document_id: UUID) -> bool:
    """Whether the original of this paper was given to somebody, so that another print is a reprint."""
    with reading(office) as connection:
        kept = select(DocumentFile.nth).where(DocumentFile.document_id == document_id).limit(1)
        return connection.execute(kept).first() is not None


def marked(office: Office, *, document_id: UUID, medium: Medium = "A5") -> bytes:
    """The paper as its next reprint would say 补打第 n 次; it counts only with `reprint`, when it is on paper.

    Raises:
        NotFound: no such paper.
    """
    with reading(office) as connection:
        prints = connection.execute(
            select(Document.prints).where(Document.id == document_id)
        ).scalar()
        mark = Reprint((prints or 0) + 1, office.clock.now(), office.hall.operator)
        return _draw(office, connection, document_id, medium, mark)


def reprint(office: Office, *, document_id: UUID, medium: Medium = "A5") -> Done[bytes]:
    """Draw the paper again, counted and marked 补打第 n 次.

    Raises:
        NotFound: no such paper.
    """

    def work(bench: Work) -> bytes:
        row = bench.connection.execute(
            select(Document.prints, Document.version, Document.case_id).where(
                Document.id == document_id
            )
        ).first()
        if row is None:
            raise NotFound
        mark = Reprint(row.prints + 1, bench.now, office.hall.operator)
        drawn = _draw(office, bench.connection, document_id, medium, mark)
        bench.emit(
            "document.printed",
            "document",
            document_id,
            {"nth": mark.count, "medium": medium},
            base=row.version,
        )
        _keep(bench, document_id, medium, mark.count, drawn)
        if row.case_id:
            bench.touch("case", row.case_id)
        return drawn

    return perform(office, Operation.REPRINT, work)


def pictures(office: Office, pdf: bytes, dpi: int) -> tuple[Picture, ...]:
    """The pages of a PDF as pictures, for preview and printer."""
    return pages(pdf, dpi)


def _draw(
    office: Office, connection: Connection, document_id: UUID, medium: Medium, mark: Reprint | None
) -> bytes:
    row = connection.execute(
        select(Document.kind, Document.facts).where(Document.id == document_id)
    ).first()
    if row is None:
        raise NotFound
    return paper_shapes.draw(office, connection, row.kind, row.facts, medium, mark)


def _keep(bench: Work, document_id: UUID, medium: Medium, nth: int, drawn: bytes) -> None:
    bench.connection.execute(
        insert(DocumentFile),
        {"document_id": document_id, "medium": medium, "nth": nth, "pdf": drawn},
    )
