"""Some mornings; and that a restore which gives up too soon, or takes what comes first, is found out."""

from typing import Any

from desk.errors import OfficeDamaged
from desk.services import rescue, restore
from desk.services.restore import Prepared
from tests.faults import restored

ROUNDS, SEED = 6, 1


def test_every_morning_is_restored() -> None:
    figure = restored.run(ROUNDS, SEED)
    assert figure.failures == ()
    assert "damaged" in figure.said


def test_a_restore_that_gives_up_too_soon_is_found_out() -> None:
    """Planted: the newest backup or none."""

    def newest_or_none(paths: Any, *, folders: Any, **more: Any) -> Prepared | None:
        try:
            newest = rescue.candidates(paths, folders)[0]
            return restore.prepare(paths, backup=newest, packages=folders, **more)
        except OfficeDamaged:
            return None

    assert restored.run(ROUNDS, SEED, newest_or_none).failures


def test_a_restore_of_the_oldest_is_found_out() -> None:
    """Planted: whoever sorts the wrong way round."""

    def oldest(paths: Any, **more: Any) -> Prepared | None:
        names = [one.name for one in rescue.candidates(paths)]
        return rescue.newest(paths, but=names[:-1], **more)

    assert restored.run(ROUNDS, SEED, oldest).failures
