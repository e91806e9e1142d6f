"""What tests build with: a real office in a folder, a fixed clock, people and intakes as a clerk would type them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

from desk.clock import CHINA, FixedClock
from desk.domain.catalog import Item
from desk.domain.fields import FieldDef
from desk.domain.identity import check_char
from desk.domain.materials import HandedIn
from desk.domain.workflow import Action
from desk.keyring import Argon2Params
from desk.paths import OfficePaths
from desk.services import intake, second_person, setup
from desk.services.office import Office
from desk.services.rules import Rules, load_rules
from desk.services.second_person import Approval
from desk.services.setup import Created, HallProfile
from desk.services.views import Finished, IntakeValues, PersonValues
from tests.bench.big_door import PASSWORD as PASSWORD

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=CHINA)
QUICK = Argon2Params(memory_kib=19 * 1024, iterations=2, lanes=1)
"""The least the keyring takes: tests need many offices."""

PROFILE = HallProfile(
    county="610422",
    community_code="610422001001",
    community_name="池阳社区",
    window=2,
    street="城关街道办事处",
    phone="029-32280000",
)


@cache
def rules() -> Rules:
    """The shipped rules, read once for all tests; they are frozen."""
    return load_rules()


def make_office(
    folder: Path, profile: HallProfile = PROFILE, at: datetime = MONDAY, *, proved: bool = True
) -> Created:
    """A new office with 王敏 at the window; its recovery key was typed back, or (`proved` False) not yet."""
    made = setup.create_office(
        OfficePaths(folder),
        profile=profile,
        operator_name="王敏",
        password=PASSWORD,
        clock=FixedClock(at),
        rules=rules(),
        params=QUICK,
    )
    if proved:
        setup.prove_recovery(made.office.paths, typed=made.recovery_key)
    return made


def consent(office: Office, action: Action | None = None) -> Approval | None:
    """The consent of whoever can give it here, all of whom have `PASSWORD`; None for an action that wants none."""
    if action is not None and not action.second_person:
        return None
    first = second_person.approvers(office)[0]
    return second_person.approve(office, operator_id=first.id, password=PASSWORD)


def id_number(region: str = "610422", birth: str = "19560312", order: int = 42) -> str:
    """An invented resident's number with a right check character; an odd `order` is a man."""
    first = f"{region}{birth}{order:03d}"
    return first + check_char(first)


def person(name: str = "刘桂兰", **changes: str) -> PersonValues:
    """An invented resident of 70."""
    known = PersonValues(
        id_no=id_number(),
        name=name,
        sex="女",
        birth="1956-03-12",
        phone="13800002734",
        ethnic="01",
        hukou_addr="三原县城关街道池阳花园",
        live_addr="三原县城关街道池阳花园",
        house="3号楼2单元501",
    )
    return replace(known, **changes)


def all_papers(item: Item) -> tuple[HandedIn, ...]:
    """Every paper of an item handed in: originals seen, copies kept."""
    return tuple(handed_in(material.key, material.name) for material in item.materials)


def handed_in(key: str, name: str) -> HandedIn:
    """One paper: original seen, one copy kept."""
    return HandedIn(
        key, name, original_seen=True, original_kept=False, copies=1, carried_over=False
    )


def typed_form(fields: tuple[FieldDef, ...]) -> dict[str, object]:
    """Something right in every field that is typed."""
    return {field.key: _typed(field) for field in fields if not field.derive}


def _typed(field: FieldDef) -> object:
    if field.choices:
        first = field.choices[0].code
        return [first] if field.multi else first
    samples: Mapping[str, object] = {
        "int": "2",
        "date": "2026-11-20",
        "month": "2026-11",
        "money": "50",
        "phone": "13900001234",
        "idnumber": id_number(birth="19800101"),
        "account": "6217000000001234567",
        "bool": True,
    }
    return samples.get(field.kind, "测试内容")


def intake_values(
    office: Office, code: str, who: PersonValues | None = None, **changes: object
) -> IntakeValues:
    """An intake filled in so that it can be accepted, if the rules allow it at all."""
    item = office.catalog.item(code)
    values = IntakeValues(
        item_code=code,
        person=who or person(),
        form=typed_form(tuple(f for f in item.fields if f.stage == "intake")),
        answers=good_answers(item),
        handed_in=all_papers(item),
        privacy_told=True,
    )
    return replace(values, **changes)  # type: ignore[arg-type]


def good_answers(item: Item) -> dict[str, object]:
    """Answers that speak for the applicant, question by question, as the rules ask."""
    answers = {question.key: _typed(question) for question in item.questions}
    for rule in item.rules:
        if rule.fact in answers:
            answers[rule.fact] = _favourable(rule.op, rule.value, answers[rule.fact])
    return answers


def _favourable(op: str, value: object, otherwise: object) -> object:
    match op:
        case "==" | ">=" | "<=":
            return value
        case "in" if isinstance(value, list | tuple):
            return value[0]
        case "!=" if isinstance(value, bool):
            return not value
        case ">" if isinstance(value, int):
            return value + 1
        case "<" if isinstance(value, int):
            return value - 1
        case _:
            return otherwise


def take_in(
    office: Office, code: str = "MZ-GL-01", end: str = "receive", **changes: object
) -> Finished:
    """An intake ended that way."""
    values = intake_values(office, code, **changes)  # type: ignore[arg-type]
    return intake.finish(office, values=values, end=end, asks={}).value
