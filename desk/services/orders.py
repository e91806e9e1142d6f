"""The county asks: orders to a desk about one of its cases. The desk takes them through its own log, or says why not."""

import unicodedata
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from db.models import Conflict
from desk.domain.canonical import Json
from desk.domain.field_values import clean
from desk.domain.fields import FieldDef
from desk.domain.forms import check_form
from desk.domain.plain import to_plain
from desk.domain.workflow import Action, action_named, allowed, with_stage
from desk.errors import ActionNotAllowed, ChangedMeanwhile, FieldsRefused, NotFound, Problem
from desk.exchange.order_lines import MAX_REASON, Choice, OrderKind
from desk.services import case_store
from desk.services.case_store import StoredCase
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform, reading
from desk.words import orders as words

BY_HAND = ("desk", "acceptor")


def moves(office: Office, *, case_id: UUID) -> tuple[Action, ...]:
    """What the county may order of a case as it knows it, with the fields each asks; the accepting body's own moves first.

    Raises:
        NotFound: the county has no such case.
    """
    with reading(office) as connection:
        stored = case_store.load(office, connection, case_id)
    where = stored.standing
    found = [
        with_stage(one, where.item.fields, where.form)
        for one in allowed(where.workflow, where.state.key, stored.facts)
        if one.who in BY_HAND
    ]
    return tuple(sorted(found, key=lambda one: (one.who != "acceptor", not one.primary)))


def fields(office: Office, *, case_id: UUID) -> tuple[tuple[FieldDef, Json], ...]:
    """The fields of a case with their values: those of the county or shared may be edited, the desk's own be asked about.

    Raises:
        NotFound: the county has no such case.
    """
    with reading(office) as connection:
        stored = case_store.load(office, connection, case_id)
    return tuple((one, stored.standing.form.get(one.key)) for one in stored.item.fields)


def give_move(
    office: Office, *, case_id: UUID, action: str, asks: Mapping[str, object], reason: str = ""
) -> Done[UUID]:
    """Order a move of the case's life-cycle, with what it asks; gives the order's id.

    Raises:
        NotFound, ActionNotAllowed, FieldsRefused: by what the county knows of the case it cannot be.
    """

    def work(bench: Work) -> UUID:
        stored = case_store.load(office, bench.connection, case_id)
        where = stored.standing
        move = action_named(where.workflow, where.state.key, action, stored.facts)
        if move.who not in BY_HAND:
            raise ActionNotAllowed(action, where.state.key)
        move = with_stage(move, where.item.fields, where.form)
        given, problems = check_form(move.asks, asks, stored.facts)
        _refuse(problems)
        told = {key: to_plain(value) for key, value in given.items() if value is not None}
        body: dict[str, Json] = {"action": action, "asks": told, "reason": plain_reason(reason)}
        return give(bench, stored, "move", body)

    return perform(office, Operation.GIVE_ORDER, work)


def give_edit(
    office: Office,
    *,
    case_id: UUID,
    version: int,
    fields: Mapping[str, object],
    reason: str = "",
) -> Done[UUID]:
    """Order fields of the county or shared ones to be written; `version` is the one of the case that was looked at.

    Raises:
        NotFound: the county has no such case.
        ChangedMeanwhile: the desk has told of a newer version since.
        FieldsRefused: a value cannot be taken, or the field is the desk's own: that is what `give_request` is for.
    """

    def work(bench: Work) -> UUID:
        stored = _seen(bench, case_id, version)
        values: dict[str, Json] = {}
        problems: list[Problem] = [] if fields else [Problem("fields", "required")]
        for key, typed in fields.items():
            field = _field(stored, key)
            if field.owner == "site":
                problems.append(Problem(key, "site_owned"))
            value, found = clean(field, typed)
            problems += found
            values[key] = to_plain(value)
        _refuse(problems)
        return give(bench, stored, "edit", {"fields": values, "reason": plain_reason(reason)})

    return perform(office, Operation.GIVE_ORDER, work)


