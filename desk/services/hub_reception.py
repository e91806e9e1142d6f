"""Receiving at the county's window: with progress, to be stopped between two files, a line for each."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desk.changes import Changes
from desk.services import hub_answer, hub_receive
from desk.services.hub_receive import Received, Wish
from desk.services.hub_trial import Trial, is_spare, line_of
from desk.services.office import Office
from desk.services.operation import Done

ANSWERED = frozenset(hub_answer.ANSWERED)


@dataclass(frozen=True, slots=True)
class Reception:
    """What became of each file, and whether somebody stopped it before the last one; the answers lie beside the packages."""

    files: tuple[Trial, ...]
    stopped: bool

    @property
    def taken(self) -> int:
        return sum(one.outcome == "COMMITTED" for one in self.files)

    @property
    def answered(self) -> bool:
        return any(one.outcome in ANSWERED for one in self.files)


def receive(
    office: Office,
    *,
    folder: Path,
    progress: Callable[[int, int, str], None],
    cancelled: Callable[[], bool],
) -> Done[Reception]:
    """Receive every package in the folder and write the answers; who cancels keeps what was taken, and its answers.

    Raises:
        StickTrouble: the folder cannot be read or written.
    """
    desks = hub_receive.known(office)
    lines: list[Trial] = []

    def tell(received: Received) -> None:
        if not is_spare(office, received):
            lines.append(line_of(received, desks))

    hub_answer.receive(
        office, folder=folder, tell=tell, wish=Wish(progress=progress, stop=cancelled)
    )
    return Done(Reception(tuple(lines), cancelled()), Changes(packages=True))
