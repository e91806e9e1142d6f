"""A clock that jumps: the computer's, set by hand at the wrong moments."""

from datetime import datetime, timedelta

from desk.clock import CHINA

EPOCH = datetime(1970, 1, 1, 8, tzinfo=CHINA)


class Jumping:
    """Runs on, and each time it was asked `every` times goes on from the next of the offsets (in days; None: from 1970)."""

    def __init__(self, jumps: list[int | None], every: int = 7) -> None:
        self.jumps, self.every, self.asked = jumps, every, 0

    def now(self) -> datetime:
        self.asked += 1
        offset = self.jumps[self.asked // self.every % len(self.jumps)]
        now = datetime.now(CHINA)
        return (
            EPOCH + (now - datetime(2026, 1, 1, tzinfo=CHINA))
            if offset is None
            else now + timedelta(days=offset)
        )
