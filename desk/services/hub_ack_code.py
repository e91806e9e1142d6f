"""The acknowledgement of one desk as a code for its scanner, where no stick goes back."""

from dataclasses import dataclass

from sqlalchemy import select

from db.models import Sender
from desk.errors import NotFound
from desk.exchange.ack_code import AckCode, seal_ack
from desk.services import hub_desks
from desk.services.office import Office
from desk.services.operation import reading


@dataclass(frozen=True, slots=True)
class ToldAck:
    """The code's text, and for whom and how far it is."""

    text: str
    name: str
    window: int
    seq: int


def ack_code(office: Office, *, site: str, window: int) -> ToldAck:
    """The code that acknowledges all of this window's packages that are applied here.

    Raises:
        NotFound: no such window is known, or nothing of it was taken yet.
    """
    desk = hub_desks.desk_at(office, site=site, window=window)
    with reading(office) as connection:
        row = connection.execute(
            select(Sender.last_seq, Sender.last_digest).where(
                Sender.origin == desk.db_id, Sender.epoch == desk.epoch, Sender.last_seq > 0
            )
        ).first()
    if row is None:
        raise NotFound
    code = AckCode(desk.site, desk.db_id, desk.epoch, row.last_seq, bytes(row.last_digest))
    return ToldAck(seal_ack(code, office.signing), desk.name, desk.window, row.last_seq)
