"""The idle lock of a seat: after how many minutes, and the password that opens it again."""

from desk import keyring
from desk.errors import SignInRefused
from desk.services import settings
from desk.services.office import Office
from desk.services.operation import Done

LEAST, USUAL, MOST = 1, 5, 15
"""Minutes without a key or a click."""
KEY = "lock_minutes"


def minutes(office: Office) -> int:
    """After how many minutes this seat locks itself."""
    kept = settings.get(office, KEY, USUAL)
    return min(max(int(kept), LEAST), MOST)


def keep_minutes(office: Office, *, wanted: int) -> Done[None]:
    """Choose how long the window may stand untouched, within 1 to 15 minutes."""
    return settings.put(office, key=KEY, value=min(max(wanted, LEAST), MOST))


def unlock(office: Office, *, password: str) -> None:
    """Go on only with the password of who signed in; each try counts as one to sign in.

    Raises:
        SignInRefused, SignInPaused: it is not his, or too often.
    """
    if office.actor is None:
        raise SignInRefused
    keyring.open_with_password(office.paths.folder, office.actor.hex, password, office.clock)
