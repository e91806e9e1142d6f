"""Before anything can travel: what is missing, whose key is taken, who is enrolled."""

from dataclasses import replace
from pathlib import Path

import pytest

from desk.errors import NotEnrolled, PackageRefused, StickTrouble, WindowTaken
from desk.exchange import key_code
from desk.exchange.key_files import enrolment_file, parse_county_key, parse_enrolment
from desk.exchange.keys import SigningPair
from desk.services import hub, hub_desks, sync, sync_keys
from desk.services.exchange_keys import own_keys
from desk.services.office import Office
from desk.services.operation import reading
from desk.words.errors import words
from desk.words.exchange import key_code_text
from tests.builders import PROFILE, make_office
from tests.services.trips import OTHER_COUNTY, Trip, enrolled, export, make_hub, on_stick, rows


@pytest.fixture
def office(strangers: Trip) -> Office:
    return strangers.desk


@pytest.fixture
def county(strangers: Trip) -> Office:
    return strangers.hub


@pytest.fixture
def stick(strangers: Trip) -> Path:
    return strangers.stick


def test_the_page_names_one_missing_thing_after_the_other(office: Office, county, stick):
    assert sync.view(office).step == "county_key"
    taken = sync.take_county_key(office, path=hub.write_public_key(county, folder=stick))
    assert taken.changes.packages
    assert (taken.value.step, taken.value.county) == ("enrolment", "三原县数据中心")
    sync.write_enrolment(office, folder=stick)
    view = sync.view(office)
    assert (view.step, view.packages, view.last_text) == ("ready", (), "还没有写出过上报包")
    assert (view.unsent_events, view.unsent_cases) == (6, 1)


def test_without_the_county_key_nothing_is_made(office: Office, stick):
    for attempt in (
        lambda: export(office, stick),
        lambda: sync.read_answers(office, folder=stick),
    ):
        with pytest.raises(NotEnrolled) as caught:
            attempt()
        assert "公钥" in words(caught.value).text
    assert on_stick(stick) == {}
    assert rows(office)["package_out"] == []


def test_a_scanned_key_is_compared_with_the_one_that_is_held(office: Office, county, stick):
    text = key_code.key_code("C", hub.public_key(county).fingerprint)
    with pytest.raises(NotEnrolled):
        sync_keys.compared(office, text=text)
    sync.take_county_key(office, path=hub.write_public_key(county, folder=stick))
    assert sync_keys.compared(office, text=text) == key_code_text(same=True)
    assert sync_keys.compared(office, text="别的") == key_code_text(same=False)


def test_both_sides_show_the_same_six_words(office: Office, county, stick):
    enrolled(office, county, stick)
    view = sync.view(office)
    told = hub_desks.introduce(county, path=next(stick.glob("*.bmenrol")))
    assert (told.site, told.name, told.window) == ("610422001001", "池阳社区", 2)
    assert told.words == view.own_words
    assert hub.key_words(county) == view.county_words
    assert len(set(map(len, (view.own_words, view.county_words)))) == 1 == len(view.own_words[0])
    assert view.own_words != view.county_words


@pytest.mark.parametrize("fault", ["empty", "text", "enrolment", "large", "changed", "cut"])
def test_a_file_that_is_no_county_key_is_refused(office: Office, county, stick, fault):
    good = hub.write_public_key(county, folder=stick)
    body = good.read_bytes()
    faulty = {
        "empty": b"",
        "text": "这不是公钥".encode(),
        "enrolment": (stick / sync.write_enrolment(office, folder=stick).value).read_bytes(),
        "large": body + b" " * 20_000,
        "changed": body.replace("三原县".encode(), "三元县".encode()),
        "cut": body[:-1],
    }
    bad = stick / "bad.bmkey"
    bad.write_bytes(faulty[fault])
    before = rows(office)
    with pytest.raises(PackageRefused) as caught:
        sync.take_county_key(office, path=bad)
    assert caught.value.code == ("DAMAGED" if fault == "changed" else "BAD_FILE")
    assert "没有改动" in words(caught.value).text
    assert rows(office) == before
    assert sync.view(office).step == "county_key"


