"""A case as one line of a list."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from db.models import CaseFile, Operator
from desk.domain.deadlines import Alert, Limit, alert, alert_on_day
from desk.domain.numbering import spoken
from desk.domain.privacy import mask_id
from desk.domain.workflow import State
from desk.services import covering, shielding, sync_states
from desk.services.office import Office
from desk.services.views import CaseRow

INSTANT = "即办"
UNKNOWN_STATE = State("", "—", "open", "none", "plain")


def columns() -> Select[*tuple[Any, ...]]:
    """The columns a line needs; add where, order and limit."""
    return select(
        CaseFile.id,
        CaseFile.short_no,
        CaseFile.sj_number,
        CaseFile.sl_number,
        CaseFile.old_number,
        CaseFile.applicant,
        CaseFile.applicant_id_no,
        CaseFile.item_code,
        CaseFile.item_name,
        CaseFile.line,
        CaseFile.workflow,
        CaseFile.state,
        CaseFile.opened_on,
        CaseFile.opened_at,
        CaseFile.due_on,
        CaseFile.due_provisional,
        CaseFile.shielded,
        CaseFile.operator_id,
        Operator.name.label("operator"),
    ).join_from(CaseFile, Operator, Operator.id == CaseFile.operator_id, isouter=True)


def newest(conditions: Iterable[Any], after: UUID | None, limit: int) -> Select[*tuple[Any, ...]]:
    """The newest lines that meet the conditions, following the case `after`.

    The ids are chosen first, out of an index: sorting whole rows of a large file is a hundred times slower.
    """
    ids = select(CaseFile.id).where(*conditions)
    ids = ids.where(CaseFile.id < after) if after else ids
    chosen = ids.order_by(CaseFile.id.desc()).limit(limit)
    return columns().where(CaseFile.id.in_(chosen)).order_by(CaseFile.id.desc())


def case_row(office: Office, row: Mapping[Any, Any], sync: str = "") -> CaseRow:
    """The line as a page shows it: masked, with state label and due alert of today, and how far it got to the county."""
    state = state_of(office, row["workflow"], row["state"])
    hidden = shielding.is_hidden(office, row)
    return CaseRow(
        id=row["id"],
        short_no=short_of(row) or row["old_number"],
        applicant=shielding.NAME if hidden else row["applicant"],
        id_masked="" if hidden else mask_id(row["applicant_id_no"]),
        item_code=row["item_code"],
        item_name=covering.item_name(
            office, office.catalog.items.get(row["item_code"]), row["item_name"]
        ),
        line=row["line"],
        state=row["state"],
        state_label=state.label,
        tone=state.tone,
        opened_on=row["opened_on"],
        opened_at=row["opened_at"],
        due_on=row["due_on"],
        due=due_alert(office, state, row["due_on"], row["item_code"], row["sl_number"]),
        provisional=row["due_provisional"],
        operator=row["operator"] or "系统",
        sync=sync,
        sync_tone=sync_states.TONES.get(sync, "plain"),
    )


def short_of(row: Mapping[Any, Any]) -> str:
    """The short number of a case as it is shown; one that only has an SL number says so."""
    return spoken(row["short_no"], "SL" if row["sl_number"] and not row["sj_number"] else "SJ")


def state_of(office: Office, workflow: str, key: str) -> State:
    """The state by its key; a case of a newer life-cycle shows —."""
    known = office.catalog.workflows.get(workflow)
    return known.states.get(key, UNKNOWN_STATE) if known else UNKNOWN_STATE


def due_alert(office: Office, state: State, due_on: str, item_code: str, sl_number: str) -> Alert:
    """How near the due date is, today; what was done on the spot says so."""
    item = office.catalog.items.get(item_code)
    if item and item.instant and sl_number and not due_on:
        return Alert("none", 0, INSTANT)
    if state.due and due_on:
        return alert_on_day(date.fromisoformat(due_on), office.today, state.warn)
    limits = item.limits if item else None
    limit = Limit(limits.promised_days, limits.promised_unit) if limits else Limit(0, "working_day")
    due = date.fromisoformat(due_on) if due_on else None
    return alert(due, office.today, limit, office.holidays, state.clock)
