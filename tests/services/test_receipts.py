"""A paper is told genuine, altered or unknown: at its own desk, at the county, at every desk with the key list."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import insert, select, update

from db.models import CaseFile, DeskKey, Document, Enrolment, ThisDesk
from desk.domain.numbering import parse
from desk.exchange.keys import SigningPair
from desk.exchange.receipt_code import ReceiptFacts, read_receipt, seal_receipt
from desk.services import cases, desk_keys, desk_papers, documents, hub_keys, intake, receipts
from desk.services.office import Desk, Office
from desk.services.operation import Operation, Work, perform, reading
from tests.builders import PROFILE, intake_values, make_office, person, take_in
from tests.printing.reading import images_of
from tests.printing.test_codes import black_or_white, codes_on
from tests.services.trips import OTHER_COUNTY, Trip, enrolled, make_hub, put

ITEM = "MZ-GL-01"


def code_of(office: Office, document: UUID | None) -> str:
    """What the record says is in the paper's QR code."""
    with reading(office) as connection:
        query = select(Document.facts).where(Document.id == document)
        return str(connection.execute(query).scalar_one()["code"])


def forged(text: str, signer: SigningPair, **changes: object) -> str:
    """Another paper, well made by somebody with another key."""
    code = read_receipt(text)
    facts = ReceiptFacts(code.number, "receipt_slip", code.item, code.issued, code.due, "刘*兰")
    return seal_receipt(replace(facts, **changes), signer)  # type: ignore[arg-type]


def spoilt(text: str) -> str:
    """One digit of the signature is another."""
    return text[:-1] + ("1" if text[-1] != "1" else "2")


def write(office: Office, statement: object) -> None:
    perform(office, Operation.EXCHANGE, lambda bench: bench.connection.execute(statement))  # type: ignore[call-overload]


@pytest.fixture
def paper(office: Office) -> str:
    """The code of a fresh receipt of papers."""
    return code_of(office, take_in(office).document)


@pytest.fixture
def other(trip: Trip) -> Office:
    """Another window of the county, enrolled too; its paper is what the first desk looks at."""
    made = make_office(trip.folder / "other", replace(PROFILE, window=3)).office
    trip.opened.append(made)
    enrolled(made, trip.hub, trip.new_stick("other stick"))
    return made


def test_the_desk_knows_its_own_paper(office: Office) -> None:
    done = take_in(office)
    look = receipts.look(office, text=code_of(office, done.document))
    assert (look.verdict, look.own, look.case_id, look.warning) == (
        "genuine",
        True,
        done.case_id,
        "",
    )
    assert look.sentence == (
        f"真的：池阳社区 2 号窗口 2026 年 11 月 23 日出具的材料接收凭证，编号 {done.number}，"
        "事项 高龄老人生活保健补贴申领（高龄补贴） MZ-GL-01，办理期限 2026 年 12 月 14 日。"
    )
    assert look.brief == (
        "回执是真的：刘*兰，2026 年 11 月 23 日出具，办理期限 2026 年 12 月 14 日，和记录一致。"
    )
    assert [(line.label, line.on_record, line.same) for line in look.lines] == [
        ("姓名", "刘*兰", True),
        ("事项", ITEM, True),
        ("出具日期", "2026 年 11 月 23 日", True),
    ]


@pytest.mark.parametrize("medium", ["A5", "A4", "80mm"])
def test_the_printed_code_is_the_recorded_one_and_a_reprint_bears_it_too(
    office: Office, medium: str
) -> None:
    done = take_in(office)
    assert done.document is not None
    first = documents.hand_out(office, document_id=done.document, medium=medium).value  # type: ignore[arg-type]
    again = documents.reprint(office, document_id=done.document, medium=medium).value  # type: ignore[arg-type]
    assert first != again
    code = code_of(office, done.document)
    for pdf in (first, again):
        codes = [codes_on(black_or_white(image)) for image in images_of(pdf, 203)]
        assert codes[-1]["QR Code"] == code


def test_every_paper_of_a_case_has_a_code_of_its_own(office: Office) -> None:
    done = take_in(office)
    slip = documents.combined(office, case_ids=(done.case_id,)).value
    values = intake_values(office, ITEM, person("李建国"))
    asks = {"reason": "户籍不在本县"}
    refused = intake.finish(office, values=values, end="refuse", asks=asks).value
    codes = [code_of(office, one) for one in (done.document, slip, refused.document)]
    looks = [receipts.look(office, text=code) for code in codes]
    assert [look.verdict for look in looks] == ["genuine"] * 3
    assert len(set(codes)) == 3
    assert "办理期限" not in looks[2].sentence


def test_a_code_tells_nothing_of_a_sensitive_matter(office: Office) -> None:
    """Who scans the slip of a neighbour must not learn of the illness."""
    done = take_in(office, "YB-MT-01")
    code = code_of(office, done.document)
    assert read_receipt(code).item == ""
    look = receipts.look(office, text=code)
    assert look.verdict == "genuine"
    assert "事项" not in look.sentence
    assert [line.label for line in look.lines][:1] == ["姓名"]


