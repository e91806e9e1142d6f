"""Another data key, when somebody who left may have had this one: all of it copied under a new key, then put in place by one file.

What is made ready lies in a folder named by the new key's mark. It is nothing until the key file beside the database names
that mark; from then on the database is to follow (`key_turn`).
"""

import os
import shutil
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from desk import keyring
from desk.clock import Clock
from desk.errors import (
    AttachmentLost,
    Cancelled,
    DiskFull,
    OfficeBusy,
    StoreUnfit,
)
from desk.files import folder_beside, make_folder
from desk.paths import OfficePaths
from desk.services import (
    audit,
    backup,
    county_slot,
    engines,
    key_turn,
    operators,
    rights,
    second_person,
)
from desk.services.backup import IsCancelled, Progress, never, quiet
from desk.services.blobs import BlobKeys, BlobStore
from desk.services.office import Office
from desk.services.operation import Operation, Work, perform
from desk.services.picture_backup import STORE
from desk.services.rules import Rules, load_rules
from desk.services.second_person import Approval
from desk.services.sign_in import open_with_key, sign_in
from desk.services.troubles import disk_troubles

WHY = "new_key"
COPYING, CHECKING, PICTURES = "正在用新的密钥另写一份", "正在核对新写的一份", "正在重新加密材料影像"
DEED = Operation.MANAGE_OPERATORS


@dataclass(slots=True)
class Prepared:
    """All of the office under a new key, beside it; it takes its place with `finish`, or `give_up`.

    `recovery_key` opens it on paper, shown once. `left_out` are the colleagues who get a new password for one time.
    The data folder is locked until one of the two was called, so nothing is written that would be lost.
    """

    office: Office
    rules: Rules
    part: Path
    key: bytes = field(repr=False)
    recovery_key: str = field(repr=False)
    left_out: tuple[str, ...]


def prepare(
    paths: OfficePaths,
    *,
    own: tuple[str, str],
    second: tuple[str, str],
    clock: Clock,
    rules: Rules | None = None,
    progress: Progress = quiet,
    cancelled: IsCancelled = never,
) -> Prepared:
    """Make a backup, then write everything once more under a new key; what is there stays as it is.

    `own` and `second` are ids and passwords: of the lead, and of whoever consents (in a hall of one he himself once more).

    Raises:
        SignInRefused, SignInPaused: name and password do not fit, or too often.
        NotGranted, NeedsSecondPerson: he may not do this, or the other may not consent.
        StoreUnfit: the rows are on a server, whose disk is to be encrypted anew by whoever keeps it.
        Cancelled, OfficeBusy, OfficeDamaged, DiskFull, DiskFailed: nothing was changed, nothing was left behind.
    """
    if paths.server:
        raise StoreUnfit("new_key")
    rules = rules or load_rules()
    office = sign_in(paths, operator_id=own[0], password=own[1], clock=clock, rules=rules)
    part: Path | None = None
    try:
        rights.demand(office, DEED)
        approval = second_person.approve(office, operator_id=second[0], password=second[1])
        backup.make(office, why=WHY, progress=progress, cancelled=cancelled)
        part, key = folder_beside(paths.folder / key_turn.PART), keyring.new_data_key()
        printed = keyring.create_after(paths.folder, part, key, dict((own, second)))
        _copy(office, part, key, rules, approval, progress, cancelled)
        _reseal(office, part, key, progress, cancelled)
        people = operators.everybody(office)
        kept = {own[0], second[0]}
        left_out = tuple(one.name for one in people if one.active and one.id.hex not in kept)
    except BaseException:
        _drop(office, part)
        raise
    return Prepared(office, rules, part, key, printed, left_out)


def prove(prepared: Prepared, *, typed: str) -> None:
    """Note that the new printed key was typed back rightly.

    Raises:
        RecoveryKeyWrong: with the first group that does not fit; nothing was noted.
    """
    keyring.prove_recovery(prepared.part, typed)


