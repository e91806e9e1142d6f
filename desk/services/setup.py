"""First start: a hall's profile, its first operator, its keys and its empty encrypted file."""

from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from typing import Literal
from uuid import UUID

from sqlalchemy import insert

from db.models import CatalogSnapshot, DeskKey, ThisDesk
from desk import keyring
from desk.clock import Clock
from desk.domain import ids
from desk.domain.canonical import Json
from desk.domain.catalog import Catalog, County
from desk.domain.text import clean_text
from desk.errors import FieldsRefused, FolderUnusable, OfficeError, Problem
from desk.exchange.keys import PublicHalf, SealingPair, SigningPair
from desk.files import OneInstance, make_folder
from desk.paths import OfficePaths
from desk.services import catalogs, desk_keys, password_rules
from desk.services.engines import Engines, open_engines
from desk.services.office import (
    SYSTEM,
    Desk,
    Kind,
    Office,
    Seat,
    assemble,
)
from desk.services.operation import Operation, Work, perform
from desk.services.rules import Rules, load_rules
from desk.services.troubles import disk_troubles

LONGEST = {
    "county": 12,
    "community_name": 40,
    "street": 80,
    "phone": 40,
    "complaint_phone": 40,
    "hours": 80,
    "address": 120,
}
"""Characters that fit a paper's head, by field of the profile."""

EVERYTHING: tuple[tuple[str, str, str], ...] = (("*", "*", "all"),)


@dataclass(frozen=True, slots=True)
class HallProfile:
    """What papers and packages say of the hall; `community_code` has 12 digits, `window` is 1 to 99."""

    county: str
    community_code: str
    community_name: str
    window: int
    street: str = ""
    phone: str = ""
    complaint_phone: str = "12345"
    hours: str = "周一至周五 8:30–12:00 14:00–17:30"
    address: str = ""


@dataclass(frozen=True, slots=True)
class Created:
    """A new office and its printed recovery key, which is shown once."""

    office: Office
    recovery_key: str
    operator_id: UUID


def state(paths: OfficePaths) -> Literal["empty", "unproved", "ready"]:
    """Whether this folder has an office, and whether its recovery key was typed back."""
    if not keyring.exists(paths.folder):
        return "empty"
    return "ready" if keyring.is_proved(paths.folder) else "unproved"


def counties(catalog: Catalog) -> tuple[County, ...]:
    """The counties to choose from, the named ones first, 其他 last."""
    return tuple(
        sorted(catalog.counties.values(), key=lambda county: (county.code == "000000", county.code))
    )


def check_profile(profile: HallProfile) -> tuple[Problem, ...]:
    """What stands against this profile, a problem for each field."""
    profile = cleaned(profile)
    problems = [
        Problem(key, "too_long", {"max": most})
        for key, most in LONGEST.items()
        if len(getattr(profile, key)) > most
    ]
    if not profile.community_name:
        problems.append(Problem("community_name", "required"))
    code = profile.community_code
    if not (len(code) == 12 and code.isascii() and code.isdigit()):
        problems.append(Problem("community_code", "community_code_12"))
    if not 1 <= profile.window <= 99:
        problems.append(Problem("window", "window_1_99"))
    return tuple(problems)


def cleaned(profile: HallProfile) -> HallProfile:
    """The profile with its texts on one line each, without control characters."""
    texts = {key: one_line(text) for key, text in asdict(profile).items() if isinstance(text, str)}
    return replace(profile, **texts)  # type: ignore[arg-type]


def one_line(typed: str) -> str:
    """The text without control characters and line ends."""
    return " ".join(clean_text(typed)[0].split())


def check_operator(
    name: str, password: str, profile: HallProfile, catalog: Catalog
) -> tuple[Problem, ...]:
    """What stands against this operator's name and password, by the rules of his county."""
    problems = []
    shown = one_line(name)
    if not shown:
        problems.append(Problem("operator_name", "required"))
    elif len(shown) > 40:
        problems.append(Problem("operator_name", "too_long", {"max": 40}))
    words = (profile.community_name, profile.community_code, profile.street, profile.phone, shown)
    known = tuple(word for word in words if word)
    mixed = password_rules.graded_in(_county(catalog, profile))
    return (*problems, *keyring.check_password(password, known, mixed=mixed))


def _county(catalog: Catalog, profile: HallProfile) -> County:
    return catalog.counties.get(profile.county, catalog.counties["000000"])


