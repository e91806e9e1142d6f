"""Faults of a package's form, by name, each with the outcome it must have (the form of age's test vectors)."""

import hashlib
from collections.abc import Callable
from typing import Any

import zstandard

from desk.exchange.header import MAX_BYTES
from desk.exchange.keys import SigningPair
from tests.exchange.makers import Exchange, key_bytes, listing, split, strung

OTHER_KEY = SigningPair.from_bytes(key_bytes("somebody"))
Maker = Callable[[Exchange], bytes]


def head(**changes: Any) -> Maker:
    """A well signed package with these header fields."""
    return lambda world: world.forge(head=changes)


def raw(edit: Callable[[bytes], bytes]) -> Maker:
    """A good package, edited as bytes."""
    return lambda world: edit(world.package())


def rebuilt(edit: Callable[[Exchange, bytes, bytes, bytes], bytes]) -> Maker:
    """A package put together anew from header, signature and ciphertext."""
    return lambda world: edit(world, *split(world.package()))


def header_bytes(edit: Callable[[bytes], bytes]) -> Maker:
    """A package whose header bytes were edited before they were signed."""
    return lambda world: world.forge(header=edit(split(world.package())[0]))


def manifest(**changes: Any) -> Maker:
    """A well signed package whose manifest says something else."""
    return lambda world: world.forge(sequence=listing(world.listed(), **changes))


def parts(edit: Callable[[list[tuple[str, bytes]]], bytes]) -> Maker:
    """A well signed package whose plain sequence was made otherwise."""
    return lambda world: world.forge(sequence=edit(world.listed()))


def plain(edit: Callable[[bytes], bytes]) -> Maker:
    """A well signed package whose compressed plaintext was edited."""

    def make(world: Exchange) -> bytes:
        return world.forge(plain=edit(zstandard.ZstdCompressor().compress(world.sequence())))

    return make


def blob(name: str, data: bytes = b"photo") -> tuple[str, bytes]:
    return (f"blobs/{name}", data)


def digest(data: bytes = b"photo") -> str:
    return hashlib.sha256(data).hexdigest()


BEFORE_OPENING: dict[str, tuple[Maker, str]] = {
    "empty file": (lambda _: b"", "BAD_FILE"),
    "another kind of file": (lambda _: b"%PDF-1.7 and so on", "BAD_FILE"),
    "magic only": (raw(lambda p: p[:5]), "BAD_FILE"),
    "later container": (raw(lambda p: p[:4] + b"\x02" + p[5:]), "TOO_NEW"),
    "earlier container": (raw(lambda p: p[:4] + b"\x00" + p[5:]), "BAD_FILE"),
    "header length beyond the file": (raw(lambda p: p[:5] + b"\0\0\x3f\xff" + p[9:]), "BAD_FILE"),
    "header length beyond the limit": (raw(lambda p: p[:5] + b"\xff" * 4 + p[9:]), "BAD_FILE"),
    "header of 16 KiB and a byte": (
        header_bytes(lambda h: h[:-1] + b',"z":"' + b"z" * (MAX_BYTES - len(h) - 6) + b'"}'),
        "BAD_FILE",
    ),
    "signature cut": (raw(lambda p: p[: p.index(b"age-enc") - 1]), "BAD_FILE"),
    "signature of 63 bytes": (
        rebuilt(lambda w, h, s, c: pieces(h, s[:63], c)),
        "BAD_FILE",
    ),
    "ciphertext cut": (raw(lambda p: p[:-1]), "BAD_FILE"),
    "ciphertext longer": (raw(lambda p: p + b"\0"), "BAD_FILE"),
    "header no JSON": (header_bytes(lambda _: b"{"), "BAD_FILE"),
    "header a list": (header_bytes(lambda _: b"[]"), "BAD_FILE"),
    "header with a blank": (header_bytes(lambda h: h.replace(b":", b": ", 1)), "BAD_FILE"),
    "header with a doubled key": (
        header_bytes(lambda h: h.replace(b'"seq":1', b'"seq":1,"seq":1')),
        "BAD_FILE",
    ),
    "header not sorted": (
        header_bytes(lambda h: h.replace(b"{", b'{"v":[1,0],', 1).replace(b',"v":[1,0]}', b"}")),
        "BAD_FILE",
    ),
    "header with a float": (
        header_bytes(lambda h: h.replace(b'"seq":1', b'"seq":1.0')),
        "BAD_FILE",
    ),
    "header nested deep": (header_bytes(lambda _: b"[" * 2_000), "BAD_FILE"),
    "header lacks a key": (head(audit_head="gone"), "BAD_FILE"),
    "header with a key too many": (head(note="x"), "BAD_FILE"),
    "another format": (head(fmt="bmq-other"), "BAD_FILE"),
    "unknown kind": (head(kind="PARTY"), "BAD_FILE"),
    "number as text": (head(seq="1"), "BAD_FILE"),
    "number as truth": (head(epoch=True), "BAD_FILE"),
    "negative number": (head(seq=-1), "BAD_FILE"),
    "number beyond 2^53": (head(catalog=2**53), "BAD_FILE"),
    "id in capitals": (head(id="0193560C" + "0" * 24), "BAD_FILE"),
    "digest too short": (head(key="00"), "BAD_FILE"),
    "path as sender": (head(**{"from": "../../etc"}), "BAD_FILE"),
    "control character": (head(to="county\u0000"), "BAD_FILE"),
    "events run backwards": (head(events=[4, 1]), "BAD_FILE"),
    "events are three": (head(events=[1, 2, 3]), "BAD_FILE"),
    "moment without offset": (head(made_at="2026-11-23T14:06:00"), "BAD_FILE"),
    "first one with one before": (head(prev="00" * 32), "BAD_FILE"),
    "length of the ciphertext wrong": (head(ct_len=12), "BAD_FILE"),
    "newer reader asked for": (head(min_reader=[1, 1], v=[1, 1]), "TOO_NEW"),
    "newer reader and unknown keys": (head(min_reader=[2, 0], v=[2, 0], fresh=1), "TOO_NEW"),
    "national suite": (head(suite="S1"), "TOO_NEW"),
    "key unknown": (head(key="00" * 32), "UNKNOWN_KEY"),
    "another hall under this key": (head(**{"from": "610422001002"}), "UNKNOWN_KEY"),
    "another database under this key": (head(db_id="00" * 16), "UNKNOWN_KEY"),
    "before the key's first day": (head(made_at="2025-12-31T23:59:59+08:00"), "UNKNOWN_KEY"),
    "after the key's last day": (head(made_at="2028-01-01T00:00:00+08:00"), "UNKNOWN_KEY"),
    "signed by somebody else": (lambda w: w.forge(signer=OTHER_KEY), "DAMAGED"),
    "signed without the domain": (
        rebuilt(lambda w, h, s, c: pieces(h, w.desk.signing.sign(h), c)),
        "DAMAGED",
    ),
    "ciphertext of another package": (
        rebuilt(lambda w, h, s, c: pieces(h, s, c[:-1] + bytes([c[-1] ^ 1]))),
        "DAMAGED",
    ),
    "digest of the ciphertext wrong": (head(ct_sha256="00" * 32), "DAMAGED"),
    "for another county": (head(to="county-610423"), "MISROUTED"),
    "a kind not taken yet": (head(kind="UPDATE"), "TOO_NEW"),
    "number far ahead": (head(seq=10_001, prev="00" * 32), "TOO_FAR"),
    "number ahead": (head(seq=10_000, prev="00" * 32), "HELD"),
    "second before the first": (head(seq=2, prev="00" * 32), "HELD"),
}

