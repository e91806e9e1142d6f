"""Application forms and letters of invented people, and every kept drawing that is not of a flowing paper."""

from collections.abc import Callable
from datetime import datetime
from functools import cache

from desk.clock import CHINA
from desk.domain.application_form import (
    ApplicationForm,
    FormFacts,
    application_form,
    form_gaps,
    form_values,
)
from desk.domain.catalog import Catalog, Item
from desk.domain.catalog_reader import read_catalog
from desk.domain.fields import FieldDef
from desk.domain.form_wording import FormWording, read_form_wording
from desk.domain.layout_reader import read_layouts
from desk.domain.layouts import FilledLayout, Layout, fill_layout
from desk.domain.transfer_letter import LAYOUT, OF_LAYOUTS, RECEIPT, letter_values
from desk.printing.form_painter import render_form
from desk.printing.layout_painter import render_layout
from desk.resources import read_tree, resource_bytes
from tests.domain.test_transfer_letter import LETTER
from tests.printing.samples import HALL, SJ, signed_code

AT = datetime(2026, 11, 23, 11, 42, tzinfo=CHINA)
NUMBER = SJ.full
BARS = SJ.compact
CODE = signed_code("application_form", SJ, "MZ-GL-01", None, "刘桂兰")
PERSON = {
    "name": "刘桂兰",
    "id_type": "居民身份证",
    "id_no": "610422195603150420",
    "sex": "女",
    "birth": "1956-03-15",
    "phone": "13800002734",
    "live_addr": "陕西省咸阳市三原县城关街道东关路 18 号翠湖花园",
    "house": "3号楼2单元501",
    "hukou_addr": "陕西省咸阳市三原县城关街道东关路 18 号",
    "ethnic": "汉族",
    "political": "群众",
}
AGENT = {
    "agent_name": "张建国",
    "agent_id_no": "610422198003151215",
    "agent_phone": "13800005678",
    "agent_relation": "儿子",
}
ELDERLY = {
    "apply_kind": "首次申领",
    "age_full": "70",
    "tier": "70—79周岁",
    "monthly_amount": "50.00 元",
    "ability": "完全自理",
    "live_state": "与子女同住",
    "pension_kind": "城乡居民养老",
    "bank_name": "陕西农信",
    "bank_account": "6230280000001234567",
    "own_account": "是",
    "card_active": "是",
    "kin_name": "张建国",
    "kin_relation": "儿子",
    "kin_phone": "13800005678",
}
CHRONIC = {
    "insured_kind": "城乡居民基本医疗保险",
    "psn_no": "61040000000000123456",
    "diseases": "高血压（Ⅱ级以上伴靶器官损害）、糖尿病（伴并发症或使用胰岛素）",
    "diagnosis": "高血压病 3 级（极高危），2 型糖尿病伴肾病",
    "diag_hospital": "三原县医院",
    "hospital_level": "二级",
    "onset_date": "2024-05-06",
    "evidence_kind": "门诊",
    "evidence_date": "2026-03-02",
    "visit_hospital_1": "三原县医院",
    "remote_need": "否",
    "medication": "苯磺酸氨氯地平片 5 毫克，每天一次；二甲双胍片 0.5 克，每天两次。",
}
ASKED: dict[str, object] = {
    "bank_name": "陕西农信",
    "own_account": True,
    "evidence_kind": "门诊",
}


@cache
def catalog() -> Catalog:
    """The catalogue that is shipped."""
    return read_catalog({**read_tree("catalog"), **read_tree("codes")})


@cache
def form_wording() -> FormWording:
    """The wording that is shipped."""
    name = "forms/application_form.toml"
    return read_form_wording(name, resource_bytes(name))


def agent_fields() -> tuple[FieldDef, ...]:
    return catalog().person_blocks["agent"]


def person_fields(item: Item) -> tuple[FieldDef, ...]:
    return catalog().person_blocks[item.person_block]


def facts_of(code: str, /, **more: object) -> FormFacts:
    """The facts of that item's form for 刘桂兰."""
    item = catalog().items[code]
    told: dict[str, object] = {
        "person": PERSON,
        "facts": {},
        "number": NUMBER,
        "code": CODE,
        "bars": BARS,
        **more,
    }
    return FormFacts(item, HALL, AT, person_fields(item), agent_fields(), **told)  # type: ignore[arg-type]


def form(code: str, /, **more: object) -> ApplicationForm:
    return application_form(facts_of(code, **more), form_wording())


@cache
def layouts() -> dict[str, Layout]:
    """The layouts that are shipped."""
    gaps = {
        code: form_gaps(item, person_fields(item), agent_fields())
        for code, item in catalog().items.items()
    }
    return read_layouts(read_tree("layouts"), {**OF_LAYOUTS, **gaps})


def letter(**values: str) -> FilledLayout:
    """The transfer letter of 张建国, with other values where they are given."""
    return fill_layout(layouts()[LAYOUT], letter_values(LETTER) | values, made_at=AT)


def receipt() -> FilledLayout:
    """The letter's third part alone, sent back today."""
    values = {"number": LETTER.number, "name": LETTER.name}
    values |= {"base_committee": LETTER.base_committee, "handler": "王敏"}
    values |= {"handler_phone": "029-32280000"}
    values |= {"issued_year": "2026", "issued_month": "11", "issued_day": "23"}
    return fill_layout(layouts()[RECEIPT], values, made_at=AT)


def elderly_form(**more: str) -> FilledLayout:
    """The worked example of a county's own form."""
    values = form_values(facts_of("MZ-GL-01", form=ELDERLY), form_wording()) | more
    return fill_layout(layouts()["example_elderly_form"], values, made_at=AT)


LONG = "中共陕西省咸阳市三原县城关街道东关路翠湖花园小区第二网格楼栋党员先锋示范支部委员会"
STRAINED = {
    "name": "买买提艾力·阿卜杜热西提·伊敏江",
    "ethnic": "维吾尔",
    "from_org": LONG * 2,
    "to_org": LONG * 4,
    "base_address": LONG * 8,
    "member_phone": LONG * 60,
}
DRAWN: dict[str, Callable[[], bytes]] = {
    "transfer_letter": lambda: render_layout(letter()),
    "transfer_letter_values": lambda: render_layout(letter(), only_values=True, dx=1.5, dy=-1),
    "transfer_letter_strained": lambda: render_layout(letter(**STRAINED)),
    "transfer_receipt": lambda: render_layout(receipt()),
    "example_elderly_form": lambda: render_layout(elderly_form()),
    "example_elderly_form_values": lambda: render_layout(elderly_form(), only_values=True),
    "form_elderly_agent": lambda: render_form(
        form("MZ-GL-01", form=ELDERLY, facts=ASKED, agent=AGENT)
    ),
    "form_chronic": lambda: render_form(form("YB-MT-01", form=CHRONIC, facts=ASKED)),
    "form_parcel": lambda: render_form(form("BB-KD-01")),
    "form_transfer": lambda: render_form(form("DJ-ZZ-01", facts=None)),
}
