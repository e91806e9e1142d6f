"""Another data key: all of it is there under the new one, nothing opens by the old, whatever moment it is cut short."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from desk import keyring
from desk.clock import FixedClock
from desk.errors import (
    Cancelled,
    NeedsSecondPerson,
    NotGranted,
    OfficeBusy,
    OfficeDamaged,
    RecoveryKeyWrong,
    SignInRefused,
    StoreUnfit,
)
from desk.keyring.key_file import NAMES
from desk.paths import OfficePaths
from desk.services import (
    attachments,
    audit_views,
    backup,
    backups,
    case_views,
    data_key,
    operators,
    rescue,
    restore,
    second_person,
    sign_in,
)
from desk.services.attachments import AttachmentRow
from desk.services.audit_views import AuditFilter
from desk.services.check import check
from desk.services.data_key import Prepared
from desk.services.office import Office
from desk.services.views import CaseFilter
from desk.words.errors import words
from tests.architecture.tree import ROOT
from tests.builders import MONDAY, PASSWORD, make_office, rules, take_in
from tests.importing.photos import pdf, photo
from tests.kept import Kept, closed_files, copied, keep, opened
from tests.services import staff
from tests.services.trips import make_hub

KILLED = 9
TURN = """
import os, sys
from pathlib import Path
from desk.paths import OfficePaths
from desk.services import key_turn

folder, left = Path(sys.argv[1]), int(sys.argv[2])
[part] = folder.glob(".rekeying.*.part")

def watch(event, _facts):
    global left
    if event in ("os.rename", "os.mkdir", "os.remove", "os.rmdir"):
        left -= 1
        if left == 0:
            os._exit(9)

