"""What a county's packages may say wrongly although they are sealed rightly, by name, each with the desk's outcome."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import zstandard

from desk.domain.canonical import canonical
from desk.domain.events import GENESIS
from desk.exchange.ack import AckBody, PackageResult
from desk.exchange.catalog_body import Release
from desk.exchange.event_lines import write_line
from desk.exchange.order_lines import Order, write_orders
from desk.exchange.parts import Contents
from desk.exchange.resend import Chain, GiveBack, write_give_back
from tests.exchange.makers import (
    AT,
    DB_ID,
    SITE,
    Node,
    county_key,
    key_bytes,
    listing,
    parted,
    split,
)
from tests.exchange.standing import EARLIER_DB, NODE, FromCounty, log

LATER_DB = UUID(int=DB_ID.int + 1)


@dataclass
class Counties:
    """The county at work; `sent` is what the desk sent it."""

    nodes: dict[str, Node]
    sent: bytes

    def of(self, name: str = "county") -> FromCounty:
        return FromCounty(self.nodes[name], self.nodes["desk"])

    def ack(self, name: str = "county", **changes: Any) -> bytes:
        """An answer; what is not a field of its body is one of the header."""
        heads = {key: changes.pop(key) for key in ("to", "kind", "key") if key in changes}
        return self.saying("ACK", self.answer(**changes).to_bytes(), name, **heads)

    def answer(self, **changes: Any) -> AckBody:
        digest = hashlib.sha256(self.sent).digest()
        results = (PackageResult(1, digest, "COMMITTED"),)
        return replace(AckBody(SITE, DB_ID, 1, 1, digest, AT, results), **changes)

    def saying(self, kind: str, body: bytes, name: str = "county", **heads: Any) -> bytes:
        told = {"kind": kind, "contents": Contents({}, {}, body=body), **heads}
        return self.of(name).package(**told)

    def forged(self, **changes: Any) -> bytes:
        """The good answer with a header signed anew."""
        good = self.ack()
        header, _, ciphertext = split(good)
        told = {**json.loads(header), **changes}
        return self.of().forge(header=canonical(told), ciphertext=ciphertext)

    def parts(self, edit: Callable[[list[tuple[str, bytes]]], bytes]) -> bytes:
        """The good answer's header over other parts."""
        world, good = self.of(), self.ack()
        told = json.loads(split(good)[0])
        listed = parted(world.sequence(good))
        head = {name: value for name, value in told.items() if not name.startswith("ct_")}
        ciphertext = world.age(zstandard.ZstdCompressor().compress(edit(listed)))
        lengths = {
            "ct_len": len(ciphertext),
            "ct_sha256": hashlib.sha256(ciphertext).hexdigest(),
        }
        return world.forge(header=canonical(head | lengths), ciphertext=ciphertext)


Maker = Callable[[Counties], bytes]


def body(**changes: Any) -> Maker:
    """An answer whose body says something no reader takes."""

    def make(county: Counties) -> bytes:
        told = json.loads(county.answer().to_bytes()) | changes
        return county.saying("ACK", canonical({k: v for k, v in told.items() if v != "gone"}))

    return make


def orders(edit: Callable[[bytes], bytes] = bytes, **changes: Any) -> Maker:
    """A package with one order on a case nobody knows, edited as bytes or by its keys."""

    def make(county: Counties) -> bytes:
        asked = {"field": "live_state", "reason": "入户看过"}
        order = Order(UUID(int=1), UUID(int=99), "request", 3, asked, AT, "赵县管")
        line = canonical({**json.loads(write_orders([order])), **changes}) + b"\n"
        return county.saying("STATUS", edit(line))

    return make


def release(edit: Callable[[bytes], bytes] = bytes, **changes: Any) -> Maker:
    """A package with a catalogue of no files."""

    def make(county: Counties) -> bytes:
        plain = Release(NODE, 2, "2026-12-01", "", AT, {}).to_bytes()
        return county.saying("CATALOG", edit(canonical({**json.loads(plain), **changes})))

    return make


def back(
    edit: Callable[[bytes], bytes] = bytes,
    chain: Sequence[Chain] = (),
    part: tuple[int, int] = (1, 1),
) -> Maker:
    """A package that gives back an earlier database's first event."""

    def make(county: Counties) -> bytes:
        first = log(EARLIER_DB)[0]
        chains = tuple(chain) or (Chain(EARLIER_DB, 1, 1, first.hash),)
        return county.saying("RESEND", edit(write_give_back(GiveBack(chains, *part), [first])))

    return make


def cut(county: Counties) -> bytes:
    """An answer whose signature is another's, under the county's name."""
    good = split(county.ack())
    return county.of().forge(
        header=good[0], ciphertext=good[2], signer=county.nodes["stranger"].signing
    )


TAKEN: dict[str, Maker] = {
    "an answer": lambda county: county.ack(),
    "a database given back": back(),
}