def create_office(
    paths: OfficePaths,
    *,
    profile: HallProfile,
    operator_name: str,
    password: str,
    clock: Clock,
    rules: Rules | None = None,
    params: keyring.Argon2Params | None = None,
    recovery: PublicHalf | None = None,
) -> Created:
    """Make keys, file and first operator; the database is encrypted from its first byte on.

    With the public half of an offline recovery key it becomes a county's.
    The key file comes last: before it stands there is no office, and a set-up that was cut short can begin again.

    Raises:
        FieldsRefused: profile, name or password cannot be taken.
        FileExistsError, FolderUnusable, OfficeBusy, DiskFull, DiskFailed: nothing usable was left behind.
    """
    rules = rules or load_rules()
    if problems := _problems(profile, operator_name, password, rules.catalog):
        raise FieldsRefused(problems)
    profile = cleaned(profile)
    _make_folder(paths)
    operator_id, name = _new_id(clock), one_line(operator_name)
    kind: Kind = "desk" if recovery is None else "county"
    desk = _new_desk(clock, kind, _first_payload(rules.catalog, profile, kind))
    lock = OneInstance(paths.lock)
    with ExitStack() as on_failure:
        on_failure.callback(lock.release)
        _make_room(paths, desk.origin)
        key = keyring.new_data_key()
        with disk_troubles():
            engines = open_engines(paths, key, create=True)
            on_failure.callback(engines.dispose)
            _identify(engines, rules, desk, recovery or SealingPair.generate())
        _open_desk(assemble(paths, engines, lock, clock, rules, desk, SYSTEM), operator_id, name)
        printed = keyring.create_key_file(
            paths.folder,
            key,
            label=hall_name(profile.community_name, county=kind == "county"),
            operator_id=operator_id.hex,
            operator_name=name,
            password=password,
            params=params or keyring.tune(),
        )
        on_failure.pop_all()
    office = assemble(paths, engines, lock, clock, rules, desk, Seat(operator_id, name, EVERYTHING))
    return Created(office, printed, operator_id)


def _problems(
    profile: HallProfile, name: str, password: str, catalog: Catalog
) -> tuple[Problem, ...]:
    return (*check_profile(profile), *check_operator(name, password, profile, catalog))


def _first_payload(catalog: Catalog, profile: HallProfile, kind: Kind) -> dict[str, Json]:
    told = profile_payload(profile, _county(catalog, profile), epoch=1)
    if kind == "county":
        told["hall"] = hall_name(profile.community_name, county=True)
    return told


def prove_recovery(paths: OfficePaths, *, typed: str) -> None:
    """Take the recovery key as proved.

    Raises:
        RecoveryKeyWrong: naming the first wrong group.
    """
    keyring.prove_recovery(paths.folder, typed)


def hall_name(community: str, *, county: bool = False) -> str:
    """The hall's name as papers and the frame show it; a county's office is called what it is called."""
    return community if county else f"{community}便民服务大厅"


def profile_payload(profile: HallProfile, county: County, epoch: int) -> dict[str, Json]:
    """The profile as events and papers carry it."""
    return {
        **asdict(profile),
        "hall": hall_name(profile.community_name),
        "brand": county.brand,
        "county_name": county.name,
        "epoch": epoch,
    }


def _new_id(clock: Clock) -> UUID:
    return ids.new_id(int(clock.now().timestamp() * 1000))


def _new_desk(clock: Clock, kind: Kind, profile: dict[str, Json]) -> Desk:
    return Desk(_new_id(clock), 1, kind, profile, SigningPair.generate())


def _make_folder(paths: OfficePaths) -> None:
    """Make the folder, or say that a file stands in its place or that nothing may be written there."""
    try:
        make_folder(paths.folder)
    except OfficeError as error:
        raise FolderUnusable from error


def _make_room(paths: OfficePaths, aside: UUID) -> None:
    """Put a database without keys out of the way under a name with `aside`; deleted it is not, a backup may hold its keys.

    Raises:
        FileExistsError: there is an office.
    """
    if keyring.exists(paths.folder):
        raise FileExistsError(paths.folder)
    if paths.server:
        return
    left = paths.database
    for tail in ("", "-wal", "-shm"):
        part = left.with_name(left.name + tail)
        if part.exists():
            part.rename(left.with_name(f"{left.stem}-{aside.hex}{left.suffix}{tail}"))


def _identify(
    engines: Engines, rules: Rules, desk: Desk, recovery: SealingPair | PublicHalf
) -> None:
    with engines.writer.begin() as connection:
        connection.execute(
            insert(ThisDesk),
            {
                "key": 1,
                "origin": desk.origin,
                "epoch": desk.epoch,
                "kind": desk.kind,
                "signing": desk.signing.to_bytes(),
                "sealing": SealingPair.generate().to_bytes(),
                "recovery": recovery.to_bytes(),
            },
        )
        connection.execute(insert(CatalogSnapshot), catalogs.snapshot_row(rules))
        if desk.kind == "desk":
            connection.execute(insert(DeskKey), desk_keys.own_row(desk))


def _open_desk(office: Office, operator_id: UUID, name: str) -> None:
    def work(bench: Work) -> None:
        bench.emit("desk.opened", "desk", office.origin, dict(office.profile))
        bench.emit(
            "operator.added",
            "operator",
            operator_id,
            {"name": name, "role": "lead", "grants": [list(grant) for grant in EVERYTHING]},
        )

    perform(office, Operation.SET_UP, work)
