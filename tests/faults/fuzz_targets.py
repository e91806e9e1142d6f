"""What strangers hand us, and the doors that take it: each gives the code of its refusal, or '' for what it took."""

import hashlib
import io
import json
import random
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from desk import keyring
from desk.domain.canonical import canonical
from desk.errors import CatalogRejected, DeskError, PackageRefused, TableRefused
from desk.exchange import ack, catalog_body, key_files, key_list, order_lines, resend, roots
from desk.exchange.keys import SealingPair
from desk.exchange.receiving import inspect, open_parts
from desk.importing.json_file import read_json
from desk.importing.tables import read_table
from desk.keyring import attempts
from desk.paths import OfficePaths
from desk.resources import read_tree, resource_bytes
from desk.services import backups
from desk.services.rules import load_rules, read_rules, shipped_source
from tests.builders import QUICK
from tests.exchange.makers import AT, Exchange, county_key, enrolment, key_bytes, split
from tests.exchange.test_key_list import FILE as KEY_LIST
from tests.exchange.test_key_list import KEY
from tests.exchange.test_order_lines import BODIES, order
from tests.exchange.test_roots import FIRST as ROOTS
from tests.faults.mutants import either, mutant, told_otherwise
from tests.importing.books import HEADINGS, PEOPLE, book, parts

WORLD = Exchange()


@dataclass(frozen=True, slots=True)
class Target:
    """`make` gives the bytes of a mutant, `take` hands them to the program in a folder of its own."""

    make: Callable[[random.Random], bytes]
    take: Callable[[bytes, Path], str]


def package(rng: random.Random) -> bytes:
    """Changed on the road, or rightly signed with a head or content gone mad."""
    whole = good_package()
    match rng.randrange(4):
        case 0:
            return mutant(whole, rng)
        case 1:
            return WORLD.forge(header=either(split(whole)[0], rng)[:60_000])
        case 2:
            return WORLD.forge(plain=mutant(b"\x28\xb5\x2f\xfd" + whole[:300], rng))
        case _:
            return WORLD.forge(sequence=mutant(WORLD.sequence(whole), rng))


@cache
def good_package() -> bytes:
    return WORLD.package()


def take_package(data: bytes, _folder: Path) -> str:
    seen = inspect(data, WORLD.reader)
    if seen.outcome != "READY":
        return seen.outcome
    try:
        open_parts(seen, [WORLD.county.sealing])
    except PackageRefused as refused:
        return refused.code
    return ""


def _release() -> bytes:
    files = {name: data.decode() for name, data in read_tree("holidays").items()}
    told = {f"holidays/{name}": text for name, text in files.items() if name.endswith(".json")}
    return catalog_body.Release(
        county="610422",
        release=7,
        effective_from="2026-12-01",
        valid_through="2027-12-31",
        made_at=AT,
        files={name: text.encode() for name, text in told.items()},
    ).to_bytes()


@cache
def signed_files() -> Mapping[str, tuple[bytes, Callable[[bytes], object]]]:
    """The smaller files and parts of the exchange: a good one of each, and who reads it."""
    county, desk = WORLD.county, WORLD.desk
    orders = order_lines.write_orders([order(kind, n) for n, kind in enumerate(BODIES, 1)])
    body = ack.AckBody("610422001001", enrolment(desk).db_id, 1, 1, bytes(32), AT)
    return {
        "county key": (
            key_files.county_key_file(county_key(county), county.signing),
            key_files.parse_county_key,
        ),
        "enrolment": (
            key_files.enrolment_file(enrolment(desk), desk.signing),
            key_files.parse_enrolment,
        ),
        "key list": (KEY_LIST, lambda data: key_list.parse_key_list(data, KEY)),
        "root list": (ROOTS.to_bytes(), roots.parse),
        "ack": (body.to_bytes(), ack.parse_ack),
        "orders": (orders, order_lines.parse_orders),
        "release": (_release(), catalog_body.parse_release),
        "give back": (
            b'{"chains":[],"of":1,"part":1}\n',
            lambda d: list(resend.read_give_back(d)[1]),
        ),
    }


def small_file(rng: random.Random) -> bytes:
    """One of them, its name before it."""
    name = rng.choice(sorted(signed_files()))
    good = signed_files()[name][0]
    lines = name in ("orders", "give back")
    return name.encode() + b"\0" + (mutant if lines else either)(good, rng)


def take_small_file(data: bytes, _folder: Path) -> str:
    name, _, body = data.partition(b"\0")
    try:
        signed_files()[name.decode()][1](body)
    except PackageRefused as refused:
        return refused.code
    return ""


@cache
def good_book() -> Mapping[str, bytes]:
    """The parts of a workbook; the one that names the moment of its making is left out, so that a seed does it again."""
    with tempfile.TemporaryDirectory() as folder:
        contents = parts(book(Path(folder) / "a.xlsx", [HEADINGS, *PEOPLE]))
    return {name: data for name, data in contents.items() if name != "docProps/core.xml"}


