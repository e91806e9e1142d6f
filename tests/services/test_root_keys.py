"""Root keys as their holders have them: each on a stick under a passphrase, which takes a second to try."""

import pytest

from desk.errors import PackageRefused
from desk.exchange import roots
from desk.services import root_lists
from tests.services.trips import Trip

PHRASES = ("第一位保管人的口令长", "第二位保管人的口令长", "第三位保管人的口令长")


def test_the_keys_lie_on_sticks_under_passphrases_and_sign_there(trip: Trip) -> None:
    *keys, first = root_lists.begin(trip.hub, folder=trip.folder, passphrases=PHRASES)
    assert roots.parse(first.read_bytes()).number == 1
    path = root_lists.draft(trip.hub, folder=trip.folder)
    with pytest.raises(PackageRefused, match="DAMAGED"):
        root_lists.sign(path=path, key=keys[0], passphrase=PHRASES[1])
    for place in (0, 2):
        root_lists.sign(path=path, key=keys[place], passphrase=PHRASES[place])
    assert root_lists.take_signed(trip.hub, path=path).number == 2
    with pytest.raises(PackageRefused, match="ALREADY"):
        root_lists.begin(trip.hub, folder=trip.folder, passphrases=PHRASES)
