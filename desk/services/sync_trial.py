"""Looking into what the county sent before it is read in: a sentence for each file, nothing is taken."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from desk.errors import NotEnrolled, PackageRefused
from desk.exchange.ack import parse_ack
from desk.exchange.catalog_body import parse_release
from desk.exchange.keys_body import read_keys
from desk.exchange.order_lines import parse_orders
from desk.exchange.parts import Contents
from desk.exchange.resend import read_give_back
from desk.exchange.stick import key_lists, root_lists, scan
from desk.services import sync_receive
from desk.services.exchange_keys import county_key, own_keys
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.sync_views import ReadBack
from desk.words.catalog import day_text
from desk.words.exchange import LISTS_FOUND, contents_text, outcome_text


def look_inside(office: Office, *, folder: Path) -> ReadBack:
    """What lies there for this desk: `taken` says what could be read in, `passed_over` what could not.

    Raises:
        NotEnrolled: the county's key is not here.
        StickTrouble: the folder cannot be read.
    """
    with reading(office) as connection:
        pairs, county = own_keys(connection).opening, county_key(connection)
    if county is None:
        raise NotEnrolled
    fit: list[str] = []
    unfit: list[str] = []
    for found in filter(sync_receive.is_answer, scan(folder)):
        try:
            header, contents = sync_receive.opened(office, found, county, pairs)
            fit.append(contents_text(header.kind, **_FACTS[header.kind](contents)))
        except PackageRefused as refused:
            unfit.append(outcome_text(refused.code, refused.facts))
    lists = len(key_lists(folder)) + len(root_lists(folder))
    told = (LISTS_FOUND.format(count=lists),) if lists else ()
    return ReadBack((*fit, *told), tuple(unfit))


def _ack(contents: Contents) -> dict[str, object]:
    body = parse_ack(contents.body)
    return {"seq": body.ack_seq, "refused": len(body.refused)}


def _status(contents: Contents) -> dict[str, object]:
    return {"orders": len(parse_orders(contents.body))}


def _catalog(contents: Contents) -> dict[str, object]:
    release = parse_release(contents.body)
    return {"version": release.release, "day": day_text(release.effective_from)}


def _resend(contents: Contents) -> dict[str, object]:
    told, records = read_give_back(contents.body)
    return {"part": told.part, "of": told.of, "events": sum(1 for _ in records)}


def _keys(contents: Contents) -> dict[str, object]:
    return {"count": 1 + len(read_keys(contents.body).roots)}


_FACTS: Mapping[str, Callable[[Contents], dict[str, object]]] = MappingProxyType(
    {"ACK": _ack, "STATUS": _status, "CATALOG": _catalog, "RESEND": _resend, "KEYS": _keys}
)
