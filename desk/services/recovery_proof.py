"""No first case before the printed recovery key was typed back: until then a forgotten password would take the case with it."""

from sqlalchemy import select
from sqlalchemy.engine import Connection

from db.models import IssuedNumber
from desk import keyring
from desk.changes import Changes
from desk.errors import OfficeDamaged, OfficeReadOnly, RecoveryUnproved
from desk.services.office import Office
from desk.services.operation import Done, reading

ANY_NUMBER = select(IssuedNumber.number).limit(1)
"""Whoever was taken in here has one; what was taken over from an old ledger has none."""


def demand(office: Office, connection: Connection) -> None:
    """Nothing where a case may be taken in.

    A hall that has taken cases in goes on: nobody is to be sent away because the sheet lies in a safe. The office remembers
    a yes, so the key file is read once for it; a no is looked at again, since the key may be typed back any moment.

    Raises:
        RecoveryUnproved: it would be the first case, and the key was not typed back.
    """
    office.may_begin = office.may_begin or is_proved(office) or _has_begun(connection)
    if not office.may_begin:
        raise RecoveryUnproved


def keeps_from_beginning(office: Office) -> bool:
    """Whether the first case here waits for the recovery key; a county takes none in."""
    if office.kind == "county" or office.may_begin or is_proved(office):
        return False
    with reading(office, "") as connection:
        return not _has_begun(connection)


def is_proved(office: Office) -> bool:
    """Whether the printed key was typed back, as far as the key file can be read: its damage keeps nobody from a hall that is open."""
    try:
        return keyring.is_proved(office.paths.folder)
    except OfficeDamaged:
        return False


def prove(office: Office, *, typed: str) -> Done[None]:
    """Take the recovery key as proved while the office is open; by whoever has the sheet.

    Raises:
        RecoveryKeyWrong: naming the first wrong group; nothing was noted.
        OfficeReadOnly: the office was opened for looking only.
        OfficeDamaged, OfficeNewer, DiskFull, DiskFailed: the key file cannot be read or written.
    """
    if office.read_only:
        raise OfficeReadOnly
    keyring.prove_recovery(office.paths.folder, typed)
    return Done(None, Changes(settings=True))


def _has_begun(connection: Connection) -> bool:
    return connection.execute(ANY_NUMBER).first() is not None
