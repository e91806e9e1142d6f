"""Residents: known, found again, remembered from what they hand in."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, or_, select
from sqlalchemy.engine import Connection

from db.models import CaseFile, CaseMaterial, Person, SearchToken
from desk.domain.identity import clean_id
from desk.domain.materials import HeldMaterial
from desk.domain.privacy import mask_id, mask_phone
from desk.domain.search_tokens import tokens_for
from desk.errors import NotFound
from desk.services import case_rows, shielding
from desk.services.office import Office
from desk.services.operation import Work, reading
from desk.services.views import PersonCard, PersonRow, PersonValues

SHOWN_CASES = 20
COLUMNS = ("id_type", "id_no", "name", "sex", "birth", "phone", "hukou_addr", "live_addr", "house")
FURTHER = ("ethnic", "political", "grid")

INSERT_TOKENS = insert(SearchToken)
BY_NUMBER = select(Person).where(Person.id_no == bindparam("number"))
HELD = (
    select(CaseMaterial, CaseFile.short_no, CaseFile.sj_number, CaseFile.sl_number)
    .join(CaseFile, CaseFile.id == CaseMaterial.case_id)
    .where(
        CaseMaterial.person_id == bindparam("person"),
        CaseMaterial.valid_until >= bindparam("today"),
        CaseMaterial.carried_over.is_(False),
        # A case that was a slip of the window may have been another's.
        CaseFile.state != "void",
        # A paper kept from a confidential case tells of it.
        or_(CaseFile.shielded.is_not(True), CaseFile.operator_id == bindparam("actor")),
    )
    .order_by(CaseMaterial.valid_until)
)


def known(office: Office, *, id_no: str) -> PersonCard | None:
    """The person with this number, if the desk knows one."""
    number = clean_id(id_no)
    if not number:
        return None
    with reading(office) as connection:
        found = connection.execute(select(Person.id).where(Person.id_no == number)).scalar()
        return _card(office, connection, found) if found else None


def card(office: Office, *, person_id: UUID) -> PersonCard:
    """A known person with his cases, newest first, and the papers kept from him.

    Raises:
        NotFound: nobody has this id.
    """
    with reading(office) as connection:
        return _card(office, connection, person_id)


def person_row(row: Mapping[Any, Any]) -> PersonRow:
    """A person for a result list, masked."""
    return PersonRow(
        id=row["id"],
        name=row["name"],
        id_masked=mask_id(row["id_no"]),
        phone_masked=mask_phone(row["phone"]),
        house=row["house"],
        birth=row["birth"],
    )


def held_materials(
    office: Office, connection: Connection, person_id: UUID
) -> tuple[HeldMaterial, ...]:
    """Papers kept from this person's earlier cases that are still valid, the longest-lived of each kind."""
    wanted = {"person": person_id, "today": office.today.isoformat(), "actor": office.actor}
    rows = connection.execute(HELD, wanted).mappings()
    newest = {row["key"]: row for row in rows}
    return tuple(_held(row) for row in newest.values())


def remember(
    work: Work,
    values: PersonValues,
    row: Mapping[Any, Any] | None,
    emptied: Collection[str] = (),
) -> UUID | None:
    """Record the person or what changed about the one known by `row`; None for somebody without name and number.

    `emptied` are further fields the clerk saw filled in and left blank.
    """
    if not values.name and not values.id_no:
        return None
    payload = payload_of(values)
    if row is None:
        new = work.new_id()
        work.emit("person.recorded", "person", new, payload)
        _insert_tokens(work, new, values)
        return new
    # What an item does not ask for is no news: it neither empties a field nor makes a passport an identity card.
    kept = {name: value for name, value in row["more"].items() if name not in emptied}
    payload["more"] = {**kept, **payload["more"]}
    payload["id_type"] = payload["id_type"] if values.id_no else ""
    changed = {
        name: value
        for name, value in payload.items()
        if (value or (name == "more" and emptied)) and value != row[name]
    }
    if changed:
        work.emit("person.changed", "person", row["id"], changed, base=row["version"])
        write_tokens(work, row["id"], _merged(row, changed))
    found: UUID = row["id"]
    return found


def write_tokens(work: Work, person_id: UUID, values: PersonValues) -> None:
    """Make this person findable by what is now known."""
    work.connection.execute(delete(SearchToken).where(SearchToken.person_id == person_id))
    _insert_tokens(work, person_id, values)


def _insert_tokens(work: Work, person_id: UUID, values: PersonValues) -> None:
    tokens = tokens_for(
        values.name, values.id_no, values.phone, values.house, work.office.rules.pinyin
    )
    if tokens:
        work.connection.execute(
            INSERT_TOKENS,
            [{"token": token, "person_id": person_id} for token in sorted(tokens)],
        )


def snapshot(values: PersonValues) -> dict[str, str]:
    """The person as a case freezes him."""
    return {name: getattr(values, name) for name in (*COLUMNS, *FURTHER)}


def _card(office: Office, connection: Connection, person_id: UUID) -> PersonCard:
    row = connection.execute(select(Person).where(Person.id == person_id)).mappings().first()
    if row is None:
        raise NotFound
    cases = connection.execute(
        case_rows.columns()
        .where(CaseFile.person_id == person_id, shielding.open_to(office))
        .order_by(CaseFile.id.desc())
        .limit(SHOWN_CASES)
    ).mappings()
    return PersonCard(
        id=row["id"],
        person=values_of(row),
        cases=tuple(case_rows.case_row(office, case) for case in cases),
        held=held_materials(office, connection, person_id),
    )


def values_of(row: Mapping[Any, Any]) -> PersonValues:
    """A person's row as a clerk would have typed it."""
    further = {name: row["more"].get(name, "") for name in FURTHER}
    return PersonValues(**{name: row[name] for name in COLUMNS}, **further)


def payload_of(values: PersonValues) -> dict[str, Any]:
    """The person as events carry him."""
    told = {name: getattr(values, name) for name in COLUMNS}
    more = {name: value for name in FURTHER if (value := getattr(values, name))}
    return {**told, "more": more}


def _merged(row: Mapping[Any, Any], changed: Mapping[str, Any]) -> PersonValues:
    return values_of({**row, **changed})


def same(
    connection: Connection, values: PersonValues, person_id: UUID | None
) -> Mapping[Any, Any] | None:
    """The row of the person these values mean, if known: by number, else the one the page shows under this name."""
    if values.id_no:
        row = connection.execute(BY_NUMBER, {"number": values.id_no}).mappings().first()
        if row is not None:
            return row
    if person_id is None:
        return None
    shown = connection.execute(select(Person).where(Person.id == person_id)).mappings().first()
    if shown is None or shown["name"] != values.name:
        return None
    # Whose number was not known till now is still the same person; one with another number is somebody else.
    return None if values.id_no and shown["id_no"] else shown


def _held(row: Mapping[Any, Any]) -> HeldMaterial:
    return HeldMaterial(
        key=row["key"],
        name=row["name"],
        valid_until=date.fromisoformat(row["valid_until"]),
        case_no=case_rows.short_of(row),
        got_on=date.fromisoformat(row["got_on"]),
    )
