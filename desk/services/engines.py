"""The two doors to an office's rows: into its encrypted file, or into a county's PostgreSQL database."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from db import engine as storage
from db import migrate, server
from db.engine import Mode
from desk import keyring
from desk.errors import OfficeDamaged, OfficeNewer, StoreUnfit
from desk.paths import OfficePaths
from desk.services.blobs import BlobKeys, BlobStore
from desk.services.troubles import ON_SERVER, disk_troubles


@dataclass(frozen=True, slots=True)
class Engines:
    """One door for the writer, one for readers; `beside` opens another file under the same key, `blobs` the pictures' store.

    `seal_to` seals the key to the county's recipient, into the key file.
    """

    writer: Engine
    reader: Engine
    beside: Callable[..., Any]
    blobs: BlobStore
    seal_to: Callable[[str], bool]

    def dispose(self) -> None:
        self.reader.dispose()
        self.writer.dispose()


def open_engines(
    paths: OfficePaths,
    key: bytes,
    *,
    create: bool = False,
    behind: Callable[[Engine, int], None] | None = None,
) -> Engines:
    """Open (or make) the rows under this data key and bring them to this program's schema.

    Where a file has an earlier schema, `behind` is called with its door and its number first; what it raises leaves the
    file as it is.

    Raises:
        OfficeDamaged: the key does not open them, or there are none and they were not to be made.
        OfficeNewer: a newer program wrote them; untouched.
        StoreUnfit: the server's database cannot hold them.
    """
    with ExitStack() as on_failure:
        try:
            writer = _open(paths, key, "write", create=create)
            on_failure.callback(writer.dispose)
            _refuse_other(writer, paths, create=create)
            if behind and not (create or migrate.is_current(writer)):
                with writer.connect() as connection:
                    found = migrate.version_of(connection)
                behind(writer, found)
            migrate.apply(writer)
            reader = _open(paths, key, "read")
        except storage.KeyDoesNotOpen as error:
            raise OfficeDamaged(paths.database.name) from error
        except migrate.SchemaNewer as error:
            raise OfficeNewer from error
        except server.ServerUnfit as error:
            raise StoreUnfit(error.why) from error
        on_failure.pop_all()
    blobs = BlobStore(paths.attachments, partial(BlobKeys, key))
    seal_to = partial(keyring.put_county, paths.folder, data_key=key)
    return Engines(writer, reader, partial(beside, key), blobs, seal_to)


def beside(key: bytes, path: Path, *, create: bool = False) -> Any:
    """A raw connection to a file under this key: the office's own once more, or a copy of it.

    Raises:
        OfficeDamaged: the key does not open it.
        DiskFull, DiskFailed, OfficeBusy: the disk would not.
    """
    try:
        with disk_troubles():
            return storage.connect(path, key, create=create)
    except storage.KeyDoesNotOpen as error:
        raise OfficeDamaged(path.name) from error


def _open(paths: OfficePaths, key: bytes, mode: Mode, *, create: bool = False) -> Engine:
    if paths.server:
        return server.open_server(paths.server, key, mode)
    return storage.open_engine(paths.database, key, mode, create=create)


def called(paths: OfficePaths) -> str:
    """What the rows lie in, as somebody is told of it."""
    return ON_SERVER if paths.server else paths.database.name


def _refuse_other(writer: Engine, paths: OfficePaths, *, create: bool) -> None:
    """A file of no length opens under any key; filling it would hide that the office's is gone. A server's database in use is another's."""
    if create and not paths.server:
        return
    with writer.connect() as connection:
        version = migrate.version_of(connection)
    if create and version:
        raise StoreUnfit("taken")
    if not create and not version:
        raise OfficeDamaged(called(paths))
