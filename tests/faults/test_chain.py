"""The log under another hand, some rounds of it; and that a look which trusts what hashes say of themselves is found out."""

from desk.domain import events
from desk.services import chain as product
from desk.services.event_store import read_events
from desk.services.office import Office
from desk.services.operation import reading
from tests.faults import chain

ROUNDS, SEED = 50, 1


def test_every_deed_shows() -> None:
    assert chain.run(ROUNDS, SEED).failures == ()


def test_a_look_at_the_links_alone_is_found_out() -> None:
    """Planted: whoever follows the links and never asks whether a row fits its hash."""

    def links_alone(office: Office) -> bool:
        before = events.GENESIS
        with reading(office) as connection:
            for record in read_events(connection):
                if record.prev != before:
                    return True
                before = record.hash
        return False

    found = chain.run(ROUNDS, SEED, links_alone).failures
    assert any("edited" in one for one in found)
    assert any("cut" in one for one in found)


def test_a_look_at_the_last_few_is_found_out() -> None:
    """Planted: the start's look taken for all of it."""

    def last_few(office: Office) -> bool:
        return bool(product.check_start(office, most=5).faults)

    assert chain.run(ROUNDS, SEED, last_few).failures
