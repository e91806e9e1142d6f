"""Cases to look at: lists by key, counts, one case whole, the story of its due date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, select
from sqlalchemy.engine import Connection

from db.models import CaseFile, Operator
from desk.domain.deadline_text import ExplainedRow, basis, rows, sentence
from desk.domain.facts import start_values
from desk.domain.paper_values import day_words
from desk.domain.workflow import Action, allowed, with_stage
from desk.services import (
    case_detail,
    case_editing,
    case_rows,
    case_store,
    covering,
    given_back,
    item_words,
    missing_rules,
    order_views,
    search,
    shielding,
    sync_states,
)
from desk.services.case_store import StoredCase
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.views import CaseDetail, CaseFilter, CasePage

NOT_RUNNING = "还没有受理，期限从受理那天起算。"
GROUPS = ("open", "supplement", "overdue", "closed", "all")


@dataclass(frozen=True, slots=True)
class DueStory:
    """How a due date came about: a title, a sentence for each limit, the days of the nearer one, what it rests on."""

    title: str
    lines: tuple[str, ...]
    days: tuple[ExplainedRow, ...]
    basis: str


def page(
    office: Office, *, wanted: CaseFilter, after: UUID | None = None, limit: int = 50
) -> CasePage:
    """A page of cases, newest first, following the case `after`; asked by key, so that any depth costs the same."""
    with reading(office) as connection:
        query = case_rows.newest(_wanted(office, connection, wanted), after, limit)
        found = connection.execute(query).mappings().all()
        reached = sync_states.states(office, connection, [row["id"] for row in found])
        shown = tuple(case_rows.case_row(office, row, reached[row["id"]]) for row in found)
    return CasePage(shown, shown[-1].id if len(shown) == limit else None)


def counts(office: Office, *, wanted: CaseFilter) -> dict[str, int]:
    """How many cases each group holds under the other filters (search text and the way to the county aside)."""
    with reading(office) as connection:
        return {
            group: connection.execute(_count(office, wanted, group)).scalar_one()
            for group in GROUPS
        }


def operators(office: Office) -> tuple[tuple[UUID, str], ...]:
    """Everybody who has worked here, by name."""
    with reading(office) as connection:
        rows = connection.execute(select(Operator.id, Operator.name).order_by(Operator.name))
        return tuple(rows.all())


def detail(office: Office, *, case_id: UUID) -> CaseDetail:
    """One case with all its page shows.

    Raises:
        NotFound: there is none of this id.
    """
    with reading(office) as connection:
        stored = case_store.load(office, connection, case_id)
        line = (
            connection.execute(case_rows.columns().where(CaseFile.id == case_id)).mappings().one()
        )
        history = case_detail.history(office, connection, stored)
        papers = case_detail.documents(connection, case_id)
        reached = sync_states.states(office, connection, [case_id])[case_id]
        county = _with_county(office, connection, case_id)
    where, hidden = stored.standing, shielding.is_hidden(office, stored.row)
    actions = allowed(where.workflow, where.state.key, stored.facts)
    by_hand = [
        with_stage(action, where.item.fields, where.form)
        for action in actions
        if action.who != "system"
    ]
    known = {**stored.facts, **where.form, "$today": office.today.isoformat()}
    return CaseDetail(
        row=case_rows.case_row(office, line, reached),
        version=where.version,
        person_id=None if hidden else stored.row["person_id"],
        numbers=tuple(filter(None, (stored.row["sj_number"], stored.row["sl_number"]))),
        # Of a case that two computers began apart, nothing but its beginning may be told.
        subtitle=case_detail.subtitle(stored, history[-1].row.who if history else ""),
        state=where.state,
        bar=case_detail.bar_steps(where, history),
        actions=tuple(sorted(by_hand, key=lambda action: not action.primary)),
        history=(
            *(entry.row for entry in history),
            *missing_rules.told(stored.catalog, stored.row),
        ),
        parties=case_detail.parties(office, stored),
        form=case_detail.form(office, stored),
        materials=case_detail.materials(stored),
        documents=() if hidden else papers,
        due=where.clock.due,
        statutory=where.clock.statutory,
        due_title=case_detail.due_title(stored),
        notices=case_detail.notices(office, stored),
        begun={one.key: _begun(office, stored, one, known) for one in by_hand},
        shielded=bool(stored.row["shielded"]),
        handled_here=stored.row["operator_id"] == office.actor,
        **county,
    )


def _begun(
    office: Office, stored: StoredCase, action: Action, known: Mapping[str, object]
) -> Mapping[str, object]:
    """What an action's fields begin with; what is sensitive of a line that is not his begins empty."""
    kept = {one.key for one in action.asks if one.sensitive in covering.BY_LINE}
    started = start_values(action, known)
    if shielding.is_hidden(office, stored.row):
        return {}
    if not kept or covering.sees(office, stored.row["line"]):
        return started
    return {key: value for key, value in started.items() if key not in kept}


