"""Find Argon2id settings that take this computer about half a second."""

import time
from collections.abc import Callable

from desk.keyring.params import DEFAULT, FLOOR, Argon2Params
from desk.keyring.wrapping import password_key

SLOWEST_S, FASTEST_S = 1.0, 0.25


def seconds_for(params: Argon2Params) -> float:
    """How long one try takes on this computer now."""
    start = time.perf_counter()
    password_key("measure", bytes(16), params)
    return time.perf_counter() - start


def tune(
    target_s: float = 0.5, measure: Callable[[Argon2Params], float] = seconds_for
) -> Argon2Params:
    """Settings that take about `target_s` here, kept within 0.25 to 1 s if the computer allows; never below the floor.

    More passes on a fast computer, less memory on a slow one.
    """
    target = min(max(target_s, FASTEST_S), SLOWEST_S)
    taken = measure(DEFAULT)
    if taken < FASTEST_S:
        return Argon2Params(
            DEFAULT.memory_kib, min(round(DEFAULT.iterations * target / max(taken, 0.001)), 100)
        )
    params = DEFAULT
    while taken > SLOWEST_S and params != FLOOR:
        params = Argon2Params(max(params.memory_kib // 2, FLOOR.memory_kib), FLOOR.iterations)
        taken = measure(params)
    return params
