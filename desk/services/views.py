"""What the pages are handed: frozen values, never rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from desk.domain.deadlines import Alert, DueDate
from desk.domain.eligibility import Assessment
from desk.domain.fields import FieldDef
from desk.domain.materials import DraftPicture, HandedIn, HeldMaterial, NeededMaterial
from desk.domain.workflow import Action, State, Tone
from desk.errors import Problem
from desk.services.order_rows import ConflictRow, OrderRow


@dataclass(frozen=True, slots=True)
class HallView:
    """The hall as the frame shows it."""

    hall: str
    community: str
    brand: str
    window: int
    operator: str
    operator_id: UUID


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A service item in a pick list; `place` is its Alt digit among the usual ones (0: none)."""

    code: str
    name: str
    short_name: str
    line: str
    line_label: str
    place: int = 0


@dataclass(frozen=True, slots=True)
class PersonValues:
    """A person as typed or as known; texts only, empty where unknown."""

    id_type: str = "居民身份证"
    id_no: str = ""
    name: str = ""
    sex: str = ""
    birth: str = ""
    phone: str = ""
    ethnic: str = ""
    political: str = ""
    hukou_addr: str = ""
    live_addr: str = ""
    house: str = ""
    grid: str = ""


@dataclass(frozen=True, slots=True)
class AgentValues:
    """Who came in the applicant's place; all empty when the applicant came himself."""

    name: str = ""
    id_no: str = ""
    phone: str = ""
    relation: str = ""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A known person in a result list, masked."""

    id: UUID
    name: str
    id_masked: str
    phone_masked: str
    house: str
    birth: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a list. `due` is the alert to show in the due column; `due_on` ISO or ''."""

    id: UUID
    short_no: str
    applicant: str
    id_masked: str
    item_code: str
    item_name: str
    line: str
    state: str
    state_label: str
    tone: Tone
    opened_on: str
    opened_at: str
    due_on: str
    due: Alert
    provisional: bool
    operator: str
    sync: str = ""
    """How far it got to the county, where a list says so."""
    sync_tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class CasePage:
    """A page of cases, newest first; `last` is the key to ask the next page with (None: there is none)."""

    rows: tuple[CaseRow, ...]
    last: UUID | None


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What the list shows.

    `group`: open, supplement, overdue, closed or all. `lines`, `operator`, `first`/`last` (ISO dates of opening) narrow
    it; `sync` is one of the states on the way to the county, `text` a search as typed.
    """

    group: Literal["open", "supplement", "overdue", "closed", "all"] = "open"
    state: str = ""
    line: str = ""
    operator: UUID | None = None
    first: str = ""
    last: str = ""
    sync: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A known person with what the desk knows of him."""

    id: UUID
    person: PersonValues
    cases: tuple[CaseRow, ...]
    held: tuple[HeldMaterial, ...]


@dataclass(frozen=True, slots=True)
class IntakeValues:
    """Everything typed and ticked for one item of one visit; `request_id` is the request it answers, if any."""

    item_code: str = ""
    person_id: UUID | None = None
    person: PersonValues = PersonValues()
    agent: AgentValues = AgentValues()
    form: Mapping[str, object] = field(default_factory=dict)
    answers: Mapping[str, object] = field(default_factory=dict)
    handed_in: tuple[HandedIn, ...] = ()
    channel: str = "窗口"
    privacy_told: bool = False
    remark: str = ""
    request_id: UUID | None = None
    pictures: tuple[DraftPicture, ...] = ()


