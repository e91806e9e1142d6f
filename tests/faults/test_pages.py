"""Some damages of each kind; and that a check which does not look at every page is found out."""

from desk.services.office import Office
from tests.faults import pages

ROUNDS, SEED = 42, 1


def test_every_damage_is_seen() -> None:
    figure = pages.run(ROUNDS, SEED)
    assert figure.failures == ()
    assert "seen at the start" in figure.said


def test_a_check_that_looks_at_no_page_is_found_out() -> None:
    """Planted: whatever opens is called sound."""

    def trusting(_office: Office) -> bool:
        return False

    assert pages.run(len(pages.DEEDS), SEED, trusting).failures
