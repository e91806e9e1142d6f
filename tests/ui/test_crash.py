"""Bugs: logged without data, told once and calmly, from any thread."""

import logging
import threading

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType

from desk.logs import told_without_data
from ui.crash import Crash

SECRET = "610422195603120420"


@pytest.fixture
def crash(qtbot):
    shown: list[str] = []
    made = Crash(lambda: shown.append("told"))
    return made, shown


def caught() -> BaseException:
    try:
        raise ValueError(f"cannot read {SECRET}")
    except ValueError as error:
        return error


def test_a_bug_is_told_once_until_it_is_read(qtbot, crash, expected_logs):
    taker, shown = crash
    for _ in range(3):
        taker.bug(caught())
    qtbot.waitUntil(lambda: shown == ["told"])
    taker.closed()
    taker.bug(caught())
    qtbot.waitUntil(lambda: shown == ["told", "told"])
    assert len(expected_logs) == 4


def test_the_log_names_the_place_and_keeps_the_secret(crash, expected_logs):
    taker, _ = crash
    taker.bug(caught())
    (record,) = expected_logs
    assert "ValueError" in record.getMessage()
    assert "test_crash.py" in record.getMessage()
    assert SECRET not in record.getMessage()


def test_a_bug_in_a_thread_is_told_on_the_main_one(qtbot, crash, expected_logs):
    taker, _ = crash
    where: list[int] = []
    taker._show = lambda: where.append(threading.get_ident())
    worker = threading.Thread(target=lambda: taker.bug(caught()))
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: bool(where))
    assert where == [threading.get_ident()]
    assert expected_logs


@pytest.mark.parametrize(
    ("level", "text", "logged"),
    [
        (QtMsgType.QtWarningMsg, "a style is missing", logging.INFO),
        (QtMsgType.QtCriticalMsg, "no plugin", logging.ERROR),
        (QtMsgType.QtWarningMsg, "does not support propagateSizeHints()", None),
    ],
)
def test_qts_messages_go_to_the_log_only(crash, caplog, expected_logs, level, text, logged):
    taker, shown = crash
    with caplog.at_level(logging.INFO, logger="bianmin.crash"):
        taker.take_qt(level, QMessageLogContext(), text)
    assert [record.levelno for record in caplog.records] == ([logged] if logged else [])
    assert shown == []
    assert all(record.levelno >= logging.ERROR for record in expected_logs)


def test_places_are_listed_from_the_inside_out():
    error = caught()
    told = told_without_data(type(error), error.__traceback__)
    assert told.startswith("ValueError at ui/test_crash.py:")
    assert told.endswith(" caught")
