"""The roles of resources/roles.toml, and what an operator may do by his role and his own grants."""

from collections.abc import Mapping
from functools import cache

from desk.domain.roles import Grant, Role, read_roles
from desk.resources import resource_bytes
from desk.services.operation import Operation
from desk.services.rights import Right

FILE = "roles.toml"
KNOWN = frozenset((*Operation, *Right))
"""Every deed a role can be given."""


@cache
def roles() -> Mapping[str, Role]:
    """The roles by key, in the order they are offered.

    Raises:
        CatalogRejected: the shipped file is not as it must be.
    """
    return read_roles(FILE, resource_bytes(FILE), KNOWN)


def granted(role: str, own: tuple[Grant, ...]) -> tuple[Grant, ...]:
    """What somebody of this role may do: its bundle as it is now, and what is granted to himself.

    The bundle is not frozen in the events, for a newer program has deeds an older one could not grant.
    """
    known = roles().get(role)
    return (*(known.grants if known else ()), *own)
