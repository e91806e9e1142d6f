"""What a county's command does not begin: no place to write, no such window, no reason; said in a sentence, nothing changed."""

import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from desk.console import main
from desk.services import sync
from desk.services.office import Office
from tests.kept import keep, opened
from tests.services.forging import following, log_of, package
from tests.services.trips import export, put, rows

Run = Callable[..., tuple[int, str, str]]
TYPED = "--password-stdin"
SITE = "610422001001"
SOON = (date.today() + timedelta(days=30)).isoformat()


def test_where_there_is_no_place_to_write_nothing_is_begun(
    hub: Path, stick: Path, run: Run
) -> None:
    before = everything(hub)
    gone = stick / "gone"
    init = ("init", "--county", "610422", "--name", "某县", "--out", stick, "--offline-key", gone)
    for words in (
        ("renew-keys", "--out", gone, "--data", hub),
        ("root", "init", "--out", gone, "--data", hub),
        ("publish", gone, "--from", SOON, "--data", hub),
        ("rescue", stick, "--out", gone),
        (*init, "--data", stick / "other"),
    ):
        status, said, complaints = run("hub", *words, TYPED)
        assert (status, said) == (2, ""), words
        assert f"没有文件夹 {gone}" in complaints, words
    assert list(stick.iterdir()) == []
    assert everything(hub) == before


def everything(hub: Path) -> dict[str, int]:
    """How many rows each table of the county has, but for the note of who came in."""
    office = opened(keep(hub))
    noted = ("audit_entry", "event", "event_payload", "setting")
    found = {name: len(held) for name, held in rows(office, *noted).items()}
    office.close()
    return found


def test_a_window_is_named_rightly_and_a_reason_given(
    enrolled: Office, hub: Path, stick: Path, run: Run
) -> None:
    place = ("--data", hub, TYPED)
    status, _, complaints = run("hub", "revoke", SITE, "2", *place, "--why", " \n ")
    assert (status, "请用 --why 写明为什么停用" in complaints) == (2, True)
    for words in (("revoke", "61042", "2", "--why", "丢了"), ("ack", "池阳社区", "2")):
        status, said, complaints = run("hub", *words, *place)
        assert (status, said) == (2, "")
        assert "12 位" in complaints
    export(enrolled, stick)
    assert run("hub", "receive", stick, *place)[0] == 0
    for file in (stick, stick / "gone" / "ack.png"):
        status, _, complaints = run("hub", "ack", SITE, "2", "--png", file, *place)
        assert (status, "要写一个文件名" in complaints) == (2, True)
    assert not (stick / "gone").exists()


def test_a_report_says_by_its_status_whether_somebody_has_to_be_asked(
    enrolled: Office, hub: Path, stick: Path, run: Run
) -> None:
    words = ("hub", "report", "--data", hub, TYPED)
    status, said, _ = run(*words)
    assert (status, "还没有上报过" in said) == (1, True)
    export(enrolled, stick)
    run("hub", "receive", stick, "--data", hub, TYPED)
    status, said, complaints = run(*words)
    assert (status, complaints) == (0, "")
    assert "还没有上报过" not in said
    log = log_of(enrolled)
    forged = following(log, "case.moved", UUID(int=77), {})
    last = sync.view(enrolled).packages[0]
    with enrolled.reader.connect() as connection:
        query = "SELECT digest FROM package_out WHERE seq = ?"
        [digest] = connection.exec_driver_sql(query, (last.seq,)).one()
    put(stick, "z.bmq", package(enrolled, forged, len(log), seq=last.seq + 1, prev=bytes(digest)))
    status, said, _ = run("hub", "look", stick, "--data", hub, TYPED)
    assert (status, "　会退回：" in said) == (1, True)
    status, said, _ = run("hub", "receive", stick, "--data", hub, TYPED)
    assert status == 0
    assert "退回 1 条" in run(*words)[1]


def test_a_command_started_without_a_console_does_what_it_is_told(
    stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the built program of a window is started by a timer: there is nothing to print to."""
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["hub", "rescue", str(stick), "--out", str(stick / "gone")]) == 2
