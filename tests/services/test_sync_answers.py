"""Answers in: only the county's own, only to this desk, never backwards."""

import hashlib
from dataclasses import replace

import pytest

from desk.exchange.ack import PackageResult, RefusedEvent
from desk.exchange.stick import SUBFOLDER
from desk.services import hub, sync
from tests.builders import PROFILE, make_office
from tests.exchange.makers import split
from tests.services.forging import answer, log_of, relabelled
from tests.services.trips import (
    OTHER_COUNTY,
    Trip,
    enrolled,
    export,
    make_hub,
    on_stick,
    put,
    rows,
    served,
)

pytestmark = pytest.mark.both_engines


@pytest.fixture
def sent(trip: Trip) -> Trip:
    """Two packages on the stick, the first of them acknowledged."""
    trip.export()
    trip.receive()
    trip.answers()
    served(trip.desk, 1, first=3)
    trip.export()
    return trip


def digests(trip: Trip) -> list[bytes]:
    return [hashlib.sha256(data).digest() for data in on_stick(trip.stick, "data-").values()]


def last_digest(trip: Trip) -> bytes:
    return digests(trip)[-1]


def taken_nothing(trip: Trip, *sealed: bytes) -> tuple[str, ...]:
    """What is said of these answers, none of which may change a row."""
    stick, before = trip.new_stick("answers"), rows(trip.desk, "setting")
    for place, data in enumerate(sealed):
        put(stick, f"answer-{place}.bmq", data)
    told = trip.answers(stick)
    assert told.taken == ()
    assert rows(trip.desk, "setting") == before
    return told.passed_over


def test_a_repeated_answer_is_no_news(sent: Trip):
    [first] = on_stick(sent.stick, "ack-").values()
    assert taken_nothing(sent, first, first) == ("第 1 号回执以前收过，不用再处理。",) * 2
    assert sent.states() == ["已回执", "已写出"]


def test_an_older_answer_takes_nothing_back(sent: Trip):
    [first] = on_stick(sent.stick, "ack-").values()
    sent.receive()
    sent.answers()
    assert sent.states() == ["已回执", "已回执"]
    assert taken_nothing(sent, first) == ("第 1 号回执以前收过，不用再处理。",)


def test_one_answer_stands_for_all_before_it(trip: Trip):
    """The first is lost; the second says it all."""
    trip.export()
    trip.receive()
    [lost] = on_stick(trip.stick, "ack-")
    (trip.stick / SUBFOLDER / lost).unlink()
    served(trip.desk, 1, first=3)
    trip.export()
    trip.receive()
    assert len(on_stick(trip.stick, "ack-")) == 1
    trip.answers()
    assert trip.states() == ["已回执", "已回执"]


def test_the_answer_to_another_window_is_not_ours(sent: Trip):
    other = make_office(sent.folder / "other", replace(PROFILE, window=3)).office
    sent.opened.append(other)
    stick = sent.new_stick("other stick")
    enrolled(other, sent.hub, stick)
    export(other, stick)
    assert sent.outcomes(stick) == ["COMMITTED"]
    [ack] = on_stick(stick, "ack-").values()
    [said] = taken_nothing(sent, ack)
    assert said.startswith("这个包不是给本单位的")


def test_an_answer_with_anothers_body_is_not_ours(sent: Trip):
    """The county itself puts one desk's answer into another's envelope."""
    other = make_office(sent.folder / "other", replace(PROFILE, window=3)).office
    sent.opened.append(other)
    wrong = answer(sent.hub, sent.desk, 2, last_digest(sent), db_id=other.origin)
    [said] = taken_nothing(sent, wrong)
    assert said.startswith("这个包不是给本单位的")


@pytest.mark.parametrize("code", ["610422", OTHER_COUNTY])
def test_another_countys_answer_is_forged(sent: Trip, code):
    """One that calls itself ours, and one that does not."""
    false = make_hub(sent.folder / "false", code)
    sent.opened.append(false)
    digest = last_digest(sent)
    own_name = answer(false, sent.desk, 2, digest)
    our_name = answer(
        false,
        sent.desk,
        2,
        digest,
        sender=hub.node_of(sent.hub),
        key=hub.public_key(sent.hub).fingerprint,
    )
    told = taken_nothing(sent, own_name, our_name)
    assert sorted(one[:6] for one in told) == ["不认识发送单", "包在路上坏了"]