@dataclass(frozen=True, slots=True)
class IntakeView:
    """What the intake page shows for what was typed so far.

    `problems` block an end, `advice` does not. `ends` are the ways it may end now, the first the one F9 takes.
    `missing` are the names of required papers not handed in; `derived` are facts to show, by label.
    `unconfirmed` says which figures the county has not confirmed yet.
    """

    item: ItemRow
    headline: str
    person_fields: tuple[FieldDef, ...]
    derived: Mapping[str, str]
    fields: tuple[FieldDef, ...]
    questions: tuple[FieldDef, ...]
    assessment: Assessment
    needed: tuple[NeededMaterial, ...]
    missing: tuple[str, ...]
    problems: tuple[Problem, ...]
    advice: tuple[Problem, ...]
    ends: tuple[Action, ...]
    due: DueDate | None
    paper_title: str
    unconfirmed: str = ""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A paper of a case."""

    id: UUID
    kind: str
    title: str
    number: str
    issued_at: str
    operator: str
    prints: int
    voided_on: str = ""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One line of a case's history, newest first."""

    at: str
    who: str
    text: str
    reason: str = ""
    document: UUID | None = None
    document_title: str = ""


@dataclass(frozen=True, slots=True)
class BarStep:
    """One step of the state bar; `status` is done, here or ahead."""

    label: str
    status: Literal["done", "here", "ahead"]
    at: str = ""


@dataclass(frozen=True, slots=True)
class LabelValue:
    """A label with its value as shown; `hidden` values stand behind a click."""

    label: str
    value: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class MaterialRow:
    """A paper of a case as handed in."""

    key: str
    name: str
    state: str
    tone: Tone
    note: str = ""


@dataclass(frozen=True, slots=True)
class CaseDetail:
    """One case with all its page shows; `actions` are exactly what is allowed now, the primary first."""

    row: CaseRow
    version: int
    person_id: UUID | None
    numbers: tuple[str, ...]
    subtitle: str
    state: State
    bar: tuple[BarStep, ...]
    actions: tuple[Action, ...]
    history: tuple[HistoryRow, ...]
    parties: tuple[LabelValue, ...]
    form: tuple[LabelValue, ...]
    materials: tuple[MaterialRow, ...]
    documents: tuple[DocumentRow, ...]
    due: DueDate | None
    statutory: DueDate | None
    due_title: str
    notices: tuple[str, ...] = ()
    """What the page reminds of today."""
    begun: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """By action, what the fields it asks for begin with."""
    shielded: bool = False
    """Whether who applied is known to nobody but who handles it; `handled_here`: that is who signed in."""
    handled_here: bool = False
    refused: tuple[str, ...] = ()
    """Why the county gave records of it back."""
    conflicts: tuple[ConflictRow, ...] = ()
    requests: tuple[OrderRow, ...] = ()
    """What the county asks to be corrected and nobody has answered."""


@dataclass(frozen=True, slots=True)
class Finished:
    """How an intake or an action ended: the case, its number and the paper to show (None: none was issued)."""

    case_id: UUID
    number: str
    document: UUID | None
    said: str


@dataclass(frozen=True, slots=True)
class DueRow:
    """A line of the due list: a case, or (`register`) the people of a register whose day comes."""

    case_id: UUID | None
    alert: Alert
    item: str
    who: str
    register: str = ""


@dataclass(frozen=True, slots=True)
class ProactiveRow:
    """A known person who reaches a tier this month; `register` names the one he already stands on ('' for none)."""

    person_id: UUID
    name: str
    day: date
    text: str
    amount: str
    item_code: str
    register: str = ""


@dataclass(frozen=True, slots=True)
class TodayView:
    """The first page. Counts are of today's cases."""

    due: tuple[DueRow, ...]
    late: int
    cases: tuple[CaseRow, ...]
    accepted: int
    concluded: int
    supplements: int
    usual: tuple[ItemRow, ...]
    proactive: tuple[ProactiveRow, ...]
    people_known: int


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft that was left behind."""

    id: int
    label: str
    saved_at: str
    values: IntakeValues


@dataclass(frozen=True, slots=True)
class SearchHits:
    """What the search box found."""

    people: tuple[PersonRow, ...]
    cases: tuple[CaseRow, ...]
    items: tuple[ItemRow, ...]
