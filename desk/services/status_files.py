"""Results a department sent back in a file: matched to cases by number, and moved only where the life-cycle allows it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.engine import Connection

from db.models import IssuedNumber
from desk.domain.forms import check_form
from desk.domain.import_kinds import Answer, ImportKinds
from desk.domain.import_rows import RowRead, read_row
from desk.domain.numbering import parse, parse_short
from desk.domain.workflow import Action, allowed, with_stage
from desk.errors import ActionNotAllowed, FieldsRefused, NotFound, Problem
from desk.exporting.progress import Progress
from desk.services import case_store, cases, shielding
from desk.services.case_store import StoredCase
from desk.services.import_plan import Planned, import_kinds
from desk.services.import_views import ImportJob
from desk.services.office import Office
from desk.services.operation import Work

DAYS: Final = ("decided_on", "accepted_on", "delivered_on")
"""What a move may call the day that the file tells."""


def plan(office: Office, connection: Connection, job: ImportJob) -> list[Planned]:
    """What each row of the file would do to its case; changes nothing."""
    known = import_kinds(office)
    return [
        _judge(office, connection, known, number, cells, read)[0]
        for number, cells, read in _rows(office, known, job)
    ]


def carry_out(work: Work, job: ImportJob, told: Progress) -> list[Planned]:
    """Do what each row says where it can be done now; gives back what became of each.

    Each row is judged when its turn comes: an earlier row of the file may have moved the same case.
    """
    office, known = work.office, import_kinds(work.office)
    rows = _rows(office, known, job)
    done = []
    for count, (number, cells, read) in enumerate(rows, 1):
        one, stored, action, asks = _judge(office, work.connection, known, number, cells, read)
        if stored is not None and action is not None:
            try:
                cases.move(work, stored, action.key, asks)
            except (ActionNotAllowed, FieldsRefused) as error:
                one = _refused(one, read, stored, error)
        done.append(one)
        told.step(count, len(rows))
    return done


def _rows(
    office: Office, known: ImportKinds, job: ImportJob
) -> list[tuple[int, tuple[str, ...], RowRead]]:
    kind = known.kinds[job.kind]
    return [
        (number, cells, read_row(kind, job.columns, cells, office.today))
        for number, cells in job.table.numbered()
    ]


Judged = tuple[Planned, StoredCase | None, Action | None, Mapping[str, object]]


def _judge(
    office: Office,
    connection: Connection,
    known: ImportKinds,
    number: int,
    cells: tuple[str, ...],
    read: RowRead,
) -> Judged:
    def bad(*problems: Problem) -> Judged:
        return Planned(number, cells, read, "bad", "", problems=problems), None, None, {}

    if read.problems:
        return bad(*read.problems)
    typed = read.text("status")
    answer = known.answer(typed)
    if answer is None:
        return bad(Problem("status", "unknown_status", {"typed": typed}))
    try:
        stored = _case(office, connection, read.text("number"))
    except NotFound:
        return bad(Problem("number", "no_case", {"typed": read.text("number")}))
    except ValueError:
        return bad(Problem("number", "many_cases", {"typed": read.text("number")}))
    who = _with_name(office, read, stored)
    state = stored.standing.state
    if state.key in answer.done:
        return Planned(number, cells, who, "same", f"办件已经是“{state.label}”"), None, None, {}
    action = _action(stored, answer)
    if action is None:
        return bad(Problem("status", "not_now", {"state": state.label, "typed": typed}))
    asks = _asks(office, action, read)
    missing = _missing(stored, action, asks)
    if missing is not None:
        return bad(Problem("status", "asks_more", {"label": missing}))
    said = f"{state.label} → {action.label}"
    return Planned(number, cells, who, "new", said), stored, action, asks


def _with_name(office: Office, read: RowRead, stored: StoredCase) -> RowRead:
    return replace(read, values={**read.values, "name": shielding.named(office, stored.row)})


def _case(office: Office, connection: Connection, typed: str) -> StoredCase:
    """The case of that number, full or short.

    Raises:
        NotFound: none.
        ValueError: a short number that several days share.
    """
    query = select(IssuedNumber.case_id).distinct()
    try:
        query = query.where(IssuedNumber.number == parse(typed).full)
    except ValueError:
        try:
            short = parse_short(typed)
        except ValueError:
            raise NotFound from None
        query = query.where(IssuedNumber.short_no == short.text)
        query = query.where(IssuedNumber.series == short.series) if short.series else query
    found = connection.execute(query.limit(2)).scalars().all()
    if len(found) > 1:
        raise ValueError(typed)
    if not found:
        raise NotFound
    return case_store.load(office, connection, found[0])


def _action(stored: StoredCase, answer: Answer) -> Action | None:
    where = stored.standing
    open_now = {one.key: one for one in allowed(where.workflow, where.state.key, stored.facts)}
    found = next((open_now[key] for key in answer.actions if key in open_now), None)
    return with_stage(found, where.item.fields, where.form) if found else None


def _asks(office: Office, action: Action, read: RowRead) -> dict[str, object]:
    """What the move asks, as far as the file tells it."""
    day = read.text("day") or office.today.isoformat()
    asked = {one.key for one in action.asks}
    told: dict[str, object] = {key: day for key in DAYS if key in asked}
    if "reason" in asked and read.text("reason"):
        told["reason"] = read.text("reason")
    return told


def _missing(stored: StoredCase, action: Action, asks: Mapping[str, object]) -> str | None:
    """The label of the first field the move needs and the file does not tell; None where all is there."""
    facts = {**stored.facts, **stored.standing.form}
    begun = {one.key: facts.get(one.default) for one in action.asks if one.default}
    _, problems = check_form(action.asks, {**begun, **asks}, stored.facts)
    wrong = [one.field for one in problems if not one.facts.get("advice")]
    labels = {one.key: one.label for one in action.asks}
    return labels.get(wrong[0], wrong[0]) if wrong else None


def _refused(
    one: Planned, read: RowRead, stored: StoredCase, error: ActionNotAllowed | FieldsRefused
) -> Planned:
    if isinstance(error, FieldsRefused):
        problem = Problem("day" if error.problems[0].field in DAYS else "status", *_told(error))
    else:
        state = stored.standing.state.label
        problem = Problem("status", "not_now", {"state": state, "typed": read.text("status")})
    return replace(one, verdict="bad", said="", problems=(problem,))


def _told(error: FieldsRefused) -> tuple[str, dict[str, object]]:
    first = error.problems[0]
    return first.code, dict(first.facts)
