"""When a password is lost, the printed key is, or both: what each can do for the other, and the county's offline key for both."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from desk import keyring
from desk.clock import Clock
from desk.errors import FieldsRefused, NotFound, OfficeDamaged
from desk.exchange.keys import SealingPair
from desk.files import OneInstance
from desk.paths import OfficePaths
from desk.services import audit, password_rules
from desk.services.office import Office
from desk.services.operation import Operation, Work, perform
from desk.services.sign_in import open_with_key


def new_password(
    paths: OfficePaths, *, typed: str, operator_id: str, password: str, clock: Clock
) -> None:
    """Set a new password for an operator with the printed recovery key in hand, and note it.

    Raises:
        RecoveryKeyWrong: naming the first wrong group.
        FieldsRefused: the password cannot be taken.
        NotFound: no such operator.
        OfficeBusy: the program is open on this folder.
    """
    key = keyring.open_with_recovery(paths.folder, typed)
    with _renewed(paths, key, operator_id, password, clock) as office:
        if office is not None:
            _note(office, UUID(hex=operator_id), "recovered")


def by_county(
    paths: OfficePaths, *, county: SealingPair, operator_id: str, password: str, clock: Clock
) -> str:
    """Set a new password with the county's offline recovery key, and make a new printed key, since that one is lost too. Noted.

    Raises:
        NoCountySlot, CountyKeyWrong: that key opens nothing here.
        FieldsRefused, NotFound, OfficeBusy: as `new_password`; nothing was changed.
    """
    key = keyring.open_with_county(paths.folder, county.to_bytes().decode("ascii"))
    with _renewed(paths, key, operator_id, password, clock) as office:
        printed = keyring.renew_recovery(paths.folder, key)
        if office is not None:
            _note(office, UUID(hex=operator_id), "recovered_county")
    return printed


def new_recovery_key(paths: OfficePaths, *, operator_id: str, password: str, clock: Clock) -> str:
    """A new printed recovery key in place of a lost one, which opens nothing from now on; it is to be typed back. Noted.

    Raises:
        SignInRefused, SignInPaused: name and password do not fit, or too often.
        OfficeBusy: the program is open on this folder.
    """
    key = keyring.open_with_password(paths.folder, operator_id, password, clock)
    with _opened(paths, key, clock) as office:
        printed = keyring.renew_recovery(paths.folder, key)
        if office is not None:
            _note(office, UUID(hex=operator_id), "recovery_key")
    return printed


@contextmanager
def _renewed(
    paths: OfficePaths, key: bytes, operator_id: str, password: str, clock: Clock
) -> Iterator[Office | None]:
    """The office, once this operator has the new password."""
    names = {one.id: one.name for one in keyring.operators(paths.folder)}
    if operator_id not in names:
        raise NotFound
    name = names[operator_id]
    with _opened(paths, key, clock) as office:
        if office is None:
            problems = keyring.check_password(password, (name, keyring.label(paths.folder)))
        else:
            problems = password_rules.check(office, name, password)
        if problems:
            raise FieldsRefused(problems)
        keyring.add_operator(paths.folder, key, operator_id, name, password, keyring.tune())
        yield office


@contextmanager
def _opened(paths: OfficePaths, key: bytes, clock: Clock) -> Iterator[Office | None]:
    """The office as the program itself sees it; None where its file is damaged: keys are kept apart, and are needed then most."""
    try:
        office = open_with_key(paths, key, None, clock=clock)
    except OfficeDamaged:
        lock = OneInstance(paths.lock)
        try:
            yield None
        finally:
            lock.release()
        return
    try:
        yield office
    finally:
        office.close()


def _note(office: Office, operator_id: UUID, deed: str) -> None:
    def work(bench: Work) -> None:
        audit.note(bench, "key", operator_id, deed=deed)
        if deed != "recovery_key":
            password_rules.renewed(bench, operator_id)

    perform(office, Operation.NOTE, work)
