"""When a password is lost or the printed key is: what the recovery key and the password can do for each other."""

from desk import keyring
from desk.clock import Clock
from desk.errors import FieldsRefused, NotFound
from desk.files import OneInstance
from desk.paths import OfficePaths


def new_password(paths: OfficePaths, *, typed: str, operator_id: str, password: str) -> None:
    """Set a new password for an operator with the printed recovery key in hand.

    Raises:
        RecoveryKeyWrong: naming the first wrong group.
        FieldsRefused: the password cannot be taken.
        NotFound: no such operator.
        OfficeBusy: the program is open on this folder.
    """
    lock = OneInstance(paths.lock)
    try:
        key = keyring.open_with_recovery(paths.folder, typed)
        names = {one.id: one.name for one in keyring.operators(paths.folder)}
        if operator_id not in names:
            raise NotFound
        words = (names[operator_id], keyring.label(paths.folder))
        if problems := keyring.check_password(password, words):
            raise FieldsRefused(problems)
        keyring.add_operator(
            paths.folder, key, operator_id, names[operator_id], password, keyring.tune()
        )
    finally:
        lock.release()


def new_recovery_key(paths: OfficePaths, *, operator_id: str, password: str, clock: Clock) -> str:
    """A new printed recovery key in place of a lost one, which opens nothing from now on; it is to be typed back.

    Raises:
        SignInRefused, SignInPaused: name and password do not fit, or too often.
        OfficeBusy: the program is open on this folder.
    """
    lock = OneInstance(paths.lock)
    try:
        key = keyring.open_with_password(paths.folder, operator_id, password, clock)
        return keyring.renew_recovery(paths.folder, key)
    finally:
        lock.release()
