"""What the one who signed in may do, see and consent to."""

from enum import StrEnum

from desk.domain.roles import Grant
from desk.errors import NotGranted
from desk.services.office import Office


class Right(StrEnum):
    """What can be granted and is no writing of its own."""

    LOOK = "look"
    """See residents, cases and registers."""
    SENSITIVE = "sensitive"
    """See illness, party matters and minors' data of a line, behind the mask or in a file."""
    APPROVE = "approve"
    """Consent as the second person to what is not to be done alone."""
    READ_LOG = "read_log"
    """Read the audit."""


def allows(grants: tuple[Grant, ...], action: str, line: str = "") -> bool:
    """Whether these grants hold the action, of this line ('' where it belongs to none)."""
    return any(
        granted in ("*", action) and (not line or of in ("*", line)) for granted, of, _ in grants
    )


def may(office: Office, action: str, line: str = "") -> bool:
    """Whether the operator who signed in may do this."""
    return allows(office.grants, action, line)


def demand(office: Office, action: str, line: str = "") -> None:
    """Go on only if he may.

    Raises:
        NotGranted: he may not; nothing was read or written.
    """
    if not may(office, action, line):
        raise NotGranted(action)
