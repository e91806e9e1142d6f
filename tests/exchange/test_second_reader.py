"""The reader written from the format's text alone reads the stored packages: the good ones whole, the forged ones not."""

import json

import pytest
from cryptography.exceptions import InvalidSignature

from tests.exchange import second_reader
from tests.exchange.make_vectors import Vector, read_index
from tests.exchange.standing import KEYS, VECTORS, nodes

GOOD = [one for one in read_index() if one.outcome in ("COMMITTED", "TAKEN")]
SIGNERS = {"a renewed key": "renewed", "a former key on its last day": "former"}
NOT_SIGNED = (
    "signed by somebody else",
    "signed without the domain",
    "an answer signed by a stranger",
)


def private(reader: str) -> str:
    told: str = json.loads(KEYS.read_text("ascii"))[reader]["sealing"]
    return told


def public(vector: Vector) -> bytes:
    plain = "desk" if vector.reader == "county" else "county"
    return nodes()[SIGNERS.get(vector.what, plain)].signing.public


@pytest.mark.parametrize("vector", GOOD, ids=lambda one: one.what)
def test_it_checks_and_opens_what_is_good(vector: Vector) -> None:
    framed = second_reader.take_apart((VECTORS / vector.file).read_bytes())
    second_reader.check_signature(framed, public(vector))
    found = second_reader.parts(second_reader.open_age(framed.ciphertext, private(vector.reader)))
    told, manifest = framed.told(), json.loads(found["manifest.json"])
    assert [manifest[name] for name in ("id", "from", "to", "epoch", "seq")] == [
        told[name] for name in ("id", "from", "to", "epoch", "seq")
    ]
    if vector.reader == "county" and vector.what != "an event that was erased":
        events = second_reader.check_chain(found["events.ndjson"])
        assert [events[0]["n"], events[-1]["n"]] == told["events"]


@pytest.mark.parametrize("what", NOT_SIGNED)
def test_it_refuses_what_was_not_signed_by_its_sender(what: str) -> None:
    [vector] = [one for one in read_index() if one.what == what]
    framed = second_reader.take_apart((VECTORS / vector.file).read_bytes())
    with pytest.raises(InvalidSignature):
        second_reader.check_signature(framed, public(vector))
