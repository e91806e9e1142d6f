"""窗口密钥登记单: this window's six words and its code on paper, for a county that is not on the telephone."""

from desk.domain.paper_values import moment_words
from desk.domain.plain_papers import PlainHead, compose_plain
from desk.exchange.key_code import key_code
from desk.exchange.keys import six_words
from desk.services import paper_making, printers
from desk.services.exchange_keys import county_key, former_signer, own_keys
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.sync_slip import Slip

KIND = "key_sheet"
RENEWED = "这是换过的密钥；旧密钥没有停用的，县里收登记文件时不用再核对。"


def sheet(office: Office) -> Slip:
    """The sheet; what it says is public, and nothing of a resident stands on it."""
    from desk.printing.printer import render

    with reading(office) as connection:
        keys, county = own_keys(connection), county_key(connection)
        renewed = former_signer(connection) is not None
    now, wording, hall = office.clock.now(), office.rules.wording, office.hall
    head = PlainHead(
        hall=paper_making.hall_of(office),
        signed_at=now,
        code=key_code("D", keys.fingerprint),
        clerk=hall.operator,
        window=str(hall.window),
    )
    values = {
        "site": str(office.profile["community_code"]),
        "to_body": county.name if county else "",
        "words": " ".join(six_words(keys.fingerprint)),
        "made_at": moment_words(now),
        "before": RENEWED if renewed else "",
    }
    paper = compose_plain(KIND, head, values, {}, wording)
    profile = printers.profile(office, kind=KIND, medium=wording.papers[KIND].medium)
    return Slip(paper.title, render(paper, profile.medium), profile)