def give_request(office: Office, *, case_id: UUID, field: str, reason: str) -> Done[UUID]:
    """Ask the desk to correct a field of its own, with the reason.

    Raises:
        NotFound: the county has no such case.
        FieldsRefused: there is no such field, or no reason is given.
    """

    def work(bench: Work) -> UUID:
        stored = case_store.load(office, bench.connection, case_id)
        told = plain_reason(reason)
        if not told:
            raise FieldsRefused((Problem("reason", "required"),))
        body: dict[str, Json] = {"field": _field(stored, field).key, "reason": told}
        return give(bench, stored, "request", body)

    return perform(office, Operation.GIVE_ORDER, work)


def give_decision(office: Office, *, conflict_id: UUID, choice: Choice) -> Done[UUID]:
    """Decide a conflict the desk has told of; whoever's choice the desk takes first wins.

    Raises:
        NotFound: the county has no such conflict.
        ChangedMeanwhile: it is decided already.
    """

    def work(bench: Work) -> UUID:
        row = bench.connection.execute(
            select(Conflict.case_id, Conflict.choice).where(Conflict.id == conflict_id)
        ).first()
        if row is None:
            raise NotFound
        if row.choice:
            raise ChangedMeanwhile
        stored = case_store.load(office, bench.connection, row.case_id)
        return give(bench, stored, "decide", {"conflict": conflict_id.hex, "choice": choice})

    return perform(office, Operation.GIVE_ORDER, work)


def give_erasure(office: Office, *, case_id: UUID, reason: str) -> Done[UUID]:
    """Order a closed case to be erased, with the reason; the desk's lead does it there with a second person, or says why not.

    Raises:
        NotFound: the county has no such case.
        CaseErased: it is erased already.
        ActionNotAllowed: it is not closed.
        FieldsRefused: no reason is given.
    """

    def work(bench: Work) -> UUID:
        stored = case_store.load(office, bench.connection, case_id)
        where = stored.standing
        if where.state.phase != "closed":
            raise ActionNotAllowed("erase", where.state.key, words.NOT_CLOSED)
        told = plain_reason(reason)
        if not told:
            raise FieldsRefused((Problem("reason", "required"),))
        return give(bench, stored, "erase", {"reason": told})

    return perform(office, Operation.GIVE_ORDER, work)


def _seen(bench: Work, case_id: UUID, version: int) -> StoredCase:
    stored = case_store.load(bench.office, bench.connection, case_id)
    if stored.standing.version != version:
        raise ChangedMeanwhile
    return stored


def _field(stored: StoredCase, key: str) -> FieldDef:
    for field in stored.item.fields:
        if field.key == key and not field.derive:
            return field
    raise FieldsRefused((Problem(key, "not_here"),))


def _refuse(problems: Any) -> None:
    grave = tuple(one for one in problems if not one.facts.get("advice"))
    if grave:
        raise FieldsRefused(grave)


def plain_reason(typed: str) -> str:
    """The reason as it travels: one line, without signs nobody sees, for a package takes no others."""
    shown = (" " if unicodedata.category(sign).startswith("C") else sign for sign in typed)
    return unicodedata.normalize("NFC", " ".join("".join(shown).split()))[:MAX_REASON]


def give(bench: Work, stored: StoredCase, kind: OrderKind, body: Mapping[str, Json]) -> UUID:
    """Write an order on this case down; gives its id."""
    order, where = bench.new_id(), stored.standing
    payload: dict[str, Json] = {
        "addressee": stored.row["origin"].hex,
        "case": where.case_id.hex,
        "kind": kind,
        "base": where.version,
        "body": body,
        "by": plain_reason(bench.office.hall.operator)[:80] or "县里",
    }
    bench.emit("order.given", "order", order, payload)
    bench.touch("case", where.case_id)
    return order
