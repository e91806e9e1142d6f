"""UUIDv7 (RFC 9562): ids that sort by time of birth."""

import os
from datetime import datetime
from uuid import UUID

from desk.clock import CHINA

_RANDOM_BITS = 74


def new_id(unix_ms: int, entropy: bytes | None = None) -> UUID:
    """A version 7 id born at `unix_ms`; `entropy` (10 bytes) is for tests, otherwise the system's."""
    random_part = int.from_bytes(entropy or os.urandom(10), "big") & ((1 << _RANDOM_BITS) - 1)
    value = (unix_ms & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76
    value |= (random_part >> 62) << 64
    value |= 0b10 << 62
    value |= random_part & ((1 << 62) - 1)
    return UUID(int=value)


def born_ms(id_: UUID) -> int:
    """The millisecond (Unix time) a version 7 id was made in."""
    return id_.int >> 80


def born_at(id_: UUID) -> datetime:
    """The moment a version 7 id was made, as China's clocks show it (aware)."""
    return datetime.fromtimestamp(born_ms(id_) / 1000, CHINA)
