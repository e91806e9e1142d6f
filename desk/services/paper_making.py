"""Papers: their facts gathered from a case, issued as an event, drawn as PDF."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from desk.domain.case_clock import CaseClock, started
from desk.domain.catalog import Item, MaterialDef, ProhibitedCertificate
from desk.domain.deadlines import Limit, due
from desk.domain.field_values import show
from desk.domain.identity import age_on
from desk.domain.materials import HandedIn, evidence
from desk.domain.numbering import Number, parse
from desk.domain.paper_facts import (
    Hall,
    PaperFacts,
    PaperLimits,
    PaperMaterial,
    PaperMissing,
    PaperPerson,
)
from desk.domain.paper_wording import Wording, fill
from desk.domain.papers import compose, paper_kind
from desk.domain.plain import to_plain
from desk.domain.privacy import mask_id, mask_phone
from desk.services import covering, item_words, shielding
from desk.services.intake_checks import Checked
from desk.services.office import Office
from desk.services.operation import Work
from desk.services.receipt_seal import sealed
from desk.services.standing import Moved
from desk.services.views import AgentValues, PersonValues

PENDING_NUMBER = "待取号"
APPLICANTS_COPY = "第二联　申请人留存"
SAID_BY_ACCEPTOR = ("acceptance_notice", "refusal_notice", "pause_notice")
REFUSALS = ("refusal_notice", "turned_away_note")
OUTSIDE = ("公示",)
PRINTED_HERE = "窗口打印参考样式"
ANSWER_DAYS = Limit(5, "working_day")
"""Within this the desk says whether papers are complete (行政许可法 art. 32)."""


@dataclass(frozen=True, slots=True)
class PaperSubject:
    """The case a paper speaks of, whether just taken in or long on file."""

    item: Item
    person: PersonValues
    agent: AgentValues
    handed_in: tuple[HandedIn, ...]
    missing: tuple[MaterialDef, ...]
    received_at: datetime
    clock: CaseClock
    acceptor_here: bool
    eligibility: Mapping[str, Any]
    form: Mapping[str, Any]
    wording: Wording
    other_number: str = ""
    shielded: bool = False


def title_of(wording: Wording, kind: str) -> str:
    """The title of a kind of paper, without what would stand in its gaps; '' where an action issues none."""
    known = wording.papers.get(kind)
    return fill(known.title, defaultdict(str)) if known else ""


def title_for(office: Office, checked: Checked, kind: str) -> str:
    """The title of the paper this intake gets, which may be another than its kind's usual one; '' for none."""
    if not kind:
        return ""
    now = office.clock.now()
    subject = subject_of(office, checked, CaseClock(), now)
    kind = honest_kind(kind, subject)
    return title_of(
        subject.wording, paper_kind(kind, facts_of(office, kind, subject, None, {}, now))
    )


def subject_of(office: Office, checked: Checked, clock: CaseClock, now: datetime) -> PaperSubject:
    """The subject of an intake's paper."""
    return PaperSubject(
        item=checked.item,
        person=checked.values.person,
        agent=checked.values.agent,
        handed_in=checked.handed_in,
        missing=checked.missing,
        received_at=now,
        clock=clock,
        acceptor_here=bool(checked.facts["acceptor_here"]),
        eligibility=checked.assessment.to_dict(),
        form=checked.values.form,
        wording=office.rules.wording,
    )


def issue(work: Work, moved: Moved, checked: Checked) -> UUID | None:
    """Issue the paper an intake's end gives, if any; gives its id back."""
    subject = subject_of(work.office, checked, moved.standing.clock, work.now)
    return issue_for(work, moved, subject)


def issue_for(work: Work, moved: Moved, subject: PaperSubject) -> UUID | None:
    """Issue the paper of this action as an event that carries all the paper says."""
    if not moved.action.paper:
        return None
    told = honest_kind(moved.action.paper, subject)
    facts = facts_of(work.office, told, subject, moved.number, moved.given, work.now)
    facts = sealed(work.office, told, facts)
    document, case_id = work.new_id(), moved.standing.case_id
    words = shielding.secrets(work.connection, case_id) if subject.shielded else ()
    work.emit(
        "document.issued",
        "document",
        document,
        {
            "case": case_id.hex,
            "kind": told,
            "title": title_of(subject.wording, paper_kind(told, facts)),
            "number": facts.number,
            "facts": shielding.struck(to_plain(facts), words),
        },
    )
    return document


def honest_kind(kind: str, subject: PaperSubject) -> str:
    """The kind this desk may give: where another body accepts, turning somebody away is no refusal of that body.

    Once papers were received the refusal registered is that body's own.
    """
    first_paper = not subject.other_number
    if kind == "refusal_notice" and first_paper and not subject.acceptor_here:
        return "turned_away_note"
    return kind


