"""Ten thousand events onto a stick, sealed and read back, with a hundred thousand cases in the file."""

from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import delete, func, insert, select

from db.models import Event, PackageOut
from desk.exchange.control_totals import NOTHING
from desk.services import sync
from desk.services.office import Office
from desk.services.sync_send import ACKED
from tests.bench.timing import milliseconds, report, within
from tests.services.trips import enrolled, make_hub

pytestmark = pytest.mark.bench

EVENTS = 10_000


def all_but_the_last_are_sent(office: Office) -> None:
    """As after years of exporting: one package acknowledged that reaches up to the last ten thousand events."""
    with office.writer.begin() as connection:
        connection.execute(delete(PackageOut))
        last = connection.execute(
            select(func.max(Event.n)).where(Event.origin == office.origin)
        ).scalar_one()
        row = {
            "id": UUID(int=7),
            "addressee": "610422",
            "kind": "DATA",
            "epoch": office.epoch,
            "seq": 1,
            "first_n": 1,
            "last_n": last - EVENTS,
            "cases": 0,
            "digest": bytes(32),
            "file_name": "",
            "state": ACKED,
            "made_at": "",
            "written_at": "",
            "acked_at": "",
            "result": {"totals": NOTHING},
        }
        connection.execute(insert(PackageOut), row)


def test_ten_thousand_events_onto_a_stick(big: Office, tmp_path: Path) -> None:
    limit = 2000.0
    stick = tmp_path / "stick"
    stick.mkdir()
    county = make_hub(tmp_path / "hub")
    enrolled(big, county, stick)
    county.close()
    written: list[int] = []

    def measure() -> float:
        all_but_the_last_are_sent(big)

        def export() -> None:
            done = sync.write_packages(
                big, folder=stick, progress=lambda *_: None, cancelled=lambda: False
            )
            written.append(done.value.events)

        return milliseconds(export)

    took = within(limit, measure)
    with big.writer.begin() as connection:
        connection.execute(delete(PackageOut))
    report(f"export of {EVENTS} events, read back", f"{took:.0f} ms", "-", "-", f"{limit:.0f} ms")
    assert set(written) == {EVENTS}
    assert took <= limit
