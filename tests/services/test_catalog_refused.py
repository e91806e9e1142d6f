"""What a desk does not take as its catalogue, and what a county cannot publish: said in a sentence, nothing changed."""

import json
import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from desk.domain.canonical import canonical
from desk.errors import CatalogRejected
from desk.exchange import roots
from desk.exchange.catalog_body import LIMITS, MAX_BYTES, MAX_FILE, MAX_FILES, Release
from desk.exchange.keys import SigningPair
from desk.exchange.roots import RootList
from desk.services import catalog_publish, hub, hub_desks, hub_down, root_lists, sync
from tests.builders import rules
from tests.services.editions import (
    CIVIL,
    HEAD,
    Edit,
    brought,
    edition,
    planned,
    published,
    sent,
    without,
    write_tree,
)
from tests.services.trips import OTHER_COUNTY, Trip, make_hub, on_stick, put, rows

NAMED = (CIVIL, 'short_name = "高龄补贴申请"', 'short_name = "高龄老人补贴"')


def refused(trip: Trip, stick: Path) -> str:
    """The one sentence said of what lies there; not a row may change."""
    before = rows(trip.desk)
    told = trip.answers(stick)
    assert told.taken == ()
    assert rows(trip.desk) == before
    [sentence] = told.passed_over
    return sentence


@pytest.fixture
def release(trip: Trip) -> Release:
    """A good release, planned and not published."""
    return planned(trip.hub, trip.folder / "good", edition(2, NAMED)).release


def test_a_tampered_package(trip: Trip):
    published(trip, edition(2, NAMED))
    stick = trip.new_stick("bad")
    hub_down.put_all(trip.hub, stick, catalog=0)
    [(name, data)] = on_stick(stick, "catalog-").items()
    put(stick, name, data[:-40] + bytes(40))
    assert "坏了" in refused(trip, stick)


def test_another_countys_catalogue(trip: Trip):
    """Signed rightly, by somebody this desk does not know."""
    other = make_hub(trip.folder / "other", code=OTHER_COUNTY)
    trip.opened.append(other)
    name = sync.write_enrolment(trip.desk, folder=trip.folder).value
    hub_desks.enrol(other, path=trip.folder / name)
    ready = planned(other, trip.folder / "theirs", edition(2, NAMED))
    catalog_publish.publish(other, ready=ready)
    stick = trip.new_stick("theirs-stick")
    hub_down.put_all(other, stick, catalog=0)
    assert "不认识发送单位的密钥" in refused(trip, stick)


def test_a_release_that_names_another_county(trip: Trip, release: Release):
    stick = sent(trip, replace(release, county="610999").to_bytes())
    assert "别的县" in refused(trip, stick)


def noise(size: int) -> bytes:
    """Bytes that pack no better than chance."""
    return random.Random(7).randbytes(size)


def test_a_package_larger_than_any_catalogue_is_refused_before_it_is_opened(trip: Trip):
    assert "太大" in refused(trip, sent(trip, noise(LIMITS.file + 1)))