sys.addaudithook(watch)
key_turn.turn(OfficePaths(folder), part)
"""


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """A hall of three with a case and two pictures, closed."""
    office = make_office(tmp_path_factory.mktemp("key") / "office").office
    staff.add(office, "李静")
    staff.add(office, "张强")
    attachments.take(office, case_id=take_in(office).case_id, sources=(photo(), pdf()))
    office.close()
    return keep(office.paths.folder)


@pytest.fixture
def desk(lived_in: Kept, tmp_path: Path) -> Kept:
    return copied(lived_in, tmp_path / "office")


@pytest.fixture
def prepared(desk: Kept) -> Iterator[Prepared]:
    made = prepare(desk)
    yield made
    data_key.give_up(made)


def ids(folder: Path) -> dict[str, str]:
    return {one.name: one.id for one in keyring.operators(folder)}


def prepare(kept: Kept, own: str = "王敏", second: str = "李静", **more: object) -> Prepared:
    """Each with his password."""
    people = ids(kept.folder)
    return data_key.prepare(
        OfficePaths(kept.folder, kept.server),
        own=(people[own], PASSWORD),
        second=(people[second], PASSWORD),
        clock=FixedClock(MONDAY),
        rules=rules(),
        **more,  # type: ignore[arg-type]
    )


def signed_in(folder: Path, name: str = "王敏") -> Office:
    return sign_in.sign_in(
        OfficePaths(folder),
        operator_id=ids(folder)[name],
        password=PASSWORD,
        clock=FixedClock(MONDAY),
        rules=rules(),
    )


def gallery(office: Office) -> tuple[AttachmentRow, ...]:
    """The pictures of the one case, with their small ones."""
    [row] = case_views.page(office, wanted=CaseFilter(group="all")).rows
    return attachments.view(office, case_id=row.id).rows


def require_whole(folder: Path) -> None:
    """One case with both its pictures, nothing that `check` finds, nothing left lying about."""
    assert leftovers(folder) == []
    office = signed_in(folder)
    try:
        rows = gallery(office)
        assert [one.there for one in rows] == [True, True]
        assert all(one.thumb for one in rows)
        assert check(office).findings == ()
    finally:
        office.close()


def leftovers(folder: Path) -> list[Path]:
    return [*folder.glob("rekeyed-*"), *folder.glob(".rekeying*")]


def turned(prepared: Prepared) -> None:
    """To the end, as the page does it."""
    data_key.prove(prepared, typed=prepared.recovery_key)
    with closed_files():
        data_key.finish(prepared)
    data_key.back_up(prepared)


def test_everything_is_under_another_key(desk: Kept, prepared: Prepared) -> None:
    folder = desk.folder
    turned(prepared)
    require_whole(folder)
    assert not keyring.fits(folder, desk.key)
    with pytest.raises(OfficeDamaged):
        opened(desk)
    assert ids(folder).keys() == {"王敏", "李静"}
    assert prepared.left_out == ("张强",)
    assert keyring.is_proved(folder)
    assert keyring.open_with_recovery(folder, prepared.recovery_key) == prepared.key
    assert prepared.recovery_key not in repr(prepared)
    signed_in(folder, "李静").close()


def test_it_stands_in_the_audit_and_the_others_get_a_password_for_once(
    desk: Kept, prepared: Prepared
) -> None:
    turned(prepared)
    with closing(signed_in(desk.folder)) as office:
        told = audit_views.page(office, wanted=AuditFilter("key")).rows[0]
        assert told.facts == "换了数据密钥，其余的人要重新给密码　李静同意"
        people = operators.everybody(office)
        assert [one.name for one in people if not one.has_password] == ["张强"]
        other = next(one for one in people if one.name == "张强")
        [lead] = [one for one in second_person.approvers(office) if one.name == "李静"]
        consent = second_person.approve(office, operator_id=lead.id, password=PASSWORD)
        operators.new_password(
            office, operator_id=other.id, password=f"{PASSWORD}再", approved_by=consent
        )
    assert ids(desk.folder).keys() == {"王敏", "李静", "张强"}


def test_the_old_recovery_key_opens_nothing_any_more(tmp_path: Path) -> None:
    """In a hall of one, who repeats his own password."""
    made = make_office(tmp_path / "office")
    made.office.close()
    kept = keep(tmp_path / "office")
    prepared = prepare(kept, second="王敏")
    turned(prepared)
    with pytest.raises(RecoveryKeyWrong):
        keyring.open_with_recovery(kept.folder, made.recovery_key)
    with closing(signed_in(kept.folder)) as office:
        told = audit_views.page(office, wanted=AuditFilter("key")).rows[0]
        assert told.facts.endswith("本人再次输入密码")


def test_a_county_does_it_too(tmp_path: Path) -> None:
    make_hub(tmp_path / "hub").close()
    kept = keep(tmp_path / "hub")
    turned(prepare(kept, "赵县管", "赵县管"))
    with pytest.raises(OfficeDamaged):
        opened(kept)
    signed_in(kept.folder, "赵县管").close()


def test_on_a_server_whoever_keeps_it_does_it(desk: Kept) -> None:
    with pytest.raises(StoreUnfit) as refused:
        prepare(replace(desk, server="postgresql+psycopg://nowhere/none"))
    assert words(refused.value).title == "数据在 PostgreSQL 上"


@pytest.mark.parametrize(
    ("own", "second", "error"),
    [("李静", "王敏", NotGranted), ("王敏", "王敏", NeedsSecondPerson)],
    ids=["a clerk", "alone"],
)
def test_only_a_lead_and_not_alone(
    desk: Kept, own: str, second: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        prepare(desk, own, second)
    assert keyring.fits(desk.folder, desk.key)
    require_whole(desk.folder)


def test_a_wrong_password_changes_nothing(desk: Kept) -> None:
    people = ids(desk.folder)
    with pytest.raises(SignInRefused):
        data_key.prepare(
            OfficePaths(desk.folder),
            own=(people["王敏"], PASSWORD),
            second=(people["李静"], f"{PASSWORD}x"),
            clock=FixedClock(MONDAY),
            rules=rules(),
        )
    assert keyring.fits(desk.folder, desk.key)
    require_whole(desk.folder)


@pytest.mark.parametrize("what", [data_key.COPYING, data_key.CHECKING, data_key.PICTURES])
def test_cancelled_or_given_up_it_was_never_there(desk: Kept, what: str) -> None:
    told: list[str] = []
    try:
        made = prepare(
            desk,
            progress=lambda _done, _total, said: told.append(said),
            cancelled=lambda: what in told,
        )
    except Cancelled:
        assert what in told
    else:
        assert what == data_key.PICTURES or pytest.fail("it went on")
        data_key.give_up(made)
    assert keyring.fits(desk.folder, desk.key)
    require_whole(desk.folder)


def test_meanwhile_nobody_else_gets_in(desk: Kept, prepared: Prepared) -> None:
    with pytest.raises(OfficeBusy):
        signed_in(desk.folder)
    data_key.give_up(prepared)
    require_whole(desk.folder)


def test_a_picture_that_is_damaged_here_comes_out_of_the_backups(desk: Kept) -> None:
    office = opened(desk)
    backup.make(office, why="day")
    office.close()
    path = max(OfficePaths(desk.folder).attachments.glob("??/*"), key=lambda one: one.name)
    size = path.stat().st_size
    path.unlink()
    path.write_bytes(bytes(size))
    turned(prepare(desk))
    require_whole(desk.folder)


# Cut short


def laid_out(desk: Kept) -> Prepared:
    """Made ready and let go of, as the file stands when its place is taken."""
    prepared = prepare(desk)
    data_key.prove(prepared, typed=prepared.recovery_key)
    prepared.office.close()
    return prepared


def killed(folder: Path, step: int) -> int:
    return subprocess.run(
        [sys.executable, "-c", TURN, str(folder), str(step)], cwd=ROOT, check=False, timeout=60
    ).returncode


def require_one_of_both(desk: Kept, folder: Path) -> None:
    """The next start opens either all of the old or all of the new, by one and the same password."""
    require_whole_after(folder)
    old = keyring.fits(folder, desk.key)
    assert ("张强" in ids(folder)) == old


def require_whole_after(folder: Path) -> None:
    with closed_files():
        signed_in(folder).close()
    require_whole(folder)


def test_killed_at_every_step_of_the_turn(desk: Kept, tmp_path: Path) -> None:
    laid_out(desk)
    step, fates = 1, set()
    while True:
        folder = copied(desk, tmp_path / f"{step}").folder
        status = killed(folder, step)
        require_one_of_both(desk, folder)
        fates.add(keyring.fits(folder, desk.key))
        if status == 0:
            break
        assert status == KILLED
        step += 1
    assert step > 10
    assert fates == {True, False}


def test_killed_before_it_was_ready_all_is_as_it_was(desk: Kept) -> None:
    prepared = laid_out(desk)
    assert prepared.part.exists()
    require_whole_after(desk.folder)
    assert keyring.fits(desk.folder, desk.key)


def test_while_the_deciding_copy_does_not_read_neither_is_dropped(
    desk: Kept, tmp_path: Path
) -> None:
    """Its other copy may be the one of before: it says nothing against what lies there."""
    laid_out(desk)
    assert killed(desk.folder, 4) == KILLED
    assert [one.name[:8] for one in desk.folder.glob("rekeyed-*")] == ["rekeyed-"]
    first = desk.folder / NAMES[0]
    decided = first.read_bytes()
    assert not keyring.fits(desk.folder, desk.key)
    first.write_bytes(b"{}")
    assert keyring.fits(desk.folder, desk.key)
    opened(desk).close()
    assert len(list(desk.folder.glob("rekeyed-*"))) == 1
    first.write_bytes(decided)
    require_whole_after(desk.folder)
    assert not keyring.fits(desk.folder, desk.key)


# Backups of before


def test_a_backup_of_before_is_brought_back_by_the_password_of_then(
    desk: Kept, prepared: Prepared
) -> None:
    """Its own key file lies in it; what is restored is under the old key again, and it is said."""
    turned(prepared)
    paths = OfficePaths(desk.folder)
    newest, before = backups.listed(paths.backups)
    assert [keyring.fits(one.folder, desk.key) for one in (newest, before)] == [False, True]
    with closed_files():
        shutil.rmtree(newest.folder)
        paths.database.write_bytes(b"\xa5" * 8192)
        found = rescue.newest(paths, key=prepared.key, clock=FixedClock(MONDAY), rules=rules())
        assert found is None
        assert rescue.of_other_keys(paths, prepared.key) == 1
        who = (ids(desk.folder)["王敏"], PASSWORD)
        found = rescue.newest(
            paths, key=prepared.key, clock=FixedClock(MONDAY), rules=rules(), who=who
        )
        assert found is not None
        assert "换数据密钥以前" in "".join(rescue.story(found, MONDAY))
        restore.finish(found, at="20261123-120000")
    assert keyring.fits(desk.folder, desk.key)
    assert "张强" in ids(desk.folder)
    with closing(signed_in(desk.folder)) as office:
        # The small pictures are in no backup.
        assert [one.there for one in gallery(office)] == [True, True]
        assert check(office).findings == ()


def test_it_is_the_way_for_a_hall_that_lost_its_sheet_before_its_first_case(tmp_path: Path) -> None:
    """One lead alone, nothing proved, nothing in it: with the new sheet typed back the first case is taken in."""
    made = make_office(tmp_path / "office", proved=False)
    made.office.close()
    prepared = prepare(Kept(tmp_path / "office", b"", made.operator_id), second="王敏")
    turned(prepared)
    office = signed_in(tmp_path / "office")
    assert take_in(office).number
    office.close()
