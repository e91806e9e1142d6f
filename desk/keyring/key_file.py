"""`keys.json`, kept twice: who has a slot, each slot's settings and the wrapped key."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from desk.domain.canonical import Json, canonical
from desk.errors import OfficeDamaged, OfficeNewer
from desk.files import write_atomic
from desk.keyring.params import Argon2Params
from desk.keyring.wrapping import CHECK_BYTES, KEY_BYTES, NONCE_BYTES, SALT_BYTES

NAMES = ("keys.json", "keys.json.2")
FORMAT, VERSION = "bianmin-keys", 1
MAX_BYTES, MAX_SLOTS = 1 << 20, 1000
TAG_BYTES = 16
MAX_SEALED = 4096
_RECIPIENT = re.compile(r"age1[0-9a-z]{58}")


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to the data key; `params` is None in the recovery slot, whose secret needs no slow function."""

    id: str
    kind: Literal["operator", "recovery"]
    name: str
    salt: bytes
    params: Argon2Params | None
    nonce: bytes
    wrapped: bytes

    def bound(self) -> bytes:
        """What the wrapping is tied to: a slot under another id, kind or settings does not open."""
        return bound_data(self.id, self.kind, self.salt, self.params)


@dataclass(frozen=True, slots=True)
class CountySlot:
    """The way of the county's offline recovery key; `recipient` is its public half, by which an outdated slot is told."""

    recipient: str
    sealed: bytes


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The whole file. `edition` grows with each writing; `check` tells the right data key from a wrong one.

    `county` is there once a county is known. It stands beside the other slots, where a program that does not know of it passes
    it over: after a step back to that one people still get in.
    """

    edition: int
    label: str
    check: bytes
    proved: bool
    slots: tuple[Slot, ...]
    county: CountySlot | None = None

    def operators(self) -> tuple[Slot, ...]:
        return tuple(slot for slot in self.slots if slot.kind == "operator")

    def recovery(self) -> Slot:
        return next(slot for slot in self.slots if slot.kind == "recovery")


def bound_data(slot_id: str, kind: str, salt: bytes, params: Argon2Params | None) -> bytes:
    """The associated data of a slot's seal."""
    return canonical(
        {
            "format": FORMAT,
            "version": VERSION,
            "id": slot_id,
            "kind": kind,
            "kdf": _kdf(salt, params),
        }
    )


def is_there(folder: Path) -> bool:
    """Whether this folder has a key file, whole or not."""
    return any((folder / name).exists() for name in NAMES)


def read(folder: Path) -> KeyFile:
    """The newest good one of the two files.

    Raises:
        OfficeDamaged: neither reads as it should.
        OfficeNewer: a newer program wrote them.
    """
    good = [one for one in copies(folder) if one is not None]
    if not good:
        raise OfficeDamaged(NAMES[0])
    return max(good, key=lambda keys: keys.edition)


def copies(folder: Path) -> tuple[KeyFile | None, KeyFile | None]:
    """Both files, the one that is written first before the other; None for one that does not read as it should.

    Raises:
        OfficeNewer: a newer program wrote one of them.
    """
    first, second = (_copy(folder / name) for name in NAMES)
    return first, second


def _copy(path: Path) -> KeyFile | None:
    try:
        with path.open("rb") as file:
            return parse(file.read(MAX_BYTES + 1))
    except (OSError, ValueError):
        return None


def write(folder: Path, keys: KeyFile) -> None:
    """Write both files, one after the other; each is whole at every moment."""
    data = lay_out(keys)
    for name in NAMES:
        write_atomic(folder / name, data)


def lay_out(keys: KeyFile) -> bytes:
    """The file's bytes; the digest at its end finds damage, it is no protection."""
    body: dict[str, Json] = {
        "format": FORMAT,
        "version": VERSION,
        "edition": keys.edition,
        "label": keys.label,
        "check": keys.check.hex(),
        "proved": keys.proved,
        "slots": [_slot_body(slot) for slot in keys.slots],
    }
    if keys.county is not None:
        body["county"] = {
            "kind": "county",
            "recipient": keys.county.recipient,
            "sealed": keys.county.sealed.hex(),
        }
    return canonical({**body, "digest": _digest(body)})


