"""Sealed packages that nobody needs any more: what was erased since must not lie in them for ever."""

from contextlib import suppress
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from db.models import PackageOut
from desk.services import clock_doubts
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.sync_send import ACKED

KEPT: Final = timedelta(days=365)
"""As long as the oldest backup, which they would fill up again (个人信息保护法 art. 47)."""


def clean(office: Office) -> int:
    """Remove the files of packages whose acknowledgement came more than a year ago; gives how many. None while the date is in doubt."""
    if office.read_only or clock_doubts.doubt(office):
        return 0
    before = (office.today - KEPT).isoformat()
    old = (PackageOut.state == ACKED, PackageOut.acked_at != "", PackageOut.acked_at < before)
    with reading(office, "") as connection:
        names = connection.execute(select(PackageOut.file_name).where(*old)).scalars().all()
    removed = 0
    for name in names:
        with suppress(OSError):
            (office.paths.packages / name).unlink()
            removed += 1
    return removed
