"""All that is on file of one person, for himself (个人信息保护法 art. 45): a paper, a table and a file a machine reads."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.engine import Connection

from db.models import AuditEntry, CaseFile, Person, Record
from desk.domain.field_values import mask, show
from desk.domain.fields import FieldDef
from desk.errors import FieldsRefused, NotFound, Problem
from desk.exporting.progress import Progress
from desk.exporting.table import Column, Table
from desk.files import write_atomic
from desk.services import (
    audit,
    case_detail,
    case_store,
    covering,
    keeping,
    requests,
    shielding,
    table_files,
)
from desk.services.case_rows import short_of
from desk.services.case_store import StoredCase
from desk.services.erasing_projection import NAMELESS
from desk.services.office import Office
from desk.services.operation import reading

FORMAT: Final = "bianmin-own-data"
OTHERS: Final = ("idnumber", "phone")
"""Fields of a form that hold somebody else's number: starred, for it is not his to take away."""
COLUMNS: Final = (
    Column("类别", "text", 12),
    Column("编号", "id", 24),
    Column("日期", "date", 12),
    Column("项目", "text", 22),
    Column("内容", "id", 60),
)
LABELS: Final[Mapping[str, str]] = {
    "name": "姓名",
    "id_type": "证件类型",
    "id_no": "证件号码",
    "sex": "性别",
    "birth": "出生日期",
    "phone": "联系电话",
    "hukou_addr": "户籍地址",
    "live_addr": "现住址",
    "house": "楼栋房号",
}
LEFT_OUT: Final = "不含：他人的证件号码和电话（已打星号）、代办人的信息、由别的同事保密办理的件、密封的交换包和备份里的副本"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is on file: its kind, the number it stands under, its day, what it is and what it says."""

    kind: str
    number: str
    day: str
    what: str
    told: str

    def cells(self) -> tuple[str, ...]:
        return (self.kind, self.number, self.day, self.what, self.told)


@dataclass(frozen=True, slots=True)
class OwnDataWritten:
    """The files that were written, and of how many cases they tell."""

    files: tuple[str, ...]
    cases: int


def export(office: Office, *, person_id: UUID, purpose: str, folder: Path) -> OwnDataWritten:
    """Write everything the file holds of a person into a folder: PDF with who asked and what is left out, xlsx, JSON.

    Raises:
        NotFound: nobody has this id.
        NotGranted: he may not see cases, or not what is sensitive in them.
        FieldsRefused: no purpose is named.
        DiskFull, DiskFailed, OfficeError: a file could not be written.
    """
    purposes = {one.code: one.label for one in audit.codes().purposes}
    if purpose not in purposes:
        raise FieldsRefused((Problem("purpose", "required"),))
    with reading(office) as connection:
        person = connection.execute(select(Person).where(Person.id == person_id)).mappings().first()
        if person is None:
            raise NotFound
        cases = _cases(office, connection, person_id)
        lines = tuple(_lines(office, connection, person, cases))
    # First: no file leaves without its note.
    audit.noted(office, what="own_data", object_id=person_id, purpose=purpose, cases=len(cases))
    now = office.clock.now()
    stem = f"本人信息-{now:%Y%m%d-%H%M%S}"
    table = Table(
        "本人信息",
        COLUMNS,
        lambda: (one.cells() for one in lines),
        len(lines),
        heading=_cover(office, person, purposes[purpose], lines, len(cases)),
    )
    told = Progress(lambda *_told: None, lambda: False, "写本人信息")
    issuer = office.hall.hall
    for kind in ("pdf", "xlsx"):
        path = folder / f"{stem}.{kind}"
        table_files.write(table, path, kind, told, made_at=now, issuer=issuer)
    body = {
        "format": FORMAT,
        "version": 1,
        "made_at": now.isoformat(timespec="seconds"),
        "made_by": issuer,
        "purpose": purposes[purpose],
        "left_out": LEFT_OUT,
        "lines": [
            dict(zip(("kind", "number", "day", "what", "told"), one.cells(), strict=True))
            for one in lines
        ],
    }
    text = json.dumps(body, ensure_ascii=False, indent=1)
    write_atomic(folder / f"{stem}.json", text.encode(), on_stick=True)
    return OwnDataWritten(tuple(f"{stem}.{kind}" for kind in ("pdf", "xlsx", "json")), len(cases))


def _cover(
    office: Office, person: Mapping[Any, Any], purpose: str, lines: tuple[Line, ...], cases: int
) -> tuple[str, ...]:
    """The title and the lines under it: whose, why, by whom, when, what is in it and what is not."""
    now = office.clock.now()
    return (
        f"{person['name']} 本人信息",
        f"用途：{purpose}　经办：{office.hall.operator}　{office.hall.hall}　{now:%Y-%m-%d %H:%M}",
        f"内有办件 {cases} 件，共 {len(lines)} 条：登记信息、办件、材料、文书、名册、申请、经过、查看记录",
        LEFT_OUT,
    )


def _cases(office: Office, connection: Connection, person_id: UUID) -> tuple[StoredCase, ...]:
    """His cases whole; of an erased one nothing is left that is his, a confidential one only its own clerk hands out.

    Raises:
        NotGranted: something sensitive of a line this operator does not have.
    """
    ids = (
        select(CaseFile.id)
        .where(CaseFile.person_id == person_id, CaseFile.applicant != NAMELESS)
        .order_by(CaseFile.id)
    )
    loaded = (
        case_store.load(office, connection, one) for one in connection.execute(ids).scalars().all()
    )
    found = tuple(one for one in loaded if not keeping.is_covered(office, one.row))
    for stored in found:
        values = stored.row["form"]
        for field in stored.item.fields:
            if values.get(field.key) not in (None, "", []):
                covering.demand(office, stored.row["line"], field.sensitive)
    return found


def _lines(
    office: Office,
    connection: Connection,
    person: Mapping[Any, Any],
    cases: tuple[StoredCase, ...],
) -> Iterator[Line]:
    for name, label in LABELS.items():
        if person[name]:
            yield Line("登记信息", "", "", label, str(person[name]))
    for stored in cases:
        yield from _case(office, connection, stored)
    yield from _entries(office, connection, person)
    yield from _looks(connection, (person["id"], *(one.standing.case_id for one in cases)))


def _case(office: Office, connection: Connection, stored: StoredCase) -> Iterator[Line]:
    row = stored.row
    number = short_of(row) or row["old_number"]
    numbers = "、".join(filter(None, (row["sj_number"], row["sl_number"], row["old_number"])))
    yield Line("办件", number, row["opened_on"], row["item_name"], stored.standing.state.label)
    yield Line("办件", number, row["opened_on"], "编号", numbers)
    for field in stored.item.fields:
        value = row["form"].get(field.key)
        if value not in (None, "", []):
            yield Line("办件内容", number, "", field.label, _told(field, value))
    for question in stored.item.questions:
        value = row["answers"].get(question.key)
        if value is not None:
            yield Line("办件内容", number, "", question.label, show(question, value))
    for paper in case_detail.materials(stored):
        yield Line("材料", number, "", paper.name, paper.state)
    for document in case_detail.documents(connection, stored.standing.case_id):
        voided = f"，{document.voided_on} 作废" if document.voided_on else ""
        told = f"补打 {document.prints} 次{voided}" if document.prints or voided else ""
        yield Line("文书", document.number or number, document.issued_at[:10], document.title, told)
    for entry in reversed(case_detail.history(office, connection, stored)):
        past = entry.row
        told = "，".join(filter(None, (past.text or past.document_title, past.reason)))
        yield Line("经过", number, past.at[:10], past.who, told)


def _told(field: FieldDef, value: object) -> str:
    return mask(field, value) if field.kind in OTHERS else show(field, value)


def _entries(office: Office, connection: Connection, person: Mapping[Any, Any]) -> Iterator[Line]:
    """What stands of him on registers, and the requests that bear his number."""
    whose = or_(Record.person_id == person["id"], Record.register == requests.REGISTER)
    found = (
        select(Record)
        .join(CaseFile, CaseFile.id == Record.case_id, isouter=True)
        .where(whose, shielding.open_to(office))
        .order_by(Record.id)
    )
    for row in connection.execute(found).mappings():
        fields = row["fields"]
        if row["person_id"] != person["id"] and (
            not person["id_no"] or fields.get("id_no") != person["id_no"]
        ):
            continue
        register = office.catalog.registers.get(row["register"])
        label = keeping.register_label(office, row["register"])
        if register is None:
            told = "；".join(
                filter(None, (str(fields.get("item") or ""), str(fields.get("wanted") or "")))
            )
            yield Line("申请", str(fields.get("request_no") or ""), row["opened_on"], label, told)
            continue
        covering.demand(office, register.line, register.sensitive)
        yield Line("名册", "", row["opened_on"], label, register.states[row["state"]].label)
        for field in register.fields:
            if fields.get(field.key) not in (None, "", []):
                yield Line("名册", "", "", field.label, _told(field, fields[field.key]))


def _looks(connection: Connection, about: tuple[UUID, ...]) -> Iterator[Line]:
    """When somebody looked behind the mask, and for what."""
    purposes = {one.code: one.label for one in audit.codes().purposes}
    rows = connection.execute(
        select(AuditEntry.at, AuditEntry.purpose)
        .where(AuditEntry.what == "reveal", AuditEntry.object_id.in_(about))
        .order_by(AuditEntry.mono)
    )
    for at, purpose in rows:
        yield Line("查看记录", "", at[:10], "查看完整信息", purposes.get(purpose, ""))
