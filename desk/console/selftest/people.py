"""Invented residents and what they hand in, each following from a number."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random

from desk.domain.catalog import Item
from desk.domain.fields import FieldDef
from desk.domain.identity import check_char
from desk.domain.materials import HandedIn
from desk.services.office import Office
from desk.services.views import IntakeValues, PersonValues

REGION = "610422"
FIRST_BIRTH = date(1930, 1, 1)
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴", "秀英兰芳梅珍德福志强建国玉华桂荣"
SAMPLES: Mapping[str, object] = {
    "int": "2",
    "money": "50",
    "phone": "13900001234",
    "idnumber": "61042219800101042" + check_char("61042219800101042"),
    "account": "6217000000001234567",
    "bool": True,
}


def resident(order: int) -> PersonValues:
    """The resident of that number (from 0): the same one each time, no two of one ID number below eight millions."""
    birth = FIRST_BIRTH + timedelta(days=order % 8_000)
    first = f"{REGION}{birth:%Y%m%d}{order // 8_000 % 1_000:03d}"
    name = SURNAMES[order % 10] + GIVEN[order // 10 % 16] + GIVEN[order // 160 % 16]
    return PersonValues(
        id_no=first + check_char(first),
        name=name,
        sex="男" if int(first[-1]) % 2 else "女",
        birth=birth.isoformat(),
        phone=f"138{order % 10**8:08d}",
        ethnic="01",
        hukou_addr="城关街道池阳花园",
        live_addr="城关街道池阳花园",
        house=f"{order % 20 + 1}号楼{order % 4 + 1}单元{order % 30 + 1}01",
    )


def intake(office: Office, item: Item, order: int, dice: Random) -> IntakeValues:
    """What that resident tells and hands in for the item: now and then not every paper."""
    papers = [one for one in item.materials if dice.random() < 0.95]
    return IntakeValues(
        item_code=item.code,
        person=resident(order),
        form=typed([one for one in item.fields if one.stage == "intake"], office.today),
        answers={one.key: _favourable(item, one, office.today) for one in item.questions},
        handed_in=tuple(
            HandedIn(
                one.key,
                one.name,
                original_seen=True,
                original_kept=False,
                copies=1,
                carried_over=False,
            )
            for one in papers
        ),
        privacy_told=True,
        remark=f"第 {order} 位",
    )


def typed(fields: "list[FieldDef] | tuple[FieldDef, ...]", today: date) -> dict[str, object]:
    """Something right in every field that is typed."""
    return {field.key: _typed(field, today) for field in fields if not field.derive}


def _typed(field: FieldDef, today: date) -> object:
    if field.choices:
        first = field.choices[0].code
        return [first] if field.multi else first
    days = {"date": today.isoformat(), "month": f"{today:%Y-%m}"}
    return {**SAMPLES, **days}.get(field.kind, "自检所填内容"[: field.max_length or None])


def _favourable(item: Item, question: FieldDef, today: date) -> object:
    """An answer as the item's rules want it."""
    rule = next((one for one in item.rules if one.fact == question.key), None)
    if rule is None or rule.op not in ("==", ">=", "<=", "in"):
        return _typed(question, today)
    return rule.value[0] if rule.op == "in" and isinstance(rule.value, list | tuple) else rule.value
