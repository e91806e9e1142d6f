"""People on registers for tests: granted by a case, as the desk does it, or known and not applied yet."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from desk.services import intake, rolls
from desk.services.office import Office
from desk.services.roll_views import RollFilter, RollRow
from desk.services.views import Finished, PersonValues
from tests.builders import id_number, intake_values, person, take_in
from tests.services import deeds


def resident(name: str, birth: str, order: int = 42, **changes: str) -> PersonValues:
    """Somebody of that name and birthday."""
    number = id_number(birth=birth.replace("-", ""), order=order)
    return person(name, birth=birth, id_no=number, **changes)


def applied(office: Office, who: PersonValues, code: str = "MZ-GL-01", **changes: Any) -> Finished:
    """Who applied, taken in."""
    return take_in(office, code, who=who, **changes)


def granted(office: Office, who: PersonValues, **asks: object) -> Finished:
    """Who was granted the allowance, from application to decision."""
    done = applied(office, who)
    deeds.walk(office, done, "confirm_accepted", "start_publicity", "end_publicity")
    deeds.act(office, done, "decide_ok", **{"first_pay_month": "", **asks})
    return done


def recognised(office: Office, who: PersonValues, *diseases: str, **asks: object) -> Finished:
    """Whose chronic illnesses were recognised."""
    values = intake_values(office, "YB-MT-01", who=who)
    form = {**values.form, "diseases": list(diseases)}
    done = applied(office, who, "YB-MT-01", form=form)
    deeds.walk(office, done, "confirm_accepted", "forward")
    blank = dict.fromkeys(("granted", "next_review", "valid_to"), "")
    deeds.act(office, done, "decide_ok", **{**blank, **asks})
    return done


def known(office: Office, who: PersonValues, code: str = "MZ-CJ-01") -> Finished:
    """Who is known for another matter."""
    return applied(office, who, code)


def on_the_spot(office: Office, who: PersonValues, code: str, **form: object) -> Finished:
    """What is done at once for somebody."""
    values = intake_values(office, code, who=who)
    values = intake_values(office, code, who=who, form={**values.form, **form})
    return intake.finish(office, values=values, end="conclude_now", asks={}).value


def on_roll(row: RollRow) -> UUID:
    """The entry of somebody who stands on the register."""
    assert row.record_id is not None
    return row.record_id


def listed(office: Office, register: str, key: str, **narrowed: Any) -> tuple[RollRow, ...]:
    """The lines of a list."""
    return rolls.page(office, wanted=RollFilter(register, key, **narrowed)).rows


def names(rows: tuple[RollRow, ...]) -> list[str]:
    """Who stands on it."""
    return [row.name for row in rows]


def entry(office: Office, register: str, key: str, row: RollRow) -> Any:
    """A line whole."""
    return rolls.entry(office, wanted=RollFilter(register, key), row=row)


Grant = Callable[..., Finished]
