"""An office with a hundred thousand cases: real stories told again of other people on other days, their events truly chained."""

import hashlib
import os
import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from sqlalchemy.engine import Connection

from desk import keyring
from desk.clock import CHINA, FixedClock
from desk.domain import events, ids
from desk.domain.numbering import Number
from desk.domain.search_tokens import tokens_for
from desk.paths import OfficePaths
from desk.services import operation
from desk.services.office import Office
from desk.services.sign_in import open_with_key
from desk.services.views import PersonValues
from tests.bench.big_door import CLOSING, operator_of
from tests.bench.stories import (
    SAMPLE,
    EventPattern,
    Pattern,
    Stories,
    Story,
    collect,
    day_slots,
    fill,
    insert_into,
    number_slots,
    person_slots,
)
from tests.builders import PASSWORD, id_number, make_office, rules

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕单解仇区查尉"
)
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂红梅玉珍建国华志文德福小龙喆堃玥"
FIRST_DAY, LAST_DAY = date(2025, 1, 2), date(2026, 11, 23)
CASES_EACH_PERSON = 2.5
RECENT = timedelta(days=30)
STILL_OPEN = 0.03
"""How many of the older cases are still open."""
EVENT = insert_into("event", operation.EVENT_COLUMNS)
PAYLOAD = insert_into("event_payload", ("event_id", "salt", "payload"))
TOKEN = insert_into("search_token", ("token", "person_id"))


