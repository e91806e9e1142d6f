"""Which paper of this seat goes onto what medium and to which printer, and how far each printer prints beside the mark."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from db.models import Setting
from desk.printing.media import Medium
from desk.services import audit
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform, reading

EVERY = "*"
"""The profile of all kinds that have none of their own."""
MOST_COPIES = 9
FARTHEST = 20.0
"""No printer is further off than this, in mm; more is a slip of the ruler."""
_PROFILES, _OFFSETS = "print_profiles", "print_offsets"


@dataclass(frozen=True, slots=True)
class PrinterProfile:
    """How one kind of paper (`*` any) is printed at this seat.

    `printer` '' asks each time; `dx` and `dy` are the offsets (mm, right and down) of that printer with that medium;
    `silent` prints without asking; `only_values` leaves out what the stock in that printer already bears (套打).
    """

    paper: str
    medium: Medium = "A5"
    printer: str = ""
    copies: int = 1
    dx: float = 0.0
    dy: float = 0.0
    silent: bool = True
    only_values: bool = False

    @property
    def at_once(self) -> bool:
        """Whether it prints without a word to the clerk."""
        return self.silent and bool(self.printer)


def profiles(office: Office) -> tuple[PrinterProfile, ...]:
    """The profile of every paper first, then those of single kinds."""
    with reading(office) as connection:
        return _all(connection)


def profile(office: Office, *, kind: str, medium: str = "") -> PrinterProfile:
    """How a paper of this kind is printed; with `medium`, on that medium whatever its kind usually takes."""
    with reading(office) as connection:
        return profile_in(connection, kind, medium)


def profile_in(connection: Connection, kind: str, medium: str = "") -> PrinterProfile:
    """As `profile`; another medium than the usual goes where that medium lies, else nowhere without asking."""
    known = _all(connection)
    own = next((one for one in known if one.paper == kind), known[0])
    if not medium or medium == own.medium:
        return replace(own, paper=kind)
    same = next((one for one in known if one.medium == medium), None)
    if same is not None:
        return replace(same, paper=kind)
    return PrinterProfile(kind, medium=_medium(medium), silent=False)


def own_profile_in(connection: Connection, kind: str) -> PrinterProfile | None:
    """The profile set for papers of this kind alone."""
    return next((one for one in _all(connection) if one.paper == kind), None)


def offsets_in(connection: Connection, printer: str, medium: str) -> tuple[float, float]:
    """How far (mm, right and down) everything is to be moved on this printer with this medium."""
    return _offsets(_kept(connection, _OFFSETS), printer, medium)


def save_profile(office: Office, *, profile: PrinterProfile) -> Done[None]:
    """Keep a profile in place of the one before; its offsets are kept by `save_offsets`."""

    def work(bench: Work) -> None:
        kept = dict(_kept(bench.connection, _PROFILES))
        kept[profile.paper] = {
            "medium": profile.medium,
            "printer": profile.printer,
            "copies": min(max(profile.copies, 1), MOST_COPIES),
            "silent": profile.silent,
            "only_values": profile.only_values,
        }
        _keep(bench, _PROFILES, kept)
        audit.note(bench, "setting", key=_PROFILES)

    return perform(office, Operation.CHANGE_SETTING, work)


def drop_profile(office: Office, *, paper: str) -> Done[None]:
    """Let this kind of paper be printed like every other again."""

    def work(bench: Work) -> None:
        kept = dict(_kept(bench.connection, _PROFILES))
        kept.pop(paper, None)
        _keep(bench, _PROFILES, kept)
        audit.note(bench, "setting", key=_PROFILES)

    return perform(office, Operation.CHANGE_SETTING, work)


def save_offsets(
    office: Office, *, printer: str, medium: Medium, dx: float, dy: float
) -> Done[None]:
    """Keep how far (mm) this printer is to be corrected with this medium; no more than 20 mm either way."""

    def work(bench: Work) -> None:
        kept = dict(_kept(bench.connection, _OFFSETS))
        kept[_place(printer, medium)] = [_within(dx), _within(dy)]
        _keep(bench, _OFFSETS, kept)
        audit.note(bench, "setting", key=_OFFSETS)

    return perform(office, Operation.CHANGE_SETTING, work)


def calibration(office: Office, *, medium: Medium) -> bytes:
    """The page (PDF) that shows how far a printer is off."""
    from desk.printing.calibration import calibration_page

    return calibration_page(medium)


def _all(connection: Connection) -> tuple[PrinterProfile, ...]:
    kept, offsets = _kept(connection, _PROFILES), _kept(connection, _OFFSETS)
    own = sorted(kind for kind in kept if kind != EVERY)
    return tuple(_read(kind, kept.get(kind, {}), offsets) for kind in (EVERY, *own))


def _read(kind: str, kept: Mapping[str, Any], offsets: Mapping[str, Any]) -> PrinterProfile:
    plain = PrinterProfile(kind)
    medium = _medium(kept.get("medium", plain.medium))
    printer = str(kept.get("printer", plain.printer))
    dx, dy = _offsets(offsets, printer, medium)
    return PrinterProfile(
        paper=kind,
        medium=medium,
        printer=printer,
        copies=int(kept.get("copies", plain.copies)),
        dx=dx,
        dy=dy,
        silent=bool(kept.get("silent", plain.silent)),
        only_values=bool(kept.get("only_values", plain.only_values)),
    )


def _medium(text: str) -> Medium:
    return text if text in get_args(Medium) else "A5"  # type: ignore[return-value]


def _offsets(kept: Mapping[str, Any], printer: str, medium: str) -> tuple[float, float]:
    dx, dy = kept.get(_place(printer, medium), (0.0, 0.0))
    return float(dx), float(dy)


def _place(printer: str, medium: str) -> str:
    return f"{medium}|{printer}"


def _within(offset: float) -> float:
    return round(min(max(offset, -FARTHEST), FARTHEST), 1)


def _kept(connection: Connection, key: str) -> Mapping[str, Any]:
    return connection.execute(select(Setting.value).where(Setting.key == key)).scalar() or {}


def _keep(bench: Work, key: str, value: Mapping[str, Any]) -> None:
    bench.connection.execute(delete(Setting).where(Setting.key == key))
    bench.connection.execute(insert(Setting), {"key": key, "value": value})
    bench.touch("settings")
