"""What an earlier release wrote is opened and applied by this one, for ever: files are only ever added below `released/`."""

from pathlib import Path

import pytest

from desk.services import case_views, hub_desks, hub_resend, sync
from desk.services.check import check
from desk.services.office import Office
from desk.services.views import CaseFilter
from tests.exchange.make_released import PHONE, RELEASED
from tests.exchange.makers import SITE
from tests.exchange.standing import nodes
from tests.exchange.standing_offices import content, fixed_hub, make_desk
from tests.kept import opened
from tests.services.trips import put, receive

RELEASES = sorted(path for path in RELEASED.iterdir() if path.is_dir())


def states(office: Office) -> list[str]:
    return [row.state for row in case_views.page(office, wanted=CaseFilter(group="all")).rows]


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name)
def test_a_county_takes_what_its_desks_wrote(release: Path, tmp_path: Path) -> None:
    county = opened(fixed_hub(tmp_path / "hub", nodes()["county"]))
    assert hub_desks.enrol(county, path=release / "first.bmenrol").value.step == "new"
    for name in ("first-2.bmq", "first-1.bmq"):
        put(tmp_path / "stick", name, (release / name).read_bytes())
    done = receive(county, tmp_path / "stick")
    assert [(one.outcome, one.refused) for one in done] == [("COMMITTED", ())] * 2
    assert len(states(county)) == 2
    assert hub_desks.enrol(county, path=release / "next.bmenrol").value.step == "successor"
    (tmp_path / "back").mkdir()
    hub_resend.resend(county, site=SITE, window=2, folder=tmp_path / "back")
    put(tmp_path / "next", "next.bmq", (release / "next-1.bmq").read_bytes())
    [one] = receive(county, tmp_path / "next")
    assert (one.outcome, one.refused) == ("COMMITTED", ())
    assert check(county).findings == ()
    county.close()


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name)
def test_a_desk_takes_what_its_county_wrote(release: Path, tmp_path: Path) -> None:
    """The give-back brings the cases, the answer marks the package, the order is carried out, the key list is kept."""
    kept = make_desk(tmp_path, nodes(), (release / "next-1.bmq").read_bytes())
    desk = opened(kept)
    sync.take_county_key(desk, path=release / "county.bmkey")
    told: list[str] = []
    for name in ("resend.bmq", "ack.bmq", "status.bmq", "keys.bmkeys"):
        put(tmp_path / name, name, (release / name).read_bytes())
        read = sync.read_answers(desk, folder=tmp_path / name).value
        assert read.passed_over == ()
        told += read.taken
    assert [
        word for word in ("补发", "回执", "赵县管", "密钥表") if word not in "".join(told)
    ] == []
    rows = case_views.page(desk, wanted=CaseFilter(group="all")).rows
    assert len(rows) == 2
    oldest = case_views.detail(desk, case_id=min(row.id for row in rows))
    assert PHONE[-4:] in repr(oldest.form)
    assert check(desk).findings == ()
    before = content(desk)
    for name in ("resend.bmq", "ack.bmq", "status.bmq"):
        assert sync.read_answers(desk, folder=tmp_path / name).value.taken == ()
    assert content(desk) == before
    desk.close()
