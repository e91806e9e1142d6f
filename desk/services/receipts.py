"""Is this paper genuine? The code off its QR, checked with the keys held here and laid beside the record."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection

from db.models import CaseFile, Document, IssuedNumber
from desk.domain.numbering import Number
from desk.domain.paper_values import day_words
from desk.domain.privacy import mask_name
from desk.exchange.receipt_code import (
    NewerCode,
    ReceiptCode,
    is_receipt,
    kind_digest,
    name_digest,
    read_receipt,
    verify,
)
from desk.services import shielding
from desk.services.desk_keys import KnownKey, keys_named
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.paper_making import title_of
from desk.words import receipts as said

__all__ = ["ReceiptLook", "RecordLine", "is_receipt", "look", "name_fits"]

Verdict = Literal["genuine", "altered", "unknown", "revoked", "newer", "unsigned"]


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One fact as the paper's code has it beside the record; `same` False is to be looked at."""

    label: str
    on_paper: str
    on_record: str
    same: bool


@dataclass(frozen=True, slots=True)
class ReceiptLook:
    """What there is to say of a code; `sentence` is the whole of it, `title` and `text` its two halves.

    `own`: this desk sealed it. `case_id` is the case if it is on file here, `lines` the paper beside it, `warning` what is
    not as it should be although the signature is right, `brief` the short word where nothing is.
    """

    verdict: Verdict
    title: str
    text: str
    sentence: str
    number: str = ""
    own: bool = False
    case_id: UUID | None = None
    lines: tuple[RecordLine, ...] = ()
    warning: str = ""
    brief: str = ""


def look(office: Office, *, text: str) -> ReceiptLook:
    """What the code says and whether it is true; nothing is written."""
    try:
        code = read_receipt(text)
    except NewerCode:
        return _told("newer", {})
    except ValueError:
        return _told("altered" if is_receipt(text) else "unsigned", {})
    with reading(office) as connection:
        named = keys_named(connection, code.key)
        if not named:
            return _told("unknown", {}, number=code.number.full)
        signer = next((key for key in named if _is_by(key, code)), None)
        if signer is None:
            return _told("altered", {}, number=code.number.full)
        facts = _facts(office, code, signer)
        if signer.revoked_on and code.issued.isoformat() >= signer.revoked_on:
            return _told("revoked", facts, number=code.number.full)
        return _beside_the_record(connection, code, signer, facts)


def name_fits(*, text: str, name: str) -> bool:
    """Whether the name on the paper is the one its code was made for, as far as a masked name tells.

    Raises:
        ValueError: it is no signed code.
    """
    code = read_receipt(text)
    return code.name == name_digest(code.number, mask_name(name.strip()))


def _is_by(key: KnownKey, code: ReceiptCode) -> bool:
    """A true key of one community proves nothing for a number of another."""
    return verify(code, key.public) and key.site == code.number.community


def _told(verdict: Verdict, facts: Mapping[str, str], number: str = "") -> ReceiptLook:
    return ReceiptLook(
        verdict=verdict,
        title=said.TITLES[verdict],
        text=said.verdict_text(verdict, facts),
        sentence=said.verdict_sentence(verdict, facts),
        number=number,
    )


def _facts(office: Office, code: ReceiptCode, signer: KnownKey) -> dict[str, str]:
    item = office.catalog.items.get(code.item)
    named = f"{item.name} {code.item}" if item else code.item
    wording = office.rules.wording
    kinds = [key for key in wording.papers if kind_digest(key) == code.kind]
    return {
        "issuer": f"{signer.name} {signer.window} 号窗口 ",
        "issued": f"{day_words(code.issued)}",
        "title": title_of(wording, kinds[0]) if kinds else "文书",
        "number": code.number.full,
        "item": named,
        "due": day_words(code.due),
        "revoked_on": day_words(date.fromisoformat(signer.revoked_on)) if signer.revoked_on else "",
    }


def _beside_the_record(
    connection: Connection, code: ReceiptCode, signer: KnownKey, facts: Mapping[str, str]
) -> ReceiptLook:
    """A genuine paper, beside the case if that is on file here."""
    told = _told("genuine", facts, number=code.number.full)
    case = _case(connection, code.number)
    if case is None:
        return replace(told, own=signer.own)
    issued = _issued_on(connection, case["id"], code)
    lines = _lines(code, case, facts["issued"], issued)
    differing = said.difference([line.label for line in lines if not line.same])
    return replace(
        told,
        own=signer.own,
        case_id=case["id"],
        lines=lines,
        warning=differing if issued else f"{said.NOT_ON_RECORD}。{differing}",
        brief=said.brief(_named(case), facts["issued"], facts["due"]),
    )


def _case(connection: Connection, number: Number) -> Mapping[Any, Any] | None:
    case_id = select(IssuedNumber.case_id).where(IssuedNumber.number == number.full)
    return (
        connection.execute(
            select(
                CaseFile.id,
                CaseFile.item_code,
                CaseFile.item_name,
                CaseFile.applicant,
                CaseFile.shielded,
                CaseFile.due_on,
            ).where(CaseFile.id.in_(case_id))
        )
        .mappings()
        .first()
    )


def _named(case: Mapping[str, Any] | Mapping[Any, Any]) -> str:
    return shielding.NAME if case["shielded"] else mask_name(case["applicant"])


def _issued_on(connection: Connection, case_id: UUID, code: ReceiptCode) -> str:
    """When the paper with this very code was issued, as the record has it; '' if none was."""
    papers = connection.execute(
        select(Document.issued_at, Document.facts).where(
            Document.case_id == case_id, Document.number == code.number.full
        )
    )
    found = (row.issued_at for row in papers if _code_in(row.facts) == code.text)
    return next(found, "")[:10]


def _code_in(facts: Mapping[str, Any]) -> object:
    """The code in a paper's facts; a plain paper has it in its head."""
    return facts.get("code") or facts.get("head", {}).get("code")


def _lines(
    code: ReceiptCode, case: Mapping[Any, Any], issued: str, on_record: str
) -> tuple[RecordLine, ...]:
    masked = mask_name(case["applicant"])
    named = code.name == name_digest(code.number, masked)
    lines = [RecordLine("姓名", masked if named else "另一个名字", masked, named)]
    if case["shielded"]:
        # Neither the name nor whether it was this one.
        lines = []
    if code.item:
        same = code.item == case["item_code"]
        lines.append(RecordLine("事项", code.item, case["item_code"], same))
    if on_record:
        recorded = day_words(date.fromisoformat(on_record))
        lines.append(RecordLine("出具日期", issued, recorded, issued == recorded))
    if code.due and case["due_on"]:
        due = day_words(date.fromisoformat(case["due_on"]))
        lines.append(RecordLine("办理期限", day_words(code.due), due, day_words(code.due) == due))
    return tuple(lines)
