"""What is sealed comes out again, and another implementation of the two standards agrees."""

import hashlib
import io
import json
import random

import pyrage
import pytest
import zstandard
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from desk.errors import PackageRefused
from desk.exchange.container import seal
from desk.exchange.keys import SealingPair
from desk.exchange.parts import Contents, Limits
from desk.exchange.receiving import inspect, open_parts, read_header
from tests.exchange.makers import AT, DB_ID, SECRET, SITE, Exchange, events, listing, parted, split


@pytest.fixture(scope="module")
def world() -> Exchange:
    return Exchange()


def test_contents_come_out_as_they_went_in(world):
    contents = world.contents(events(4), blobs=(b"photo", b"", b"another photo"))
    package = world.package(contents=contents)
    opened = open_parts(inspect(package, world.reader), [world.county.sealing])
    assert opened.events == contents.events
    assert opened.totals_after == contents.totals_after
    assert sorted(opened.blobs) == sorted(contents.blobs)
    assert opened.body == b""


@pytest.mark.parametrize("who", ["county sealing", "county recovery", "desk recovery"])
def test_addressee_and_both_recovery_keys_open_it(world, who):
    node, pair = who.split()
    package = inspect(world.package(), world.reader)
    opened = open_parts(package, [getattr(getattr(world, node), pair)])
    assert opened.events.count(b"\n") == 4


def test_nobody_else_opens_it(world):
    with pytest.raises(PackageRefused, match="DAMAGED"):
        open_parts(inspect(world.package(), world.reader), [SealingPair.generate()])


def test_a_file_is_read_as_bytes_are(world, tmp_path):
    path = tmp_path / "x.bmq"
    path.write_bytes(world.package())
    seen = inspect(path, world.reader)
    assert (seen.outcome, seen.digest) == ("READY", hashlib.sha256(path.read_bytes()).digest())
    assert open_parts(seen, [world.county.sealing]).events
    assert read_header(path) == seen.header


def test_a_stick_changed_between_looking_and_opening_is_noticed(world, tmp_path):
    """The second content is sealed for the county and fits its manifest: only the digest tells them apart."""
    path = tmp_path / "x.bmq"
    good = world.package(
        contents=world.contents(events(4), blobs=(random.Random(1).randbytes(4000),))
    )
    path.write_bytes(good)
    seen = inspect(path, world.reader)
    without = listing(parted(world.sequence(good))[:2])
    path.write_bytes(good[: seen.start] + split(world.forge(sequence=without))[2])
    with pytest.raises(PackageRefused, match="DAMAGED"):
        open_parts(seen, [world.county.sealing])
    path.write_bytes(good)
    assert open_parts(seen, [world.county.sealing]).blobs


def test_only_a_ready_package_is_opened(world):
    with pytest.raises(ValueError, match="READY"):
        open_parts(inspect(b"", world.reader), [world.county.sealing])


def test_another_implementation_verifies_and_opens_it(world):
    """By the letter of the format, with `cryptography`, pyrage and zstandard alone."""
    package = world.package()
    header, signature, ciphertext = split(package)
    key = Ed25519PublicKey.from_public_bytes(world.desk.signing.public)
    key.verify(signature, b"bmq-exchange/1\0" + header)
    with pytest.raises(InvalidSignature):
        key.verify(signature, header)
    body = json.loads(header)
    assert header == json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
    assert body["ct_sha256"] == hashlib.sha256(ciphertext).hexdigest()
    plain = pyrage.decrypt(ciphertext, [world.county.sealing.identity])
    sequence = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(plain)).read()
    (name, manifest), (second, lines) = parted(sequence)
    assert (name, second) == ("manifest.json", "events.ndjson")
    listed = json.loads(manifest)
    assert {key: listed[key] for key in ("id", "from", "to", "epoch", "seq")} == {
        key: body[key] for key in ("id", "from", "to", "epoch", "seq")
    }
    assert listed["parts"] == [
        {"name": second, "size": len(lines), "sha256": hashlib.sha256(lines).hexdigest()}
    ]
    assert [json.loads(line)["n"] for line in lines.splitlines()] == [1, 2, 3, 4]


def test_the_header_has_every_listed_key_and_no_word_about_residents(world):
    header, _, ciphertext = split(world.package())
    names = "fmt v min_reader suite kind id from to db_id epoch seq prev events catalog schema"
    names += " made_at audit_head ct_len ct_sha256 key"
    body = json.loads(header)
    assert sorted(body) == sorted(names.split())
    assert (body["fmt"], body["suite"], body["from"], body["db_id"]) == (
        "bmq-exchange",
        "A1",
        SITE,
        DB_ID.hex,
    )
    assert body["made_at"] == AT
    package = world.package()
    for marker in (SECRET.encode(), b"mz-01", b"case.opened", "池阳".encode()):
        assert marker not in package
    assert ciphertext.startswith(b"age-encryption.org/v1\n")


def test_ten_thousand_bytes_a_case_and_no_more_are_used(world):
    some = events(1000)
    contents = Contents({}, {}, events=world.contents(some).events)
    package = world.package(contents=contents, events=(1, 1000))
    assert len(package) < 250_000


@pytest.mark.parametrize(
    ("limits", "what"),
    [
        (Limits(part=500), "too large"),
        (Limits(parts=1), "too much"),
        (Limits(whole=500), "too much"),
        (Limits(expansion=1), "expand"),
        (Limits(file=1000), "too large for one file"),
    ],
)
def test_the_sender_keeps_the_limits_of_readers(world, limits, what):
    with pytest.raises(ValueError, match=what):
        seal(world.draft(), world.desk.signing, world.recipients, limits)


@pytest.mark.parametrize(
    "changes",
    [
        {"seq": 0},
        {"seq": 2, "prev": None},
        {"seq": 1, "prev": bytes(32)},
        {"epoch": 0},
        {"sender": "Sanyuan"},
        {"to": "../x"},
        {"made_at": "2026-11-23"},
        {"events": (3, 2)},
        {"key": b"short"},
        {"catalog": 2**53},
    ],
)
def test_the_sender_makes_no_header_a_reader_would_refuse(world, changes):
    with pytest.raises(ValueError, match="no reader"):
        world.package(**changes)
