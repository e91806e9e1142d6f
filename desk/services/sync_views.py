"""What the exchange page shows, and what a trip with the stick came to."""

from dataclasses import dataclass
from typing import Literal

from desk.domain.workflow import Tone


@dataclass(frozen=True, slots=True)
class PackageRow:
    """A package to the county; `state` is 未导出, 已写出, 已回执, 县已退回."""

    seq: int
    cases: int
    events: int
    written_at: str
    state: str
    tone: Tone
    acked_at: str
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unsent:
    """Cases the county has not been told of; `more` when there are still others."""

    cases: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class SyncView:
    """The exchange page. `step` says what is missing before the first package: county_key, enrolment or nothing."""

    step: Literal["county_key", "enrolment", "ready"]
    county: str
    county_words: tuple[str, ...]
    own_words: tuple[str, ...]
    unsent_events: int
    unsent_cases: int
    last_text: str
    packages: tuple[PackageRow, ...]
    own_code: str = ""
    """This window's fingerprint as a QR code's text, in place of its six words."""
    copied: bool = False
    """This database was restored or copied without starting anew."""
    waits: bool = False
    """It started anew and the county's give-back has not come yet."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written to a stick: files, all read back."""

    files: tuple[str, ...]
    seq: int
    events: int


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What was found on a stick for this desk, a sentence each; `tidied`: how many files done with were taken off it."""

    taken: tuple[str, ...]
    passed_over: tuple[str, ...]
    tidied: int = 0
