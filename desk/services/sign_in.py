"""Signing in: the key out of the operator's slot, then the office open with him at it."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import replace
from functools import partial
from uuid import UUID

from sqlalchemy import Engine

from desk import keyring
from desk.clock import Clock
from desk.errors import DiskFailed, DiskFull, OfficeError
from desk.files import OneInstance, clean_leftovers
from desk.keyring import OperatorName, attempts
from desk.paths import OfficePaths
from desk.services import (
    audit,
    catalogs,
    county_slot,
    key_turn,
    password_rules,
    releases,
    reserve,
    roles,
    upgrading,
)
from desk.services.engines import Engines, open_engines
from desk.services.office import Office, assemble, read_desk
from desk.services.operation import Operation, Work, perform
from desk.services.rules import Rules, load_rules
from desk.services.troubles import disk_troubles

__all__ = ["OperatorName", "hall_label", "operators", "sign_in"]


def operators(paths: OfficePaths) -> tuple[OperatorName, ...]:
    """Who may sign in here, by name; cheap, nothing is opened."""
    return keyring.operators(paths.folder)


def hall_label(paths: OfficePaths) -> str:
    """The hall's name for the sign-in page."""
    return keyring.label(paths.folder)


def sign_in(
    paths: OfficePaths,
    *,
    operator_id: str,
    password: str,
    clock: Clock,
    rules: Rules | None = None,
    read_only: bool = False,
) -> Office:
    """Open the office for this operator, who may do nothing until a password that is due was changed; `read_only` refuses every writing, also the note that somebody came in.

    Raises:
        SignInRefused, SignInPaused: name and password do not fit, or too often.
        OfficeBusy, OfficeDamaged, OfficeNewer: the folder cannot be opened now; untouched.
    """
    failed = attempts.failures(paths.folder)
    key = keyring.open_with_password(paths.folder, operator_id, password, clock)
    office = open_with_key(
        paths, key, UUID(hex=operator_id), clock=clock, rules=rules, read_only=read_only
    )
    tried = {
        account: failed[account] for account in (operator_id, attempts.NOBODY) if account in failed
    }
    with suppress(OfficeError):
        # On a full or failing disk people must still get in to read.
        _note(office, tried)
    if not read_only:
        county_slot.keep(office)
    password_rules.hold_back(office)
    return office


def _note(office: Office, tried: Mapping[str, attempts.Failures]) -> None:
    """Who came in, and the tries before that did not; those under names nobody has are told once."""

    def work(bench: Work) -> None:
        for account, one in tried.items():
            who = None if account == attempts.NOBODY else UUID(hex=account)
            audit.note(bench, "sign_in_refused", who, count=one.count, last=one.at)
        audit.note(bench, "sign_in", bench.actor)
        password_rules.begin(bench)

    perform(office, Operation.NOTE, work)
    if attempts.NOBODY in tried:
        attempts.succeeded(office.paths.folder, attempts.NOBODY)


def open_with_key(
    paths: OfficePaths,
    key: bytes,
    operator_id: UUID | None,
    *,
    clock: Clock,
    rules: Rules | None = None,
    read_only: bool = False,
    is_copy: bool = False,
) -> Office:
    """Open the office with the data key in hand; None as operator is the system itself.

    Before an earlier program's file is brought to this one's schema a backup is made of it, but not of one that `is_copy`
    of a backup; `read_only` refuses it instead.
    """
    rules = rules or load_rules()
    with ExitStack() as on_failure:
        lock = OneInstance(paths.lock)
        on_failure.callback(lock.release)
        key_turn.settle(paths)
        for folder in (paths.folder, paths.packages, paths.quarantine, paths.held, paths.backups):
            clean_leftovers(folder)
        with disk_troubles():
            engines = _opened(paths, key, _behind(paths, key, clock, read_only, is_copy))
            # Closed before the lock is released: nobody else may come in while the file is still held.
            on_failure.callback(engines.dispose)
            desk, seat = read_desk(paths, engines, operator_id)
            seat = replace(seat, grants=roles.granted(seat.role, seat.grants))
            with engines.writer.begin() as connection:
                county = str(desk.profile["county"])
                rules = releases.serving(connection, clock.now().date(), rules, county)
                if not read_only:
                    catalogs.keep(connection, rules)
        on_failure.pop_all()
    office = assemble(paths, engines, lock, clock, rules, desk, seat)
    office.read_only = read_only
    return office


def _opened(
    paths: OfficePaths, key: bytes, behind: Callable[[Engine, int], None] | None
) -> Engines:
    """Opening takes a little room of its own: on a full disk the last of the reserve.

    Raises:
        DiskFull: there is none left; SQLite calls it a fault of the disk.
    """
    try:
        with disk_troubles():
            return open_engines(paths, key, behind=behind)
    except (DiskFull, DiskFailed) as error:
        if not reserve.release_any(paths):
            if reserve.free(paths) < reserve.LAST:
                raise DiskFull from error
            raise
    return open_engines(paths, key, behind=behind)


def _behind(
    paths: OfficePaths, key: bytes, clock: Clock, read_only: bool, is_copy: bool
) -> Callable[[Engine, int], None] | None:
    if read_only:
        return upgrading.refuse
    return None if is_copy else partial(upgrading.safeguard, paths, key, clock)