def make_big_office(folder: Path, cases: int = 100_000, seed: int = 7) -> None:
    """Make the office in `folder` and close it; open it with `open_big_office`."""
    first = datetime.combine(FIRST_DAY, time(9), CHINA)
    office = make_office(folder, at=first).office
    stories = collect(office)
    days = [
        day
        for n in range((LAST_DAY - FIRST_DAY).days)
        if _is_open(office, day := FIRST_DAY + timedelta(n + 1))
    ]
    office.reader.dispose()
    _pragmas(office, journal_mode="off", synchronous=0, cache_size=-600_000)
    with office.writer.begin() as connection:
        teller = Teller(office, stories, random.Random(seed), connection)
        for place, day in enumerate(days):
            teller.tell_day(day, cases * (place + 1) // len(days) - cases * place // len(days))
    _pragmas(office, journal_mode="wal")
    office.close()


def open_big_office(folder: Path) -> Office:
    """The office at closing time of its last day, 王敏 at the window."""
    paths = OfficePaths(folder)
    clock = FixedClock(CLOSING)
    operator = operator_of(folder)
    key = keyring.open_with_password(folder, operator, PASSWORD, clock)
    return open_with_key(paths, key, UUID(hex=operator), clock=clock, rules=rules())


def _pragmas(office: Office, **settings: object) -> None:
    """Nobody waits for what is written while the office is made; each opening sets everything anew."""
    raw: Any = office.writer.raw_connection()
    for name, value in settings.items():
        raw.driver_connection.execute(f"PRAGMA {name} = {value}")
    raw.close()


def _is_open(office: Office, day: date) -> bool:
    return office.holidays.is_workday(day)


@dataclass
class Teller:
    """Tells stories into one open transaction."""

    office: Office
    stories: Stories
    source: random.Random
    connection: Connection
    known: list[tuple[UUID, PersonValues]] = field(default_factory=list)
    made: int = 0
    rows: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.chain = operation.chain_head(self.connection, self.office.origin)
        self.origin, self.actor = self.office.origin.bytes, cast("UUID", self.office.actor).bytes
        self.open = [story for story in self.stories.told if not story.closed]
        self.closed = [story for story in self.stories.told if story.closed]
        # Most who come are served on the spot; the longer the way, the rarer.
        self.weights = [len(story.events) ** -3 for story in self.closed]

    def tell_day(self, day: date, cases: int) -> None:
        """One day's cases, every two and a half minutes from half past eight on."""
        self.slots = day_slots(day)
        self.serials = {"SJ": 0, "SL": 0}
        opening = datetime.combine(day, time(8, 30), CHINA)
        old = day < LAST_DAY - RECENT
        for place in range(cases):
            still_open = self.source.random() < (STILL_OPEN if old else 0.6)
            story = (
                self.source.choice(self.open)
                if still_open
                else self.source.choices(self.closed, self.weights)[0]
            )
            self._tell(story, day, opening + timedelta(seconds=150 * place))
        for sql, rows in self.rows.items():
            self.connection.exec_driver_sql(sql, rows)
        self.rows.clear()

    def _tell(self, story: Story, day: date, moment: datetime) -> None:
        self.made += 1
        self.moment, self.wall = moment, int(moment.timestamp() * 1000)
        self.at = moment.isoformat()
        self.values = {**self.slots, "\0time": self.at[10:]}
        if len(self.known) < self.made / CASES_EACH_PERSON:
            self.known.append(self._new_person())
        else:
            who = self.source.choice(self.known)
            self.values |= person_slots(who[1], who[0])
            self.ids = {self.stories.person_id: who[0].bytes}
        for old in (story.case_id, *story.documents):
            self.ids[old] = ids.new_id(self.wall).bytes
        self.values["\0case"] = self.ids[story.case_id].hex()
        for place, series in enumerate(story.series):
            self.serials[series] += 1
            self._number(
                place, Number(series, self._community, self.office.seat, day, self.serials[series])
            )
        self._write(story.events, story.rows)

    @property
    def _community(self) -> str:
        return str(self.office.profile["community_code"])

    def _number(self, place: int, number: Number) -> None:
        self.values |= number_slots(place, number.full, number.short, number.serial)

    def _new_person(self) -> tuple[UUID, PersonValues]:
        who = invented(self.source)
        person_id = ids.new_id(self.wall)
        self.ids = {self.stories.person_id: person_id.bytes}
        self.values |= person_slots(who, person_id)
        self._write(self.stories.person_events, self.stories.person_rows)
        tokens = tokens_for(who.name, who.id_no, who.phone, who.house, self.office.rules.pinyin)
        self.rows[TOKEN] += [(token, person_id.bytes) for token in tokens]
        return person_id, who

    def _write(self, patterns: tuple[EventPattern, ...], rows: tuple[Pattern, ...]) -> None:
        for pattern in patterns:
            self._event(pattern)
        for row in rows:
            self.rows[row.sql].append(row.row(self.values, self.ids))

    def _event(self, pattern: EventPattern) -> None:
        n, prev, mono = self.chain
        n, mono = n + 1, max(mono + 1, self.wall)
        event, entity = ids.new_id(self.wall), self.ids[pattern.entity_id]
        text = fill(pattern.payload, self.values)
        salt = os.urandom(events.SALT_BYTES)
        commitment = hashlib.sha256(salt + text.encode()).digest()
        # Payload and header are written as desk.domain.events makes them; the check of a small office proves it.
        header = (
            f'{{"actor":"{self.actor.hex()}","at":"{self.at}","base":{pattern.base},'
            f'"commitment":"{commitment.hex()}","entity":"{pattern.entity}",'
            f'"entity_id":"{entity.hex()}","id":"{event.hex}","kind":"{pattern.kind}","mono":{mono},'
            f'"n":{n},"origin":"{self.origin.hex()}","seat":{self.office.seat},"trunk":0,'
            f'"v":{pattern.version}}}'
        )
        link = hashlib.sha256(prev + header.encode()).digest()
        self.chain = (n, link, mono)
        row = (
            *(event.bytes, self.origin, n, pattern.kind, pattern.version, pattern.entity, entity),
            *(self.actor, self.office.seat, self.at, mono, 0, pattern.base, prev, commitment, link),
        )
        self.rows[EVENT].append(row)
        self.rows[PAYLOAD].append((event.bytes, salt, text))


def invented(source: random.Random, youngest: int = 2003, region: str = "610422") -> PersonValues:
    """A resident nobody knows, born from 1930 on and before `youngest`."""
    birth = date(1930, 1, 1) + timedelta(days=source.randrange(365 * (youngest - 1930)))
    return PersonValues(
        id_no=id_number(region, f"{birth:%Y%m%d}", source.randrange(1000)),
        name=source.choice(SURNAMES) + "".join(source.sample(GIVEN, source.choice((1, 2, 2, 2)))),
        sex="女",
        birth=birth.isoformat(),
        phone=f"1{source.choice('3578')}{source.randrange(10**9):09d}",
        ethnic="01",
        hukou_addr=SAMPLE.hukou_addr,
        live_addr=SAMPLE.live_addr,
        house=f"{source.randrange(1, 40)}-{source.randrange(1, 5)}-{source.randrange(101, 1804)}",
    )
