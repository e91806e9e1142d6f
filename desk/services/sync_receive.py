"""Answers in: the county's acknowledgements, read off a stick; an old or repeated one does no harm."""

from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from db.models import PackageOut
from desk.changes import Changes
from desk.errors import NotEnrolled, PackageRefused
from desk.exchange.ack import AckBody, parse_ack
from desk.exchange.header import Header
from desk.exchange.key_files import CountyKey
from desk.exchange.keys import SealingPair
from desk.exchange.receiving import Inspected, ReaderContext, SenderState, inspect, open_parts
from desk.exchange.stick import Found, scan
from desk.services.exchange_keys import county_key, own_keys
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform, reading
from desk.services.sync_keys import read_key_lists
from desk.services.sync_send import ACKED
from desk.services.views import ReadBack
from desk.words.exchange import answer_codes, answer_text, outcome_text


def read_answers(office: Office, *, folder: Path) -> Done[ReadBack]:
    """Take every acknowledgement for this desk that lies in the folder, oldest first, and the county's key list.

    Raises:
        NotEnrolled: the county's key is not here.
        StickTrouble: the folder cannot be read.
    """
    with reading(office) as connection:
        keys, county = own_keys(connection), county_key(connection)
    if county is None:
        raise NotEnrolled
    taken: list[str] = []
    passed: list[str] = []
    news = False
    for found in scan(folder):
        if not _is_answer(found):
            continue
        package = inspect(found.path, _context(office, county))
        if package.outcome != "READY":
            passed.append(outcome_text(package.outcome, package.facts))
            continue
        try:
            body = _body(package, keys.sealing)
        except PackageRefused as refused:
            passed.append(outcome_text(refused.code, refused.facts))
            continue
        done = perform(office, Operation.EXCHANGE, partial(_take, body=body))
        taken += done.value.taken
        passed += done.value.passed_over
        news = news or done.changes.packages
    keys_read = read_key_lists(office, folder, county)
    taken += keys_read.taken
    passed += keys_read.passed_over
    return Done(ReadBack(tuple(taken), tuple(passed)), Changes(packages=news))


def _is_answer(found: Found) -> bool:
    """Packages of desks, our own among them, lie on the same stick; they are no answers."""
    return found.header is None or found.header.kind != "DATA"


def _context(office: Office, county: CountyKey) -> ReaderContext:
    def sender(header: Header) -> SenderState:
        # An acknowledgement is cumulative: whichever comes, the ones before it are not needed.
        return SenderState(
            node=county.node,
            db_id=header.db_id,
            signing=county.signing,
            fingerprint=county.fingerprint,
            last_seq=header.seq - 1,
            last_digest=header.prev,
        )

    return ReaderContext(
        addresses=frozenset({office.origin.hex}), kinds=frozenset({"ACK"}), sender=sender
    )


def _body(package: Inspected, pair: SealingPair) -> AckBody:
    return parse_ack(open_parts(package, (pair,)).ack)


def _take(bench: Work, body: AckBody) -> ReadBack:
    """Mark what is acknowledged, and only that; an answer that cannot be to this log marks nothing."""
    office = bench.office
    if (body.db_id, body.epoch) != (office.origin, office.epoch):
        return ReadBack((), (outcome_text("MISROUTED", {}),))
    mine = (PackageOut.kind == "DATA", PackageOut.epoch == body.epoch)
    rows = bench.connection.execute(select(PackageOut).where(*mine)).mappings().all()
    last = next((row for row in rows if row["seq"] == body.ack_seq), None)
    if body.ack_seq and (last is None or bytes(last["digest"]) != body.ack_hash):
        return ReadBack((), (answer_text("FORK", body.ack_seq),))
    waiting = [row for row in rows if row["state"] != ACKED]
    news = [row for row in waiting if row["seq"] <= body.ack_seq]
    for row in news:
        bench.connection.execute(
            update(PackageOut)
            .where(PackageOut.id == row["id"])
            .values(state=ACKED, acked_at=body.at, result=_result(row["result"], row, body))
        )
    if news:
        bench.touch("packages")
    return _said(body, {row["seq"] for row in waiting} - {row["seq"] for row in news}, bool(news))


def _result(known: dict[str, Any], row: Any, body: AckBody) -> dict[str, Any]:
    refused = [
        {"n": one.n, "code": one.code, "reason": one.reason}
        for one in body.refused
        if row["first_n"] <= one.n <= row["last_n"]
    ]
    return {**known, "refused": refused}


def _said(body: AckBody, waiting: Collection[int], news: bool) -> ReadBack:
    """What was taken, and what the county says of packages it did not take."""
    open_ones = [
        answer_text(one.outcome, one.seq)
        for one in body.results
        if one.seq in waiting and one.outcome in answer_codes()
    ]
    if news:
        return ReadBack((answer_text("COMMITTED", body.ack_seq),), tuple(open_ones))
    return ReadBack((), tuple(open_ones) or (answer_text("ALREADY", body.ack_seq),))
