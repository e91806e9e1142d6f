"""Publishing at the county's window: what the edited files change, told for a page, and the release they become."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desk.services import catalog_publish, hub_down
from desk.services.catalog_publish import Plan
from desk.services.catalog_views import DifferenceView
from desk.services.office import Office
from desk.services.operation import Done
from desk.words.catalog import headline, sections


@dataclass(frozen=True, slots=True)
class Ready:
    """A release that was read and not published yet, and what it changes."""

    plan: Plan
    told: DifferenceView


def plan(office: Office, *, folder: Path, begins: date, through: date | None) -> Ready:
    """Read an edited tree as the next release; nothing is published yet.

    Raises:
        CatalogRejected: with every fault: in the files, in what went missing, in version and dates.
        StickTrouble: the folder cannot be read.
    """
    read = catalog_publish.plan(office, folder=folder, begins=begins, through=through)
    release = read.release
    told = DifferenceView(
        version=release.release,
        effective_from=release.effective_from,
        valid_through=release.valid_through,
        headline=headline(read.difference, 0),
        sections=tuple(sections(read.difference)),
        moves=(),
    )
    return Ready(read, told)


def publish(office: Office, *, ready: Ready) -> Done[int]:
    """Publish what was read; gives its version.

    Raises:
        CatalogRejected: another release came between.
    """
    return catalog_publish.publish(office, ready=ready.plan)


def write_folder(office: Office, *, folder: Path) -> int:
    """Write the newest edition as files to be edited; gives their number, 0 where such files are there already.

    Raises:
        StickTrouble: a file could not be written.
    """
    try:
        return catalog_publish.write_folder(office, folder=folder)
    except FileExistsError:
        return 0


def write_packages(office: Office, *, folder: Path) -> int:
    """Write the newest release, and whatever else waits, for every desk this county knows; gives their number.

    Raises:
        StickTrouble: it could not be written.
    """
    return hub_down.put_all(office, folder, catalog=0)
