"""Papers on file: drawn once, kept as they were handed out, drawn again with 补打 on them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection, Row

from db.models import Document, DocumentFile
from desk.domain.paper_facts import Reprint
from desk.errors import NotFound
from desk.printing.media import Medium
from desk.services import catalogs, paper_shapes, printers, shielding
from desk.services.combined_paper import combined
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform, reading
from desk.services.paper_making import title_of
from desk.services.printers import PrinterProfile

if TYPE_CHECKING:
    # A window that has drawn nothing yet does without ReportLab and PDFium.
    from desk.printing.raster import Picture

__all__ = [
    "Medium",
    "Plan",
    "ToGive",
    "combined",
    "draw_marked",
    "given",
    "hand_out",
    "handed_out_in",
    "kinds",
    "medium_for",
    "onto_stock",
    "original_in",
    "pdf",
    "pictures",
    "placed",
    "plan",
    "record",
    "reprint",
    "to_give",
]


def kinds(office: Office) -> tuple[tuple[str, str], ...]:
    """All kinds of paper a seat may print each in its own way, with their titles."""
    wording = office.rules.wording
    flowing = [(kind, title_of(wording, kind)) for kind in wording.papers]
    return (*flowing, *placed(office))


def placed(office: Office) -> tuple[tuple[str, str], ...]:
    """The kinds of paper with fixed places, which may go onto pre-printed stock, with their titles."""
    own = [(n, one.title) for n, one in office.rules.layouts.items() if not one.item]
    return ((paper_shapes.FORM, "申请表"), *own)


def pdf(office: Office, *, document_id: UUID, medium: str = "A5") -> bytes:
    """The paper as PDF: the one that was handed out, else drawn from its facts; `medium` '' is this seat's for it.

    One that counts no more is shown as it would now be printed, with 已作废 on it.

    Raises:
        NotFound: no such paper.
    """
    with reading(office) as connection:
        wanted = medium_for(connection, document_id, medium)
        if _next_mark(office, connection, document_id).voided_on:
            return draw_marked(office, connection, document_id, wanted)
        return original_in(office, connection, document_id, wanted)


@dataclass(frozen=True, slots=True)
class ToGive:
    """A paper as it would be given out now; `again` says it bears the line of a reprint."""

    pdf: bytes
    medium: Medium
    again: bool


def to_give(office: Office, *, document_id: UUID, medium: str = "") -> ToGive:
    """The original as long as nobody has it, afterwards marked 补打; it counts only with `given`.

    Raises:
        NotFound: no such paper.
    """
    with reading(office) as connection:
        wanted = medium_for(connection, document_id, medium)
        again = handed_out_in(connection, document_id)
        if again:
            return ToGive(draw_marked(office, connection, document_id, wanted), wanted, again)
        return ToGive(original_in(office, connection, document_id, wanted), wanted, again)


def given(office: Office, *, document_id: UUID, paper: ToGive) -> Done[None]:
    """It is in somebody's hands: keep it, and count it if it is a reprint.

    Raises:
        NotFound: no such paper.
    """

    def work(bench: Work) -> None:
        record(bench, document_id, paper.medium, paper.pdf, again=paper.again)

    return perform(office, Operation.REPRINT, work)


def hand_out(office: Office, *, document_id: UUID, medium: Medium = "A5") -> Done[bytes]:
    """Draw the paper and keep it as the original that was handed out; the kept one if there is one.

    Raises:
        NotFound: no such paper.
    """

    def work(bench: Work) -> bytes:
        drawn = original_in(office, bench.connection, document_id, medium)
        return record(bench, document_id, medium, drawn, again=False)

    return perform(office, Operation.ISSUE_PAPER, work)


def handed_out_in(connection: Connection, document_id: UUID) -> bool:
    """Whether another print is a reprint: somebody has the original, or the paper was voided and must say so."""
    kept = select(DocumentFile.nth).where(DocumentFile.document_id == document_id)
    voided = select(Document.prints).where(Document.id == document_id, Document.voided_on != "")
    return any(connection.execute(one.limit(1)).first() for one in (kept, voided))


def reprint(office: Office, *, document_id: UUID, medium: Medium = "A5") -> Done[bytes]:
    """Draw the paper again, counted and marked 补打第 n 次.

    Raises:
        NotFound: no such paper.
    """

    def work(bench: Work) -> bytes:
        drawn = draw_marked(office, bench.connection, document_id, medium)
        return record(bench, document_id, medium, drawn, again=True)

    return perform(office, Operation.REPRINT, work)


def record(bench: Work, document_id: UUID, medium: str, drawn: bytes, *, again: bool) -> bytes:
    """Within a greater operation: what was given is kept; `again` counts it as a reprint.

    Raises:
        NotFound: no such paper.
    """
    row = bench.connection.execute(
        select(Document.prints, Document.version, Document.case_id).where(
            Document.id == document_id
        )
    ).first()
    if row is None:
        raise NotFound
    nth = row.prints + 1 if again else 0
    if again:
        told = {"nth": nth, "medium": medium}
        bench.emit("document.printed", "document", document_id, told, base=row.version)
        if row.case_id:
            bench.touch("case", row.case_id)
    elif kept := _kept(bench.connection, document_id, medium):
        return kept
    bench.connection.execute(
        insert(DocumentFile),
        {"document_id": document_id, "medium": medium, "nth": nth, "pdf": drawn},
    )
    return drawn


def medium_for(connection: Connection, document_id: UUID, medium: str = "") -> Medium:
    """The medium asked for; for '' the one this seat prints papers of that kind on.

    Raises:
        NotFound: no such paper.
    """
    row = _row(connection, document_id)
    return _profile(connection, row.kind, row.facts, medium).medium


def _profile(
    connection: Connection, kind: str, facts: Mapping[str, Any], medium: str
) -> PrinterProfile:
    """Layouts and forms have a size of their own: unless set otherwise they lie where A4 lies."""
    if facts.get("shape") not in paper_shapes.OWN_SIZE:
        return printers.profile_in(connection, kind, medium)
    own = printers.own_profile_in(connection, kind)
    return own or printers.profile_in(connection, kind, "A4")


def draw_marked(office: Office, connection: Connection, document_id: UUID, medium: Medium) -> bytes:
    """The paper with the line of its next reprint."""
    shielding.demand_paper(office, connection, document_id)
    mark = _next_mark(office, connection, document_id)
    return _draw(office, connection, document_id, medium, mark)


def _next_mark(office: Office, connection: Connection, document_id: UUID) -> Reprint:
    row = connection.execute(
        select(Document.prints, Document.voided_on).where(Document.id == document_id)
    ).first()
    prints, voided = row or (0, "")
    voided_on = date.fromisoformat(voided) if voided else None
    return Reprint(prints + 1, office.clock.now(), office.hall.operator, voided_on)


@dataclass(frozen=True, slots=True)
class Plan:
    """How a paper would be printed: by which profile, and the characters of it that no font has."""

    title: str
    profile: PrinterProfile
    unprintable: tuple[str, ...] = ()


def plan(office: Office, *, document_id: UUID, medium: str = "") -> Plan:
    """How this paper is printed at this seat; `medium` '' is the usual one of its kind.

    Raises:
        NotFound: no such paper.
    """
    from desk.printing.printer import unprintable_text

    with reading(office) as connection:
        shielding.demand_paper(office, connection, document_id)
        row = _row(connection, document_id)
        profile = _profile(connection, row.kind, row.facts, medium)
        return Plan(row.title, profile, unprintable_text(_texts(row.facts)))


def onto_stock(
    office: Office, connection: Connection, document_id: UUID, *, again: bool
) -> bytes | None:
    """The values of a paper alone, where its kind is printed on pre-printed stock (套打); None where it is not."""
    shielding.demand_paper(office, connection, document_id)
    row = _row(connection, document_id)
    own = printers.own_profile_in(connection, row.kind)
    if own is None or not own.only_values or row.facts.get("shape") not in paper_shapes.OWN_SIZE:
        return None
    mark = _next_mark(office, connection, document_id) if again else None
    rules = catalogs.rules_of_case(office, connection, row.case_id)
    return paper_shapes.draw(rules, row.kind, row.facts, own.medium, mark, only_values=True)


def pictures(office: Office, pdf: bytes, dpi: int) -> "tuple[Picture, ...]":
    """The pages of a PDF as pictures, for preview and printer."""
    from desk.printing.raster import pages

    return pages(pdf, dpi)


def original_in(office: Office, connection: Connection, document_id: UUID, medium: Medium) -> bytes:
    """The paper without the line of a reprint: as it was handed out on this medium, else drawn."""
    shielding.demand_paper(office, connection, document_id)
    kept = _kept(connection, document_id, medium)
    return kept or _draw(office, connection, document_id, medium, None)


def _kept(connection: Connection, document_id: UUID, medium: str) -> bytes | None:
    """The original as it was handed out on this medium."""
    return connection.execute(
        select(DocumentFile.pdf).where(
            DocumentFile.document_id == document_id,
            DocumentFile.medium == medium,
            DocumentFile.nth == 0,
        )
    ).scalar()


def _draw(
    office: Office, connection: Connection, document_id: UUID, medium: Medium, mark: Reprint | None
) -> bytes:
    row = _row(connection, document_id)
    rules = catalogs.rules_of_case(office, connection, row.case_id)
    return paper_shapes.draw(rules, row.kind, row.facts, medium, mark)


def _row(connection: Connection, document_id: UUID) -> "Row[tuple[str, str, Any, UUID | None]]":
    row = connection.execute(
        select(Document.kind, Document.title, Document.facts, Document.case_id).where(
            Document.id == document_id
        )
    ).first()
    if row is None:
        raise NotFound
    return row


def _texts(told: object) -> Iterator[str]:
    """Every text in what a paper says."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, Mapping):
        for inner in told.values():
            yield from _texts(inner)
    elif isinstance(told, list):
        for inner in told:
            yield from _texts(inner)
