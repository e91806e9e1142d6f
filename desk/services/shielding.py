"""Confidential applicants: who asked is known to the one who handles the case and to nobody else, on screen, paper or in a file."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, case, or_, select, type_coerce
from sqlalchemy.engine import Connection

from db.base import JsonText
from db.models import CaseFile, CaseParty, Document
from desk.errors import ChangedMeanwhile, NotFound, NotGranted
from desk.services import audit
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform

NAME: Final = "（保密）"
ON_PAPER: Final = "保密申请人"
"""What stands in place of a confidential name; a paper lies open on a counter."""
SHIELD: Final = "shield"
"""What it takes to see behind it: no role has it, only the one in whose name the case stands."""


def is_hidden(office: Office, row: Mapping[Any, Any]) -> bool:
    """Whether the applicant of this case (its `shielded` and `operator_id`) is kept from who signed in."""
    return bool(row["shielded"]) and row["operator_id"] != office.actor


def open_to(office: Office) -> ColumnElement[bool]:
    """The condition on cases that their applicant may be known here: what is looked for by a person must not find the others.

    Also on rows that a case is joined to, if there is one.
    """
    return or_(CaseFile.shielded.is_not(True), CaseFile.operator_id == office.actor)


def named(office: Office, row: Mapping[Any, Any]) -> str:
    """The applicant of a case (its `applicant`, `shielded`, `operator_id`) as a page of this seat may name him."""
    return NAME if is_hidden(office, row) else str(row["applicant"])


def left_out(column: Any, instead: Any = "") -> Any:
    """A column about the applicant for a file: empty for every confidential case, whoever writes it."""
    empty = {} if isinstance(column.type, JsonText) else instead
    return case((CaseFile.shielded, type_coerce(empty, column.type)), else_=column).label(
        column.key
    )


def secrets(connection: Connection, case_id: UUID | None) -> tuple[str, ...]:
    """What names the applicant of a confidential case, or who came for him; nothing of any other."""
    if case_id is None:
        return ()
    told = select(CaseParty.snapshot).join(CaseFile, CaseFile.id == CaseParty.case_id)
    rows = connection.execute(told.where(CaseFile.id == case_id, CaseFile.shielded)).scalars().all()
    found = {str(row.get(key) or "") for row in rows for key in ("name", "id_no", "phone")}
    return tuple(sorted(filter(None, found), key=len, reverse=True))


def struck(told: Any, words: tuple[str, ...]) -> Any:
    """What a paper or a page says, without these words, which somebody may have typed into any field of it."""
    if not words:
        return told
    if isinstance(told, str):
        for word in words:
            told = told.replace(word, ON_PAPER)
        return told
    if isinstance(told, Mapping):
        return {key: struck(inner, words) for key, inner in told.items()}
    return [struck(inner, words) for inner in told] if isinstance(told, list | tuple) else told


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