def spreadsheet(rng: random.Random) -> bytes:
    """The zip changed, or one of its parts and packed anew."""
    contents = dict(good_book())
    if rng.random() < 0.5:
        return mutant(zipped(contents), rng)
    name = rng.choice(sorted(contents))
    contents[name] = mutant(contents[name], rng)
    return zipped(contents)


def zipped(contents: Mapping[str, bytes]) -> bytes:
    """The same bytes whenever it is made."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def csv_file(rng: random.Random) -> bytes:
    text = "\r\n".join(",".join(row) for row in (HEADINGS, *PEOPLE * 20))
    return mutant(text.encode(rng.choice(("utf-8", "utf-8-sig", "gb18030"))), rng)


def take_table(data: bytes, folder: Path) -> str:
    path = folder / "table.xlsx"
    path.write_bytes(data)
    try:
        table = read_table(path)
    except TableRefused as refused:
        return refused.code
    assert all(len(row) == len(table.headings) for row in table.rows)
    return ""


def requests(rng: random.Random) -> bytes:
    return either(resource_bytes("importing/requests.example.json"), rng)


def take_requests(data: bytes, folder: Path) -> str:
    path = folder / "requests.json"
    path.write_bytes(data)
    keys = ("request_no", "name", "id_no", "phone", "live_addr", "item", "wanted", "sent_at")
    try:
        read_json(path, "requests", keys)
    except TableRefused as refused:
        return refused.code
    return ""


@cache
def county_pair() -> SealingPair:
    """The county's offline recovery key."""
    return SealingPair.generate()


@cache
def good_keys() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        keyring.create_key_file(
            Path(folder),
            key_bytes("data"),
            label="池阳社区",
            operator_id="aa",
            operator_name="王敏",
            password="渭河北岸有一棵老槐树A1",
            params=QUICK,
        )
        keyring.put_county(Path(folder), county_pair().recipient, key_bytes("data"))
        return (Path(folder) / "keys.json").read_bytes()


def key_file(rng: random.Random) -> bytes:
    """Changed, or rightly summed with a body gone mad."""
    if rng.random() < 0.3:
        return mutant(good_keys(), rng)
    return summed(told_otherwise(good_keys(), rng), "digest")


def summed(data: bytes, name: str) -> bytes:
    """JSON with the digest of itself under that name, where it can have one."""
    try:
        body = json.loads(data)
        body.pop(name, None)
        digest = hashlib.sha256(canonical(body)).hexdigest()
        return canonical({**body, name: digest})
    except (TypeError, ValueError, RecursionError):
        return data


def take_key_file(data: bytes, folder: Path) -> str:
    for name in ("keys.json", "keys.json.2"):
        (folder / name).write_bytes(data)
    try:
        assert len(keyring.operators(folder)) <= 1000
        key = keyring.open_with_county(folder, county_pair().to_bytes().decode("ascii"))
        assert key == key_bytes("data")
    except DeskError as refused:
        return type(refused).__name__
    return ""


def settings(rng: random.Random) -> bytes:
    """What lies beside the file: counted tries, a backup's manifest; and a county's edited catalogue."""
    match rng.randrange(3):
        case 0:
            good = canonical({"aa": {"count": 3, "boot": "b", "ms": 1500, "at": AT}})
            return b"tries\0" + either(good, rng)
        case 1:
            return b"manifest\0" + summed(either(good_manifest(), rng), "self")
        case _:
            name = rng.choice(catalog_files())
            return name.encode() + b"\0" + mutant(shipped()[name], rng)


@cache
def shipped() -> Mapping[str, bytes]:
    return shipped_source()


@cache
def catalog_files() -> list[str]:
    return sorted(name for name in shipped() if not name.startswith("layouts"))


@cache
def pinyin() -> Any:
    return load_rules().pinyin


def good_manifest() -> bytes:
    standing = backups.Standing(9, 3, 9, bytes(32))
    made = enrolment(WORLD.desk).db_id
    return backups.Manifest(AT, "day", made, 1, standing, 1, 4096, bytes(32)).to_bytes()


def take_settings(data: bytes, folder: Path) -> str:
    word, _, body = data.partition(b"\0")
    name = word.decode()
    if name == "tries":
        (folder / attempts.NAME).write_bytes(body)
        assert all(
            one.pause(attempts.running_time()) <= 900 for one in attempts.failures(folder).values()
        )
        return ""
    if name == "manifest":
        made = OfficePaths(folder).backups / "one"
        made.mkdir(parents=True, exist_ok=True)
        (made / backups.MANIFEST).write_bytes(body)
        return "" if backups.listed(made.parent) else "no backup"
    try:
        read_rules({**shipped(), name: body}, pinyin())
    except CatalogRejected:
        return "CatalogRejected"
    return ""


TARGETS: Mapping[str, Target] = MappingProxyType(
    {
        "packages": Target(package, take_package),
        "key files and parts": Target(small_file, take_small_file),
        "spreadsheets": Target(spreadsheet, take_table),
        "CSV": Target(csv_file, take_table),
        "JSON": Target(requests, take_requests),
        "key file": Target(key_file, take_key_file),
        "settings": Target(settings, take_settings),
    }
)
