"""The county's list of its desks' public keys, signed by the county: with it every desk tells a genuine paper offline."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desk.domain.canonical import Json, canonical
from desk.errors import PackageRefused
from desk.exchange import strict_json as strict
from desk.exchange.key_files import CountyKey
from desk.exchange.keys import PUBLIC_BYTES, SIGNATURE_BYTES, SigningPair, is_signed

SUFFIX = ".bmkeys"
FORMAT, VERSION = "bianmin-key-list", 1
MAX_BYTES = 4 << 20
MAX_KEYS = 20_000
_SIGNED = f"{FORMAT}/{VERSION}\0".encode("ascii")
_NAMES = ("format", "version", "county", "key", "number", "made_at", "desks", "signature")
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})?")


@dataclass(frozen=True, slots=True)
class ListedDesk:
    """One desk's key; `revoked_on` is an ISO day, '' while the key is in use."""

    site: str
    name: str
    window: int
    public: bytes
    revoked_on: str = ""


@dataclass(frozen=True, slots=True)
class KeyList:
    """All desks a county knows, those whose keys are revoked among them; a higher `number` is newer."""

    county: str
    number: int
    made_at: str
    desks: tuple[ListedDesk, ...]


def list_name(county: str) -> str:
    """The file's name: one for each county, so that a stick holds the newest only."""
    return f"keys-{county}{SUFFIX}"


def key_list_file(listed: KeyList, key: CountyKey, signer: SigningPair) -> bytes:
    """The bytes of the file.

    Raises:
        ValueError: no reader would take it, or `signer` is not the county's.
    """
    body: dict[str, Json] = {
        "format": FORMAT,
        "version": VERSION,
        "county": listed.county,
        "key": key.fingerprint.hex(),
        "number": listed.number,
        "made_at": listed.made_at,
        "desks": [_row(desk) for desk in listed.desks],
    }
    data = canonical({**body, "signature": signer.sign(_SIGNED + canonical(body)).hex()})
    try:
        parse_key_list(data, key)
    except PackageRefused as error:
        raise ValueError("no reader would take this list") from error
    return data


def parse_key_list(data: bytes, county: CountyKey) -> KeyList:
    """The list, if this very county made it.

    Raises:
        PackageRefused: BAD_FILE, TOO_NEW, UNKNOWN_KEY when another county made it, or DAMAGED when its signature is not right.
    """
    try:
        body = strict.read_body(data, MAX_BYTES)
        if body["format"] != FORMAT:
            raise ValueError("another kind of file")
        if strict.number(body, "version", 1) > VERSION:
            raise PackageRefused("TOO_NEW")
        listed = _list(strict.exactly(body, _NAMES))
        signature = strict.octets(body, "signature", SIGNATURE_BYTES)
    except (ValueError, KeyError, TypeError) as error:
        raise PackageRefused("BAD_FILE") from error
    if (body["county"], body["key"]) != (county.node, county.fingerprint.hex()):
        raise PackageRefused("UNKNOWN_KEY")
    unsigned = {name: value for name, value in body.items() if name != "signature"}
    if not is_signed(county.signing, signature, _SIGNED + canonical(unsigned)):
        raise PackageRefused("DAMAGED")
    return listed


def _list(body: strict.Body) -> KeyList:
    return KeyList(
        county=strict.matching(body, "county", strict.NODE),
        number=strict.number(body, "number", 1),
        made_at=strict.moment(body, "made_at"),
        desks=tuple(map(_desk, strict.a_list(body, "desks", MAX_KEYS))),
    )


def _row(desk: ListedDesk) -> list[Json]:
    return [desk.site, desk.name, desk.window, desk.public.hex(), desk.revoked_on]


def _desk(row: Sequence[object]) -> ListedDesk:
    names = ("site", "name", "window", "public", "revoked_on")
    body = dict(zip(names, row, strict=True))
    return ListedDesk(
        site=strict.matching(body, "site", strict.SITE),
        name=strict.text(body, "name", 80, 1),
        window=strict.number(body, "window", 1, 99),
        public=strict.octets(body, "public", PUBLIC_BYTES),
        revoked_on=strict.matching(body, "revoked_on", _DAY),
    )