REFUSED: dict[str, tuple[Maker, str]] = {
    "an answer signed by a stranger": (cut, "DAMAGED"),
    "an answer of another county": (
        lambda county: county.ack("stranger", key=county_key(county.nodes["stranger"]).fingerprint),
        "UNKNOWN_KEY",
    ),
    "an answer on another desk's road": (lambda c: c.ack(to="0" * 32), "MISROUTED"),
    "an answer from another node": (lambda c: c.forged(**{"from": "610423"}), "UNKNOWN_KEY"),
    "an answer wrapped anew": (lambda c: c.forged(seq=2, prev="00" * 32), "DAMAGED"),
    "an answer called an order": (lambda c: c.forged(kind="STATUS"), "DAMAGED"),
    "an answer without a body": (lambda c: c.parts(lambda p: listing(p[:1])), "DAMAGED"),
    "an answer with two bodies": (
        lambda c: c.parts(lambda p: listing([*p, ("orders.ndjson", b"{}\n")])),
        "DAMAGED",
    ),
    "an answer with events": (
        lambda c: c.parts(lambda p: listing([*p, ("events.ndjson", b"{}\n")])),
        "DAMAGED",
    ),
    "an answer with a key too many": (body(note=1), "DAMAGED"),
    "an answer without its day": (body(at="gone"), "DAMAGED"),
    "an answer with a short hash": (body(ack_hash="00"), "DAMAGED"),
    "an answer with an unknown outcome": (body(results=[[1, "00" * 32, "FINE"]]), "DAMAGED"),
    "an answer to a wrong site": (body(site="61042200100"), "DAMAGED"),
    "an answer with a number below nothing": (body(ack_seq=-1), "DAMAGED"),
    "an answer not canonical": (
        lambda c: c.saying("ACK", c.answer().to_bytes() + b" "),
        "DAMAGED",
    ),
    "an order of an unknown kind": (orders(kind="abolish"), "TOO_NEW"),
    "an order given twice": (orders(lambda line: line * 2), "DAMAGED"),
    "an order with a blank": (orders(lambda line: line.replace(b":", b": ", 1)), "DAMAGED"),
    "an order line without its end": (orders(lambda line: line[:-1]), "DAMAGED"),
    "an order upon no version": (orders(base=0), "DAMAGED"),
    "an order with a key too many": (orders(note=1), "DAMAGED"),
    "an order without a reason": (orders(body={"field": "live_state", "reason": ""}), "DAMAGED"),
    "an order by nobody": (orders(by=""), "DAMAGED"),
    "an order with an empty line": (orders(lambda line: line + b"\n"), "DAMAGED"),
    "a catalogue of a later form": (release(version=2), "TOO_NEW"),
    "a give-back of this very database": (
        back(chain=[Chain(DB_ID, 1, 1, GENESIS)]),
        "DAMAGED",
    ),
    "a give-back of more than it names": (
        back(chain=[Chain(EARLIER_DB, 1, 0, GENESIS)]),
        "DAMAGED",
    ),
    "a give-back that ends too early": (
        back(chain=[Chain(EARLIER_DB, 1, 2, key_bytes("x"))]),
        "HELD",
    ),
    "a give-back with another head": (
        back(chain=[Chain(EARLIER_DB, 1, 1, key_bytes("x"))]),
        "HELD",
    ),
    "a give-back with a changed event": (
        back(lambda data: data.replace(b"14:06", b"14:07", 1)),
        "DAMAGED",
    ),
    "a give-back that begins too late": (
        lambda county: county.saying(
            "RESEND",
            write_give_back(GiveBack((Chain(EARLIER_DB, 1, 2, log(EARLIER_DB)[1].hash),), 1, 1), [])
            + write_line(log(EARLIER_DB)[1]),
        ),
        "HELD",
    ),
    "a give-back of a part beyond the last": (
        back(lambda data: data.replace(b'"part":1', b'"part":2', 1)),
        "DAMAGED",
    ),
    "a give-back without its first line": (back(lambda data: data.split(b"\n", 1)[1]), "DAMAGED"),
    "a give-back without its end": (back(lambda data: data[:-1]), "DAMAGED"),
    "keys in a package": (lambda c: c.saying("KEYS", b"{}"), "DAMAGED"),
    "a program in a package": (lambda c: c.forged(kind="UPDATE"), "TOO_NEW"),
}
"""Refused with this code: nothing of it is taken."""

SAID: dict[str, tuple[Maker, str]] = {
    "an answer for another content": (lambda c: c.ack(ack_hash=bytes(32)), "FORK"),
    "an answer ahead of the desk": (lambda c: c.ack(ack_seq=7), "FORK"),
    "an answer to another database": (lambda c: c.ack(db_id=UUID(int=3)), "MISROUTED"),
    "an answer to another epoch": (lambda c: c.ack(epoch=2), "MISROUTED"),
    "an order on a case nobody knows": (orders(), "UNKNOWN"),
    "a catalogue that cannot be read": (release(), "BROKEN"),
    "a catalogue of another county": (release(county="610423"), "COUNTY"),
    "a catalogue with a blank": (release(lambda data: data + b" "), "DAMAGED"),
    "a catalogue with a path": (release(files=[["../x.toml", ""]]), "DAMAGED"),
    "a catalogue with a file twice": (
        release(files=[["catalog/catalog.toml", ""], ["catalog/catalog.toml", ""]]),
        "DAMAGED",
    ),
    "a catalogue over before it begins": (release(valid_through="2026-11-30"), "DAMAGED"),
    "a catalogue of no number": (release(release=0), "DAMAGED"),
    "a give-back of a later database": (
        back(chain=[Chain(LATER_DB, 1, 1, GENESIS)]),
        "BEHIND",
    ),
}
"""Passed over with a sentence; only what shows that the county has more of this window than is here is noted down."""
