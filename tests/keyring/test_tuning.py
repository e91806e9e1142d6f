"""Settings are fit for the computer and never below the floor."""

import pytest

from desk.keyring import DEFAULT, Argon2Params, tune
from desk.keyring.params import FLOOR
from desk.keyring.tuning import FASTEST_S, SLOWEST_S, seconds_for


@pytest.mark.parametrize(
    "params",
    [(19 * 1024 - 1, 2), (19 * 1024, 1), (64 * 1024, 3, 0), (2 << 20, 3), (19 * 1024, 999)],
)
def test_weak_and_ruinous_settings_are_refused(params):
    with pytest.raises(ValueError, match="not allowed"):
        Argon2Params(*params)


@pytest.mark.parametrize("speed", [0.02, 0.2, 0.5, 1, 2, 5, 20, 1000])
def test_every_computer_gets_legal_settings(speed: float):
    """A made-up computer: `speed` times the work of the default settings, in half a second."""

    def measure(params: Argon2Params) -> float:
        work = params.memory_kib * params.iterations / (DEFAULT.memory_kib * DEFAULT.iterations)
        return 0.5 * work / speed

    taken = measure(tune(0.5, measure))
    if speed <= 0.1:
        assert tune(0.5, measure) == FLOOR
    elif speed < 30:
        assert FASTEST_S <= taken <= SLOWEST_S * 1.1
    else:
        assert tune(0.5, measure).iterations == 100


def test_this_computer_is_measured():
    assert 0.001 < seconds_for(FLOOR) < 5
