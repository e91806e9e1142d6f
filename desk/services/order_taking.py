"""The county's orders taken at a desk: each through the desk's own log in a transaction of its own, or told why not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from db.models import LegalHold, OrderTaken
from desk.changes import Changes
from desk.domain.canonical import Json
from desk.domain.fields import FieldDef
from desk.domain.workflow import BACK, STAY, Workflow, action_named
from desk.errors import (
    ActionNotAllowed,
    CaseErased,
    ChangedMeanwhile,
    FieldsRefused,
    NotFound,
    NumbersExhausted,
    PackageRefused,
    Problem,
    UserError,
)
from desk.exchange.header import Header
from desk.exchange.order_lines import Order, parse_orders
from desk.exchange.parts import Contents
from desk.services import (
    case_editing,
    case_fields,
    case_store,
    cases,
    conflicts,
    order_text,
    shielding,
)
from desk.services.case_editing import ASKED
from desk.services.case_fields import Since
from desk.services.case_store import StoredCase
from desk.services.erasing_projection import ERASE, ERASED
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform, reading
from desk.services.ordered import Ordered
from desk.services.sync_views import ReadBack
from desk.words import orders as words
from desk.words.errors import words as error_words
from desk.words.problems import problem_text

PHASES: Mapping[str, int] = {"open": 0, "decided": 1, "closed": 2}
"""A case only goes up: what was ordered for a lower phase, or the same one, comes too late once it is reached."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an order, what it asked for in words, and why not ('' when it was done)."""

    code: str
    what: str
    why: str = ""


class _Late(Exception):
    """The case has gone on since the county saw it."""


def take(office: Office, _header: Header, contents: Contents) -> Done[ReadBack]:
    """Take every order that was not taken before, in the order they were given.

    Raises:
        PackageRefused: DAMAGED, or TOO_NEW when one of them is of a kind this program does not know; then none is taken.
    """
    orders = parse_orders(contents.body)
    with reading(office) as connection:
        ids = [one.id for one in orders]
        known = set(
            connection.execute(select(OrderTaken.id).where(OrderTaken.id.in_(ids))).scalars()
        )
    taken: list[str] = []
    passed: list[str] = []
    changes = Changes()
    for order in orders:
        if order.id in known:
            continue
        try:
            done = _take(office, order)
        except NotFound:
            passed.append(words.UNKNOWN_CASE)
            continue
        except NumbersExhausted:
            # Tomorrow there are numbers again; until then the order stands as if it had not come.
            passed.append(words.WAITS_FOR_NUMBERS)
            continue
        taken.append(done.value)
        changes = changes | done.changes
    if not taken and not passed:
        passed.append(words.TAKEN_BEFORE)
    return Done(ReadBack(tuple(taken), tuple(passed)), changes)


def _take(office: Office, order: Order) -> Done[str]:
    """Do as ordered and say so in one transaction; where that cannot be, nothing is done but said."""
    try:
        return perform(office, Operation.EXCHANGE, lambda bench: _do(bench, order))
    except (NotFound, NumbersExhausted):
        raise
    except CaseErased:
        return perform(office, Operation.EXCHANGE, lambda bench: _of_erased(bench, order))
    except _Late:
        code, why = "late", ""
    except PackageRefused:
        raise
    except FieldsRefused as refused:
        code, why = "impossible", " ".join(map(problem_text, refused.problems))
    except ChangedMeanwhile:
        code, why = "late", words.DECIDED_BEFORE
    except UserError as refused:
        code, why = "impossible", error_words(refused).text

    def say(bench: Work) -> str:
        stored = case_store.load(office, bench.connection, order.case_id)
        return _record(bench, stored, order, Outcome(code, _what(bench, stored, order), why))

    return perform(office, Operation.EXCHANGE, say)


def _do(bench: Work, order: Order) -> str:
    stored = case_store.load(bench.office, bench.connection, order.case_id)
    what = _what(bench, stored, order)
    reason = str(order.body.get("reason") or "")
    ordered = Ordered(order.id, order.by, reason, order.base)
    clerk, bench.actor = bench.actor, None
    match order.kind:
        case "move":
            code = _move(bench, stored, order, ordered)
        case "edit":
            code = _edit(bench, stored, order, ordered)
        case "request":
            if (key := str(order.body["field"])) not in _fields(stored):
                raise FieldsRefused((Problem(key, "not_here"),))
            code = ASKED
        case "erase":
            code = _erase(bench, stored)
        case "number":
            # A case that was given its number in good faith is put right by people, not by the program.
            code = "told"
        case _:
            code = _decide(bench, order, ordered)
    bench.actor = clerk
    return _record(bench, stored, order, Outcome(code, what))


