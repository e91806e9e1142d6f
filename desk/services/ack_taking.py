"""The county's acknowledgement taken: what it has is marked; an old or repeated one does no harm."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, update

from db.models import PackageOut
from desk.exchange.ack import AckBody, PackageResult, parse_ack
from desk.exchange.header import Header
from desk.exchange.parts import Contents
from desk.services import given_back, settings
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform
from desk.services.sync_send import ACKED, DOUBT, REPLACED, SENT, SNAPSHOT_WANTED
from desk.services.sync_views import ReadBack
from desk.words.exchange import answer_codes, answer_text, outcome_text


def take(office: Office, _header: Header, contents: Contents) -> Done[ReadBack]:
    """Mark the packages this acknowledgement names.

    Raises:
        PackageRefused: DAMAGED.
    """
    body = parse_ack(contents.body)
    return perform(office, Operation.EXCHANGE, lambda bench: mark(bench, body))


def mark(bench: Work, body: AckBody) -> ReadBack:
    """Mark what is acknowledged, and only that; an answer that cannot be to this log marks nothing."""
    office = bench.office
    if (body.db_id, body.epoch) != (office.origin, office.epoch):
        return ReadBack((), (outcome_text("MISROUTED", {}),))
    rows = bench.connection.execute(select(PackageOut).where(*_named(body))).mappings().all()
    last = next((row for row in rows if row["seq"] == body.ack_seq), None)
    if body.ack_seq and (last is None or bytes(last["digest"]) != body.ack_hash):
        # The county has of this very database what is not here: it was restored or copied since.
        settings.keep(bench.connection, DOUBT, value=True)
        return ReadBack((), (answer_text("FORK", body.ack_seq),))
    waiting = [row for row in rows if row["state"] != ACKED]
    news = [row for row in waiting if last is not None and _has_come(row, last)]
    # A code that was scanned first names no refused records; the file that follows does.
    late = [row for row in rows if row["state"] == ACKED and _says_more(row, body)]
    for row in (*news, *late):
        bench.connection.execute(
            update(PackageOut)
            .where(PackageOut.id == row["id"])
            .values(
                state=ACKED,
                acked_at=row["acked_at"] or body.at,
                result=_result(row["result"], row, body),
            )
        )
    given_back.remember(bench, body.refused, body.at)
    if news or late:
        bench.touch("packages")
    if any(one.outcome == "FORK" and _is_ours(one, rows) for one in body.results):
        settings.keep(bench.connection, DOUBT, value=True)
    if any(_differs(one, waiting) for one in body.results):
        settings.keep(bench.connection, SNAPSHOT_WANTED, value=True)
    return _said(body, {row["seq"] for row in waiting if row["seq"] > body.ack_seq}, bool(news))


def _named(body: AckBody) -> Iterator[ColumnElement[bool]]:
    """The packages it may say something new of; of the thousands a desk ever sent nearly all are done with."""
    refused = [one.n for one in body.refused]
    yield PackageOut.kind.in_(SENT)
    yield PackageOut.epoch == body.epoch
    yield or_(
        PackageOut.state != ACKED,
        PackageOut.seq.in_({body.ack_seq, *(one.seq for one in body.results)}),
        # Where nothing was refused this holds for none: events count from 1.
        and_(
            PackageOut.first_n <= max(refused, default=0),
            PackageOut.last_n >= min(refused, default=1),
        ),
    )


def _has_come(row: Any, last: Any) -> bool:
    """Whether the county, whose last package is `last`, has all this one carries.

    One that was replaced may have been passed over, and of what it carried only the beginning have come, in later packages.
    """
    return bool(row["seq"] <= last["seq"] and row["last_n"] <= last["last_n"])


def _differs(one: PackageResult, waiting: Sequence[Any]) -> bool:
    """The county could not make its totals fit: it wants to see the same events once more."""
    return one.outcome == "TOTALS" and any(
        (row["seq"], bytes(row["digest"])) == (one.seq, one.digest) and row["state"] != REPLACED
        for row in waiting
    )


def _is_ours(one: PackageResult, rows: Sequence[Any]) -> bool:
    return any((row["seq"], bytes(row["digest"])) == (one.seq, one.digest) for row in rows)


def _says_more(row: Any, body: AckBody) -> bool:
    told = _result(row["result"], row, body)["refused"]
    return len(told) > len(row["result"].get("refused", ()))


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
