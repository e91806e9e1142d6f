"""Rows from received events: many at once while all goes well, one by one as soon as something is wrong with any."""

from collections.abc import Sequence

from sqlalchemy.engine import Connection
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    NoResultFound,
    ProgrammingError,
    StatementError,
)

from desk.domain.events import EventRecord
from desk.exchange.ack import RefusedEvent
from desk.services import hub_family, projection
from desk.services.row_batch import RowBatch

BREAKS_A_RULE = (IntegrityError, DataError, InterfaceError, ProgrammingError)
"""What the driver says when a row cannot be, as against a disk, a file or a server that failed."""
OF_NO_FORM = (ArithmeticError, AttributeError, LookupError, NoResultFound, TypeError, ValueError)
"""What projecting says when an event has not what it needs, or is about a row that never came."""
ANOTHERS = "这条记录属于别的社区，没有计入"
AGAINST_ROWS = "与县里已有的记录冲突，没有计入"
NOT_OF_FORM = "这条记录的内容不合格式，没有计入"


def project(
    connection: Connection, records: Sequence[EventRecord], owners: hub_family.Owners
) -> list[RefusedEvent]:
    """The rows that follow; an event that breaks a rule is left out and named.

    A savepoint for each event costs more than all its rows, so one serves all of them; only if that fails is each tried by
    itself. What comes of it is the same.
    """
    if _together(connection, records, owners):
        return []
    refused = []
    for record in records:
        refused += _alone(connection, record, owners)
    return refused


def _together(
    connection: Connection, records: Sequence[EventRecord], owners: hub_family.Owners
) -> bool:
    batch = RowBatch(connection)
    try:
        with connection.begin_nested():
            for record in records:
                if not hub_family.is_own(connection, record, owners):
                    raise ValueError(record.n)
                projection.apply(batch.as_connection(), record)
            batch.flush()
    except StatementError as error:
        _raise_unless_a_rule(error)
        return False
    except OF_NO_FORM:
        return False
    return True


def _alone(
    connection: Connection, record: EventRecord, owners: hub_family.Owners
) -> list[RefusedEvent]:
    if not hub_family.is_own(connection, record, owners):
        return [RefusedEvent(record.n, record.id, "OWNER", ANOTHERS)]
    try:
        with connection.begin_nested():
            projection.apply(connection, record)
    except StatementError as error:
        _raise_unless_a_rule(error)
        return [RefusedEvent(record.n, record.id, "RULE", AGAINST_ROWS)]
    except OF_NO_FORM:
        return [RefusedEvent(record.n, record.id, "FORM", NOT_OF_FORM)]
    return []


def _raise_unless_a_rule(error: StatementError) -> None:
    if isinstance(error, DBAPIError) and not isinstance(error, BREAKS_A_RULE):
        raise error
