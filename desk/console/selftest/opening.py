"""Opening a self-test's folder as after a crash: with its password; where a restore was cut short, restored once more."""

from uuid import UUID

from desk import keyring
from desk.clock import Clock
from desk.errors import OfficeDamaged
from desk.paths import OfficePaths
from desk.services import rescue, sign_in
from desk.services.office import Office
from desk.services.rules import Rules

PASSWORD = "自检专用-柳荫巷七号B2"
"""Of every folder made here; they hold nobody's data."""


def entered(paths: OfficePaths, clock: Clock, rules: Rules) -> Office:
    """The office of that folder with its first operator at it. Raises OfficeError."""
    operator = sign_in.operators(paths)[0]
    if not paths.database.exists():
        put_back(paths, clock, rules)
    key = keyring.open_with_password(paths.folder, operator.id, PASSWORD, clock)
    # Not by the sign-in itself, which asks for a new password after half a year: the clock may stand anywhere.
    return sign_in.open_with_key(paths, key, UUID(hex=operator.id), clock=clock, rules=rules)


def renewed_paper(paths: OfficePaths, clock: Clock) -> str:
    """A new recovery key where a first start was cut short before the first was typed back: its paper went with it.

    Raises:
        OfficeError: the key file cannot be read or written.
    """
    operator = sign_in.operators(paths)[0]
    key = keyring.open_with_password(paths.folder, operator.id, PASSWORD, clock)
    return keyring.renew_recovery(paths.folder, key)


def put_back(paths: OfficePaths, clock: Clock, rules: Rules) -> None:
    """The newest whole backup in the file's place.

    Raises:
        OfficeDamaged: no backup is whole.
    """
    operator = keyring.operators(paths.folder)[0]
    key = rescue.open_key(paths, operator_id=operator.id, password=PASSWORD, clock=clock)
    prepared = rescue.newest(paths, key=key, clock=clock, rules=rules)
    if prepared is None:
        raise OfficeDamaged(paths.database.name)
    rescue.finish(prepared, clock.now())
