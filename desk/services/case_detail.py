"""The parts of a case's page: bar, history, people, form, papers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection

from db.models import Document, Event, EventPayload, Operator
from desk.domain.field_values import mask, show
from desk.domain.fields import FieldDef
from desk.domain.numbering import parse, spoken
from desk.domain.paper_values import day_words
from desk.domain.privacy import mask_id, mask_phone
from desk.domain.workflow import ahead, bar
from desk.services import covering, item_words, order_history, picture_history, shielding
from desk.services.case_store import StoredCase
from desk.services.intake_checks import START
from desk.services.office import Office
from desk.services.order_history import CORRECTED
from desk.services.standing import Standing, undone_spans
from desk.services.views import BarStep, DocumentRow, HistoryRow, LabelValue, MaterialRow


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of history with the state it reached ('' when it moved nothing)."""

    row: HistoryRow
    reached: str


def history(office: Office, connection: Connection, stored: StoredCase) -> tuple[Entry, ...]:
    """What happened to a case, newest first, from its events alone."""
    case_id = stored.standing.case_id
    about = {case_id, *(row.id for row in documents(connection, case_id))}
    about |= order_history.entities(connection, case_id)
    about |= picture_history.entities(connection, case_id)
    rows = connection.execute(
        select(
            Event.origin,
            Event.n,
            Event.kind,
            Event.at,
            Event.entity_id,
            Operator.name,
            EventPayload.payload,
        )
        .join(EventPayload, EventPayload.event_id == Event.id, isouter=True)
        .join(Operator, Operator.id == Event.actor, isouter=True)
        .where(Event.entity_id.in_(about))
        .order_by(Event.n.desc())
    ).mappings()
    found = rows.all()
    undone = undone_spans(found)
    told = picture_history.joined(found)
    entries = [_entry(stored, row, undone=undone(row)) for row in told]
    joined = _papers_joined([entry for entry in entries if entry is not None])
    if shielding.is_hidden(office, stored.row):
        return tuple(_kept_from_others(connection, case_id, joined))
    return tuple(joined)


def _kept_from_others(
    connection: Connection, case_id: UUID, entries: Sequence[Entry]
) -> Iterator[Entry]:
    """The history of a confidential case: neither his name, nor what was written into the form, which may tell it."""
    words = shielding.secrets(connection, case_id)
    for entry in entries:
        row = entry.row
        text = CORRECTED if row.text.startswith(CORRECTED) else shielding.struck(row.text, words)
        reason = shielding.struck(row.reason, words)
        yield replace(entry, row=replace(row, text=text, reason=reason))


def documents(connection: Connection, case_id: UUID) -> tuple[DocumentRow, ...]:
    """The papers of a case, newest first."""
    rows = connection.execute(
        select(Document, Operator.name.label("operator"))
        .join(Operator, Operator.id == Document.operator_id, isouter=True)
        .where(Document.case_id == case_id)
        .order_by(Document.id.desc())
    ).mappings()
    return tuple(
        DocumentRow(
            id=row["id"],
            kind=row["kind"],
            title=row["title"],
            number=row["number"],
            issued_at=row["issued_at"],
            operator=row["operator"] or "系统",
            prints=row["prints"],
            voided_on=row["voided_on"],
        )
        for row in rows
    )


def bar_steps(where: Standing, entries: Sequence[Entry]) -> tuple[BarStep, ...]:
    """The state bar: what was passed with its time, where the case is, what may still come."""
    here, steps = where.state, bar(where.workflow)
    coming = ahead(where.workflow, here.key, where.state_before)
    reached = {entry.reached: entry.row.at for entry in reversed(entries) if entry.reached}
    if here.bar == 0 and here.phase == "closed":
        steps = (*(step for step in steps if step.key in reached), here)
    elif here.bar == 0:
        # A state beside the bar (待补正, 公示中, 暂停计时) stands after the last step that was reached.
        passed = max((n for n, step in enumerate(steps, 1) if step.key in reached), default=0)
        before = [step for step in steps[:passed] if step.key in reached]
        steps = (*before, here, *(step for step in steps[passed:] if step.key in coming))
    shown = []
    for step in steps:
        at = reached.get(step.key, "")
        if step.key == here.key:
            shown.append(BarStep(step.label, "here", at))
        elif at and not 0 < here.bar < step.bar:
            shown.append(BarStep(step.label, "done", at))
        elif not here.bar or step.bar > here.bar:
            shown.append(BarStep(step.label, "ahead"))
    return tuple(shown)


