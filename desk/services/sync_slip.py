"""上报包交接单: what lies on the stick, on paper, for the two who hand it over; no document of the office."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from db.models import PackageOut
from desk.domain.paper_values import day_words, moment_words
from desk.domain.plain_papers import PlainHead, compose_plain
from desk.services import paper_making, printers
from desk.services.exchange_keys import county_key
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.printers import PrinterProfile

KIND = "package_slip"
SHOWN = 16
"""Digits of a digest that are written out, as many as two people compare."""
IN_CODE = 5
"""The newest packages whose numbers and digests the code holds; more would not print sharply."""


@dataclass(frozen=True, slots=True)
class Slip:
    """The paper as PDF, and how it is printed."""

    title: str
    pdf: bytes
    profile: PrinterProfile


def slip(office: Office, *, files: tuple[str, ...]) -> Slip:
    """The slip for these package files, as they were written to the stick.

    The code holds `BMX1`, community, window, and for each package its number and the beginning of its SHA-256.
    """
    from desk.printing.printer import render

    with reading(office) as connection:
        found = connection.execute(
            select(PackageOut).where(PackageOut.file_name.in_(files)).order_by(PackageOut.seq)
        ).mappings()
        packages = list(found)
        county = county_key(connection)
    now, wording = office.clock.now(), office.rules.wording
    hall = office.hall
    head = PlainHead(
        hall=paper_making.hall_of(office),
        signed_at=now,
        code=_code(office, packages),
        clerk=hall.operator,
        window=str(hall.window),
    )
    events = sum(row["last_n"] - row["first_n"] + 1 for row in packages)
    values = {
        "to_body": county.name if county else "",
        "made_at": moment_words(now),
        "total_packages": str(len(packages)),
        "total_events": f"{events}",
    }
    paper = compose_plain(KIND, head, values, {"packages": tuple(map(_row, packages))}, wording)
    profile = printers.profile(office, kind=KIND, medium=wording.papers[KIND].medium)
    return Slip(paper.title, render(paper, profile.medium), profile)


def _row(row: Mapping[Any, Any]) -> dict[str, str]:
    return {
        "seq": str(row["seq"]),
        "events": str(row["last_n"] - row["first_n"] + 1),
        "cases": str(row["cases"]),
        "digest": bytes(row["digest"]).hex()[:SHOWN],
        "day": day_words(datetime.fromisoformat(row["made_at"])),
    }


def _code(office: Office, packages: Sequence[Mapping[Any, Any]]) -> str:
    told = (f"{row['seq']}:{bytes(row['digest']).hex()[:SHOWN]}" for row in packages[-IN_CODE:])
    site = str(office.profile["community_code"])
    return " ".join(("BMX1", site, f"{office.hall.window:02d}", *told))
