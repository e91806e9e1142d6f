"""Lines of events in the shape nearly all of them have, read at one look instead of value by value."""

import re
from datetime import datetime
from uuid import UUID

from desk.domain.events import EventRecord, commit_bytes
from desk.exchange import strict_json as strict

ID, DIGEST, SALT = (f"([0-9a-f]{{{digits}}})" for digits in (32, 64, 32))
# Up to fifteen digits are below 2^53 whatever they are.
WHOLE, COUNTED = "(0|[1-9][0-9]{0,14})", "([1-9][0-9]{0,14})"
BEFORE = re.compile(
    rf'\{{"actor":(?:null|"{ID}"),"at":"([0-9T:.+-]{{1,40}})","base":{WHOLE},"commitment":null,'
    rf'"entity":"([a-z]{{1,32}})","entity_id":"{ID}","hash":"{DIGEST}","id":"{ID}","mono":{WHOLE},'
    rf'"n":{COUNTED},"op":"([a-z_.]{{1,64}})","origin":"{ID}","payload":'
)
BEHIND = re.compile(
    rf',"prev":"{DIGEST}","salt":"{SALT}","seat":{WHOLE},"trunk":{WHOLE},"v":{COUNTED}\}}'
)


def read_usual(line: bytes) -> EventRecord | None:
    """The event of a line, its hash unchecked; None where the line is not of this shape, be it right or wrong.

    The patterns take nothing but what the canonical form of such values is, and the payload is compared with its own; so
    is the line, put together of them, the canonical form of the whole, and not encoded again to see that.
    """
    try:
        text = line.decode()
        before, behind = BEFORE.match(text), BEHIND.fullmatch(text, text.rfind(',"prev":"'))
        if before is None or behind is None or _no_moment(before[2]):
            return None
        payload = strict.read_written(text[before.end() : behind.start()])
    except ValueError:
        return None
    salt = bytes.fromhex(behind[2])
    actor, at, base, entity, entity_id, hash_, own, mono, n, kind, origin = before.groups()
    return EventRecord(
        id=_id(own),
        origin=_id(origin),
        n=int(n),
        kind=kind,
        version=int(behind[5]),
        entity=entity,
        entity_id=_id(entity_id),
        actor=_id(actor) if actor else None,
        seat=int(behind[3]),
        at=at,
        mono=int(mono),
        trunk=int(behind[4]),
        base=int(base),
        prev=bytes.fromhex(behind[1]),
        commitment=commit_bytes(payload.text.encode(), salt),
        hash=bytes.fromhex(hash_),
        payload=payload,
        salt=salt,
    )


def _no_moment(text: str) -> bool:
    return datetime.fromisoformat(text).utcoffset() is None


def _id(digits: str) -> UUID:
    return UUID(int=int(digits, 16))
