"""The self-test: real steps by a seed, each promised once it is durable; what a promise says is looked up, and missed."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desk import keyring
from desk.clock import SystemClock
from desk.console import selftest
from desk.console.selftest import promises, recovery, steps
from desk.console.selftest.hall import Hall
from desk.console.selftest.opening import PASSWORD
from desk.errors import OfficeDamaged
from desk.paths import OfficePaths
from desk.services import backups
from tests.builders import make_office, rules
from tests.services.deeds import tampering

pytestmark = pytest.mark.usefixtures("database_files_closed")
"""A restore reads the closed file it takes the place of."""

Run = Callable[..., tuple[int, str, str]]


def worked(folder: Path, seed: int, count: int, said: list[str]) -> Hall:
    """A hall that did so many steps, still open."""
    hall = selftest.begin(folder, seed, lambda line: said.append(f"{line}\n"), rules=rules())
    for _ in range(count):
        steps.step(hall)
    return hall


def broken(folder: Path, said: list[str]) -> tuple[str, ...]:
    return promises.broken(folder, "".join(said), rules=rules(), clock=SystemClock())


def test_steps_are_promised_and_hold(tmp_path: Path, run: Run) -> None:
    folder, acks = tmp_path / "hall", tmp_path / "acks"
    status, said, _ = run("selftest", "work", folder, 25, 3)
    assert status == 0
    assert {line.split()[0] for line in said.splitlines()} == {"ACK"}
    assert {"office", "case", "paper"} <= {line.split()[1] for line in said.splitlines()}
    acks.write_text(said, encoding="utf-8")
    status, said, complaints = run("selftest", "check", folder, acks)
    assert (status, complaints) == (0, "")
    assert said.endswith("全部属实。\n")


def test_the_same_seed_takes_the_same_steps(tmp_path: Path) -> None:
    kinds = []
    for name in ("one", "other"):
        said: list[str] = []
        worked(tmp_path / name, 11, 20, said).close()
        kinds.append([line.split()[1] for line in said])
    assert kinds[0] == kinds[1]


def test_what_does_not_hold_is_named(tmp_path: Path) -> None:
    folder, said = tmp_path / "hall", list[str]()
    worked(folder, 5, 30, said).close()
    assert broken(folder, said) == ()
    next((folder / "papers").glob("*.pdf")).write_bytes(b"%PDF")
    for package in (folder / "stick" / "便民前台").glob("data-*"):
        package.unlink()
    said.append("ACK case 00000000000000000000000000000000 SJ-1\n")
    said.append("ACK act 00000000000000000000000000000000 1\n")
    said.append("ACK draft 99 1:610422193001010010\n")
    said.append("ACK case 00000000000000000000000000000001 half a li")
    found = broken(folder, said)
    told = {(line.split("：")[0], line.split("：")[1].split()[0]) for line in found}
    assert told == {
        *(("损坏", "paper"), ("丢失", "package")),
        *(("丢失", "case"), ("丢失", "act"), ("丢失", "draft")),
    }


def everything_once(folder: Path, said: list[str]) -> Hall:
    """A hall in which each kind of thing was promised but a backup by hand, still open."""
    hall = worked(folder, 7, 0, said)
    for step in (steps.take_in, steps.paper, steps.act, steps.list_out, steps.export, steps.answer):
        step(hall)
    for _ in range(8):
        steps.register(hall)
    steps.draft(hall)
    return hall


def test_every_kind_of_promise_is_missed_when_it_does_not_hold(tmp_path: Path) -> None:
    folder, said = tmp_path / "hall", list[str]()
    everything_once(folder, said).close()
    assert broken(folder, said) == ()
    promised = {one.kind: one for one in promises.kept("".join(said))}
    known = {"office", "case", "act", "paper", "list", "package", "answer", "entry", "import"}
    assert known | {"draft"} == promised.keys()
    case, document, _ = promised["paper"].what.split("/")
    medium = promised["paper"].detail.partition(":")[0]
    nobody = "0" * 32
    wrong = {
        f"office {nobody} 1": ["不符"],
        f"restored {nobody} 9": ["丢失"],
        f"case {case} SJ-1": ["不符"],
        f"act {case} 99": ["丢失"],
        f"paper {case}/{nobody}/0 A5:00": ["丢失", "丢失"],
        f"paper {case}/{document}/9 {medium}:00": ["丢失", "丢失"],
        f"paper {case}/{document}/0 {medium}:00": ["损坏", "不符"],
        f"answer 1/{int(promised['answer'].what.partition('/')[2]) + 1} 2026-11-23": ["丢失"],
        "backup backup-1 00": ["丢失"],
        "draft 99 9:610422193001010010": [],
        "draft 98 1:610422193001010010": ["丢失"],
        f"entry {promised['entry'].what} 99": ["丢失"],
        f"entry {nobody} 1": ["丢失"],
        "import 7 2": ["丢失"],
        "list other.csv 1": ["丢失"],
        "list ledger.csv 99": ["丢失"],
    }
    shutil.rmtree(folder / "backups")
    found = [one.partition("：") for one in broken(folder, [f"ACK {line}\n" for line in wrong])]
    assert {line: [fault for fault, _, of in found if of == line] for line in wrong} == wrong
    (folder / "papers" / "ledger.csv").write_text("姓名,电话\n刘桂兰\n", encoding="utf-8")
    assert broken(folder, ["ACK list ledger.csv 1\n"])[0].startswith("损坏")


def test_what_the_check_finds_is_named_of_the_desk_and_of_its_county(tmp_path: Path) -> None:
    folder, said = tmp_path / "hall", list[str]()
    hall = everything_once(folder, said)
    for office in (hall.desk, hall.county):
        with tampering(office) as connection:
            connection.exec_driver_sql("UPDATE case_file SET state = 'archived'")
            connection.exec_driver_sql(
                "INSERT INTO issued_number SELECT 'x', origin, series, window, day, epoch, "
                "serial + 5, short_no, case_id FROM issued_number LIMIT 1"
            )
    hall.close()
    found = broken(folder, [])
    assert [one.partition("：")[0] for one in found].count("不对") >= 3
    assert any("编号不连续" in one for one in found)
    alone = promises.Scope(county=False)
    less = promises.broken(folder, "", rules=rules(), clock=SystemClock(), scope=alone)
    assert 0 < len(less) < len(found)


def test_a_folder_whose_file_is_gone_is_put_back_or_told_damaged(tmp_path: Path) -> None:
    """As where a restore was cut short between the two moves of its end."""
    folder, said = tmp_path / "hall", list[str]()
    worked(folder, 7, 2, said).close()
    for path in folder.glob("desk.db*"):
        path.unlink()
    assert broken(folder, said[:1]) == ()
    assert (folder / "desk.db").exists()
    for path in (*folder.glob("desk.db*"), *folder.glob("backups/*/desk.backup")):
        path.unlink()
    with pytest.raises(OfficeDamaged):
        broken(folder, said[:1])


def test_steps_with_nothing_to_do_do_nothing(tmp_path: Path) -> None:
    """No case, no backup: nothing is promised that was not done."""
    folder, said = tmp_path / "hall", list[str]()
    hall = worked(folder, 7, 0, said)
    shutil.rmtree(folder / "backups")
    before = list(said)
    steps.paper(hall)
    recovery.restore(hall)
    assert said == before
    steps.act(hall)
    assert said[-1].startswith("ACK case")
    hall.close()
    assert broken(folder, said) == ()


def test_a_backup_its_own_list_gives_away_is_spoilt_and_not_wrong(tmp_path: Path) -> None:
    folder, said = tmp_path / "hall", list[str]()
    hall = worked(folder, 3, 2, said)
    steps.back_up(hall)
    hall.close()
    made = backups.listed(OfficePaths(folder).backups)[0]
    data = bytearray(made.file.read_bytes())
    data[-1] ^= 1
    made.file.write_bytes(data)
    assert [line.split()[0] for line in broken(folder, said)] == ["损坏：backup"]


def test_restored_again_and_again_nothing_is_lost(tmp_path: Path) -> None:
    """Before and after the county's give-back, with and without a package in between: each was once a restore that failed."""
    folder, said = tmp_path / "hall", list[str]()
    hall = worked(folder, 2, 12, said)
    steps.back_up(hall)
    for seed, deeds in enumerate(((), (steps.export,), (steps.export, steps.answer), ())):
        steps.take_in(hall)
        for deed in deeds:
            deed(hall)
        recovery.restore(hall)
        hall.dice.seed(seed)
        for _ in range(6):
            steps.step(hall)
    assert hall.desk.epoch >= 5
    hall.close()
    assert broken(folder, said) == ()


