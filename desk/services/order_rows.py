"""An order and a conflict as a list shows them."""

from dataclasses import dataclass
from uuid import UUID

from desk.domain.workflow import Tone


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order of the county. `state` is what stands for it in a list, `code` given, sent or the outcome at the desk.

    `what` says what was asked for and `why` what the desk says of it; `field` is the one a request is about.
    """

    id: UUID
    case_id: UUID
    hall: str
    short_no: str
    applicant: str
    item_name: str
    kind: str
    what: str
    reason: str
    given_at: str
    given_by: str
    code: str
    state: str
    tone: Tone
    why: str
    taken_at: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """A field desk and county wrote differently: both values in words with who and when, and the value before.

    `choice` is '' while nobody has decided, `decided` says how it ended.
    """

    id: UUID
    case_id: UUID
    hall: str
    short_no: str
    applicant: str
    item_name: str
    field: str
    label: str
    before: str
    ours: str
    ours_by: str
    ours_at: str
    theirs: str
    theirs_by: str
    theirs_at: str
    found_at: str
    choice: str
    decided: str
