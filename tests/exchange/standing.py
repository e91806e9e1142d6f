"""The sides whose packages stand stored beside the tests: fixed keys, fixed databases, a log of a few events."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from desk.domain.events import GENESIS, EventRecord, chained, commit
from desk.exchange.ack import AckBody
from desk.exchange.container import PackageDraft
from desk.exchange.control_totals import control_totals
from desk.exchange.event_lines import write_lines
from desk.exchange.key_files import Predecessor
from desk.exchange.keys import SealingPair, SigningPair
from desk.exchange.parts import Contents
from tests.exchange.makers import (
    AT,
    COUNTY_DB,
    DB_ID,
    SITE,
    Exchange,
    Node,
    county_key,
    enrolment,
    key_bytes,
)

VECTORS = Path(__file__).parent / "vectors"
KEYS = VECTORS / "keys.json"
NODE = "610422"
NAMES = ("desk", "county", "revoked", "renewed", "closed", "stranger")
"""Whose keys are fixed; `renewed` is the later key of the window `former` once had."""
EARLIER_DB, REVOKED_DB, RENEWED_DB, CLOSED_DB, NEXT_DB = (
    UUID(int=DB_ID.int - 100 + place) for place in range(5)
)
PROFILE = {
    "county": "610422",
    "community_code": SITE,
    "community_name": "池阳社区",
    "window": 2,
}
SALT = key_bytes("salt")[:16]


def made_keys() -> dict[str, dict[str, str]]:
    """Fresh keys for everybody."""
    return {
        name: {
            "signing": key_bytes(f"standing {name}").hex(),
            "sealing": SealingPair.generate().to_bytes().decode(),
            "recovery": SealingPair.generate().to_bytes().decode(),
        }
        for name in (*NAMES, "former", "next")
    }


def nodes(path: Path = KEYS) -> dict[str, Node]:
    """The sides with the keys that are kept in this file."""
    return {
        name: Node(
            SigningPair.from_bytes(bytes.fromhex(told["signing"])),
            SealingPair.from_bytes(told["sealing"].encode()),
            SealingPair.from_bytes(told["recovery"].encode()),
        )
        for name, told in json.loads(path.read_text("ascii")).items()
    }


def log(origin: UUID = DB_ID) -> list[EventRecord]:
    """The desk opens, somebody is hired, people ask about things."""
    made: list[EventRecord] = []
    clerk, asked = UUID(int=origin.int + 7), UUID(int=origin.int + 8)
    follow(made, origin, "desk.opened", origin, PROFILE)
    follow(made, origin, "operator.added", clerk, {"name": "王敏", "role": "lead", "grants": []})
    for place in range(3):
        about = UUID(int=asked.int + place)
        follow(made, origin, "consultation.logged", about, {"item": "MZ-GL-01"})
    return made


def follow(
    made: list[EventRecord],
    origin: UUID,
    kind: str,
    about: UUID,
    payload: dict[str, Any],
    **facts: Any,
) -> list[EventRecord]:
    """Append one event, chained to the last."""
    n = len(made) + 1
    told: dict[str, Any] = {
        "id": UUID(int=origin.int + 1000 + n),
        "origin": origin,
        "n": n,
        "kind": kind,
        "version": 1,
        "entity": kind.partition(".")[0],
        "entity_id": about,
        "actor": None,
        "seat": 2,
        "at": AT,
        "mono": n * 1000,
        "trunk": 0,
        "base": 0,
        "prev": made[-1].hash if made else GENESIS,
        "commitment": commit(payload, SALT),
        "hash": b"",
        "payload": payload,
        "salt": SALT,
    }
    made.append(chained(EventRecord(**{**told, **facts})))
    return made


@dataclass
class FromDesk(Exchange):
    """The desk writes to the county; `draft` makes its first package, of so many events."""

    count: int = 2

    @property
    def recipients(self) -> list[str]:
        """The addressee alone: a stored file is to be small."""
        return [self.county.sealing.recipient]

    def draft(self, seq: int = 1, prev: bytes | None = None, **changes: Any) -> PackageDraft:
        plain = {"to": NODE, "contents": of(log()[: self.count]), "events": (1, self.count)}
        return super().draft(seq, prev, **{**plain, **changes})


@dataclass
class FromCounty(Exchange):
    """The county (`desk`, who writes) to the desk (`county`, who reads); `draft` makes an answer."""

    @property
    def recipients(self) -> list[str]:
        return [self.county.sealing.recipient]

    def draft(self, seq: int = 1, prev: bytes | None = None, **changes: Any) -> PackageDraft:
        plain = {
            "kind": "ACK",
            "sender": NODE,
            "to": DB_ID.hex,
            "db_id": COUNTY_DB,
            "events": (0, 0),
            "key": county_key(self.desk).fingerprint,
            "contents": Contents({}, {}, body=AckBody(SITE, DB_ID, 1, 0, bytes(32), AT).to_bytes()),
        }
        return super().draft(seq, prev, **{**plain, **changes})


def of(records: Sequence[EventRecord], before: Sequence[EventRecord] = ()) -> Contents:
    """What a package of these events says, after those before."""
    totals = control_totals(before), control_totals([*before, *records])
    return Contents(*totals, events=write_lines(records))


def window_of(node: Node, origin: UUID, window: int, **changes: Any) -> Any:
    """Another window's enrolment."""
    return enrolment(node, db_id=origin, window=window, **changes)


def before_next() -> Predecessor:
    """What the successor of the closed database says it was."""
    return Predecessor(CLOSED_DB, 1, 0, GENESIS)
