"""The county's key list in: only the county's own, only a newer one."""

from pathlib import Path

from desk.errors import PackageRefused
from desk.exchange.key_files import CountyKey
from desk.exchange.key_list import MAX_BYTES, KeyList, parse_key_list
from desk.exchange.stick import key_lists, read_small
from desk.services import desk_keys
from desk.services.office import Office
from desk.services.operation import Operation, Work, perform, reading
from desk.services.views import ReadBack
from desk.words.exchange import key_list_text


def read_key_lists(office: Office, folder: Path, county: CountyKey) -> ReadBack:
    """Take the newest list that lies there; one that is held already is no news.

    Raises:
        StickTrouble: the folder cannot be read.
    """
    told = [_read(office, path, county) for path in key_lists(folder)]
    taken = tuple(text for one in told for text in one.taken)
    return ReadBack(taken, tuple(text for one in told for text in one.passed_over))


def _read(office: Office, path: Path, county: CountyKey) -> ReadBack:
    try:
        listed = parse_key_list(read_small(path, MAX_BYTES), county)
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
