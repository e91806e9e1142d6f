"""The log edited behind the program's back, with the key, by SQL: every edit, deletion, insertion and swap shows."""

import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

from sqlalchemy import func, select

from db.models import Event, PackageOut
from desk.services import chain
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.rebuilding import append_only_lifted
from tests.faults.figure import Figure
from tests.faults.houses import lived_in, room
from tests.kept import opened

Rows = dict[str, list[tuple[Any, ...]]]
Looker = Callable[[Office], bool]
TABLES = ("event_payload", "event")
TEXTS = ("at", "kind", "entity")
NUMBERS = ("mono", "trunk", "seat", "version")
OCTETS = ("commitment", "prev", "hash")


def looked(office: Office) -> bool:
    """Whether the program's own looks, at the start or at all of it, name a fault."""
    whole = chain.check_whole(office, progress=lambda *_: None, cancelled=lambda: False)
    return bool(whole.faults or chain.check_start(office).faults)


def edited(connection: Any, rng: random.Random, last: int) -> str:
    """One value of one event is another."""
    n, name = rng.randint(1, last), rng.choice((*TEXTS, *NUMBERS, *OCTETS, "payload", "salt"))
    if name in ("payload", "salt"):
        table, where = "event_payload", "event_id = (SELECT id FROM event WHERE n = ?)"
    else:
        table, where = "event", "n = ?"
    [[value]] = connection.execute(f"SELECT {name} FROM {table} WHERE {where}", (n,)).fetchall()
    connection.execute(f"UPDATE {table} SET {name} = ? WHERE {where}", (changed(value, rng), n))
    return f"{name} of {n}"


def changed(value: Any, rng: random.Random) -> Any:
    """Another value of the same kind, one sign away from it."""
    if isinstance(value, int):
        return value + rng.choice((-1, 1, 1000))
    place = rng.randrange(len(value))
    if isinstance(value, bytes):
        return value[:place] + bytes([value[place] ^ 1 << rng.randrange(8)]) + value[place + 1 :]
    # A blank between the parts of a payload would say the same.
    while not value[place].isalnum():
        place = rng.randrange(len(value))
    return value[:place] + chr(ord(value[place]) ^ 1) + value[place + 1 :]


def deleted(connection: Any, rng: random.Random, last: int) -> str:
    """An event is gone, with what it said; never the last, which is a cut tail."""
    n = rng.randint(1, last - 1)
    connection.execute(
        "DELETE FROM event_payload WHERE event_id = (SELECT id FROM event WHERE n = ?)", (n,)
    )
    connection.execute("DELETE FROM event WHERE n = ?", (n,))
    return f"{n}"


def inserted(connection: Any, rng: random.Random, last: int) -> str:
    """An event that was never written stands among the others, or after them; later ones move up."""
    n, new = rng.randint(2, last + 1), rng.randbytes(16)
    names = [row[1] for row in connection.execute("PRAGMA table_info(event)")]
    places = [names.index("id"), names.index("n")]
    row = list(
        connection.execute("SELECT * FROM event WHERE n = ?", (rng.randint(1, last),)).fetchone()
    )
    row[places[0]], row[places[1]] = new, n
    connection.execute("UPDATE event SET n = -n - 1 WHERE n >= ?", (n,))
    connection.execute("UPDATE event SET n = -n WHERE n < 0")
    connection.execute(f"INSERT INTO event VALUES ({', '.join('?' * len(row))})", row)
    connection.execute(
        "INSERT INTO event_payload (event_id, payload, salt) VALUES (?, '{}', zeroblob(16))", (new,)
    )
    return f"at {n}"


def swapped(connection: Any, rng: random.Random, last: int) -> str:
    """Two events change their numbers, or what they say."""
    one, other = rng.sample(range(1, last + 1), 2)
    if rng.random() < 0.5:
        for before, after in ((one, -1), (other, one), (-1, other)):
            connection.execute("UPDATE event SET n = ? WHERE n = ?", (after, before))
        return f"{one} with {other}"
    query = "SELECT id FROM event WHERE n IN (?, ?)"
    [[first], [second]] = connection.execute(query, (one, other)).fetchall()
    for old, new in ((first, b"x"), (second, first), (b"x", second)):
        connection.execute("UPDATE event_payload SET event_id = ? WHERE event_id = ?", (new, old))
    return f"what {one} and {other} say"


def cut(connection: Any, rng: random.Random, last: int) -> str:
    """The tail is gone, together with something that was sealed into a package."""
    [[sealed]] = connection.execute("SELECT max(last_n) FROM package_out").fetchall()
    n = rng.randint(1, sealed)
    connection.execute(
        "DELETE FROM event_payload WHERE event_id IN (SELECT id FROM event WHERE n >= ?)", (n,)
    )
    connection.execute("DELETE FROM event WHERE n >= ?", (n,))
    return f"from {n} of {last}"


DEEDS: Mapping[str, Callable[[Any, random.Random, int], str]] = MappingProxyType(
    {
        "edited": edited,
        "deleted": deleted,
        "inserted": inserted,
        "swapped": swapped,
        "cut": cut,
    }
)


def run(rounds: int, seed: int, look: Looker = looked) -> Figure:
    """One deed a round, each undone before the next; a deed nobody sees is a failure."""
    failures: list[str] = []
    names = list(DEEDS)
    with room() as folder:
        office = opened(lived_in(folder))
        try:
            last = ends(office)
            kept = remembered(office)
            if look(office):
                failures.append("the untouched log is called changed")
            for round_ in range(rounds):
                rng = random.Random(f"{seed} {round_}")
                name = names[round_ % len(names)]
                with behind(office) as connection:
                    what = DEEDS[name](connection, rng, last)
                if not look(office):
                    failures.append(f"seed {seed}, round {round_}: {name} {what} was not seen")
                put_back(office, kept)
            if look(office):
                failures.append("a log that was put back is called changed")
        finally:
            office.close()
    return Figure(rounds, tuple(failures), f"{last} events")


@contextmanager
def behind(office: Office) -> Iterator[Any]:
    """The raw connection of somebody who has the key and lifts the triggers."""
    with office.writer.begin() as connection, append_only_lifted(connection):
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        yield connection.connection.driver_connection


def ends(office: Office) -> int:
    """The number of the last event; those sealed into packages end before it."""
    with reading(office) as connection:
        last = connection.execute(select(func.max(Event.n))).scalar_one()
        sealed = connection.execute(select(func.max(PackageOut.last_n))).scalar_one()
    assert 0 < sealed < last
    return int(last)


def remembered(office: Office) -> Rows:
    with office.writer.connect() as connection:
        raw: Any = connection.connection.driver_connection
        return {name: raw.execute(f"SELECT * FROM {name}").fetchall() for name in TABLES}


def put_back(office: Office, rows: Rows) -> None:
    """The rows of the log as they were."""
    with behind(office) as connection:
        for name in TABLES:
            connection.execute(f"DELETE FROM {name}")
        for name in reversed(TABLES):
            marks = ", ".join("?" * len(rows[name][0]))
            connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows[name])