@pytest.mark.parametrize(
    "changes",
    [
        {"item": "MZ-GL-02"},
        {"issued": date(2026, 11, 22)},
        {"due": date(2027, 1, 1)},
        {"name": "李*国"},
        {"kind": "acceptance_notice"},
    ],
)
def test_an_altered_paper_is_refused(
    office: Office, paper: str, changes: dict[str, object]
) -> None:
    """The old signature under other facts, and a forger's own signature under our key's name."""
    other = forged(paper, office.signing, **changes)
    digits = int(other[29:]) >> 512 << 512 | int(paper[29:]) & ((1 << 512) - 1)
    look = receipts.look(office, text=f"{paper[:29]}{digits}")
    assert (look.verdict, look.case_id, look.lines) == ("altered", None, ())
    assert look.sentence.startswith("被改动过：")
    assert receipts.look(office, text=spoilt(paper)).verdict == "altered"


def test_a_number_with_a_letter_changed_is_altered(office: Office, paper: str) -> None:
    look = receipts.look(office, text=f"SL{paper[2:]}")
    assert look.verdict == "altered"


def test_a_later_format_is_not_guessed_at(office: Office, paper: str) -> None:
    digits = int(paper[29:]) ^ 2 << 512 + 112
    look = receipts.look(office, text=f"{paper[:29]}{digits}")
    assert (look.verdict, look.title) == ("newer", "先不要认")


@pytest.mark.parametrize("text", ["", "刘桂兰", "SJ-610422001001-02-20261123-0001-7"])
def test_what_bears_no_signature_proves_nothing(office: Office, text: str) -> None:
    look = receipts.look(office, text=text)
    assert look.verdict == "unsigned"
    assert look.sentence.startswith("看不出真假：")


def test_a_stranger_cannot_be_judged(office: Office, paper: str) -> None:
    look = receipts.look(office, text=forged(paper, SigningPair.generate()))
    assert look.verdict == "unknown"
    assert look.sentence.startswith("认不出是哪个窗口的：")


def test_a_desk_cannot_seal_for_another_community(office: Office, paper: str) -> None:
    number = replace(parse(paper[:29]), community="610422001002")
    assert receipts.look(office, text=forged(paper, office.signing, number=number)).verdict == (
        "altered"
    )


def test_a_true_signature_on_a_paper_nobody_issued_is_told(office: Office, paper: str) -> None:
    """A copied folder can sign; the record knows better."""
    look = receipts.look(office, text=forged(paper, office.signing, name="李*国", item="MZ-GL-02"))
    assert look.verdict == "genuine"
    assert "没有出过这一张" in look.warning
    assert [line.label for line in look.lines if not line.same] == ["姓名", "事项"]
    assert "姓名、事项" in look.warning


def test_a_day_that_was_moved_since_is_told(office: Office) -> None:
    done = take_in(office, "BB-DB-01", end="accept")
    code = code_of(office, done.document)
    assert receipts.look(office, text=code).warning == ""
    write(office, update(CaseFile).values(due_on="2027-01-08"))
    look = receipts.look(office, text=code)
    assert look.verdict == "genuine"
    assert look.warning == "和这里的记录不同：办理期限。"
    assert look.lines[-1].on_record == "2027 年 1 月 8 日"


def test_the_name_on_the_paper_is_checked_as_typed(paper: str) -> None:
    assert receipts.name_fits(text=paper, name=" 刘桂兰 ")
    assert not receipts.name_fits(text=paper, name="李桂兰")
    assert not receipts.name_fits(text=paper, name="")
    # The price of a masked name: what the mask hides, the code does not know.
    assert receipts.name_fits(text=paper, name="刘玉兰")


def test_papers_of_a_former_epoch_stay_genuine(office: Office, paper: str) -> None:
    """After a restore the desk signs with another key."""
    fresh = SigningPair.generate()
    desk = Desk(office.origin, 2, "desk", office.profile, fresh)

    def renew(bench: Work) -> None:
        changes = {"epoch": 2, "signing": fresh.to_bytes()}
        bench.connection.execute(update(ThisDesk).values(**changes))
        bench.connection.execute(insert(DeskKey), desk_keys.own_row(desk))

    perform(office, Operation.EXCHANGE, renew)
    assert receipts.look(office, text=paper).own
    assert receipts.look(office, text=forged(paper, fresh)).verdict == "genuine"


def test_the_county_knows_the_papers_of_its_desks(trip: Trip) -> None:
    done = take_in(trip.desk, who=person("李建国"))
    code = code_of(trip.desk, done.document)
    before = receipts.look(trip.hub, text=code)
    assert (before.verdict, before.case_id) == ("genuine", None)
    trip.export()
    trip.receive()
    after = receipts.look(trip.hub, text=code)
    assert (after.verdict, after.case_id, after.warning) == ("genuine", done.case_id, "")
    assert receipts.look(trip.hub, text=spoilt(code)).verdict == "altered"


