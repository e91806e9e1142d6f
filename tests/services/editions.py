"""Editions of the rules for tests: the shipped files edited, published by a county, carried to a desk."""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

from desk.clock import CHINA, FixedClock
from desk.exchange.control_totals import NOTHING
from desk.exchange.parts import Contents
from desk.services import catalog_publish, catalog_take, hub_desks, hub_down, hub_send
from desk.services.catalog_publish import Plan
from desk.services.catalog_turn import Turned
from desk.services.office import Office
from desk.services.operation import Operation, Work, perform
from desk.services.sync_views import ReadBack
from tests.builders import rules
from tests.services.trips import Trip, put

HEAD = "catalog/catalog.toml"
CIVIL = "catalog/items/civil.toml"
Files = Mapping[str, bytes]
Edit = tuple[str, str, str]
"""A file, what stands there, what is to stand there."""


def edition(version: int, *edits: Edit, more: Files | None = None) -> dict[str, bytes]:
    """The shipped files as a later version; every edit must find its place."""
    files = dict(rules().source)
    for name, old, new in ((HEAD, "version = 1\n", f"version = {version}\n"), *edits):
        assert old.encode() in files[name], (name, old)
        files[name] = files[name].replace(old.encode(), new.encode())
    return files | dict(more or {})


def without(files: Files, code: str) -> dict[str, bytes]:
    """The files without one item, wherever it stood."""
    mark = f'"{code}"'.encode()
    name = next(name for name, body in files.items() if "/items/" in name and mark in body)
    blocks = files[name].split(b"[[item]]")
    return {**files, name: b"[[item]]".join(block for block in blocks if mark not in block)}


def holidays(year: int, *rest: date) -> dict[str, bytes]:
    """The notice of a year with these days off."""
    days = [{"date": day.isoformat(), "name": "元旦", "off": True} for day in rest]
    body = {"year": year, "source": "测试", "days": days}
    return {f"holidays/{year}.json": json.dumps(body, ensure_ascii=False).encode()}


def write_tree(folder: Path, files: Files) -> Path:
    """The files as a tree to be published."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def planned(
    county: Office, folder: Path, files: Files, begins: date | None = None, days: int | None = None
) -> Plan:
    """What publishing these files would do; `days` from the first day on it is vouched for."""
    first = begins or county.today
    through = None if days is None else first + timedelta(days=days)
    return catalog_publish.plan(
        county, folder=write_tree(folder, files), begins=first, through=through
    )


def published(
    trip: Trip, files: Files, begins: date | None = None, days: int | None = None
) -> Plan:
    """Publish these files at the trip's county."""
    folder = trip.folder / f"tree-{len(list(trip.folder.glob('tree-*')))}"
    ready = planned(trip.hub, folder, files, begins, days)
    catalog_publish.publish(trip.hub, ready=ready)
    return ready


def brought(trip: Trip) -> ReadBack:
    """A stick with the newest release goes from the county to the desk."""
    stick = trip.new_stick(f"stick-{len(list(trip.folder.glob('stick-*')))}")
    hub_down.put_all(trip.hub, stick, catalog=0)
    return trip.answers(stick)


def adopted(
    trip: Trip, files: Files, begins: date | None = None, days: int | None = None
) -> Turned:
    """Published, brought and taken by a person."""
    ready = published(trip, files, begins, days)
    told = brought(trip)
    assert told.passed_over == ()
    assert len(told.taken) == 1
    return catalog_take.adopt(trip.desk, version=ready.release.release).value


def go_to(office: Office, day: date) -> None:
    """That morning."""
    office.clock = FixedClock(datetime(day.year, day.month, day.day, 9, tzinfo=CHINA))


def sent(trip: Trip, body: bytes) -> Path:
    """A stick with whatever body, sealed and signed by the trip's own county."""

    def work(bench: Work) -> tuple[str, bytes]:
        [desk] = hub_desks.enrolments(trip.hub)
        return hub_send.send(bench, desk, "CATALOG", Contents(NOTHING, NOTHING, body=body))

    name, data = perform(trip.hub, Operation.EXCHANGE, work).value
    stick = trip.new_stick(f"sent-{len(list(trip.folder.glob('sent-*')))}")
    put(stick, name, data)
    return stick