AFTER_OPENING: dict[str, Maker] = {
    "no age file": lambda w: w.forge(ciphertext=b"not age at all"),
    "age file cut": lambda w: w.forge(ciphertext=split(w.package())[2][:-20]),
    "age file with a tail": lambda w: w.forge(ciphertext=split(w.package())[2] + b"tail"),
    "no zstd inside": plain(lambda _: b"not zstd at all"),
    "zstd cut": plain(lambda p: p[:-10]),
    "zstd with a tail": plain(lambda p: p + b"tail tail"),
    "zstd with a second frame": plain(lambda p: p + zstandard.ZstdCompressor().compress(b"x")),
    "nothing inside": plain(lambda _: b""),
    "no end": parts(lambda p: strung(p, end=b"")),
    "more after the end": parts(lambda p: strung(p) + b"x"),
    "no parts": parts(lambda _: strung([])),
    "no manifest": parts(lambda p: strung(p[1:])),
    "manifest last": parts(lambda p: strung(p[::-1])),
    "manifest twice": parts(lambda p: strung([p[0], *p])),
    "a path as part": parts(lambda p: listing([*p, ("../../desk.db", b"x")])),
    "a part of no known name": parts(lambda p: listing([*p, ("notes.txt", b"x")])),
    "a name not ASCII": parts(lambda p: listing([*p, ("blobs/图", b"x")])),
    "a very long name": parts(lambda p: strung(p, end=b"\xff\xff" + b"n" * 70_000)),
    "a size beyond everything": parts(
        lambda p: strung(p, end=b"\0\x0a" + b"ack.json__" + b"\xff" * 8)
    ),
    "a blob under another digest": parts(lambda p: listing([*p, blob("0" * 64)])),
    "a blob twice": parts(lambda p: listing([*p, blob(digest()), blob(digest())])),
    "blobs out of order": parts(
        lambda p: listing([*p, *sorted([blob(digest()), blob(digest(b"b"), b"b")], reverse=True)])
    ),
    "a part not listed": parts(lambda p: strung([*p, blob(digest())])),
    "a part listed and not there": manifest(
        parts=[{"name": "events.ndjson", "sha256": "0" * 64, "size": 1}]
    ),
    "a part changed": parts(lambda p: strung([p[0], (p[1][0], p[1][1][:-2] + b"]\n")])),
    "an ack in a package of data": parts(lambda p: listing([p[0], ("ack.json", b"{}"), p[1]])),
    "no events where some are told": parts(lambda p: listing(p[:1])),
    "manifest of another package": manifest(id="00" * 16),
    "manifest of another sender": manifest(**{"from": "610422001002"}),
    "manifest of another addressee": manifest(to="county-610423"),
    "manifest of another epoch": manifest(epoch=2),
    "manifest of another number": manifest(seq=2),
    "manifest of another kind": manifest(kind="SNAPSHOT"),
    "manifest of other events": manifest(events=[1, 5]),
    "manifest with a key too many": manifest(note=1),
    "manifest whose totals are a list": manifest(after=[]),
    "manifest no JSON": parts(lambda p: strung([(p[0][0], b"{"), *p[1:]])),
    "manifest not canonical": parts(lambda p: strung([(p[0][0], p[0][1] + b" "), *p[1:]])),
    "manifest nested deep": parts(lambda p: strung([(p[0][0], b"[" * 200_000), *p[1:]])),
}


def pieces(header: bytes, signature: bytes, ciphertext: bytes) -> bytes:
    lengths = len(header).to_bytes(4, "big"), len(signature).to_bytes(2, "big")
    return b"BMQX\x01" + lengths[0] + header + lengths[1] + signature + ciphertext
