"""What the page of registers is handed: frozen values, masked as anybody at the window may see them."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from desk.domain.deadlines import Alert
from desk.domain.registers import Deed, Register, RegisterList
from desk.domain.workflow import Tone
from desk.services.views import HistoryRow, LabelValue

NO_ALERT = Alert("none", 0, "")
RollKey = tuple[str, UUID]
"""Where the next page of a list goes on."""


@dataclass(frozen=True, slots=True)
class RollFilter:
    """What a list shows: of which register, narrowed by words, state, tier and place: a grid or a building.

    `month` (YYYY-MM) is up to when a tier is reached, or whose changes; `days` how far ahead is looked (None: as the
    list says).
    """

    register: str
    list: str
    text: str = ""
    state: str = ""
    tier: str = ""
    place: str = ""
    month: str = ""
    days: int | None = None


@dataclass(frozen=True, slots=True)
class RollRow:
    """A line of a list. `id` is that of the entry, of the person who is not on it, or of the change.

    `values` are the register's columns as shown, `what` is why the line stands here and `then` what comes of it, `month`
    from when.
    """

    id: UUID
    record_id: UUID | None
    person_id: UUID
    name: str
    id_masked: str
    birth: str
    age: int | None
    house: str
    grid: str = ""
    state_label: str = ""
    tone: Tone = "plain"
    due_on: str = ""
    due: Alert = NO_ALERT
    values: tuple[str, ...] = ()
    what: str = ""
    then: str = ""
    month: str = ""
    why: str = ""
    shielded: bool = False
    """The case that led here is confidential."""


@dataclass(frozen=True, slots=True)
class RollPage:
    """A page of a list; `last` is the key to ask on with (None: there is no more)."""

    rows: tuple[RollRow, ...]
    last: RollKey | None = None


@dataclass(frozen=True, slots=True)
class RollVerb:
    """What can be done about a line: take in the item of code `key`, do the deed, or raise."""

    kind: Literal["item", "deed", "raise"]
    key: str
    label: str
    deed: Deed | None = None


@dataclass(frozen=True, slots=True)
class RollEntry:
    """A line looked at: all that is known of it, what happened, what can be done."""

    row: RollRow
    version: int
    lines: tuple[LabelValue, ...]
    history: tuple[HistoryRow, ...]
    verbs: tuple[RollVerb, ...]


@dataclass(frozen=True, slots=True)
class RollTotals:
    """A month in figures; `total` in yuan, '' where the register pays nothing."""

    before: int
    after: int
    total: str


@dataclass(frozen=True, slots=True)
class RollChoice:
    """A register as the page offers it, with its lists, tiers and the buildings people on it live in."""

    register: Register
    lists: tuple[RegisterList, ...]
    tiers: tuple[str, ...]
    places: tuple[str, ...]
