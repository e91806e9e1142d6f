"""The steps of a self-test: what people do at a desk, each ended by a promise once it is durable."""

import hashlib
from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from desk.console.selftest.hall import Hall, introduce
from desk.console.selftest.opening import PASSWORD
from desk.console.selftest.people import intake, resident, typed
from desk.console.selftest.recovery import restore
from desk.domain.fields import FieldDef
from desk.domain.ledgers import Span
from desk.domain.materials import HandedIn
from desk.errors import UserError
from desk.files import read_whole, write_atomic
from desk.services import (
    backup,
    case_views,
    cases,
    documents,
    drafts,
    hub_answer,
    imports,
    ledger_book,
    roll_deeds,
    rolls,
    second_person,
    sync,
)
from desk.services import intake as taking_in
from desk.services.import_views import ImportJob
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.roll_views import RollEntry, RollFilter
from desk.services.sync_send import last_made
from desk.services.views import CaseDetail, CaseFilter, IntakeValues

ROLL = "elderly"
LEDGER = "ledger.csv"
PLAIN_ITEM = "MZ-GL-01"
MOST_ORDER = 8_000_000
TOO_MUCH = ("void",)
"""Moves that take too much away to be made at random."""

Step = Callable[[Hall], None]


def step(hall: Hall, without: Collection[str] = ()) -> str:
    """Do one step by the dice, none of those named; gives its name. What the rules do not allow just now is no fault, and promises nothing.

    Raises:
        OfficeError: the machine failed; what was promised before holds.
    """
    weights = {name: weight for name, (weight, _) in STEPS.items() if name not in without}
    name = hall.dice.choices(list(weights), list(weights.values()))[0]
    try:
        STEPS[name][1](hall)
    except UserError:
        return f"{name} (refused)"
    return name


def take_in(hall: Hall) -> None:
    """Somebody comes, and what he wants ends as the rules allow."""
    _finish(hall, _wish(hall), None)


def draft(hall: Hall) -> None:
    """Something typed and left; later typed on, or ended."""
    left = drafts.left_behind(hall.desk)
    if left and hall.dice.random() < 0.4:
        _finish(hall, left[-1].values, left[-1].id)
        return
    kept = hall.dice.choice(left).id if left and hall.dice.random() < 0.5 else None
    values = _wish(hall)
    kept = drafts.save(hall.desk, draft_id=kept, values=values).value
    hall.ack("draft", kept, f"{hall.desk.epoch}:{values.person.id_no}")


def act(hall: Hall) -> None:
    """A case moves on; or papers are brought for it."""
    found = _some_case(hall)
    if found is None:
        return take_in(hall)
    moves = [one for one in found.actions if one.key not in TOO_MUCH]
    if not moves or hall.dice.random() < 0.2:
        return _bring(hall, found)
    move = hall.dice.choice(moves)
    consent = _consent(hall.desk) if move.second_person else None
    cases.act(
        hall.desk,
        case_id=found.row.id,
        version=found.version,
        action=move.key,
        asks=typed(move.asks, hall.desk.today),
        approved_by=consent,
    )
    return _ack_act(hall, found)


def paper(hall: Hall) -> None:
    """A paper is handed out: on the desk's own record first, then as a file."""
    found = _some_case(hall)
    if found is None or not found.documents:
        return
    row = hall.dice.choice(found.documents)
    given = documents.to_give(hall.desk, document_id=row.id)
    documents.given(hall.desk, document_id=row.id, paper=given)
    nth = row.prints + 1 if given.again else 0
    write_atomic(hall.papers / f"{row.id.hex}-{nth}.pdf", given.pdf)
    told = f"{given.medium}:{hashlib.sha256(given.pdf).hexdigest()}"
    hall.ack("paper", f"{found.row.id.hex}/{row.id.hex}/{nth}", told)


def export(hall: Hall) -> None:
    """Everything the county has not acknowledged goes onto the stick."""
    desk = hall.desk
    written = sync.write_packages(
        desk, folder=hall.stick, progress=_quiet, cancelled=lambda: False
    ).value
    for name in written.files:
        data = read_whole(desk.paths.packages / name)
        hall.ack("package", name, hashlib.sha256(data).hexdigest())


def answer(hall: Hall) -> None:
    """The county receives the stick, and its answer is read back."""
    introduce(hall)
    hub_answer.receive(hall.county, folder=hall.stick, tell=lambda _one: None)
    sync.read_answers(hall.desk, folder=hall.stick)
    for seq, at in answered(hall.desk).items():
        hall.ack("answer", f"{hall.desk.epoch}/{seq}", at)


def answered(office: Office) -> dict[int, str]:
    """The packages of this very database that the county acknowledged, of those the page shows: number and moment."""
    with reading(office) as connection:
        last = last_made(connection, office.epoch)
    # The newest come first, and those of an earlier database after them.
    rows = sync.view(office).packages[: last.seq] if last else ()
    return {row.seq: row.acked_at for row in rows if row.acked_at}


