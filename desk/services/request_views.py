"""What the page of requests is handed."""

from dataclasses import dataclass
from uuid import UUID

from desk.domain.workflow import Tone


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request of a resident, numbers masked; `answer` is why it was refused, `case_no` the case it became."""

    id: UUID
    version: int
    state: str
    state_label: str
    tone: Tone
    number: str
    source: str
    name: str
    id_masked: str
    phone_masked: str
    item: str
    wanted: str
    sent_at: str
    came_on: str
    case_id: UUID | None
    case_no: str
    answer: str


@dataclass(frozen=True, slots=True)
class AnswersWritten:
    """The files of answers and how many requests they answer."""

    files: tuple[str, ...]
    answers: int
