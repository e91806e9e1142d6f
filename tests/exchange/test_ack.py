"""The county's answer reads back, an old one is passed over, a strange one refused."""

import json
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.canonical import canonical
from desk.errors import PackageRefused
from desk.exchange.ack import AckBody, PackageResult, RefusedEvent, parse_ack
from tests.exchange.makers import AT, DB_ID, SITE

ACK = AckBody(
    site=SITE,
    db_id=DB_ID,
    epoch=1,
    ack_seq=129,
    ack_hash=bytes(range(32)),
    at=AT,
    results=(PackageResult(128, bytes(32), "ALREADY"), PackageResult(129, bytes(32), "COMMITTED")),
    refused=(RefusedEvent(12, UUID(int=5), "card_differs", "残疾证号与县残联登记不一致"),),
    totals={"events": [["case.opened", 3]]},
    catalog=4,
)


def test_an_ack_reads_back():
    assert parse_ack(ACK.to_bytes()) == ACK


@pytest.mark.parametrize(
    "changes",
    [
        {"site": "1"},
        {"epoch": 0},
        {"ack_seq": -1},
        {"ack_hash": "00"},
        {"at": "now"},
        {"results": {}},
        {"results": [1]},
        {"results": [[1, "00" * 32]]},
        {"results": [[1, "00" * 32, "FINE"]]},
        {"refused": [[1, "00" * 16, "", "x"]]},
        {"refused": [[1, "00" * 16, "x", "长" * 501]]},
        {"totals": []},
        {"keys": None},
        {"more": 1},
    ],
)
def test_an_ack_of_another_shape_is_refused(changes):
    body = json.loads(ACK.to_bytes()) | changes
    with pytest.raises(PackageRefused, match="DAMAGED"):
        parse_ack(canonical(body))


def test_none_is_written_that_no_desk_would_take():
    with pytest.raises(ValueError, match="no reader"):
        replace(ACK, site="x").to_bytes()


@given(st.binary(max_size=120))
def test_noise_is_no_ack(data):
    with pytest.raises(PackageRefused, match="DAMAGED"):
        parse_ack(data)
