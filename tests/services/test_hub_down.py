"""Whatever a county writes for its desks, what else it has for them goes along: orders, keys, the catalogue."""

from pathlib import Path

import pytest

from desk.domain.canonical import canonical
from desk.errors import PackageRefused
from desk.exchange.keys import SigningPair
from desk.exchange.keys_body import Keys, read_keys, write_keys
from desk.services import (
    case_views,
    hub_desks,
    hub_down,
    hub_resend,
    orders,
    root_lists,
    sync,
    sync_trial,
)
from desk.services.operation import reading
from desk.services.views import CaseFilter
from tests.exchange.makers import SITE
from tests.services.trips import Trip, on_stick, put, revoked

pytestmark = pytest.mark.both_engines
LISTED = "县里的第 {} 版密钥表已收下，1 个窗口的回执都能当场核对真假。"


def ordered(trip: Trip) -> None:
    """The county knows the desk's case and asks for something."""
    trip.export()
    assert trip.outcomes() == ["COMMITTED"]
    [row] = case_views.page(trip.hub, wanted=CaseFilter(group="all")).rows
    item = trip.hub.catalog.item("MZ-GL-01")
    field = next(one for one in item.fields if one.owner == "site" and not one.derive)
    orders.give_request(trip.hub, case_id=row.id, field=field.key, reason="请核对")


def kinds(stick: Path) -> set[str]:
    return {name.partition("-")[0] for name in on_stick(stick) if name.endswith(".bmq")}


def test_the_lists_come_as_a_package(trip: Trip) -> None:
    """Taken once; the same one again is no news, and a newer one is."""
    stick = trip.new_stick("keys")
    [desk] = hub_desks.enrolments(trip.hub)
    hub_down.put_keys(trip.hub, (desk,), stick)
    assert kinds(stick) == {"keys"}
    assert sync_trial.look_inside(trip.desk, folder=stick).taken == ("县里签了名的密钥表 1 份。",)
    assert trip.answers(stick).taken == (LISTED.format(1),)
    again = trip.answers(stick)
    assert (again.taken, again.passed_over) == ((), ())
    before = on_stick(stick)
    hub_down.put_keys(trip.hub, (desk,), stick)
    assert on_stick(stick) == before, "the same package while it says the same"


def test_root_lists_go_along_with_the_keys(trip: Trip) -> None:
    """The desk holds the list before it looks at what the package's key list says."""
    root_lists.establish(trip.hub, pairs=[SigningPair.generate() for _ in range(3)])
    stick = trip.new_stick("keys")
    [desk] = hub_desks.enrolments(trip.hub)
    hub_down.put_keys(trip.hub, (desk,), stick)
    told = trip.answers(stick)
    assert [("根密钥表" in one, "密钥表" in one) for one in told.taken] == [
        (True, True),
        (False, True),
    ]
    with reading(trip.desk) as connection:
        held = root_lists.held(connection, "610422")
    assert held is not None
    assert held.number == 1


@pytest.mark.parametrize("deed", ["receive", "publish", "resend", "ack"])
def test_orders_go_along_with_everything(trip: Trip, deed: str) -> None:
    ordered(trip)
    stick = trip.new_stick("next")
    match deed:
        case "receive":
            for name, data in on_stick(trip.stick, "data-").items():
                put(stick, name, data)
            assert trip.outcomes(stick) == ["ALREADY"]
        case "publish":
            assert hub_down.put_all(trip.hub, stick, catalog=0) == 0
        case "resend":
            hub_resend.resend(trip.hub, site=SITE, window=2, folder=stick)
        case "ack":
            hub_down.put_at(trip.hub, site=SITE, window=2, folder=stick)
    assert "status" in kinds(stick)
    assert any("赵县管" in one for one in trip.answers(stick).taken)


def test_nothing_goes_to_a_window_that_is_revoked(trip: Trip) -> None:
    revoked(trip.hub, "丢失")
    stick = trip.new_stick("none")
    assert hub_down.put_all(trip.hub, stick, catalog=0) == 0
    assert on_stick(stick) == {}


BODY = write_keys(b"list", (b"one", b"two"))


def test_the_body_is_read_as_it_was_written() -> None:
    assert read_keys(BODY) == Keys(b"list", (b"one", b"two"))


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        BODY[:-1],
        canonical({"list": 1, "roots": []}),
        canonical({"list": "", "roots": [1]}),
        canonical({"list": "", "roots": [], "more": 1}),
        canonical({"list": "", "roots": ["x" * (65 << 10)]}),
        canonical({"list": "", "roots": [""] * 201}),
    ],
    ids=["empty", "cut", "number", "numbers", "more", "long", "many"],
)
def test_another_body_is_damaged(body: bytes) -> None:
    with pytest.raises(PackageRefused, match="DAMAGED"):
        read_keys(body)


def test_a_forged_list_within_a_package_is_said_and_not_taken(trip: Trip) -> None:
    """The package is the county's; the list is not signed as it must be."""
    from desk.services import hub_send

    [desk] = hub_desks.enrolments(trip.hub)
    stick = trip.new_stick("forged")
    hub_send.put(trip.hub, desk, "KEYS", write_keys(b"{}"), {"number": 9}, stick)
    told = sync.read_answers(trip.desk, folder=stick).value
    assert told.taken == ()
    assert told.passed_over == ("密钥表文件没有写完整，没有采用。请让县里重新拷一份。",)
