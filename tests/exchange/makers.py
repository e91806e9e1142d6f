"""A desk, a county and packages between them; `forge` writes a package by hand, with any fault one likes."""

import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pyrage
import zstandard

from desk.domain.canonical import canonical
from desk.domain.events import GENESIS, EventRecord, chained, commit
from desk.exchange.container import PackageDraft, seal
from desk.exchange.control_totals import control_totals
from desk.exchange.event_lines import write_lines
from desk.exchange.header import Header
from desk.exchange.key_files import CountyKey, Enrolment
from desk.exchange.keys import SealingPair, SigningPair
from desk.exchange.parts import Contents
from desk.exchange.receiving import ReaderContext, SenderState

SITE, COUNTY_NODE = "610422001001", "county-610422"
DB_ID = UUID("0193560c-0000-7000-8000-00000000d00d")
COUNTY_DB = UUID("0193560c-0000-7000-8000-0000000c0c0c")
AT = "2026-11-23T14:06:00+08:00"
SECRET = "张桂兰"


def key_bytes(name: str) -> bytes:
    """32 bytes that are the same in every run."""
    return hashlib.sha256(name.encode()).digest()


@dataclass(frozen=True)
class Node:
    """Keys of one side. Sealing pairs come fresh: age identities cannot be made from chosen bytes here."""

    signing: SigningPair
    sealing: SealingPair = field(default_factory=SealingPair.generate)
    recovery: SealingPair = field(default_factory=SealingPair.generate)


def desk_node(name: str = "desk") -> Node:
    return Node(SigningPair.from_bytes(key_bytes(name)))


def enrolment(node: Node, **changes: Any) -> Enrolment:
    facts = {
        "site": SITE,
        "name": "池阳社区",
        "window": 2,
        "db_id": DB_ID,
        "epoch": 1,
        "signing": node.signing.public,
        "sealing": node.sealing.recipient,
        "recovery": node.recovery.recipient,
        "made_at": AT,
    }
    return Enrolment(**{**facts, **changes})


def county_key(node: Node, **changes: Any) -> CountyKey:
    facts = {
        "name": "三原县数据中心",
        "code": "610422",
        "node": COUNTY_NODE,
        "signing": node.signing.public,
        "sealing": node.sealing.recipient,
        "recovery": node.recovery.recipient,
        "made_at": AT,
    }
    return CountyKey(**{**facts, **changes})


