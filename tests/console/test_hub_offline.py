"""The county's offline recovery key: put away once, in no database, and it opens what lies on a stick."""

import json
from pathlib import Path

import pyrage
import pytest

from desk.exchange.keys import SealingPair
from desk.exchange.offline_key import SUFFIX, opened, typed
from desk.services import hub as county
from desk.services import sync
from desk.services.exchange_keys import own_keys
from desk.services.office import Office
from desk.services.operation import reading
from tests.builders import PASSWORD
from tests.kept import keep
from tests.kept import opened as entered
from tests.services.trips import export, put, rows

PHRASE = "渭河岸边一棵老槐树"
TYPED = "--password-stdin"
NAMED = ("--county", "610422", "--name", "三原县数据中心", TYPED)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """The medium of the offline key."""
    folder = tmp_path / "vault"
    folder.mkdir()
    return folder


def begun(run, tmp_path: Path, stick: Path, vault: Path) -> tuple[int, str, str]:
    place = ("--data", tmp_path / "hub", "--out", stick, "--offline-key", vault)
    told: tuple[int, str, str] = run(
        "hub", "init", *place, *NAMED, typed=f"{PASSWORD}\n{PHRASE}1\n"
    )
    return told


def key_in(vault: Path) -> SealingPair:
    [path] = vault.iterdir()
    assert path.suffix == SUFFIX
    return opened(path.read_bytes(), PHRASE + "1")


def sent(office: Office, hub: Path, stick: Path) -> None:
    """A desk that knows this county writes a package."""
    there = entered(keep(hub))
    sync.take_county_key(office, path=county.write_public_key(there, folder=stick))
    there.close()
    export(office, stick)


def test_the_private_half_is_in_no_table(run, tmp_path, stick, vault):
    """Whatever any row holds, and whatever the county can open with, none of it is the offline key."""
    status, said, complaints = begun(run, tmp_path, stick, vault)
    assert (status, complaints) == (0, "")
    assert "AGE-SECRET-KEY" not in said
    private = key_in(vault)
    office = entered(keep(tmp_path / "hub"))
    told = repr(rows(office)).upper()
    with reading(office) as connection:
        keys = own_keys(connection)
    office.close()
    assert private.recipient.upper() in told
    assert private.to_bytes().decode().upper() not in told
    assert told.count("AGE-SECRET-KEY") == 1, "its own sealing key alone"
    assert keys.recovery.recipient == private.recipient
    assert private.recipient not in {pair.recipient for pair in (*keys.opening, *keys.opening_own)}


def test_it_opens_what_desks_sent(run, tmp_path, office, stick, vault):
    begun(run, tmp_path, stick, vault)
    sent(office, tmp_path / "hub", stick)
    out = tmp_path / "out"
    out.mkdir()
    [file] = vault.iterdir()
    words = ("hub", "rescue", stick, "--key", file, "--out", out, TYPED)
    status, said, complaints = run(*words, typed=PHRASE + "1\n")
    assert (status, complaints) == (0, "")
    assert "打开了" in said
    [folder] = out.iterdir()
    lines = (folder / "events.ndjson").read_bytes().splitlines()
    header = json.loads((folder / "header.json").read_bytes())
    assert len(lines) == header["events"][1]
    assert {path.name for path in folder.iterdir()} == {"header.json", "events.ndjson"}
    status, said, complaints = run(*words, typed="另一个口令另一个口令\n")
    assert (status, said, complaints) == (
        2,
        "",
        "口令不对，或者不是离线恢复密钥。请核对后再运行一次。\n",
    )


def test_without_a_medium_it_is_shown_once_and_typed_back(run, tmp_path, office, stick):
    """As it stands on paper, blanks and small letters and all; what is no package of this county is named."""
    place = ("--data", tmp_path / "hub", "--out", stick)
    status, said, _ = run("hub", "init", *place, *NAMED)
    assert status == 0
    [line] = [line for line in said.splitlines() if line.startswith("离线恢复密钥")]
    shown = line.rpartition("：")[2]
    assert typed(f" {shown[:20]} {shown[20:].lower()}").to_bytes().decode() == shown
    sent(office, tmp_path / "hub", stick)
    put(stick, "data-other.bmq", b"no package")
    out = tmp_path / "out"
    out.mkdir()
    status, said, _ = run("hub", "rescue", stick, "--out", out, TYPED, typed=shown.lower() + "\n")
    assert status == 1
    assert ["打开了" in line for line in said.splitlines()] == [True, False, False]


@pytest.mark.parametrize(
    ("typing", "wrong"),
    [
        (f"{PASSWORD}\n短\n", "离线恢复密钥的口令至少 10 个字，什么也没有写。\n"),
        ("12\n" + PHRASE + "1\n", "不能这样填"),
    ],
    ids=["passphrase", "password"],
)
def test_a_set_up_that_fails_leaves_no_key_behind(run, tmp_path, stick, vault, typing, wrong):
    place = ("--data", tmp_path / "hub", "--out", stick, "--offline-key", vault)
    status, _, complaints = run("hub", "init", *place, *NAMED, typed=typing)
    assert status == 2
    assert wrong in complaints
    assert list(vault.iterdir()) == []


def test_the_only_copy_of_a_key_is_never_written_over(run, tmp_path, stick, vault):
    """A new one goes onto another stick; from then on packages are sealed to it."""
    begun(run, tmp_path, stick, vault)
    old = key_in(vault)
    words = ("hub", "renew-keys", "--new-offline-key", "--data", tmp_path / "hub", "--out", stick)
    again = (*words, TYPED, "--offline-key")
    status, _, complaints = run(*again, vault, typed=f"{PASSWORD}\n{PASSWORD}\n{PHRASE}1\n")
    assert (status, "请换一个 U 盘" in complaints) == (2, True)
    assert key_in(vault).recipient == old.recipient
    other = tmp_path / "other"
    other.mkdir()
    assert run(*again, other, typed=f"{PASSWORD}\n{PASSWORD}\n{PHRASE}1\n")[0] == 0
    office = entered(keep(tmp_path / "hub"))
    assert county.public_key(office).recovery == key_in(other).recipient != old.recipient
    office.close()


def test_any_age_tool_opens_the_file(run, tmp_path, stick, vault):
    """A passphrase file that holds an age identity and nothing else."""
    begun(run, tmp_path, stick, vault)
    [file] = vault.iterdir()
    plain = pyrage.passphrase.decrypt(file.read_bytes(), PHRASE + "1")
    assert plain.startswith(b"AGE-SECRET-KEY-1")
    assert plain.endswith(b"\n")
    assert len(plain.splitlines()) == 1
