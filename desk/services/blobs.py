"""Scans and photos as sealed files beside the database, each under a name that only who has the key can tell."""

import hashlib
import hmac
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from db.sealing import Seal, SealBroken, derived
from desk.errors import AttachmentLost
from desk.files import clean_leftovers, make_folder, write_atomic

SEALING, NAMING = b"bianmin attachment seal 1", b"bianmin attachment name 1"
THUMBS = "thumbs"


class BlobKeys:
    """The two keys of the store, derived from the office's data key when the first picture is touched."""

    def __init__(self, data_key: bytes) -> None:
        self.seal = Seal(data_key, SEALING)
        self.naming = derived(data_key, NAMING)


class BlobStore:
    """Files under `folder`: `<two digits>/<HMAC of the content's digest>`, each written whole or not at all, never changed.

    The same content has one file. A thumbnail lies under the same name in `thumbs`; it can be made anew and is in no backup.
    """

    def __init__(
        self, folder: Path, make_keys: Callable[[], BlobKeys], *, written: bool = True
    ) -> None:
        self.folder, self._make_keys, self.written = folder, make_keys, written

    @cached_property
    def _keys(self) -> BlobKeys:
        return self._make_keys()

    def at(self, folder: Path) -> "BlobStore":
        """The store of the same office in another folder."""
        return BlobStore(folder, lambda: self._keys)

    def untouched(self) -> "BlobStore":
        """The same store, to which nothing is written: for whoever only wants to know what would become of something."""
        return BlobStore(self.folder, lambda: self._keys, written=False)

    def name(self, digest: bytes) -> str:
        """The file's name for content of this SHA-256."""
        return hmac.digest(self._keys.naming, digest, "sha256").hex()

    def path(self, digest: bytes) -> Path:
        return self.place(self.name(digest))

    def place(self, name: str) -> Path:
        """Where a file of that name lies."""
        return self.folder / name[:2] / name

    def keep(self, data: bytes) -> bytes:
        """Put content into the store and give its SHA-256; what is there already and reads as it should stays.

        Raises:
            DiskFull, DiskFailed, OfficeError: it is not stored.
        """
        digest = hashlib.sha256(data).digest()
        if not self.written:
            return digest
        try:
            self.read(digest)
        except AttachmentLost:
            path = self.path(digest)
            make_folder(path.parent)
            write_atomic(path, self._keys.seal.seal(data))
        return digest

    def has(self, digest: bytes) -> bool:
        """Whether its file is there; whether it reads, `read` tells."""
        return self.path(digest).is_file()

    def read(self, digest: bytes) -> bytes:
        """The content of this SHA-256.

        Raises:
            AttachmentLost: its file is not there, or not what was stored.
        """
        return self.opened(self.name(digest), self.place(self.name(digest)))

    def opened(self, name: str, path: Path) -> bytes:
        """The content of a file that should be the one of this name.

        Raises:
            AttachmentLost: it is not there, or is another's.
        """
        try:
            sealed = path.read_bytes()
        except OSError as error:
            raise AttachmentLost(there=path.exists()) from error
        try:
            data = self._keys.seal.open(sealed)
        except SealBroken as error:
            raise AttachmentLost(there=True) from error
        if self.name(hashlib.sha256(data).digest()) != name:
            raise AttachmentLost(there=True)
        return data

    def keep_thumb(self, digest: bytes, thumb: bytes) -> None:
        """Keep the small picture of this content."""
        path = self._thumb(digest)
        make_folder(path.parent)
        write_atomic(path, self._keys.seal.seal(thumb))

    def thumb(self, digest: bytes) -> bytes:
        """The small picture; b"" where there is none."""
        try:
            return self._keys.seal.open(self._thumb(digest).read_bytes())
        except (OSError, SealBroken):
            return b""

    def drop(self, digest: bytes) -> None:
        """Take content and thumbnail out of the store; what is not there is gone already."""
        for path in (self.path(digest), self._thumb(digest)) if self.written else ():
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def stored(self) -> Iterator[Path]:
        """The files of the store, thumbnails left out; half-written ones of yesterday are cleaned away by the way."""
        return stored_in(self.folder)

    def _thumb(self, digest: bytes) -> Path:
        name = self.name(digest)
        return self.folder / THUMBS / name[:2] / name


def stored_in(folder: Path) -> Iterator[Path]:
    """The files of a store in that folder, of which no key need be known."""
    if not folder.is_dir():
        return
    for place in sorted(folder.iterdir()):
        if len(place.name) == 2 and place.is_dir():
            clean_leftovers(place)
            yield from sorted(one for one in place.iterdir() if not one.name.startswith("."))