def test_a_first_start_cut_short_before_its_key_was_typed_back_goes_on(tmp_path: Path) -> None:
    """The printed key went with it; there is another one, and cases are taken in."""
    folder, said = tmp_path / "hall", list[str]()
    worked(folder, 1, 0, said).close()
    operator = keyring.operators(folder)[0].id
    key = keyring.open_with_password(folder, operator, PASSWORD, SystemClock())
    keyring.renew_recovery(folder, key)
    assert not keyring.is_proved(folder)
    worked(folder, 1, 3, said).close()
    assert keyring.is_proved(folder)
    assert broken(folder, said) == ()


def test_somebodys_folder_is_left_alone(tmp_path: Path, run: Run) -> None:
    make_office(tmp_path / "office").office.close()
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(b"x")
    for folder in ("office", "photos"):
        before = sorted(path.name for path in (tmp_path / folder).iterdir())
        status, said, complaints = run("selftest", "work", tmp_path / folder, 1, 1)
        assert (status, said) == (2, "")
        assert "没有改动" in complaints
        assert sorted(path.name for path in (tmp_path / folder).iterdir()) == before


@pytest.mark.parametrize("left", [True, False])
def test_a_first_start_cut_short_begins_again(tmp_path: Path, left: bool) -> None:
    """Without its key file nobody can have used it."""
    folder, said = tmp_path / "hall", list[str]()
    worked(folder, 1, 0, said).close()
    for name in ("keys.json", "keys.json.2"):
        (folder / name).unlink()
    for name in ("county", "stick", "papers", "backups", "packages"):
        shutil.rmtree(folder / name, ignore_errors=True)
    if not left:
        (folder / "desk.lock").unlink()
    said.clear()
    worked(folder, 1, 3, said).close()
    assert broken(folder, said) == ()
