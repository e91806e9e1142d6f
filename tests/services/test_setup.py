"""First start: what is taken for a hall and its first operator, and the key that must be typed back."""

from dataclasses import replace
from pathlib import Path

import pytest

from desk.clock import FixedClock
from desk.errors import FieldsRefused, OfficeBusy, RecoveryKeyWrong
from desk.paths import OfficePaths
from desk.services import setup, sign_in
from desk.services.check import check
from desk.services.setup import Created, HallProfile
from tests.builders import MONDAY, PASSWORD, PROFILE, QUICK, make_office, rules, take_in
from tests.services import deeds

LONG = "长" * 200_000


def create(folder: Path, profile: HallProfile = PROFILE, name: str = "王敏") -> Created:
    return setup.create_office(
        OfficePaths(folder),
        profile=profile,
        operator_name=name,
        password=PASSWORD,
        clock=FixedClock(MONDAY),
        rules=rules(),
        params=QUICK,
    )


def test_a_folder_goes_from_empty_to_ready(tmp_path: Path) -> None:
    """Empty, made, its key typed back."""
    paths = OfficePaths(tmp_path / "office")
    assert setup.state(paths) == "empty"
    made = make_office(paths.folder, proved=False)
    assert setup.state(paths) == "unproved"
    setup.prove_recovery(paths, typed=made.recovery_key.lower().replace("-", " "))
    assert setup.state(paths) == "ready"
    made.office.close()


@pytest.mark.parametrize("group", range(1, 9))
def test_the_wrong_group_of_a_recovery_key_is_named(tmp_path: Path, group: int) -> None:
    """A clerk looks at one group, not at forty characters; nothing is taken as proved."""
    made = make_office(tmp_path / "office", proved=False)
    groups = made.recovery_key.split("-")
    first = groups[group - 1][0]
    groups[group - 1] = ("2" if first != "2" else "3") + groups[group - 1][1:]
    with pytest.raises(RecoveryKeyWrong) as wrong:
        setup.prove_recovery(made.office.paths, typed="-".join(groups))
    assert wrong.value.group == group
    assert setup.state(made.office.paths) == "unproved"
    made.office.close()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"community_name": " \x00 "}, ("community_name", "required")),
        ({"community_name": LONG}, ("community_name", "too_long")),
        ({"community_code": "61042200100"}, ("community_code", "community_code_12")),
        ({"community_code": "６１０４２２００１００１"}, ("community_code", "community_code_12")),
        ({"community_code": "61042200100\x00"}, ("community_code", "community_code_12")),
        ({"window": 0}, ("window", "window_1_99")),
        ({"window": 100}, ("window", "window_1_99")),
        ({"street": LONG}, ("street", "too_long")),
        ({"phone": LONG}, ("phone", "too_long")),
        ({"complaint_phone": LONG}, ("complaint_phone", "too_long")),
        ({"hours": LONG}, ("hours", "too_long")),
        ({"address": LONG}, ("address", "too_long")),
    ],
)
def test_a_profile_that_cannot_be_taken_makes_no_office(
    tmp_path: Path, changes: dict[str, object], problem: tuple[str, str]
) -> None:
    """The field is named and the folder stays empty."""
    profile = replace(PROFILE, **changes)  # type: ignore[arg-type]
    with pytest.raises(FieldsRefused) as refused:
        create(tmp_path / "office", profile)
    assert [(p.field, p.code) for p in refused.value.problems] == [problem]
    assert setup.state(OfficePaths(tmp_path / "office")) == "empty"
    assert not (tmp_path / "office").exists()


@pytest.mark.parametrize("name", ["", " \n ", "\x00", LONG])
def test_an_operator_has_a_name_that_fits(tmp_path: Path, name: str) -> None:
    """Named by its field."""
    with pytest.raises(FieldsRefused) as refused:
        create(tmp_path / "office", name=name)
    assert [problem.field for problem in refused.value.problems] == ["operator_name"]


@pytest.mark.parametrize("password", ["", "short", "1234567890", "池阳社区池阳社区", "王敏王敏"])
def test_a_guessable_password_is_refused(password: str) -> None:
    """Too short, digits alone, words of the hall."""
    assert setup.check_operator("王敏", password, PROFILE, rules().catalog) != ()


def test_a_second_office_is_never_put_over_the_first(tmp_path: Path) -> None:
    """Neither while it is open nor when it is closed; what was there is there."""
    made = make_office(tmp_path / "office")
    done = take_in(made.office)
    with pytest.raises(OfficeBusy):
        create(tmp_path / "office")
    made.office.close()
    with pytest.raises(FileExistsError):
        create(tmp_path / "office")
    again = sign_in.sign_in(
        OfficePaths(tmp_path / "office"),
        operator_id=made.operator_id.hex,
        password=PASSWORD,
        clock=FixedClock(MONDAY),
        rules=rules(),
    )
    assert deeds.detail(again, done).numbers == (done.number,)
    again.close()


def test_papers_carry_the_profile(tmp_path: Path) -> None:
    """Hall, brand, window, telephone."""
    profile = replace(PROFILE, address="池阳路 1 号", window=7)
    made = make_office(tmp_path / "office", profile).office
    text = deeds.paper(made, take_in(made).document)
    for word in ("池阳社区便民服务大厅", "同心三原", "029-32280000", "12345", "7 号窗口"):
        assert word in text
    made.close()


def test_a_county_without_a_file_of_its_own_is_others(tmp_path: Path) -> None:
    """Amounts that nobody confirmed are not invented."""
    made = create(tmp_path / "office", replace(PROFILE, county="999999")).office
    assert made.county.code == "000000"
    assert check(made).findings == ()
    made.close()


def test_the_named_counties_come_first() -> None:
    """其他 stands last."""
    codes = [county.code for county in setup.counties(rules().catalog)]
    assert codes == ["610422", "610423", "610431", "000000"]


def test_a_set_up_that_was_cut_short_begins_again(
    tmp_path: Path, database_files_closed: None
) -> None:
    """Power gone before the keys stood: what lies there belongs to nobody; it is put aside, not deleted."""
    paths = OfficePaths(tmp_path / "office")
    create(paths.folder).office.close()
    left = paths.database.read_bytes()
    for path in paths.folder.glob("keys.json*"):
        path.unlink()
    assert setup.state(paths) == "empty"
    made = make_office(paths.folder)
    take_in(made.office)
    assert check(made.office).findings == ()
    made.office.close()
    [aside] = paths.folder.glob("desk-*.db")
    assert aside.read_bytes() == left
