"""An office with a hundred thousand cases, made in bulk with a true chain of events."""

import os
import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.engine import Connection

from db.models import CaseFile, CaseParty, Event, EventPayload, IssuedNumber, Person, SearchToken
from desk.clock import CHINA
from desk.domain import events, ids
from desk.domain.events import EventRecord
from desk.domain.numbering import Number
from desk.domain.search_tokens import tokens_for
from desk.services import case_projection, numbers, operation, people
from desk.services.office import Office
from desk.services.views import PersonValues
from tests.builders import id_number, make_office

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕单解仇区查尉"
)
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂红梅玉珍建国华志文德福小龙喆堃玥"
CASES_EACH_PERSON = 2.5
BATCH = 2_000


@dataclass
class Rows:
    """Rows waiting to be written, by table."""

    by_table: dict[Any, list[dict[str, Any]]]

    def add(self, table: Any, *rows: dict[str, Any]) -> None:
        self.by_table.setdefault(table, []).extend(rows)

    def write(self, connection: Connection) -> None:
        for table, rows in self.by_table.items():
            connection.execute(insert(table), rows)
        self.by_table.clear()


def make_big_office(folder: Path, cases: int = 100_000, seed: int = 7) -> Office:
    """The open office, at the end of the last day it made cases for."""
    office = make_office(folder).office
    source = random.Random(seed)
    days = [date(2025, 1, 2) + timedelta(days=n) for n in range(690)]
    each_day = cases // len(days) + 1
    with office.writer.begin() as connection:
        chain = operation.chain_head(connection, office.origin)
        made = 0
        known: list[tuple[UUID, PersonValues]] = []
        for day in days:
            rows = Rows({})
            for serial in range(1, min(each_day, cases - made) + 1):
                if len(known) < (made + 1) / CASES_EACH_PERSON:
                    known.append(_person(office, source, rows, day, serial))
                person = source.choice(known)
                chain = _case(office, source, rows, chain, person, day, serial)
                made += 1
            rows.write(connection)
        connection.exec_driver_sql("ANALYZE")
    return office


def _person(
    office: Office, source: random.Random, rows: Rows, day: date, serial: int
) -> tuple[UUID, PersonValues]:
    name = source.choice(SURNAMES) + "".join(source.sample(GIVEN, source.choice((1, 2, 2, 2))))
    birth = date(1930, 1, 1) + timedelta(days=source.randrange(27_000))
    values = PersonValues(
        id_no=id_number(birth=f"{birth:%Y%m%d}", order=source.randrange(1000)),
        name=name,
        sex=source.choice("男女"),
        birth=birth.isoformat(),
        phone=f"1{source.choice('3578')}{source.randrange(10**9):09d}",
        house=f"{source.randrange(1, 40)}-{source.randrange(1, 5)}-{source.randrange(101, 1804)}",
    )
    person_id = _id(day, serial, source)
    row = people.payload_of(values)
    rows.add(Person, {**row, "id": person_id, "origin": office.origin, "version": 1})
    tokens = tokens_for(name, values.id_no, values.phone, values.house, office.rules.pinyin)
    rows.add(SearchToken, *({"token": token, "person_id": person_id} for token in tokens))
    return person_id, values


def _case(
    office: Office,
    source: random.Random,
    rows: Rows,
    chain: tuple[int, bytes, int],
    person: tuple[UUID, PersonValues],
    day: date,
    serial: int,
) -> tuple[int, bytes, int]:
    item = office.catalog.item(source.choice(list(office.catalog.items)))
    moment = datetime(day.year, day.month, day.day, 9, tzinfo=CHINA) + timedelta(
        seconds=150 * serial
    )
    case_id = _id(day, serial + 5_000, source)
    number = Number("SJ", str(office.profile["community_code"]), office.seat, day, serial)
    opened: dict[str, Any] = {
        "item": {"code": item.code, "short_name": item.short_name, "line": item.line},
        "catalog": {"version": office.catalog.version, "digest": office.catalog.digest},
        "workflow": item.workflow,
        "state": "new",
        "parties": [
            {"role": "applicant", "person": person[0].hex, "snapshot": people.snapshot(person[1])}
        ],
        "form": {},
        "answers": {},
        "eligibility": {"verdict": "yes", "outcomes": []},
        "materials": [],
        "channel": "窗口",
        "notes": {"remark": "", "privacy_told": True},
    }
    state, phase = source.choice(
        (
            ("received", "open"),
            ("accepted", "open"),
            ("concluded", "closed"),
            ("archived", "closed"),
        )
    )
    due = (day + timedelta(days=source.randrange(5, 40))).isoformat() if phase == "open" else ""
    moved = {
        "to": state,
        "phase": phase,
        "number": numbers.to_payload(number, office.epoch),
        "due_on": due,
    }
    for kind, payload in (("case.opened", opened), ("case.moved", moved)):
        record = _record(office, chain, kind, case_id, moment, payload)
        chain = (record.n, record.hash, record.mono)
        rows.add(Event, _event_row(record))
        rows.add(EventPayload, {"event_id": record.id, "salt": record.salt, "payload": payload})
        if kind == "case.opened":
            row = case_projection.file_row(record, opened, opened["parties"][0])
    number_row = {
        key: value for key, value in moved["number"].items() if key not in ("full", "short")
    }
    rows.add(
        IssuedNumber,
        {
            **number_row,
            "number": number.full,
            "short_no": number.short,
            "origin": office.origin,
            "case_id": case_id,
        },
    )
    row |= {"state": state, "phase": phase, "sj_number": number.full, "short_no": number.short}
    row |= {"due_on": due, "version": 2}
    rows.add(CaseFile, row)
    party = {"case_id": case_id, "role": "applicant", "place": 0, "person_id": person[0]}
    rows.add(CaseParty, {**party, "snapshot": people.snapshot(person[1])})
    return chain


def _record(
    office: Office,
    chain: tuple[int, bytes, int],
    kind: str,
    entity: UUID,
    moment: datetime,
    payload: Any,
) -> EventRecord:
    n, prev, mono = chain
    salt = os.urandom(events.SALT_BYTES)
    wall = int(moment.timestamp() * 1000)
    return events.chained(
        EventRecord(
            id=ids.new_id(wall),
            origin=office.origin,
            n=n + 1,
            kind=kind,
            version=1,
            entity="case",
            entity_id=entity,
            actor=office.actor,
            seat=office.seat,
            at=moment.isoformat(timespec="seconds"),
            mono=max(mono + 1, wall),
            trunk=0,
            base=0 if kind == "case.opened" else 1,
            prev=prev,
            commitment=events.commit(payload, salt),
            hash=b"",
            payload=payload,
            salt=salt,
        )
    )


def _event_row(record: EventRecord) -> dict[str, Any]:
    return operation.event_row(record)


def _id(day: date, serial: int, source: random.Random) -> UUID:
    moment = datetime(day.year, day.month, day.day, 9, tzinfo=CHINA) + timedelta(seconds=serial)
    return ids.new_id(int(moment.timestamp() * 1000), source.randbytes(10))
