"""The two key pairs of an exchange node, one to sign and one to unseal, and the words people compare them by."""

import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyrage
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from desk.resources import resource_bytes

PUBLIC_BYTES, SIGNATURE_BYTES, FINGERPRINT_BYTES = 32, 64, 32
WORDS = 6


class SigningPair:
    """An Ed25519 pair; what it signed, everybody can check with `public`."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = private.public_key().public_bytes_raw()

    @classmethod
    def generate(cls) -> "SigningPair":
        """A new pair."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_bytes(cls, data: bytes) -> "SigningPair":
        """The pair `to_bytes` gave. Raises ValueError."""
        return cls(Ed25519PrivateKey.from_private_bytes(data))

    def to_bytes(self) -> bytes:
        """The private half, 32 bytes: to be kept inside the encrypted database only."""
        return self._private.private_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """64 bytes of signature."""
        return self._private.sign(message)


class SealingPair:
    """An X25519 pair of the age format; what is sealed to `recipient` opens with it alone."""

    def __init__(self, identity: Any) -> None:
        self.identity = identity
        self.recipient = str(identity.to_public())

    @classmethod
    def generate(cls) -> "SealingPair":
        """A new pair."""
        return cls(pyrage.x25519.Identity.generate())

    @classmethod
    def from_bytes(cls, data: bytes) -> "SealingPair":
        """The pair `to_bytes` gave. Raises ValueError."""
        try:
            return cls(pyrage.x25519.Identity.from_str(data.decode("ascii")))
        except pyrage.IdentityError as error:
            raise ValueError("not an age identity") from error

    @property
    def public_half(self) -> "PublicHalf":
        return PublicHalf(self.recipient)

    def to_bytes(self) -> bytes:
        """The private half as age writes it: to be kept inside the encrypted database only, or offline."""
        return str(self.identity).encode("ascii")


@dataclass(frozen=True, slots=True)
class PublicHalf:
    """The public half of a sealing pair whose private half lies elsewhere: it can be sealed to and opens nothing here."""

    recipient: str

    def to_bytes(self) -> bytes:
        """What `sealing_half` reads again."""
        return self.recipient.encode("ascii")


def sealing_half(data: bytes) -> SealingPair | PublicHalf:
    """What `to_bytes` of either gave. Raises ValueError."""
    if is_recipient(told := data.decode("ascii")):
        return PublicHalf(told)
    return SealingPair.from_bytes(data)


def is_signed(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the holder of `public` signed `message`."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def is_recipient(recipient: str) -> bool:
    """Whether this is an age X25519 recipient."""
    try:
        return str(pyrage.x25519.Recipient.from_str(recipient)) == recipient
    except pyrage.RecipientError:
        return False


def fingerprint(signing: bytes, recipients: Iterable[str]) -> bytes:
    """32 bytes that stand for a node's public keys: SHA-256 over each with its length."""
    told = hashlib.sha256(b"bmq-fingerprint/1\0")
    for part in (signing, *(recipient.encode("ascii") for recipient in recipients)):
        told.update(len(part).to_bytes(2, "big") + part)
    return told.digest()


@cache
def six_words(of: bytes) -> tuple[str, ...]:
    """Six characters to read out and compare.

    They stand for 48 bits. The slow function before them (30 ms) makes looking for another key with the same six as hard
    as a search through about 63 bits of plain hashes.
    """
    slow = hashlib.scrypt(of, salt=b"bmq-words/1", n=2**14, r=8, p=1, dklen=WORDS)
    return tuple(words()[byte] for byte in slow)


@cache
def words() -> tuple[str, ...]:
    """The 256 characters, one for each byte value."""
    listed = tomllib.loads(resource_bytes("exchange/words.toml").decode("utf-8"))
    return tuple(listed["words"])
