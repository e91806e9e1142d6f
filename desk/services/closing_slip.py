"""日结单: the day of a window on paper: what was taken in, its numbers without a gap, how safe it is, where the log ends."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from db.models import CaseFile, Event, IssuedNumber
from desk.domain.paper_values import day_words
from desk.domain.plain_papers import PlainHead, compose_plain
from desk.services import (
    audit,
    backup_care,
    case_rows,
    covering,
    numbers,
    paper_making,
    printers,
    sync,
)
from desk.services.chain import ChainHead
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, chain_head, perform
from desk.services.rights import Right, demand
from desk.services.sync_slip import Slip

KIND = "closing_slip"
SERIES = {"SJ": "收件编号", "SL": "受理编号"}
NONE = "没有"
Row = Mapping[str, str]


def slip(office: Office) -> Done[Slip]:
    """Today's slip as PDF; that it was made is noted, with the number of the event the paper ends at. It names no resident.

    Raises:
        NotGranted: he may not see cases.
    """
    from desk.printing.printer import render

    # Read before: a writing transaction must not wait for what others tell.
    unsent, safe = sync.unsent(office), backup_care.view(office)

    def work(bench: Work) -> tuple[dict[str, str], dict[str, tuple[Row, ...]]]:
        demand(office, Right.LOOK)
        n, hashed, _mono = chain_head(bench.connection, office.origin)
        items = tuple(_items(office, bench.connection, bench.today))
        values = {
            "day": day_words(bench.today),
            "taken": f"{sum(int(one['count']) for one in items)} 件",
            "steps": _steps(office, bench.connection, bench.today),
            "unsent": f"{unsent.cases}{'+' if unsent.more else ''} 件" if unsent.cases else NONE,
            "backup": safe.last,
            "copied": safe.copied,
            "chain": f"第 {ChainHead(n, hashed.hex()).words}",
        }
        audit.note(bench, "closing_slip", day=bench.today.isoformat(), n=n)
        return values, {"items": items, "numbers": tuple(_numbers(bench))}

    done = perform(office, Operation.NOTE, work)
    values, tables = done.value
    hall, wording = office.hall, office.rules.wording
    head = PlainHead(
        hall=paper_making.hall_of(office),
        signed_at=office.clock.now(),
        clerk=hall.operator,
        window=str(hall.window),
    )
    paper = compose_plain(KIND, head, values, tables, wording)
    profile = printers.profile(office, kind=KIND, medium=wording.papers[KIND].medium)
    return Done(Slip(paper.title, render(paper, profile.medium), profile), done.changes)


def _items(office: Office, connection: Connection, day: date) -> Iterator[Row]:
    """A line for each matter that was taken in today, with what became of its cases so far; the most frequent first."""
    rows = connection.execute(
        select(CaseFile.item_code, CaseFile.workflow, CaseFile.state, func.count())
        .where(CaseFile.opened_on == day.isoformat(), CaseFile.origin == office.origin)
        .group_by(CaseFile.item_code, CaseFile.workflow, CaseFile.state)
    )
    found: dict[str, Counter[str]] = {}
    for code, workflow, state, count in rows:
        label = case_rows.state_of(office, workflow, state).label
        found.setdefault(code, Counter())[label] += count
    for code, states in sorted(found.items(), key=lambda one: (-one[1].total(), one[0])):
        item = office.catalog.items.get(code)
        named = item.short_name if item else code
        yield {
            "item": covering.line_name(office, item.line)
            if item and item.sensitive in covering.BEHIND
            else named,
            "count": str(states.total()),
            "states": "、".join(f"{label} {count}" for label, count in states.most_common()),
        }


def _steps(office: Office, connection: Connection, day: date) -> str:
    """How many steps cases made today, whenever they were taken in."""
    moved = connection.execute(
        select(func.count())
        .select_from(Event)
        .where(
            Event.origin == office.origin,
            Event.kind == "case.moved",
            Event.at >= day.isoformat(),
            Event.at < f"{day.isoformat()}U",
        )
    ).scalar_one()
    return f"{moved} 步" if moved else NONE


def _numbers(bench: Work) -> Iterator[Row]:
    """The numbers given out today by series: from which to which, and which of them are missing; it should say none."""
    rows = bench.connection.execute(
        select(IssuedNumber.origin, IssuedNumber.series, IssuedNumber.serial)
        .where(
            IssuedNumber.window == bench.office.seat,
            IssuedNumber.day == bench.today.isoformat(),
        )
        .order_by(IssuedNumber.series, IssuedNumber.serial)
    ).all()
    first = numbers.before_first(bench.office) + 1
    own = [row for row in rows if row.origin == bench.office.origin]
    for series in dict.fromkeys(row.series for row in own):
        serials = [row.serial for row in own if row.series == series]
        # A computer that took a burnt one's place goes on where that one's numbers end.
        known = {row.serial for row in rows if row.series == series}
        gone = sorted({*range(first, serials[-1] + 1)} - known)
        yield {
            "series": f"{SERIES.get(series, '编号')} {series}",
            "first": f"{serials[0]:04d}",
            "last": f"{serials[-1]:04d}",
            "count": str(len(serials)),
            "gaps": "、".join(f"{one:04d}" for one in gone) or "无",
        }
