"""The county's orders on the road: every STATUS package carries all orders its desk has not yet said it took."""

import hashlib
from collections.abc import Collection
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.engine import Connection

from db.models import Conflict, OrderGiven, OrderTaken, PackageOut
from desk.domain.canonical import Json
from desk.exchange.key_files import Enrolment
from desk.exchange.order_lines import MOST_ORDERS, Order, write_orders
from desk.services import hub_family, hub_send
from desk.services.office import Office
from desk.services.operation import reading

MOST_RESOLVED = 1_000


def put_status(office: Office, desk: Enrolment, folder: Path) -> str | None:
    """Write what this desk has not taken yet beside its acknowledgement; the same file again while nothing was added.

    Gives the file's name, None when there is nothing to say.

    Raises:
        StickTrouble: it could not be written.
    """
    with reading(office) as connection:
        orders = outstanding(connection, hub_family.family_of(connection, desk.db_id))
    if not orders:
        return None
    body = write_orders(one for _, one in orders)
    said: dict[str, Json] = {"until": orders[-1][0], "body": hashlib.sha256(body).hexdigest()}
    return hub_send.put(office, desk, "STATUS", body, said, folder)


def outstanding(connection: Connection, family: Collection[UUID]) -> tuple[tuple[int, Order], ...]:
    """The orders a desk (its database and those it carries on) has not said it took, oldest first, each with its number."""
    rows = connection.execute(
        select(OrderGiven)
        .where(
            OrderGiven.addressee.in_(family),
            ~exists().where(OrderTaken.id == OrderGiven.id),
        )
        .order_by(OrderGiven.n)
        .limit(MOST_ORDERS)
    ).mappings()
    return tuple((row["n"], _order(row)) for row in rows)


def resolved(connection: Connection, desk: UUID) -> list[Json]:
    """The conflicts of this desk the county knows to be decided, the newest, each as id, choice and moment."""
    rows = connection.execute(
        select(Conflict.id, Conflict.choice, Conflict.decided_at)
        .where(Conflict.origin.in_(hub_family.family_of(connection, desk)), Conflict.choice != "")
        .order_by(Conflict.id.desc())
        .limit(MOST_RESOLVED)
    )
    return [[one.hex, choice, at] for one, choice, at in rows]


def sent_until(connection: Connection, node: str) -> int:
    """The number of the last order that went into a package for this desk."""
    rows = connection.execute(
        select(PackageOut.result).where(PackageOut.kind == "STATUS", PackageOut.addressee == node)
    ).scalars()
    return max((int(result["until"]) for result in rows), default=0)


def _order(row: Any) -> Order:
    return Order(
        id=row["id"],
        case_id=row["case_id"],
        kind=row["kind"],
        base=row["base"],
        body=row["body"],
        at=row["given_at"],
        by=row["given_by"],
    )
