"""Answers in: what the county sends this desk, read off a stick; each kind of package has its own taker."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from desk.changes import Changes
from desk.errors import NotEnrolled, PackageRefused
from desk.exchange.catalog_body import LIMITS as CATALOG_LIMITS
from desk.exchange.header import TO_DESKS, Header
from desk.exchange.key_files import CountyKey
from desk.exchange.keys import SealingPair
from desk.exchange.parts import LIMITS, Contents, Limits
from desk.exchange.receiving import ReaderContext, SenderState, inspect, open_parts
from desk.exchange.stick import Found, scan
from desk.services import (
    ack_taking,
    catalog_take,
    order_taking,
    resend_taking,
    root_lists,
    stick_care,
    sync_keys,
)
from desk.services.exchange_keys import county_key, own_keys
from desk.services.office import Office
from desk.services.operation import Done, reading
from desk.services.sync_views import ReadBack
from desk.words.exchange import outcome_text

Taker = Callable[[Office, Header, Contents], Done[ReadBack]]

TAKERS: Mapping[str, Taker] = MappingProxyType(
    {
        "ACK": ack_taking.take,
        "STATUS": order_taking.take,
        "CATALOG": catalog_take.take,
        "RESEND": resend_taking.take,
        "KEYS": sync_keys.take,
    }
)
"""What is done with each kind of package; it was signed by the county and is for this desk database.

A taker takes the same package twice, or an older one after a newer, without harm, and raises PackageRefused for what it
cannot take.
"""

LIMITS_OF: Mapping[str, Limits] = MappingProxyType({"CATALOG": CATALOG_LIMITS})
"""The kinds that are never as large as a package may be."""


def read_answers(office: Office, *, folder: Path) -> Done[ReadBack]:
    """Take every package for this desk that lies in the folder, oldest first, and the county's key list; then tidy the stick.

    Raises:
        NotEnrolled: the county's key is not here.
        StickTrouble: the folder cannot be read.
    """
    with reading(office) as connection:
        pairs, county = own_keys(connection).opening, county_key(connection)
    if county is None:
        raise NotEnrolled
    roots_read = root_lists.read(office, folder, county)
    done = Done(roots_read, Changes(packages=bool(roots_read.taken)))
    files, taken = scan(folder), []
    for found in filter(is_answer, files):
        try:
            header, contents = opened(office, found, county, pairs)
            done = _both(done, TAKERS[header.kind](office, header, contents))
            taken.append(found)
        except PackageRefused as refused:
            passed_over = ReadBack((), (outcome_text(refused.code, refused.facts),))
            done = _both(done, Done(passed_over, Changes()))
    keys_read = sync_keys.read_key_lists(office, folder, county)
    done = _both(done, Done(keys_read, Changes()))
    tidied = stick_care.tidy(office, files, taken)
    return replace(done, value=replace(done.value, tidied=tidied))


def opened(
    office: Office, found: Found, county: CountyKey, pairs: tuple[SealingPair, ...]
) -> tuple[Header, Contents]:
    """What lies in a package of the county's; nothing is taken.

    Raises:
        PackageRefused: it is none, or none for us.
    """
    package = inspect(found.path, _context(office, county))
    if package.outcome != "READY" or package.header is None:
        raise PackageRefused(package.outcome, **package.facts)
    limits = LIMITS_OF.get(package.header.kind, LIMITS)
    if package.header.ct_len > limits.file:
        raise PackageRefused("BAD_FILE", why="too_large")
    return package.header, open_parts(package, pairs, limits)


def _both(one: Done[ReadBack], other: Done[ReadBack]) -> Done[ReadBack]:
    return Done(
        ReadBack(
            one.value.taken + other.value.taken, one.value.passed_over + other.value.passed_over
        ),
        one.changes | other.changes,
    )


def is_answer(found: Found) -> bool:
    """Packages of desks, our own among them, lie on the same stick; they are no answers."""
    return found.header is None or found.header.kind in TO_DESKS


def _context(office: Office, county: CountyKey) -> ReaderContext:
    def sender(header: Header) -> SenderState:
        role: root_lists.Role = "catalog" if header.kind == "CATALOG" else "hub"
        with reading(office) as connection:
            counts = root_lists.may_sign(connection, county, role, county.signing)
        # What the county sends is cumulative: whichever comes, the ones before it are not needed.
        return SenderState(
            node=county.node,
            db_id=header.db_id,
            signing=county.signing,
            fingerprint=county.fingerprint,
            last_seq=header.seq - 1,
            last_digest=header.prev,
            revoked=not counts,
        )

    return ReaderContext(
        addresses=frozenset({office.origin.hex}), kinds=frozenset(TAKERS), sender=sender
    )
