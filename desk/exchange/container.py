"""The package file: magic, clear header, signature, ciphertext. Made here; `receiving` reads it.

"BMQX" 0x01 | u32 header length | header | u16 signature length | signature | age ciphertext of zstd of the parts
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import pyrage
import zstandard

from desk.domain.canonical import Json
from desk.exchange import parts
from desk.exchange.header import NO_EVENTS, Header, Kind
from desk.exchange.keys import SIGNATURE_BYTES, SigningPair
from desk.exchange.parts import LIMITS, Contents, Limits

MAGIC = b"BMQX\x01"
SUFFIX = ".bmq"
SIGNED = b"bmq-exchange/1\0"
LEVEL = 6
# The reader takes no more, so that a small file cannot ask for much memory.
MAX_WINDOW = 8 * parts.MIB


@dataclass(frozen=True, slots=True)
class PackageDraft:
    """A package before it is sealed; the fields are those of `Header`."""

    kind: Kind
    id: UUID
    sender: str
    to: str
    db_id: UUID
    epoch: int
    seq: int
    prev: bytes | None
    made_at: str
    key: bytes
    contents: Contents
    events: tuple[int, int] = NO_EVENTS
    catalog: int = 0
    schema: int = 0
    audit_head: bytes = bytes(32)

    def header(self, ciphertext: bytes) -> Header:
        return Header(
            kind=self.kind,
            id=self.id,
            sender=self.sender,
            to=self.to,
            db_id=self.db_id,
            epoch=self.epoch,
            seq=self.seq,
            prev=self.prev,
            events=self.events,
            catalog=self.catalog,
            schema=self.schema,
            made_at=self.made_at,
            audit_head=self.audit_head,
            ct_len=len(ciphertext),
            ct_sha256=hashlib.sha256(ciphertext).digest(),
            key=self.key,
        )


def seal(
    draft: PackageDraft, signer: SigningPair, recipients: Iterable[str], limits: Limits = LIMITS
) -> bytes:
    """The whole file, for the addressee and the recovery keys among `recipients` (age, X25519).

    Sealing the same draft again gives other bytes: keep these until they are acknowledged, never make them anew.

    Raises:
        ValueError: no reader would take it: a limit is passed, a field is not of its shape.
    """
    sequence = parts.pack(_repeated(draft), draft.contents, limits)
    ciphertext = encrypted(compressed(sequence), recipients)
    if sum(map(len, sequence)) > limits.expansion * len(ciphertext):
        raise ValueError("the contents expand more than a reader allows")
    header = draft.header(ciphertext)
    parts.verified(header, _unpacked(sequence, limits), limits)
    sealed = framed(header.to_bytes(), signer, ciphertext)
    if len(sealed) > limits.file:
        raise ValueError("too large for one file")
    return sealed


def framed(header: bytes, signer: SigningPair, ciphertext: bytes) -> bytes:
    """Magic, header and signature with their lengths before the ciphertext."""
    signature = signer.sign(SIGNED + header)
    lengths = len(header).to_bytes(4, "big"), SIGNATURE_BYTES.to_bytes(2, "big")
    return b"".join((MAGIC, lengths[0], header, lengths[1], signature, ciphertext))


def compressed(sequence: Iterable[bytes]) -> bytes:
    """One zstd frame over all pieces."""
    work = zstandard.ZstdCompressor(level=LEVEL).compressobj()
    return b"".join([*(work.compress(piece) for piece in sequence), work.flush()])


def encrypted(plain: bytes, recipients: Iterable[str]) -> bytes:
    """An age v1 file for these recipients."""
    return bytes(
        pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(one) for one in recipients])
    )


def _repeated(draft: PackageDraft) -> dict[str, Json]:
    return parts.repeated(draft.header(b"-"))


def _unpacked(sequence: Iterable[bytes], limits: Limits) -> dict[str, bytes]:
    unpacker = parts.Unpacker(limits, limits.whole)
    for piece in sequence:
        unpacker.write(piece)
    return unpacker.finished()
