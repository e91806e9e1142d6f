"""The two files that make a county and a desk known to each other: public keys, signed by themselves."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TypeVar
from uuid import UUID

from desk.domain.canonical import Json, canonical
from desk.errors import PackageRefused
from desk.exchange import strict_json as strict
from desk.exchange.keys import (
    FINGERPRINT_BYTES,
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
PLAIN, VERSION = 1, 2
"""A file that names no earlier key or database is of the first version."""
_COUNTY_CODE = re.compile(r"[0-9]{6}")
_COUNTY, _DESK = "bianmin-county-key", "bianmin-enrolment"
_EMPTY: Mapping[str, dict[str, Json]] = MappingProxyType({_COUNTY: {}, _DESK: {"before": None}})
"""What a file of the second version has although there is nothing to say."""
_KEYS = ("format", "version", "signing", "sealing", "recovery", "made_at", "signature")


@dataclass(frozen=True, slots=True)
class Voucher:
    """The holder's earlier key (its fingerprint), which signed this file too: so nobody need compare words again."""

    key: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Predecessor:
    """The database this one was restored or copied from, and the last event of it that is here."""

    origin: UUID
    epoch: int
    n: int
    head: bytes

    def body(self) -> dict[str, Json]:
        """As files and events carry it."""
        return {
            "origin": self.origin.hex,
            "epoch": self.epoch,
            "n": self.n,
            "head": self.head.hex(),
        }


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
    voucher: Voucher | None = None

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
    before: Predecessor | None = None
    voucher: Voucher | None = None

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
            **({"before": self.before.body()} if self.before else {}),
            **_keys_of(self),
        }


@dataclass(frozen=True, slots=True)
class FormerSigner:
    """An earlier key of the same holder: fingerprint and pair."""

    key: bytes
    pair: SigningPair


def county_key_file(
    key: CountyKey, signer: SigningPair, former: FormerSigner | None = None
) -> bytes:
    """The bytes of `county.bmkey`; `former` vouches for new keys."""
    return _signed(_COUNTY, key.body(), signer, former)


def enrolment_file(
    enrolment: Enrolment, signer: SigningPair, former: FormerSigner | None = None
) -> bytes:
    """The bytes of a desk's `*.bmenrol`; `former` vouches for new keys."""
    return _signed(_DESK, enrolment.body(), signer, former)


def vouched_by(one: CountyKey | Enrolment, public: bytes) -> bool:
    """Whether the holder of this earlier key signed the file `one` was read from."""
    if one.voucher is None:
        return False
    form = _DESK if isinstance(one, Enrolment) else _COUNTY
    told: dict[str, Json] = {"former": one.voucher.key.hex()}
    whole = {"format": form, "version": VERSION, **_EMPTY[form], **one.body(), **told}
    return is_signed(public, one.voucher.signature, _vouched(form, whole))


def parse_county_key(data: bytes) -> CountyKey:
    """The county's keys.

    Raises:
        PackageRefused: BAD_FILE, TOO_NEW, or DAMAGED when it is not signed by the key it names.
    """
    return _parsed(data, _COUNTY, ("name", "code", "node"), _county_key)


@lru_cache(maxsize=1_024)
def parse_enrolment(data: bytes) -> Enrolment:
    """A desk's keys. A county reads each of its desks' anew for every package: those it found right it remembers.

    Raises:
        PackageRefused: BAD_FILE, TOO_NEW, or DAMAGED when it is not signed by the key it names.
    """
    names = ("site", "name", "window", "db_id", "epoch")
    return _parsed(data, _DESK, names, _enrolment)


def _signed(
    form: str, body: Mapping[str, Json], signer: SigningPair, former: FormerSigner | None
) -> bytes:
    plain = former is None and "before" not in body
    whole: dict[str, Json] = {"format": form, "version": PLAIN if plain else VERSION, **body}
    if signer.public.hex() != whole["signing"]:
        raise ValueError("a key file is signed with the key it names")
    if not plain:
        whole = {**_EMPTY[form], **whole, "former": former.key.hex() if former else None}
        voucher = former.pair.sign(_vouched(form, whole)).hex() if former else None
        whole["voucher"] = voucher
    return canonical({**whole, "signature": signer.sign(_message(form, whole)).hex()})


def _parsed(data: bytes, form: str, names: tuple[str, ...], make: Callable[[Body], T]) -> T:
    try:
        body = strict.read_body(data, MAX_BYTES)
        if body["format"] != form:
            raise ValueError("another kind of file")
        version = strict.number(body, "version", 1)
        if version > VERSION:
            raise PackageRefused("TOO_NEW")
        further = () if version == PLAIN else ("former", "voucher", *_EMPTY[form])
        strict.exactly(body, (*names, *_KEYS, *further))
        made = make(body)
        signature = strict.octets(body, "signature", SIGNATURE_BYTES)
    except (ValueError, KeyError, TypeError) as error:
        raise PackageRefused("BAD_FILE") from error
    unsigned = {name: value for name, value in body.items() if name != "signature"}
    if not is_signed(bytes.fromhex(body["signing"]), signature, _message(form, unsigned)):
        raise PackageRefused("DAMAGED")
    return made


def _message(form: str, unsigned: Mapping[str, Json]) -> bytes:
    return f"{form}/{unsigned['version']}\0".encode("ascii") + canonical(unsigned)


def _vouched(form: str, unsigned: Mapping[str, Json]) -> bytes:
    return f"{form}-voucher/{VERSION}\0".encode("ascii") + canonical(unsigned)


def _voucher(body: Body) -> Voucher | None:
    if body.get("former") is None or body.get("voucher") is None:
        if body.get("former") != body.get("voucher"):
            raise ValueError("an earlier key and its signature")
        return None
    return Voucher(
        strict.octets(body, "former", FINGERPRINT_BYTES),
        strict.octets(body, "voucher", SIGNATURE_BYTES),
    )


def read_predecessor(body: Body) -> Predecessor:
    """What `Predecessor.body` gave.

    Raises:
        ValueError, KeyError: it is not of this form.
    """
    strict.exactly(body, ("origin", "epoch", "n", "head"))
    return Predecessor(
        strict.an_id(body, "origin"),
        strict.number(body, "epoch", 1),
        strict.number(body, "n"),
        strict.octets(body, "head", FINGERPRINT_BYTES),
    )


def _county_key(body: Body) -> CountyKey:
    return CountyKey(
        name=strict.text(body, "name", 80, 1),
        code=strict.matching(body, "code", _COUNTY_CODE),
        node=strict.matching(body, "node", strict.NODE),
        signing=strict.octets(body, "signing", PUBLIC_BYTES),
        sealing=_recipient(body, "sealing"),
        recovery=_recipient(body, "recovery"),
        made_at=strict.moment(body, "made_at"),
        voucher=_voucher(body),
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
        before=read_predecessor(body["before"]) if body.get("before") is not None else None,
        voucher=_voucher(body),
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
