"""Lines of events in the shape nearly all of them have, read at one look instead of value by value."""

import re
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from desk.domain.events import HEADER, EventRecord, commit_bytes, link_bytes
from desk.exchange import strict_json as strict

ID, DIGEST, SALT = (f"([0-9a-f]{{{digits}}})" for digits in (32, 64, 32))
# Up to fifteen digits are below 2^53 whatever they are.
WHOLE, COUNTED = "(0|[1-9][0-9]{0,14})", "([1-9][0-9]{0,14})"
PAYLOAD, PREV = b',"payload":', b',"prev":"'
BEFORE = re.compile(
    rf'\{{"actor":(?:null|"{ID}"),"at":"([0-9T:.+-]{{1,40}})","base":{WHOLE},"commitment":null,'
    rf'"entity":"([a-z]{{1,32}})","entity_id":"{ID}","hash":"{DIGEST}","id":"{ID}","mono":{WHOLE},'
    rf'"n":{COUNTED},"op":"([a-z_.]{{1,64}})","origin":"{ID}"'
)
BEHIND = re.compile(
    rf',"prev":"{DIGEST}","salt":"{SALT}","seat":{WHOLE},"trunk":{WHOLE},"v":{COUNTED}\}}'
)


def read_usual(line: bytes) -> EventRecord | None:
    """The event of a line; None where the line is not of this shape or its hash does not fit, be it right or wrong.

    The patterns take nothing but what the canonical form of such values is, and the payload is compared with its own; so
    is the line, put together of them, the canonical form of the whole, and so is the header, put together of the same.
    """
    start, end = line.find(PAYLOAD), line.rfind(PREV)
    told = line[start + len(PAYLOAD) : end]
    try:
        # Without the payload's Chinese both ends take half the time to match.
        before = BEFORE.fullmatch(line[:start].decode("ascii"))
        behind = BEHIND.fullmatch(line[end:].decode("ascii"))
        if before is None or behind is None or _no_moment(before[2]):
            return None
        payload = strict.read_written(told.decode())
    except ValueError:
        return None
    actor, at, base, entity, entity_id, hash_, own, mono, n, kind, origin = before.groups()
    prev, salt, seat, trunk, version = behind.groups()
    commitment = commit_bytes(told, salt_bytes := bytes.fromhex(salt))
    header = (
        *(f'"{actor}"' if actor else "null", f'"{at}"', base, commitment.hex(), f'"{entity}"'),
        *(entity_id, own, f'"{kind}"', mono, n, origin, seat, trunk, version),
    )
    link = link_bytes(prev_bytes := bytes.fromhex(prev), (HEADER % header).encode())
    if link.hex() != hash_:
        return None
    return EventRecord(
        id=_id(own),
        origin=_often(origin),
        n=int(n),
        kind=kind,
        version=int(version),
        entity=entity,
        entity_id=_often(entity_id),
        actor=_often(actor) if actor else None,
        seat=int(seat),
        at=at,
        mono=int(mono),
        trunk=int(trunk),
        base=int(base),
        prev=prev_bytes,
        commitment=commitment,
        hash=link,
        payload=payload,
        salt=salt_bytes,
    )


def _no_moment(text: str) -> bool:
    return datetime.fromisoformat(text).utcoffset() is None


def _id(digits: str) -> UUID:
    return UUID(int=int(digits, 16))


@lru_cache(maxsize=256)
def _often(digits: str) -> UUID:
    """An id that the lines before had most likely, too."""
    return _id(digits)
