"""What a desk's packages may say wrongly although they are sealed rightly, by name, each with the county's outcome."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from desk.domain.events import EventRecord, chained
from desk.exchange.control_totals import control_totals
from desk.exchange.event_lines import write_line, write_lines
from desk.exchange.parts import Contents
from tests.exchange.makers import DB_ID, Node, key_bytes
from tests.exchange.standing import (
    CLOSED_DB,
    RENEWED_DB,
    REVOKED_DB,
    SALT,
    FromDesk,
    follow,
    log,
    of,
    window_of,
)

FIRST, SECOND, THIRD = "the first package", "the second package", "the third package"


@dataclass
class Desks:
    """The desk and the other windows at work; `made` are the packages made so far, by name."""

    nodes: dict[str, Node]
    made: dict[str, bytes]

    def of(self, name: str = "desk") -> FromDesk:
        return FromDesk(self.nodes[name], self.nodes["county"])

    def digest(self, name: str) -> bytes:
        return hashlib.sha256(self.made[name]).digest()

    def first(self, contents: Contents, last: int = 2, **changes: Any) -> bytes:
        """A first package that says this."""
        return self.of().package(contents=contents, events=(1, last), **changes)

    def later(self, span: tuple[int, int], seq: int, before: str, **changes: Any) -> bytes:
        """A package with these events of the log, after the named one."""
        some = log()[span[0] - 1 : span[1]]
        facts = {"contents": of(some, log()[: span[0] - 1]), "events": span}
        prev = changes.pop("prev", self.digest(before))
        return self.of().package(seq, prev, **{**facts, **changes})

    def window(self, name: str, origin: UUID, window: int, **changes: Any) -> bytes:
        """Another window's first package."""
        key = window_of(self.nodes[name], origin, window).fingerprint
        facts = {"contents": of(log(origin)[:1]), "events": (1, 1), "db_id": origin, "key": key}
        return self.of(name).package(**{**facts, **changes})


Maker = Callable[[Desks], bytes]


def lines(edit: Callable[[list[bytes]], Sequence[bytes]]) -> Maker:
    """A first package whose event lines were edited; totals and count are told as if they were not."""

    def make(desks: Desks) -> bytes:
        told = edit([write_line(one) for one in log()[:2]])
        return desks.first(replace(of(log()[:2]), events=b"".join(told)))

    return make


def records(
    edit: Callable[[list[EventRecord]], Sequence[EventRecord]], rechain: bool = True
) -> Maker:
    """A first package with other events; what it tells of them is right."""

    def make(desks: Desks) -> bytes:
        some = list(edit(log()[:2]))
        return desks.first(of(linked(some) if rechain else some), last=len(some))

    return make


def linked(some: Sequence[EventRecord]) -> list[EventRecord]:
    """The same, chained anew."""
    made: list[EventRecord] = []
    for one in some:
        made.append(chained(replace(one, prev=made[-1].hash if made else one.prev)))
    return made


def totals(**changes: Any) -> Maker:
    """A first package that declares other totals after it."""
    told = of(log()[:2])
    return lambda desks: desks.first(
        replace(told, totals_after={**told.totals_after, **changes}),
    )


def swapped(old: bytes, new: bytes) -> Maker:
    """A first package in whose lines something stands otherwise, once."""

    def edit(told: list[bytes]) -> list[bytes]:
        assert old in told[0]
        return [told[0].replace(old, new, 1), *told[1:]]

    return lines(edit)


def a_case(desks: Desks) -> bytes:
    """A case nobody can project: it is given back, the rest stands."""
    some = follow(
        log()[:2], DB_ID, "case.opened", UUID(int=77), {"item": {"code": "?"}, "to": "new"}
    )
    return desks.first(of(some), last=3)


def erased(desks: Desks) -> bytes:
    """The second event has lost its payload; the chain holds."""
    first, second = log()[:2]
    gone = replace(second, payload=None, salt=None)
    told = of([first, second])
    return desks.first(replace(told, events=write_lines([first, gone])))


