"""All that a paper may say, handed in by whoever issues it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from desk.domain.catalog import Acceptor

OriginalState = Literal["returned", "kept", "pending", "none"]
CopyState = Literal["taken", "held", "pending", "none"]


@dataclass(frozen=True, slots=True)
class Hall:
    """The hall as it is named on paper."""

    name: str
    brand: str = ""
    community: str = ""
    phone: str = ""
    complaint_phone: str = ""
    hours: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class PaperPerson:
    """The applicant; ID and phone come masked, a paper never sees them whole.

    `id_label` is 证件号码, or 统一社会信用代码 for an organisation. `age` in full years, None when not known.
    """

    name: str
    sex: str = ""
    age: int | None = None
    id_label: str = "证件号码"
    masked_id: str = ""
    masked_phone: str = ""
    agent: str = ""
    agent_relation: str = ""


@dataclass(frozen=True, slots=True)
class PaperLimits:
    """Time limits in words (`15 个工作日`) and the date they come to.

    `provisional`: the holiday table of that year is not published, so the date prints with 预计. `unconfirmed`: no source
    confirms the figure, so it prints with 待县里核定. `outside` names the steps the count leaves out.
    """

    statutory: str = ""
    promised: str = ""
    due: date | None = None
    provisional: bool = False
    unconfirmed: bool = False
    instant: bool = False
    outside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperMaterial:
    """One paper taken in, or still awaited (`pending`)."""

    name: str
    original: OriginalState = "none"
    copy: CopyState = "none"
    count: int = 1
    note: str = ""


@dataclass(frozen=True, slots=True)
class PaperMissing:
    """One paper that is missing or defective: what is wrong, what would be right, where it can be had.

    `sample` says where a filled-in example is (样表 3 号).

    With `promised_by` the case is accepted all the same and the paper follows by that day (容缺受理).
    """

    name: str
    why: str = ""
    right: str = ""
    where: str = ""
    copy_enough: bool | None = None
    promised_by: date | None = None
    sample: str = ""


@dataclass(frozen=True, slots=True)
class PaperItem:
    """One of several matters on a combined receipt; `outcome` is 已收件, 已受理, 待补正 … in words.

    `name` is the neutral one where the matter is sensitive.
    """

    name: str
    number: str
    short: str
    outcome: str
    due: date | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Reprint:
    """The count of this reprint (the first is 1), when and by whom; `voided_on` of a paper that counts no more."""

    count: int
    at: datetime
    by: str
    voided_on: date | None = None


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """Everything that any paper may say; what is empty is not printed.

    `issuer` is the body named over the seal, `acceptor` the body that by law accepts,
    `acceptor_no` the number it gave the matter. `acceptance_known` is True when
    the community accepts itself, has been lent the acceptance seal, or the acceptor has confirmed; without it no
    acceptance notice is composed. `accept_from` is the day before which who registered ahead cannot
    be accepted: all days count from it. `number` is the formal one, `compact` the same without hyphens,
    `code` the signed text of the QR code ('': it says the number alone).
    `sensitive`: `neutral_name` stands for the item everywhere and a slip leaves out reasons and notes;
    `private_words` (illnesses, kinds of disability) are struck from slips wherever they occur.
    """

    hall: Hall
    signed_at: datetime
    clerk: str = ""
    window: str = ""
    person: PaperPerson = field(default_factory=lambda: PaperPerson(""))
    item_name: str = ""
    item_code: str = ""
    neutral_name: str = ""
    issuer: str = ""
    seal: str = ""
    acceptor: Acceptor = "community"
    acceptor_name: str = ""
    acceptor_no: str = ""
    acceptance_known: bool = False
    number: str = ""
    short: str = ""
    compact: str = ""
    code: str = ""
    other_number: str = ""
    copy_label: str = ""
    received_at: datetime | None = None
    accepted_on: date | None = None
    answer_by: date | None = None
    accept_from: date | None = None
    limits: PaperLimits = PaperLimits()
    materials: tuple[PaperMaterial, ...] = ()
    missing: tuple[PaperMissing, ...] = ()
    items: tuple[PaperItem, ...] = ()
    bring_by: date | None = None
    lapses: bool = False
    counting: bool = False
    certificate: str = ""
    reason: str = ""
    clause: str = ""
    go_to: str = ""
    remedy: str = ""
    result: str = ""
    result_document: str = ""
    result_on: date | None = None
    amount: str = ""
    collection: str = ""
    next_duty: str = ""
    paused_on: date | None = None
    pause_until: date | None = None
    withdrawn_on: date | None = None
    key_groups: tuple[str, ...] = ()
    reprint: Reprint | None = None
    marks: tuple[str, ...] = ()
    sensitive: bool = False
    private_words: tuple[str, ...] = ()
