"""The county answers: one cumulative, signed, sealed acknowledgement for each desk that sent something."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import select

from db.models import PackageIn, PackageOut, Sender
from desk.errors import OfficeDamaged
from desk.exchange.ack import MAX_REFUSED, AckBody
from desk.exchange.control_totals import NOTHING
from desk.exchange.key_files import Enrolment
from desk.exchange.parts import Contents
from desk.exchange.receiving import read_header
from desk.exchange.stick import package_name, write_package
from desk.services import (
    catalog_turn,
    hub_desks,
    hub_down,
    hub_keys,
    hub_orders,
    hub_send,
    hub_senders,
)
from desk.services.hub_receive import EVERYTHING, Received, Wish, receive_all, result_of
from desk.services.office import Office
from desk.services.operation import Operation, Work, perform, reading
from desk.services.refused import refused_events
from desk.services.sync_send import package_bytes

ANSWERED = ("COMMITTED", "ALREADY", "HELD", "FORK", "TOTALS")


def _quiet(_done: int, _total: int, _what: str) -> None:
    """Nobody waits."""


def receive(
    office: Office,
    *,
    folder: Path,
    tell: Callable[[Received], None],
    wish: Wish = EVERYTHING,
) -> list[Received]:
    """Receive the packages in the folder; write an acknowledgement for each desk concerned and the key list beside them.

    Who stops halfway still gets the answers to what was taken.

    Raises:
        StickTrouble: the folder cannot be read or written.
    """
    # Another process may have published since this one was opened.
    catalog_turn.turn(office)
    done = receive_all(office, folder, tell, wish)
    answered: list[Enrolment] = []
    for desk in hub_desks.enrolments(office):
        mine = [one for one in done if _is_from(one, desk) and one.outcome in ANSWERED]
        if mine:
            name, data = _answer(office, desk, mine)
            write_package(folder, name, data, _quiet, lambda: False)
            hub_down.put(office, desk, folder, catalog=_catalog_known(mine))
            answered.append(desk)
    if answered:
        hub_down.put_keys(office, answered, folder)
    if any(one.outcome in ANSWERED for one in done):
        hub_keys.put_beside(office, folder)
    return done


def _catalog_known(received: Iterable[Received]) -> int:
    """The newest catalogue the desk says it has."""
    return max((one.header.catalog for one in received if one.header), default=0)


def _is_from(received: Received, desk: Enrolment) -> bool:
    header = received.header
    return header is not None and (header.db_id, header.epoch) == (desk.db_id, desk.epoch)


def _answer(office: Office, desk: Enrolment, received: list[Received]) -> tuple[str, bytes]:
    """The new acknowledgement, or the last one again when it already says all there is to say."""
    last, applied = _last(office, desk), _applied(office, desk)
    same = last is not None and last["result"]["ack_seq"] == applied
    if same and all(one.outcome == "ALREADY" for one in received):
        # Its file may be lost: an acknowledgement is cumulative, so a new one does as well.
        with suppress(OfficeDamaged):
            data = package_bytes(office, last)
            return package_name(read_header(data)), data
    return perform(office, Operation.EXCHANGE, lambda bench: _make(bench, desk, received)).value


def _last(office: Office, desk: Enrolment) -> Any:
    with reading(office) as connection:
        return (
            connection.execute(
                select(PackageOut)
                .where(PackageOut.kind == "ACK", PackageOut.addressee == desk.node)
                .order_by(PackageOut.seq.desc())
                .limit(1)
            )
            .mappings()
            .first()
        )


def _applied(office: Office, desk: Enrolment) -> int:
    """The number of the desk's last package that was applied here."""
    with reading(office) as connection:
        seq = connection.execute(
            select(Sender.last_seq).where(Sender.origin == desk.db_id, Sender.epoch == desk.epoch)
        ).scalar()
    return int(seq or 0)


def _make(bench: Work, desk: Enrolment, received: Iterable[Received]) -> tuple[str, bytes]:
    body = _body(bench, desk, received)
    contents = Contents(NOTHING, NOTHING, body=body.to_bytes())
    return hub_send.send(bench, desk, "ACK", contents, result={"ack_seq": body.ack_seq})


def _body(bench: Work, desk: Enrolment, received: Iterable[Received]) -> AckBody:
    """Cumulative in all it says, so that the one before it may be lost."""
    row = hub_senders.hold(bench.connection, desk.db_id, desk.epoch)
    results = [result for one in received if (result := result_of(one)) is not None]
    mine = (
        PackageIn.sender == desk.db_id,
        PackageIn.epoch == desk.epoch,
        PackageIn.refused > 0,
    )
    refused = [event for _, event in refused_events(bench.connection, *mine)]
    return AckBody(
        site=desk.site,
        db_id=desk.db_id,
        epoch=desk.epoch,
        ack_seq=row.last_seq,
        ack_hash=bytes(row.last_digest),
        at=bench.now.isoformat(timespec="seconds"),
        results=tuple(results),
        refused=tuple(refused[-MAX_REFUSED:]),
        resolved=hub_orders.resolved(bench.connection, desk.db_id),
        catalog=bench.office.catalog.version,
    )
