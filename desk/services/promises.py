"""Papers a case is accepted without: each is promised by a day, or it would be forgotten (容缺受理)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from desk.domain.catalog import Item, MaterialDef
from desk.domain.deadlines import Limit, due
from desk.domain.materials import HandedIn
from desk.domain.workflow import Action
from desk.errors import Problem
from desk.services.office import Office

ACCEPTS = "acceptance_notice"


def latest(office: Office, item: Item) -> date:
    """The last day that may be agreed on today for a paper that follows."""
    days = Limit(item.limits.tolerance_days, "working_day")
    return due(office.today, days, office.holidays).on or office.today


def promised(
    office: Office,
    action: Action,
    item: Item,
    handed_in: tuple[HandedIn, ...],
    missing: tuple[MaterialDef, ...],
    facts: Mapping[str, object],
) -> tuple[HandedIn, ...]:
    """The papers as they stand once `action` accepts without the missing ones.

    Those are promised by the day agreed on at the desk, else by the last day the item allows. An action that does not
    accept, or papers that may not follow, leave everything as it is.
    """
    if action.paper != ACCEPTS or not facts["tolerable"]:
        return handed_in
    given = {paper.key: paper for paper in handed_in}
    last = latest(office, item).isoformat()
    for material in missing:
        paper = given.get(material.key) or _absent(material)
        given[material.key] = replace(paper, promised_by=paper.promised_by or last)
    return tuple(given.values())


def wrong_days(office: Office, item: Item, handed_in: tuple[HandedIn, ...]) -> tuple[Problem, ...]:
    """A promise for a day that is past, or later than the item allows, by the key of its paper."""
    first, last = office.today.isoformat(), latest(office, item).isoformat()
    wrong = (p for p in handed_in if p.promised_by and not first <= p.promised_by <= last)
    return tuple(Problem(p.key, "day_range", {"first": first, "last": last}) for p in wrong)


def _absent(material: MaterialDef) -> HandedIn:
    return HandedIn(
        material.key,
        material.name,
        original_seen=False,
        original_kept=False,
        copies=0,
        carried_over=False,
    )
