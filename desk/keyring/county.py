"""The data key sealed to the county's offline recovery key, which has no secret in this office: only the county opens it.

`pyrage` is imported where it is used: the sign-in page only asks for names, and is the first paint.
"""

import json
from collections.abc import Mapping

from desk.domain.canonical import Json, canonical
from desk.keyring.key_file import FORMAT, CountySlot
from desk.keyring.wrapping import WrongSecret, key_check

COUNTY, VERSION = "county", 1


def sealed(data_key: bytes, recipient: str) -> CountySlot:
    """The slot for this age recipient. Raises ValueError: it is none."""
    import pyrage

    try:
        whom = pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError as error:
        raise ValueError("an age recipient is needed") from error
    return CountySlot(recipient, bytes(pyrage.encrypt(canonical(_told(data_key)), [whom])))


def unsealed(slot: CountySlot, identity: str, check: bytes) -> bytes:
    """The data key, by the private half as age writes it. `check` is the one of the key file the slot stands in.

    What is sealed names its slot and its key's check, because anybody can seal something to a public key.

    Raises:
        WrongSecret: the identity is another's, the slot was changed, or it is one of another office's key file.
    """
    import pyrage

    try:
        pair = pyrage.x25519.Identity.from_str(identity)
        plain = pyrage.decrypt(slot.sealed, [pair])
        data_key = _key(plain)
    except (pyrage.IdentityError, pyrage.DecryptError, ValueError, RecursionError) as error:
        raise WrongSecret from error
    if str(pair.to_public()) != slot.recipient or key_check(data_key) != check:
        raise WrongSecret
    return data_key


def _key(plain: bytes) -> bytes:
    """The data key out of what was sealed. Raises ValueError: it says anything else than `_told` says of that key."""
    body = json.loads(plain)
    told = body.get("key") if isinstance(body, Mapping) else None
    data_key = bytes.fromhex(told) if isinstance(told, str) else b""
    if canonical(_told(data_key)) != plain:
        raise ValueError("not a slot of this kind")
    return data_key


def _told(data_key: bytes) -> dict[str, Json]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "id": COUNTY,
        "kind": COUNTY,
        "check": key_check(data_key).hex(),
        "key": data_key.hex(),
    }
