"""Confidential applicants: who asked is known to the one who handles the case and to nobody else, on screen, paper or in a file."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, case, or_, select
from sqlalchemy.engine import Connection

from db.models import CaseFile, Document
from desk.errors import ChangedMeanwhile, NotFound, NotGranted
from desk.services import audit
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform

NAME: Final = "（保密）"
SHIELD: Final = "shield"
"""What it takes to see behind it: no role has it, only the one in whose name the case stands."""


def is_hidden(office: Office, row: Mapping[Any, Any]) -> bool:
    """Whether the applicant of this case (its `shielded` and `operator_id`) is kept from who signed in."""
    return bool(row["shielded"]) and row["operator_id"] != office.actor


def open_to(office: Office) -> ColumnElement[bool]:
    """The condition on cases that their applicant may be known here: what is looked for by a person must not find the others."""
    return or_(CaseFile.shielded.is_(False), CaseFile.operator_id == office.actor)


def left_out(column: Any, instead: Any = "") -> Any:
    """A column about the applicant for a file: empty for every confidential case, whoever writes it."""
    return case((CaseFile.shielded, instead), else_=column).label(column.key)


def shield(office: Office, *, case_id: UUID, version: int, on: bool) -> Done[None]:
    """Make the applicant of a case confidential, or known again; the one who handles it alone can do either.

    Raises:
        NotFound: there is no such case.
        NotGranted: it is somebody else's.
        ChangedMeanwhile: it is not as it was shown.
    """

    def work(bench: Work) -> None:
        wanted = select(CaseFile.version, CaseFile.operator_id, CaseFile.shielded)
        row = bench.connection.execute(wanted.where(CaseFile.id == case_id)).first()
        if row is None:
            raise NotFound
        if row.operator_id != bench.actor:
            raise NotGranted(SHIELD)
        if row.version != version or row.shielded is on:
            raise ChangedMeanwhile
        bench.emit("case.shielded", "case", case_id, {"on": on}, base=version)
        audit.note(bench, "confidential", case_id, on=on)

    return perform(office, Operation.ACT_ON_CASE, work)


def demand(office: Office, connection: Connection, case_id: UUID | None) -> None:
    """Go on only if the applicant of this case may be known here; a paper of no case is nobody's.

    Raises:
        NotGranted: it is confidential, and somebody else's.
    """
    wanted = select(CaseFile.shielded, CaseFile.operator_id).where(CaseFile.id == case_id)
    row = connection.execute(wanted).mappings().first() if case_id else None
    if row is not None and is_hidden(office, row):
        raise NotGranted(SHIELD)


def demand_paper(office: Office, connection: Connection, document_id: UUID) -> None:
    """As `demand`, for a paper that was issued in a case, perhaps before it became confidential."""
    case_id = connection.execute(
        select(Document.case_id).where(Document.id == document_id)
    ).scalar()
    demand(office, connection, case_id)