def test_a_damaged_answer_is_named(sent: Trip):
    good = answer(sent.hub, sent.desk, 2, last_digest(sent))
    flipped = bytes([good[-1] ^ 1])
    told = taken_nothing(
        sent, good[:-1] + flipped, good[:-1], b"BMQX", relabelled(sent.hub, good, id="0" * 32)
    )
    assert sorted(one[:6] for one in told) == ["包在路上坏了"] * 2 + ["这个文件不是"] * 2


def test_an_answer_nobody_can_open_is_named(sent: Trip):
    """Sealed to another desk under a header to us."""
    other = make_office(sent.folder / "other", replace(PROFILE, window=3)).office
    sent.opened.append(other)
    sealed = answer(sent.hub, other, 2, last_digest(sent), to=sent.desk.origin.hex)
    [said] = taken_nothing(sent, sealed)
    assert said.startswith("包在路上坏了")


def test_an_answer_for_another_content_is_an_alarm(sent: Trip):
    """The county has our number with other bytes: this folder was copied or restored."""
    [said] = taken_nothing(sent, answer(sent.hub, sent.desk, 2, bytes(32)))
    assert "恢复过旧备份" in said
    assert sent.states() == ["已回执", "已写出"]


def test_an_answer_ahead_of_this_desk_is_an_alarm(sent: Trip):
    """The county has more of us than we have."""
    [said] = taken_nothing(sent, answer(sent.hub, sent.desk, 3, bytes(32)))
    assert "恢复过旧备份" in said
    assert sent.states() == ["已回执", "已写出"]


@pytest.mark.parametrize(
    ("outcome", "said"), [("HELD", "前面还缺包"), ("TOTALS", "核对合计"), ("FORK", "马上联系县里")]
)
def test_what_the_county_did_not_take_is_said(sent: Trip, outcome, said):
    first, second = digests(sent)
    result = PackageResult(2, second, outcome)
    told = taken_nothing(sent, answer(sent.hub, sent.desk, 1, first, results=(result,)))
    assert len(told) == 1
    assert said in told[0]
    assert "第 2 号包" in told[0]


def test_refused_events_are_shown_at_their_package(sent: Trip):
    last = log_of(sent.desk)[-1]
    reason = "与县里已有的记录冲突，没有计入"
    refused = (RefusedEvent(last.n, last.id, "RULE", reason),)
    put(sent.stick, "a.bmq", answer(sent.hub, sent.desk, 2, last_digest(sent), refused=refused))
    sent.answers()
    assert sent.states() == ["已回执", "县已退回"]
    newest, first = sync.view(sent.desk).packages
    assert (newest.refused, newest.tone) == ((reason,), "soon")
    assert (first.refused, first.tone) == ((), "good")


def test_our_own_packages_are_no_answers(sent: Trip):
    own = tuple(on_stick(sent.stick, "data-").values())
    assert len(own) == 2
    assert taken_nothing(sent, *own) == ()


def test_a_damaged_package_of_a_county_costs_no_other(sent: Trip):
    good = answer(sent.hub, sent.desk, 2, last_digest(sent))
    stick = sent.new_stick("mixed")
    put(stick, "1.bmq", b"?")
    put(stick, "2.bmq", good)
    put(stick, "3.bmq", good[:-1])
    told = sent.answers(stick)
    assert told.taken == ("第 2 号包的回执已收到，县里已收下到这一号为止的全部记录。",)
    assert len(told.passed_over) == 2
    assert sent.states() == ["已回执", "已回执"]


def test_every_sampled_byte_of_an_answer_is_guarded(sent: Trip):
    good = answer(sent.hub, sent.desk, 2, last_digest(sent))
    step = len(good) // 150
    changed = [
        good[:place] + bytes([good[place] ^ flip]) + good[place + 1 :]
        for place, flip in zip(range(0, len(good), step), [1, 0x80, 0xFF] * len(good), strict=False)
    ]
    cut = [good[:size] for size in range(0, len(good), len(good) // 20)]
    longer = [good + bytes(more) for more in (1, 7, 64)]
    assert len(split(good)[2]) > 300
    told = taken_nothing(sent, *changed, *cut, *longer)
    assert len(told) == len(changed + cut + longer)
    assert sent.states() == ["已回执", "已写出"]


def test_a_lost_answer_file_is_made_anew(sent: Trip):
    """The county's own copy is gone, too: the desk brings the package again and gets its answer."""
    sent.receive()
    for kept in sent.hub.paths.packages.iterdir():
        kept.unlink()
    stick = sent.new_stick("again")
    sent.export(stick)
    assert sent.outcomes(stick) == ["ALREADY"]
    sent.answers(stick)
    assert sent.states() == ["已回执", "已回执"]
