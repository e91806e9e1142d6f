r"""The county's acknowledgement as a code to scan: how far a desk database is applied, signed, no stick needed.

    "BMQ1" | site, 12 digits | db_id, 16 bytes | epoch, u16 | seq, u32 | hash, 32 bytes | signature, 64 bytes   = 134 bytes

It travels as base32 (RFC 4648, without padding), 215 characters of QR's alphanumeric set: 49 by 49 modules at correction M.
`hash` is the SHA-256 of the package file `seq`; everything up to it is acknowledged. Ed25519 over "bmq-ack/1\0" and the 70
bytes before the signature, by the county's key.
"""

import base64
import unicodedata
from dataclasses import dataclass
from uuid import UUID

from desk.exchange.header import DIGEST_BYTES
from desk.exchange.keys import SIGNATURE_BYTES, SigningPair, is_signed
from desk.exchange.strict_json import SITE

MAGIC = b"BMQ1"
LENGTH = 215
_SIGNED = b"bmq-ack/1\0"
_PLAIN_BYTES, _WHOLE_BYTES = 70, 134
_START = base64.b32encode(MAGIC)[:6].decode("ascii")


@dataclass(frozen=True, slots=True)
class AckCode:
    """What a code says; nothing of it is proved before `verify`."""

    site: str
    db_id: UUID
    epoch: int
    seq: int
    digest: bytes
    signature: bytes = b""

    def message(self) -> bytes:
        """What is signed.

        Raises:
            ValueError: a number or hash of another size than the code holds.
        """
        if not SITE.fullmatch(self.site) or len(self.digest) != DIGEST_BYTES:
            raise ValueError("a site of 12 digits and a SHA-256 are needed")
        try:
            numbers = self.epoch.to_bytes(2, "big") + self.seq.to_bytes(4, "big")
        except OverflowError as error:
            raise ValueError("too large for the code") from error
        return MAGIC + self.site.encode("ascii") + self.db_id.bytes + numbers + self.digest


def seal_ack(code: AckCode, signer: SigningPair) -> str:
    """The text of the QR code.

    Raises:
        ValueError: it does not fit.
    """
    plain = code.message()
    return base64.b32encode(plain + signer.sign(_SIGNED + plain)).decode("ascii").rstrip("=")


def is_ack_code(text: str) -> bool:
    """Whether `text` begins as such a code does, genuine or not."""
    return len(text) < 2 * LENGTH and _cleaned(text).startswith(_START)


def read_ack_code(text: str) -> AckCode:
    """What the code says.

    Raises:
        ValueError: it is none, or was not read to its end.
    """
    plain = _cleaned(text)
    if len(plain) != LENGTH:
        raise ValueError("not of this length")
    data = base64.b32decode(plain + "=" * (-len(plain) % 8))
    if data[:4] != MAGIC or base64.b32encode(data).decode("ascii").rstrip("=") != plain:
        raise ValueError("one content has one spelling")
    site = data[4:16].decode("ascii", "replace")
    if len(data) != _WHOLE_BYTES or not SITE.fullmatch(site):
        raise ValueError("not of this form")
    return AckCode(
        site=site,
        db_id=UUID(bytes=data[16:32]),
        epoch=int.from_bytes(data[32:34], "big"),
        seq=int.from_bytes(data[34:38], "big"),
        digest=data[38:_PLAIN_BYTES],
        signature=data[_PLAIN_BYTES:],
    )


def verify(code: AckCode, public: bytes) -> bool:
    """Whether the holder of `public` sealed exactly this."""
    return len(code.signature) == SIGNATURE_BYTES and is_signed(
        public, code.signature, _SIGNED + code.message()
    )


def _cleaned(text: str) -> str:
    """What a keyboard in full width, a line end or a helpful program adds on the way is taken off."""
    plain = unicodedata.normalize("NFKC", text[: 2 * LENGTH]).upper()
    return "".join(char for char in plain if not char.isspace() and char not in "-=")
