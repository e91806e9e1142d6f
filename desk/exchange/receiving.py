"""Reading a package in the order of the format's receiving table: the first failure decides, nothing is guessed."""

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, cast
from uuid import UUID

import pyrage
import zstandard

from desk.errors import PackageRefused, StickTrouble
from desk.exchange import header as headers
from desk.exchange import parts
from desk.exchange.container import MAGIC, MAX_WINDOW, SIGNED
from desk.exchange.header import Header
from desk.exchange.keys import SIGNATURE_BYTES, SealingPair, is_signed
from desk.exchange.outcomes import Outcome
from desk.exchange.parts import LIMITS, Contents, Limits, NotWhole

FARTHEST = 10_000
CHUNK = 1 << 20

Source = bytes | Path


@dataclass(frozen=True, slots=True)
class SenderState:
    """What this side knows of a sender: his key as he enrolled, and how far his packages are applied here.

    `node` is his name in `from`. `last_digest` is the SHA-256 of his last applied file, `earlier_digest` that of the file
    applied under the number of the package at hand (None: a snapshot passed it over). The dates are the first and last day his
    key signs for. `closed`: another database carries on what this one had, so nothing further is taken of it.
    """

    node: str
    db_id: UUID
    signing: bytes
    fingerprint: bytes
    last_seq: int = 0
    last_digest: bytes | None = None
    earlier_digest: bytes | None = None
    revoked: bool = False
    closed: bool = False
    valid_from: str = "0001-01-01"
    valid_to: str = "9999-12-31"


@dataclass(frozen=True, slots=True)
class ReaderContext:
    """Who reads: the addresses that are ours, the kinds we take, and where to look a sender up by his header."""

    addresses: frozenset[str]
    kinds: frozenset[str]
    sender: Callable[[Header], SenderState | None]
    limits: Limits = LIMITS


@dataclass(frozen=True, slots=True)
class Inspected:
    """What became of a package before it was opened; READY means that `open_parts` may follow.

    `digest` (SHA-256 of the file) is there once the file was read through, from MISROUTED on; `header` from UNKNOWN_KEY on.
    """

    outcome: Outcome
    source: Source
    header: Header | None = None
    digest: bytes = b""
    start: int = 0
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Front:
    """Everything before the ciphertext."""

    header: Header
    signed: bytes
    signature: bytes
    start: int


def inspect(source: Source, reader: ReaderContext) -> Inspected:
    """Decide everything that can be decided without opening; writes nothing.

    Raises:
        StickTrouble: the file could not be read.
    """
    seen = Inspected("BAD_FILE", source)
    try:
        with _opened(source) as file:
            front = _front(file, reader.limits)
            seen = replace(seen, header=front.header, start=front.start)
            state = _known(front.header, reader)
            digest = _undamaged(file, front, state)
        seen = replace(seen, digest=digest)
        _ours(front.header, reader)
        _in_order(front.header, digest, state)
    except PackageRefused as refused:
        return replace(seen, outcome=cast("Outcome", refused.code), facts=refused.facts)
    return replace(seen, outcome="READY")


def read_header(source: Source, limits: Limits = LIMITS) -> Header:
    """The header alone, unchecked but for its shape: to list what lies on a stick.

    Raises:
        PackageRefused: BAD_FILE or TOO_NEW.
        StickTrouble: the file could not be read.
    """
    with _opened(source) as file:
        return _front(file, limits).header


def open_parts(
    package: Inspected, pairs: Iterable[SealingPair], limits: Limits = LIMITS
) -> Contents:
    """Decrypt, unpack and check a READY package; nothing is given out before all of it fits.

    Raises:
        PackageRefused: DAMAGED.
        StickTrouble: the file could not be read.
    """
    if package.outcome != "READY" or package.header is None:
        raise ValueError("only a package found READY is opened")
    unpacker = parts.Unpacker(limits, limits.expansion * package.header.ct_len)
    try:
        with _opened(package.source) as file:
            file.seek(package.start)
            read = _Reader(file, package.header.ct_len)
            _unseal(read, unpacker, pairs)
        # Between the two readings the stick could have been changed.
        if read.digest() != package.header.ct_sha256:
            raise NotWhole
        return parts.verified(package.header, unpacker.finished(), limits)
    except (NotWhole, zstandard.ZstdError, pyrage.DecryptError) as error:
        raise PackageRefused("DAMAGED") from error


def open_unsigned(source: Source, pairs: Iterable[SealingPair]) -> tuple[Header, Contents]:
    """Header and contents of a file of which nobody here can say who signed it; only that it is whole.

    Raises:
        PackageRefused: BAD_FILE, TOO_NEW; DAMAGED: it is not whole, or not sealed to any of these pairs.
        StickTrouble: the file could not be read.
    """
    with _opened(source) as file:
        front = _front(file, LIMITS)
    seen = Inspected("READY", source, front.header, start=front.start)
    return front.header, open_parts(seen, pairs)


