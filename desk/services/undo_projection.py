"""Rows after an operation was undone: as they were before it, told by the undoing event itself."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import delete, insert, update
from sqlalchemy.engine import Connection

from db.models import CaseMaterial, Document, Record, RecordStep
from desk.domain.events import EventRecord
from desk.services.case_projection import CHANGE_CASE, MATERIAL_COLUMNS, uuid_of
from desk.services.record_projection import CHANGE_RECORD

CASE_COLUMNS: Final = (
    "state",
    "state_before",
    "phase",
    "sj_number",
    "sl_number",
    "short_no",
    "accepted_on",
    "due_on",
    "due_provisional",
    "clock",
    "form",
    "changed_at",
)
"""What an operation may have changed of a case; its version never goes back."""
RECORD_COLUMNS: Final = ("state", "due_on", "tier", "fields", "changed_at")


def case_undone(connection: Connection, record: EventRecord, payload: Mapping[str, Any]) -> None:
    """A case stands again where it stood, with the papers it had."""
    values = {name: payload["row"][name] for name in CASE_COLUMNS}
    values["version"] = record.base + 1
    connection.execute(CHANGE_CASE, {"changed_case": record.entity_id, **values})
    connection.execute(delete(CaseMaterial).where(CaseMaterial.case_id == record.entity_id))
    for paper in payload["materials"]:
        told = {name: paper[name] for name in MATERIAL_COLUMNS}
        whose = {"case_id": record.entity_id, "person_id": uuid_of(paper["person"])}
        connection.execute(insert(CaseMaterial), {**told, **whose})


def record_undone(connection: Connection, record: EventRecord, payload: Mapping[str, Any]) -> None:
    """An entry of a register stands as it stood, without the steps; one that was opened is gone again."""
    row, steps = payload["row"], [uuid_of(one) for one in payload["steps"]]
    of_entry = (RecordStep.record_id == record.entity_id, RecordStep.id.in_(steps))
    connection.execute(delete(RecordStep).where(*of_entry))
    if row is None:
        connection.execute(delete(Record).where(Record.id == record.entity_id))
        return
    values = {name: row[name] for name in RECORD_COLUMNS}
    values |= {"case_id": uuid_of(row["case"]), "version": record.base + 1}
    connection.execute(CHANGE_RECORD, {"changed_record": record.entity_id, **values})


def document_undone(
    connection: Connection, record: EventRecord, payload: Mapping[str, Any]
) -> None:
    """A paper nobody has seen is none; one that was voided counts again."""
    same = Document.id == record.entity_id
    if payload["issued"]:
        connection.execute(delete(Document).where(same))
    else:
        again = update(Document).where(same)
        connection.execute(again.values(version=record.base + 1, voided_on=""))
