"""What a server's driver says, as somebody at the desk is told of it; what is nobody's trouble stays what it was."""

import psycopg
import pytest
from psycopg import errors
from sqlalchemy.exc import DBAPIError

from desk.errors import (
    DeskError,
    DiskFailed,
    DiskFull,
    OfficeBusy,
    OfficeDamaged,
    StoreUnreachable,
)
from desk.services.troubles import disk_troubles, lost_a_race


def said(cause: Exception, *, gone: bool = False) -> DBAPIError:
    """As SQLAlchemy hands on what a driver raised."""
    return DBAPIError("SELECT 1", {}, cause, connection_invalidated=gone)


@pytest.mark.parametrize(
    ("state", "trouble"),
    [
        ("53100", DiskFull),
        ("58030", DiskFailed),
        ("55P03", OfficeBusy),
        ("40P01", OfficeBusy),
        ("08006", StoreUnreachable),
        ("57P01", StoreUnreachable),
        ("3D000", StoreUnreachable),
        ("XX001", OfficeDamaged),
        ("XX002", OfficeDamaged),
    ],
)
def test_a_server_in_trouble_is_told_by_its_code(state: str, trouble: type[DeskError]) -> None:
    error = said(errors.lookup(state)())
    with pytest.raises(trouble) as told, disk_troubles():
        raise error
    assert told.value.__cause__ is error


@pytest.mark.parametrize("state", ["XX000", "42601", "22P02"])
def test_a_fault_of_the_program_stays_one(state: str) -> None:
    error = said(errors.lookup(state)())
    with pytest.raises(DBAPIError) as told, disk_troubles():
        raise error
    assert told.value is error


def test_no_answer_is_told_from_a_wrong_question() -> None:
    """Neither has a code."""
    for error in (said(psycopg.OperationalError()), said(psycopg.DataError(), gone=True)):
        with pytest.raises(StoreUnreachable), disk_troubles():
            raise error
    with pytest.raises(DBAPIError), disk_troubles():
        raise said(psycopg.DataError())


def test_only_who_lost_a_race_tries_again() -> None:
    states = ("40001", "40P01", "55P03", "53100")
    assert [lost_a_race(said(errors.lookup(one)())) for one in states] == [True, True, False, False]
