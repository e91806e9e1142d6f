"""What a county has to decide and to ask: conflicts with what was decided here, its orders, and one case to give an order on."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection

from db.models import CaseFile, Conflict, OrderGiven, Site
from desk.domain.fields import FieldDef
from desk.domain.workflow import Action
from desk.services import case_views, covering, order_views, orders
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.order_rows import ConflictRow, OrderRow
from desk.services.views import CaseDetail
from desk.words.orders import RULINGS


@dataclass(frozen=True, slots=True)
class Dispute:
    """A conflict nobody at the desk has decided yet; `ruled` says what the county decided ('' while it did not)."""

    row: ConflictRow
    ruled: str


@dataclass(frozen=True, slots=True)
class Disputes:
    """What waits, the longest first, those already decided here last; and the newest orders."""

    waiting: tuple[Dispute, ...]
    orders: tuple[OrderRow, ...]


@dataclass(frozen=True, slots=True)
class OrderedCase:
    """A case as the county sees it: what it may order, which fields it may write with their values, which it may ask about."""

    detail: CaseDetail
    hall: str
    moves: tuple[Action, ...]
    editable: tuple[FieldDef, ...]
    values: Mapping[str, object]
    askable: tuple[FieldDef, ...]
    orders: tuple[OrderRow, ...]


def disputes(office: Office) -> Disputes:
    """Everything the page of conflicts and orders shows."""
    with reading(office) as connection:
        ruled = _ruled(connection)
        found = order_views.conflicts_of(office, connection)
        given = order_views.orders_of(office, connection)
    waiting = [Dispute(row, RULINGS[ruled[row.id]] if row.id in ruled else "") for row in found]
    return Disputes(
        tuple(sorted(waiting, key=lambda one: (bool(one.ruled), one.row.found_at))), given
    )


def undecided(office: Office) -> int:
    """How many conflicts wait for somebody at the county."""
    with reading(office) as connection:
        open_ones = connection.execute(select(Conflict.id).where(Conflict.choice == "")).scalars()
        return len({*open_ones} - {*_ruled(connection)})


def case(office: Office, *, case_id: UUID) -> OrderedCase:
    """One case with what may be ordered of it.

    Raises:
        NotFound: the county has no such case.
    """
    detail = case_views.detail(office, case_id=case_id)
    known = orders.fields(office, case_id=case_id)
    sees = covering.sees(office, detail.row.line)
    own = [
        (field, value)
        for field, value in known
        if not field.derive and (sees or field.sensitive not in covering.BY_LINE)
    ]
    editable = tuple(field for field, _ in own if field.owner != "site")
    with reading(office) as connection:
        given = order_views.orders_of(office, connection, case_id=case_id)
        hall = connection.execute(
            select(Site.name)
            .join(CaseFile, CaseFile.origin == Site.origin)
            .where(CaseFile.id == case_id)
        ).scalar()
    return OrderedCase(
        detail=detail,
        hall=hall or "",
        moves=orders.moves(office, case_id=case_id),
        editable=editable,
        values={field.key: value for field, value in own},
        askable=tuple(field for field, _ in own if field.owner == "site"),
        orders=given,
    )


def _ruled(connection: Connection) -> dict[UUID, str]:
    """The county's newest choice for each conflict it gave an order on."""
    rows = connection.execute(
        select(OrderGiven.body).where(OrderGiven.kind == "decide").order_by(OrderGiven.n)
    ).scalars()
    return {UUID(hex=body["conflict"]): str(body["choice"]) for body in rows}