def another_branch(desks: Desks) -> bytes:
    """It follows the first package, but its events follow other ones."""
    other = linked([replace(one, at="2026-11-23T15:00:00+08:00") for one in log()[:3]])
    contents = Contents(control_totals(log()[:2]), control_totals(other), write_lines(other[2:]))
    return desks.later((3, 3), 2, FIRST, contents=contents)


def told_twice(desks: Desks) -> bytes:
    """An event under the id of an earlier one."""
    again = chained(replace(log()[2], id=log()[0].id))
    return desks.later((3, 3), 2, FIRST, contents=of([again], log()[:2]))


def other_snapshot(desks: Desks) -> bytes:
    """A snapshot whose second event is another one."""
    first, second, third = log()[:3]
    other = linked([first, replace(second, at="2026-11-23T15:00:00+08:00"), third])
    return desks.later((1, 3), 2, FIRST, kind="SNAPSHOT", contents=of(other))


def wrong_snapshot(desks: Desks) -> bytes:
    """A snapshot whose totals are those of fewer events."""
    told = replace(of(log()[:3]), totals_after=control_totals(log()[:2]))
    return desks.later((1, 3), 2, FIRST, kind="SNAPSHOT", contents=told)


GOOD: dict[str, Maker] = {
    FIRST: lambda desks: desks.of().package(),
    SECOND: lambda desks: desks.later((3, 3), 2, FIRST),
    THIRD: lambda desks: desks.later((4, 4), 3, SECOND),
    "an event that is given back": a_case,
    "an event that was erased": erased,
    "a snapshot in place of a lost package": lambda desks: desks.later(
        (1, 4), 3, SECOND, kind="SNAPSHOT", contents=of(log()[:4])
    ),
    "a renewed key": lambda desks: desks.window("renewed", RENEWED_DB, 4),
    "a former key on its last day": lambda desks: desks.window("former", RENEWED_DB, 4),
}
"""All COMMITTED; what each comes after stands in `AFTER`."""