def test_a_body_larger_than_any_catalogue_is_refused_while_it_is_unpacked(trip: Trip):
    """A small package that grows: no more of it is held than a catalogue may be."""
    piece = noise(2 << 20)
    body = piece * (MAX_BYTES // len(piece) + 1)
    assert "坏了" in refused(trip, sent(trip, body))


@pytest.mark.parametrize(
    "broken",
    [b"[]", b"{}", b"\xff\xfe", b'{"format":"bianmin-catalog"}', b"{" * 5000],
)
def test_no_catalogue_at_all(trip: Trip, broken: bytes):
    assert "坏了" in refused(trip, sent(trip, broken))


def changed(good: Release, **values: Any) -> bytes:
    """The body with other values, in its canonical form."""
    body = json.loads(good.to_bytes())
    return canonical({**body, **values})


def test_a_newer_form_wants_a_newer_program(trip: Trip, release: Release):
    assert "新版程序" in refused(trip, sent(trip, changed(release, version=2)))


@pytest.mark.parametrize(
    "files",
    [
        [["../catalog/catalog.toml", "x"]],
        [["/etc/passwd.toml", "x"]],
        [["catalog/items\\civil.toml", "x"]],
        [["catalog/Items.toml", "x"]],
        [["codes/make_pinyin.py", "x"]],
        [["codes/sex.toml", "x"], ["codes/sex.toml", "y"]],
        [["codes/sex.toml", "x"], ["codes/banks.toml", "y"]],
        [["codes/sex.toml"]],
        [["codes/sex.toml", 5]],
        "files",
    ],
)
def test_names_that_are_none(trip: Trip, release: Release, files: object):
    """No name out of a package ever comes near a disk, and odd ones are not even kept."""
    assert "坏了" in refused(trip, sent(trip, changed(release, files=files)))
    assert not list(trip.folder.rglob("passwd*"))


@pytest.mark.parametrize(
    "values",
    [
        {"effective_from": "2026-13-01"},
        {"effective_from": "soon"},
        {"valid_through": "2026-01-01"},
        {"valid_through": 5},
        {"release": 0},
        {"release": True},
        {"release": 2**40},
        {"made_at": "today"},
        {"blocks": [["610422001001", 0, "00" * 16]]},
        {"revoked": [["00", "2026-01-01"]]},
        {"surplus": 1},
    ],
)
def test_values_that_are_none(trip: Trip, release: Release, values: dict[str, object]):
    assert "坏了" in refused(trip, sent(trip, changed(release, **values)))


@pytest.mark.parametrize(
    "edit",
    [
        (CIVIL, "promised_days = 15", "promised_days = -1"),
        (CIVIL, 'workflow = "application"', 'workflow = "none"'),
        (CIVIL, "[[item]]", "[[item"),
        ("holidays/2026.json", '"year": 2026', '"year": "x"'),
        ("papers/receipt_slip.toml", "[[block]]", "[[bloc]]"),
        ("forms/offers.toml", "paper", "papier"),
        ("codes/regions.toml", "entries", "entrees"),
    ],
)
def test_a_broken_edition_of_the_countys_own(trip: Trip, release: Release, edit: Edit):
    """Rightly signed; but this program reads it as strictly as the county's should have."""
    name, old, new = edit
    body = release.files[name].replace(old.encode(), new.encode())
    assert body != release.files[name]
    stick = sent(trip, replace(release, files={**release.files, name: body}).to_bytes())
    said = refused(trip, stick)
    assert "读不懂，没有采用，原来的照用" in said
    assert trip.desk.catalog.version == 1


def test_a_version_that_is_not_the_files(trip: Trip, release: Release):
    assert "读不懂" in refused(trip, sent(trip, replace(release, release=7).to_bytes()))


def test_the_same_version_with_other_content_is_an_alarm(trip: Trip, release: Release):
    published(trip, edition(2, NAMED))
    brought(trip)
    stick = sent(trip, replace(release, effective_from="2026-11-30").to_bytes())
    assert "打电话向县里核对" in refused(trip, stick)


def faults(trip: Trip, files: dict[str, bytes], **dates: object) -> tuple[str, ...]:
    """Why the county cannot publish these files; not a row may change."""
    before = rows(trip.hub)
    with pytest.raises(CatalogRejected) as rejected:
        planned(trip.hub, trip.folder / "tree", files, **dates)  # type: ignore[arg-type]
    assert rows(trip.hub) == before
    return rejected.value.faults


def test_a_county_is_told_every_fault(trip: Trip):
    files = edition(2, (CIVIL, "promised_days = 15", "promised_days = -1"))
    assert len(faults(trip, files)) == 3
    assert all(CIVIL in fault for fault in faults(trip, files))


def test_a_version_must_rise(trip: Trip):
    assert "要比以前发布的第 1 版大" in faults(trip, edition(1))[0]
    published(trip, edition(3))
    assert "要比以前发布的第 3 版大" in faults(trip, edition(3, NAMED))[0]


def test_dates_must_be_possible(trip: Trip):
    today = trip.hub.today
    assert "已经过去" in faults(trip, edition(2), begins=today - timedelta(days=1))[0]
    assert "早于起用日期" in faults(trip, edition(2), days=-1)[0]


@pytest.mark.parametrize(
    ("edit", "word"),
    [
        ((HEAD, '  { key = "assisted", label = "帮办代办" },\n', ""), "assisted"),
        (("catalog/workflows/application.toml", 'key = "void"', 'key = "gone"'), "void"),
    ],
)
def test_what_is_on_file_keeps_its_words(trip: Trip, edit: Edit, word: str):
    """A line, a state: cases stand in them."""
    assert any(word in fault for fault in faults(trip, edition(2, edit)))


def more_of_everything() -> dict[str, bytes]:
    """An edition with a line, a county, a life-cycle and a state more than the shipped one."""
    imported, county = "catalog/workflows/imported.toml", "catalog/counties/610431.toml"
    state = 'state = [\n{ key = "weighed", label = "称过", phase = "closed", clock = "stop", tone = "plain" },'
    weigh = 'action = [{ key = "weigh", label = "称", sources = ["filed"], target = "weighed", who = "desk" }]'
    own = rules().source
    return edition(
        2,
        (HEAD, "lines = [", 'lines = [\n  { key = "rivers", label = "河湖" },'),
        (imported, "state = [", f"{weigh}\n{state}"),
        more={
            "catalog/workflows/older.toml": own[imported].replace(b'"imported"', b'"older"'),
            "catalog/counties/610999.toml": own[county].replace(b"610431", b"610999"),
        },
    )


def test_what_a_county_added_itself_stays_too(trip: Trip):
    """Each is named that the next edition would lose; that for counties without a file is always there."""
    published(trip, more_of_everything())
    bare = edition(3)
    for name in ("catalog/counties/000000.toml", "layouts/transfer_receipt.toml"):
        del bare[name]
    lost = " ".join(faults(trip, bare))
    for word in ("rivers", "610999", "older", "imported.weighed", "000000", "transfer_receipt"):
        assert word in lost


def test_an_item_goes_only_by_name(trip: Trip):
    [fault] = faults(trip, without(edition(2), "BB-KD-01"))
    assert "BB-KD-01 不见了" in fault


def test_a_paper_the_program_needs_cannot_go(trip: Trip):
    files = edition(2)
    del files["papers/recovery_key.toml"]
    assert any("recovery_key" in fault for fault in faults(trip, files))


@pytest.mark.parametrize(
    ("name", "body", "word"),
    [
        ("codes/Große.toml", b"title = 1", "文件名"),
        ("codes/more.txt", b"x", "文件名"),
        ("codes/large.toml", b"#" * (MAX_FILE + 1), "太大"),
        ("codes/latin.toml", b"# \xff", "UTF-8"),
    ],
)
def test_files_that_cannot_be_part_of_a_release(trip: Trip, name: str, body: bytes, word: str):
    [fault] = faults(trip, edition(2) | {name: body})
    assert name in fault
    assert word in fault


def test_links_and_what_made_the_files_stay_out(trip: Trip, tmp_path: Path):
    folder = write_tree(trip.folder / "tree", edition(2) | {"codes/make_x.py": b"1"})
    (folder / "codes" / "link.toml").symlink_to(folder / "codes" / "sex.toml")
    (folder / "codes" / ".hidden.toml").write_bytes(b"?")
    assert catalog_publish.read_folder(folder) == edition(2)
    (folder / "ledgers").rename(tmp_path / "elsewhere")
    (folder / "ledgers").symlink_to(tmp_path / "elsewhere")
    read = catalog_publish.read_folder(folder)
    assert edition(2).keys() - read.keys() == {
        name for name in edition(2) if name.startswith("ledgers/")
    }


def test_far_too_many_files_are_not_all_read(tmp_path: Path):
    (tmp_path / "codes").mkdir()
    for number in range(MAX_FILES + 1):
        (tmp_path / "codes" / f"x{number}.toml").touch()
    with pytest.raises(CatalogRejected) as rejected:
        catalog_publish.read_folder(tmp_path)
    assert len(rejected.value.faults) == 1


def test_only_one_of_two_plans_is_published(trip: Trip):
    one = planned(trip.hub, trip.folder / "one", edition(2))
    other = planned(trip.hub, trip.folder / "other", edition(2, NAMED))
    catalog_publish.publish(trip.hub, ready=one)
    with pytest.raises(CatalogRejected):
        catalog_publish.publish(trip.hub, ready=other)


def test_a_day_that_is_far_off_is_no_fault(trip: Trip):
    ready = planned(trip.hub, trip.folder / "far", edition(2), begins=date(2030, 1, 1))
    assert ready.release.effective_from == "2030-01-01"


def test_a_key_the_root_list_does_not_name_for_catalogues(trip: Trip):
    """It may acknowledge; what the rules are is another role's to say."""
    pairs = [SigningPair.generate() for _ in range(3)]
    signer, other = hub.public_key(trip.hub).signing, SigningPair.generate().public
    keys = tuple(pair.public for pair in pairs)
    listed = RootList("610422", 1, keys, (signer,), (other,), "2026-01-01", "2028-01-01")
    for pair in pairs:
        listed = roots.signed(listed, pair)
    root_lists.take(trip.desk, "610422", listed)
    published(trip, edition(2, NAMED))
    stick = trip.new_stick("roles")
    hub_down.put_all(trip.hub, stick, catalog=0)
    assert "密钥" in refused(trip, stick)
    trip.export()
    assert trip.outcomes() == ["COMMITTED"]
    assert any("回执已收到" in one for one in trip.answers().taken)
