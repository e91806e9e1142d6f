"""The signed code of a paper: who reads it with the desk's public key sees offline whether anything was altered.

    text   = case number, compact (29 characters) | digits
    digits = decimal of the fields below, from the highest bit to the lowest
             item code (base 38, of any length) | version 4 | kind 16 | issued 16 | due 16 | name 32 | key 32 | signature 512

The number stands in clear, so that a scanner of anybody's program finds the case. Digits are the densest mode of QR (3.33
bits each): 41 by 41 modules at correction M, and no input method or keyboard layout changes them on their way.
Days are counted from 1970-01-01, 0 is none. `kind`, `name` and `key` are the first bytes of SHA-256.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from desk.domain.numbering import SERIES, Number, parse
from desk.exchange.keys import SIGNATURE_BYTES, SigningPair, is_signed

VERSION = 1
NUMBER_LENGTH = 29
KIND_BYTES, NAME_BYTES, KEY_BYTES = 2, 4, 4
_SIGNED = b"bmq-receipt/1\0"
_FIRST_DAY = date(1970, 1, 1)
_LAST_DAY = 2**16 - 1
_ITEM_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-"
_ITEM_BASE = len(_ITEM_SIGNS) + 1
_LONGEST_ITEM = 16
# Fields from the lowest bit up, after the signature; the item stands above them all.
_FIELDS = (("key", 32), ("name", 32), ("due", 16), ("issued", 16), ("kind", 16), ("version", 4))
_SIGNATURE_BITS = 8 * SIGNATURE_BYTES
_SHAPE = re.compile(rf"(?:{'|'.join(SERIES)})[0-9]{{26}}[0-9A-Z][0-9]{{120,}}")
_LONGEST = 400


class NewerCode(ValueError):
    """A newer program made the code."""


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """What a code says of its paper; `kind` names the sort of paper, `item` may be '' where it must not be told."""

    number: Number
    kind: str
    item: str
    issued: date
    due: date | None
    name: str


@dataclass(frozen=True, slots=True)
class ReceiptCode:
    """A code as it was read, `text` in its one spelling; nothing of it is proved before `verify`."""

    text: str
    number: Number
    kind: bytes
    item: str
    issued: date
    due: date | None
    name: bytes
    key: bytes
    signature: bytes
    message: bytes


def is_receipt(text: str) -> bool:
    """Whether `text` has the shape of such a code, genuine or not."""
    return len(text) < 2 * _LONGEST and _SHAPE.fullmatch(_cleaned(text)) is not None


def seal_receipt(facts: ReceiptFacts, signer: SigningPair) -> str:
    """The text of the QR code. The same facts and key give the same text (Ed25519 draws nothing by chance).

    Raises:
        ValueError: a date before 1970 or after 2149, or an item code of other signs than capitals, digits and hyphens.
    """
    compact = facts.number.compact
    fields = _packed(
        {
            "version": VERSION,
            "kind": int.from_bytes(kind_digest(facts.kind)),
            "issued": _day_number(facts.issued),
            "due": _day_number(facts.due) if facts.due else 0,
            "name": int.from_bytes(name_digest(facts.number, facts.name)),
            "key": int.from_bytes(key_id(signer.public)),
        },
        _item_number(facts.item),
    )
    signature = signer.sign(_message(compact, fields))
    return f"{compact}{fields << _SIGNATURE_BITS | int.from_bytes(signature)}"


def read_receipt(text: str) -> ReceiptCode:
    """What the code says.

    Raises:
        NewerCode: this program is too old for it.
        ValueError: it is none, or was altered so that it cannot be one any more.
    """
    plain = _cleaned(text)
    if not is_receipt(text) or len(plain) > _LONGEST:
        raise ValueError("not a signed code")
    number, digits = parse(plain[:NUMBER_LENGTH]), plain[NUMBER_LENGTH:]
    whole = int(digits)
    if str(whole) != digits:
        raise ValueError("one content has one spelling")
    fields, signature = whole >> _SIGNATURE_BITS, whole & ((1 << _SIGNATURE_BITS) - 1)
    values, item = _unpacked(fields)
    if values["version"] != VERSION:
        raise NewerCode("another version")
    return ReceiptCode(
        text=plain,
        number=number,
        kind=values["kind"].to_bytes(KIND_BYTES),
        item=_item_text(item),
        issued=_day(values["issued"]),
        due=_day(values["due"]) if values["due"] else None,
        name=values["name"].to_bytes(NAME_BYTES),
        key=values["key"].to_bytes(KEY_BYTES),
        signature=signature.to_bytes(SIGNATURE_BYTES),
        message=_message(number.compact, fields),
    )


def verify(code: ReceiptCode, public: bytes) -> bool:
    """Whether the holder of `public` sealed exactly this."""
    return code.key == key_id(public) and is_signed(public, code.signature, code.message)


def key_id(public: bytes) -> bytes:
    """4 bytes by which a key is looked up. They prove nothing: the signature is checked with the whole key."""
    return hashlib.sha256(b"bmq-key/1\0" + public).digest()[:KEY_BYTES]


def kind_digest(kind: str) -> bytes:
    """2 bytes that stand for a kind of paper."""
    return hashlib.sha256(b"bmq-kind/1\0" + kind.encode()).digest()[:KIND_BYTES]


def name_digest(number: Number, masked: str) -> bytes:
    """4 bytes that stand for a masked name on the paper of this number: another number, other bytes."""
    plain = unicodedata.normalize("NFC", masked).encode()
    told = b"bmq-name/1\0" + number.compact.encode("ascii") + b"\0" + plain
    return hashlib.sha256(told).digest()[:NAME_BYTES]


def _cleaned(text: str) -> str:
    """What a keyboard in full width, a line end or a helpful program adds on the way is taken off."""
    plain = unicodedata.normalize("NFKC", text[: 2 * _LONGEST]).upper()
    return "".join(char for char in plain if not char.isspace() and char != "-")


def _message(compact: str, fields: int) -> bytes:
    return _SIGNED + f"{compact}|{fields}".encode("ascii")


def _packed(values: dict[str, int], item: int) -> int:
    whole = item
    for name, bits in reversed(_FIELDS):
        whole = whole << bits | values[name]
    return whole


def _unpacked(fields: int) -> tuple[dict[str, int], int]:
    values = {}
    for name, bits in _FIELDS:
        values[name] = fields & ((1 << bits) - 1)
        fields >>= bits
    return values, fields


def _day_number(day: date) -> int:
    number = (day - _FIRST_DAY).days
    if not 0 < number <= _LAST_DAY:
        raise ValueError(f"no code can say {day}")
    return number


def _day(number: int) -> date:
    return _FIRST_DAY + timedelta(days=number)


def _item_number(item: str) -> int:
    if len(item) > _LONGEST_ITEM:
        raise ValueError(f"too long for an item code: {item}")
    whole = 0
    for sign in item:
        whole = whole * _ITEM_BASE + _ITEM_SIGNS.index(sign) + 1
    return whole


def _item_text(number: int) -> str:
    signs = ""
    while number:
        number, place = divmod(number, _ITEM_BASE)
        if not place or len(signs) == _LONGEST_ITEM:
            raise ValueError("no item code")
        signs = _ITEM_SIGNS[place - 1] + signs
    return signs