def test_another_desk_knows_them_once_it_has_the_key_list(trip: Trip, other: Office) -> None:
    code = code_of(other, take_in(other).document)
    assert receipts.look(trip.desk, text=code).verdict == "unknown"
    hub_keys.write_key_list(trip.hub, folder=trip.stick)
    assert trip.answers().taken == ("县里的第 2 版密钥表已收下，2 个窗口的回执都能当场核对真假。",)
    look = receipts.look(trip.desk, text=code)
    assert (look.verdict, look.own, look.case_id) == ("genuine", False, None)
    assert "池阳社区 3 号窗口" in look.sentence
    assert receipts.look(trip.desk, text=spoilt(code)).verdict == "altered"
    assert trip.answers().taken == ()


def test_the_list_comes_with_the_acknowledgement(trip: Trip, other: Office) -> None:
    trip.export()
    trip.receive()
    trip.answers()
    assert (
        receipts.look(trip.desk, text=code_of(other, take_in(other).document)).verdict == "genuine"
    )


def test_an_older_list_takes_nothing_away(trip: Trip) -> None:
    old = hub_keys.write_key_list(trip.hub, folder=trip.stick).read_bytes()
    second = make_office(trip.folder / "second", replace(PROFILE, window=4)).office
    trip.opened.append(second)
    enrolled(second, trip.hub, trip.new_stick("second stick"))
    hub_keys.write_key_list(trip.hub, folder=trip.stick)
    trip.answers()
    stick = trip.new_stick("late")
    put(stick, "keys-old.bmkeys", old)
    told = trip.answers(stick)
    assert (told.taken, told.passed_over) == (
        (),
        ("县里的第 1 版密钥表比已有的第 2 版旧，没有采用。",),
    )
    code = code_of(second, take_in(second).document)
    assert receipts.look(trip.desk, text=code).verdict == "genuine"


def test_a_list_of_another_county_is_not_taken(trip: Trip, other: Office) -> None:
    false = make_hub(trip.folder / "false", OTHER_COUNTY)
    trip.opened.append(false)
    enrolled(other, false, trip.new_stick("false stick"))
    hub_keys.write_key_list(false, folder=trip.stick)
    good = hub_keys.write_key_list(trip.hub, folder=trip.new_stick("good")).read_bytes()
    put(trip.stick, "keys-bent.bmkeys", good.replace(b'"number":2', b'"number":9'))
    put(trip.stick, "keys-cut.bmkeys", good[:-9])
    told = trip.answers()
    assert told.taken == ()
    assert [text[:9] for text in told.passed_over] == [
        "密钥表不是本县的，",
        "密钥表的签名对不上",
        "密钥表文件没有写完",
    ]
    assert receipts.look(trip.desk, text=code_of(other, take_in(other).document)).verdict == (
        "unknown"
    )


def test_another_countys_key_takes_the_list_along(trip: Trip, other: Office) -> None:
    hub_keys.write_key_list(trip.hub, folder=trip.stick)
    trip.answers()
    code = code_of(other, take_in(other).document)
    assert receipts.look(trip.desk, text=code).verdict == "genuine"
    false = make_hub(trip.folder / "false", OTHER_COUNTY)
    trip.opened.append(false)
    enrolled(trip.desk, false, trip.new_stick("false stick"))
    assert receipts.look(trip.desk, text=code).verdict == "unknown"
    own = code_of(trip.desk, take_in(trip.desk, who=person("李建国")).document)
    assert receipts.look(trip.desk, text=own).own


def test_a_revoked_key_seals_nothing_from_that_day_on(trip: Trip, other: Office) -> None:
    code = code_of(other, take_in(other).document)
    for day, verdict in (("2026-11-23", "revoked"), ("2026-11-24", "genuine")):
        write(
            trip.hub,
            update(Enrolment)
            .where(Enrolment.origin == other.origin)
            .values(revoked_at=f"{day}T09:00:00+08:00"),
        )
        look = receipts.look(trip.hub, text=code)
        assert look.verdict == verdict
        assert f"{int(day[-2:])} 日停用" in look.sentence
    hub_keys.write_key_list(trip.hub, folder=trip.stick)
    assert "第 3 版" in trip.answers().taken[0]
    assert "停用" in receipts.look(trip.desk, text=code).sentence


def test_sealing_changes_no_row_that_is_rebuilt(office: Office) -> None:
    """The code stands in the event: a replay computes nothing and finds the same."""
    from desk.services.check import check

    take_in(office, "BB-DB-01", end="accept")
    cases.tick(office)
    assert check(office).findings == ()


def test_a_paper_of_another_shape_is_sealed_too(office: Office) -> None:
    """A mandate, a proof of service: whatever bears the number of a case."""
    done = take_in(office, "BB-DB-01", end="accept")
    offered = [one.kind for one in desk_papers.offered(office, case_id=done.case_id)]
    plain = next(kind for kind in offered if kind != "application_form")
    document = desk_papers.issue(office, case_id=done.case_id, kind=plain).value
    with reading(office) as connection:
        query = select(Document.facts).where(Document.id == document)
        code = connection.execute(query).scalar_one()["head"]["code"]
    look = receipts.look(office, text=code)
    assert (look.verdict, look.case_id, look.warning) == ("genuine", done.case_id, "")
