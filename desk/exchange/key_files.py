"""The two files that make a county and a desk known to each other: public keys, signed by themselves."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from desk.domain.canonical import Json, canonical
from desk.errors import PackageRefused
from desk.exchange import strict_json as strict
from desk.exchange.keys import (
    PUBLIC_BYTES,
    SIGNATURE_BYTES,
    SigningPair,
    fingerprint,
    is_recipient,
    is_signed,
)
from desk.exchange.strict_json import Body

T = TypeVar("T")

COUNTY_SUFFIX, ENROLMENT_SUFFIX = ".bmkey", ".bmenrol"
MAX_BYTES = 16 * 1024
VERSION = 1
_COUNTY_CODE = re.compile(r"[0-9]{6}")
_KEYS = ("format", "version", "signing", "sealing", "recovery", "made_at", "signature")


@dataclass(frozen=True, slots=True)
class CountyKey:
    """What a desk must know of its county: `node` is its address, `sealing` and `recovery` are age recipients."""

    name: str
    code: str
    node: str
    signing: bytes
    sealing: str
    recovery: str
    made_at: str

    @property
    def fingerprint(self) -> bytes:
        return fingerprint(self.signing, (self.sealing, self.recovery))

    def body(self) -> dict[str, Json]:
        return {"name": self.name, "code": self.code, "node": self.node, **_keys_of(self)}


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What a county must know of one desk database; `site` is the community's 12-digit code."""

    site: str
    name: str
    window: int
    db_id: UUID
    epoch: int
    signing: bytes
    sealing: str
    recovery: str
    made_at: str

    @property
    def fingerprint(self) -> bytes:
        return fingerprint(self.signing, (self.sealing, self.recovery))

    @property
    def node(self) -> str:
        """The address of this desk database."""
        return self.db_id.hex

    def body(self) -> dict[str, Json]:
        return {
            "site": self.site,
            "name": self.name,
            "window": self.window,
            "db_id": self.db_id.hex,
            "epoch": self.epoch,
            **_keys_of(self),
        }


def county_key_file(key: CountyKey, signer: SigningPair) -> bytes:
    """The bytes of `county.bmkey`."""
    return _signed("bianmin-county-key", key.body(), signer)


def enrolment_file(enrolment: Enrolment, signer: SigningPair) -> bytes:
    """The bytes of a desk's `*.bmenrol`."""
    return _signed("bianmin-enrolment", enrolment.body(), signer)


def parse_county_key(data: bytes) -> CountyKey:
    """The county's keys.

    Raises:
        PackageRefused: BAD_FILE, TOO_NEW, or DAMAGED when it is not signed by the key it names.
    """
    return _parsed(data, "bianmin-county-key", ("name", "code", "node"), _county_key)


def parse_enrolment(data: bytes) -> Enrolment:
    """A desk's keys.

    Raises:
        PackageRefused: BAD_FILE, TOO_NEW, or DAMAGED when it is not signed by the key it names.
    """
    names = ("site", "name", "window", "db_id", "epoch")
    return _parsed(data, "bianmin-enrolment", names, _enrolment)


def _signed(form: str, body: Mapping[str, Json], signer: SigningPair) -> bytes:
    whole: dict[str, Json] = {"format": form, "version": VERSION, **body}
    if signer.public.hex() != whole["signing"]:
        raise ValueError("a key file is signed with the key it names")
    return canonical({**whole, "signature": signer.sign(_message(form, whole)).hex()})


def _parsed(data: bytes, form: str, names: tuple[str, ...], make: Callable[[Body], T]) -> T:
    try:
        body = strict.read_body(data, MAX_BYTES)
        if body["format"] != form:
            raise ValueError("another kind of file")
        if strict.number(body, "version", 1) > VERSION:
            raise PackageRefused("TOO_NEW")
        strict.exactly(body, (*names, *_KEYS))
        made = make(body)
        signature = strict.octets(body, "signature", SIGNATURE_BYTES)
    except (ValueError, KeyError) as error:
        raise PackageRefused("BAD_FILE") from error
    unsigned = {name: value for name, value in body.items() if name != "signature"}
    if not is_signed(bytes.fromhex(body["signing"]), signature, _message(form, unsigned)):
        raise PackageRefused("DAMAGED")
    return made


def _message(form: str, unsigned: Mapping[str, Json]) -> bytes:
    return f"{form}/{VERSION}\0".encode("ascii") + canonical(unsigned)


def _county_key(body: Body) -> CountyKey:
    return CountyKey(
        name=strict.text(body, "name", 80, 1),
        code=strict.matching(body, "code", _COUNTY_CODE),
        node=strict.matching(body, "node", strict.NODE),
        signing=strict.octets(body, "signing", PUBLIC_BYTES),
        sealing=_recipient(body, "sealing"),
        recovery=_recipient(body, "recovery"),
        made_at=strict.moment(body, "made_at"),
    )


def _enrolment(body: Body) -> Enrolment:
    return Enrolment(
        site=strict.matching(body, "site", strict.SITE),
        name=strict.text(body, "name", 80, 1),
        window=strict.number(body, "window", 1, 99),
        db_id=strict.an_id(body, "db_id"),
        epoch=strict.number(body, "epoch", 1),
        signing=strict.octets(body, "signing", PUBLIC_BYTES),
        sealing=_recipient(body, "sealing"),
        recovery=_recipient(body, "recovery"),
        made_at=strict.moment(body, "made_at"),
    )


def _keys_of(one: CountyKey | Enrolment) -> dict[str, Json]:
    return {
        "signing": one.signing.hex(),
        "sealing": one.sealing,
        "recovery": one.recovery,
        "made_at": one.made_at,
    }


def _recipient(body: Body, name: str) -> str:
    value = strict.text(body, name)
    if not is_recipient(value):
        raise ValueError(f"{name}: an age recipient is needed")
    return value
