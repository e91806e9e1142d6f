"""How hard a password is to try: Argon2id settings within bounds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Argon2Params:
    """Memory in KiB, passes over it, lanes side by side.

    The floor is OWASP's (ASVS 5.0, 19 MiB with two passes); the ceiling keeps a damaged key file from eating the machine.

    Raises:
        ValueError: weaker than the floor or beyond the ceiling.
    """

    memory_kib: int = 64 * 1024
    iterations: int = 3
    lanes: int = 1

    def __post_init__(self) -> None:
        allowed = (
            19 * 1024 <= self.memory_kib <= 1024 * 1024
            and 2 <= self.iterations <= 100
            and 1 <= self.lanes <= 4
        )
        if not allowed:
            raise ValueError(f"not allowed: {self}")


DEFAULT = Argon2Params()
FLOOR = Argon2Params(19 * 1024, 2)
