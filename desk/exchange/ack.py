"""The county's answer: what it has of a desk, cumulative, so that a lost or old one does no harm."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from desk.domain.canonical import Json, canonical
from desk.errors import PackageRefused
from desk.exchange import strict_json as strict
from desk.exchange.header import DIGEST_BYTES
from desk.exchange.outcomes import OUTCOMES
from desk.exchange.strict_json import Body

MAX_BYTES = 16 << 20
MAX_RESULTS, MAX_REFUSED = 10_000, 100_000
_NAMES = frozenset(
    (
        "site",
        "db_id",
        "epoch",
        "ack_seq",
        "ack_hash",
        "at",
        "results",
        "refused",
        "resolved",
        "totals",
        "numbers",
        "catalog",
        "keys",
    )
)


@dataclass(frozen=True, slots=True)
class PackageResult:
    """What became of one package of the desk."""

    seq: int
    digest: bytes
    outcome: str


@dataclass(frozen=True, slots=True)
class RefusedEvent:
    """An event the county did not take: its number, a code, and the reason in Chinese."""

    n: int
    event_id: UUID
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class AckBody:
    """All packages of this desk database and epoch up to `ack_seq`, whose file has the SHA-256 `ack_hash`, are applied.

    `resolved` (conflicts), `numbers` (next number blocks) and `keys` (notices on keys) are carried as they are; `catalog`
    is the version the county wants the desk to have.
    """

    site: str
    db_id: UUID
    epoch: int
    ack_seq: int
    ack_hash: bytes
    at: str
    results: tuple[PackageResult, ...] = ()
    refused: tuple[RefusedEvent, ...] = ()
    totals: Mapping[str, Json] = field(default_factory=dict)
    resolved: Sequence[Json] = ()
    numbers: Sequence[Json] = ()
    catalog: int = 0
    keys: Sequence[Json] = ()

    def to_bytes(self) -> bytes:
        """The part `ack.json`.

        Raises:
            ValueError: no reader would take it.
        """
        data = canonical(
            {
                "site": self.site,
                "db_id": self.db_id.hex,
                "epoch": self.epoch,
                "ack_seq": self.ack_seq,
                "ack_hash": self.ack_hash.hex(),
                "at": self.at,
                "results": [[one.seq, one.digest.hex(), one.outcome] for one in self.results],
                "refused": [
                    [one.n, one.event_id.hex, one.code, one.reason] for one in self.refused
                ],
                "totals": self.totals,
                "resolved": list(self.resolved),
                "numbers": list(self.numbers),
                "catalog": self.catalog,
                "keys": list(self.keys),
            }
        )
        try:
            parse_ack(data)
        except PackageRefused as error:
            raise ValueError("no reader would take this ack") from error
        return data


def parse_ack(data: bytes) -> AckBody:
    """The ack from its part.

    Raises:
        PackageRefused: DAMAGED.
    """
    try:
        return _ack(strict.exactly(strict.read_body(data, MAX_BYTES), _NAMES))
    except (ValueError, KeyError, TypeError) as error:
        raise PackageRefused("DAMAGED", why="ack") from error


def _ack(body: Body) -> AckBody:
    return AckBody(
        site=strict.matching(body, "site", strict.SITE),
        db_id=strict.an_id(body, "db_id"),
        epoch=strict.number(body, "epoch", 1),
        ack_seq=strict.number(body, "ack_seq"),
        ack_hash=strict.octets(body, "ack_hash", DIGEST_BYTES),
        at=strict.moment(body, "at"),
        results=tuple(map(_result, strict.a_list(body, "results", MAX_RESULTS))),
        refused=tuple(map(_refused, strict.a_list(body, "refused", MAX_REFUSED))),
        totals=strict.an_object(body, "totals"),
        resolved=tuple(strict.a_list(body, "resolved", MAX_REFUSED)),
        numbers=tuple(strict.a_list(body, "numbers", 100)),
        catalog=strict.number(body, "catalog"),
        keys=tuple(strict.a_list(body, "keys", 100)),
    )


def _result(row: Sequence[object]) -> PackageResult:
    seq, digest, outcome = row
    body = {"seq": seq, "digest": digest, "outcome": outcome}
    return PackageResult(
        strict.number(body, "seq", 1),
        strict.octets(body, "digest", DIGEST_BYTES),
        strict.one_of(body, "outcome", OUTCOMES),
    )


def _refused(row: Sequence[object]) -> RefusedEvent:
    n, event_id, code, reason = row
    body = {"n": n, "id": event_id, "code": code, "reason": reason}
    return RefusedEvent(
        strict.number(body, "n", 1),
        strict.an_id(body, "id"),
        strict.text(body, "code", 64, 1),
        strict.text(body, "reason", 500),
    )
