"""Rows follow from events: an event of a newer program stops, an erased one changes nothing."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from db.models import Consultation
from desk.domain.events import EventRecord
from desk.services import cases, projection
from desk.services.event_store import read_events
from desk.services.office import Office
from desk.services.operation import reading


def last_event(office: Office) -> EventRecord:
    with reading(office) as connection:
        return list(read_events(connection))[-1]


@pytest.fixture
def consulted(office: Office) -> EventRecord:
    """An event on file that made one row."""
    cases.log_consultation(office, item_code="MZ-GL-01")
    return last_event(office)


@pytest.mark.parametrize("change", [{"kind": "moon.landed"}, {"version": 2}])
def test_what_is_not_known_is_not_guessed(
    office: Office, consulted: EventRecord, change: dict[str, object]
) -> None:
    """A kind or a version from the future."""
    newer = replace(consulted, **change)  # type: ignore[arg-type]
    assert not projection.knows(newer.kind, newer.version)
    with (
        pytest.raises(projection.UnknownEvent),
        office.writer.begin() as connection,
    ):
        projection.apply(connection, newer)


def test_an_erased_event_changes_nothing(office: Office, consulted: EventRecord) -> None:
    """It stays in the chain; its content is gone."""
    with office.writer.begin() as connection:
        projection.apply(connection, replace(consulted, payload=None, salt=None))
    with reading(office) as connection:
        assert len(connection.execute(select(Consultation.id)).all()) == 1


def test_every_kind_that_can_be_written_can_be_read() -> None:
    """At the version this program writes."""
    assert all(
        projection.knows(kind, projection.version_of(kind)) for kind in projection.PROJECTORS
    )
    assert not projection.knows("", 1)
