"""Weeks of a party clerk: a member who leaves, a letter that ran out, and one who comes with a bad letter and then a good one."""

from datetime import datetime

from desk.clock import CHINA, FixedClock
from desk.services import case_views, cases, documents, today
from desk.services.check import check
from desk.services.office import Office
from desk.services.views import CaseDetail, Finished
from tests.builders import id_number, intake_values, person, take_in
from tests.printing.reading import text_of

OUT_FORM = {
    "apply_kind": "首次开信",
    "party_status": "正式党员",
    "join_date": "2014-06-20",
    "full_date": "2015-06-20",
    "move_reason": "工作单位变动",
    "transfer_scope": "省内跨市",
    "from_branch": "中共池阳社区第二支部委员会",
    "to_branch": "中共西安市雁塔区明德社区支部委员会",
    "dues_until": "2026-11",
}
BASE = {
    "dues_cleared": "2026-11",
    "transfer_channel": "纸质介绍信（三联）",
    "addressee": "中共西安市雁塔区委组织部",
    "from_base_committee": "中共三原县城关街道工作委员会",
    "base_address": "三原县城关街道东关路 18 号",
    "base_postcode": "713800",
    "base_phone": "029-32280000",
    "base_fax": "",
}
IN_LETTER = {
    "letter_no": "泾党组介 2026-077",
    "issuing_org": "中共泾阳县泾干街道工作委员会",
    "letter_issued_on": "2026-11-20",
    "valid_days": "10",
    "reply_org": "中共泾阳县泾干街道工作委员会",
    "reply_address": "泾阳县泾干街道中心街 5 号",
    "ok_form": True,
    "ok_in_date": True,
    "ok_addressee": True,
    "ok_seals": True,
    "ok_clean": True,
    "ok_identity": True,
}


def at(clock: FixedClock, day: str) -> None:
    """It is ten o'clock on that day."""
    clock.moment = datetime.fromisoformat(f"{day}T10:00:00").replace(tzinfo=CHINA)


def page(office: Office, done: Finished) -> CaseDetail:
    """The case's page."""
    return case_views.detail(office, case_id=done.case_id)


def act(office: Office, done: Finished, action: str, **asks: object) -> Finished:
    """Press a button; what is left out stands as the page suggests it."""
    version = page(office, done).version
    return cases.act(office, case_id=done.case_id, version=version, action=action, asks=asks).value


def paper(office: Office, done: Finished) -> str:
    """The paper a deed gave, as it comes out of the printer."""
    assert done.document is not None
    return text_of(documents.hand_out(office, document_id=done.document, medium="A4").value)


def due_today(office: Office) -> dict[str, str]:
    """What the first page says is due, by applicant and state."""
    return {row.who: row.alert.level for row in today.today(office).due}


def leaves(office: Office, letter_no: str) -> Finished:
    """李伟 takes a job in 西安; branch, dues, letter, all on one day."""
    who = person("李伟", sex="男", id_no=id_number(birth="19920315", order=41), birth="1992-03-15")
    form = {**intake_values(office, "DJ-ZZ-01").form, **OUT_FORM}
    done = take_in(office, "DJ-ZZ-01", who=who, form=form)
    act(office, done, "confirm_accepted", accepted_on=office.today.isoformat())
    agreed = office.today.isoformat()
    act(office, done, "branch_agree", branch_agreed_on=agreed, branch_secretary="李强")
    act(office, done, "check_dues", **BASE)
    letter = paper(office, act(office, done, "issue", letter_no=letter_no))
    assert letter.count(letter_no) == 4
    assert "李伟" in letter
    assert BASE["addressee"] in letter
    act(office, done, "hand_over", carry_mode="本人携带")
    return done