def finish(prepared: Prepared) -> None:
    """Put it in the place of what was there, which is gone then; a backup under the old key stays.

    Raises:
        OfficeBusy: something still holds the file; nothing was changed.
        DiskFull, DiskFailed, OfficeError: it is done or not; the next start knows and finishes or drops it.
    """
    try:
        _let_go(prepared.office)
        key_turn.turn(prepared.office.paths, prepared.part)
    finally:
        give_up(prepared)


def back_up(prepared: Prepared, *, progress: Progress = quiet) -> None:
    """After `finish`: a first backup under the new key; where it cannot be made now, the next one due will be.

    Raises:
        OfficeError: none was made.
    """
    office = prepared.office
    again = open_with_key(
        office.paths, prepared.key, office.actor, clock=office.clock, rules=prepared.rules
    )
    try:
        backup.make(again, why=WHY, progress=progress)
    finally:
        again.close()


def give_up(prepared: Prepared) -> None:
    """Let go of what was made ready; safe to call twice, and after `finish`."""
    _drop(prepared.office, prepared.part)


def _copy(
    office: Office,
    part: Path,
    key: bytes,
    rules: Rules,
    approval: Approval,
    progress: Progress,
    cancelled: IsCancelled,
) -> None:
    """The database under the new key, noted in it, compared and closed."""
    file, into = OfficePaths(part).database, partial(engines.beside, key)

    def tell(done: int, total: int, _what: str = "") -> None:
        progress(done, total, COPYING)

    with disk_troubles():
        standing = backup.copied(office, file, into, tell, cancelled)
        progress(0, 0, CHECKING)
        with closing(into(file)) as copy:
            backup.require_whole(copy, standing)
    copied = open_with_key(
        OfficePaths(part), key, office.actor, clock=office.clock, rules=rules, is_copy=True
    )
    try:
        perform(copied, DEED, partial(_note, approval=approval))
        # Not carried over from the old key file, whose slot holds the old key.
        county_slot.keep(copied)
        _empty_log(copied)
    finally:
        copied.close()


def _note(bench: Work, approval: Approval) -> None:
    consent = second_person.demand(bench, approval)
    audit.note(bench, "key", None, "", deed="new_data_key", **consent.noted())


def _reseal(
    office: Office, part: Path, key: bytes, progress: Progress, cancelled: IsCancelled
) -> None:
    """The pictures under the new key and its names; one that is damaged here may be whole in the backups' store."""
    sealed = BlobStore(OfficePaths(part).attachments, partial(BlobKeys, key))
    make_folder(sealed.folder)
    paths = list(office.blobs.stored())
    if shutil.disk_usage(part).free < sum(one.stat().st_size for one in paths) * 11 // 10:
        raise DiskFull
    stores = (office.blobs, office.blobs.at(office.paths.backups / STORE))
    for done, path in enumerate(paths):
        if cancelled():
            raise Cancelled
        progress(done, len(paths), PICTURES)
        if (data := _opened(stores, path.name)) is not None:
            digest = sealed.keep(data)
            if thumb := office.blobs.thumb(digest):
                sealed.keep_thumb(digest, thumb)


def _opened(stores: Sequence[BlobStore], name: str) -> bytes | None:
    for one in stores:
        with suppress(AttachmentLost):
            return one.opened(name, one.place(name))
    return None


def _let_go(office: Office) -> None:
    """Close the file with its log emptied into it; the folder stays locked.

    Raises:
        OfficeBusy: the log is still in use.
    """
    _empty_log(office)
    office.reader.dispose()
    office.writer.dispose()
    log = office.paths.database.with_name(office.paths.database.name + "-wal")
    if log.exists() and os.path.getsize(log):
        raise OfficeBusy


def _empty_log(office: Office) -> None:
    with disk_troubles(), office.writer.connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _drop(office: Office, part: Path | None) -> None:
    office.close()
    if part is not None:
        shutil.rmtree(part, ignore_errors=True)
