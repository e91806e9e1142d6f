"""Every paper on every medium is what it was when somebody last looked at it."""

import pytest

from desk.printing.media import Medium
from desk.printing.printer import render
from tests.printing.form_samples import DRAWN
from tests.printing.golden import (
    KEPT,
    PRINTED,
    contents,
    drawn_file,
    golden_file,
    kept_files,
    kept_print,
    print_file,
    wanted_files,
)
from tests.printing.samples import sample


@pytest.mark.parametrize(("name", "medium"), KEPT)
def test_paper_is_as_kept(name: str, medium: Medium) -> None:
    kept = contents(golden_file(name, medium).read_bytes())
    assert contents(render(sample(name), medium)) == kept, (
        "look at it, then: python -m tests.printing.golden"
    )


@pytest.mark.parametrize(("name", "medium"), PRINTED)
def test_paper_on_a_lesser_medium_is_as_kept(name: str, medium: Medium) -> None:
    kept = print_file(name, medium).read_text(encoding="utf-8")
    assert kept_print(render(sample(name), medium)) == kept, (
        "look at it, then: python -m tests.printing.golden"
    )


@pytest.mark.parametrize("name", DRAWN)
def test_letter_or_form_is_as_kept(name: str) -> None:
    kept = contents(drawn_file(name).read_bytes())
    assert contents(DRAWN[name]()) == kept, "look at it, then: python -m tests.printing.golden"


def test_no_stray_kept_paper() -> None:
    assert kept_files() == wanted_files()


def test_same_paper_gives_same_bytes() -> None:
    assert render(sample("combined"), "A4") == render(sample("combined"), "A4")
