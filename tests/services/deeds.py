"""What tests of the services do over and over: press a button, look at rows, read a paper, tamper with the file."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from db.models import PROJECTED, Event, EventPayload, IssuedNumber
from desk.domain.fields import FieldDef
from desk.services import case_views, cases, documents
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.views import CaseDetail, Finished
from tests.builders import consent
from tests.printing.reading import text_of

KEPT: tuple[Any, ...] = (*PROJECTED, Event, EventPayload)


def answer(field: FieldDef, today: date) -> object:
    """Something right for a field an action asks for."""
    if field.choices:
        return field.choices[0].code
    plain = {
        "date": today.isoformat(),
        "month": f"{today:%Y-%m}",
        "int": "3",
        "money": "50",
        "bool": True,
        "phone": "13900001234",
    }
    return plain.get(field.kind, "按规定办理"[: field.max_length])


def answers(fields: tuple[FieldDef, ...], today: date) -> dict[str, object]:
    """Something right for every field an action asks for."""
    return {field.key: answer(field, today) for field in fields}


def detail(office: Office, done: Finished) -> CaseDetail:
    """The case's page."""
    return case_views.detail(office, case_id=done.case_id)


def act(office: Office, done: Finished, action: str, **asks: object) -> Finished:
    """Press a button of the case's page with right answers, `asks` above them."""
    page = detail(office, done)
    button = next((one for one in page.actions if one.key == action), None)
    typed = {**answers(button.asks if button else (), office.today), **asks}
    return cases.act(
        office,
        case_id=done.case_id,
        version=page.version,
        action=action,
        asks=typed,
        approved_by=consent(office, button) if button else None,
    ).value


def walk(office: Office, done: Finished, *actions: str) -> list[str]:
    """Press one button after the other; gives the states in between."""
    states = []
    for action in actions:
        act(office, done, action)
        states.append(detail(office, done).row.state)
    return states


def everything(office: Office) -> dict[str, int]:
    """How many rows each table that follows from events has, and how many events there are."""
    with reading(office) as connection:
        return {
            model.__tablename__: connection.execute(
                select(func.count()).select_from(model)
            ).scalar_one()
            for model in KEPT
        }


def serials(office: Office, series: str, day: str = "2026-11-23") -> list[int]:
    """The serials given out in a series on a day, in their order."""
    query = select(IssuedNumber.serial).where(
        IssuedNumber.series == series, IssuedNumber.day == day
    )
    with reading(office) as connection:
        return list(connection.execute(query.order_by(IssuedNumber.serial)).scalars())


def row(office: Office, model: Any, *conditions: Any) -> Mapping[Any, Any]:
    """The one row of a table that meets the conditions."""
    with reading(office) as connection:
        return connection.execute(select(model).where(*conditions)).mappings().one()


def events(office: Office, kind: str) -> list[Mapping[Any, Any]]:
    """The payloads of a kind of event, in their order."""
    query = (
        select(EventPayload.payload)
        .join(Event, Event.id == EventPayload.event_id)
        .where(Event.kind == kind)
        .order_by(Event.n)
    )
    with reading(office) as connection:
        return list(connection.execute(query).scalars())


def paper(office: Office, document: UUID | None) -> str:
    """All the text of a paper."""
    assert document is not None
    return text_of(documents.pdf(office, document_id=document))


@contextmanager
def tampering(office: Office) -> Iterator[Connection]:
    """The file as somebody with the key could change it: the triggers are gone."""
    with office.writer.begin() as connection:
        for table in ("event", "issued_number"):
            for verb in ("update", "delete"):
                connection.exec_driver_sql(f"DROP TRIGGER {table}_no_{verb}")
        yield connection
