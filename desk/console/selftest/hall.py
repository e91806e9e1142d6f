"""The folder of a self-test: a desk with invented residents, its county below it, the stick between them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from desk import keyring
from desk.clock import Clock
from desk.console.opening import NotDone
from desk.console.selftest.opening import PASSWORD, entered, renewed_paper
from desk.exchange.keys import SealingPair
from desk.files import make_folder
from desk.paths import OfficePaths
from desk.services import hub, hub_desks, setup, sign_in, sync
from desk.services.office import Office
from desk.services.rules import Rules
from desk.services.setup import HallProfile

PROFILE = HallProfile(
    county="610422",
    community_code="610422999001",
    community_name="自检社区",
    window=1,
    street="自检街道办事处",
)
QUICK = keyring.Argon2Params(memory_kib=19 * 1024, iterations=2, lanes=1)
"""The least the keyring takes."""
NOT_OURS = "文件夹 {folder} 里是真的数据，不是自检建的，没有改动。自检要一个空文件夹。"

Say = Callable[[str], None]


@dataclass(slots=True)
class Hall:
    """The open desk of a self-test and, once it is needed, its county; `say` gets each promise as a line."""

    folder: Path
    clock: Clock
    rules: Rules
    dice: Random
    say: Say
    desk: Office
    _county: Office | None = None

    @property
    def stick(self) -> Path:
        return stick_in(self.folder)

    @property
    def papers(self) -> Path:
        return papers_in(self.folder)

    @property
    def county(self) -> Office:
        if self._county is None:
            self._county = _county(self)
        return self._county

    def ack(self, kind: str, what: object, detail: object) -> None:
        """Promise something that is durable from now on."""
        self.say(f"ACK {kind} {what} {detail}")

    def close(self) -> None:
        self.desk.close()
        if self._county is not None:
            self._county.close()


def stick_in(folder: Path) -> Path:
    """Where the stick of a self-test is."""
    return folder / "stick"


def papers_in(folder: Path) -> Path:
    """Where the papers go that are handed out."""
    return folder / "papers"


def county_paths(folder: Path) -> OfficePaths:
    """Where the county of a self-test is."""
    return OfficePaths(folder / "county")


def require_ours(folder: Path) -> None:
    """Nothing where the folder is a self-test's, or empty.

    Raises:
        NotDone: it is somebody's.
    """
    paths = OfficePaths(folder)
    if setup.state(paths) != "empty":
        ours = sign_in.hall_label(paths) == setup.hall_name(PROFILE.community_name)
    else:
        ours = not folder.exists() or all(_left_by_first_start(one) for one in folder.iterdir())
    if not ours:
        raise NotDone(NOT_OURS.format(folder=folder))


def open_hall(folder: Path, *, clock: Clock, rules: Rules, dice: Random, say: Say) -> Hall:
    """The hall of that folder, made where there is none yet, and known to its county.

    Raises:
        NotDone: the folder is somebody's.
        OfficeError: it cannot be opened or made.
    """
    require_ours(folder)
    paths = OfficePaths(folder)
    if setup.state(paths) == "empty":
        made = setup.create_office(
            paths,
            profile=PROFILE,
            operator_name="自检员",
            password=PASSWORD,
            clock=clock,
            rules=rules,
            params=QUICK,
        )
        hall, printed = Hall(folder, clock, rules, dice, say, made.office), made.recovery_key
    else:
        printed = "" if keyring.is_proved(folder) else renewed_paper(paths, clock)
        hall = Hall(folder, clock, rules, dice, say, entered(paths, clock, rules))
    try:
        if printed:
            # Typed back, as the first case wants it.
            keyring.prove_recovery(folder, printed)
        hall.ack("office", hall.desk.origin.hex, hall.desk.epoch)
        make_folder(hall.stick)
        make_folder(hall.papers)
    except BaseException:
        hall.close()
        raise
    return hall


def introduce(hall: Hall) -> None:
    """Let desk and county know each other, as far as they do not yet."""
    if sync.view(hall.desk).step == "county_key":
        sync.take_county_key(hall.desk, path=hub.write_public_key(hall.county, folder=hall.stick))
    if sync.view(hall.desk).step == "enrolment" or not _is_known(hall):
        name = sync.write_enrolment(hall.desk, folder=hall.stick).value
        hub_desks.enrol(hall.county, path=hall.stick / name)


def _is_known(hall: Hall) -> bool:
    """Whether the county took this very database."""
    own = (hall.desk.origin, hall.desk.epoch)
    return any((one.db_id, one.epoch) == own for one in hub_desks.enrolments(hall.county))


def _county(hall: Hall) -> Office:
    paths = county_paths(hall.folder)
    if setup.state(paths) != "empty":
        return entered(paths, hall.clock, hall.rules)
    return hub.create(
        paths,
        code=PROFILE.county,
        name="自检区县",
        operator_name="自检县管",
        password=PASSWORD,
        clock=hall.clock,
        rules=hall.rules,
        params=QUICK,
        recovery=SealingPair.generate().public_half,
    ).office


def _left_by_first_start(path: Path) -> bool:
    """What a first start that was cut short leaves: it has no key file, so nobody can have used it."""
    return path.name.startswith((".", "desk", "keys"))
