"""The number of a case: unique without a server, speakable, with a check character."""

import re
from dataclasses import dataclass
from datetime import date

from desk.domain.identity import clean_id

# 收件, 受理; kept free for what follows: 代办, 点单, 调解, 党组织关系, 微心愿.
SERIES = ("SJ", "SL", "DB", "FW", "TJ", "DX", "WX")
MAX_SERIAL = 9999
MAX_WINDOW = 99

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_COMPACT = re.compile(
    r"(?P<series>[A-Z]{2})(?P<community>[0-9]{12})(?P<window>[0-9]{2})"
    r"(?P<day>[0-9]{8})(?P<serial>[0-9]{4})(?P<check>[0-9A-Z])"
)
_SHORT = re.compile(r"(?:([A-Z]{2})[- ]?)?([0-9]{2})([0-9]{2})-([0-9]{1,4})")
_LEAP_YEAR = 2000


def check_char(text: str) -> str:
    """Check character for `text` of 0-9 A-Z (ISO 7064 MOD 37,36).

    Every single wrong character is noticed. A swap of two neighbours is noticed unless their values follow one
    another (4 and 5, 9 and A, Z and 0) and what stands before has one certain remainder of the 36 there are; so is a
    swap of the last character with the check character, unless they are 0 and 1.

    Raises:
        ValueError: on other characters.
    """
    product = 36
    for character in text:
        product = (product + _ALPHABET.index(character)) % 36 or 36
        product = product * 2 % 37
    return _ALPHABET[(1 - product) % 36]


@dataclass(frozen=True, slots=True)
class Number:
    """One number: series, 12-digit community, window 1 to 99, day, serial 1 to 9999.

    Raises ValueError when a part is out of its range.
    """

    series: str
    community: str
    window: int
    day: date
    serial: int

    def __post_init__(self) -> None:
        if self.series not in SERIES:
            raise ValueError(f"unknown series {self.series!r}")
        if not re.fullmatch(r"[0-9]{12}", self.community):
            raise ValueError(f"a community has 12 digits, not {self.community!r}")
        if not 1 <= self.window <= MAX_WINDOW:
            raise ValueError(f"windows go from 1 to {MAX_WINDOW}, not {self.window}")
        if not 1 <= self.serial <= MAX_SERIAL:
            raise ValueError(f"serials go from 1 to {MAX_SERIAL}, not {self.serial}")

    def _parts(self) -> tuple[str, ...]:
        day = f"{self.day.year:04d}{self.day:%m%d}"
        return (self.series, self.community, f"{self.window:02d}", day, f"{self.serial:04d}")

    @property
    def full(self) -> str:
        """As printed: SL-610422001001-02-20261123-0007-K."""
        parts = self._parts()
        return "-".join((*parts, check_char("".join(parts))))

    @property
    def compact(self) -> str:
        """As in barcodes: without hyphens, 29 characters."""
        text = "".join(self._parts())
        return text + check_char(text)

    @property
    def short(self) -> str:
        """As spoken at the desk: month, day and serial, 1123-0007."""
        return f"{self.day:%m%d}-{self.serial:04d}"


def parse(text: str) -> Number:
    """The number that `text` says, full or compact, in any case or width.

    Raises:
        ValueError: it is no such number, or the check character tells that it was mistyped.
    """
    compact = clean_id(text)
    match = _COMPACT.fullmatch(compact)
    if match is None:
        raise ValueError("not a case number")
    expected = check_char(compact[:-1])
    if match["check"] != expected:
        raise ValueError(f"wrong check character {match['check']}: something was mistyped")
    day = match["day"]
    return Number(
        match["series"],
        match["community"],
        int(match["window"]),
        date(int(day[:4]), int(day[4:6]), int(day[6:])),
        int(match["serial"]),
    )


@dataclass(frozen=True, slots=True)
class ShortNumber:
    """What a short form says: some year's month and day, and the serial; several windows may have it.

    Without its series ('') several series may have it, too.
    """

    month: int
    day: int
    serial: int
    series: str = ""

    @property
    def text(self) -> str:
        """As `Number.short`, without the series."""
        return f"{self.month:02d}{self.day:02d}-{self.serial:04d}"


def parse_short(text: str) -> ShortNumber:
    """The short form `1123-0007`, perhaps with its series (`SL 1123-0007`, `sl-1123-7`: zeros may be missing).

    Raises:
        ValueError: it is anything else.
    """
    match = _SHORT.fullmatch(text.strip().upper())
    if match is None or match[1] not in (None, *SERIES):
        raise ValueError("not a short number")
    month, day, serial = (int(part) for part in match.groups()[1:])
    date(_LEAP_YEAR, month, day)
    if serial < 1:
        raise ValueError("serials begin with 1")
    return ShortNumber(month, day, serial, match[1] or "")


def spoken(short: str, series: str) -> str:
    """The short form as it is shown: `1123-0007` is the receipt of papers (SJ), every other series is named.

    On one day the first of each series has the same serial.
    """
    return short if series in ("SJ", "") or not short else f"{series} {short}"
