"""The failures the desk can name; they carry facts, `desk.words` has the sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as attribute

UNREADABLE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What comes of reading a body that is not of the form it should be: absurd numbers, lists within lists without end among it."""


class DeskError(Exception):
    """Root of all failures that have words for the clerk."""


class UserError(DeskError):
    """The clerk can act: correct a field, choose another way, fetch a paper."""


class OfficeError(DeskError):
    """The machine or a file failed: say what is safe and whom to call."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one field.

    `code` names the sentence in `desk.words.problems`; `facts` fill its gaps.
    """

    field: str
    code: str
    facts: dict[str, object] = attribute(default_factory=dict)


class FieldsRefused(UserError):
    """What was typed cannot be taken; each problem belongs to a field."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(", ".join(f"{p.field}:{p.code}" for p in problems))
        self.problems = tuple(problems)


class ActionNotAllowed(UserError):
    """The life-cycle has no such move from this state, or its condition does not hold."""

    def __init__(self, action: str, state: str, reason: str = "") -> None:
        super().__init__(f"{action} from {state} {reason}".strip())
        self.action, self.state, self.reason = action, state, reason


class AttachmentRefused(UserError):
    """A scan or photo is not taken; `code` says why, `most` is the limit that was passed (0: none was)."""

    def __init__(self, code: str, most: int = 0) -> None:
        super().__init__(f"{code} {most}".strip())
        self.code, self.most = code, most


class AttachmentLost(OfficeError):
    """The bytes of a scan or photo are not there, or (`there`) do not read as they were stored."""

    def __init__(self, *, there: bool) -> None:
        super().__init__(str(there))
        self.there = there


class NotEligible(UserError):
    """A hard rule fails; the case can be refused or kept, not accepted."""

    def __init__(self, clauses: Sequence[str]) -> None:
        super().__init__("; ".join(clauses))
        self.clauses = tuple(clauses)


class MaterialsMissing(UserError):
    """Papers are missing, so the case cannot be accepted as complete."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__("; ".join(names))
        self.names = tuple(names)


class ChangedMeanwhile(UserError):
    """Another window saved this record first; nothing was written."""


class NotFound(UserError):
    """What was asked for is not in this office."""


class CaseErased(UserError):
    """The case was erased after its time; its number, matter and days are all that is left."""


class NotDue(UserError):
    """A record is not due to be erased: its time runs, it is held, or the date is in doubt."""


class CannotUndo(UserError):
    """The last operation stays as it is; `why` is a code of `desk.words.undoing`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NumbersExhausted(UserError):
    """A window has used all 9,999 numbers of a day."""


class NotGranted(UserError):
    """This operator may not do this; somebody who may has to."""

    def __init__(self, operation: str) -> None:
        super().__init__(operation)
        self.operation = operation


class NeedsSecondPerson(UserError):
    """Not to be done alone: somebody else who may has to consent with his password."""


class LastLead(UserError):
    """Nobody would be left who manages the operators; nothing was changed."""


class SignInRefused(UserError):
    """Name and password do not fit together; the same error for both."""


class SignInPaused(UserError):
    """Too many failed attempts; `seconds` is how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(str(seconds))
        self.seconds = seconds


class RecoveryKeyWrong(UserError):
    """The typed recovery key is not the printed one; `group` is the first wrong group, 1 to 8."""

    def __init__(self, group: int) -> None:
        super().__init__(str(group))
        self.group = group


class RecoveryUnproved(UserError):
    """The printed recovery key was not typed back yet, and this would be the first case."""


class NoCountySlot(UserError):
    """The county's key was never taken here, so nothing here opens with the county's offline key."""


class CountyKeyWrong(UserError):
    """The data here is not sealed to this offline key of a county."""


class ItemGone(UserError):
    """The item is not in the catalogue any more."""


class CatalogRejected(OfficeError):
    """A catalogue file is not as it must be; each line names file, path, what and what is allowed."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class NotEnrolled(UserError):
    """The county's key is not here yet, so no package can be sealed."""


class WindowTaken(UserError):
    """Another computer already is this window of this community."""

    def __init__(self, name: str, window: int) -> None:
        super().__init__(f"{name} {window}")
        self.name, self.window = name, window


class DatabaseFollowed(UserError):
    """A later database of this window carries on what this one began, so it cannot come back under its own name."""


class EarlierCasesWait(UserError):
    """What an earlier database began stays as it is until the county's give-back has been taken; nothing was written."""


class DatabaseCopied(UserError):
    """This database was restored from a backup or copied: others know later packages of it than it does itself."""


class StickTrouble(OfficeError):
    """Writing to or reading from the chosen folder failed; the office's data is safe."""

    def __init__(self, step: str, path: str) -> None:
        super().__init__(f"{step}: {path}")
        self.step, self.path = step, path


class PackageRefused(UserError):
    """A package from outside was not taken; `code` is an outcome of the exchange format."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


class TableRefused(UserError):
    """A table or file that came in cannot be read; nothing of it was kept. `code` names the reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Cancelled(UserError):
    """The clerk pressed cancel; nothing was changed."""


class FolderUnusable(OfficeError):
    """The data folder cannot be made, or not be written to."""


class OfficeBusy(OfficeError):
    """Another program holds this data folder."""


class OfficeNewer(OfficeError):
    """The data folder was written by a newer program; nothing was touched."""


class OfficeOlder(OfficeError):
    """An earlier program wrote the data folder, and nothing may be written now; untouched."""


class OfficeReadOnly(OfficeError):
    """The office was opened for looking only; nothing was written."""


class OfficeDamaged(OfficeError):
    """A file of the office does not open as it should; nothing was changed."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class StoreUnreachable(OfficeError):
    """The server that holds the rows does not answer, or let nobody in; nothing was changed."""


class StoreUnfit(OfficeError):
    """A server's database cannot hold an office; `why` is address, driver, encoding, order or taken; or what is left to whoever keeps the server: backup, new_key."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class DiskFull(OfficeError):
    """The disk has no room; the last step was not saved, all earlier ones are."""


class DiskFailed(OfficeError):
    """The disk reported a fault; the last step was not saved."""
