"""The county's way into this office's data, for the day when every password and the printed recovery key are lost."""

from contextlib import suppress

from desk.errors import OfficeError
from desk.exchange.keys import PublicHalf
from desk.services.exchange_keys import county_key, own_keys
from desk.services.office import Office
from desk.services.operation import reading


def keep(office: Office) -> None:
    """Seal the data key to the county's present offline recovery key, unless it is already; without a county nothing is done.

    A county's own office is sealed to its own. What the disk refuses now is done at the next sign-in.
    """
    with suppress(OfficeError):
        if recipient := _recipient(office):
            office.seal_to(recipient)


def _recipient(office: Office) -> str:
    # Whoever signs in, an auditor too: it tells nothing of a resident.
    with reading(office, "") as connection:
        if office.kind == "desk":
            county = county_key(connection)
            return county.recovery if county else ""
        recovery = own_keys(connection).recovery
    # Where the private half is in the database itself, it would open nothing that is lost.
    return recovery.recipient if isinstance(recovery, PublicHalf) else ""
