"""Looking behind the mask: what stands there is handed out for a purpose, and that is noted."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from db.models import Person, Record
from desk.domain.field_values import show
from desk.domain.fields import FieldDef
from desk.errors import FieldsRefused, NotFound, Problem
from desk.services import audit, case_store, covering, requests, shielding
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform
from desk.services.rights import Right, demand
from desk.services.views import LabelValue

NUMBERS = ("account", "idnumber", "phone")
Told = tuple[str, str]


def of_case(office: Office, *, case_id: UUID, purpose: str) -> Done[tuple[LabelValue, ...]]:
    """The numbers and sensitive answers of a case whole, applicant first; of a line that is not his the numbers alone.

    Raises:
        NotFound: there is no such case.
        NotGranted: he may not see cases, or it is confidential and another's.
        FieldsRefused: no purpose is named.
    """

    def work(bench: Work) -> tuple[LabelValue, ...]:
        demand(office, Right.LOOK)
        shielding.demand(office, bench.connection, case_id)
        stored = case_store.load(office, bench.connection, case_id)
        row = stored.row
        told = (
            ("证件号码", stored.person.id_no),
            ("联系电话", stored.person.phone),
            ("代办人证件号码", stored.agent.id_no),
            ("代办人电话", stored.agent.phone),
            *_fields(office, row["line"], stored.item.fields, row["form"]),
        )
        return _noted(bench, "case", case_id, purpose, told)

    return perform(office, Operation.NOTE, work)


def of_entry(office: Office, *, record_id: UUID, purpose: str) -> Done[tuple[LabelValue, ...]]:
    """The numbers and sensitive values of an entry of a register whole.

    Raises:
        NotFound: there is no such entry.
        NotGranted: the register tells of illnesses, and its line is not his.
        FieldsRefused: as of a case.
    """

    def work(bench: Work) -> tuple[LabelValue, ...]:
        demand(office, Right.LOOK)
        query = select(Record, Person.id_no, Person.phone).join(
            Person, Person.id == Record.person_id
        )
        row = bench.connection.execute(query.where(Record.id == record_id)).mappings().first()
        if row is None:
            raise NotFound
        register = office.catalog.registers[row["register"]]
        covering.demand(office, register.line, register.sensitive)
        told = (
            ("证件号码", row["id_no"]),
            ("联系电话", row["phone"]),
            *_fields(office, register.line, register.fields, row["fields"]),
        )
        return _noted(bench, "entry", record_id, purpose, told)

    return perform(office, Operation.NOTE, work)


def of_person(office: Office, *, person_id: UUID, purpose: str) -> Done[tuple[LabelValue, ...]]:
    """The numbers of a person the desk knows whole.

    Raises:
        NotFound: nobody has this id.
        NotGranted, FieldsRefused: as of a case.
    """

    def work(bench: Work) -> tuple[LabelValue, ...]:
        demand(office, Right.LOOK)
        row = bench.connection.execute(
            select(Person.id_no, Person.phone).where(Person.id == person_id)
        ).first()
        if row is None:
            raise NotFound
        told = (("证件号码", row.id_no), ("联系电话", row.phone))
        return _noted(bench, "person", person_id, purpose, told)

    return perform(office, Operation.NOTE, work)


def of_request(office: Office, *, request_id: UUID, purpose: str) -> Done[tuple[LabelValue, ...]]:
    """The numbers a resident sent with a request whole.

    Raises:
        NotFound: there is no such request.
        NotGranted, FieldsRefused: as of a case.
    """

    def work(bench: Work) -> tuple[LabelValue, ...]:
        demand(office, Right.LOOK)
        wanted = (Record.id == request_id, Record.register == requests.REGISTER)
        sent = bench.connection.execute(select(Record.fields).where(*wanted)).scalar()
        if sent is None:
            raise NotFound
        told = (
            ("证件号码", str(sent.get("id_no") or "")),
            ("联系电话", str(sent.get("phone") or "")),
        )
        return _noted(bench, "request", request_id, purpose, told)

    return perform(office, Operation.NOTE, work)


def _fields(
    office: Office, line: str, fields: Iterable[FieldDef], values: Mapping[str, Any]
) -> Iterator[Told]:
    """Numbers, and what is covered; of a line that is not his it says so in place of the value."""
    for one in fields:
        value = values.get(one.key)
        if not value or not (one.kind in NUMBERS or one.sensitive):
            continue
        kept = one.sensitive in covering.BY_LINE and not covering.sees(office, line)
        yield one.label, covering.NOT_GRANTED if kept else show(one, value)


def _noted(
    bench: Work, what: str, object_id: UUID, purpose: str, told: Iterable[Told]
) -> tuple[LabelValue, ...]:
    """The lines that say something; nothing is handed out that is not on record."""
    if purpose not in {one.code for one in audit.codes().purposes}:
        raise FieldsRefused((Problem("purpose", "required"),))
    audit.note(bench, "reveal", object_id, purpose, of=what)
    return tuple(LabelValue(label, value) for label, value in told if value)
