"""Row 16: nothing that opens over the window stays when it closes; the full tier is `python -m tests.faults --full --only 16`."""

from dataclasses import replace

import pytest

from tests.faults import dialogs, shim
from tests.faults.dialogs import Mark, Opened

pytestmark = pytest.mark.skipif(not shim.is_here(), reason="descriptors are counted in /proc")

TIMES = 2


def test_nothing_stays_of_what_was_closed() -> None:
    found = dialogs.opened(TIMES)
    assert len(found) == 11
    assert [*dialogs.left_behind(found, TIMES)] == []


def test_boxes_that_stay_are_found() -> None:
    found = dialogs.opened(1, "keeps")
    told = [*dialogs.left_behind(found, 1)]
    for kind in ("question", "second_person", "diagnosis"):
        assert [one for one in told if one.startswith(kind) and "widgets" in one], told


def test_each_count_is_told_of() -> None:
    mark = Mark(400, 30_000, 17, 160_000)
    one = Opened("question", mark, mark)
    assert [*dialogs.left_behind((one,), 500)] == []
    worse = replace(one, after=Mark(401, 30_500, 20, 181_000))
    assert [*dialogs.left_behind((worse,), 500)] == [
        "question: 1 widgets stay",
        "question: 500 objects stay",
        "question: descriptors 17 to 20",
        "20 MiB more in memory",
    ]
