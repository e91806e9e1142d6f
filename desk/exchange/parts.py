"""What a package carries: a manifest and parts in a fixed order, packed and unpacked within limits."""

import hashlib
import re
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from desk.domain.canonical import Json, canonical
from desk.exchange import strict_json as strict
from desk.exchange.header import DIGEST_BYTES, NO_EVENTS, VERSION, Header
from desk.exchange.strict_json import Body

MIB = 1 << 20
MANIFEST, EVENTS, BLOBS = "manifest.json", "events.ndjson", "blobs/"
BODIES: Mapping[str, str] = MappingProxyType(
    {
        "ACK": "ack.json",
        "STATUS": "orders.ndjson",
        "CATALOG": "catalog.json",
        "KEYS": "keys.json",
        "RESEND": "resend.ndjson",
    }
)
"""The part that says what a package of this kind is for; the other kinds have events alone."""
LONGEST_NAME = len(BLOBS) + 2 * DIGEST_BYTES
_ORDER = {MANIFEST: 0, **dict.fromkeys(BODIES.values(), 1), EVENTS: 2}
_NAME = re.compile("|".join((*map(re.escape, _ORDER), "blobs/[0-9a-f]{64}")))
_LISTED = frozenset(("parts", "before", "after"))


class NotWhole(Exception):
    """What came out of the ciphertext is not what the format says."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most a package may be, in bytes but for `parts` and `expansion`; checked before memory is taken.

    `expansion` is plain sequence to ciphertext; `whole` bounds what is held in memory at once. The sender keeps to them.
    """

    file: int = 2048 * MIB
    parts: int = 50_000
    part: int = 64 * MIB
    expansion: int = 50
    whole: int = 512 * MIB


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Contents:
    """What a package says: control totals before and after, events one a line, attachments.

    `body` is the part its kind has in `BODIES`; every package of such a kind has one, and no other package.
    """

    totals_before: Mapping[str, Json]
    totals_after: Mapping[str, Json]
    events: bytes = b""
    body: bytes = b""
    blobs: tuple[bytes, ...] = ()


def repeated(header: Header) -> dict[str, Json]:
    """What the manifest repeats of the header, so that contents cannot be wrapped anew under another one."""
    return {
        "id": header.id.hex,
        "kind": header.kind,
        "from": header.sender,
        "to": header.to,
        "db_id": header.db_id.hex,
        "epoch": header.epoch,
        "seq": header.seq,
        "events": list(header.events),
    }


def pack(repeating: Mapping[str, Json], contents: Contents, limits: Limits = LIMITS) -> list[bytes]:
    """The plain sequence, in pieces: length and name, size and bytes of each part in order; a zero length ends it.

    Raises:
        ValueError: a limit would be passed.
    """
    listed = _listed(str(repeating["kind"]), contents)
    manifest: dict[str, Json] = {
        **repeating,
        "parts": [_entry(name, data) for name, data in listed.items()],
        "before": contents.totals_before,
        "after": contents.totals_after,
    }
    pieces = []
    for name, data in {MANIFEST: canonical(manifest), **listed}.items():
        if len(data) > limits.part:
            raise ValueError(f"{name} is too large")
        label = name.encode("ascii")
        pieces.append(len(label).to_bytes(2, "big") + label + len(data).to_bytes(8, "big"))
        pieces.append(data)
    pieces.append(bytes(2))
    if len(listed) + 1 > limits.parts or sum(map(len, pieces)) > limits.whole:
        raise ValueError("too much for one package")
    return pieces


