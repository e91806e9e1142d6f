"""The first package of each of many desks: one real desk's log told again under other ids, truly chained, sealed and enrolled."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from db.models import Event
from desk.domain.canonical import canonical
from desk.domain.events import GENESIS, EventRecord, chained, commit_bytes
from desk.domain.ids import new_id
from desk.exchange.container import PackageDraft, seal
from desk.exchange.control_totals import NOTHING, control_totals
from desk.exchange.event_lines import write_lines
from desk.exchange.key_files import CountyKey, Enrolment, enrolment_file
from desk.exchange.keys import SealingPair, SigningPair
from desk.exchange.parts import Contents
from desk.services import hub, hub_desks
from desk.services.event_store import read_events
from desk.services.office import Office
from desk.services.operation import reading
from tests.bench.big_office import make_big_office, open_big_office
from tests.bench.stories import collect
from tests.builders import MONDAY, make_office
from tests.services.trips import put

IDS = re.compile(r"[0-9a-f]{32}")
FIRST_SITE = 610422001001
EVENTS_EACH_CASE = 4
"""No more than a case of the big office has, all in all."""
Told = tuple[EventRecord, str]
"""An event with the canonical text of what it says."""


@dataclass(frozen=True, slots=True)
class Site:
    """A desk that exists only in what it sends."""

    enrolment: Enrolment
    signing: SigningPair
    package: bytes


def real_log(folder: Path, events: int) -> list[EventRecord]:
    """The first so many events of a desk that worked through every item again and again."""
    office = make_office(folder).office
    log: list[EventRecord] = []
    while len(log) < events:
        collect(office)
        with reading(office) as connection:
            log = list(read_events(connection))
    office.close()
    return log[:events]


def busy_log(folder: Path, events: int) -> list[EventRecord]:
    """The first so many events of a desk where one resident after the other came."""
    make_big_office(folder, events // EVENTS_EACH_CASE)
    office = open_big_office(folder)
    with reading(office) as connection:
        log = list(read_events(connection, Event.n <= events))
    office.close()
    assert len(log) == events
    return log


def sites(log: Sequence[EventRecord], county: Office, count: int) -> Iterator[Site]:
    """So many desks, each with the log under ids of its own and the package that carries it."""
    key = hub.public_key(county)
    old = _ids_of(log)
    texts = [canonical(record.payload).decode() for record in log]
    for place in range(count):
        yield _site(list(zip(log, texts, strict=True)), old, key, place)


def enrol(county: Office, site: Site, folder: Path) -> None:
    """Make the desk known to the county."""
    path = folder / "site.bmenrol"
    path.write_bytes(enrolment_file(site.enrolment, site.signing))
    hub_desks.enrol(county, path=path)


def onto(stick: Path, some: Sequence[Site]) -> None:
    """Their packages onto a stick."""
    for site in some:
        put(stick, f"data-{site.enrolment.site}-0001.bmq", site.package)


def _ids_of(log: Sequence[EventRecord]) -> list[str]:
    """Every id of the log that is the desk's own."""
    own = {log[0].origin} | {one.id for one in log} | {one.entity_id for one in log}
    return sorted(one.hex for one in own)


def _site(log: Sequence[Told], old: Sequence[str], key: CountyKey, place: int) -> Site:
    at = int(MONDAY.timestamp() * 1000) + place
    ids = {one: new_id(at).hex for one in old}
    records = list(told_again(log, ids))
    signing, sealing, recovery = (
        SigningPair.generate(),
        SealingPair.generate(),
        SealingPair.generate(),
    )
    enrolment = Enrolment(
        site=str(FIRST_SITE + place),
        name=f"{place + 1} 号社区",
        window=2,
        db_id=records[0].origin,
        epoch=1,
        signing=signing.public,
        sealing=sealing.recipient,
        recovery=recovery.recipient,
        made_at=MONDAY.isoformat(),
    )
    draft = PackageDraft(
        kind="DATA",
        id=new_id(at),
        sender=enrolment.site,
        to=key.node,
        db_id=enrolment.db_id,
        epoch=1,
        seq=1,
        prev=None,
        made_at=MONDAY.isoformat(timespec="seconds"),
        key=enrolment.fingerprint,
        contents=Contents(NOTHING, control_totals(records), write_lines(records)),
        events=(1, len(records)),
    )
    return Site(enrolment, signing, seal(draft, signing, (key.sealing, key.recovery)))


def told_again(log: Sequence[Told], ids: dict[str, str]) -> Iterator[EventRecord]:
    """The same events under other ids, chained anew."""
    prev = GENESIS
    for record, payload in log:
        text = IDS.sub(lambda found: ids.get(found[0], found[0]), payload)
        actor = record.actor and UUID(hex=ids.get(record.actor.hex, record.actor.hex))
        told = chained(
            replace(
                record,
                id=UUID(hex=ids[record.id.hex]),
                origin=UUID(hex=ids[record.origin.hex]),
                entity_id=UUID(hex=ids[record.entity_id.hex]),
                actor=actor,
                prev=prev,
                payload=json.loads(text),
                commitment=commit_bytes(text.encode(), record.salt or b""),
            )
        )
        prev = told.hash
        yield told
