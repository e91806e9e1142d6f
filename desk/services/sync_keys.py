"""The county's key list in: only the county's own, only a newer one; and a key compared by its scanned code."""

from pathlib import Path

from sqlalchemy import select

from db.models import FormerKey
from desk.changes import Changes
from desk.errors import NotEnrolled, PackageRefused
from desk.exchange import key_code
from desk.exchange.header import Header
from desk.exchange.key_code import is_key_code
from desk.exchange.key_files import CountyKey
from desk.exchange.key_list import MAX_BYTES, KeyList, parse_key_list
from desk.exchange.keys import SigningPair
from desk.exchange.keys_body import read_keys
from desk.exchange.parts import Contents
from desk.exchange.stick import key_lists, read_small
from desk.services import desk_keys, root_lists, settings
from desk.services.exchange_keys import county_key
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform, reading
from desk.services.sync_send import ENROLLED, ask_for_snapshot
from desk.services.sync_views import ReadBack
from desk.words.exchange import key_code_text, key_list_text

__all__ = ["compared", "is_key_code", "read_key_lists", "take"]


def read_key_lists(office: Office, folder: Path, county: CountyKey) -> ReadBack:
    """Take the newest list that lies there; one that is held already is no news.

    Raises:
        StickTrouble: the folder cannot be read.
    """
    told = [_read(office, path, county) for path in key_lists(folder)]
    taken = tuple(text for one in told for text in one.taken)
    return ReadBack(taken, tuple(text for one in told for text in one.passed_over))


def compared(office: Office, *, text: str) -> str:
    """What a scanned fingerprint says of the county's key that is held here, as a sentence.

    Raises:
        NotEnrolled: the county's key is not here.
    """
    with reading(office) as connection:
        county = county_key(connection)
    if county is None:
        raise NotEnrolled
    return key_code_text(same=key_code.fits(text, "C", county.fingerprint))


def take(office: Office, _header: Header, contents: Contents) -> Done[ReadBack]:
    """Take the lists of a KEYS package just as if they lay there as files; the same ones once more are no news.

    Raises:
        PackageRefused: DAMAGED.
        NotEnrolled: the county's key is not here.
    """
    keys = read_keys(contents.body)
    with reading(office) as connection:
        county = county_key(connection)
    if county is None:
        raise NotEnrolled
    rooted = root_lists.take_all(office, [root_lists.parsed(one) for one in keys.roots], county)
    told = _told(office, keys.listed, county)
    back = ReadBack(rooted.taken + told.taken, rooted.passed_over + told.passed_over)
    return Done(back, Changes(packages=bool(back.taken)))


def _read(office: Office, path: Path, county: CountyKey) -> ReadBack:
    try:
        return _told(office, read_small(path, MAX_BYTES), county)
    except PackageRefused as refused:
        return ReadBack((), (key_list_text(refused.code, {}),))


def _told(office: Office, data: bytes, county: CountyKey) -> ReadBack:
    try:
        listed = parse_key_list(data, county)
    except PackageRefused as refused:
        return ReadBack((), (key_list_text(refused.code, {}),))
    with reading(office) as connection:
        held = desk_keys.held_list(connection)
    facts = {"number": listed.number, "held": held, "desks": len(listed.desks)}
    if listed.number < held:
        return ReadBack((), (key_list_text("OLD", facts),))
    if listed.number > held:
        late = _take(office, listed)
        told = (key_list_text("TAKEN", facts),)
        return ReadBack((*told, key_list_text("RENEWED", facts)) if late else told, ())
    return ReadBack((), ())


def _take(office: Office, listed: KeyList) -> bool:
    """Hold the list; tells whether it revokes the key that vouched for the present one, which is then to be compared anew."""

    def work(bench: Work) -> bool:
        former = _former(bench)
        before = desk_keys.is_revoked(bench.connection, former) if former else True
        desk_keys.take_list(bench.connection, listed)
        if former is None or before or not desk_keys.is_revoked(bench.connection, former):
            return False
        # What the former key signed counts for nothing, and neither does its word for the new one.
        ask_for_snapshot(bench)
        settings.keep(bench.connection, ENROLLED, value=False)
        bench.touch("packages")
        return True

    return perform(office, Operation.EXCHANGE, work).value


def _former(bench: Work) -> bytes | None:
    """The public key this very database signed with before the present one."""
    row = bench.connection.execute(
        select(FormerKey.signing)
        .where(FormerKey.origin == bench.office.origin, FormerKey.epoch == bench.office.epoch)
        .order_by(FormerKey.place.desc())
        .limit(1)
    ).first()
    return SigningPair.from_bytes(bytes(row.signing)).public if row else None