class Unpacker:
    """Takes the plain sequence piece by piece and keeps its parts; stops at the first limit passed.

    `most` is what the whole sequence may come to. It is a writer for those who push: `write`, `flush`.
    """

    def __init__(self, limits: Limits, most: int) -> None:
        self._limits, self._left = limits, min(most, limits.whole)
        self._parts: dict[str, bytes] = {}
        self._pending = bytearray()
        self._steps = self._read()
        self._need: int | None = next(self._steps)

    def write(self, data: bytes) -> int:
        """Take the next piece.

        Raises:
            NotWhole: too much, or not of this form.
        """
        self._left -= len(data)
        if self._left < 0:
            raise NotWhole
        if not self._pending and len(data) == self._need:
            # As a sender hands it over: a part whole, which need not be copied.
            self._take(bytes(data))
            return len(data)
        self._pending += data
        while self._need is not None and len(self._pending) >= self._need:
            with memoryview(self._pending) as pending:
                piece = bytes(pending[: self._need])
            del self._pending[: self._need]
            self._take(piece)
        if self._need is None and self._pending:
            raise NotWhole
        return len(data)

    def _take(self, piece: bytes) -> None:
        try:
            self._need = self._steps.send(piece)
        except StopIteration:
            self._need = None

    def flush(self) -> None:
        """Nothing is held back."""

    def finished(self) -> dict[str, bytes]:
        """The parts by name.

        Raises:
            NotWhole: the end has not come.
        """
        if self._need is not None:
            raise NotWhole
        return self._parts

    def _read(self) -> Generator[int, bytes, None]:
        """Says how many bytes it needs next and is sent them."""
        last = (-1, "")
        while length := int.from_bytes((yield 2), "big"):
            if length > LONGEST_NAME or len(self._parts) == self._limits.parts:
                raise NotWhole
            name = (yield length).decode("ascii", "replace")
            place = (_ORDER.get(name, len(_ORDER)), name)
            if not _NAME.fullmatch(name) or place <= last:
                raise NotWhole
            size = int.from_bytes((yield 8), "big")
            if size > min(self._limits.part, self._left + len(self._pending)):
                raise NotWhole
            self._parts[name], last = (yield size), place


def verified(header: Header, parts: Mapping[str, bytes], limits: Limits = LIMITS) -> Contents:
    """The contents, once the manifest is that of this header and each part is the one listed.

    Raises:
        NotWhole: something does not fit.
    """
    try:
        body = strict.read_body(parts[MANIFEST], limits.part)
        if header.version <= VERSION:
            strict.exactly(body, {*repeated(header), *_LISTED})
        _check(header, body, parts)
        return Contents(
            totals_before=strict.an_object(body, "before"),
            totals_after=strict.an_object(body, "after"),
            events=parts.get(EVENTS, b""),
            body=parts.get(BODIES.get(header.kind, ""), b""),
            blobs=tuple(data for name, data in parts.items() if name.startswith(BLOBS)),
        )
    except (KeyError, ValueError) as error:
        raise NotWhole from error


def _check(header: Header, body: Body, parts: Mapping[str, bytes]) -> None:
    found = [_entry(name, data) for name, data in parts.items() if name != MANIFEST]
    same = all(body[name] == value for name, value in repeated(header).items())
    named = all(
        entry["name"] == f"{BLOBS}{entry['sha256']}"
        for entry in found
        if entry["name"] not in _ORDER
    )
    bodies = {name for name in BODIES.values() if name in parts}
    wanted = {BODIES[header.kind]} if header.kind in BODIES else set()
    fitting = bodies == wanted and (EVENTS in parts) == (header.events != NO_EVENTS)
    if body["parts"] != found or not (same and named and fitting):
        raise ValueError("manifest, header and parts differ")


def _listed(kind: str, contents: Contents) -> dict[str, bytes]:
    """The parts behind the manifest, in their order.

    Raises:
        ValueError: there is a body and this kind has no part for it.
    """
    if contents.body and kind not in BODIES:
        raise ValueError(f"{kind} has no body")
    listed = {BODIES.get(kind, ""): contents.body, EVENTS: contents.events}
    listed = {name: data for name, data in listed.items() if data}
    return {**listed, **dict(sorted(_blobs(contents)))}


def _blobs(contents: Contents) -> Iterator[tuple[str, bytes]]:
    for blob in contents.blobs:
        yield BLOBS + hashlib.sha256(blob).hexdigest(), blob


def _entry(name: str, data: bytes) -> dict[str, str | int]:
    return {"name": name, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
