"""Rows of cases as their events say: file, parties, papers, numbers."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, update
from sqlalchemy.engine import Connection

from db.models import CaseFile, CaseMaterial, CaseParty, IssuedNumber
from desk.domain.events import EventRecord

MATERIAL_COLUMNS = (
    "key",
    "name",
    "original_seen",
    "original_kept",
    "copies",
    "carried_over",
    "promised_by",
    "got_on",
    "valid_until",
    "note",
)

# Made once: building a statement anew costs more than running it.
INSERT_CASE, INSERT_PARTY = insert(CaseFile), insert(CaseParty)
INSERT_MATERIAL, INSERT_NUMBER = insert(CaseMaterial), insert(IssuedNumber)
CHANGE_CASE = update(CaseFile).where(CaseFile.id == bindparam("changed_case"))

OPENED_WITH = ("workflow", "state", "channel", "form", "answers", "eligibility", "notes")

NOT_YET: Mapping[str, Any] = MappingProxyType(
    {
        "state_before": "",
        "phase": "open",
        "sj_number": "",
        "sl_number": "",
        "short_no": "",
        "old_number": "",
        "accepted_on": "",
        "due_on": "",
        "due_provisional": False,
        "shielded": False,
        "clock": {},
    }
)
"""What a case has not before its first move."""


def uuid_of(text: str | None) -> UUID | None:
    """The id a payload names, or None."""
    return UUID(hex=text) if text else None


def opened(connection: Connection, record: EventRecord, payload: Mapping[str, Any]) -> None:
    """A case comes into being, in the state before its first move."""
    applicant = payload["parties"][0]
    connection.execute(INSERT_CASE, file_row(record, payload, applicant))
    connection.execute(
        INSERT_PARTY,
        [
            {
                "case_id": record.entity_id,
                "role": party["role"],
                "place": place,
                "person_id": uuid_of(party["person"]),
                "snapshot": party["snapshot"],
            }
            for place, party in enumerate(payload["parties"])
        ],
    )
    _insert_materials(connection, record, payload["materials"], uuid_of(applicant["person"]))


def file_row(
    record: EventRecord, payload: Mapping[str, Any], applicant: Mapping[str, Any]
) -> dict[str, Any]:
    """The row of a case that was just opened."""
    item, snapshot = payload["item"], applicant["snapshot"]
    return {
        "id": record.entity_id,
        "origin": record.origin,
        "version": record.base + 1,
        "item_code": item["code"],
        "item_name": item["short_name"],
        "line": item["line"],
        "catalog_version": payload["catalog"]["version"],
        "catalog_digest": payload["catalog"]["digest"],
        "person_id": uuid_of(applicant["person"]),
        "applicant": snapshot["name"],
        "applicant_id_no": snapshot["id_no"],
        "opened_on": record.at[:10],
        "opened_at": record.at,
        "changed_at": record.at,
        "window": record.seat,
        "operator_id": record.actor,
        **{name: payload[name] for name in OPENED_WITH},
        **NOT_YET,
        **_taken_over(payload),
    }


def _taken_over(payload: Mapping[str, Any]) -> dict[str, Any]:
    """What a case from an old ledger brings along: its number and day, and that it is over."""
    old = payload.get("old")
    if old is None:
        return {}
    day = old["opened_on"]
    return {
        "phase": "closed",
        "old_number": old["number"],
        "opened_on": day,
        "opened_at": f"{day}T00:00:00+08:00",
    }


def moved(connection: Connection, record: EventRecord, payload: Mapping[str, Any]) -> None:
    """A case goes to another state, perhaps with a number, a clock and filled-in fields."""
    values: dict[str, Any] = {
        "version": record.base + 1,
        "state": payload["to"],
        "state_before": payload["state_before"],
        "phase": payload["phase"],
        "clock": payload["clock"],
        "due_on": payload["due_on"],
        "due_provisional": payload["provisional"],
        "changed_at": record.at,
    }
    if payload["accepted_on"]:
        values["accepted_on"] = payload["accepted_on"]
    if payload["form"]:
        values["form"] = payload["form"]
    number = payload["number"]
    if number:
        values["sj_number" if number["series"] == "SJ" else "sl_number"] = number["full"]
        if payload["short_no"]:
            values["short_no"] = payload["short_no"]
        _insert_number(connection, record, number)
    connection.execute(CHANGE_CASE, {"changed_case": record.entity_id, **values})


def materials(connection: Connection, record: EventRecord, payload: Mapping[str, Any]) -> None:
    """Papers come later: each named paper replaces what was known of it."""
    keys = [material["key"] for material in payload["materials"]]
    connection.execute(
        CaseMaterial.__table__.delete().where(  # type: ignore[attr-defined]
            CaseMaterial.case_id == record.entity_id, CaseMaterial.key.in_(keys)
        )
    )
    _insert_materials(connection, record, payload["materials"], uuid_of(payload["person"]))
    changed = {"version": record.base + 1, "changed_at": record.at}
    connection.execute(CHANGE_CASE, {"changed_case": record.entity_id, **changed})


def redated(connection: Connection, record: EventRecord, payload: Mapping[str, Any]) -> None:
    """The due date was counted again; nothing else of the case changed, so its own times stay."""
    values = {
        "version": record.base + 1,
        "clock": payload["clock"],
        "due_on": payload["due_on"],
        "due_provisional": payload["provisional"],
    }
    connection.execute(CHANGE_CASE, {"changed_case": record.entity_id, **values})


def assigned(connection: Connection, record: EventRecord, payload: Mapping[str, Any]) -> None:
    """Somebody else looks after the case from now on."""
    values = {"version": record.base + 1, "operator_id": uuid_of(payload["operator"])}
    connection.execute(CHANGE_CASE, {"changed_case": record.entity_id, **values})


def shielded(connection: Connection, record: EventRecord, payload: Mapping[str, Any]) -> None:
    """Who applied is confidential from now on, or no longer."""
    values = {"version": record.base + 1, "shielded": payload["on"]}
    connection.execute(CHANGE_CASE, {"changed_case": record.entity_id, **values})


def _insert_materials(
    connection: Connection, record: EventRecord, rows: list[Mapping[str, Any]], person: UUID | None
) -> None:
    if rows:
        connection.execute(
            INSERT_MATERIAL,
            [
                {name: row[name] for name in MATERIAL_COLUMNS}
                | {"case_id": record.entity_id, "person_id": person}
                for row in rows
            ],
        )


def _insert_number(connection: Connection, record: EventRecord, number: Mapping[str, Any]) -> None:
    connection.execute(
        INSERT_NUMBER,
        {
            "number": number["full"],
            "origin": record.origin,
            "series": number["series"],
            "window": number["window"],
            "day": number["day"],
            "epoch": number["epoch"],
            "serial": number["serial"],
            "short_no": number["short"],
            "case_id": record.entity_id,
        },
    )
