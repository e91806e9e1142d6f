"""What this program seals, a reader written from the format's text alone opens and checks; the recovery keys open it too."""

import json

import pytest
from cryptography.exceptions import InvalidSignature

from desk.exchange.keys import PublicHalf, SealingPair
from desk.services import hub
from desk.services.exchange_keys import OwnKeys, own_keys
from desk.services.office import Office
from desk.services.operation import reading
from tests.exchange import second_reader
from tests.exchange.second_reader import Framed
from tests.services.trips import OFFLINE, Trip, on_stick, served


def keys(office: Office) -> OwnKeys:
    with reading(office) as connection:
        return own_keys(connection)


def identity(pair: SealingPair | PublicHalf) -> str:
    assert isinstance(pair, SealingPair)
    return pair.to_bytes().decode("ascii")


@pytest.fixture
def sent(trip: Trip) -> Framed:
    served(trip.desk, 60, first=1)
    trip.export()
    [data] = on_stick(trip.stick, "data-").values()
    return second_reader.take_apart(data)


def test_the_signature_is_what_the_format_says(trip: Trip, sent: Framed) -> None:
    second_reader.check_signature(sent, trip.desk.signing.public)
    with pytest.raises(InvalidSignature):
        second_reader.check_signature(sent, trip.hub.signing.public)


def test_addressee_and_both_recovery_keys_open_it(trip: Trip, sent: Framed) -> None:
    """The county, its recovery key in the safe, and the desk's own, each alone."""
    county, desk = keys(trip.hub), keys(trip.desk)
    opened = [
        second_reader.open_age(sent.ciphertext, identity(pair))
        for pair in (county.sealing, OFFLINE, desk.recovery)
    ]
    assert opened[0] == opened[1] == opened[2]
    found = second_reader.parts(opened[0])
    manifest, told = json.loads(found["manifest.json"]), sent.told()
    assert [manifest[name] for name in ("id", "from", "to", "seq", "epoch")] == [
        told[name] for name in ("id", "from", "to", "seq", "epoch")
    ]
    events = second_reader.check_chain(found["events.ndjson"])
    assert [events[0]["n"], events[-1]["n"]] == told["events"]
    assert len(found["events.ndjson"]) > second_reader.AGE_CHUNK


def test_nobody_else_opens_it(trip: Trip, sent: Framed) -> None:
    for pair in (SealingPair.generate(), keys(trip.desk).sealing):
        with pytest.raises(StopIteration):
            second_reader.open_age(sent.ciphertext, identity(pair))


def test_an_answer_opens_the_same_way(trip: Trip, sent: Framed) -> None:
    assert sent.told()["kind"] == "DATA"
    trip.receive()
    [data] = on_stick(trip.stick, "ack-").values()
    answer = second_reader.take_apart(data)
    second_reader.check_signature(answer, hub.public_key(trip.hub).signing)
    desk = keys(trip.desk)
    for pair in (desk.sealing, desk.recovery, OFFLINE):
        plain = second_reader.open_age(answer.ciphertext, identity(pair))
        body = json.loads(second_reader.parts(plain)["ack.json"])
        assert (body["ack_seq"], body["db_id"]) == (1, trip.desk.origin.hex)
