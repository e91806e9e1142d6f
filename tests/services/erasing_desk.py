"""What tests of keeping and erasing need: a case of long ago, and everything in the file that still names somebody."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from db.base import Base
from desk.services import clock_doubts, erasing, intake, keeping
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.views import Finished
from tests.builders import consent, id_number, intake_values

BASIS = "目录规定的保管期限已满"
NAME, ID_NO = "刘桂兰", id_number()


def refused(office: Office) -> Finished:
    """An application that was refused; the reason names the applicant."""
    values = intake_values(office, "ZH-ZM-01")
    asks = {"reason": f"{NAME}的房屋不在本社区"}
    return intake.finish(office, values=values, end="refuse", asks=asks).value


def refused_long_ago(office: Office) -> Finished:
    """One that is due: what was refused is kept two years, which have passed since."""
    done = refused(office)
    years_pass(office, 2)
    return done


def years_pass(office: Office, years: int) -> None:
    """So many years and a day go by, and somebody has looked at the date."""
    clock: Any = office.clock
    clock.moment = clock.moment.replace(year=clock.moment.year + years) + timedelta(days=1)
    clock_doubts.believe(office)


def due(office: Office) -> set[UUID]:
    """What stands on the list."""
    return {one.id for one in keeping.view(office).due}


def erase(office: Office, *ids: UUID) -> int:
    """Erased by two persons."""
    return erasing.erase(office, ids=ids, basis=BASIS, approved_by=consent(office)).value


def says(office: Office, *words: str) -> list[str]:
    """The tables in which one of these words still stands."""
    with reading(office, "") as connection:
        return [
            name
            for name, table in Base.metadata.tables.items()
            for row in connection.execute(select(table))
            if any(word in told for told in map(_text, row) for word in words)
        ]


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    return json.dumps(value, ensure_ascii=False, default=str)
