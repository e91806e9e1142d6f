"""What thinning keeps, for any history of backups."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desk.domain.thinning import SAFE, Kept, fitting, staying

START = datetime(2026, 1, 1, 8, 0)


def a_history(steps: list[tuple[int, bool]]) -> list[Kept]:
    """Backups one after the other; a step is in minutes and may go back, as a wrong clock does."""
    at, made = START, []
    for place, (minutes, whole) in enumerate(steps):
        at += timedelta(minutes=minutes)
        made.append(Kept(f"b{place}", (1, place), at, 100, whole))
    return made


histories = st.lists(
    st.tuples(st.integers(-3_000_000, 3_000_000), st.booleans()), max_size=120
).map(a_history)


@given(histories)
def test_the_newest_whole_ones_always_stay(history: list[Kept]) -> None:
    whole = [one.name for one in history if one.whole][-SAFE:]
    assert set(whole) <= staying(history)
    assert set(whole) <= fitting(history, 0)


@given(histories)
def test_the_last_twelve_stay_and_no_more_than_all_spans_allow(history: list[Kept]) -> None:
    stay = staying(history)
    assert {one.name for one in history[-12:]} <= stay
    assert len(stay) <= 12 + 14 + 8 + 12 + SAFE


@given(histories)
def test_thinning_again_changes_nothing(history: list[Kept]) -> None:
    stay = staying(history)
    assert staying([one for one in history if one.name in stay]) == stay


@given(histories, st.integers(0, 20_000))
def test_what_fits_is_within_its_room(history: list[Kept], room: int) -> None:
    stay = fitting(history, room)
    beyond_the_safe = len(stay) > len([one for one in history if one.whole][-SAFE:])
    assert not beyond_the_safe or 100 * len(stay) <= room
    assert stay == fitting([one for one in history if one.name in stay], room)


def test_a_year_of_workdays() -> None:
    history = [
        Kept(f"{day}-{hour}", (day, hour), START + timedelta(days=day, hours=hour), 100, True)
        for day in range(365)
        for hour in (0, 2, 4, 8)
    ]
    stay = staying(history)
    assert {f"364-{hour}" for hour in (0, 2, 4, 8)} <= stay
    days = {int(name.split("-")[0]) for name in stay}
    assert set(range(351, 365)) <= days
    assert len([day for day in days if day < 300]) >= 9
    assert all(name.endswith("-8") for name in stay if int(name.split("-")[0]) < 362)
