"""The store of pictures looked after: what is lost or damaged is told, what no event names is cleaned away."""

import time
from collections.abc import Iterator
from contextlib import suppress

from sqlalchemy import select
from sqlalchemy.engine import Connection

from db.models import Attachment, SetAside
from desk.errors import AttachmentLost
from desk.files import DAY_SECONDS
from desk.services import drafts
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.resend_taking import RETOLD
from desk.words.attachments import BROKEN, LOST, NOT_COME


def faults(office: Office, connection: Connection) -> Iterator[str]:
    """What is wrong with the pictures the file names, a sentence for each kind of fault; every one of them is opened."""
    lost = broken = 0
    for digest in _named(connection):
        try:
            office.blobs.read(digest)
        except AttachmentLost as error:
            lost, broken = lost + (not error.there), broken + error.there
    if lost:
        yield (NOT_COME if office.kind == "county" else LOST).format(count=lost)
    if broken:
        yield BROKEN.format(count=broken)


def clean(office: Office, older_than_s: float = DAY_SECONDS) -> int:
    """Remove pictures that no event and no draft names, as a power cut between file and event leaves them; gives how many.

    Younger ones may be under way. Nothing is removed while a file that a restore put aside lies there, or events are set
    aside: they may name them.
    """
    if office.read_only or not office.blobs.written or office.paths.asides:
        return 0
    with reading(office, "") as connection:
        if connection.execute(select(SetAside.n).where(SetAside.fate != RETOLD).limit(1)).first():
            return 0
        named = {*_named(connection), *drafts.pictures(connection)}
        wanted = {office.blobs.name(digest) for digest in named}
    removed = 0
    for path in office.blobs.stored():
        with suppress(OSError):
            if path.name not in wanted and time.time() - path.stat().st_mtime > older_than_s:
                path.unlink()
                removed += 1
    return removed


def _named(connection: Connection) -> list[bytes]:
    return [
        bytes(one) for one in connection.execute(select(Attachment.digest).distinct()).scalars()
    ]
