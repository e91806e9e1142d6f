"""`bianmin hub`: keys made, a desk enrolled, a stick received, all by typing."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desk.keyring import is_proved
from desk.services import hub as county
from desk.services import hub_desks, sync
from desk.services.office import Office
from tests.builders import PASSWORD
from tests.kept import keep, opened
from tests.services.trips import export, make_hub, on_stick, put

TYPED = "--password-stdin"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def closed_hub(tmp_path) -> Path:
    """A county's folder that nobody has open."""
    make_hub(tmp_path / "hub").close()
    folder: Path = tmp_path / "hub"
    return folder


@pytest.fixture
def stick(tmp_path) -> Path:
    folder: Path = tmp_path / "stick"
    folder.mkdir()
    return folder


def introduced(office: Office, hub: Path, stick: Path) -> Path:
    """The desk took the county's key and wrote its own file."""
    there = opened(keep(hub))
    sync.take_county_key(office, path=county.write_public_key(there, folder=stick))
    there.close()
    return stick / sync.write_enrolment(office, folder=stick).value


def test_init_makes_keys_and_shows_the_recovery_key_once(tmp_path, stick, run):
    place = ("--data", tmp_path / "hub", "--out", stick, TYPED)
    words = ("hub", "init", "--county", "610422", "--name", "三原县数据中心", *place)
    status, said, complaints = run(*words)
    assert (status, complaints) == (0, "")
    recovery, _offline, file, key_words = said.splitlines()
    assert recovery.startswith("恢复密钥（只显示这一次，请抄在纸上锁进柜子）：")
    assert Path(file.removeprefix("公钥文件：")).is_file()
    assert len(key_words.removeprefix("六个核对词：").split()) == 6
    assert not is_proved(tmp_path / "hub")
    status, said, complaints = run(*words)
    assert (status, said) == (2, "")
    assert "已经有数据" in complaints


def test_init_says_what_cannot_be_taken(tmp_path, stick, run):
    words = ("hub", "init", "--county", "12", "--name", "某县", "--data", tmp_path / "hub", TYPED)
    status, said, complaints = run(*words, "--out", stick, typed="短\n")
    assert (status, said) == (2, "")
    assert len(complaints.splitlines()) >= 2
    assert "社区代码是 12 位数字，前 6 位是县的区划代码" in complaints
    status, said, complaints = run(*words, "--out", stick / "gone")
    assert (status, said) == (2, "")
    assert f"没有文件夹 {stick / 'gone'}" in complaints
    assert not (tmp_path / "hub").exists()


@pytest.mark.parametrize("place", ["file", "file/under"])
def test_init_says_that_a_folder_cannot_be_made(tmp_path, stick, run, place):
    (tmp_path / "file").write_text("no folder")
    words = ("hub", "init", "--county", "610422", "--name", "某县", "--data", tmp_path / place)
    status, said, complaints = run(*words, "--out", stick, TYPED)
    assert (status, said) == (2, "")
    assert complaints.startswith("这个数据文件夹不能用。")


def test_a_desks_folder_is_not_taken_for_a_county(office, stick, run):
    folder = office.paths.folder
    office.close()
    for words in (("receive", stick), ("enrol", stick / "gone")):
        status, said, complaints = run("hub", *words, "--data", folder, TYPED)
        assert (status, said) == (2, "")
        assert complaints.startswith(f"文件夹 {folder} 是社区窗口的")


def test_enrol_asks_to_compare_the_words(closed_hub, office, stick, run):
    file = introduced(office, closed_hub, stick)
    words = ("hub", "enrol", file, "--data", closed_hub, TYPED)
    status, said, _ = run(*words, typed="渭河北岸有一棵老槐树A1\n不是\n")
    assert status == 1
    assert "池阳社区（610422001001）2 号窗口" in said
    assert f"六个核对词：{' '.join(sync.view(office).own_words)}" in said
    assert said.endswith("没有登记。核对一致后再运行一次。\n")
    status, said, _ = run(*words, typed="渭河北岸有一棵老槐树A1\n是\n")
    assert status == 0
    assert said.endswith("已登记，可以接收这个窗口的上报包。\n")
    status, said, _ = run(*words, "--yes")
    assert status == 0
    assert said.endswith("早已登记过，没有变化。\n")


def test_enrol_refuses_what_is_no_enrolment(closed_hub, stick, run):
    bad = stick / "desk.bmenrol"
    bad.write_bytes(b"{}")
    status, _, complaints = run("hub", "enrol", bad, "--data", closed_hub, "--yes", TYPED)
    assert status == 2
    assert complaints.startswith("这个包没有收。")
    status, _, complaints = run(
        "hub", "enrol", stick / "gone", "--data", closed_hub, "--yes", TYPED
    )
    assert status == 2
    assert complaints.startswith("读 U 盘时出错。")


