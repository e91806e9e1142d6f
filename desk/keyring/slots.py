"""Open, add and remove slots of the key file; the data key itself is never stored open."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from desk.clock import Clock
from desk.errors import CountyKeyWrong, NoCountySlot, NotFound, RecoveryKeyWrong, SignInRefused
from desk.keyring import attempts, county, key_file
from desk.keyring.key_file import CountySlot, KeyFile, Slot
from desk.keyring.params import DEFAULT, Argon2Params
from desk.keyring.recovery_key import new_secret, printed, read_typed
from desk.keyring.wrapping import (
    KEY_BYTES,
    NONCE_BYTES,
    SALT_BYTES,
    WrongSecret,
    key_check,
    password_key,
    recovery_wrap_key,
    unwrap,
    wrap,
)

RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class OperatorName:
    """One who may sign in, as the sign-in page lists him."""

    id: str
    name: str


def exists(folder: Path) -> bool:
    """Whether an office was set up in this folder."""
    return key_file.is_there(folder)


def new_data_key() -> bytes:
    """A data key for a new office."""
    return os.urandom(KEY_BYTES)


def create_key_file(
    folder: Path,
    data_key: bytes,
    *,
    label: str,
    operator_id: str,
    operator_name: str,
    password: str,
    params: Argon2Params = DEFAULT,
) -> str:
    """Keep the data key under the first operator's slot and a recovery slot; returns the recovery key's text to print.

    `label` is the hall's name for the sign-in page. The printed key is shown once and stored nowhere.

    Raises:
        FileExistsError: there is one already; it is never overwritten.
        DiskFull, DiskFailed: nothing usable was written.
    """
    if exists(folder):
        raise FileExistsError(folder / key_file.NAMES[0])
    secret = new_secret()
    slots = (
        _operator_slot(data_key, operator_id, operator_name, password, params),
        _recovery_slot(data_key, secret),
    )
    key_file.write(folder, KeyFile(1, label, key_check(data_key), False, slots))
    return printed(secret)


def create_after(folder: Path, target: Path, data_key: bytes, people: Mapping[str, str]) -> str:
    """A key file for another data key into `target`, to take the place of the one in `folder`; returns the recovery key's text.

    `people` are passwords by operator: only who has typed his keeps a slot, everybody else has none from then on. Neither has
    the county until `put_county`.

    Raises:
        DiskFull, DiskFailed, OfficeDamaged, OfficeNewer: nothing usable was written.
    """
    keys, secret = key_file.read(folder), new_secret()
    slots = [
        _operator_slot(data_key, slot.id, slot.name, people[slot.id], slot.params or DEFAULT)
        for slot in keys.operators()
        if slot.id in people
    ]
    check = key_check(data_key)
    made = KeyFile(
        keys.edition + 1, keys.label, check, False, (*slots, _recovery_slot(data_key, secret))
    )
    key_file.write(target, made)
    return printed(secret)


def mark(folder: Path) -> str:
    """What tells this folder's data key from every other; it tells nothing about it.

    Raises:
        OfficeDamaged, OfficeNewer: the key file cannot be read.
    """
    return key_file.read(folder).check.hex()


def is_for(folder: Path, mark: str) -> bool | None:
    """Whether this folder's data key is the one of that mark; None where the copy that is written first does not say so.

    Only what it says itself counts against: the other copy may be of before.
    """
    first, second = key_file.copies(folder)
    if first is not None:
        return first.check.hex() == mark
    return True if second is not None and second.check.hex() == mark else None


def label(folder: Path) -> str:
    """The hall's name for the sign-in page.

    Raises:
        OfficeDamaged, OfficeNewer: the key file cannot be read.
    """
    return key_file.read(folder).label


def operators(folder: Path) -> tuple[OperatorName, ...]:
    """Who may sign in, in the order they were added.

    Raises:
        OfficeDamaged, OfficeNewer: the key file cannot be read.
    """
    return tuple(OperatorName(slot.id, slot.name) for slot in key_file.read(folder).operators())


def open_with_password(
    folder: Path,
    operator_id: str,
    password: str,
    clock: Clock,
    running: Callable[[], attempts.Running] = attempts.running_time,
) -> bytes:
    """The data key. A name that does not exist takes as long as a wrong password.

    Each try is counted before it is made, so that killing the program does not win one back.

    Raises:
        SignInPaused: too many failures, with the seconds to wait.
        SignInRefused: name and password do not fit together.
        OfficeDamaged, OfficeNewer: the key file cannot be read.
    """
    keys = key_file.read(folder)
    slot = next((slot for slot in keys.operators() if slot.id == operator_id), None)
    account = slot.id if slot else attempts.NOBODY
    attempts.begin(folder, account, clock.now(), running())
    try:
        data_key = _open(slot or _like_the_others(keys), password)
    except WrongSecret as error:
        raise SignInRefused from error
    attempts.succeeded(folder, account)
    return data_key


def fits(folder: Path, data_key: bytes) -> bool:
    """Whether this folder's key file is one for this data key.

    Raises:
        OfficeDamaged, OfficeNewer: the key file cannot be read.
    """
    return key_file.read(folder).check == key_check(data_key)


def params_in_use(folder: Path) -> Argon2Params:
    """How hard this office's passwords are to try, as tuned when it was made.

    Raises:
        OfficeDamaged, OfficeNewer: the key file cannot be read.
    """
    return next((slot.params for slot in key_file.read(folder).operators() if slot.params), DEFAULT)


def open_with_recovery(folder: Path, typed: str) -> bytes:
    """The data key, from the printed recovery key.

    Raises:
        RecoveryKeyWrong: with the first group that does not fit.
        OfficeDamaged, OfficeNewer: the key file cannot be read.
    """
    slot = key_file.read(folder).recovery()
    secret = read_typed(typed)
    try:
        return unwrap(slot.wrapped, recovery_wrap_key(secret, slot.salt), slot.nonce, slot.bound())
    except WrongSecret as error:
        # Every group fits its check character, so this is the paper of another key: it differs from the first on.
        raise RecoveryKeyWrong(1) from error


def put_county(folder: Path, recipient: str, data_key: bytes) -> bool:
    """Let the county's offline recovery key open this office too, in place of any other county key; tells whether it did not yet.

    Raises:
        ValueError: the data key is not the one of this file, or that is no age recipient.
        OfficeDamaged, OfficeNewer, DiskFull, DiskFailed: the slot is not there, all others are as they were.
    """
    keys = _for_key(folder, data_key)
    if keys.county is not None and keys.county.recipient == recipient:
        return False
    _change(folder, keys, county_slot=county.sealed(data_key, recipient))
    return True


def county_recipient(folder: Path) -> str:
    """Whose private key opens the county slot, as an age recipient; '' where there is no such slot.

    Raises:
        OfficeDamaged, OfficeNewer: the key file cannot be read.
    """
    slot = key_file.read(folder).county
    return slot.recipient if slot else ""


def open_with_county(folder: Path, identity: str) -> bytes:
    """The data key, by the private half of the county's offline recovery key as age writes it.

    Raises:
        NoCountySlot: this office never met its county.
        CountyKeyWrong: it is another key, or the slot is not one of this file.
        OfficeDamaged, OfficeNewer: the key file cannot be read.
    """
    keys = key_file.read(folder)
    if keys.county is None:
        raise NoCountySlot
    try:
        return county.unsealed(keys.county, identity, keys.check)
    except WrongSecret as error:
        raise CountyKeyWrong from error


def prove_recovery(folder: Path, typed: str) -> None:
    """Note that the printed key was typed back rightly.

    Raises:
        RecoveryKeyWrong: with the first group that does not fit; nothing was noted.
    """
    open_with_recovery(folder, typed)
    _change(folder, key_file.read(folder), proved=True)


def is_proved(folder: Path) -> bool:
    """Whether the printed key was typed back; before that no real case should be taken."""
    return key_file.read(folder).proved


def add_operator(
    folder: Path,
    data_key: bytes,
    operator_id: str,
    name: str,
    password: str,
    params: Argon2Params = DEFAULT,
) -> None:
    """Give an operator a slot; one he had before is replaced, so this also sets a new password.

    Raises:
        ValueError: the data key is not the one of this file.
    """
    keys = _for_key(folder, data_key)
    slot = _operator_slot(data_key, operator_id, name, password, params)
    _change(folder, keys, slots=(*_without(keys, operator_id), slot))
    attempts.succeeded(folder, operator_id)


def remove_operator(folder: Path, operator_id: str) -> None:
    """Take an operator's slot away, from both files.

    Raises:
        NotFound: he has none.
    """
    keys = key_file.read(folder)
    if operator_id not in (slot.id for slot in keys.operators()):
        raise NotFound
    _change(folder, keys, slots=_without(keys, operator_id))


def renew_recovery(folder: Path, data_key: bytes) -> str:
    """A new printed key in place of a lost one, which opens nothing from now on; it has to be proved again.

    Raises:
        ValueError: the data key is not the one of this file.
    """
    keys, secret = _for_key(folder, data_key), new_secret()
    slots = (*_without(keys, RECOVERY), _recovery_slot(data_key, secret))
    _change(folder, keys, slots=slots, proved=False)
    return printed(secret)


def _change(
    folder: Path,
    keys: KeyFile,
    *,
    slots: tuple[Slot, ...] | None = None,
    proved: bool | None = None,
    county_slot: CountySlot | None = None,
) -> None:
    changed = replace(
        keys,
        edition=keys.edition + 1,
        slots=keys.slots if slots is None else slots,
        proved=keys.proved if proved is None else proved,
        county=county_slot or keys.county,
    )
    key_file.write(folder, changed)


def _for_key(folder: Path, data_key: bytes) -> KeyFile:
    keys = key_file.read(folder)
    if keys.check != key_check(data_key):
        raise ValueError("not the data key of this file")
    return keys


def _without(keys: KeyFile, slot_id: str) -> tuple[Slot, ...]:
    return tuple(slot for slot in keys.slots if slot.id != slot_id)


def _operator_slot(
    data_key: bytes, slot_id: str, name: str, password: str, params: Argon2Params
) -> Slot:
    salt, nonce = os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES)
    bound = key_file.bound_data(slot_id, "operator", salt, params)
    wrapped = wrap(data_key, password_key(password, salt, params), nonce, bound)
    return Slot(slot_id, "operator", name, salt, params, nonce, wrapped)


def _recovery_slot(data_key: bytes, secret: bytes) -> Slot:
    salt, nonce = os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES)
    bound = key_file.bound_data(RECOVERY, "recovery", salt, None)
    wrapped = wrap(data_key, recovery_wrap_key(secret, salt), nonce, bound)
    return Slot(RECOVERY, "recovery", "", salt, None, nonce, wrapped)


def _open(slot: Slot, password: str) -> bytes:
    key = password_key(password, slot.salt, slot.params or DEFAULT)
    return unwrap(slot.wrapped, key, slot.nonce, slot.bound())


def _like_the_others(keys: KeyFile) -> Slot:
    """A slot nothing opens, with the settings of a real one, for a name that does not exist."""
    params = next((slot.params for slot in keys.operators()), DEFAULT)
    return Slot(
        "",
        "operator",
        "",
        os.urandom(SALT_BYTES),
        params,
        os.urandom(NONCE_BYTES),
        os.urandom(KEY_BYTES + key_file.TAG_BYTES),
    )
