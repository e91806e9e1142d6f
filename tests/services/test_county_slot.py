"""The county's way in: put where a county is known, renewed with its key, and enough when everything else is lost."""

import io
from dataclasses import replace
from pathlib import Path

import pytest

from desk import keyring
from desk.clock import FixedClock, SystemClock
from desk.console import main
from desk.errors import (
    CountyKeyWrong,
    FieldsRefused,
    NoCountySlot,
    NotFound,
    NotGranted,
    PackageRefused,
    RecoveryKeyWrong,
    SignInRefused,
)
from desk.exchange.keys import SealingPair
from desk.exchange.offline_key import SUFFIX, seal
from desk.keyring import key_file
from desk.paths import OfficePaths
from desk.services import (
    audit_views,
    backup,
    backups,
    data_key,
    hub,
    recover,
    restore,
    setup,
    sign_in,
    sync,
)
from desk.services.audit_views import AuditFilter
from desk.services.case_views import page
from desk.services.office import Office
from desk.services.views import CaseFilter
from tests.builders import MONDAY, PASSWORD, consent, rules
from tests.kept import Kept, closed_files, copied
from tests.services import staff
from tests.services.trips import OFFLINE, Trip

NEW = "泾河南岸新栽的杨树林a1"
PHRASE = "渭河岸边一棵老槐树1"


@pytest.fixture
def desk(enrolled_pair: tuple[Kept, Kept], tmp_path: Path) -> Kept:
    """A desk that knows its county, closed."""
    return copied(enrolled_pair[0], tmp_path / "desk")


@pytest.fixture
def renewed(trip: Trip) -> SealingPair:
    """The county has a new offline key, which the desk has not heard of yet."""
    pair = SealingPair.generate()
    hub.renew_keys(trip.hub, approved_by=consent(trip.hub), recovery=pair.public_half)
    return pair


def opened_by(pair: SealingPair, folder: Path) -> bytes:
    return keyring.open_with_county(folder, pair.to_bytes().decode())


def without_slot(folder: Path) -> None:
    """As an earlier program wrote it."""
    keys = key_file.read(folder)
    key_file.write(folder, replace(keys, edition=keys.edition + 1, county=None))


def signed_in(folder: Path, password: str = PASSWORD, *, read_only: bool = False) -> Office:
    return sign_in.sign_in(
        OfficePaths(folder),
        operator_id=keyring.operators(folder)[0].id,
        password=password,
        clock=FixedClock(MONDAY),
        rules=rules(),
        read_only=read_only,
    )


def by_county(folder: Path, pair: SealingPair = OFFLINE, who: str = "", password: str = NEW) -> str:
    return recover.by_county(
        OfficePaths(folder),
        county=pair,
        operator_id=who or keyring.operators(folder)[0].id,
        password=password,
        clock=FixedClock(MONDAY),
    )


def test_it_is_put_when_the_countys_key_is_taken(strangers: Trip) -> None:
    folder = strangers.desk.paths.folder
    with pytest.raises(NoCountySlot):
        opened_by(OFFLINE, folder)
    path = hub.write_public_key(strangers.hub, folder=strangers.stick)
    sync.take_county_key(strangers.desk, path=path)
    assert keyring.fits(folder, opened_by(OFFLINE, folder))


def test_a_key_that_is_not_taken_puts_none(strangers: Trip) -> None:
    path = hub.write_public_key(strangers.hub, folder=strangers.stick)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(PackageRefused):
        sync.take_county_key(strangers.desk, path=path)
    assert keyring.county_recipient(strangers.desk.paths.folder) == ""


def test_who_may_not_take_the_key_puts_none(strangers: Trip) -> None:
    path = hub.write_public_key(strangers.hub, folder=strangers.stick)
    auditor = staff.add(strangers.desk, "李静", "auditor")
    with staff.signed_in(strangers.desk, auditor) as office, pytest.raises(NotGranted):
        sync.take_county_key(office, path=path)
    assert keyring.county_recipient(strangers.desk.paths.folder) == ""


def test_a_renewed_county_key_takes_its_place(trip: Trip, renewed: SealingPair) -> None:
    folder = trip.desk.paths.folder
    assert keyring.fits(folder, opened_by(OFFLINE, folder))
    sync.take_county_key(trip.desk, path=hub.write_public_key(trip.hub, folder=trip.stick))
    assert keyring.fits(folder, opened_by(renewed, folder))
    with pytest.raises(CountyKeyWrong):
        opened_by(OFFLINE, folder)


def test_the_countys_own_data_has_one_too(trip: Trip) -> None:
    folder, pair = trip.hub.paths.folder, SealingPair.generate()
    assert keyring.fits(folder, opened_by(OFFLINE, folder))
    hub.renew_keys(trip.hub, approved_by=consent(trip.hub))
    assert keyring.fits(folder, opened_by(OFFLINE, folder)), "the offline key stayed"
    hub.renew_keys(trip.hub, approved_by=consent(trip.hub), recovery=pair.public_half)
    assert keyring.fits(folder, opened_by(pair, folder))


