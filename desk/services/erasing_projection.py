"""Rows of what is held and of what was erased: of an erased case its number, matter and days stay.

The events of an erased record have lost their content, so a replay finds no rows of it: whatever stays is told by the
erasing event itself, which takes away what is there and writes that.
"""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from db.models import (
    Attachment,
    CaseFile,
    CaseMaterial,
    CaseParty,
    Conflict,
    Document,
    Erasure,
    IssuedNumber,
    LegalHold,
    OrderGiven,
    OrderTaken,
    Person,
    Record,
    RecordStep,
)
from desk.domain.events import EventRecord
from desk.services.case_projection import NOT_YET, uuid_of
from desk.services.hub_family import family_of

ERASE: Final = "erase"
"""The kind of order that asks for an erasure; it names nobody, and stays."""
ERASED: Final = "erased"
"""What became of such an order in the end."""
NAMELESS: Final = "（已到期删除）"
KEPT: Final = (
    "item_code",
    "item_name",
    "line",
    "catalog_version",
    "catalog_digest",
    "workflow",
    "state",
    "phase",
    "sj_number",
    "sl_number",
    "short_no",
    "old_number",
    "opened_on",
    "opened_at",
    "accepted_on",
    "window",
    "changed_at",
)
"""What stays of a case; all else is as it was before its first move, or blank."""
NUMBER: Final = ("number", "series", "window", "day", "epoch", "serial", "short_no")
BLANK: Final[Mapping[str, Any]] = {
    "state_before": "",
    "due_on": "",
    "due_provisional": False,
    "clock": {},
    "person_id": None,
    "applicant": NAMELESS,
    "applicant_id_no": "",
    "channel": "",
    "form": {},
    "answers": {},
    "eligibility": {},
    "notes": {},
}


def case_erased(connection: Connection, record: EventRecord, payload: Mapping[str, Any]) -> None:
    """A case is erased: everything that hangs on it goes, its line stays without a name."""
    about, kept = record.entity_id, payload["row"]
    family = family_of(connection, record.origin)

    def own(told: str) -> UUID:
        """Whose it was; what an earlier database began and this one told again is this one's."""
        origin = UUID(hex=told)
        return origin if origin in family else record.origin

    _withdraw(connection, about)
    connection.execute(
        insert(CaseFile),
        {
            "id": about,
            "origin": own(kept["origin"]),
            "version": record.base + 1,
            "operator_id": uuid_of(kept["operator"]),
            **NOT_YET,
            **BLANK,
            **{name: kept[name] for name in KEPT},
        },
    )
    known = set(
        connection.execute(
            select(IssuedNumber.number).where(IssuedNumber.case_id == about)
        ).scalars()
    )
    for number in payload["numbers"]:
        if number["number"] not in known:
            told = {name: number[name] for name in NUMBER}
            connection.execute(
                insert(IssuedNumber),
                {**told, "origin": own(number["origin"]), "case_id": about},
            )
    _erased(connection, record, payload)


def _withdraw(connection: Connection, about: Any) -> None:
    """Take away the rows of a case and of all that hangs on it."""
    connection.execute(delete(CaseFile).where(CaseFile.id == about))
    connection.execute(delete(CaseParty).where(CaseParty.case_id == about))
    connection.execute(delete(CaseMaterial).where(CaseMaterial.case_id == about))
    connection.execute(delete(Document).where(Document.case_id == about))
    connection.execute(delete(Conflict).where(Conflict.case_id == about))
    connection.execute(delete(Attachment).where(Attachment.case_id == about))
    connection.execute(
        delete(OrderTaken).where(OrderTaken.case_id == about, OrderTaken.kind != ERASE)
    )


def record_erased(connection: Connection, record: EventRecord, payload: Mapping[str, Any]) -> None:
    """An entry of a register is erased with its steps."""
    connection.execute(delete(Record).where(Record.id == record.entity_id))
    connection.execute(delete(RecordStep).where(RecordStep.record_id == record.entity_id))
    _erased(connection, record, payload)


def person_erased(connection: Connection, record: EventRecord, payload: Mapping[str, Any]) -> None:
    """Nothing is on file any more of a person; his own row goes, too."""
    connection.execute(delete(Person).where(Person.id == record.entity_id))
    _erased(connection, record, payload)


def orders_erased(connection: Connection, record: EventRecord, payload: Mapping[str, Any]) -> None:
    """The county's own orders about a case the desk erased go with it."""
    about = (OrderGiven.case_id == uuid_of(payload["case"]), OrderGiven.kind != ERASE)
    connection.execute(delete(OrderGiven).where(OrderGiven.origin == record.origin, *about))


def hold_put(connection: Connection, record: EventRecord, payload: Mapping[str, Any]) -> None:
    """A record is kept beyond its time."""
    connection.execute(delete(LegalHold).where(LegalHold.id == record.entity_id))
    connection.execute(
        insert(LegalHold),
        {
            "id": record.entity_id,
            "origin": record.origin,
            "what": record.entity,
            "why": payload["why"],
            "by": payload["by"],
            "since": record.at[:10],
        },
    )


def hold_lifted(connection: Connection, record: EventRecord, _payload: Mapping[str, Any]) -> None:
    """It is no longer."""
    connection.execute(delete(LegalHold).where(LegalHold.id == record.entity_id))


def _erased(connection: Connection, record: EventRecord, payload: Mapping[str, Any]) -> None:
    # A restored backup may tell of the same erasure again.
    connection.execute(delete(Erasure).where(Erasure.id == record.entity_id))
    connection.execute(
        insert(Erasure),
        {
            "id": record.entity_id,
            "origin": record.origin,
            "what": record.entity,
            "keep": payload["keep"],
            "due": payload["due"],
            "day": record.at[:10],
            "states": payload["states"],
        },
    )
