"""The big office is a true one: looked at in small, nothing is found."""

from pathlib import Path

import pytest

from desk.services.check import check
from tests.bench.big_office import make_big_office, open_big_office

pytestmark = pytest.mark.bench


def test_a_small_one_is_without_findings(tmp_path: Path) -> None:
    make_big_office(tmp_path / "small", 300)
    office = open_big_office(tmp_path / "small")
    report = check(office)
    office.close()
    assert report.findings == ()
    assert report.events > 900
