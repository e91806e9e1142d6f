"""Standing by a folder or a stick: what arrives whole is received and answered, until somebody says that it is enough."""

from collections.abc import Callable
from pathlib import Path

from desk.errors import DeskError, OfficeBusy, StickTrouble, StoreUnreachable
from desk.exchange.stick import packages
from desk.services import hub_answer
from desk.services.hub_receive import Received, Wish
from desk.services.office import Office

Mark = tuple[int, int]
"""Size and moment of the last change of a file: while they change somebody is still writing it."""

PASSING = (StickTrouble, OfficeBusy, StoreUnreachable)
"""What may be over at the next look: the stick was pulled, another receiver is at work, the server is away."""


def serve(
    office: Office,
    *,
    folder: Path,
    tell: Callable[[Received], None],
    trouble: Callable[[DeskError], None],
    wait: Callable[[], bool],
    stop: Callable[[], bool] = lambda: False,
) -> int:
    """Look, receive what is whole and new, and wait, again and again; gives the number of files received.

    A file counts as whole once it is found twice just the same. `wait` waits for the next look, True ends it all; `stop`
    ends it after the file under way, whose answer is still written. `trouble` is told once of what may pass by itself.
    """
    seen: dict[Path, Mark] = {}
    done: dict[Path, Mark] = {}
    count, known = 0, ""
    while True:
        try:
            now = _marks(folder)
            ready = {
                path
                for path, mark in now.items()
                if seen.get(path) == mark and done.get(path) != mark
            }
            if ready:
                wish = Wish(only=ready.__contains__, stop=stop)
                count += len(hub_answer.receive(office, folder=folder, tell=tell, wish=wish))
            # What went away may come back and is then looked at anew: its answer may have been lost.
            done = {path: mark for path, mark in done.items() if path in now}
            done |= {path: now[path] for path in ready}
            seen, known = now, ""
        except PASSING as error:
            seen, done = {}, {}
            if repr(error) != known:
                known = repr(error)
                trouble(error)
        if wait():
            return count


def _marks(folder: Path) -> dict[Path, Mark]:
    """The packages of desks that lie there."""
    marks: dict[Path, Mark] = {}
    for path in packages(folder):
        try:
            stat = path.stat()
        except OSError as error:
            raise StickTrouble("read", str(path)) from error
        marks[path] = (stat.st_size, stat.st_mtime_ns)
    return marks
