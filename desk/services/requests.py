"""Requests residents sent by the mini-program: waiting, taken up as a case, refused, answered."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from db.models import CaseFile, Person, Record
from desk.domain.catalog import Item
from desk.domain.identity import read_id
from desk.domain.plain import to_plain
from desk.domain.privacy import mask_id, mask_phone
from desk.domain.workflow import Tone
from desk.errors import ActionNotAllowed, ChangedMeanwhile, FieldsRefused, NotFound, Problem
from desk.services import case_rows, covering, import_plan, records, shielding
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform, reading
from desk.services.records import Step
from desk.services.request_views import RequestRow
from desk.services.views import IntakeValues, PersonValues

REGISTER: Final = "request"
CHANNEL: Final = "小程序"
STATES: Final[Mapping[str, tuple[str, Tone]]] = {
    "new": ("待处理", "action"),
    "taken": ("已受理", "good"),
    "refused": ("不受理", "late"),
    "answered": ("已答复", "plain"),
}
MOST: Final = 500


def take(work: Work, *, source: str, values: Mapping[str, object]) -> None:
    """Put a request on the list of what waits; its id follows from source and number."""
    number = str(values["request_no"])
    records.take_over(
        work,
        REGISTER,
        None,
        state="new",
        due_on="",
        month="",
        fields={"source": source, **to_plain(dict(values))},
        record_id=import_plan.request_id(work.office, source, number),
    )


def waiting(office: Office) -> int:
    """How many wait; cheap enough for the frame."""
    with reading(office) as connection:
        return connection.execute(
            select(func.count()).where(Record.register == REGISTER, Record.state == "new")
        ).scalar_one()


def listed(office: Office, *, state: str = "") -> tuple[RequestRow, ...]:
    """The requests in a state ('' for all), those that wait first, else the newest."""
    query = (
        select(
            Record,
            CaseFile.short_no,
            CaseFile.sj_number,
            CaseFile.sl_number,
            CaseFile.shielded,
            CaseFile.operator_id,
        )
        .join(CaseFile, CaseFile.id == Record.case_id, isouter=True)
        .where(Record.register == REGISTER)
        .order_by(Record.state != "new", Record.changed_at.desc(), Record.id)
        .limit(MOST)
    )
    query = query.where(Record.state == state) if state else query
    with reading(office) as connection:
        return tuple(_row(office, row) for row in connection.execute(query).mappings())


def begin(office: Office, *, request_id: UUID) -> IntakeValues:
    """The intake a request asks for, as far as it says: person, item, and its own words as a remark.

    Raises:
        NotFound: there is no such request.
        ActionNotAllowed: it was dealt with already.
        NotGranted: it is about something sensitive of a line that is not his.
    """
    with reading(office) as connection:
        row = _entry(connection, request_id)
        if row["state"] != "new":
            raise ActionNotAllowed("accept", STATES[row["state"]][0])
        told = row["fields"]
        if item := _item_of(office, told):
            covering.demand(office, item.line, item.sensitive)
        known = _person(connection, told)
    return IntakeValues(
        item_code=import_plan.item_code(office, str(told.get("item") or "")),
        person=known or _typed(told),
        channel=CHANNEL,
        remark=str(told.get("wanted") or "")[:300],
        request_id=request_id,
    )


def link(work: Work, request_id: UUID, case_id: UUID) -> None:
    """The request became this case; part of the intake that ends it. One dealt with meanwhile stays as it is."""
    row = _entry(work.connection, request_id)
    if row["state"] == "new":
        records.change(work, row, Step("change", "taken", None, {}, "", "受理", case_id))


def refuse(office: Office, *, request_id: UUID, version: int, reason: str) -> Done[None]:
    """Say why this request is not taken up.

    Raises:
        FieldsRefused: no reason.
        ChangedMeanwhile, NotFound: it is not as it was shown.
    """

    def work(bench: Work) -> None:
        row = _entry(bench.connection, request_id)
        if row["version"] != version or row["state"] != "new":
            raise ChangedMeanwhile
        said = reason.strip()
        if not said or len(said) > 300:
            code = Problem("reason", "too_long", {"max": 300}) if said else None
            raise FieldsRefused([code or Problem("reason", "required")])
        records.change(bench, row, Step("change", "refused", None, {"answer": said}, "", said))

    return perform(office, Operation.KEEP_REGISTER, work)


def _entry(connection: Connection, request_id: UUID) -> Mapping[Any, Any]:
    query = select(Record).where(Record.id == request_id, Record.register == REGISTER)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFound
    return row


def _item_of(office: Office, told: Mapping[str, Any]) -> Item | None:
    return office.catalog.items.get(import_plan.item_code(office, str(told.get("item") or "")))


def _row(office: Office, row: Mapping[Any, Any]) -> RequestRow:
    told = row["fields"]
    if shielding.is_hidden(office, row):
        told = {**told, "name": shielding.NAME, "id_no": "", "phone": "", "wanted": ""}
    item, named = _item_of(office, told), str(told.get("item") or "")
    told_to_him = item is None or not _covered(office, item)
    label, tone = STATES[row["state"]]
    return RequestRow(
        id=row["id"],
        version=row["version"],
        state=row["state"],
        state_label=label,
        tone=tone,
        number=str(told.get("request_no") or ""),
        source=str(told.get("source") or ""),
        name=str(told.get("name") or ""),
        id_masked=mask_id(str(told.get("id_no") or "")),
        phone_masked=mask_phone(str(told.get("phone") or "")),
        item=named if told_to_him else covering.item_name(office, item, named),
        wanted=str(told.get("wanted") or "") if told_to_him else covering.NOT_GRANTED,
        sent_at=str(told.get("sent_at") or ""),
        came_on=row["opened_on"],
        case_id=row["case_id"],
        case_no=case_rows.short_of(row) if row["case_id"] else "",
        answer=str(told.get("answer") or ""),
    )


def _covered(office: Office, item: Item) -> bool:
    return item.sensitive in covering.BY_LINE and not covering.sees(office, item.line)


def _person(connection: Connection, told: Mapping[str, Any]) -> PersonValues | None:
    """Who is known by the number and the name; the number alone may be another's."""
    if not told.get("id_no"):
        return None
    query = select(Person).where(Person.id_no == told["id_no"], Person.name == told.get("name"))
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    names = (
        "id_type",
        "id_no",
        "name",
        "sex",
        "birth",
        "phone",
        "hukou_addr",
        "live_addr",
        "house",
    )
    return PersonValues(**{name: row[name] for name in names})


def _typed(told: Mapping[str, Any]) -> PersonValues:
    who = read_id(str(told.get("id_no") or ""))
    return PersonValues(
        id_no=str(told.get("id_no") or ""),
        name=str(told.get("name") or ""),
        sex=who.sex,
        birth=who.birth.isoformat() if who.birth else "",
        phone=str(told.get("phone") or ""),
        live_addr=str(told.get("live_addr") or ""),
    )
