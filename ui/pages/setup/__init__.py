"""First start: the hall, the first operator, the recovery key."""

from ui.pages.setup.page import SetupPage
from ui.pages.setup.prove_page import ProvePage, ask_back

__all__ = ["ProvePage", "SetupPage", "ask_back"]
