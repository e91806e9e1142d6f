"""What a form field is; the catalogue and the life-cycles both ask with these."""

from dataclasses import dataclass
from typing import Literal

from desk.domain.conditions import Condition

FieldKind = Literal[
    "text",
    "note",
    "int",
    "date",
    "month",
    "money",
    "choice",
    "phone",
    "idnumber",
    "account",
    "bool",
]
Stage = Literal["intake", "review", "conclusion"]
Owner = Literal["site", "county", "shared"]
Sensitive = Literal["", "illness", "party", "minor", "bank"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a choice field; `code` is stored, `label` is shown.

    Lists of diseases say more: the `group` a value belongs to, the `evidence` it asks for, and after how many months it is
    looked at again (0: never).
    """

    code: str
    label: str
    group: str = ""
    evidence: str = ""
    review_months: int = 0


@dataclass(frozen=True, slots=True)
class FieldDef:
    """One field of a form.

    `derive` names a fact that fills it (then it is not typed), `default` one that stands in where nothing was typed;
    `when` says whether it is asked at all. `choices_from` names the list its choices were taken from.
    A whole number is at most `most` (0: any).
    """

    key: str
    label: str
    kind: FieldKind
    required: bool = False
    choices: tuple[Choice, ...] = ()
    multi: bool = False
    help: str = ""
    stage: Stage = "intake"
    owner: Owner = "site"
    sensitive: Sensitive = ""
    derive: str = ""
    default: str = ""
    when: Condition | None = None
    max_length: int = 200
    most: int = 0
    choices_from: str = ""
