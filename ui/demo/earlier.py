"""What was done in the weeks before the demonstration's day, entered through the services day by day."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from desk.clock import CHINA, FixedClock
from desk.domain.catalog import Item
from desk.domain.materials import HandedIn
from desk.resources import resource_bytes
from desk.services import case_views, cases, intake
from desk.services.office import Office
from desk.services.views import IntakeValues, PersonValues

SOURCE = "demo/earlier.toml"


@dataclass(frozen=True, slots=True)
class _Step:
    """One moment of one case: the intake, or a later move."""

    at: datetime
    case: int
    facts: Mapping[str, Any]


def take_in_earlier(
    office: Office, clock: FixedClock, residents: Mapping[str, PersonValues]
) -> int:
    """Enter everything in the order it happened, `clock` going along; gives back how many cases."""
    source = tomllib.loads(resource_bytes(SOURCE).decode())
    ids: dict[int, UUID] = {}
    for step in sorted(_steps(source["case"]), key=lambda one: one.at):
        clock.moment = step.at
        if step.case in ids:
            _move(office, ids[step.case], step.facts)
        else:
            usual = source["usual"][step.facts["item"]]
            ids[step.case] = _take_in(office, step.facts, usual, residents)
    return len(ids)


def _steps(rows: list[dict[str, Any]]) -> Iterator[_Step]:
    for place, row in enumerate(rows):
        for facts in (row, *row.get("moves", ())):
            yield _Step(facts["at"].replace(tzinfo=CHINA), place, facts)


def _take_in(
    office: Office,
    facts: Mapping[str, Any],
    usual: Mapping[str, Any],
    residents: Mapping[str, PersonValues],
) -> UUID:
    item = office.catalog.item(facts["item"])
    values = IntakeValues(
        item_code=item.code,
        person=residents[facts["who"]],
        form=usual["form"] | facts.get("form", {}),
        answers=usual["answers"] | facts.get("answers", {}),
        privacy_told=True,
    )
    needed = intake.prepare(office, values=values).needed
    brought = tuple(
        _paper(item, row.material.key)
        for row in needed
        if row.state == "needed" and row.material.key not in facts.get("lacks", ())
    )
    values = IntakeValues(
        item_code=item.code,
        person=values.person,
        form=values.form,
        answers=values.answers,
        handed_in=brought,
        privacy_told=True,
    )
    return intake.finish(office, values=values, end=facts["end"], asks={}).value.case_id


def _move(office: Office, case_id: UUID, facts: Mapping[str, Any]) -> None:
    detail = case_views.detail(office, case_id=case_id)
    if facts["do"] == "bring":
        item = office.catalog.item(detail.row.item_code)
        brought = tuple(_paper(item, key) for key in facts["papers"])
        cases.bring_materials(office, case_id=case_id, version=detail.version, handed_in=brought)
        return
    asks = {key: value for key, value in facts.items() if key not in ("at", "do")}
    cases.act(office, case_id=case_id, version=detail.version, action=facts["do"], asks=asks)


def _paper(item: Item, key: str) -> HandedIn:
    material = next(one for one in item.materials if one.key == key)
    return HandedIn(
        key,
        material.name,
        original_seen=True,
        original_kept=False,
        copies=material.copies,
        carried_over=False,
    )
