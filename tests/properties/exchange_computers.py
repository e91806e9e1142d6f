"""What happens to the computers of a window: backups, restores, clones, fire, keys that count no more."""

from dataclasses import replace

from desk.errors import DatabaseFollowed, PackageRefused, WindowTaken
from desk.services import hub, hub_desks, hub_keys, hub_resend, new_epoch, sync
from desk.services.office import Office
from tests.builders import PROFILE, consent, make_office
from tests.kept import keep
from tests.properties.exchange_world import Desk, Sheet, World, keep_on
from tests.services.trips import on_stick, revoked

SITE = PROFILE.community_code
SOMETIMES = 0.3


def a_backup_is_made(world: World) -> None:
    """The folder of a desk is copied while the program is closed."""
    desk = world.rng.choice(world.desks)
    desk.office.close()
    desk.backups.append(world.copy(desk.kept, f"backup{desk.window}"))
    desk.office = world.open(desk.kept)
    world.met["backups"] += 1


def a_computer_is_restored(world: World) -> None:
    """From a backup: mostly somebody says so in the program, sometimes nobody knows."""
    desk = world.rng.choice(world.desks)
    if not desk.backups:
        return
    put_away_twin(desk)
    desk.office.close()
    desk.kept = world.copy(world.rng.choice(desk.backups), f"restored{desk.window}")
    desk.office = world.open(desk.kept)
    if world.rng.random() < SOMETIMES:
        world.met["restored, untold"] += 1
    else:
        world.met["restored"] += 1
        begin_anew(world, desk, desk.office)


def a_computer_is_cloned(world: World) -> None:
    """The folder is copied to a second computer, and both go on."""
    desk = world.rng.choice(world.desks)
    if desk.twin is not None:
        return
    desk.office.close()
    twin = world.copy(desk.kept, f"twin{desk.window}")
    desk.office, desk.twin = world.open(desk.kept), world.open(twin)
    world.met["cloned"] += 1


def put_away_twin(desk: Desk) -> None:
    if desk.twin is not None:
        desk.twin.close()
        desk.twin = None


def begin_anew(world: World, desk: Desk, office: Office) -> None:
    """This computer is the window from now on, under a new name; the other one is put away."""
    if office is desk.twin:
        desk.office, desk.twin = desk.twin, desk.office
        # Where it stands on the disk does not matter to anybody but the backups to come.
        desk.kept = replace(desk.kept, folder=desk.office.paths.folder)
    put_away_twin(desk)
    world.note_told(desk.office)
    new_epoch.begin(desk.office, why="从备份恢复")
    enrol(world, desk)
    desk.called = False
    world.met["begun anew"] += 1
    if world.rng.random() < SOMETIMES:
        give_back(world, desk)


def enrol(world: World, desk: Desk) -> None:
    """The county takes it as the successor; where it cannot know, after a telephone call."""
    folder = world.lay([])
    name = sync.write_enrolment(desk.office, folder=folder).value
    try:
        hub_desks.enrol(world.hub, path=folder / name)
    except DatabaseFollowed:
        # An old copy nobody knew of: the county says so by telephone.
        world.met["old copies told"] += 1
        begin_anew(world, desk, desk.office)
    except (WindowTaken, PackageRefused):
        today = world.clock.now().date()
        revoked(world.hub, "电话核对", from_day=today, window=desk.window)
        hub_desks.enrol(world.hub, path=folder / name)
        world.met["enrolled by telephone"] += 1


def give_back(world: World, desk: Desk) -> None:
    """The county's RESEND; where it is not for this computer, which is an old copy put back by hand, somebody says so."""
    _resent(world, desk)
    if desk.office.waits:
        begin_anew(world, desk, desk.office)
        _resent(world, desk)
        world.met["an old copy that waited"] += 1
    assert not desk.office.waits
    world.met["given back"] += 1


def _resent(world: World, desk: Desk) -> None:
    """On a clean stick."""
    folder = world.lay([])
    hub_resend.resend(world.hub, site=SITE, window=desk.window, folder=folder, most=40)
    sheets = [Sheet(data, ours=True) for data in on_stick(folder).values()]
    keep_on(world, world.stick(), sheets)
    sync.read_answers(desk.office, folder=folder)


def keys_are_revoked(world: World) -> None:
    """A stick with keys was lost, say: the county revokes, the desk hears of it, renews and enrols again."""
    desk = world.rng.choice(world.desks)
    if desk.office.waits or desk.twin is not None:
        return
    today = world.clock.now().date()
    revoked(world.hub, "丢失", from_day=today, window=desk.window)
    folder = world.lay([])
    hub_keys.put_beside(world.hub, folder)
    sync.read_answers(desk.office, folder=folder)
    sync.renew_keys(desk.office, approved_by=consent(desk.office))
    enrol(world, desk)
    world.met["revoked"] += 1


def a_computer_burns(world: World) -> None:
    """No backup: a new computer takes the window over and gets back what the county has."""
    desk = world.rng.choice(world.desks)
    put_away_twin(desk)
    desk.office.close()
    world.clock.advance(hours=1)
    home = world.place(f"fresh{desk.window}")
    profile = replace(PROFILE, window=desk.window)
    make_office(home, profile, world.clock.moment).office.close()
    desk.kept, desk.backups = keep(home), []
    desk.office = world.open(desk.kept)
    sync.take_county_key(desk.office, path=hub.write_public_key(world.hub, folder=home))
    enrol(world, desk)
    give_back(world, desk)
    world.met["burnt"] += 1