def subtitle(stored: StoredCase, operator: str) -> str:
    """Numbers, who took it in and when: `SJ 1123-0007 · SL 1123-0005 · 王敏 11-23 10:12 收件`."""
    row = stored.row
    numbers = [parse(number) for number in (row["sj_number"], row["sl_number"]) if number]
    shorts = [f"{number.series} {number.short}" for number in numbers]
    opened = row["opened_at"]
    if stored.standing.workflow.key == "imported":
        old = row["old_number"] and f"旧编号 {row['old_number']}"
        return " · ".join(filter(None, (old, f"{row['opened_on']} 收件", row["channel"])))
    return " · ".join([*shorts, f"{operator} {opened[5:10]} {opened[11:16]} 收件", row["channel"]])


def parties(office: Office, stored: StoredCase) -> tuple[LabelValue, ...]:
    """Applicant and agent, masked; of a confidential one nothing but that he is."""
    if shielding.is_hidden(office, stored.row):
        return (LabelValue("申请人", shielding.NAME),)
    person, agent = stored.person, stored.agent
    relation = item_words.relation(stored.catalog, agent)
    shown = [
        LabelValue("申请人", person.name),
        LabelValue("证件号码", mask_id(person.id_no)),
        LabelValue("性别", person.sex),
        LabelValue("出生日期", person.birth),
        LabelValue("联系电话", mask_phone(person.phone)),
        LabelValue("现住址", " ".join(filter(None, (person.live_addr, person.house)))),
        LabelValue("代办人", " ".join(filter(None, (agent.name, relation)))),
        LabelValue("备注", str(stored.row["notes"].get("remark", ""))),
    ]
    return tuple(line for line in shown if line.value)


def form(office: Office, stored: StoredCase) -> tuple[LabelValue, ...]:
    """The form's values as shown; sensitive ones are covered, accounts show their last four."""
    values: Mapping[str, Any] = stored.row["form"]
    # Anything in it may tell who he is.
    confidential = shielding.is_hidden(office, stored.row)
    shown = []
    for field in stored.item.fields:
        value = values.get(field.key)
        if value in (None, "", []):
            continue
        numbers = field.kind in ("account", "idnumber", "phone")
        hidden = covering.is_covered(office, stored.row["line"], field) or confidential
        text = mask(field, value) if numbers else show(field, value)
        shown.append(LabelValue(field.label, covering.COVER if hidden else text, hidden=hidden))
    return tuple(shown)


def materials(stored: StoredCase) -> tuple[MaterialRow, ...]:
    """The papers of a case: missing, then handed in, carried over, promised."""
    rows = tuple(_material(paper) for paper in stored.handed_in)
    known = {paper.key for paper in stored.handed_in}
    if stored.standing.state.phase != "open":
        return rows
    missing = (m for m in stored.missing if m.key not in known)
    return (*(MaterialRow(m.key, m.name, "还差", "late", m.where) for m in missing), *rows)


def due_title(stored: StoredCase) -> str:
    """What the due date is called on the page; '' once it matters no more."""
    clock = stored.standing.clock
    if stored.standing.state.phase == "closed":
        return ""
    if clock.running == "pause":
        return "计时已暂停"
    named = due_field(stored)
    if named is not None:
        return named.label if stored.row["due_on"] else ""
    return "承诺期限" if clock.promised else "法定期限" if clock.statutory else ""


def due_field(stored: StoredCase) -> FieldDef | None:
    """The field whose date matters while the case stands where it does; None where a limit runs or nothing waits."""
    key = stored.standing.state.due
    if not key or stored.standing.clock.running == "run":
        return None
    return next((field for field in stored.item.fields if field.key == key), None)


def notices(office: Office, stored: StoredCase) -> tuple[str, ...]:
    """What the page reminds of today: days of the form that are near or have passed."""
    where, form = stored.standing, stored.row["form"]
    near = _registered_ahead(office, stored)
    for notice in where.workflow.notices:
        day = form.get(notice.field)
        said = notice.when is None or notice.when.holds(stored.facts)
        if where.state.key not in notice.states or not day or not said:
            continue
        left = (date.fromisoformat(day) - office.today).days
        if left <= notice.days:
            near.append(
                notice.text.format(day=day_words(date.fromisoformat(day)), left=_left(left))
            )
    return tuple(near)


def _registered_ahead(office: Office, stored: StoredCase) -> list[str]:
    """That a case waits for the day its applicant comes of age."""
    day = stored.row["eligibility"].get("from_day")
    if not day or not stored.facts["ahead"] or stored.standing.state.key != "received":
        return []
    until = date.fromisoformat(day)
    left = _left((until - office.today).days)
    return [f"预登记：{day_words(until)} 才满规定的年龄，那天起可以受理，{left}。"]


def _left(days: int) -> str:
    return f"还有 {days} 天" if days > 0 else f"已过 {-days} 天" if days else "就是今天"


