"""Turns the facts of a paper into the words that fill the gaps of its wording."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime

from desk.domain.paper_facts import Hall, PaperFacts, PaperItem, PaperMaterial, PaperMissing

Values = Mapping[str, str]

ROW_KINDS = ("materials", "received", "missing", "promised", "items")
STRUCK = "（略）"
# What may name an illness: free text of the clerk, of a rule or of a material.
PRIVATE = frozenset({"reason", "clause", "next_duty", "result_document", "note", "why", "right"})


def value_names() -> frozenset[str]:
    """The names a gap in a paper's wording may have."""
    return frozenset(values_of(PaperFacts(Hall(""), datetime.min), defaultdict(str)))


def head_names() -> frozenset[str]:
    """The names that a gap of any paper may have, whatever it is composed from."""
    hall = frozenset(hall_values(Hall("")))
    return hall | {"clerk", "window", "signed_on", "signed_at", "issuer", "seal", "number"}


def row_names() -> dict[str, frozenset[str]]:
    """The kinds of table rows, each with the names a gap in its cells may have."""
    missing = (PaperMissing(""), PaperMissing("", promised_by=date.min))
    one = PaperFacts(
        Hall(""),
        datetime.min,
        materials=(PaperMaterial(""),),
        missing=missing,
        items=(PaperItem("", "", "", ""),),
    )
    return {kind: frozenset(rows_of(kind, one, defaultdict(str))[0]) for kind in ROW_KINDS}


