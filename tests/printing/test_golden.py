"""Every paper on every medium is what it was when somebody last looked at it."""

import pytest

from desk.printing.page import Medium
from desk.printing.printer import render
from tests.printing.golden import FOLDER, KEPT, contents, golden_file
from tests.printing.samples import sample


@pytest.mark.parametrize(("name", "medium"), KEPT)
def test_paper_is_as_kept(name: str, medium: Medium) -> None:
    kept = contents(golden_file(name, medium).read_bytes())
    assert contents(render(sample(name), medium)) == kept, (
        "look at it, then: python -m tests.printing.golden"
    )


def test_no_stray_kept_paper() -> None:
    wanted = {golden_file(name, medium) for name, medium in KEPT}
    assert set(FOLDER.glob("*.pdf")) == wanted


def test_same_paper_gives_same_bytes() -> None:
    assert render(sample("combined"), "A4") == render(sample("combined"), "A4")
