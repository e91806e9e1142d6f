"""Five tries, then waiting that neither a restart nor a changed clock shortens."""

import time
from datetime import timedelta

import pytest

from desk.errors import SignInPaused, SignInRefused
from desk.keyring import attempts
from tests.test_files import files_end_at


def fail(hall, times: int = 1, operator_id: str = "aa") -> None:
    for _ in range(times):
        with pytest.raises(SignInRefused):
            hall.sign_in(operator_id, "wrong password")


def pause(hall, operator_id: str = "aa", password: str = "wrong password") -> int:
    with pytest.raises(SignInPaused) as paused:
        hall.sign_in(operator_id, password)
    return paused.value.seconds


def test_the_fifth_failure_costs_half_a_minute_even_with_the_right_password(hall):
    fail(hall, 5)
    assert pause(hall) == 30
    hall.computer.wait(29.5)
    assert pause(hall, password="correct battery 马蹄") == 1
    hall.computer.wait(0.5)
    assert hall.sign_in() == hall.data_key
    fail(hall, 4)
    assert hall.sign_in() == hall.data_key


def test_waiting_doubles_up_to_a_quarter_of_an_hour(hall):
    fail(hall, 5)
    waited = []
    for _ in range(7):
        waited.append(pause(hall))
        hall.computer.wait(waited[-1])
        fail(hall)
    assert waited == [30, 60, 120, 240, 480, 900, 900]


def test_a_try_while_waiting_does_not_lengthen_it(hall):
    fail(hall, 5)
    assert [pause(hall) for _ in range(3)] == [30, 30, 30]


def test_accounts_wait_for_themselves(hall):
    fail(hall, 5, "nobody")
    assert pause(hall, "nobody") == 30
    assert pause(hall, "somebody else") == 30
    assert hall.sign_in() == hall.data_key


@pytest.mark.parametrize("jump", [timedelta(days=3650), timedelta(days=-18250), timedelta(days=-1)])
def test_a_changed_clock_changes_nothing(hall, jump):
    fail(hall, 5)
    hall.clock.advance(days=jump.days)
    assert pause(hall) == 30
    hall.computer.wait(30)
    assert hall.sign_in() == hall.data_key


def test_a_restart_with_a_changed_clock_shortens_nothing(hall):
    fail(hall, 6 - 1)
    hall.computer.wait(30)
    fail(hall, 1)
    hall.clock.advance(days=400)
    hall.computer.restart(seconds=20)
    assert pause(hall) == 40
    hall.computer.wait(40)
    assert hall.sign_in() == hall.data_key


def test_where_runs_cannot_be_told_apart_waiting_is_not_shortened_either(hall):
    hall.computer.running = attempts.Running("", 5000.0)
    fail(hall, 5)
    hall.computer.running = attempts.Running("", 12.0)
    assert pause(hall) == 18


def test_a_try_counts_before_it_is_made(hall):
    """Whoever kills the program while it thinks has used a try all the same."""
    attempts.begin(hall.folder, "aa", hall.clock.now(), hall.computer())
    assert attempts.failures(hall.folder)["aa"].count == 1
    fail(hall, 4)
    assert pause(hall) == 30


@pytest.mark.parametrize(
    "noise",
    [
        *(b"", b"[]", b"\xff", b'{"aa": 3}', b'{"aa": {"count": "x"}}', b"[" * 100_000),
        b'{"aa": {"count": 1e999, "boot": "b", "ms": 1, "at": ""}}',
        b'{"aa": {"count": 9, "boot": "b", "ms": 1%s, "at": ""}}' % (b"0" * 400),
    ],
)
def test_a_damaged_count_locks_nobody_out(hall, noise):
    (hall.folder / attempts.NAME).write_bytes(noise)
    assert hall.sign_in() == hall.data_key


def test_on_a_full_disk_people_still_get_in(hall):
    with files_end_at(0):
        assert hall.sign_in() == hall.data_key
        fail(hall)


def test_when_people_ask_the_wall_clock_of_the_failures_is_there(hall):
    fail(hall, 2)
    assert attempts.failures(hall.folder)["aa"].at == "2026-11-23T09:00:00+08:00"
    assert attempts.failures(hall.folder)["aa"].count == 2


def test_without_a_clock_that_counts_sleep_the_plain_one_serves(monkeypatch):
    monkeypatch.delattr(time, "CLOCK_BOOTTIME")
    first, second = attempts.running_time(), attempts.running_time()
    assert first.seconds <= second.seconds


def test_this_computer_tells_how_long_it_runs():
    first, second = attempts.running_time(), attempts.running_time()
    assert first.boot == second.boot
    assert 0 < first.seconds <= second.seconds
