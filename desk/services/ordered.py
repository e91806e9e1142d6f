"""The order of the county that stands behind a change a desk makes."""

from dataclasses import dataclass
from uuid import UUID

from desk.domain.canonical import Json


@dataclass(frozen=True, slots=True)
class Ordered:
    """Which order, who gave it and why; `base` is the version of the case the county saw."""

    order: UUID
    by: str
    reason: str
    base: int

    def payload(self) -> dict[str, Json]:
        """What an event says of it."""
        return {"order": self.order.hex, "by": self.by, "why": self.reason}
