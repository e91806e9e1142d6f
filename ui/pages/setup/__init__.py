"""First start: the hall, the first operator, the recovery key."""

from ui.pages.setup.page import SetupPage

__all__ = ["SetupPage"]
