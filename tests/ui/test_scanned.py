"""A scanner types the county's acknowledgement or a key into the search box."""

from pathlib import Path

import pytest

from desk.exchange.key_code import key_code
from desk.services import hub, hub_ack_code, hub_answer, hub_desks, sync
from tests.services.trips import export, make_hub
from tests.ui.test_receipt import Noted, scan


@pytest.fixture
def county(tmp_path, office):
    """A county that took this desk's first package; its key is here."""
    stick: Path = tmp_path / "stick"
    stick.mkdir()
    made = make_hub(tmp_path / "hub")
    sync.take_county_key(office, path=hub.write_public_key(made, folder=stick))
    hub_desks.enrol(made, path=stick / sync.write_enrolment(office, folder=stick).value)
    export(office, stick)
    hub_answer.receive(made, folder=stick, tell=lambda _one: None)
    yield made
    made.close()


@pytest.fixture
def ready(window):
    window.navigation.adopt("today", Noted())
    window.go("today")
    return window


def told(qtbot, window) -> str:
    """What the toast says, once it comes."""

    def said() -> list[str]:
        return [one.title for one in window.notices.shown if one.kind == "toast"]

    qtbot.waitUntil(lambda: bool(said()), timeout=5000)
    return said()[-1]


def test_a_scanned_acknowledgement_marks_the_packages(qtbot, office, county, ready):
    code = hub_ack_code.ack_code(county, site="610422001001", window=2)
    scan(qtbot, ready, code.text)
    assert told(qtbot, ready).startswith("第 1 号包的回执已收到")
    assert sync.view(office).packages[0].state == "已回执"
    assert ready.bar.search.text() == ""


def test_a_scanned_key_is_compared(qtbot, county, ready):
    scan(qtbot, ready, key_code("C", bytes(32)))
    assert "不是同一把" in told(qtbot, ready)