@pytest.mark.parametrize("before", ["none", "another"])
def test_signing_in_puts_what_is_missing_or_outdated(desk: Kept, before: str) -> None:
    without_slot(desk.folder)
    if before == "another":
        keyring.put_county(desk.folder, SealingPair.generate().recipient, desk.key)
    at_first = keyring.county_recipient(desk.folder)
    signed_in(desk.folder, read_only=True).close()
    assert keyring.county_recipient(desk.folder) == at_first, "who may not write does not"
    signed_in(desk.folder).close()
    assert opened_by(OFFLINE, desk.folder) == desk.key


def test_a_hall_without_a_county_signs_in_without_one(
    kept_pair: tuple[Kept, Kept], tmp_path: Path
) -> None:
    hall = copied(kept_pair[0], tmp_path / "desk")
    signed_in(hall.folder).close()
    assert keyring.county_recipient(hall.folder) == ""
    with pytest.raises(NoCountySlot):
        by_county(hall.folder)


def test_a_new_data_key_is_sealed_to_the_county(desk: Kept) -> None:
    own = (keyring.operators(desk.folder)[0].id, PASSWORD)
    with closed_files():
        prepared = data_key.prepare(
            OfficePaths(desk.folder), own=own, second=own, clock=FixedClock(MONDAY), rules=rules()
        )
        data_key.prove(prepared, typed=prepared.recovery_key)
        data_key.finish(prepared)
    assert opened_by(OFFLINE, desk.folder) == prepared.key != desk.key
    assert keyring.is_proved(desk.folder)


def test_with_everything_lost_the_county_lets_people_in_again(desk: Kept) -> None:
    paths = OfficePaths(desk.folder)
    printed = by_county(desk.folder)
    with pytest.raises(SignInRefused):
        signed_in(desk.folder)
    assert setup.state(paths) == "unproved", "the new paper is to be typed back"
    setup.prove_recovery(paths, typed=printed)
    office = signed_in(desk.folder, NEW)
    try:
        rows = audit_views.page(office, wanted=AuditFilter("key")).rows
        assert "县里用离线恢复密钥设了新密码，换了恢复密钥" in rows[0].facts
        assert len(page(office, wanted=CaseFilter(group="all")).rows) == 1
    finally:
        office.close()


def test_the_former_paper_opens_nothing_any_more(desk: Kept) -> None:
    before = keyring.renew_recovery(desk.folder, desk.key)
    by_county(desk.folder)
    with pytest.raises(RecoveryKeyWrong):
        keyring.open_with_recovery(desk.folder, before)
    assert opened_by(OFFLINE, desk.folder) == desk.key, "the county's own way stays"


def test_what_does_not_fit_changes_nothing(desk: Kept) -> None:
    before = (desk.folder / "keys.json").read_bytes()
    with pytest.raises(CountyKeyWrong):
        by_county(desk.folder, SealingPair.generate())
    with pytest.raises(NotFound):
        by_county(desk.folder, who="00" * 16)
    with pytest.raises(FieldsRefused):
        by_county(desk.folder, password="12345678")
    assert (desk.folder / "keys.json").read_bytes() == before


def test_a_restored_backup_opens(desk: Kept, tmp_path: Path) -> None:
    """The backup alone on another computer, its passwords and its paper unknown."""
    office = signed_in(desk.folder)
    backup.make(office, why="hand")
    office.close()
    [made] = backups.listed(OfficePaths(desk.folder).backups)
    elsewhere = OfficePaths(tmp_path / "elsewhere")
    key = opened_by(OFFLINE, made.folder)
    with closed_files():
        prepared = restore.prepare(
            elsewhere, backup=made, key=key, clock=FixedClock(MONDAY), rules=rules()
        )
        restore.finish(prepared, at="20261123-120000")
    by_county(elsewhere.folder)
    signed_in(elsewhere.folder, NEW).close()
    assert opened_by(OFFLINE, elsewhere.folder) == desk.key


@pytest.mark.parametrize("way", ["file", "paper"])
def test_the_command_takes_the_key_as_the_county_has_it(
    desk: Kept,
    tmp_path: Path,
    way: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / f"recovery-610422{SUFFIX}"
    path.write_bytes(seal(OFFLINE, PHRASE))
    typed = PHRASE if way == "file" else OFFLINE.to_bytes().decode().lower()
    words = ["recover", str(desk.folder), "--password-stdin", "--county-key"]
    words += [str(path)] if way == "file" else []

    monkeypatch.setattr("sys.stdin", io.StringIO(f"{typed}x\n{NEW}\n"))
    assert main(words) == 2
    assert "口令不对" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{typed}\n{NEW}\n"))
    assert main(words) == 0
    done, key, _prove = capsys.readouterr().out.splitlines()
    assert done.startswith("王敏 的密码已经换好")
    assert keyring.open_with_recovery(desk.folder, key.partition("：")[2]) == desk.key
    sign_in.sign_in(
        OfficePaths(desk.folder),
        operator_id=desk.operator.hex,
        password=NEW,
        clock=SystemClock(),
        rules=rules(),
    ).close()
