"""How far each desk is applied at the county: one row a desk database, held by whoever applies or answers it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from db.models import Sender
from desk.domain.events import GENESIS
from desk.exchange.control_totals import NOTHING


def begin(connection: Connection, origin: UUID, epoch: int) -> None:
    """A row for a desk that was just enrolled; one that is there stays as it is."""
    if row_of(connection, origin, epoch) is not None:
        return
    row = {
        "origin": origin,
        "epoch": epoch,
        "last_seq": 0,
        "last_digest": bytes(32),
        "last_n": 0,
        "head": GENESIS,
        "totals": NOTHING,
        "last_at": "",
    }
    try:
        with connection.begin_nested():
            connection.execute(insert(Sender), row)
    except IntegrityError:
        # Another receiver on the same server was first; his row does as well.
        return


def row_of(connection: Connection, origin: UUID, epoch: int) -> Any:
    """How far this desk database is applied; None if it was never enrolled."""
    return connection.execute(select(Sender).where(*_one(origin, epoch))).first()


def hold(connection: Connection, origin: UUID, epoch: int) -> Any:
    """The row, held until this transaction ends: packages of one desk are applied and answered one after the other.

    A file has one writer anyway, and SQLite knows no FOR UPDATE; on a server other receivers wait here.
    """
    held = select(Sender).where(*_one(origin, epoch)).with_for_update()
    row = connection.execute(held).first()
    if row is None:
        begin(connection, origin, epoch)
        row = connection.execute(held).one()
    return row


def last_digest(row: Any) -> bytes | None:
    """The SHA-256 of the last applied file; None before the first."""
    return bytes(row.last_digest) if row is not None and row.last_seq else None


def reached(connection: Connection, origin: UUID, epoch: int, values: Mapping[str, Any]) -> None:
    """Note how far this desk is applied now."""
    connection.execute(update(Sender).where(*_one(origin, epoch)).values(**values))


def _one(origin: UUID, epoch: int) -> tuple[Any, Any]:
    return Sender.origin == origin, Sender.epoch == epoch
