"""An acknowledgement scanned off paper or a screen: the same as one off a stick, without its list of refused records."""

from desk.errors import NotEnrolled
from desk.exchange.ack import AckBody
from desk.exchange.ack_code import AckCode, is_ack_code, read_ack_code, verify
from desk.services.ack_taking import mark
from desk.services.exchange_keys import county_key
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform, reading
from desk.services.sync_views import ReadBack
from desk.words.exchange import scanned_text

__all__ = ["is_ack_code", "take_scanned"]


def take_scanned(office: Office, *, text: str) -> Done[ReadBack]:
    """Mark what the scanned code acknowledges; a code that is not the county's, or not for this desk, marks nothing.

    Raises:
        NotEnrolled: the county's key is not here.
    """
    with reading(office) as connection:
        county = county_key(connection)
    if county is None:
        raise NotEnrolled
    try:
        code = read_ack_code(text)
    except ValueError:
        return _nothing(office, "CUT")
    if not verify(code, county.signing):
        return _nothing(office, "FORGED")
    if (code.site, code.db_id) != (str(office.profile["community_code"]), office.origin):
        return _nothing(office, "ANOTHERS")
    return perform(office, Operation.EXCHANGE, lambda bench: mark(bench, _body(bench, code)))


def _body(bench: Work, code: AckCode) -> AckBody:
    return AckBody(
        site=code.site,
        db_id=code.db_id,
        epoch=code.epoch,
        ack_seq=code.seq,
        ack_hash=code.digest,
        at=bench.now.isoformat(timespec="seconds"),
    )


def _nothing(office: Office, code: str) -> Done[ReadBack]:
    said = ReadBack((), (scanned_text(code),))
    return perform(office, Operation.EXCHANGE, lambda _bench: said)
