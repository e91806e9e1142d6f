"""What the drivers say of disk, file and server, as the office's own errors."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3.dbapi2 as driver
from sqlalchemy.exc import DBAPIError

from db.engine import ONLY_READS
from db.sealing import SealBroken
from desk.errors import (
    DiskFailed,
    DiskFull,
    OfficeBusy,
    OfficeDamaged,
    StoreUnreachable,
)

ON_SERVER = "PostgreSQL"
"""What is named where a file's name would stand."""
LOST_A_RACE = ("40001", "40P01")
"""Serialization failure and deadlock: nothing is wrong with the operation, it is to be done anew."""
STATES = (
    (("53100",), DiskFull),
    (("58030",), DiskFailed),
    (("55P03", *LOST_A_RACE), OfficeBusy),
    (("08", "28", "3D000", "53300", "57P"), StoreUnreachable),
)
"""How a server's SQLSTATE begins, and what it means here."""


@contextmanager
def disk_troubles() -> Iterator[None]:
    """Turn what the driver says of disk, file and server into the office's own errors."""
    try:
        yield
    except (DBAPIError, driver.Error) as error:
        trouble = _named(error)
        if trouble is None:
            raise
        raise trouble from error
    except SealBroken as error:
        raise OfficeDamaged(ON_SERVER) from error


def lost_a_race(error: DBAPIError) -> bool:
    """Whether a server took the operation back because another one was in its way."""
    return _state(error) in LOST_A_RACE


def _state(error: BaseException) -> str | None:
    """The server's SQLSTATE; '' where its driver fails without one (no answer at all), None for a file's driver."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, driver.Error):
        return None
    return getattr(cause, "sqlstate", None) or ""


def _named(error: BaseException) -> Exception | None:
    state = _state(error)
    if state is None:
        return _of_file(str(error.orig if isinstance(error, DBAPIError) else error))
    if isinstance(error, DBAPIError) and (error.connection_invalidated or not state):
        return StoreUnreachable() if _is_operational(error) else None
    if state.startswith("XX00") and state != "XX000":
        return OfficeDamaged(ON_SERVER)
    return next((kind() for signs, kind in STATES if state.startswith(signs)), None)


def _is_operational(error: DBAPIError) -> bool:
    return type(error.orig).__name__ == "OperationalError" or error.connection_invalidated


def _of_file(text: str) -> Exception | None:
    for sign, trouble in (
        ("is full", DiskFull()),
        ("disk I/O", DiskFailed()),
        # The file is there, or it would have been missed before: its log or the log's index could not be made.
        ("unable to open", DiskFailed()),
        (ONLY_READS, DiskFailed()),
        ("is locked", OfficeBusy()),
        ("not a database", OfficeDamaged("desk.db")),
        ("malformed", OfficeDamaged("desk.db")),
    ):
        if sign in text:
            return trouble
    return None
