"""One case read whole: row, parties, papers, and the facts its life-cycle asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection

from db.models import CaseFile, CaseMaterial, CaseParty
from desk.domain import materials as rules
from desk.domain.catalog import Catalog, Item, MaterialDef
from desk.domain.facts import PersonFacts, facts_for
from desk.domain.materials import HandedIn
from desk.domain.plain import from_plain
from desk.errors import CaseErased, NotFound
from desk.services import catalogs, intake_checks, party_body, shielding, timers
from desk.services.erasing_projection import NAMELESS
from desk.services.office import Office
from desk.services.paper_making import PaperSubject
from desk.services.rules import Rules
from desk.services.standing import Standing, asked_before, standing_of
from desk.services.views import AgentValues, PersonValues

LASTING = ("acceptor_no", "decided_on", "decided_by", "result", "result_number")
"""What an accepting body says of a case once and every later paper says after it."""


@dataclass(frozen=True, slots=True)
class StoredCase:
    """A case with what belongs to it, as the file holds it now."""

    row: Mapping[Any, Any]
    rules: Rules
    standing: Standing
    person: PersonValues
    agent: AgentValues
    handed_in: tuple[HandedIn, ...]
    missing: tuple[MaterialDef, ...]
    facts: Mapping[str, object]

    @property
    def item(self) -> Item:
        return self.standing.item

    @property
    def catalog(self) -> Catalog:
        return self.rules.catalog


def load(office: Office, connection: Connection, case_id: UUID) -> StoredCase:
    """The case of this id.

    Raises:
        NotFound: there is none.
        CaseErased: it was erased after its time.
    """
    row = connection.execute(select(CaseFile).where(CaseFile.id == case_id)).mappings().first()
    if row is None:
        raise NotFound
    if row["applicant"] == NAMELESS:
        raise CaseErased
    known = catalogs.rules_of(office, connection, row["catalog_digest"])
    standing = standing_of(known.catalog, catalogs.holidays_of(office, known), row)
    person, agent = _parties(connection, case_id)
    handed_in = _handed_in(connection, case_id, standing.item)
    facts = _facts(office, connection, row, standing.item, person, agent)
    missing = rules.missing(rules.needed(standing.item, facts, (), office.today), handed_in)
    more = intake_checks.life_cycle_facts(office, standing.item, None, missing)
    return StoredCase(
        row=row,
        rules=known,
        standing=standing,
        person=person,
        agent=agent,
        handed_in=handed_in,
        missing=missing,
        facts={
            **facts,
            **more,
            **timers.facts(office, connection, row, standing),
            "person_ethnic": person.ethnic or None,
            **party_body.facts(connection, row["form"]),
            "eligible": _verdict(office, row),
            "ahead": standing.item.limits.ahead_days > 0 and _verdict(office, row) == "later",
        },
    )


def for_paper(stored: StoredCase) -> StoredCase:
    """The case as a paper may speak of it: of a confidential one neither who asked nor what he wrote into the form."""
    if not stored.row["shielded"]:
        return stored
    nobody = PersonValues(id_type="", name=shielding.ON_PAPER)
    empty = replace(stored.standing, form={})
    return replace(stored, person=nobody, agent=AgentValues(), standing=empty)


def paper_subject(stored: StoredCase, standing: Standing) -> PaperSubject:
    """The case as a paper speaks of it, after a move."""
    return PaperSubject(
        item=stored.item,
        person=stored.person,
        agent=stored.agent,
        handed_in=stored.handed_in,
        missing=stored.missing,
        received_at=datetime.fromisoformat(stored.row["opened_at"]),
        clock=standing.clock,
        acceptor_here=bool(stored.facts["acceptor_here"]),
        eligibility=stored.row["eligibility"],
        form=stored.row["form"],
        wording=stored.rules.wording,
        other_number=stored.row["sl_number"] or stored.row["sj_number"],
        shielded=stored.row["shielded"],
    )


def said_before(connection: Connection, case_id: UUID) -> dict[str, object]:
    """What earlier moves of the case were told of the decision (`LASTING`), the latest word of each; a paper says it again."""
    told: dict[str, object] = {}
    for asks in asked_before(connection, case_id):
        told |= {key: asks[key] for key in LASTING if asks.get(key)}
    return told


def _parties(connection: Connection, case_id: UUID) -> tuple[PersonValues, AgentValues]:
    rows = connection.execute(
        select(CaseParty.role, CaseParty.snapshot).where(CaseParty.case_id == case_id)
    )
    parties: dict[str, Any] = dict(rows.all())
    return (
        from_plain(PersonValues, parties.get("applicant", {})),
        from_plain(AgentValues, parties.get("agent", {})),
    )


def _handed_in(connection: Connection, case_id: UUID, item: Item) -> tuple[HandedIn, ...]:
    """The papers of a case in the order the item lists them."""
    found = connection.execute(
        select(CaseMaterial).where(CaseMaterial.case_id == case_id)
    ).mappings()
    places = {material.key: place for place, material in enumerate(item.materials)}
    rows = sorted(found, key=lambda row: (places.get(row["key"], len(places)), row["key"]))
    return tuple(
        HandedIn(
            key=row["key"],
            name=row["name"],
            original_seen=row["original_seen"],
            original_kept=row["original_kept"],
            copies=row["copies"],
            carried_over=row["carried_over"],
            promised_by=row["promised_by"],
            note=row["note"],
        )
        for row in rows
    )


def _facts(
    office: Office,
    connection: Connection,
    row: Mapping[Any, Any],
    item: Item,
    person: PersonValues,
    agent: AgentValues,
) -> dict[str, object]:
    who = PersonFacts(
        name=person.name,
        id_no=person.id_no,
        sex=person.sex,
        birth=date.fromisoformat(person.birth) if person.birth else None,
        region=person.id_no[:6],
        is_proxy=bool(agent.name),
        proxy_relation=agent.relation,
    )
    return facts_for(
        item,
        person=who,
        form=row["form"],
        answers=row["answers"],
        county=office.county,
        # Rules look at the day the case was opened: a person does not grow out of an application on file, only into one.
        on=_came_of_age(office, row) or date.fromisoformat(row["opened_on"]),
        register={},
    )


def _came_of_age(office: Office, row: Mapping[Any, Any]) -> date | None:
    """The day since which the age no longer stands against who applied too early; None when it never did or still does."""
    day = str(row["eligibility"].get("from_day") or "")
    return date.fromisoformat(day) if day and day <= office.today.isoformat() else None


def _verdict(office: Office, row: Mapping[Any, Any]) -> str:
    return "yes" if _came_of_age(office, row) else str(row["eligibility"].get("verdict", "yes"))
