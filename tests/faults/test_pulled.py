"""Some operations of an export and of an answer at which the stick goes; and that writing in place is found out."""

import pytest

from tests.faults import pulled, shim

pytestmark = pytest.mark.skipif(not shim.is_here(), reason="a library is preloaded on Linux alone")

SEED = 1


def test_a_stick_that_goes_and_comes_back_costs_nothing() -> None:
    assert pulled.run(5, SEED).failures == ()


def test_a_package_written_in_place_is_found_out() -> None:
    """Planted: `writes_plainly`."""
    failures = pulled.run(5, SEED, ("plainly",)).failures
    assert any("BAD_FILE" in one or "DAMAGED" in one for one in failures)
