"""`bianmin hub revoke | ack | renew-keys | resend | root`: one window's keys and answers, by typing."""

from pathlib import Path

from desk.exchange.key_code import key_code
from desk.exchange.roots import parse
from desk.services import hub as county
from desk.services import new_epoch, sync
from desk.services.ack_scanning import take_scanned
from tests.builders import PASSWORD
from tests.kept import keep, opened
from tests.services import staff
from tests.services.trips import export

TYPED = "--password-stdin"
TWICE = f"{PASSWORD}\n{PASSWORD}\n"
SITE = "610422001001"


def test_a_scanned_code_enrols_in_place_of_words(office, hub, stick, run):
    there = opened(keep(hub))
    sync.take_county_key(office, path=county.write_public_key(there, folder=stick))
    file = stick / sync.write_enrolment(office, folder=stick).value
    there.close()
    words = ("hub", "enrol", file, "--data", hub, TYPED, "--code")
    status, said, _ = run(*words, key_code("D", bytes(32)))
    assert (status, said.splitlines()[-1]) == (1, "没有登记。核对一致后再运行一次。")
    status, said, _ = run(*words, sync.view(office).own_code)
    assert (status, said.splitlines()[-1]) == (0, "已登记，可以接收这个窗口的上报包。")


def test_an_ack_is_shown_and_drawn(enrolled, hub, stick, run):
    words = ("hub", "ack", SITE, "2", "--data", hub, TYPED)
    status, said, complaints = run(*words)
    assert (status, said) == (2, "")
    assert "还没有收过它的包" in complaints
    export(enrolled, stick)
    assert run("hub", "receive", stick, "--data", hub, TYPED)[0] == 0
    status, said, _ = run(*words, "--png", stick / "ack.png", "--pdf", stick / "ack.pdf")
    assert status == 0
    assert said.startswith("池阳社区 2 号窗口：已收下到第 1 号包")
    assert (stick / "ack.png").read_bytes().startswith(b"\x89PNG")
    assert (stick / "ack.pdf").read_bytes().startswith(b"%PDF")
    assert len(take_scanned(enrolled, text=said.splitlines()[-1]).value.taken) == 1
    assert "▀" in run(*words)[1]


def test_a_revoked_window_is_refused_from_then_on(enrolled, hub, stick, run):
    words = ("hub", "revoke", SITE, "2", "--data", hub, TYPED, "--why", "电脑被盗")
    assert "看不懂" in run(*words, "--from", "明天")[2]
    status, _, complaints = run(*words, "--from", "2026-11-01")
    assert (status, "没有读到" in complaints) == (2, True), "his password once more, or another's"
    status, said, _ = run(*words, "--from", "2026-11-01", typed=TWICE)
    assert status == 0
    assert "从 2026-11-01 起停用" in said
    assert "请核对社区代码和窗口号" in run(*words, typed=TWICE)[2]
    export(enrolled, stick)
    status, said, _ = run("hub", "receive", stick, "--data", hub, TYPED)
    assert status == 1
    assert "密钥已经停用" in said


def test_where_several_can_consent_one_is_named(enrolled, hub, stick, run):
    office = opened(keep(hub))
    for name in ("钱县办", "孙县办"):
        staff.add(office, name, "county")
    office.close()
    words = ("hub", "renew-keys", "--data", hub, "--out", stick, TYPED, "--operator", "赵县管")
    status, _, complaints = run(*words, typed=TWICE)
    assert (status, "孙县办、钱县办" in complaints) == (2, True)
    status, _, complaints = run(*words, "--approver", "赵县管", typed=TWICE)
    assert (status, "写其中一位" in complaints) == (2, True), "not the one who asks"
    assert run(*words, "--approver", "孙县办", typed=TWICE)[0] == 0


def test_new_county_keys_are_signed_by_the_old(enrolled, hub, stick, run):
    status, said, _ = run("hub", "renew-keys", "--data", hub, "--out", stick, TYPED, typed=TWICE)
    assert status == 0
    file, words, _ = said.splitlines()
    view = sync.take_county_key(enrolled, path=Path(file.removeprefix("新的公钥文件："))).value
    assert words.removeprefix("六个核对词：").split() == list(view.county_words)


def test_a_window_gets_its_records_back(enrolled, hub, stick, run):
    export(enrolled, stick)
    run("hub", "receive", stick, "--data", hub, TYPED)
    new_epoch.begin(enrolled, why="从备份恢复")
    file = stick / sync.write_enrolment(enrolled, folder=stick).value
    status, said, _ = run("hub", "enrol", file, "--yes", "--data", hub, TYPED)
    assert status == 0
    assert "bianmin hub resend" in said
    status, said, _ = run("hub", "resend", SITE, "2", stick, "--data", hub, TYPED)
    assert status == 0
    assert said.splitlines()[-1].startswith("补发 5 条记录")
    assert "可以接着办了" in "".join(sync.read_answers(enrolled, folder=stick).value.taken)
    assert not enrolled.waits


def test_root_keys_are_made_and_sign(hub, stick, run):
    phrases = ("第一位保管人的口令长", "第二位保管人的口令长", "第三位保管人的口令长")
    typed = "\n".join((PASSWORD, *phrases)) + "\n"
    init = ("hub", "root", "init", "--data", hub, "--out", stick, TYPED)
    assert "各不相同" in run(*init, typed="\n".join((PASSWORD, *["同一个口令不能用三次"] * 3)))[2]
    status, said, _ = run(*init, typed=typed)
    assert status == 0
    files = [Path(line) for line in said.splitlines()[:-1]]
    assert len(files) == 4
    status, said, _ = run("hub", "root", "draft", "--data", hub, "--out", stick, TYPED)
    draft = Path(said.splitlines()[0])
    take = ("hub", "root", "take", draft, "--data", hub, TYPED)
    assert run(*take)[0] == 2
    for place in (0, 2):
        words = ("hub", "root", "sign", draft, "--key", files[place], TYPED)
        assert run(*words, typed=f"{phrases[place]}\n")[0] == 0
    assert run(*take)[0] == 0
    assert parse(draft.read_bytes()).number == 2