def events(count: int, first: int = 1, prev: bytes = GENESIS) -> list[EventRecord]:
    """Events of cases that are opened and accepted by turns, chained."""
    made: list[EventRecord] = []
    for n in range(first, first + count):
        case = UUID(int=DB_ID.int + (n + 1) // 2)
        opened = n % 2 == 1
        payload: dict[str, Any] = (
            {"item": {"code": "mz-01"}, "state": "new", "name": SECRET}
            if opened
            else {"action": "accept", "to": "accepted"}
        )
        salt = key_bytes(f"salt {n}")[:16]
        draft = EventRecord(
            id=UUID(int=DB_ID.int + 1000 + n),
            origin=DB_ID,
            n=n,
            kind="case.opened" if opened else "case.moved",
            version=1,
            entity="case",
            entity_id=case,
            actor=UUID(int=7),
            seat=2,
            at=AT,
            mono=n * 1000,
            trunk=0,
            base=0 if opened else 1,
            prev=prev,
            commitment=commit(payload, salt),
            hash=b"",
            payload=payload,
            salt=salt,
        )
        made.append(chained(draft))
        prev = made[-1].hash
    return made


@dataclass
class Exchange:
    """One desk, one county, and how far the county has applied the desk's packages."""

    desk: Node = field(default_factory=desk_node)
    county: Node = field(default_factory=lambda: desk_node("county"))
    last_seq: int = 0
    last_digest: bytes | None = None
    digests: dict[int, bytes] = field(default_factory=dict)
    revoked: bool = False
    valid: tuple[str, str] = ("2026-01-01", "2027-12-31")

    @property
    def recipients(self) -> list[str]:
        nodes = (self.county.sealing, self.county.recovery, self.desk.recovery)
        return [pair.recipient for pair in nodes]

    def contents(self, some: Iterable[EventRecord], blobs: tuple[bytes, ...] = ()) -> Contents:
        some = list(some)
        return Contents({}, control_totals(some), events=write_lines(some), blobs=blobs)

    def draft(self, seq: int = 1, prev: bytes | None = None, **changes: Any) -> PackageDraft:
        some = events(4)
        facts = {
            "kind": "DATA",
            "id": UUID(int=DB_ID.int + 5000 + seq),
            "sender": SITE,
            "to": COUNTY_NODE,
            "db_id": DB_ID,
            "epoch": 1,
            "seq": seq,
            "prev": prev,
            "made_at": AT,
            "key": enrolment(self.desk).fingerprint,
            "contents": self.contents(some),
            "events": (1, 4),
        }
        return PackageDraft(**{**facts, **changes})

    def package(self, seq: int = 1, prev: bytes | None = None, **changes: Any) -> bytes:
        return seal(self.draft(seq, prev, **changes), self.desk.signing, self.recipients)

    def sender(self, header: Header) -> SenderState | None:
        known = enrolment(self.desk).fingerprint
        if header.key != known:
            return None
        return SenderState(
            node=SITE,
            db_id=DB_ID,
            signing=self.desk.signing.public,
            fingerprint=known,
            last_seq=self.last_seq,
            last_digest=self.last_digest,
            earlier_digest=self.digests.get(header.seq),
            revoked=self.revoked,
            valid_from=self.valid[0],
            valid_to=self.valid[1],
        )

    @property
    def reader(self) -> ReaderContext:
        return ReaderContext(frozenset({COUNTY_NODE}), frozenset({"DATA"}), self.sender)

    def applied(self, package: bytes, seq: int) -> None:
        """The county has taken this package."""
        digest = hashlib.sha256(package).digest()
        self.digests[seq] = digest
        self.last_seq, self.last_digest = seq, digest

    def forge(
        self,
        *,
        head: Mapping[str, Any] | None = None,
        sequence: bytes | None = None,
        plain: bytes | None = None,
        ciphertext: bytes | None = None,
        header: bytes | None = None,
        signer: SigningPair | None = None,
    ) -> bytes:
        """A package written by hand from these pieces, signed rightly; what is not given is as it should be."""
        whole = self.package()
        good_head, _, good_ciphertext = split(whole)
        if sequence is not None:
            plain = zstandard.ZstdCompressor().compress(sequence)
        if plain is not None:
            ciphertext = self.age(plain)
        if ciphertext is None:
            ciphertext = good_ciphertext
        body = json.loads(good_head)
        body |= {"ct_len": len(ciphertext), "ct_sha256": hashlib.sha256(ciphertext).hexdigest()}
        body = {name: value for name, value in (body | dict(head or {})).items() if value != "gone"}
        head_bytes = header if header is not None else canonical(body)
        return joined(head_bytes, signer or self.desk.signing, ciphertext)

    def age(self, plain: bytes) -> bytes:
        keys = [pyrage.x25519.Recipient.from_str(one) for one in self.recipients]
        return bytes(pyrage.encrypt(plain, keys))

    def sequence(self, package: bytes | None = None) -> bytes:
        """The plain sequence of a package, opened by hand."""
        ciphertext = split(package or self.package())[2]
        plain = pyrage.decrypt(ciphertext, [self.county.sealing.identity])
        return zstandard.ZstdDecompressor().stream_reader(io.BytesIO(plain)).read()

    def listed(self) -> list[tuple[str, bytes]]:
        """The parts of a good package."""
        return parted(self.sequence())


def joined(header: bytes, signer: SigningPair, ciphertext: bytes) -> bytes:
    signature = signer.sign(b"bmq-exchange/1\0" + header)
    lengths = len(header).to_bytes(4, "big"), b"\0\x40"
    return b"BMQX\x01" + lengths[0] + header + lengths[1] + signature + ciphertext


def split(package: bytes) -> tuple[bytes, bytes, bytes]:
    """Header, signature, ciphertext, by the letter of the format."""
    assert package[:5] == b"BMQX\x01"
    end = 9 + int.from_bytes(package[5:9], "big")
    size = int.from_bytes(package[end : end + 2], "big")
    return package[9:end], package[end + 2 : end + 2 + size], package[end + 2 + size :]


def parted(sequence: bytes) -> list[tuple[str, bytes]]:
    """Names and bytes of a plain sequence, by the letter of the format."""
    found = []
    file = io.BytesIO(sequence)
    while length := int.from_bytes(file.read(2), "big"):
        name = file.read(length).decode()
        found.append((name, file.read(int.from_bytes(file.read(8), "big"))))
    assert file.read() == b""
    return found


def strung(parts: Iterable[tuple[str, bytes]], end: bytes = b"\0\0") -> bytes:
    """The plain sequence of these parts."""
    pieces = (
        len(name.encode()).to_bytes(2, "big") + name.encode() + len(data).to_bytes(8, "big") + data
        for name, data in parts
    )
    return b"".join(pieces) + end


def listing(listed: Iterable[tuple[str, bytes]], **changes: Any) -> bytes:
    """A manifest for these parts (the first is the old manifest), with changes."""
    (_, old), *others = listed
    rows = [
        {"name": name, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        for name, data in others
    ]
    body = json.loads(old) | {"parts": rows} | changes
    return strung([("manifest.json", canonical(body)), *others])
