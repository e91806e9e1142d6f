"""The party committee above this hall's branches, remembered so that nobody types it for every letter."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy.engine import Connection

from desk.domain.field_values import show
from desk.domain.fields import FieldDef
from desk.domain.forms import check_form
from desk.domain.letter_dates import IN_PROVINCE
from desk.errors import FieldsRefused
from desk.services import audit, settings
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform

KEPT_AS: Final = "party_body"
FIELDS: Final = (
    FieldDef(
        "hall_issuer",
        "开信的党组织",
        "text",
        help="省内转接时填好；跨省的仍按县里定的填",
        max_length=80,
    ),
    FieldDef("hall_base_committee", "基层党委全称", "text", max_length=80),
    FieldDef("hall_base_address", "通讯地址", "text", help="对方按这个地址寄回执", max_length=120),
    FieldDef("hall_base_postcode", "邮编", "text", max_length=6),
    FieldDef("hall_base_phone", "电话", "phone"),
    FieldDef("hall_base_fax", "传真", "text", max_length=40),
)
"""What is remembered; each key is the fact a field of a transfer begins with."""


def read(office: Office) -> dict[str, str]:
    """What is remembered, as people write it; '' for what is not."""
    found = settings.get(office, KEPT_AS, {})
    return {one.key: show(one, found.get(one.key)) for one in FIELDS}


def keep(office: Office, *, values: Mapping[str, object]) -> Done[None]:
    """Remember these from now on; letters already on file stay as they are.

    Raises:
        FieldsRefused: a telephone or postcode that cannot be one, a text that is too long.
    """

    def work(bench: Work) -> None:
        given, problems = check_form(FIELDS, values, {})
        wrong = tuple(problem for problem in problems if not problem.facts.get("advice"))
        if wrong:
            raise FieldsRefused(wrong)
        told = {key: str(value) for key, value in given.items() if value}
        settings.keep(bench.connection, KEPT_AS, value=told or None)
        audit.note(bench, "setting", key=KEPT_AS)
        bench.touch("settings")

    return perform(office, Operation.CHANGE_SETTING, work)


def facts(connection: Connection, form: Mapping[str, object]) -> dict[str, object]:
    """The facts a case's fields may begin with; who issues only where a letter stays in the province."""
    known: dict[str, object] = dict(settings.kept(connection, KEPT_AS, {}))
    if known.get("hall_issuer") and form.get("transfer_scope") in IN_PROVINCE:
        known["usual_issuer"] = known["hall_issuer"]
    return known
