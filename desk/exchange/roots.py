"""The county's root list: three people's offline keys, two of which say what keys sign for the county.

    {"format", "version", "county", "number", "keys", "threshold", "hub", "catalog", "valid_from", "valid_to", "signatures"}

Canonical JSON. Each signature is Ed25519 over "bianmin-roots/1" 0x00 and the canonical body without the signatures. A list
is signed by at least `threshold` of its own keys and, but for the first, as many of those of the list before it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pyrage

from desk.domain.canonical import Json, canonical
from desk.errors import PackageRefused
from desk.exchange import strict_json as strict
from desk.exchange.keys import PUBLIC_BYTES, SIGNATURE_BYTES, SigningPair, is_signed

SUFFIX, KEY_SUFFIX = ".bmroot", ".bmrootkey"
FORMAT, VERSION = "bianmin-roots", 1
MAX_BYTES = 64 << 10
PEOPLE, THRESHOLD = 3, 2
MOST_ROLE_KEYS = 10
_SIGNED = f"{FORMAT}/{VERSION}\0".encode("ascii")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NAMES = (
    "format",
    "version",
    "county",
    "number",
    "keys",
    "threshold",
    "hub",
    "catalog",
    "valid_from",
    "valid_to",
    "signatures",
)


@dataclass(frozen=True, slots=True)
class RootList:
    """Who signs for what in a county: `keys` are the root keys, `hub` and `catalog` the keys of the two roles.

    A higher `number` is newer; days are ISO days, past `valid_to` people are told, nothing is locked.
    """

    county: str
    number: int
    keys: tuple[bytes, ...]
    hub: tuple[bytes, ...]
    catalog: tuple[bytes, ...]
    valid_from: str
    valid_to: str
    signatures: tuple[tuple[bytes, bytes], ...] = ()

    def body(self) -> dict[str, Json]:
        """What is signed."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "county": self.county,
            "number": self.number,
            "keys": [key.hex() for key in self.keys],
            "threshold": THRESHOLD,
            "hub": [key.hex() for key in self.hub],
            "catalog": [key.hex() for key in self.catalog],
            "valid_from": self.valid_from,
            "valid_to": self.valid_to,
        }

    def to_bytes(self) -> bytes:
        """The file."""
        rows: list[Json] = [[key.hex(), signature.hex()] for key, signature in self.signatures]
        return canonical({**self.body(), "signatures": rows})

    def signers(self) -> frozenset[bytes]:
        """The keys whose holders truly signed."""
        message = _SIGNED + canonical(self.body())
        return frozenset(key for key, made in self.signatures if is_signed(key, made, message))


def signed(listed: RootList, pair: SigningPair) -> RootList:
    """The list with this holder's signature; once is enough."""
    made = pair.sign(_SIGNED + canonical(listed.body()))
    others = {key: one for key, one in listed.signatures if key != pair.public}
    return _with(listed, {**others, pair.public: made})


def parse(data: bytes) -> RootList:
    """A list from its file, whoever signed it; `follows` tells whether it counts.

    Raises:
        PackageRefused: BAD_FILE, TOO_NEW.
    """
    try:
        body = strict.read_body(data, MAX_BYTES)
        if body["format"] != FORMAT:
            raise ValueError("another kind of file")
        if strict.number(body, "version", 1) > VERSION:
            raise PackageRefused("TOO_NEW")
        return _read(strict.exactly(body, _NAMES))
    except (ValueError, KeyError, TypeError) as error:
        raise PackageRefused("BAD_FILE") from error


def follows(listed: RootList, before: RootList | None) -> None:
    """Refuse a list that does not count as the one after `before` (None: as the first that is taken).

    Raises:
        PackageRefused: DAMAGED: not signed by enough of its own and of the former keys; UNKNOWN_KEY: another county's;
            HELD: lists between are missing; ALREADY: it is not newer.
    """
    signers = listed.signers()
    if len(signers & set(listed.keys)) < THRESHOLD:
        raise PackageRefused("DAMAGED", why="threshold")
    if before is None:
        return
    if listed.county != before.county:
        raise PackageRefused("UNKNOWN_KEY", why="another")
    if listed.number <= before.number:
        raise PackageRefused("ALREADY", number=listed.number)
    if listed.number != before.number + 1:
        raise PackageRefused("HELD", number=listed.number, expected=before.number + 1)
    if len(signers & set(before.keys)) < THRESHOLD:
        raise PackageRefused("DAMAGED", why="former")


def seal_key(pair: SigningPair, passphrase: str) -> bytes:
    """A private root key as an age file under a passphrase: a lost stick is no lost key, and `age -d` opens it too."""
    return bytes(pyrage.passphrase.encrypt(pair.to_bytes().hex().encode("ascii"), passphrase))


def open_key(data: bytes, passphrase: str) -> SigningPair:
    """The key `seal_key` sealed.

    Raises:
        PackageRefused: DAMAGED: another passphrase, or no such file.
    """
    try:
        return SigningPair.from_bytes(
            bytes.fromhex(pyrage.passphrase.decrypt(data, passphrase).decode("ascii"))
        )
    except (pyrage.DecryptError, ValueError) as error:
        raise PackageRefused("DAMAGED", why="passphrase") from error


def _with(listed: RootList, signatures: dict[bytes, bytes]) -> RootList:
    return RootList(
        listed.county,
        listed.number,
        listed.keys,
        listed.hub,
        listed.catalog,
        listed.valid_from,
        listed.valid_to,
        tuple(sorted(signatures.items())),
    )


def _read(body: strict.Body) -> RootList:
    if strict.number(body, "threshold") != THRESHOLD:
        raise ValueError("two of three")
    listed = RootList(
        county=strict.matching(body, "county", strict.NODE),
        number=strict.number(body, "number", 1),
        keys=_keys(strict.a_list(body, "keys", PEOPLE)),
        hub=_keys(strict.a_list(body, "hub", MOST_ROLE_KEYS)),
        catalog=_keys(strict.a_list(body, "catalog", MOST_ROLE_KEYS)),
        valid_from=strict.matching(body, "valid_from", _DAY),
        valid_to=strict.matching(body, "valid_to", _DAY),
        signatures=tuple(_signature(row) for row in strict.a_list(body, "signatures", 2 * PEOPLE)),
    )
    if len(set(listed.keys)) != PEOPLE or not listed.hub or not listed.catalog:
        raise ValueError("three different keys and a key for each role are needed")
    return listed


def _keys(rows: Sequence[object]) -> tuple[bytes, ...]:
    return tuple(strict.octets({"key": row}, "key", PUBLIC_BYTES) for row in rows)


def _signature(row: Sequence[object]) -> tuple[bytes, bytes]:
    key, made = row
    body = {"key": key, "made": made}
    return strict.octets(body, "key", PUBLIC_BYTES), strict.octets(body, "made", SIGNATURE_BYTES)
