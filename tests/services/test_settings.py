"""Settings of the seat: kept, replaced, local."""

import pytest

from desk.services import settings
from desk.services.office import Office
from tests.services import deeds


@pytest.mark.parametrize("value", ["A5", 3, True, ["a", "b"], {"x": {"y": 1}}, "\x00'\"\\"])
def test_what_is_put_is_got(shared_office: Office, value: object) -> None:
    """Any plain value."""
    settings.put(shared_office, key="medium", value=value)  # type: ignore[arg-type]
    assert settings.get(shared_office, "medium", "default") == value


def test_what_was_never_put_has_its_default(shared_office: Office) -> None:
    """The caller's."""
    assert settings.get(shared_office, "unheard of") is None
    assert settings.get(shared_office, "unheard of", 7) == 7


def test_none_forgets(shared_office: Office) -> None:
    """The default counts again."""
    for value in ("a", None):
        settings.put(shared_office, key="colour", value=value)
    assert settings.get(shared_office, "colour", "default") == "default"


def test_settings_are_replaced_and_leave_only_notes(office: Office) -> None:
    """The value is local: the county hears no more than that one was changed."""
    before = deeds.everything(office)
    first = settings.put(office, key="printer", value="甲")
    settings.put(office, key="printer", value="乙")
    assert settings.get(office, "printer") == "乙"
    assert first.changes.settings
    noted = {name: before[name] + 2 for name in ("audit_entry", "event", "event_payload")}
    assert deeds.everything(office) == {**before, **noted}
