"""Real cases as patterns: every row and payload with slots for who, when and which number, to be told again."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from desk.domain.identity import clean_id
from desk.domain.privacy import mask_id, mask_phone
from desk.services import case_views, cases, intake
from desk.services.office import Office
from desk.services.views import PersonValues
from tests.builders import consent, id_number, intake_values, person
from tests.services.deeds import answers

Text = tuple[str, ...]
"""Pieces in turn: words as they are, or the name of a slot."""
Values = Mapping[str, str]

SAMPLE = person(
    "欧阳样本",
    id_no=id_number(birth="19460312", order=886),
    birth="1946-03-12",
    phone="15999990987",
    house="样9-9-999",
)
ACCEPTED = ("accept", "confirm_accepted")
TO_THE_END = (
    *(*ACCEPTED, "start_review", "start_publicity", "end_publicity", "forward"),
    *("register_street", "register_county", "decide_ok", "conclude", "deliver", "archive"),
)
WAYS: tuple[tuple[str, ...], ...] = ((), ACCEPTED, TO_THE_END, ("withdraw",))
"""The buttons pressed in turn after the intake: none, those of acceptance, those to the end, the one that gives up."""
DATE = re.compile(r"20[2-9]\d-\d\d-\d\d")
FAR = 1_200
TIME = "T09:00:00+08:00"
"""When the office stands while stories are collected."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A row as it was written, with what to put into which cell when it is told again."""

    sql: str
    cells: tuple[Any, ...]
    texts: tuple[tuple[int, Text], ...]
    ids: tuple[tuple[int, bytes], ...]
    serial: tuple[int, str] | None

    def row(self, values: Values, ids: Mapping[bytes, bytes]) -> tuple[Any, ...]:
        """The row told of somebody else."""
        row = list(self.cells)
        for place, text in self.texts:
            row[place] = fill(text, values)
        for place, old in self.ids:
            row[place] = ids.get(old, old)
        if self.serial:
            row[self.serial[0]] = int(values[self.serial[1]].split("-")[4])
        return tuple(row)


@dataclass(frozen=True, slots=True)
class EventPattern:
    """An event of the story: kind, what it is about, the version it was made upon, what it says."""

    kind: str
    version: int
    entity: str
    entity_id: bytes
    base: int
    payload: Text


@dataclass(frozen=True, slots=True)
class Story:
    """One real case from the first event on; `series` are the numbers it takes, in order."""

    case_id: bytes
    documents: tuple[bytes, ...]
    series: tuple[str, ...]
    closed: bool
    events: tuple[EventPattern, ...]
    rows: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Stories:
    """All stories, and the one person they are told of."""

    person_id: bytes
    person_events: tuple[EventPattern, ...]
    person_rows: tuple[Pattern, ...]
    told: tuple[Story, ...]


def fill(text: Text, values: Values) -> str:
    """The text with its slots filled."""
    return "".join([values.get(piece, piece) for piece in text])


def person_slots(who: PersonValues, person_id: UUID) -> dict[str, str]:
    """What stands in the slots of a person."""
    return {
        "\0person": person_id.hex,
        "\0name": who.name,
        "\0id_no": who.id_no,
        "\0id_mask": mask_id(who.id_no),
        "\0phone": who.phone,
        "\0phone_mask": mask_phone(who.phone),
        "\0birth": who.birth,
        "\0house": who.house,
    }


def day_slots(day: date) -> dict[str, str]:
    """Every date a story may name, counted from its first day."""
    return {f"\0+{n}": (day + timedelta(days=n)).isoformat() for n in range(FAR)}


def number_slots(place: int, full: str, short: str, serial: int) -> dict[str, str]:
    """What stands in the slots of the number a story takes at that place."""
    texts = {
        "full": full,
        "compact": full.replace("-", ""),
        # As payloads carry it, the series beside it, for two series may stand at the same serial.
        "serial": f'"serial":{serial},"series":"{full[:2]}","short":"{short}"',
        "short": short,
    }
    return {f"\0{name}{place}": text for name, text in texts.items()}


def collect(office: Office) -> Stories:
    """Take in every item that fits one sample person, press on, and read back what was written."""
    told = []
    for place, item in enumerate(office.catalog.items.values()):
        values = intake_values(office, item.code, who=SAMPLE)
        wanted = "conclude_now" if item.instant else "receive"
        view = intake.prepare(office, values=values)
        if view.problems:
            continue
        end = next(end for end in view.ends if end.key == wanted)
        asks = answers(end.asks, office.today)
        case_id = intake.finish(office, values=values, end=wanted, asks=asks).value.case_id
        _press(office, case_id, WAYS[place % len(WAYS)])
        told.append(case_id)
    with office.reader.connect() as connection:
        found = connection.exec_driver_sql("SELECT id FROM person").scalar_one()
        reader = _Reader(connection, bytes(found), office.today)
        who = reader.story(bytes(found))
        return Stories(
            person_id=bytes(found),
            person_events=who.events,
            person_rows=reader.rows("person", "id", bytes(found)),
            told=tuple(reader.story(case_id.bytes) for case_id in told),
        )


