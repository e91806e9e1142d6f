"""Whether the computer's date can be believed: the last moment anybody was here is kept, and a jump is asked about."""

from datetime import datetime, timedelta
from typing import Literal

from desk.services import audit, settings
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform

SEEN, ASKED = "clock_seen", "clock_asked"
BACK, AHEAD = timedelta(minutes=10), timedelta(days=45)
"""A clock may be set right by minutes; longer than the longest holidays nobody is away."""
Doubt = Literal["", "back", "ahead"]


def doubt(office: Office) -> Doubt:
    """Whether the date went back, or further ahead than anybody stays away, since it was last believed."""
    told = settings.get(office, SEEN)
    if not told:
        return ""
    gone = office.clock.now() - datetime.fromisoformat(told)
    return "back" if gone < -BACK else "ahead" if gone > AHEAD else ""


def believe(office: Office) -> Done[None]:
    """From now on go by the present date: nothing is in doubt, or a person looked at it and says that it is right."""
    told = office.clock.now().isoformat(timespec="seconds")
    found = doubt(office)

    def work(bench: Work) -> None:
        if found:
            audit.note(bench, "clock", why=found, answer="right")
        settings.keep(bench.connection, SEEN, value=told)
        settings.keep(bench.connection, ASKED, value=None)

    return perform(office, Operation.NOTE, work)


def look(office: Office) -> Doubt:
    """As `doubt`, which is noted; a date that is not in doubt is believed at once."""
    found = doubt(office)
    if not found:
        believe(office)
    elif settings.get(office, ASKED) != found:
        perform(office, Operation.NOTE, lambda bench: _asked(bench, found))
    return found


def _asked(bench: Work, found: Doubt) -> None:
    """Noted once, however often the program looks until somebody answers."""
    audit.note(bench, "clock", why=found, answer="asked")
    settings.keep(bench.connection, ASKED, value=found)