def preview(office: Office, checked: Checked, end: str, medium: str) -> bytes:
    """The paper an intake's end would give; `medium` '' is this seat's for it."""
    from desk.printing.printer import render
    from desk.services.printers import profile

    action = next(a for a in checked.workflow.actions if a.key == end)
    now = office.clock.now()
    subject = subject_of(office, checked, CaseClock(), now)
    kind = honest_kind(action.paper, subject)
    facts = facts_of(office, kind, subject, None, {}, now)
    facts = replace(facts, number=PENDING_NUMBER, short=PENDING_NUMBER)
    wanted = profile(office, kind=kind, medium=medium).medium
    return render(compose(kind, facts, subject.wording), wanted)


def facts_of(
    office: Office,
    kind: str,
    subject: PaperSubject,
    number: Number | None,
    asks: Mapping[str, Any],
    now: datetime,
) -> PaperFacts:
    """Everything this paper may say of the case."""
    item = subject.item
    accept_from = _accept_from(subject, now.date())
    counted_from = accept_from or now.date()
    return PaperFacts(
        hall=hall_of(office),
        signed_at=now,
        clerk=office.hall.operator,
        window=str(office.hall.window),
        person=_person(office, subject, now.date()),
        item_name=item.name,
        item_code=item.code,
        neutral_name=_neutral_name(office, item),
        issuer=_issuer(office, item, kind),
        acceptor=item.acceptor,
        acceptor_name=item_words.acceptor_name(office, item),
        acceptor_no=str(asks.get("acceptor_no") or ""),
        acceptance_known=subject.acceptor_here or subject.clock.start is not None,
        number=number.full if number else subject.other_number,
        short=number.short if number else _short(subject.other_number),
        compact=number.compact if number else subject.other_number.replace("-", ""),
        other_number=subject.other_number if number else "",
        copy_label=APPLICANTS_COPY,
        received_at=subject.received_at,
        accepted_on=subject.clock.start,
        answer_by=due(counted_from, ANSWER_DAYS, office.holidays).on,
        accept_from=accept_from,
        limits=_limits(office, item, subject.clock, counted_from),
        materials=tuple(
            _material(item, paper) for paper in subject.handed_in if not paper.promised_by
        ),
        missing=tuple(_missing(paper, kind, subject) for paper in subject.missing),
        bring_by=_bring_by(office, item, now),
        lapses=item.limits.lapses,
        counting=subject.clock.running == "run",
        sensitive=item.sensitive in covering.BEHIND,
        private_words=_private_words(subject),
        amount=str(subject.eligibility.get("amount") or ""),
        **_outcome(office, kind, subject, asks, now),
    )


def _issuer(office: Office, item: Item, kind: str) -> str:
    """Whose seal the paper waits for: what only the accepting body may say is said in its name (民发〔2021〕57号)."""
    if kind in SAID_BY_ACCEPTOR and item.acceptor != "community":
        return item_words.acceptor_name(office, item)
    return office.hall.hall


