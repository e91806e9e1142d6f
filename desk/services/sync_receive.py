"""Answers in: the county's acknowledgements, read off a stick; an old or repeated one does no harm."""

from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from db.models import PackageOut
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
from desk.services.sync_send import ACKED
from desk.services.views import ReadBack
from desk.words.exchange import outcome_text


def read_answers(office: Office, *, folder: Path) -> Done[ReadBack]:
    """Take every acknowledgement for this desk that lies in the folder, oldest first.

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
    done = Done(0, perform(office, Operation.EXCHANGE, lambda _bench: 0).changes)
    for found in scan(folder):
        if not _from_county(found, county):
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
        (taken if done.value else passed).append(_said(body, done.value))
    return Done(ReadBack(tuple(taken), tuple(passed)), done.changes)


def _from_county(found: Found, county: CountyKey) -> bool:
    """Our own packages lie on the same stick; they are not answers."""
    return found.header is None or found.header.sender == county.node


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


def _take(bench: Work, body: AckBody) -> int:
    """Mark what is acknowledged; gives the number of packages this ack was news for."""
    office = bench.office
    if (body.db_id, body.epoch) != (office.origin, office.epoch):
        return 0
    rows = bench.connection.execute(
        select(PackageOut).where(
            PackageOut.kind == "DATA",
            PackageOut.epoch == body.epoch,
            PackageOut.seq <= body.ack_seq,
            PackageOut.state != ACKED,
        )
    ).mappings()
    news = list(rows)
    newest = next((row for row in news if row["seq"] == body.ack_seq), None)
    if newest is not None and bytes(newest["digest"]) != body.ack_hash:
        raise PackageRefused("FORK", seq=body.ack_seq)
    for row in news:
        bench.connection.execute(
            update(PackageOut)
            .where(PackageOut.id == row["id"])
            .values(state=ACKED, acked_at=body.at, result=_result(row["result"], row, body))
        )
    bench.touch("packages")
    return len(news)


def _result(known: dict[str, Any], row: Any, body: AckBody) -> dict[str, Any]:
    refused = [
        {"n": one.n, "code": one.code, "reason": one.reason}
        for one in body.refused
        if row["first_n"] <= one.n <= row["last_n"]
    ]
    return {**known, "refused": refused}


def _said(body: AckBody, news: int) -> str:
    if news:
        return f"第 {body.ack_seq} 号包的回执已收到，县里已收下到这一号为止的全部记录。"
    return f"第 {body.ack_seq} 号回执以前收过，不用再处理。"