def test_a_key_that_another_signed_is_refused(office: Office, county, stick):
    """Somebody puts his own sealing key under the county's name."""
    path = hub.write_public_key(county, folder=stick)
    other = make_hub(stick / "other")
    swapped = path.read_bytes().replace(
        hub.public_key(county).sealing.encode(), hub.public_key(other).sealing.encode()
    )
    other.close()
    assert swapped != path.read_bytes()
    path.write_bytes(swapped)
    with pytest.raises(PackageRefused, match="DAMAGED"):
        sync.take_county_key(office, path=path)


def test_a_file_that_is_gone_is_a_matter_of_the_stick(office: Office, county, stick):
    with pytest.raises(StickTrouble) as caught:
        sync.take_county_key(office, path=stick / "gone.bmkey")
    assert caught.value.step == "read"
    with pytest.raises(StickTrouble):
        hub_desks.introduce(county, path=stick / "gone.bmenrol")
    with pytest.raises(StickTrouble):
        sync.write_enrolment(office, folder=stick / "gone")
    assert sync.view(office).step == "county_key"


def test_another_countys_key_replaces_the_first(office: Office, county, stick):
    enrolled(office, county, stick)
    other = make_hub(stick / "other", OTHER_COUNTY)
    sync.take_county_key(office, path=hub.write_public_key(other, folder=stick))
    other.close()
    kept = rows(office)["county_key"]
    assert [parse_county_key(row[2]).node for row in kept] == [OTHER_COUNTY]


def test_enrolling_twice_is_enrolling_once(office: Office, county, stick):
    enrolled(office, county, stick)
    before = rows(county)
    told = hub_desks.enrol(county, path=next(stick.glob("*.bmenrol"))).value
    assert told.known
    assert rows(county) == before
    assert [desk.db_id for desk in hub_desks.enrolments(county)] == [office.origin]


def test_two_computers_cannot_be_the_same_window(office: Office, county, stick):
    enrolled(office, county, stick)
    second = make_office(stick / "second").office
    before = rows(county)
    name = sync.write_enrolment(second, folder=stick).value
    with pytest.raises(WindowTaken) as caught:
        hub_desks.enrol(county, path=stick / name)
    assert (caught.value.name, caught.value.window) == ("池阳社区", 2)
    assert "窗口号" in words(caught.value).text
    second.close()
    assert rows(county) == before


def test_another_window_of_the_same_hall_is_welcome(office: Office, county, stick):
    enrolled(office, county, stick)
    second = make_office(stick / "second", replace(PROFILE, window=3)).office
    enrolled(second, county, stick)
    second.close()
    assert sorted(desk.window for desk in hub_desks.enrolments(county)) == [2, 3]


@pytest.mark.parametrize("site", ["610422001001", "610422001002"])
def test_a_desks_place_cannot_be_taken_by_another_key(office: Office, county, stick, site):
    """The file is signed by itself only, so anybody can write one that names a known database."""
    enrolled(office, county, stick)
    path = next(stick.glob("*.bmenrol"))
    thief = SigningPair.generate()
    forged = replace(parse_enrolment(path.read_bytes()), site=site, window=7, signing=thief.public)
    path.write_bytes(enrolment_file(forged, thief))
    before = rows(county)
    with pytest.raises(PackageRefused, match="UNKNOWN_KEY"):
        hub_desks.enrol(county, path=path)
    assert rows(county) == before


def test_a_damaged_enrolment_is_refused(office: Office, county, stick):
    sync.take_county_key(office, path=hub.write_public_key(county, folder=stick))
    path = stick / sync.write_enrolment(office, folder=stick).value
    path.write_bytes(path.read_bytes().replace("池阳".encode(), "渭阳".encode()))
    with pytest.raises(PackageRefused, match="DAMAGED"):
        hub_desks.introduce(county, path=path)
    assert hub_desks.enrolments(county) == ()


def test_private_keys_are_in_no_file_that_leaves(office: Office, county, stick):
    enrolled(office, county, stick)
    export(office, stick)
    with reading(office) as connection:
        keys = own_keys(connection)
    secrets = [keys.signing.to_bytes(), keys.sealing.to_bytes(), keys.recovery.to_bytes()]
    secrets += [secrets[0].hex().encode()]
    left = [
        path.read_bytes()
        for path in stick.rglob("*")
        if path.suffix in (".bmkey", ".bmenrol", ".bmq")
    ]
    assert len(left) == 3
    assert [secret for secret in secrets if any(secret in data for data in left)] == []
