"""Some bits of a package and an answer; and that a reader which does not ask the signature is found out."""

from desk.exchange.receiving import ReaderContext
from tests.exchange.makers import joined, split
from tests.exchange.test_damage import PACKAGE, WORLD, refused
from tests.faults import flips

ROUNDS, SEED = 1_500, 1


def test_every_bit_counts() -> None:
    assert flips.run(ROUNDS, SEED).failures == ()


def test_a_reader_that_does_not_ask_the_signature_is_found_out() -> None:
    """Planted: whoever signs what he was given before he looks whether it is signed."""

    def trusting(data: bytes, reader: ReaderContext) -> bool:
        try:
            header, _signature, ciphertext = split(data)
        except (AssertionError, IndexError):
            return True
        return refused(joined(header, WORLD.desk.signing, ciphertext), reader)

    found = flips.run(ROUNDS, SEED, trusting).failures
    assert len(found) > len(PACKAGE) // 100
