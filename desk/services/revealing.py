"""Looking behind the mask: what stands there is handed out for a purpose, and that is noted."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from db.models import Person
from desk.domain.field_values import show
from desk.errors import FieldsRefused, NotFound, Problem
from desk.services import audit, case_store
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform
from desk.services.rights import Right, demand
from desk.services.views import LabelValue

NUMBERS = ("account", "idnumber", "phone")


def of_case(office: Office, *, case_id: UUID, purpose: str) -> Done[tuple[LabelValue, ...]]:
    """The numbers and sensitive answers of a case whole, applicant first.

    Raises:
        NotFound: there is no such case.
        NotGranted: he may not see cases of this line, or not what is sensitive in them.
        FieldsRefused: no purpose is named.
    """

    def work(bench: Work) -> tuple[LabelValue, ...]:
        stored = case_store.load(office, bench.connection, case_id)
        line = stored.row["line"]
        demand(office, Right.LOOK, line)
        values: Mapping[str, Any] = stored.row["form"]
        asked = [one for one in stored.item.fields if one.kind in NUMBERS or one.sensitive]
        if any(one.sensitive and values.get(one.key) for one in asked):
            demand(office, Right.SENSITIVE, line)
        told = (
            ("证件号码", stored.person.id_no),
            ("联系电话", stored.person.phone),
            ("代办人证件号码", stored.agent.id_no),
            ("代办人电话", stored.agent.phone),
            *((one.label, show(one, values.get(one.key))) for one in asked if values.get(one.key)),
        )
        return _noted(bench, "办件", case_id, purpose, told)

    return perform(office, Operation.NOTE, work)


def of_person(office: Office, *, person_id: UUID, purpose: str) -> Done[tuple[LabelValue, ...]]:
    """The numbers of a person on a roll whole.

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
        return _noted(bench, "人员", person_id, purpose, told)

    return perform(office, Operation.NOTE, work)


def _noted(
    bench: Work, what: str, object_id: UUID, purpose: str, told: tuple[tuple[str, str], ...]
) -> tuple[LabelValue, ...]:
    """The lines that say something; nothing is handed out that is not on record."""
    if purpose not in {one.code for one in audit.codes().purposes}:
        raise FieldsRefused((Problem("purpose", "required"),))
    audit.note(bench, "reveal", object_id, purpose, of=what)
    return tuple(LabelValue(label, value) for label, value in told if value)
