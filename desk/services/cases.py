"""What can be done with a case on file: move it, bring papers, count a consultation, let timers run."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from uuid import UUID

from sqlalchemy import select

from db.models import Consultation
from desk.domain.canonical import Json
from desk.domain.materials import HandedIn
from desk.domain.workflow import action_named, allowed
from desk.errors import ActionNotAllowed, ChangedMeanwhile
from desk.services import (
    case_papers,
    case_store,
    catalog_turn,
    erasing,
    promises,
    records,
    standing,
    timers,
)
from desk.services.case_store import StoredCase
from desk.services.material_events import material_payload
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform, reading
from desk.services.ordered import Ordered
from desk.services.second_person import Approval, demand
from desk.services.views import Finished


def act(
    office: Office,
    *,
    case_id: UUID,
    version: int,
    action: str,
    asks: Mapping[str, object],
    approved_by: Approval | None = None,
) -> Done[Finished]:
    """Move a case; `version` is the one the page showed, `approved_by` the consent of the second person where the move wants one.

    Raises:
        NeedsSecondPerson: it does, and nobody who can consented.
        ActionNotAllowed: not from this state, or its condition does not hold.
        FieldsRefused: what the action asks for is missing or wrong.
        ChangedMeanwhile: another window was first.
    """

    def work(bench: Work) -> Finished:
        stored = case_store.load(office, bench.connection, case_id)
        if stored.standing.version != version:
            raise ChangedMeanwhile
        where = stored.standing
        named = action_named(where.workflow, where.state.key, action, stored.facts)
        if named.second_person:
            return move(bench, stored, action, asks, approved=demand(bench, approved_by))
        return move(bench, stored, action, asks)

    return perform(office, Operation.ACT_ON_CASE, work)


def bring_materials(
    office: Office, *, case_id: UUID, version: int, handed_in: tuple[HandedIn, ...]
) -> Done[None]:
    """Record papers that came later; each replaces what was known of it.

    Raises:
        ChangedMeanwhile: another window was first.
        ActionNotAllowed: the case is closed.
    """

    def work(bench: Work) -> None:
        stored = case_store.load(office, bench.connection, case_id)
        if stored.standing.version != version:
            raise ChangedMeanwhile
        if stored.standing.state.phase == "closed":
            raise ActionNotAllowed("bring_materials", stored.standing.state.key)
        _record_papers(bench, stored, handed_in)

    return perform(office, Operation.BRING_MATERIALS, work)


def log_consultation(office: Office, *, item_code: str) -> Done[int]:
    """Count somebody who only asked; gives today's count back."""

    def work(bench: Work) -> int:
        bench.emit("consultation.logged", "desk", bench.new_id(), {"item": item_code})
        rows = bench.connection.execute(
            select(Consultation.id).where(Consultation.day == bench.today.isoformat())
        )
        return len(rows.all())

    return perform(office, Operation.CONSULT, work)


def tick(office: Office) -> Done[int]:
    """Let the timers of today run: the rules of the day, what a backup brought back, silent acceptance, lapse.

    Running twice changes nothing.

    Each case is a transaction of its own, so that one that cannot be moved holds up nobody else.
    """
    turned = catalog_turn.turn(office).changes
    if office.waits:
        return Done(0, turned)
    turned = turned | erasing.again(office).changes
    with reading(office) as connection:
        case_ids = timers.ripe(office, connection)
    moved, changes = 0, turned
    for case_id in case_ids:
        done = perform(office, Operation.TICK, partial(_tick_case, case_id=case_id))
        moved, changes = moved + done.value, changes | done.changes
    return Done(moved, changes)


def _tick_case(bench: Work, case_id: UUID) -> bool:
    stored = case_store.load(bench.office, bench.connection, case_id)
    where = stored.standing
    due = [a for a in allowed(where.workflow, where.state.key, stored.facts) if a.who == "system"]
    if not due:
        return False
    by_clerk, bench.actor = bench.actor, None
    # Who was not told in time counts as accepted from the day the papers were received.
    opened = date.fromisoformat(stored.row["opened_on"])
    move(bench, stored, due[0].key, {}, on=opened if due[0].clock == "start" else None)
    bench.actor = by_clerk
    return True


def move(
    bench: Work,
    stored: StoredCase,
    action: str,
    asks: Mapping[str, object],
    *,
    on: date | None = None,
    ordered: Ordered | None = None,
    approved: Approval | None = None,
) -> Finished:
    """Move a case with all that follows: promised papers, registers, the paper issued, the papers that count no more.

    Raises:
        ActionNotAllowed, FieldsRefused: as `standing.move`.
    """
    stored = _with_promises(bench, stored, action)
    moved = standing.move(
        bench,
        stored.standing,
        action,
        asks,
        stored.facts,
        on=on,
        ordered=ordered,
        approved=approved,
    )
    records.follow(bench, stored.item, moved, stored.facts, stored.row["person_id"])
    case_papers.void_former(bench, moved)
    document = case_papers.issue(bench, stored, moved)
    number = moved.number.full if moved.number else ""
    return Finished(stored.standing.case_id, number, document, moved.said)


def _with_promises(bench: Work, stored: StoredCase, key: str) -> StoredCase:
    """The case with the papers on record that this move accepts without."""
    where = stored.standing
    action = action_named(where.workflow, where.state.key, key, stored.facts)
    after = promises.promised(
        bench.office, action, stored.item, stored.handed_in, stored.missing, stored.facts
    )
    new = tuple(paper for paper in after if paper not in stored.handed_in)
    if not new:
        return stored
    _record_papers(bench, stored, new)
    return case_store.load(bench.office, bench.connection, where.case_id)


def _record_papers(bench: Work, stored: StoredCase, handed_in: tuple[HandedIn, ...]) -> None:
    person = stored.row["person_id"]
    payload: dict[str, Json] = {
        "person": person.hex if person else None,
        "materials": [material_payload(stored.item, paper, bench.today) for paper in handed_in],
    }
    where = stored.standing
    bench.emit("case.materials", "case", where.case_id, payload, base=where.version)
