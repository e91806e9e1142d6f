"""The diagnostic bundle: nothing of a resident in it whatever was typed, and the file looked at, never copied."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from desk import logs
from desk.services import backup, diagnosis
from desk.services.office import Office
from tests.builders import id_number, make_office, person, take_in
from tests.conftest import GUARDS

MARKED = {
    "name": "标记人马依努尔",
    "phone": "13987654321",
    "hukou_addr": "标记户籍地甲号",
    "live_addr": "标记现住地乙号",
    "house": "标记楼栋丙",
}
ID_NO = id_number(birth="19490703", order=58)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Office]:
    """An office with a marked person's case, a backup, and a log into which her data slipped."""
    office = make_office(tmp_path / "office").office
    take_in(office, who=person(**MARKED, id_no=ID_NO, birth="1949-07-03"))
    backup.make(office, why="day")
    handler = logs.start_log(office.paths.logs)
    assert handler is not None
    logging.getLogger("bianmin.test").info("name=%s id %s", MARKED["name"], ID_NO)
    logging.getLogger("bianmin.test").info("phone %s", MARKED["phone"])
    yield office
    logging.getLogger().removeHandler(handler)
    handler.close()
    office.close()


def test_no_marker_comes_through(desk: Office) -> None:
    told = diagnosis.gather(desk.paths, clock=desk.clock, office=desk).text
    assert "id [证件号]" in told
    assert [mark for mark in (*MARKED.values(), ID_NO) if mark in told] == []


def test_it_tells_versions_settings_checks_counts_and_the_log(desk: Office) -> None:
    told = diagnosis.gather(desk.paths, clock=desk.clock, office=desk, extra=("Qt 6",)).text
    for wanted in (
        *("便民前台 0.1.0", "SQLite 3.", "Qt 6", "journal_mode = wal", "synchronous = 3"),
        *(
            "数据文件完好",
            "person = 1",
            "case_file = 1",
            "没有疑点",
            "没有中断的启动",
            "phone [电话]",
        ),
    ):
        assert wanted in told


def test_the_data_file_is_opened_by_its_own_driver_alone(desk: Office) -> None:
    """Neither read nor copied as a file: that would drop its locks."""
    GUARDS.opened = []
    try:
        diagnosis.gather(desk.paths, clock=desk.clock, office=desk)
        assert [path for path in GUARDS.opened if "desk.db" in path] == []
    finally:
        GUARDS.opened = None


def test_it_changes_nothing(desk: Office) -> None:
    with desk.reader.connect() as connection:
        before = connection.execute(text("SELECT count(*) FROM event")).scalar_one()
    diagnosis.gather(desk.paths, clock=desk.clock, office=desk)
    with desk.reader.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM event")).scalar_one() == before


def test_what_is_wrong_in_the_file_is_said(desk: Office) -> None:
    with desk.writer.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER event_no_update")
        connection.exec_driver_sql("UPDATE event SET kind = 'other' WHERE n = 3")
    told = diagnosis.gather(desk.paths, clock=desk.clock, office=desk).text
    assert "经过记录第 3 条" in told


def test_one_part_that_cannot_be_read_does_not_cost_the_others(desk: Office) -> None:
    with desk.writer.begin() as connection:
        connection.exec_driver_sql("DROP TABLE draft")
    told = diagnosis.gather(desk.paths, clock=desk.clock, office=desk).text
    assert "读不出来：OperationalError at" in told
    assert "journal_mode = wal" in told
    assert "最近的日志" in told


def test_without_an_office_it_says_what_it_did_not_see(desk: Office) -> None:
    told = diagnosis.gather(desk.paths, clock=desk.clock, why_closed="数据文件打不开").text
    assert told.count("没有看：数据文件没有打开（数据文件打不开）。") == 3
    assert "phone [电话]" in told


def test_only_the_last_lines_of_the_log_are_in_it(desk: Office) -> None:
    for number in range(diagnosis.LINES + 5):
        logging.getLogger("bianmin.test").info("line %s", number)
    told = diagnosis.gather(desk.paths, clock=desk.clock).text
    assert "line 4\n" not in told
    assert "line 5\n" in told
    assert f"line {diagnosis.LINES + 4}\n" in told


def test_a_strangers_file_in_the_folder_is_counted_and_not_named(desk: Office) -> None:
    (desk.paths.folder / f"{MARKED['name']}.xlsx").touch()
    told = diagnosis.gather(desk.paths, clock=desk.clock).text
    assert "另有 1 个" in told
    assert MARKED["name"] not in told


def test_it_is_written_as_it_was_shown(desk: Office, tmp_path: Path) -> None:
    bundle = diagnosis.gather(desk.paths, clock=desk.clock, office=desk)
    path = diagnosis.write(bundle, tmp_path)
    assert path.name == "bianmin-diagnosis-20261123-090000.txt"
    assert path.read_text("utf-8") == bundle.text