def _move(bench: Work, stored: StoredCase, order: Order, ordered: Ordered) -> str:
    key = str(order.body["action"])
    asks: Any = order.body["asks"]
    where = stored.standing
    here, reached = PHASES[where.state.phase], _reaches(where.workflow, key, where.state.phase)
    gone_on = where.version > order.base
    try:
        action = action_named(where.workflow, where.state.key, key, stored.facts)
    except ActionNotAllowed:
        if gone_on and reached is not None and here >= reached:
            raise _Late from None
        raise
    if action.who == "system":
        raise ActionNotAllowed(key, where.state.key)
    if gone_on and reached is not None and here > reached:
        raise _Late
    cases.move(bench, stored, key, asks, ordered=ordered)
    return "taken"


def _reaches(workflow: Workflow, key: str, phase: str) -> int | None:
    """The highest phase this action leads to; None for one that stays where it is, leads back or is not known."""
    targets = {one.target for one in workflow.actions if one.key == key} - {STAY, BACK}
    return max((PHASES[workflow.states[one].phase] for one in targets), default=None)


def _edit(bench: Work, stored: StoredCase, order: Order, ordered: Ordered) -> str:
    """Field by field: what the desk left alone since is written, what it wrote too stands against it as a conflict."""
    asked: Any = order.body["fields"]
    known = _fields(stored)
    if own := [known[key].label for key in asked if key in known and known[key].owner == "site"]:
        raise ActionNotAllowed(
            "edit", stored.standing.state.key, words.SITE_OWNED.format(label="、".join(own))
        )
    form = stored.standing.form
    wanted = case_editing.cleaned(known, asked, form)
    since = case_fields.since(bench.connection, order.case_id, order.base)
    at_desk = since.at_desk()
    against = {key for key in wanted if key in at_desk and wanted[key] != form.get(key)}
    free = {key: value for key, value in wanted.items() if key not in against}
    if free:
        case_editing.write(bench, stored, free, ordered=ordered)
    for key in sorted(against):
        _found(bench, stored, order, key, (since, wanted[key]))
    return "conflict" if against else "merged" if at_desk - wanted.keys() else "taken"


def _found(
    bench: Work, stored: StoredCase, order: Order, key: str, told: tuple[Since, Json]
) -> None:
    since, theirs = told
    case_editing.supersede(bench, order.case_id, (key,), order.by)
    mine = since.written[key]
    payload: dict[str, Json] = {
        "order": order.id.hex,
        "case": order.case_id.hex,
        "field": key,
        "before": since.before.get(key),
        "ours": stored.standing.form.get(key),
        "theirs": theirs,
        "ours_at": mine.at,
        "ours_by": mine.by,
        "theirs_at": order.at,
        "theirs_by": order.by,
    }
    bench.emit("conflict.found", "conflict", bench.new_id(), payload)


def _decide(bench: Work, order: Order, ordered: Ordered) -> str:
    choice: Any = order.body["choice"]
    wanted = UUID(hex=str(order.body["conflict"]))
    conflicts.settle(bench, wanted, choice, order.by, ordered)
    return "taken"


def _erase(bench: Work, stored: StoredCase) -> str:
    """A wish until two persons here have carried it out."""
    where = stored.standing
    if where.state.phase != "closed":
        raise ActionNotAllowed("erase", where.state.key, words.NOT_CLOSED)
    held = select(LegalHold.id).where(LegalHold.id == where.case_id)
    if bench.connection.execute(held).first() is not None:
        raise ActionNotAllowed("erase", where.state.key, words.HELD)
    return ASKED


def _fields(stored: StoredCase) -> dict[str, FieldDef]:
    return {field.key: field for field in stored.item.fields if not field.derive}


def _what(bench: Work, stored: StoredCase, order: Order) -> str:
    item, workflow = stored.item, stored.standing.workflow
    return order_text.what(bench.connection, item, workflow, order.kind, order.body)


def _of_erased(bench: Work, order: Order) -> str:
    """Of an erased case nothing is written any more, and nothing of what was to be written is kept."""
    erase = order.kind == ERASE
    payload: dict[str, Json] = {
        "case": order.case_id.hex,
        "kind": order.kind,
        "body": order.body if erase else {},
        "outcome": ERASED if erase else "late",
        "facts": {"what": words.KIND_LABELS[order.kind], "why": words.ERASED_BEFORE},
        "given_at": order.at,
        "given_by": order.by,
    }
    bench.emit("order.taken", "order", order.id, payload)
    bench.touch("case", order.case_id)
    return words.ERASED_BEFORE


def _record(bench: Work, stored: StoredCase, order: Order, outcome: Outcome) -> str:
    payload: dict[str, Json] = {
        "case": order.case_id.hex,
        "kind": order.kind,
        "body": order.body,
        "outcome": outcome.code,
        "facts": {"what": outcome.what, "why": outcome.why},
        "given_at": order.at,
        "given_by": order.by,
    }
    bench.emit("order.taken", "order", order.id, payload)
    bench.touch("case", order.case_id)
    row = stored.row
    told = words.order_sentence(outcome.code, by=order.by, what=outcome.what, why=outcome.why)
    # It goes onto the slip of the trip, too.
    who = shielding.NAME if row["shielded"] else row["applicant"]
    return f"{who} {row['item_name']}：{told}"