def test_a_member_leaves_and_his_receipt_is_late(office: Office, clock: FixedClock) -> None:
    done = leaves(office, "城党组介 2026-012")
    assert due_today(office) == {"李伟 · 在途": "green"}

    at(clock, "2026-12-01")
    act(office, done, "arrived", admitted_on="2026-11-27")
    assert page(office, done).row.due_on == "2026-12-28"

    at(clock, "2026-12-29")
    assert cases.tick(office).value == 1
    assert due_today(office) == {"李伟 · 回执到期": "overdue"}
    reminder = paper(office, act(office, done, "remind"))
    assert "最迟 2026 年 12 月 28 日" in reminder
    assert BASE["from_base_committee"] in reminder
    assert BASE["base_phone"] in reminder

    at(clock, "2027-01-08")
    again = paper(office, act(office, done, "remind"))
    assert "此前已于 2026 年 12 月 29 日催办过" in again

    at(clock, "2027-01-12")
    act(office, done, "receipt_in", receipt_date="2027-01-11", receipt_handler="赵红 029-85000000")
    act(office, done, "paste")
    act(office, done, "conclude")
    detail = page(office, done)
    assert detail.row.state_label == "已办结"
    told = {line.label: line.value for line in detail.form}
    assert told["催办次数"] == "2"
    assert told["回执贴上存根的日期"] == "2027-01-12"
    assert due_today(office) == {}
    assert check(office).findings == ()


def test_a_letter_runs_out_and_is_issued_anew(office: Office, clock: FixedClock) -> None:
    done = leaves(office, "城党组介 2026-013")
    at(clock, "2026-12-18")
    (warned,) = page(office, done).notices
    assert "还有 5 天" in warned

    at(clock, "2026-12-24")
    assert cases.tick(office).value == 1
    assert due_today(office) == {"李伟 · 信已过期": "overdue"}
    act(office, done, "not_reached", reason="打手机没人接")
    act(office, done, "reached", reason="出差在外，没赶上报到，信带在身上")

    at(clock, "2026-12-28")
    fresh = act(
        office,
        done,
        "reissue",
        reason="过期没有报到",
        old_letter="已收回，注明作废",
        letter_no="城党组介 2026-040",
        dues_cleared="2026-12",
    )
    letter = paper(office, fresh)
    assert "壹拾贰" in letter
    assert "城党组介 2026-013" not in letter
    detail = page(office, done)
    old = next(one for one in detail.documents if one.number == "城党组介 2026-013")
    assert old.voided_on == "2026-12-28"
    assert detail.row.due_on == "2027-01-27"

    act(office, done, "hand_over", carry_mode="本人携带")
    at(clock, "2027-01-15")
    act(office, done, "receipt_in", receipt_date="2027-01-14")
    act(office, done, "paste")
    act(office, done, "conclude")
    assert page(office, done).row.state_label == "已办结"
    assert check(office).findings == ()


def test_a_member_comes_with_a_bad_letter_and_then_a_good_one(
    office: Office, clock: FixedClock
) -> None:
    form = {**intake_values(office, "DJ-ZZ-02").form, "letter_form": "纸质介绍信"}
    done = take_in(office, "DJ-ZZ-02", who=person("何军"), form=form)
    bad = {**IN_LETTER, "letter_issued_on": "2026-10-20", "ok_in_date": False, "ok_seals": False}
    act(office, done, "check_letter", **bad)
    returned = paper(office, act(office, done, "return_letter", contact="029-36200000"))
    assert "下列 2 处" in returned
    assert "过了有效期" in returned
    assert "骑缝章" in returned
    assert "中共泾阳县泾干街道工作委员会" in returned

    at(clock, "2026-11-27")
    act(office, done, "present_again")
    act(office, done, "check_letter", **IN_LETTER)
    act(office, done, "confirm_accepted", system_state="不适用")
    told = paper(
        office,
        act(office, done, "admit", assign_branch="池阳社区第二党支部", secretary="李强"),
    )
    assert "池阳社区第二党支部" in told
    assert "2026 年 11 月 27 日" in told
    assert due_today(office) == {"何军 · 已编入支部": "green"}

    at(clock, "2026-12-02")
    receipt = paper(office, act(office, done, "print_receipt"))
    assert "特此回复" in receipt
    act(office, done, "send_receipt", reply_mode="邮寄", reply_handler="王敏")
    act(office, done, "conclude")
    detail = page(office, done)
    assert detail.row.state_label == "已办结"
    told_form = {line.label: line.value for line in detail.form}
    assert told_form["回执寄出日期"] == "2026-12-02"
    assert check(office).findings == ()
