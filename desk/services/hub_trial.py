"""Looking into a stick: all that receiving would say, worked out in one transaction that is taken back."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy.engine import Connection

from desk.domain.workflow import Tone
from desk.errors import Cancelled
from desk.exchange.key_files import Enrolment
from desk.exchange.outcomes import Outcome
from desk.services import hub_receive
from desk.services.hub_receive import Desks, Received
from desk.services.office import Office
from desk.services.troubles import disk_troubles
from desk.words.exchange import outcome_text, short_outcome, trial_text

Progress = Callable[[int, int, str], None]

TONES: Mapping[str, Tone] = MappingProxyType(
    {
        "COMMITTED": "good",
        "ALREADY": "plain",
        "HELD": "soon",
        "TOO_NEW": "soon",
        "MISROUTED": "soon",
    }
)


@dataclass(frozen=True, slots=True)
class Trial:
    """One file, as receiving tells of it or would: whose it is ('' and 0 where that cannot be known), what becomes of it.

    `lacks` is the number that is missing before it (0: none), `refused` why single records of it are not taken.
    """

    name: str
    hall: str
    window: int
    seq: int
    made_on: str
    outcome: Outcome
    state: str
    tone: Tone
    said: str
    events: int
    lacks: int
    refused: tuple[str, ...]


def look_inside(
    office: Office,
    *,
    folder: Path,
    progress: Progress = lambda _done, _total, _what: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Trial, ...]:
    """What would become of every package in the folder if it were received now; afterwards all is as before.

    Raises:
        Cancelled: somebody thought better of it.
        StickTrouble: the folder cannot be read.
    """
    told = []
    with _taken_back(office) as trial:
        desks = hub_receive.known(trial)
        files = hub_receive.waiting(trial, folder)
        for place, found in enumerate(files):
            if cancelled():
                raise Cancelled
            progress(place, len(files), "")
            received = hub_receive.receive_one(trial, found, desks)
            if not is_spare(office, received):
                told.append(line_of(received, desks, looked=True))
    return tuple(told)


def is_spare(office: Office, received: Received) -> bool:
    """Whether it is the copy that waited here, of a package that was on the stick, too: nothing to tell anybody."""
    return received.outcome == "ALREADY" and received.path.parent == office.paths.held


def line_of(received: Received, desks: Desks, *, looked: bool = False) -> Trial:
    """The line about one file; `looked`: it was only looked into."""
    head, facts = received.header, dict(received.facts)
    desk = _desk_of(received, desks)
    if head is not None:
        facts.setdefault("seq", head.seq)
    say = trial_text if looked else outcome_text
    expected = facts.get("expected")
    return Trial(
        name=received.path.name,
        hall=desk.name if desk else "",
        window=desk.window if desk else 0,
        seq=head.seq if head else 0,
        made_on=head.made_at[:10] if head else "",
        outcome=received.outcome,
        state=short_outcome(received.outcome, looked=looked),
        tone=TONES.get(received.outcome, "late"),
        said=say(received.outcome, facts),
        events=received.events,
        lacks=expected if received.outcome == "HELD" and isinstance(expected, int) else 0,
        refused=tuple(one.reason for one in received.refused),
    )


def _desk_of(received: Received, desks: Desks) -> Enrolment | None:
    head = received.header
    known = desks.get((head.db_id, head.epoch)) if head else None
    return known[-1].enrolment if known else None


@dataclass(frozen=True, slots=True)
class _OneTransaction:
    """Stands where an engine does: whoever writes or reads here does so inside one transaction."""

    connection: Connection

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        with self.connection.begin_nested():
            yield self.connection

    def connect(self) -> AbstractContextManager[Connection]:
        return nullcontext(self.connection)


@contextmanager
def _taken_back(office: Office) -> Iterator[Office]:
    """The office, with all that is written to it undone at the end."""
    with disk_troubles(), office.writer.connect() as connection:
        held = connection.begin()
        try:
            inside: Any = _OneTransaction(connection)
            yield replace(office, writer=inside, reader=inside, blobs=office.blobs.untouched())
        finally:
            held.rollback()
