"""Times that run by themselves: silence that accepts, papers nobody brought, the day a form sets; and whose are over today."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection

from db.models import CaseFile, Document
from desk.domain.catalog import Catalog
from desk.domain.deadlines import Limit, due
from desk.domain.letter_dates import half_year_silent
from desk.domain.workdays import HolidayTable
from desk.domain.workflow import Action
from desk.services import catalogs
from desk.services.office import Office
from desk.services.standing import Standing, standing_of

SILENT_AFTER = Limit(5, "working_day")
"""An applicant who is told nothing within this counts as accepted (行政许可法 art. 32), where the item says so."""


def facts(
    office: Office, connection: Connection, row: Mapping[Any, Any], standing: Standing
) -> dict[str, object]:
    """What a life-cycle's conditions ask about the times of this case; who was told what is missing is accepted by no silence."""
    found = _over(office, row, standing)
    if standing.item.limits.silent_acceptance and _was_told(connection, row["id"]):
        found["silent_over"] = False
    return found


def ripe(office: Office, connection: Connection) -> tuple[UUID, ...]:
    """The cases that time may move today, by their own rows alone.

    Thousands may wait in such a state, and each read whole takes some milliseconds; what else the condition asks is seen when
    the case is moved.
    """
    known = catalogs.in_use(office, connection)
    states = {
        state
        for catalog in known
        for workflow in catalog.workflows.values()
        for action in workflow.actions
        if _is_timer(action)
        for state in action.sources
    }

    @cache
    def rules_of(digest: str) -> tuple[Catalog, HolidayTable]:
        rules = catalogs.rules_of(office, connection, digest)
        return rules.catalog, catalogs.holidays_of(office, rules)

    rows = connection.execute(select(CaseFile).where(CaseFile.state.in_(sorted(states))))
    return tuple(
        row["id"]
        for row in rows.mappings()
        if _may_move(office, row, standing_of(*rules_of(row["catalog_digest"]), row))
    )


def _is_timer(action: Action) -> bool:
    return action.who == "system"


def _may_move(office: Office, row: Mapping[Any, Any], standing: Standing) -> bool:
    limits = standing.item.limits
    told = {"silent": limits.silent_acceptance, "lapses": limits.lapses}
    told |= _over(office, row, standing)
    return any(
        action.when is None or action.when.holds(told) is not False
        for action in standing.workflow.actions
        if _is_timer(action) and standing.state.key in action.sources
    )


def _over(office: Office, row: Mapping[Any, Any], standing: Standing) -> dict[str, Any]:
    """Which times are over, whoever was told what."""
    today, holidays = office.today, standing.holidays
    silent = due(date.fromisoformat(row["opened_on"]), SILENT_AFTER, holidays).on
    days = standing.item.limits.supplement_days
    changed = date.fromisoformat(row["changed_at"][:10])
    bring_by = due(changed, Limit(days, "working_day"), holidays).on if days else None
    return {
        "silent_over": silent is not None and today > silent,
        "supplement_over": bring_by is not None and today > bring_by,
        # The day the form sets for the state the case stands in.
        "due_over": bool(
            standing.state.due and row["due_on"] and today.isoformat() > row["due_on"]
        ),
        "half_year_silent": half_year_silent(standing.form, today),
    }


def _was_told(connection: Connection, case_id: UUID) -> bool:
    notice = select(Document.id).where(
        Document.case_id == case_id, Document.kind == "one_time_notice"
    )
    return connection.execute(notice.limit(1)).first() is not None
