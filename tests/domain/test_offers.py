"""Which further papers a case may be given: the shipped file is read, and what it names must be there."""

import pytest

from desk.domain.offers import read_offers
from desk.errors import CatalogRejected
from tests.builders import rules

WORDING = rules().wording
PAPER = next(key for key, plan in WORDING.papers.items() if plan.gaps)
GAP = next(iter(WORDING.papers[PAPER].gaps))
STATES, WORDS = ("accepted",), ("name",)


def told(text: str) -> tuple[str, ...]:
    with pytest.raises(CatalogRejected) as caught:
        read_offers("papers/offers.toml", text.encode(), WORDING, STATES, WORDS)
    return caught.value.faults


def test_an_offer_is_read_and_what_it_names_must_be_there() -> None:
    good = (
        f'[[offer]]\npaper = "{PAPER}"\nstates = ["accepted"]\nvalues = {{ {GAP} = "{{name}}" }}\n'
    )
    [offer] = read_offers("papers/offers.toml", good.encode(), WORDING, STATES, WORDS)
    assert (offer.paper, set(offer.states), dict(offer.values)) == (
        PAPER,
        {"accepted"},
        {GAP: "{name}"},
    )
    assert "没有“nowhere”" in str(told(good.replace("accepted", "nowhere")))
    assert "没有“nothing”" in str(told(good.replace("{name}", "{nothing}")))
    assert "没有“moon”" in str(told(good.replace(f"{GAP} =", "moon =")))
    assert "moon" in str(told(good + 'rows = { moon = "matter" }\n'))
    assert "dragons" in str(told(good.replace(f'"{PAPER}"', '"dragons"')))
