"""The folder a document camera (高拍仪) writes into: what is new and whole there is offered, nothing is taken by itself."""

import time
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desk.errors import FieldsRefused, Problem
from desk.services import audit, settings
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform

KEPT_AS = "camera"
SUFFIXES = frozenset((".jpg", ".jpeg", ".png", ".pdf"))
OFFERED_SECONDS = 12 * 3600
"""Pictures of this working day; what is older was for somebody else."""
MOST = 200


@dataclass(frozen=True, slots=True)
class Camera:
    """Where the camera's pictures come ('' is not set), and whether they are deleted there once they are safely stored."""

    folder: str = ""
    remove: bool = False


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture in the folder as it was when it was looked at."""

    path: Path
    size: int
    written_ns: int

    @property
    def label(self) -> str:
        """When it was taken, and its name, for the clerk to choose by."""
        at = datetime.fromtimestamp(self.written_ns / 1e9)
        return f"{at:%H:%M:%S}　{self.path.name}"


def read(office: Office) -> Camera:
    """How this seat's camera is set."""
    kept = settings.get(office, KEPT_AS, {})
    return Camera(str(kept.get("folder", "")), bool(kept.get("remove", False)))


def keep(office: Office, *, folder: str, remove: bool) -> Done[None]:
    """Set this seat's camera; '' sets it off.

    Raises:
        FieldsRefused: there is no such folder, or it is the program's own.
    """
    if folder and (not Path(folder).is_dir() or _is_ours(office, Path(folder))):
        raise FieldsRefused((Problem("folder", "not_folder"),))

    def work(bench: Work) -> None:
        settings.keep(bench.connection, KEPT_AS, value={"folder": folder, "remove": remove})
        audit.note(bench, "setting", key=KEPT_AS)
        bench.touch("settings")

    return perform(office, Operation.CHANGE_SETTING, work)


def shots(folder: str) -> tuple[Shot, ...]:
    """The pictures of today in the folder, newest first; none where it cannot be read. For the files' lane."""
    found = []
    with suppress(OSError):
        for path in Path(folder).iterdir() if folder else ():
            if path.suffix.lower() not in SUFFIXES or path.name.startswith((".", "~")):
                continue
            with suppress(OSError):
                told = path.stat()
                fresh = abs(time.time() - told.st_mtime) < OFFERED_SECONDS
                if fresh and told.st_size and path.is_file() and not path.is_symlink():
                    found.append(Shot(path, told.st_size, told.st_mtime_ns))
    return tuple(sorted(found, key=lambda one: one.written_ns, reverse=True)[:MOST])


def offered(
    before: Collection[Shot], now: Iterable[Shot], taken: Collection[Shot]
) -> tuple[Shot, ...]:
    """Of two looks at the folder one after the other, what did not change in between, so is whole, and was not taken yet."""
    return tuple(one for one in now if one in before and one not in taken)


def take_away(office: Office, taken: Iterable[Shot]) -> int:
    """Delete pictures that are safely stored out of the folder, if so set and unchanged since; gives how many."""
    camera = read(office)
    gone = 0
    for shot in taken if camera.remove else ():
        with suppress(OSError):
            told = shot.path.stat()
            if (told.st_size, told.st_mtime_ns) == (shot.size, shot.written_ns):
                shot.path.unlink()
                gone += 1
    return gone


def _is_ours(office: Office, folder: Path) -> bool:
    """A folder of the program's own, from which nothing is to be offered or deleted."""
    return folder.resolve().is_relative_to(office.paths.folder.resolve())