ALONE: dict[str, tuple[Maker, str]] = {
    "an event line with a blank": (swapped(b'"n":1', b'"n": 1'), "DAMAGED"),
    "an event line without its end": (lines(lambda told: [told[0], told[1][:-1]]), "DAMAGED"),
    "an empty event line": (lines(lambda told: [told[0], b"\n"]), "DAMAGED"),
    "an event too few": (lines(lambda told: told[:1]), "DAMAGED"),
    "an event too many": (lines(lambda told: [*told, told[1]]), "DAMAGED"),
    "events the wrong way round": (lines(lambda told: told[::-1]), "DAMAGED"),
    "an event with a key too many": (swapped(b'"n":1', b'"m":1,"n":1'), "DAMAGED"),
    "an event without its seat": (swapped(b',"seat":2', b""), "DAMAGED"),
    "an event whose number is a text": (swapped(b'"n":1', b'"n":"1"'), "DAMAGED"),
    "an event of another moment than hashed": (swapped(b"14:06:00", b"14:06:01"), "DAMAGED"),
    "an event with another payload than hashed": (swapped(b"610422", b"610423"), "DAMAGED"),
    "an event with another salt": (swapped(SALT.hex().encode(), b"00" * 16), "DAMAGED"),
    "an event with another hash": (
        swapped(log()[0].hash.hex().encode(), key_bytes("x").hex().encode()),
        "DAMAGED",
    ),
    "an event with payload and no salt": (
        swapped(b'"' + SALT.hex().encode() + b'"', b"null"),
        "DAMAGED",
    ),
    "an event of another database": (
        records(lambda some: [some[0], replace(some[1], origin=UUID(int=5))]),
        "DAMAGED",
    ),
    "an event that does not follow the one before": (
        records(lambda some: [some[0], chained(replace(some[1], prev=bytes(32)))], rechain=False),
        "DAMAGED",
    ),
    "a number left out": (
        records(lambda some: [some[0], replace(some[1], n=3)]),
        "DAMAGED",
    ),
    "two events of one id": (
        records(lambda some: [some[0], replace(some[1], id=some[0].id)]),
        "DAMAGED",
    ),
    "an event of an unknown kind": (
        records(lambda some: [some[0], replace(some[1], kind="operator.promoted")]),
        "TOO_NEW",
    ),
    "an event of a later version": (
        records(lambda some: [some[0], replace(some[1], version=2)]),
        "TOO_NEW",
    ),
    "a log that does not begin at its beginning": (
        records(lambda some: [replace(some[0], prev=key_bytes("x")), some[1]]),
        "FORK",
    ),
    "events that begin later": (
        lambda desks: desks.of().package(contents=of(log()[1:2], log()[:1]), events=(2, 2)),
        "DAMAGED",
    ),
    "other totals before": (
        lambda desks: desks.first(replace(of(log()[:2]), totals_before=control_totals(log()[:1]))),
        "TOTALS",
    ),
    "other events in the totals": (totals(events=[["desk.opened", 2]]), "TOTALS"),
    "other cases in the totals": (totals(cases=[["MZ-GL-01", "new", 1]]), "TOTALS"),
    "another sum of heads": (totals(heads="1" * 64), "TOTALS"),
    "totals of no form": (totals(more=1), "TOTALS"),
    "a snapshot that begins too late": (
        lambda desks: desks.of().package(
            kind="SNAPSHOT", contents=of(log()[2:4], log()[:2]), events=(3, 4)
        ),
        "HELD",
    ),
    "a revoked key": (lambda desks: desks.window("revoked", REVOKED_DB, 3), "UNKNOWN_KEY"),
    "a former key after its last day": (
        lambda desks: desks.window("former", RENEWED_DB, 4, made_at="2026-11-24T09:00:00+08:00"),
        "UNKNOWN_KEY",
    ),
    "a key nobody enrolled": (
        lambda desks: desks.window("stranger", DB_ID, 2),
        "UNKNOWN_KEY",
    ),
    "a database another carries on": (
        lambda desks: desks.window("closed", CLOSED_DB, 5),
        "UNKNOWN_KEY",
    ),
}

LATER: dict[str, tuple[Maker, str]] = {
    "the first package again": (lambda desks: desks.made[FIRST], "ALREADY"),
    "another first package": (lambda desks: desks.of().package(id=UUID(int=9)), "FORK"),
    "the third before the second": (lambda desks: desks.made[THIRD], "HELD"),
    "a second upon another first": (
        lambda desks: desks.later((3, 3), 2, FIRST, prev=bytes(32)),
        "HELD",
    ),
    "a jump of ten thousand and one": (
        lambda desks: desks.later((3, 3), 10_002, FIRST),
        "TOO_FAR",
    ),
    "a jump of ten thousand": (lambda desks: desks.later((3, 3), 10_001, FIRST), "HELD"),
    "events of another branch": (another_branch, "FORK"),
    "an event under an earlier id": (told_twice, "DAMAGED"),
    "a package under an earlier id": (
        lambda desks: desks.later((3, 3), 2, FIRST, id=UUID(int=DB_ID.int + 5001)),
        "DAMAGED",
    ),
    "an event left out between packages": (
        lambda desks: desks.later((4, 4), 2, FIRST),
        "DAMAGED",
    ),
    "totals before that were never reached": (
        lambda desks: desks.later((3, 3), 2, FIRST, contents=of(log()[2:3])),
        "TOTALS",
    ),
    "a snapshot with another past": (other_snapshot, "FORK"),
    "a snapshot with other totals": (wrong_snapshot, "TOTALS"),
}
"""Each comes when the county has the first package."""

AFTER: dict[str, tuple[str, ...]] = {
    SECOND: (FIRST,),
    THIRD: (FIRST, SECOND),
    "a snapshot in place of a lost package": (FIRST,),
    **dict.fromkeys(LATER, (FIRST,)),
}
GIVEN_BACK = ("an event that is given back",)
"""Committed, with one event the county does not count."""
