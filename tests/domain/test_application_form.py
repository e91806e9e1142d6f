"""What an application form is made of: an item's own name, its fields by stage, its route's boxes."""

from dataclasses import replace

import pytest

from desk.domain.application_form import (
    FormSection,
    application_form,
    form_gaps,
    form_title,
    form_values,
)
from desk.domain.fields import Choice, FieldDef
from desk.domain.form_wording import read_form_wording
from desk.errors import CatalogRejected
from desk.resources import resource_bytes
from tests.printing.form_samples import (
    AGENT,
    ELDERLY,
    agent_fields,
    catalog,
    facts_of,
    form,
    form_wording,
    person_fields,
)

FILE = "forms/application_form.toml"


def labels(section: FormSection) -> list[str]:
    return [cell.label for cell in section.cells]


def cell_of(one: FieldDef, value: str = ""):
    """The cell of a form whose item asks only this."""
    facts = facts_of("BB-KD-01", form={one.key: value})
    only = replace(facts, item=replace(facts.item, fields=(one,)))
    return application_form(only, form_wording()).sections[-1].cells[0]


def choice(*words: str, **more: bool) -> FieldDef:
    return FieldDef("c", "选", "choice", choices=tuple(Choice(w, w) for w in words), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("MZ-GL-01", "陕西省高龄老人生活保健补贴申请（审批）表"),
        ("YB-MT-01", "基本医疗保险门诊慢特病病种待遇认定申请表"),
        ("BB-KD-01", "快递代收与代寄申请表"),
        ("WJ-YE-01", "育儿补贴申领表"),
        ("CL-FJ-01", "辅助器具适配申请表"),
    ],
)
def test_titles(code, title):
    assert form_title(catalog().items[code], form_wording()) == title


def test_sections_follow_the_stages_and_are_numbered():
    told = form("MZ-GL-01", form=ELDERLY, agent=AGENT)
    titles = [one.title for one in told.sections + told.office] + [told.opinions_title]
    assert titles == [
        *("", "一、申请人", "二、代办人", "三、申请内容"),
        *("四、办理情况（由经办单位填写）", "五、审核意见"),
    ]
    assert labels(told.sections[1])[:3] == ["姓名", "性别", "出生日期"]
    assert "核验日期" in labels(told.office[0])


def test_an_item_without_later_fields_has_no_such_section():
    told = form("BB-KD-01")
    assert told.office == ()
    assert told.opinions_title == "三、审核意见"


def test_chosen_options_are_ticked():
    assert cell_of(choice("甲", "乙"), "乙").options == ("□甲", "☑乙")
    assert cell_of(choice("甲", "乙")).options == ("□甲", "□乙")


def test_several_may_be_chosen_even_with_marks_in_them():
    one = choice("低保、特困", "残疾", "其他", multi=True)
    assert cell_of(one, "低保、特困、其他").options == ("☑低保、特困", "□残疾", "☑其他")


def test_what_was_chosen_but_is_not_offered_is_told():
    assert cell_of(choice("男", "女", "未知"), "未知").options == ("□男", "□女", "☑未知")
    assert cell_of(choice("男", "女", "未知")).options == ("□男", "□女")


def test_more_than_eight_choices_are_told_in_words():
    assert cell_of(choice(*"甲乙丙丁戊己庚辛"), "丙").options[2] == "☑丙"
    many = cell_of(choice(*"甲乙丙丁戊己庚辛壬"), "丙")
    assert (many.options, many.text) == ((), "丙")


def test_yes_and_no_are_options():
    assert cell_of(FieldDef("b", "在", "bool"), "否").options == ("□是", "☑否")


def test_days_are_written_in_words_and_blanks_left_for_them():
    day = FieldDef("d", "日", "date")
    assert cell_of(day, "2026-03-05").text == "2026 年 3 月 5 日"
    assert cell_of(day, "不详").text == "不详"
    assert cell_of(day).text.split() == ["年", "月", "日"]


def test_what_is_known_not_to_be_asked_is_left_out():
    def asked(**facts: object) -> bool:
        told = form("MZ-GL-01", facts=facts)
        return "账户户名" in labels(told.sections[2])

    assert asked()
    assert asked(own_account=False)
    assert not asked(own_account=True)


def test_each_level_has_one_box_with_all_who_act_there():
    told = form("DJ-ZZ-01")
    assert [one.label.split("\n")[0] for one in told.opinions] == [
        *("社区意见", "街道（镇）意见", "县级意见")
    ]
    assert all("盖章" in one.signs for one in told.opinions)


@pytest.mark.parametrize(
    ("code", "secret"), [("YB-MT-01", True), ("MZ-ET-01", True), ("MZ-GL-01", False)]
)
def test_what_is_confidential_is_marked(code, secret):
    assert form(code).marks[-1] == "参考样式"
    assert ("内部资料　注意保密" in form(code).marks) is secret


def test_values_for_a_countys_layout_fit_its_gaps():
    for code, item in catalog().items.items():
        gaps = form_gaps(item, person_fields(item), agent_fields())
        assert form_values(facts_of(code), form_wording()).keys() == gaps


def test_wording_is_read_strictly():
    good = resource_bytes(FILE).decode()
    spoilt = good.replace('mark = "参考样式"', 'mrak = "参考样式"').replace("most_options = 8", "")
    with pytest.raises(CatalogRejected) as told:
        read_form_wording(FILE, spoilt.encode())
    assert [fault.split("；")[0] for fault in told.value.faults] == [
        f"{FILE}: mark: 缺少",
        f"{FILE}: most_options: 缺少",
        f"{FILE}: mrak: 没有这一项",
    ]
    with pytest.raises(CatalogRejected):
        read_form_wording(FILE, b"= =")
    with pytest.raises(CatalogRejected, match="levels: 缺少"):
        read_form_wording(FILE, good.split("[levels]")[0].encode())
