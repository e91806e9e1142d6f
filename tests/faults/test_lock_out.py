"""Some rows of tries; and that a lock which goes by the clock on the wall, or forgets at a restart, is found out."""

from dataclasses import replace

from desk.keyring import attempts
from desk.keyring.attempts import Running
from tests.faults import lock_out
from tests.faults.lock_out import Seat
from tests.keyring.conftest import Computer

ROUNDS, SEED = 40, 1


def test_nobody_is_let_in_early() -> None:
    assert lock_out.run(ROUNDS, SEED).failures == ()


def test_a_lock_by_the_wall_clock_is_found_out() -> None:
    """Planted: waiting told by a clock that anybody can set."""

    def by_the_wall(seat: Seat, right: bool) -> None:
        computer = Computer(Running("", max(0.0, seat.clock.moment.timestamp())))
        lock_out.tried(replace(seat, computer=computer), right)

    assert lock_out.run(ROUNDS, SEED, by_the_wall).failures


def test_a_lock_that_forgets_at_a_restart_is_found_out() -> None:
    """Planted: counts kept in the memory of one run."""
    runs = set[str]()

    def forgets(seat: Seat, right: bool) -> None:
        if seat.computer.running.boot not in runs:
            runs.add(seat.computer.running.boot)
            (seat.folder / attempts.NAME).unlink(missing_ok=True)
        lock_out.tried(seat, right)

    assert lock_out.run(ROUNDS, SEED, forgets).failures
