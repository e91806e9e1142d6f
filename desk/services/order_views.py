"""Orders and conflicts to look at: at the county what it gave and what became of it, at a desk what it took."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection

from db.models import CaseFile, Conflict, OrderGiven, OrderTaken, Site
from desk.domain.catalog import Item
from desk.domain.field_values import show
from desk.services import catalogs, covering, hub_orders, missing_rules, order_text, shielding
from desk.services.case_rows import short_of
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.order_rows import ConflictRow, OrderRow
from desk.words import orders as words

SHOWN = 50
CASE = (
    CaseFile.short_no,
    CaseFile.sj_number,
    CaseFile.sl_number,
    CaseFile.applicant,
    CaseFile.shielded,
    CaseFile.operator_id,
    CaseFile.item_code,
    CaseFile.item_name,
    CaseFile.line,
    CaseFile.workflow,
    CaseFile.state,
    CaseFile.phase,
    CaseFile.catalog_digest,
    Site.name.label("hall"),
)


def order_rows(
    office: Office, *, case_id: UUID | None = None, limit: int = SHOWN
) -> tuple[OrderRow, ...]:
    """The newest orders, of one case or of all; at a desk those it took, at the county those it gave."""
    with reading(office) as connection:
        return orders_of(office, connection, case_id=case_id, limit=limit)


def orders_of(
    office: Office, connection: Connection, *, case_id: UUID | None = None, limit: int = SHOWN
) -> tuple[OrderRow, ...]:
    """As `order_rows`, on this connection."""
    table: Any = OrderGiven if office.kind == "county" else OrderTaken
    query = _with_case(table).order_by(table.id.desc()).limit(limit)
    if case_id is not None:
        query = query.where(table.case_id == case_id)
    rows = list(connection.execute(query).mappings())
    told = _given if office.kind == "county" else _taken
    return tuple(told(office, connection, rows))


def conflict_rows(
    office: Office, *, case_id: UUID | None = None, decided: bool = False, limit: int = 200
) -> tuple[ConflictRow, ...]:
    """The conflicts nobody has decided, newest first, of one case or of all; with `decided` those too that ended."""
    with reading(office) as connection:
        return conflicts_of(office, connection, case_id=case_id, decided=decided, limit=limit)


def conflicts_of(
    office: Office,
    connection: Connection,
    *,
    case_id: UUID | None = None,
    decided: bool = False,
    limit: int = 200,
) -> tuple[ConflictRow, ...]:
    """As `conflict_rows`, on this connection."""
    query = _with_case(Conflict).order_by(Conflict.id.desc()).limit(limit)
    if not decided:
        query = query.where(Conflict.choice == "")
    if case_id is not None:
        query = query.where(Conflict.case_id == case_id)
    items = _items(office, connection)
    return tuple(_conflict(office, items(row), row) for row in connection.execute(query).mappings())


def _with_case(table: Any) -> Any:
    """Rows of orders or conflicts with what a line says of their case."""
    return (
        select(table, *CASE)
        .join(CaseFile, CaseFile.id == table.case_id)
        .join(Site, Site.origin == CaseFile.origin, isouter=True)
    )


def _items(office: Office, connection: Connection) -> Callable[[Mapping[Any, Any]], Item]:
    def item(row: Mapping[Any, Any]) -> Item:
        catalog = catalogs.pinned(office, connection, row["catalog_digest"])
        return missing_rules.item_of(catalog, row)

    return item


def _given(
    office: Office, connection: Connection, rows: Iterable[Mapping[Any, Any]]
) -> Iterable[OrderRow]:
    """What the county gave: with the desk's own words once it has told of it."""
    rows = list(rows)
    ids = [row["id"] for row in rows]
    taken = {
        row["id"]: row
        for row in connection.execute(select(OrderTaken).where(OrderTaken.id.in_(ids))).mappings()
    }
    sent = {
        node: hub_orders.sent_until(connection, node.hex)
        for node in {row["addressee"] for row in rows}
    }
    for row in rows:
        known = taken.get(row["id"])
        code = "sent" if row["n"] <= sent[row["addressee"]] else "given"
        yield _order(office, connection, row, known, str(known["outcome"]) if known else code)


def _taken(
    office: Office, connection: Connection, rows: Iterable[Mapping[Any, Any]]
) -> Iterable[OrderRow]:
    for row in rows:
        yield _order(office, connection, row, row, str(row["outcome"]))


def _order(
    office: Office,
    connection: Connection,
    row: Mapping[Any, Any],
    taken: Mapping[Any, Any] | None,
    code: str,
) -> OrderRow:
    state, tone = words.state_words(code)
    facts = taken["facts"] if taken else {}
    return OrderRow(
        id=row["id"],
        case_id=row["case_id"],
        hall=row["hall"] or "",
        short_no=short_of(row),
        applicant=shielding.named(office, row),
        item_name=row["item_name"],
        kind=row["kind"],
        what=facts.get("what") or _what(office, connection, row),
        reason=str(row["body"].get("reason") or ""),
        given_at=row["given_at"],
        given_by=row["given_by"],
        code=code,
        state=state,
        tone=tone,
        why=str(facts.get("why") or ""),
        taken_at=str(taken["taken_at"]) if taken else "",
        field=str(row["body"].get("field") or ""),
    )


def _what(office: Office, connection: Connection, row: Mapping[Any, Any]) -> str:
    catalog = catalogs.pinned(office, connection, row["catalog_digest"])
    item = missing_rules.item_of(catalog, row)
    workflow = missing_rules.workflow_of(catalog, row)
    return order_text.what(connection, item, workflow, row["kind"], row["body"])


def _conflict(office: Office, item: Item, row: Mapping[Any, Any]) -> ConflictRow:
    field = next((one for one in item.fields if one.key == row["field"]), None)

    kept = field is not None and field.sensitive in covering.BY_LINE
    kept = kept and not covering.sees(office, item.line)
    # Any value of his form may tell who he is.
    kept = kept or shielding.is_hidden(office, row)

    def said(name: str) -> str:
        if kept:
            return covering.COVER
        return show(field, row[name]) if field else str(row[name] or "")

    return ConflictRow(
        id=row["id"],
        case_id=row["case_id"],
        hall=row["hall"] or "",
        short_no=short_of(row),
        applicant=shielding.named(office, row),
        item_name=row["item_name"],
        field=row["field"],
        label=field.label if field else row["field"],
        before=said("before"),
        ours=said("ours"),
        ours_by=row["ours_by"],
        ours_at=row["ours_at"],
        theirs=said("theirs"),
        theirs_by=row["theirs_by"],
        theirs_at=row["theirs_at"],
        found_at=row["found_at"],
        choice=row["choice"],
        decided=words.CHOICES[row["choice"]],
    )