def _press(office: Office, case_id: UUID, ways: tuple[str, ...]) -> None:
    """Press those of the buttons that are there."""
    for key in ways:
        detail = case_views.detail(office, case_id=case_id)
        action = next((one for one in detail.actions if one.key == key), None)
        if action is not None:
            asks = answers(action.asks, office.today)
            cases.act(
                office,
                case_id=case_id,
                version=detail.version,
                action=key,
                asks=asks,
                approved_by=consent(office, action),
            )


class _Reader:
    """Reads stories back out of the file and cuts their texts into pieces and slots."""

    def __init__(self, connection: Connection, person_id: bytes, day: date) -> None:
        self.connection, self.day = connection, day
        known = person_slots(SAMPLE, UUID(bytes=person_id))
        assert known["\0id_no"] == clean_id(SAMPLE.id_no)
        self.person = {text: slot for slot, text in known.items()}
        self.marks = self.person

    def story(self, entity: bytes) -> Story:
        documents = self._ids("SELECT id FROM document WHERE case_id = ?", entity)
        numbers = self._numbers(entity)
        marks = {UUID(bytes=entity).hex: "\0case", TIME: "\0time"}
        for place, (full, short, serial) in enumerate(numbers):
            slots = number_slots(place, full, short, serial)
            marks |= {text: slot for slot, text in slots.items()}
        self.marks = marks | self.person
        state = self.connection.exec_driver_sql(
            "SELECT phase FROM case_file WHERE id = ?", (entity,)
        ).scalar()
        return Story(
            case_id=entity,
            documents=documents,
            series=tuple(full[:2] for full, _, _ in numbers),
            closed=state == "closed",
            events=self._events((entity, *documents)),
            rows=(
                *self.rows("case_file", "id", entity),
                *self.rows("case_party", "case_id", entity),
                *self.rows("case_material", "case_id", entity),
                *self.rows("issued_number", "case_id", entity),
                *self.rows("document", "case_id", entity),
            ),
        )

    def rows(self, table: str, column: str, key: bytes) -> tuple[Pattern, ...]:
        found = self.connection.exec_driver_sql(
            f"SELECT * FROM {table} WHERE {column} = ? ORDER BY rowid", (key,)
        )
        columns = tuple(found.keys())
        return tuple(self._pattern(table, columns, row) for row in found)

    def _pattern(self, table: str, columns: Sequence[str], row: Any) -> Pattern:
        number = self.marks[row.number] if table == "issued_number" else ""
        texts = {place: self._cut(cell) for place, cell in enumerate(row) if isinstance(cell, str)}
        if number:
            # Two numbers of one case may look alike when short; each row keeps its own.
            texts[columns.index("short_no")] = (number.replace("full", "short"),)
        return Pattern(
            sql=insert_into(table, columns),
            cells=tuple(row),
            texts=tuple((place, text) for place, text in texts.items() if _slots(text)),
            ids=tuple((place, cell) for place, cell in enumerate(row) if isinstance(cell, bytes)),
            serial=(columns.index("serial"), number) if number else None,
        )

    def _events(self, entities: tuple[bytes, ...]) -> tuple[EventPattern, ...]:
        marks = ",".join("?" * len(entities))
        found = self.connection.exec_driver_sql(
            "SELECT kind, version, entity, entity_id, base, payload FROM event "
            f"JOIN event_payload ON event_id = id WHERE entity_id IN ({marks}) ORDER BY n",
            entities,
        )
        return tuple(
            EventPattern(
                row.kind, row.version, row.entity, row.entity_id, row.base, self._cut(row.payload)
            )
            for row in found
        )

    def _ids(self, query: str, key: bytes) -> tuple[bytes, ...]:
        return tuple(self.connection.exec_driver_sql(query, (key,)).scalars())

    def _numbers(self, case_id: bytes) -> list[tuple[str, str, int]]:
        found = self.connection.exec_driver_sql(
            "SELECT number, short_no, serial FROM issued_number WHERE case_id = ? ORDER BY rowid",
            (case_id,),
        )
        return [(row.number, row.short_no, row.serial) for row in found]

    def _cut(self, text: str) -> Text:
        longest_first = sorted(self.marks, key=len, reverse=True)
        known = re.compile("|".join([*map(re.escape, longest_first), DATE.pattern]))
        pieces, at = [], 0
        for match in known.finditer(text):
            slot = self.marks.get(match[0]) or self._date_slot(match[0])
            pieces += [text[at : match.start()], slot]
            at = match.end()
        return tuple(piece for piece in (*pieces, text[at:]) if piece)

    def _date_slot(self, text: str) -> str:
        days = (date.fromisoformat(text) - self.day).days
        return f"\0+{days}" if 0 <= days < FAR else text


def insert_into(table: str, columns: Sequence[str]) -> str:
    """The statement that writes such rows."""
    names = ", ".join(f'"{name}"' for name in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})"


def _slots(text: Text) -> bool:
    return any(piece.startswith("\0") for piece in text)