def parse(data: bytes) -> KeyFile:
    """The key file from its bytes.

    Raises:
        ValueError: damaged, or not of this shape.
        OfficeNewer: whole, but of a later version.
    """
    if len(data) > MAX_BYTES:
        raise ValueError("too large")
    try:
        body = json.loads(data)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if not isinstance(body, dict) or body.pop("digest", None) != _digest(body):
        raise ValueError("not whole")
    version = body.get("version")
    if body.get("format") == FORMAT and isinstance(version, int) and version > VERSION:
        raise OfficeNewer
    try:
        return _key_file(body)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not of this shape") from error


def _key_file(body: Mapping[str, object]) -> KeyFile:
    slots = body["slots"]
    if (body["format"], _number(body["version"])) != (FORMAT, VERSION):
        raise ValueError("not a key file of this version")
    if not isinstance(slots, list) or len(slots) > MAX_SLOTS:
        raise ValueError("not a list of slots")
    keys = KeyFile(
        edition=_number(body["edition"]),
        label=_text(body["label"]),
        check=_octets(body["check"], CHECK_BYTES),
        proved=body["proved"] is True,
        slots=tuple(_slot(slot) for slot in slots),
        county=_county_slot(body["county"]) if "county" in body else None,
    )
    if [slot.kind for slot in keys.slots].count("recovery") != 1:
        raise ValueError("one recovery slot is needed")
    return keys


def _slot_body(slot: Slot) -> Json:
    return {
        "id": slot.id,
        "kind": slot.kind,
        "name": slot.name,
        "kdf": _kdf(slot.salt, slot.params),
        "nonce": slot.nonce.hex(),
        "wrapped": slot.wrapped.hex(),
    }


def _slot(body: Mapping[str, object]) -> Slot:
    kind, kdf = body["kind"], cast("Mapping[str, object]", body["kdf"])
    if kind not in ("operator", "recovery"):
        raise ValueError("a slot of no known kind")
    params = None
    if kind == "operator":
        params = Argon2Params(*(_number(kdf[key]) for key in ("memory_kib", "iterations", "lanes")))
    return Slot(
        id=_text(body["id"]),
        kind=kind,
        name=_text(body["name"]),
        salt=_octets(kdf["salt"], SALT_BYTES),
        params=params,
        nonce=_octets(body["nonce"], NONCE_BYTES),
        wrapped=_octets(body["wrapped"], KEY_BYTES + TAG_BYTES),
    )


def _county_slot(body: object) -> CountySlot:
    if not isinstance(body, dict) or set(body) != {"kind", "recipient", "sealed"}:
        raise ValueError("a county slot has three parts")
    recipient, told = _text(body["recipient"]), body["sealed"]
    if body["kind"] != "county" or not _RECIPIENT.fullmatch(recipient):
        raise ValueError("a county slot names its recipient")
    if not isinstance(told, str) or not 0 < len(told) <= 2 * MAX_SEALED:
        raise ValueError("sealed bytes are needed")
    sealed = bytes.fromhex(told)
    if sealed.hex() != told:
        raise ValueError("sealed bytes are written in one way")
    return CountySlot(recipient, sealed)


def _kdf(salt: bytes, params: Argon2Params | None) -> Json:
    if params is None:
        return {"name": "hkdf-sha256", "salt": salt.hex()}
    return {
        "name": "argon2id",
        "salt": salt.hex(),
        "memory_kib": params.memory_kib,
        "iterations": params.iterations,
        "lanes": params.lanes,
    }


def _digest(body: Json) -> str:
    try:
        return hashlib.sha256(canonical(body)).hexdigest()
    except (TypeError, RecursionError, UnicodeEncodeError) as error:
        raise ValueError("not a canonical body") from error


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > 200:
        raise ValueError("a short text is needed")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("a whole number is needed")
    return value


def _octets(value: object, size: int) -> bytes:
    data = bytes.fromhex(_text(value))
    if len(data) != size:
        raise ValueError(f"{size} bytes are needed")
    return data
