"""Where an office keeps its files."""

from dataclasses import dataclass
from pathlib import Path

ASIDE = "before-restore-"
"""How the folder begins into which a restore puts the file that was there."""

REKEYED = "rekeyed-"
"""How the folder begins that waits to take the place of the file with its pictures and keys; the mark of its data key follows."""


@dataclass(frozen=True, slots=True)
class OfficePaths:
    """The files of one data folder; `server` is the address of the PostgreSQL database its rows are in ('': its own file)."""

    folder: Path
    server: str = ""

    @property
    def database(self) -> Path:
        return self.folder / "desk.db"

    @property
    def lock(self) -> Path:
        return self.folder / "desk.lock"

    @property
    def packages(self) -> Path:
        """Sealed packages not yet acknowledged, byte for byte as they were written."""
        return self.folder / "packages"

    @property
    def attachments(self) -> Path:
        """Sealed scans and photos of materials, each under a keyed name."""
        return self.folder / "attachments"

    @property
    def quarantine(self) -> Path:
        """Packages that cannot be trusted, kept as evidence."""
        return self.folder / "quarantine"

    @property
    def held(self) -> Path:
        """Packages that wait for an earlier one."""
        return self.folder / "held"

    @property
    def backups(self) -> Path:
        """Verified backups, a folder each."""
        return self.folder / "backups"

    @property
    def restoring(self) -> Path:
        """Where a backup is made ready before it takes the place of the file; never the only copy of anything."""
        return self.folder / "restoring"

    @property
    def rekeyed(self) -> list[Path]:
        """The folders with all that is under another data key, made ready to take the place of what is here, in no order."""
        return list(self.folder.glob(f"{REKEYED}*"))

    @property
    def asides(self) -> list[Path]:
        """The folders of the files that restores put aside, in no order."""
        return list(self.folder.glob(f"{ASIDE}*"))

    @property
    def erased(self) -> Path:
        """The list of what was erased, so that a backup put in the file's place does not bring it back."""
        return self.folder / "erased.json"

    @property
    def epochs(self) -> Path:
        """The highest epoch that was ever begun here: a backup put in the file's place does not know of the ones after it."""
        return self.folder / "epoch.txt"

    @property
    def reserve(self) -> Path:
        """Room kept for the case that is open when the disk is full."""
        return self.folder / "reserve.bin"

    @property
    def starts(self) -> Path:
        """A mark for each start that has not ended as it should."""
        return self.folder / "starts"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"


def default_folder() -> Path:
    """This user's data folder on a local disk."""
    from platformdirs import user_data_path

    return user_data_path("bianmin", appauthor=False)


def font_cache() -> Path:
    """This user's cache of unpacked fonts; deleting it costs a tenth of a second at the next start."""
    from platformdirs import user_cache_path

    return user_cache_path("bianmin", appauthor=False) / "fonts"


def county_folder() -> Path:
    """Where a county's data is when nobody says otherwise: beside a desk's, for one machine may be both."""
    return default_folder().with_name("bianmin-hub")
