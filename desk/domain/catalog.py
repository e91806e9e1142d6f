"""What a service item is: the shapes the catalogue's files are read into."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from desk.domain.conditions import Condition
from desk.domain.fields import Choice, FieldDef, Sensitive
from desk.domain.registers import Effect, Register
from desk.domain.retention import Retention
from desk.domain.workflow import Workflow

Acceptor = Literal["community", "street", "county"]
PersonBlock = Literal["none", "contact", "full"]
RuleLevel = Literal["hard", "warn", "county"]
RuleSource = Literal["derived", "field", "asked", "register"]
MaterialForm = Literal[
    "original", "inspect", "inspect_copy", "copy", "sealed_copy", "original_or_copy"
]
LimitUnit = Literal["working_day", "calendar_day", "month"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One condition of eligibility with the clause it rests on.

    `op` and `value` compare the fact; a value starting with `$` is a derived or county value. A rule of level `county`
    is hard once the county has confirmed the parameter it compares with, and warns until then.
    """

    fact: str
    op: str
    value: object
    level: RuleLevel
    source: RuleSource
    clause: str
    text: str


@dataclass(frozen=True, slots=True)
class MaterialDef:
    """One paper to hand in.

    `key` is shared by items that ask for the same paper, so that one kept copy serves them all.
    `valid_months` is how long a kept copy may serve again (0: not at all). `evidence_of` names the field whose chosen
    entries say what this paper must show.
    `where` tells where it can be had, `good` what a right one looks like.
    """

    key: str
    name: str
    form: MaterialForm
    copies: int = 1
    required: bool = True
    when: Condition | None = None
    from_desk: bool = False
    note: str = ""
    where: str = ""
    valid_months: int = 0
    tolerable: bool = False
    evidence_of: str = ""


@dataclass(frozen=True, slots=True)
class RouteStep:
    """One level a case passes, with its share of the promised limit in working days."""

    level: str
    actor: str
    action: str
    days: int


@dataclass(frozen=True, slots=True)
class Limits:
    """How long an item may take.

    0 statutory days means no statutory limit is known (none is printed). `confirmed` is False where no source
    confirms the figure, which then shows 待县里核定. `publicity_counts`: the clock runs on during publicity.
    `supplement_days` are working days to bring what is missing (0: no last day). `ahead_days`: so long before an age is
    reached it may be registered, to be accepted from that day on.
    """

    statutory_days: int = 0
    statutory_unit: LimitUnit = "working_day"
    promised_days: int = 0
    promised_unit: LimitUnit = "working_day"
    confirmed: bool = False
    publicity_days: int = 0
    publicity_counts: bool = True
    silent_acceptance: bool = False
    supplement_days: int = 10
    lapses: bool = False
    tolerance_days: int = 0
    ahead_days: int = 0


@dataclass(frozen=True, slots=True)
class Tier:
    """One step of an age benefit; `param` names the county parameter that holds the monthly amount in yuan."""

    min_age: int
    max_age: int
    label: str
    param: str


@dataclass(frozen=True, slots=True)
class Item:
    """One service item (事项)."""

    code: str
    name: str
    short_name: str
    aliases: tuple[str, ...]
    line: str
    department: str
    nature: str
    subject: str
    acceptor: Acceptor
    workflow: str
    person_block: PersonBlock
    instant: bool
    applicants: tuple[str, ...]
    result: str
    legal_basis: tuple[str, ...]
    confirmed: bool
    notes: str
    limits: Limits
    fields: tuple[FieldDef, ...]
    questions: tuple[FieldDef, ...]
    rules: tuple[Rule, ...]
    materials: tuple[MaterialDef, ...]
    route: tuple[RouteStep, ...]
    tiers: tuple[Tier, ...] = ()
    effects: tuple[Effect, ...] = ()
    sensitive: Sensitive = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A department's line (条线) of items; `key` is an ASCII word, as in the file's name."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Town:
    """A street or town with its 9-digit statistics code."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class County:
    """What differs from county to county; `params` hold amounts and limits, `confirmed` names the confirmed ones.

    `lists` are the county's own in place of those the fields name (`catalog/diseases`).
    """

    code: str
    name: str
    brand: str
    towns: tuple[Town, ...]
    params: Mapping[str, object]
    confirmed: frozenset[str] = frozenset()
    lists: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProhibitedCertificate:
    """A certificate no residents' committee may issue, and who can help instead."""

    name: str
    go_to: str


@dataclass(frozen=True, slots=True)
class Catalog:
    """All a case needs to know of the rules of its day; `digest` is SHA-256 hex over the canonical source.

    `person_blocks` are the fields asked of the applicant by kind of block, and of who comes in his place (`agent`).
    `renamed` leads from the code an item once had to the present one, `removed` are codes that are gone.
    """

    version: int
    effective_from: str
    digest: str
    lines: tuple[Line, ...]
    items: Mapping[str, Item]
    usual: tuple[str, ...]
    counties: Mapping[str, County]
    prohibited: tuple[ProhibitedCertificate, ...]
    workflows: Mapping[str, Workflow] = field(default_factory=dict)
    person_blocks: Mapping[str, tuple[FieldDef, ...]] = field(default_factory=dict)
    registers: Mapping[str, Register] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    retention: Retention = field(default_factory=Retention)

    def item(self, code: str) -> Item:
        """The item of that code. Raises KeyError for one this catalogue does not hold."""
        return self.items[code]