def _material(paper: Any) -> MaterialRow:
    if paper.promised_by:
        return MaterialRow(
            paper.key, paper.name, f"{paper.promised_by[5:]} 前补交", "soon", paper.note
        )
    if paper.carried_over:
        return MaterialRow(paper.key, paper.name, "上次已收", "good", paper.note)
    state = "收原件" if paper.original_kept else "已核验" if paper.original_seen else "已收"
    copies = f"，收复印件 {paper.copies} 份" if paper.copies else ""
    return MaterialRow(paper.key, paper.name, state + copies, "good", paper.note)


def _entry(stored: StoredCase, row: Mapping[Any, Any], *, undone: bool) -> Entry | None:
    at, payload = row["at"], row["payload"]
    if payload is None:
        return Entry(HistoryRow(at, row["name"] or "系统", "内容已按规定删除"), "")
    who = order_history.who(row["name"], payload)
    if row["kind"] in order_history.KINDS:
        told = order_history.line(stored.item, row["kind"], at, who, payload)
        return Entry(told, "") if told else None
    if row["kind"] in picture_history.KINDS:
        return Entry(picture_history.line(row["kind"], at, who, payload), "")
    match row["kind"]:
        case "case.moved":
            moved = _moved(stored, at, who, payload)
            return replace(moved, reached="") if undone else moved
        case "case.opened" if "old" in payload:
            return Entry(HistoryRow(at, who, "从旧台账导入", payload["notes"]["remark"]), "")
        case "case.materials":
            return Entry(HistoryRow(at, who, _papers_told(payload["materials"])), "")
        case "document.issued":
            line = HistoryRow(
                at, who, "", document=row["entity_id"], document_title=payload["title"]
            )
            return Entry(line, "")
        case "document.voided":
            number = f"（{payload['number']}）" if payload["number"] else ""
            return Entry(HistoryRow(at, who, f"{payload['title']}{number}作废", payload["why"]), "")
        case _:
            short = _told_shortly(row["kind"], payload)
            return Entry(HistoryRow(at, who, short), "") if short else None


def _told_shortly(kind: str, payload: Mapping[str, Any]) -> str:
    """What is told in a sentence; '' for what is not told at all."""
    match kind:
        case "case.assigned":
            return "交给别的同事接着办"
        case "case.shielded":
            return "申请人设为保密" if payload["on"] else "申请人不再保密"
        case "case.redated":
            return _redated_told(payload)
        case "case.undone":
            burned = "、".join(payload["numbers"])
            return f"撤销：{payload['said']}" + (f"，编号 {burned} 作废（撤销）" if burned else "")
        case "hold.put":
            return f"依法保留：{payload['why']}"
        case "hold.lifted":
            return f"不再保留：{payload['why']}"
        case "document.printed":
            return f"补打第 {payload['nth']} 次"
        case _:
            return ""


def _redated_told(payload: Mapping[str, Any]) -> str:
    was, now = payload["was"], payload["due_on"]
    why = "放假安排公布，到期日重新算过"
    return f"{why}：{was} 改为 {now}" if was != now else f"{why}，还是 {now}"


def _papers_told(papers: Sequence[Mapping[str, Any]]) -> str:
    came = "、".join(paper["name"] for paper in papers if not paper["promised_by"])
    to_come = "、".join(
        f"{paper['name']}（{paper['promised_by'][5:]} 前）"
        for paper in papers
        if paper["promised_by"]
    )
    told = (f"补交材料：{came}" if came else "", f"约定补交：{to_come}" if to_come else "")
    return "；".join(filter(None, told))


def _moved(stored: StoredCase, at: str, who: str, payload: Mapping[str, Any]) -> Entry:
    number = payload["number"]
    told = payload["said"]
    if number:
        told += f" {spoken(number['short'], number['series'])}"
    here = sum(not paper.promised_by for paper in stored.handed_in)
    if payload.get("approved_by"):
        told += "，本人再次输入密码" if payload["alone"] else f"，{payload['approved_name']}同意"
    if payload["from"] == START and here:
        told += f"，材料 {here} 份"
    reason = str(payload["asks"].get("reason") or payload.get("why") or "")
    return Entry(HistoryRow(at, who, told, reason), payload["to"])


def _papers_joined(entries: Sequence[Entry]) -> list[Entry]:
    """Put each paper on the line of the move that issued it, which stands right below it."""
    joined: list[Entry] = []
    paper: HistoryRow | None = None
    for entry in entries:
        if entry.row.document is not None and not entry.row.text:
            paper = entry.row
            continue
        line = entry.row
        if paper is not None and entry.reached:
            line = HistoryRow(
                line.at, line.who, line.text, line.reason, paper.document, paper.document_title
            )
            paper = None
        joined.append(Entry(line, entry.reached))
    return joined
