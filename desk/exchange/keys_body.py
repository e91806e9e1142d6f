"""What a KEYS package says: the county's signed key list and its signed root lists, each as its file would be."""

from collections.abc import Sequence
from dataclasses import dataclass

from desk.domain.canonical import canonical
from desk.errors import PackageRefused
from desk.exchange import key_list, roots
from desk.exchange import strict_json as strict

MOST_ROOTS = 200
MAX_BYTES = 3 * key_list.MAX_BYTES
"""A list within a text is longer by its quotation marks."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The bytes of the key list and of every root list, which are signed by themselves."""

    listed: bytes
    roots: tuple[bytes, ...] = ()


def write_keys(listed: bytes, root_lists: Sequence[bytes] = ()) -> bytes:
    """The body of a KEYS package."""
    return canonical({"list": listed.decode(), "roots": [one.decode() for one in root_lists]})


def read_keys(data: bytes) -> Keys:
    """What `write_keys` wrote; its lists are not looked at.

    Raises:
        PackageRefused: DAMAGED.
    """
    try:
        body = strict.exactly(strict.read_body(data, MAX_BYTES), ("list", "roots"))
        texts = strict.a_list(body, "roots", MOST_ROOTS)
        listed = body["list"]
        if not isinstance(listed, str) or not all(isinstance(one, str) for one in texts):
            raise ValueError("texts are needed")
        lists = tuple(one.encode() for one in texts)
        if any(len(one) > roots.MAX_BYTES for one in lists):
            raise ValueError("too long")
        return Keys(listed.encode(), lists)
    except (KeyError, TypeError, ValueError) as error:
        raise PackageRefused("DAMAGED", why="keys") from error