def register(hall: Hall) -> None:
    """Somebody on the roll is stopped, or resumed."""
    rows = rolls.page(hall.desk, wanted=RollFilter(ROLL, "roll")).rows
    rows += rolls.page(hall.desk, wanted=RollFilter(ROLL, "stopped")).rows
    if not rows:
        return bring_table(hall)
    found = rolls.entry(hall.desk, wanted=RollFilter(ROLL, "roll"), row=hall.dice.choice(rows))
    deed = next((one.deed for one in found.verbs if one.deed is not None), None)
    if deed is None or found.row.record_id is None:
        return None
    return _do(hall, found, found.row.record_id, deed.key, deed.asks)


def bring_table(hall: Hall) -> None:
    """A table of people comes in, or one of who draws the allowance."""
    first, count = hall.dice.randrange(MOST_ORDER), hall.dice.randrange(2, 6)
    kind = hall.dice.choice(("people", ROLL))
    people = [resident((first + one) % MOST_ORDER) for one in range(count)]
    lines = ["姓名,身份证号,联系电话", *(f"{one.name},'{one.id_no},{one.phone}" for one in people)]
    path = hall.papers / "table.csv"
    write_atomic(path, "\r\n".join(lines).encode("utf-8-sig"))
    opened = imports.open_file(hall.desk, path=path, kind=kind)
    job = ImportJob(kind, opened.table, opened.columns, source=opened.source)
    imports.take_in(hall.desk, job=job, progress=_quiet, cancelled=lambda: False)
    hall.ack("import", first, count)


def list_out(hall: Hall) -> None:
    """The day book is written over the one of last time."""
    written = ledger_book.write(
        hall.desk,
        key="day_book",
        span=Span(),
        path=hall.papers / LEDGER,
        kind="csv",
        progress=_quiet,
        cancelled=lambda: False,
    )
    ledger_book.note(hall.desk, written=written)
    hall.ack("list", LEDGER, written.rows)


def back_up(hall: Hall) -> None:
    """A backup by hand."""
    made = backup.make(hall.desk, why="by_hand")
    hall.ack("backup", made.name, made.manifest.digest.hex())


def tick(hall: Hall) -> None:
    """The day's timers run."""
    cases.tick(hall.desk)


STEPS: Mapping[str, tuple[int, Step]] = {
    "take_in": (22, take_in),
    "act": (20, act),
    "paper": (16, paper),
    "draft": (12, draft),
    "register": (7, register),
    "export": (6, export),
    "answer": (5, answer),
    "list": (4, list_out),
    "backup": (4, back_up),
    "import": (3, bring_table),
    "tick": (2, tick),
    "restore": (1, restore),
}


def _wish(hall: Hall) -> IntakeValues:
    """What the next one who comes wants; somebody who was here before in one case of four."""
    code = hall.dice.choice(sorted(hall.desk.catalog.items))
    order = hall.dice.randrange(MOST_ORDER)
    values = intake(hall.desk, hall.desk.catalog.item(code), order, hall.dice)
    if taking_in.prepare(hall.desk, values=values).ends:
        return values
    return intake(hall.desk, hall.desk.catalog.item(PLAIN_ITEM), order, hall.dice)


def _finish(hall: Hall, values: IntakeValues, draft_id: int | None) -> None:
    ends = taking_in.prepare(hall.desk, values=values).ends
    if not ends:
        return
    end = hall.dice.choice(ends)
    done = taking_in.finish(
        hall.desk,
        values=values,
        end=end.key,
        asks=typed(end.asks, hall.desk.today),
        draft_id=draft_id,
    ).value
    if draft_id is not None:
        hall.ack("ended", draft_id, done.case_id.hex)
    hall.ack("case", done.case_id.hex, done.number or "-")


def _some_case(hall: Hall) -> CaseDetail | None:
    rows = case_views.page(hall.desk, wanted=CaseFilter(group="open"), limit=200).rows
    if not rows:
        return None
    return case_views.detail(hall.desk, case_id=hall.dice.choice(rows).id)


def _bring(hall: Hall, found: CaseDetail) -> None:
    item = hall.desk.catalog.item(found.row.item_code)
    if not item.materials:
        return
    one = hall.dice.choice(item.materials)
    brought = HandedIn(
        one.key, one.name, original_seen=True, original_kept=False, copies=1, carried_over=False
    )
    cases.bring_materials(
        hall.desk, case_id=found.row.id, version=found.version, handed_in=(brought,)
    )
    _ack_act(hall, found)


def _ack_act(hall: Hall, found: CaseDetail) -> None:
    now = case_views.detail(hall.desk, case_id=found.row.id)
    hall.ack("act", found.row.id.hex, now.version)


def _do(
    hall: Hall, found: RollEntry, record_id: UUID, deed: str, asks: tuple[FieldDef, ...]
) -> None:
    told: Mapping[str, Any] = typed(asks, hall.desk.today)
    roll_deeds.do(
        hall.desk,
        register=ROLL,
        record_id=record_id,
        version=found.version,
        deed=deed,
        asks=told,
    )
    hall.ack("entry", record_id.hex, found.version + 1)


def _consent(office: Office) -> second_person.Approval:
    first = second_person.approvers(office)[0]
    return second_person.approve(office, operator_id=first.id, password=PASSWORD)


def _quiet(_done: int, _total: int, _what: str) -> None:
    """Nobody waits."""
