"""A public key's fingerprint as a code to scan: scanning it is comparing the six words, and more exact.

"BMK" | kind, one letter | fingerprint, 32 bytes  as base32 without padding, 58 characters; kind: C county, D desk
"""

import base64
import unicodedata
from typing import Literal

from desk.exchange.keys import FINGERPRINT_BYTES

Whose = Literal["C", "D"]
LENGTH = 58
_MAGIC = b"BMK"
_START = base64.b32encode(_MAGIC + b"\0\0")[:4].decode("ascii")


def key_code(whose: Whose, fingerprint: bytes) -> str:
    """The text of the QR code.

    Raises:
        ValueError: not a fingerprint.
    """
    if len(fingerprint) != FINGERPRINT_BYTES:
        raise ValueError("a fingerprint is 32 bytes")
    return base64.b32encode(_MAGIC + whose.encode("ascii") + fingerprint).decode().rstrip("=")


def is_key_code(text: str) -> bool:
    """Whether `text` begins as such a code does."""
    return len(text) < 2 * LENGTH and _cleaned(text).startswith(_START)


def fits(text: str, whose: Whose, fingerprint: bytes) -> bool:
    """Whether the code stands for this very key of this side."""
    try:
        data = base64.b32decode(_cleaned(text) + "=" * (-len(_cleaned(text)) % 8))
    except ValueError:
        return False
    return data == _MAGIC + whose.encode("ascii") + fingerprint


def _cleaned(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text[: 2 * LENGTH]).upper()
    return "".join(char for char in plain if not char.isspace() and char not in "-=")