def test_receive_takes_packages_and_writes_the_answer(closed_hub, office, stick, run):
    file = introduced(office, closed_hub, stick)
    assert run("hub", "enrol", file, "--data", closed_hub, "--yes", TYPED)[0] == 0
    words = ("hub", "receive", stick, "--data", closed_hub, TYPED)
    assert run(*words)[:2] == (0, "文件夹里没有上报包。\n")
    export(office, stick)
    [name] = on_stick(stick)
    status, said, _ = run(*words)
    assert status == 0
    assert said == f"{name}：第 1 号包已收下，回执已备好。请把回执拷给对方。（5 条记录）\n"
    assert len(sync.read_answers(office, folder=stick).value.taken) == 2
    status, said, _ = run(*words)
    assert status == 0
    assert said.startswith(f"{name}：第 1 号包以前收过")


def test_receive_names_what_it_did_not_take(closed_hub, stick, run):
    put(stick, "坏的.bmq", b"?")
    status, said, _ = run("hub", "receive", stick, "--data", closed_hub, TYPED)
    assert status == 1
    assert said.startswith("坏的.bmq：这个文件不是上报包")
    status, _, complaints = run("hub", "receive", stick / "gone", "--data", closed_hub, TYPED)
    assert status == 2
    assert complaints.startswith("读 U 盘时出错。")


@pytest.mark.skipif(sys.platform != "linux", reason="only here may a name be any bytes")
def test_a_file_name_no_terminal_can_show_stops_nothing(closed_hub, stick, run):
    put(stick, "a.bmq", b"?")
    (stick / os.fsdecode(b"\xff\xfe.bmq")).write_bytes(b"?")
    status, said, _ = run("hub", "receive", stick, "--data", closed_hub, TYPED)
    assert status == 1
    assert sorted(line.partition("：")[0] for line in said.splitlines()) == ["??.bmq", "a.bmq"]


@pytest.mark.skipif(sys.platform != "linux", reason="only here may a name hold control characters")
def test_a_file_name_writes_no_line_and_moves_no_cursor(closed_hub, stick, run):
    put(stick, "x\n\x1b[2J第 9 号包已收下。.bmq", b"?")
    _, said, _ = run("hub", "receive", stick, "--data", closed_hub, TYPED)
    [line] = said.splitlines()
    assert line.startswith("x [2J第 9 号包已收下。.bmq：这个文件不是上报包")


def test_a_file_beyond_the_limit_is_named_too_large(closed_hub, stick, run):
    put(stick, "大.bmq", b"?")
    [path] = stick.rglob("大.bmq")
    os.truncate(path, (2 << 30) + 1)
    status, said, _ = run("hub", "receive", stick, "--data", closed_hub, TYPED)
    assert status == 1
    assert said.startswith("大.bmq：这个文件太大")


def test_keys_writes_the_signed_list_for_all_desks(closed_hub, office, stick, tmp_path, run):
    place = ("--data", closed_hub, TYPED)
    status, said, complaints = run("hub", "keys", "--out", stick, *place)
    assert (status, said) == (2, "")
    assert "还没有登记过任何窗口" in complaints
    assert "没有文件夹" in run("hub", "keys", "--out", tmp_path / "none", *place)[2]
    run("hub", "enrol", introduced(office, closed_hub, stick), "--yes", *place)
    status, said, complaints = run("hub", "keys", "--out", stick, *place)
    assert (status, complaints) == (0, "")
    written = stick / "keys-610422.bmkeys"
    assert said == f"第 1 版密钥表，1 个窗口：{written}\n"
    assert "第 1 版密钥表已收下" in sync.read_answers(office, folder=stick).value.taken[0]


def test_look_says_what_would_become_of_each_file_and_takes_nothing(closed_hub, office, stick, run):
    file = introduced(office, closed_hub, stick)
    run("hub", "enrol", file, "--data", closed_hub, "--yes", TYPED)
    words = ("hub", "look", stick, "--data", closed_hub, TYPED)
    assert run(*words)[:2] == (0, "文件夹里没有上报包。\n")
    export(office, stick)
    [name] = on_stick(stick)
    for _ in range(2):
        status, said, _ = run(*words)
        assert status == 0
        first, last = said.splitlines()
        assert first.startswith(f"{name}：池阳社区 2 号窗口，第 1 号包可以收下。（")
        assert last == "只是看看，什么也没有改。"
    assert list(on_stick(stick)) == [name]


@pytest.mark.skipif(sys.platform == "win32", reason="a child there hears no Ctrl C")
def test_serve_folder_receives_until_it_is_told_to_stop(closed_hub, office, stick):
    file = introduced(office, closed_hub, stick)
    there = opened(keep(closed_hub))
    hub_desks.enrol(there, path=file)
    there.close()
    export(office, stick)
    words = ("hub", "serve-folder", str(stick), "--data", str(closed_hub), TYPED)
    with subprocess.Popen(
        [sys.executable, "-m", "ui", *words],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{PASSWORD}\n")
        process.stdin.flush()
        assert process.stdout.readline().startswith(f"守着 {stick}")
        assert "第 1 号包已收下" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.stdout.readline() == "停下了，一共收了 1 个文件。\n"
        assert process.wait(timeout=60) == 0
