"""Restoring within a self-test: the newest backup in the file's place, made known to the county, earlier cases given back."""

from desk.console.selftest.hall import PROFILE, Hall, introduce
from desk.console.selftest.opening import entered, put_back
from desk.services import backup, hub_resend, sync
from desk.services.backups import listed


def restore(hall: Hall) -> None:
    """Restore from the newest backup, if there is one, as after a fault of the disk, and go on with what the county has."""
    paths = hall.desk.paths
    if not listed(paths.backups):
        return
    hall.desk.close()
    put_back(paths, hall.clock, hall.rules)
    hall.desk = entered(paths, hall.clock, hall.rules)
    as_at_start(hall)
    hall.ack("restored", hall.desk.origin.hex, hall.desk.epoch)


def as_at_start(hall: Hall) -> None:
    """What the program does by itself after opening, the day's backup; then the county gives back what it has of an earlier
    database, so that its cases can be worked on again.
    """
    if why := backup.due(hall.desk):
        backup.make(hall.desk, why=why)
    if hall.desk.waits or sync.view(hall.desk).step != "ready":
        introduce(hall)
    if hall.desk.waits:
        site, window = PROFILE.community_code, PROFILE.window
        hub_resend.resend(hall.county, site=site, window=window, folder=hall.stick)
        sync.read_answers(hall.desk, folder=hall.stick)