def _with_county(office: Office, connection: Connection, case_id: UUID) -> dict[str, Any]:
    """What stands between desk and county over a case: what was given back, conflicts, requests."""
    orders = order_views.orders_of(office, connection, case_id=case_id)
    return {
        "refused": given_back.reasons(connection, case_id),
        "conflicts": order_views.conflicts_of(office, connection, case_id=case_id),
        "requests": tuple(
            one for one in orders if one.code == case_editing.ASKED and one.kind == "request"
        ),
    }


def due_story(office: Office, *, case_id: UUID) -> DueStory:
    """Every counted, skipped and paused day of a case's due date, and why."""
    with reading(office) as connection:
        stored = case_store.load(office, connection, case_id)
    hidden = shielding.is_hidden(office, stored.row)
    title = f"{shielding.NAME if hidden else stored.person.name} · {stored.item.short_name}"
    named = case_detail.due_field(stored)
    if named is not None and stored.row["due_on"]:
        day = day_words(date.fromisoformat(stored.row["due_on"]))
        return DueStory(title, (f"{named.label}：{day}。",), (), named.help)
    clock = stored.standing.clock
    accepted = item_words.acceptor_word(stored.item)
    lines = tuple(
        sentence(limit, kind, accepted)
        for kind, limit in (("承诺", clock.promised), ("法定", clock.statutory))
        if limit is not None
    )
    first = clock.due
    if first is None:
        return DueStory(title, (NOT_RUNNING,), (), "")
    return DueStory(title, lines, rows(first), basis(first))


def _count(office: Office, wanted: CaseFilter, group: str) -> Select[Any]:
    return select(func.count()).select_from(CaseFile).where(*_conditions(office, wanted, group))


def narrowed(
    office: Office, connection: Connection, wanted: CaseFilter, columns: Select[Any]
) -> Select[Any]:
    """The cases of a filter, search words among it, newest first."""
    return columns.where(*_wanted(office, connection, wanted)).order_by(CaseFile.id.desc())


def _wanted(office: Office, connection: Connection, wanted: CaseFilter) -> tuple[Any, ...]:
    words = list(search.conditions(office, connection, wanted.text))
    if wanted.sync:
        words.append(sync_states.condition(office, connection, wanted.sync))
    return (*_conditions(office, wanted, wanted.group), *words)


def _conditions(office: Office, wanted: CaseFilter, group: str) -> list[Any]:
    """The filters as conditions; written so that each can use its index."""
    conditions: list[Any] = list(_group(office, group))
    if wanted.state:
        conditions.append(CaseFile.state == wanted.state)
    if wanted.line:
        conditions.append(CaseFile.line == wanted.line)
    if wanted.operator:
        conditions.append(CaseFile.operator_id == wanted.operator)
    if wanted.first:
        conditions.append(CaseFile.opened_on >= wanted.first)
    if wanted.last:
        conditions.append(CaseFile.opened_on <= wanted.last)
    return conditions


def _group(office: Office, group: str) -> tuple[Any, ...]:
    today = office.today.isoformat()
    match group:
        case "open":
            return (CaseFile.phase.in_(("open", "decided")),)
        case "supplement":
            return (CaseFile.state == "supplement",)
        case "overdue":
            return (and_(CaseFile.phase == "open", CaseFile.due_on != "", CaseFile.due_on < today),)
        case "closed":
            return (CaseFile.phase == "closed",)
        case _:
            return ()
