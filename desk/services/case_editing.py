"""Fields of a case's form written anew after the intake, with the reason: by the desk, or because the county ordered it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import select

from db.models import Conflict, OrderTaken
from desk.domain.canonical import Json
from desk.domain.facts import follows_form
from desk.domain.field_values import clean
from desk.domain.fields import FieldDef
from desk.domain.forms import visible
from desk.domain.plain import to_plain
from desk.errors import ChangedMeanwhile, FieldsRefused, Problem
from desk.services import audit, case_store, covering, rights, shielding, standing
from desk.services.case_store import StoredCase
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform
from desk.services.ordered import Ordered
from desk.services.rights import Right

BLANK: tuple[object, ...] = (None, "", [])
ASKED, DONE, DECLINED = "asked", "done", "declined"
NEWER = "newer"
"""How a conflict ends whose field was written anew before anybody chose."""


def editable(stored: StoredCase) -> tuple[FieldDef, ...]:
    """The fields of a case a desk may write anew: those asked of it that are not the county's and do not follow from others.

    A field whose condition hangs on another of them keeps it; any other condition is looked at now.
    """
    own = [one for one in stored.item.fields if one.owner != "county" and not one.derive]
    keys = {one.key for one in own}
    facts = {**stored.facts, **stored.standing.form}
    found = []
    for one in own:
        if one.when is not None and one.when.names() <= keys:
            found.append(one)
        elif visible((one,), facts):
            found.append(replace(one, when=None))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Correctable:
    """What of a case may be corrected, and what it holds at `version`."""

    case_id: UUID
    version: int
    fields: tuple[FieldDef, ...]
    values: Mapping[str, object]


def correctable(office: Office, *, case_id: UUID) -> Done[Correctable]:
    """The fields of a case as they may be written anew, secret ones bare, which is noted: somebody means to correct them.

    What is sensitive of a line that is not his he can neither see nor correct.

    Raises:
        NotFound: there is no such case.
        NotGranted: he may not see cases.
    """

    def work(bench: Work) -> Correctable:
        rights.demand(office, Right.LOOK)
        shielding.demand(office, bench.connection, case_id)
        stored = case_store.load(office, bench.connection, case_id)
        where, line = stored.standing, stored.row["line"]
        sees = covering.sees(office, line)
        fields = tuple(
            one for one in editable(stored) if sees or one.sensitive not in covering.BY_LINE
        )
        values = {one.key: where.form.get(one.key) for one in fields}
        if any(values[one.key] and one.sensitive for one in fields):
            audit.note(bench, "reveal", case_id, "handle", of="correct")
        return Correctable(case_id, where.version, fields, values)

    return perform(office, Operation.NOTE, work)


def edit(
    office: Office, *, case_id: UUID, version: int, fields: Mapping[str, object], why: str
) -> Done[None]:
    """Correct fields of a case at the desk; what the county asked to be corrected in them counts as answered.

    Raises:
        ChangedMeanwhile: another window was first.
        FieldsRefused: a value or the reason cannot be taken, or the field is not the desk's to write.
    """

    def work(bench: Work) -> None:
        stored = case_store.load(office, bench.connection, case_id)
        if stored.standing.version != version:
            raise ChangedMeanwhile
        known = {one.key: one for one in editable(stored)}
        values = cleaned(known, fields, stored.standing.form)
        if not why.strip():
            raise FieldsRefused((Problem("why", "required"),))
        form = stored.standing.form
        changed = {key: value for key, value in values.items() if value != form.get(key)}
        if not changed:
            raise FieldsRefused([Problem(key, "unchanged") for key in fields][:1])
        write(bench, stored, changed, why=why.strip())
        _answer_requests(bench, case_id, changed)

    return perform(office, Operation.ACT_ON_CASE, work)


def cleaned(
    known: Mapping[str, FieldDef], fields: Mapping[str, object], form: Mapping[str, object]
) -> dict[str, Json]:
    """The values as they are stored.

    Raises:
        FieldsRefused: a value cannot be taken, is needed and missing, or its field is not among the `known`.
    """
    values: dict[str, Json] = {}
    problems: list[Problem] = []
    for key, typed in fields.items():
        if key not in known:
            problems.append(Problem(key, "not_here"))
            continue
        value, found = clean(known[key], typed)
        problems += [one for one in found if not one.facts.get("advice")]
        had = form.get(key) not in BLANK or known[key].when is not None
        if known[key].required and value in BLANK and had:
            problems.append(Problem(key, "required", {"kind": known[key].kind}))
        values[key] = to_plain(value)
    if problems:
        raise FieldsRefused(problems)
    return values


def write(
    bench: Work,
    stored: StoredCase,
    values: Mapping[str, Json],
    *,
    why: str = "",
    ordered: Ordered | None = None,
) -> None:
    """Write these values and what follows from them; an open conflict over one of the fields has then lost its object."""
    where = stored.standing
    form = {**where.form, **values}
    form |= follows_form(stored.item, stored.facts, form, bench.today)
    changed = {key: value for key, value in form.items() if where.form.get(key) != value}
    if changed:
        payload: dict[str, Json] = {
            "fields": changed,
            "due_on": standing.due_on(replace(where, form=form)),
            "why": why,
            "by": "",
            "order": "",
            **(ordered.payload() if ordered else {}),
        }
        trunk = ordered.base if ordered else 0
        bench.emit("case.edited", "case", where.case_id, payload, base=where.version, trunk=trunk)
    by = ordered.by if ordered else bench.office.hall.operator
    supersede(bench, where.case_id, values, by)


def supersede(bench: Work, case_id: UUID, fields: Iterable[str], by: str) -> None:
    """End the open conflicts over these fields: newer values have come in their place."""
    wanted = (Conflict.case_id == case_id, Conflict.choice == "", Conflict.field.in_(tuple(fields)))
    rows = bench.connection.execute(select(Conflict).where(*wanted).order_by(Conflict.id))
    for row in rows.mappings().all():
        close(bench, row, NEWER, by)


def close(bench: Work, row: Mapping[Any, Any], choice: str, by: str) -> None:
    """Record how a conflict was decided, and by whom."""
    payload: dict[str, Json] = {"case": row["case_id"].hex, "choice": choice, "by": by}
    bench.emit("conflict.decided", "conflict", row["id"], payload, base=row["version"])
    bench.touch("case", row["case_id"])


def decline(office: Office, *, order_id: UUID, why: str) -> Done[None]:
    """Tell the county that what it asked to be corrected was looked at and is right as it stands.

    Raises:
        ChangedMeanwhile: it has its answer already.
        FieldsRefused: the reason is missing.
    """

    def work(bench: Work) -> None:
        rows = [row for row in _requests(bench) if row["id"] == order_id]
        if not rows:
            raise ChangedMeanwhile
        if not why.strip():
            raise FieldsRefused((Problem("why", "required"),))
        answer(bench, rows[0], DECLINED, why.strip())

    return perform(office, Operation.ACT_ON_CASE, work)


def _answer_requests(bench: Work, case_id: UUID, values: Mapping[str, Json]) -> None:
    for row in _requests(bench, OrderTaken.case_id == case_id):
        if row["body"]["field"] in values:
            answer(bench, row, DONE, "")


def answer(bench: Work, row: Mapping[Any, Any], outcome: str, why: str) -> None:
    """Tell the county what became of an order (a row of `OrderTaken`) that waited for somebody here."""
    payload: dict[str, Json] = {
        "case": row["case_id"].hex,
        "outcome": outcome,
        "facts": {**row["facts"], "why": why, "by": bench.office.hall.operator},
    }
    bench.emit("order.answered", "order", row["id"], payload, base=row["version"])
    bench.touch("case", row["case_id"])


def _requests(bench: Work, *conditions: Any) -> Iterator[Mapping[Any, Any]]:
    rows = bench.connection.execute(
        select(OrderTaken)
        .where(OrderTaken.outcome == ASKED, OrderTaken.kind == "request", *conditions)
        .order_by(OrderTaken.id)
    )
    yield from rows.mappings().all()