def _outcome(
    office: Office, kind: str, subject: PaperSubject, asks: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    item = subject.item
    certificate = prohibited_certificate(office, subject)
    failed = _failed(subject) if kind in REFUSALS else []
    typed = str(asks.get("reason") or "")
    reason = "；".join(filter(None, (*(o["text"] for o in failed), typed)))
    clause = "、".join(dict.fromkeys(o["clause"] for o in failed if o["clause"]))
    until = asks.get("expected_end")
    return {
        "reason": reason,
        "clause": clause or "、".join(item.legal_basis[:2]),
        "go_to": str(asks.get("go_to") or _go_to(office, subject, certificate)),
        "certificate": certificate.name if certificate else "",
        "result": str(asks.get("result") or item.result),
        "result_document": str(asks.get("result_number") or ""),
        "result_on": date.fromisoformat(str(asks.get("decided_on") or now.date())),
        "paused_on": now.date(),
        "pause_until": date.fromisoformat(str(until)) if until else None,
        "withdrawn_on": now.date(),
    }


def _failed(subject: PaperSubject) -> list[Mapping[str, Any]]:
    """The conditions somebody is turned away for: those that failed, but for the warnings, which turn nobody away."""
    outcomes = subject.eligibility.get("outcomes", ())
    return [o for o in outcomes if o.get("met") is False and o.get("level") == "hard"]


def _private_words(subject: PaperSubject) -> tuple[str, ...]:
    """What the form says of illness or a child, to be struck from slips that anyone may read."""
    told: list[str] = []
    for field in subject.item.fields:
        value = subject.form.get(field.key)
        if field.sensitive in covering.BEHIND and value:
            chosen = (c.label for c in field.choices if isinstance(value, list) and c.code in value)
            told += [*evidence(field, value), show(field, value), *chosen]
    return tuple(sorted(filter(None, told), key=len, reverse=True))


def _go_to(office: Office, subject: PaperSubject, certificate: ProhibitedCertificate | None) -> str:
    """Where somebody who is turned away can go: who issues the certificate, else the body that accepts."""
    if certificate:
        return certificate.go_to
    return "" if subject.acceptor_here else item_words.acceptor_name(office, subject.item)


def prohibited_certificate(office: Office, subject: PaperSubject) -> ProhibitedCertificate | None:
    """The certificate asked for that no residents' committee may issue (民发〔2020〕20号), if it is one."""
    asked = {value for value in subject.form.values() if isinstance(value, str)}
    return next((one for one in office.catalog.prohibited if one.name in asked), None)


def _short(number: str) -> str:
    return parse(number).short if number else ""


def hall_of(office: Office) -> Hall:
    """The hall as every paper names it."""
    profile = office.profile
    return Hall(
        name=office.hall.hall,
        brand=office.hall.brand,
        community=office.hall.community,
        phone=str(profile["phone"]),
        complaint_phone=str(profile["complaint_phone"]),
        hours=str(profile["hours"]),
        place=str(profile["address"]),
    )


def _person(office: Office, subject: PaperSubject, today: date) -> PaperPerson:
    if subject.shielded:
        return PaperPerson(shielding.ON_PAPER, "", None, "", "", "", "")
    person = subject.person
    birth = _day(person.birth)
    return PaperPerson(
        name=person.name,
        sex=person.sex,
        age=age_on(birth, today) if birth else None,
        masked_id=mask_id(person.id_no),
        masked_phone=mask_phone(person.phone),
        agent=subject.agent.name,
        agent_relation=item_words.relation(office.catalog, subject.agent),
    )


def _day(text: str) -> date | None:
    """The day, None while it is still being typed (a preview shows every state of the form)."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _neutral_name(office: Office, item: Item) -> str:
    return covering.line_name(office, item.line) if item.sensitive in covering.BEHIND else ""


def _accept_from(subject: PaperSubject, today: date) -> date | None:
    """The birthday somebody registered ahead of, as long as it is to come; None for everybody else."""
    told = subject.eligibility
    day = _day(str(told.get("from_day") or "")) if told.get("verdict") == "later" else None
    near = day is not None and 0 < (day - today).days <= subject.item.limits.ahead_days
    return day if near else None


def _limits(office: Office, item: Item, clock: CaseClock, first_day: date) -> PaperLimits:
    limits = item.limits
    first = clock.due
    expected = first
    if first is None and not item.instant:
        expected = started(limits, first_day, office.holidays).due
    return PaperLimits(
        statutory=item_words.limit_words(limits.statutory_days, limits.statutory_unit),
        promised=item_words.limit_words(limits.promised_days, limits.promised_unit),
        due=expected.on if expected else None,
        # Before acceptance the date is only what it would be if accepted today.
        provisional=bool(expected and expected.provisional) or first is None,
        unconfirmed=not limits.confirmed and not item.instant,
        instant=item.instant,
        outside=OUTSIDE if limits.publicity_days and not limits.publicity_counts else (),
    )


def _material(item: Item, paper: HandedIn) -> PaperMaterial:
    material = next((m for m in item.materials if m.key == paper.key), None)
    original = "kept" if paper.original_kept else "returned" if paper.original_seen else "none"
    copy = "held" if paper.carried_over else "taken" if paper.copies else "none"
    return PaperMaterial(
        name=paper.name,
        original=original,  # type: ignore[arg-type]
        copy=copy,  # type: ignore[arg-type]
        count=max(paper.copies, 1),
        note=paper.note or ("窗口打印" if material and material.from_desk else ""),
    )


def _missing(material: MaterialDef, kind: str, subject: PaperSubject) -> PaperMissing:
    promises = {paper.key: paper.promised_by for paper in subject.handed_in}
    promised = promises.get(material.key, "") if kind == "acceptance_notice" else ""
    return PaperMissing(
        name=material.name,
        why="没有带来",
        right=material.note,
        where=material.where,
        copy_enough=material.form in ("copy", "sealed_copy", "original_or_copy"),
        sample=PRINTED_HERE if material.from_desk else "",
        promised_by=_day(promised) if promised else None,
    )


def _bring_by(office: Office, item: Item, now: datetime) -> date | None:
    days = item.limits.supplement_days
    return due(now.date(), Limit(days, "working_day"), office.holidays).on if days else None
