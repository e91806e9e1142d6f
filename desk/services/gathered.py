"""Many rows in few statements: what an import or an intake writes is gathered and written together."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from desk.services.operation import Work
from desk.services.row_batch import RowBatch

MOST: Final = 1_000
"""So many new rows wait at most, that memory stays flat."""


@contextmanager
def gathering(work: Work) -> Iterator[None]:
    """Within, what the operation writes is gathered; when it ends well, all of it is written."""
    plain = work.connection
    batch = RowBatch(plain, MOST)
    work.connection = batch.as_connection()
    try:
        yield
        batch.flush()
    finally:
        work.connection = plain
