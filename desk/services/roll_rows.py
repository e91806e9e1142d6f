"""Entries of registers as lines of lists, and how they are asked for."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Select, select

from db.models import CaseFile, Person, Record
from desk.domain.deadlines import Alert, alert_on_day
from desk.domain.field_values import mask, show
from desk.domain.fields import FieldDef
from desk.domain.identity import age_on
from desk.domain.privacy import mask_id
from desk.domain.registers import Register
from desk.domain.workflow import Tone
from desk.services import search, shielding
from desk.services.office import Office
from desk.services.roll_views import RollFilter, RollRow

TIER = "tier"
"""The field of a register, and the fact, that names the step of an age benefit."""
WARN_DAYS = 30
PERSON = (
    Person.id.label("person"),
    Person.name,
    Person.id_no,
    Person.birth,
    Person.phone,
    Person.live_addr,
    Person.house,
    Person.more,
)
ENTRY = (
    Record.id,
    Record.version,
    Record.register,
    Record.state,
    Record.due_on,
    Record.fields,
    Record.case_id,
    Record.opened_on,
)


def entries(register: Register) -> Select[*tuple[Any, ...]]:
    """The entries of a register with their people, and whether the case that led there is confidential.

    Add where, order and limit.
    """
    return (
        select(*ENTRY, *PERSON, CaseFile.shielded, CaseFile.operator_id)
        .join_from(Record, Person, Person.id == Record.person_id)
        .join(CaseFile, CaseFile.id == Record.case_id, isouter=True)
        .where(Record.register == register.key)
    )


def in_tier(tier: str) -> Any:
    """The condition that an entry is in this tier."""
    return Record.tier == tier


def looked_for(office: Office, wanted: RollFilter) -> tuple[Any, ...]:
    """The conditions of a search on `entries`; who is confidential is found by neither name nor place."""
    words = search.of_people(Record.person_id, wanted.text)
    return (*words, shielding.open_to(office)) if words or wanted.place else ()


def row_of(office: Office, register: Register, row: Mapping[Any, Any], **more: Any) -> RollRow:
    """The line of an entry; `more` are further values of `RollRow`."""
    state = register.states.get(row["state"])
    tone: Tone = state.tone if state else "plain"
    due_on = row["due_on"]
    line: dict[str, Any] = {
        "id": row["id"],
        "record_id": row["id"],
        "state_label": state.label if state else "—",
        "tone": tone,
        "due_on": due_on,
        "due": alert_of(due_on, office.today),
        "values": values_of(register, row["fields"]),
        "shielded": bool(row["shielded"]),
        **person_values(row, office.today),
    }
    told = RollRow(**line | more)
    return nameless(told) if shielding.is_hidden(office, row) else told


def nameless(row: RollRow) -> RollRow:
    """The line without whom it is about."""
    return replace(
        row, name=shielding.NAME, id_masked="", birth="", age=None, house="", grid="", values=()
    )


def for_paper(row: RollRow) -> RollRow:
    """The line as a list on paper or in a file may tell it: whoever writes it, a confidential name stays out."""
    return nameless(row) if row.shielded else row


def person_values(row: Mapping[Any, Any], today: date) -> dict[str, Any]:
    """What a line says of the person, masked."""
    born = date.fromisoformat(row["birth"]) if row["birth"] else None
    return {
        "person_id": row["person"],
        "name": row["name"],
        "id_masked": mask_id(row["id_no"]),
        "birth": row["birth"],
        "age": age_on(born, today) if born else None,
        "house": row["house"] or row["live_addr"],
        "grid": row["more"].get("grid", ""),
    }


def values_of(register: Register, fields: Mapping[str, Any]) -> tuple[str, ...]:
    """The register's columns as shown."""
    known = {one.key: one for one in register.fields}
    return tuple(cell(known[key], fields.get(key)) for key in register.columns)


def cell(one: FieldDef, value: object) -> str:
    """A value as a list may show it: numbers masked, illnesses never."""
    return mask(one, value) if one.sensitive else show(one, value)


def alert_of(due_on: str, today: date) -> Alert:
    """How near the day of an entry is; none without a day."""
    if not due_on:
        return Alert("none", 0, "")
    return alert_on_day(date.fromisoformat(due_on), today, WARN_DAYS)
