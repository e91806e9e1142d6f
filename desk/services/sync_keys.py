"""The county's key list in: only the county's own, only a newer one; and a key compared by its scanned code."""

from pathlib import Path

from desk.changes import Changes
from desk.errors import NotEnrolled, PackageRefused
from desk.exchange import key_code
from desk.exchange.header import Header
from desk.exchange.key_code import is_key_code
from desk.exchange.key_files import CountyKey
from desk.exchange.key_list import MAX_BYTES, KeyList, parse_key_list
from desk.exchange.keys_body import read_keys
from desk.exchange.parts import Contents
from desk.exchange.stick import key_lists, read_small
from desk.services import desk_keys, root_lists
from desk.services.exchange_keys import county_key
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform, reading
from desk.services.views import ReadBack
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
        _take(office, listed)
        return ReadBack((key_list_text("TAKEN", facts),), ())
    return ReadBack((), ())


def _take(office: Office, listed: KeyList) -> None:
    def work(bench: Work) -> None:
        desk_keys.take_list(bench.connection, listed)

    perform(office, Operation.EXCHANGE, work)
