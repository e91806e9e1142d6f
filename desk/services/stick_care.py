"""A stick that goes to and fro for years stays small: what is done with leaves it, and the last packages stay."""

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection

from db.models import PackageOut
from desk.exchange.header import Header
from desk.exchange.stick import Found
from desk.services import settings
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.sync_send import ACKED, DOUBT, SENT

KEPT = 30
"""Acknowledged packages stay for so many trips, a month or more: a desk whose disk dies replays them after its last backup."""


def tidy(office: Office, packages: Iterable[Found], answers: Collection[Found]) -> int:
    """Take this desk's old acknowledged packages and the answers it has taken off the stick; gives how many files are gone.

    Nothing is lost with them: the county has what it acknowledged, the desk keeps the bytes, and the county answers again as
    often as it is asked. The newest answer of each kind stays, for people to see what was brought last. A desk that waits for
    what the county has of it, or that may be a copy, takes nothing away, and a stick that may not be written to stays as it is.
    """
    with reading(office) as connection:
        if office.waits or settings.kept(connection, DOUBT, default=False):
            return 0
        own = [
            (head, found.path)
            for found in packages
            if (head := found.header) and head.db_id == office.origin
        ]
        acked = _acknowledged(connection, own)
    sent = [(head, path) for head, path in own if head.id in acked]
    read = [(head, found.path) for found in answers if (head := found.header)]
    return sum(map(_removed, (*_all_but_newest(sent, KEPT), *_all_but_newest(read, 1))))


def _acknowledged(connection: Connection, own: Collection[tuple[Header, Path]]) -> set[UUID]:
    """The acknowledged packages among those on the stick; of all that were ever sent these are the last few."""
    query = select(PackageOut.id).where(
        PackageOut.kind.in_(SENT),
        PackageOut.state == ACKED,
        PackageOut.epoch.in_({head.epoch for head, _ in own}),
        PackageOut.seq >= min((head.seq for head, _ in own), default=0),
    )
    return set(connection.execute(query).scalars())


def _all_but_newest(files: Iterable[tuple[Header, Path]], kept: int) -> Iterator[Path]:
    """The files of each kind but so many with the highest numbers."""

    def place(one: tuple[Header, Path]) -> tuple[str, int, int]:
        return one[0].kind, one[0].epoch, one[0].seq

    for _kind, group in groupby(sorted(files, key=place), key=lambda one: one[0].kind):
        yield from (path for _head, path in [*group][:-kept])


def _removed(path: Path) -> bool:
    try:
        path.unlink()
    except OSError:
        return False
    return True