def _unseal(read: "_Reader", unpacker: parts.Unpacker, pairs: Iterable[SealingPair]) -> None:
    zstd = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW)
    # It is only ever written to; the library's types ask for all of a file.
    sink = cast(BinaryIO, unpacker)
    writer = zstd.stream_writer(sink, write_size=CHUNK, closefd=False)
    try:
        pyrage.decrypt_io(read, writer, [pair.identity for pair in pairs])
    except OSError as error:
        # Damage comes as an OSError without a number; one with a number is the stick.
        if error.errno is not None:
            raise
        raise NotWhole from error


def _front(file: BinaryIO, limits: Limits) -> _Front:
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    magic = file.read(len(MAGIC))
    if magic[:-1] == MAGIC[:-1] and magic[-1:] > MAGIC[-1:]:
        raise PackageRefused("TOO_NEW")
    if size > limits.file:
        raise PackageRefused("BAD_FILE", why="too_large")
    if magic != MAGIC:
        raise PackageRefused("BAD_FILE")
    header = _block(file, 4, headers.MAX_BYTES)
    signature = _block(file, 2, SIGNATURE_BYTES)
    parsed = headers.parse(header)
    if len(signature) != SIGNATURE_BYTES or file.tell() + parsed.ct_len != size:
        raise PackageRefused("BAD_FILE")
    return _Front(parsed, SIGNED + header, signature, file.tell())


def _block(file: BinaryIO, width: int, most: int) -> bytes:
    """Bytes with their length before them."""
    length = file.read(width)
    size = int.from_bytes(length, "big")
    if len(length) != width or size > most:
        raise PackageRefused("BAD_FILE")
    data = file.read(size)
    if len(data) != size:
        raise PackageRefused("BAD_FILE")
    return data


def _known(header: Header, reader: ReaderContext) -> SenderState:
    state = reader.sender(header)
    if state is None:
        raise PackageRefused("UNKNOWN_KEY", why="unknown")
    told = (header.sender, header.db_id, header.key)
    if told != (state.node, state.db_id, state.fingerprint):
        raise PackageRefused("UNKNOWN_KEY", why="another")
    if state.revoked:
        raise PackageRefused("UNKNOWN_KEY", why="revoked")
    if not state.valid_from <= header.made_at[:10] <= state.valid_to:
        raise PackageRefused("UNKNOWN_KEY", why="dates")
    return state


def _undamaged(file: BinaryIO, front: _Front, state: SenderState) -> bytes:
    """The digest of the whole file, once signature and ciphertext are what they should be."""
    if not is_signed(state.signing, front.signature, front.signed):
        raise PackageRefused("DAMAGED", why="signature")
    file.seek(0)
    whole = hashlib.sha256(file.read(front.start))
    ciphertext = hashlib.sha256()
    while chunk := file.read(CHUNK):
        whole.update(chunk)
        ciphertext.update(chunk)
    if ciphertext.digest() != front.header.ct_sha256:
        raise PackageRefused("DAMAGED", why="ciphertext")
    return whole.digest()


def _ours(header: Header, reader: ReaderContext) -> None:
    if header.to not in reader.addresses:
        raise PackageRefused("MISROUTED", to=header.to)
    if header.kind not in reader.kinds:
        # A kind the format knows and this program does not take yet.
        raise PackageRefused("TOO_NEW", kind=header.kind)


def _in_order(header: Header, digest: bytes, state: SenderState) -> None:
    expected = state.last_seq + 1
    if header.seq < expected:
        last = header.seq == state.last_seq
        known = state.last_digest if last else state.earlier_digest
        same = known is None or known == digest
        raise PackageRefused("ALREADY" if same else "FORK", seq=header.seq)
    if state.closed:
        raise PackageRefused("UNKNOWN_KEY", why="closed")
    if header.seq > state.last_seq + FARTHEST:
        raise PackageRefused("TOO_FAR", seq=header.seq, expected=expected)
    if header.kind == "SNAPSHOT":
        # It carries again whatever was not acknowledged, so what is missing before it is not missed.
        return
    if header.seq > expected or header.prev != state.last_digest:
        raise PackageRefused("HELD", seq=header.seq, expected=expected)


class _Reader:
    """The ciphertext of a file, hashed as it is read."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file, self._left = file, size
        self._hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        wanted = self._left if size < 0 else min(size, self._left)
        data = self._file.read(wanted)
        self._left -= len(data)
        self._hash.update(data)
        return data

    def digest(self) -> bytes:
        """SHA-256 of all that was read."""
        return self._hash.digest()


@contextmanager
def _opened(source: Source) -> Iterator[BinaryIO]:
    if isinstance(source, bytes):
        with io.BytesIO(source) as memory:
            yield memory
        return
    try:
        with source.open("rb") as file:
            yield file
    except OSError as error:
        raise StickTrouble("read", str(source)) from error