def day_words(day: date | None) -> str:
    """The date as papers write it: `2026 年 11 月 23 日`; empty for None."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日" if day else ""


def moment_words(moment: datetime | None) -> str:
    """The date and time of day to the minute."""
    return f"{day_words(moment)} {moment:%H:%M}" if moment else ""


def values_of(facts: PaperFacts, words: Values) -> dict[str, str]:
    """The texts for the gaps of a wording; what does not apply is empty, a flag is `1` or empty."""
    return {
        **hall_values(facts.hall),
        **_signing_values(facts),
        **_person_values(facts),
        **_item_values(facts, words),
        **_time_values(facts, words),
        **_count_values(facts),
        **_outcome_values(facts, words),
    }


def rows_of(kind: str, facts: PaperFacts, words: Values) -> tuple[dict[str, str], ...]:
    """The rows of the table `kind`, numbered from 1 as `n`."""
    match kind:
        case "materials":
            rows = [_material_row(row, words) for row in facts.materials]
        case "received":
            awaited = [PaperMaterial(row.name, "pending", "pending", 0) for row in facts.missing]
            rows = [_material_row(row, words) for row in (*facts.materials, *awaited)]
        case "missing":
            rows = [_missing_row(row, words) for row in facts.missing if not row.promised_by]
        case "promised":
            rows = [_missing_row(row, words) for row in facts.missing if row.promised_by]
        case _:
            rows = [_item_row(row, words) for row in facts.items]
    return tuple({"n": str(number), **row} for number, row in enumerate(rows, 1))


def discreet(values: Values, facts: PaperFacts) -> dict[str, str]:
    """The values for a slip, which anyone may read: without what could tell of an illness."""
    if not facts.sensitive:
        return dict(values)
    kept = {name: "" if name in PRIVATE else text for name, text in values.items()}
    kept["hidden"] = "1"
    for word in filter(None, facts.private_words):
        kept = {name: text.replace(word, STRUCK) for name, text in kept.items()}
    return kept


def _flag(on: bool) -> str:
    return "1" if on else ""


def hall_values(hall: Hall) -> dict[str, str]:
    """The words of the hall, by the names a gap may have."""
    return {
        "hall": hall.name,
        "brand": hall.brand,
        "community": hall.community,
        "phone": hall.phone,
        "complaint_phone": hall.complaint_phone,
        "hours": hall.hours,
        "place": hall.place,
    }


def _signing_values(facts: PaperFacts) -> dict[str, str]:
    return {
        "clerk": facts.clerk,
        "window": facts.window,
        "signed_on": day_words(facts.signed_at),
        "signed_at": moment_words(facts.signed_at),
    }


def _person_values(facts: PaperFacts) -> dict[str, str]:
    person = facts.person
    return {
        "name": person.name,
        "sex": person.sex,
        "age": "" if person.age is None else str(person.age),
        "id_label": person.id_label,
        "masked_id": person.masked_id,
        "masked_phone": person.masked_phone,
        "agent": person.agent,
        "agent_relation": person.agent_relation,
    }


def _item_values(facts: PaperFacts, words: Values) -> dict[str, str]:
    name = facts.neutral_name if facts.sensitive else facts.item_name
    code = f"（{facts.item_code}）" if facts.item_code and not facts.sensitive else ""
    return {
        "item": name + code,
        "item_name": name,
        "item_code": "" if facts.sensitive else facts.item_code,
        "issuer": facts.issuer or facts.hall.name,
        "seal": facts.seal or words["seal"],
        "acceptor": facts.acceptor_name,
        "acceptor_no": facts.acceptor_no,
        "elsewhere": _flag(facts.acceptor != "community"),
        "number": facts.number,
        "short": facts.short,
        "other_number": facts.other_number,
        "certificate": facts.certificate,
        "key": "-".join(facts.key_groups),
        "hidden": "",
    }


def _due_words(due: date | None, provisional: bool, words: Values) -> str:
    return (words["provisional"] if provisional else "") + day_words(due) if due else ""


def _time_values(facts: PaperFacts, words: Values) -> dict[str, str]:
    limits = facts.limits
    return {
        "received_at": moment_words(facts.received_at),
        "received_on": day_words(facts.received_at),
        "accepted_on": day_words(facts.accepted_on),
        "answer_by": day_words(facts.answer_by),
        "accept_from": day_words(facts.accept_from),
        "statutory": limits.statutory,
        "promised": limits.promised,
        "due": day_words(limits.due),
        "due_words": _due_words(limits.due, limits.provisional, words),
        "unconfirmed": words["unconfirmed"] if limits.unconfirmed else "",
        "instant": _flag(limits.instant),
        "outside": words["list_mark"].join(limits.outside),
        "bring_by": day_words(facts.bring_by),
        "lapses": _flag(facts.lapses),
        "counting": _flag(facts.counting),
        "paused_on": day_words(facts.paused_on),
        "pause_until": day_words(facts.pause_until),
        "withdrawn_on": day_words(facts.withdrawn_on),
        "result_on": day_words(facts.result_on),
    }


def _count_values(facts: PaperFacts) -> dict[str, str]:
    promised = sum(1 for row in facts.missing if row.promised_by)
    counts = {
        "material_count": len(facts.materials),
        "missing_count": len(facts.missing) - promised,
        "promised_count": promised,
        "item_count": len(facts.items),
    }
    return {name: str(count) if count else "" for name, count in counts.items()}


def _outcome_values(facts: PaperFacts, words: Values) -> dict[str, str]:
    kept = [row.name for row in facts.materials if row.original == "kept"]
    return {
        "reason": facts.reason,
        "clause": facts.clause,
        "go_to": facts.go_to,
        "remedy": facts.remedy,
        "result": facts.result,
        "result_document": facts.result_document,
        "amount": facts.amount,
        "collection": facts.collection,
        "next_duty": facts.next_duty,
        "material_names": words["list_mark"].join(row.name for row in facts.materials),
        "kept_originals": words["list_mark"].join(kept),
    }


def _material_row(row: PaperMaterial, words: Values) -> dict[str, str]:
    return {
        "name": row.name,
        "original": words[f"original_{row.original}"],
        "copy": words[f"copy_{row.copy}"],
        "count": str(row.count or ""),
        "note": row.note,
    }


def _missing_row(row: PaperMissing, words: Values) -> dict[str, str]:
    enough = {None: "", True: words["copy_enough"], False: words["copy_not_enough"]}
    return {
        "name": row.name,
        "why": row.why,
        "right": row.right,
        "where": row.where,
        "sample": row.sample,
        "copy_enough": enough[row.copy_enough],
        "promised_by": day_words(row.promised_by),
    }


def _item_row(row: PaperItem, words: Values) -> dict[str, str]:
    return {
        "name": row.name,
        "number": row.number,
        "short": row.short,
        "outcome": row.outcome,
        "due_words": _due_words(row.due, row.provisional, words),
    }
