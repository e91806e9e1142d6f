"""What a self-test promised, line by line, and what of it does not hold."""

import csv
import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from desk.clock import Clock
from desk.console.selftest.hall import county_paths, papers_in, require_ours, stick_in
from desk.console.selftest.opening import entered
from desk.console.selftest.people import resident
from desk.console.selftest.steps import MOST_ORDER, ROLL, answered
from desk.errors import NotFound
from desk.exchange.stick import SUBFOLDER
from desk.files import digest_of
from desk.paths import OfficePaths
from desk.services import (
    backups,
    case_views,
    documents,
    drafts,
    numbers,
    people,
    rolls,
    setup,
)
from desk.services.check import check, quick_check
from desk.services.office import Office
from desk.services.roll_views import RollFilter
from desk.services.rules import Rules
from desk.services.views import CaseDetail

WORD = "ACK"
LOST, WRONG, SPOILT, FOUND = "丢失", "不符", "损坏", "不对"
"""Not there any more; shown otherwise than promised; a file given away that holds other bytes; found by the full check."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One line: what kind of thing, which one, and how it stands at least."""

    kind: str
    what: str
    detail: str

    def __str__(self) -> str:
        return f"{self.kind} {self.what} {self.detail}"


def kept(acks: str) -> tuple[Promise, ...]:
    """The promises of the lines, the last of each thing; a line without its end was never made, a draft ended is none."""
    latest: dict[tuple[str, str], Promise] = {}
    for line in acks.splitlines(keepends=True):
        words = line.split()
        if len(words) != 4 or words[0] != WORD or not line.endswith("\n"):
            continue
        one = Promise(*words[1:])
        if one.kind == "ended":
            latest.pop(("draft", one.what), None)
        else:
            latest.pop((one.kind, one.what), None)
            latest[one.kind, one.what] = one
    return tuple(latest.values())


@dataclass(frozen=True, slots=True)
class Scope:
    """How much is looked at again: the county's own check, and how many of the newest papers are drawn anew."""

    county: bool = True
    drawn: int = 1_000_000


EVERYTHING = Scope()


def broken(
    folder: Path, acks: str, *, rules: Rules, clock: Clock, scope: Scope = EVERYTHING
) -> tuple[str, ...]:
    """What does not hold, a sentence each: every promise looked up, then the full check of desk and county.

    Raises:
        NotDone, OfficeError: the folder cannot be opened.
    """
    require_ours(folder)
    found: list[str] = []
    with closing(entered(OfficePaths(folder), clock, rules)) as office:
        look = Look(office, {}, frozenset(_newest_papers(kept(acks), scope.drawn)))
        for one in kept(acks):
            found += (f"{fault}：{one}" for fault in look.faults(one))
        found += (f"{WRONG}：编号不连续 {day}" for day in numbers.with_gaps(office))
        found += _full(office)
    if scope.county and setup.state(county_paths(folder)) != "empty":
        with closing(entered(county_paths(folder), clock, rules)) as county:
            found += _full(county)
    return tuple(found)


def _newest_papers(promises: tuple[Promise, ...], most: int) -> list[Promise]:
    papers = [one for one in promises if one.kind == "paper"]
    return papers[max(0, len(papers) - most) :]


@dataclass(frozen=True, slots=True)
class Look:
    """Looking promises up: a case's page is composed once for all that was promised about it; `drawn` are drawn anew."""

    office: Office
    pages: dict[UUID, CaseDetail | None]
    drawn: frozenset[Promise]

    def faults(self, one: Promise) -> Iterator[str]:
        """What is wrong with it."""
        if one.kind not in OF_CASES:
            return LOOKS[one.kind](self.office, one)
        found = self._page(UUID(hex=one.what.partition("/")[0]))
        return OF_CASES[one.kind](self, found, one) if found else iter((LOST,))

    def _page(self, case_id: UUID) -> CaseDetail | None:
        if case_id not in self.pages:
            try:
                self.pages[case_id] = case_views.detail(self.office, case_id=case_id)
            except NotFound:
                self.pages[case_id] = None
        return self.pages[case_id]


def _full(office: Office) -> Iterator[str]:
    findings = (*quick_check(office), *check(office).findings)
    return (f"{FOUND}：{one.text}" for one in findings)


def _office(office: Office, one: Promise) -> Iterator[str]:
    if office.epoch < int(one.detail):
        yield LOST
    elif office.epoch == int(one.detail) and office.origin.hex != one.what:
        yield WRONG


def _case(_look: Look, found: CaseDetail, one: Promise) -> Iterator[str]:
    known = {*found.numbers, *(row.number for row in found.documents), "-"}
    if one.detail not in known:
        yield WRONG


def _act(_look: Look, found: CaseDetail, one: Promise) -> Iterator[str]:
    if found.version < int(one.detail):
        yield LOST


def _paper(look: Look, found: CaseDetail, one: Promise) -> Iterator[str]:
    """On record as often as it was handed out, the original as it was; and the file that was given away."""
    office = look.office
    _, document_id, nth = one.what.split("/")
    medium, _, digest = one.detail.partition(":")
    yield from _file(papers_in(office.paths.folder) / f"{document_id}-{nth}.pdf", digest)
    row = next((row for row in found.documents if row.id.hex == document_id), None)
    if row is None or row.prints < int(nth):
        yield LOST
    elif nth == "0" and not row.voided_on and one in look.drawn:
        drawn = documents.pdf(office, document_id=row.id, medium=medium)
        if hashlib.sha256(drawn).hexdigest() != digest:
            yield WRONG


def _package(office: Office, one: Promise) -> Iterator[str]:
    for folder in (office.paths.packages, stick_in(office.paths.folder) / SUBFOLDER):
        yield from _file(folder / one.what, one.detail)


def _answer(office: Office, one: Promise) -> Iterator[str]:
    """Only the newest packages are shown; older ones were answered before them."""
    epoch, seq = map(int, one.what.split("/"))
    found = answered(office) if epoch == office.epoch else {seq: ""}
    if seq not in found and seq >= min(found, default=0):
        yield LOST


def _backup(office: Office, one: Promise) -> Iterator[str]:
    """Older ones may have been thinned out; what is listed must be whole, and something must be.

    One whose own list gives the damage away is spoilt: no restore takes it.
    """
    found = {made.name: made for made in backups.listed(office.paths.backups)}
    made = found.get(one.what)
    if not found:
        yield LOST
    elif made and (now := digest_of(made.file)).hex() != one.detail:
        yield WRONG if now == made.manifest.digest else SPOILT


def _draft(office: Office, one: Promise) -> Iterator[str]:
    """There, or ended just before the end; a restore brings back the drafts of the backup."""
    epoch, _, id_no = one.detail.partition(":")
    if int(epoch) != office.epoch:
        return
    left = {row.id for row in drafts.left_behind(office)}
    if int(one.what) not in left and people.known(office, id_no=id_no) is None:
        yield LOST


def _entry(office: Office, one: Promise) -> Iterator[str]:
    for part in ("roll", "stopped"):
        wanted = RollFilter(ROLL, part)
        for row in rolls.page(office, wanted=wanted, limit=10_000).rows:
            if row.record_id is not None and row.record_id.hex == one.what:
                if rolls.entry(office, wanted=wanted, row=row).version < int(one.detail):
                    yield LOST
                return
    yield LOST


def _import(office: Office, one: Promise) -> Iterator[str]:
    for order in range(int(one.what), int(one.what) + int(one.detail)):
        if people.known(office, id_no=resident(order % MOST_ORDER).id_no) is None:
            yield LOST
            return


def _list(office: Office, one: Promise) -> Iterator[str]:
    """Whole, and at least as long: it may have been written anew just before the end."""
    try:
        with (papers_in(office.paths.folder) / one.what).open(
            encoding="utf-8-sig", newline=""
        ) as file:
            rows = list(csv.reader(file))
    except OSError:
        yield LOST
        return
    if len({len(row) for row in rows}) != 1:
        yield SPOILT
    elif len(rows) - 1 < int(one.detail):
        yield LOST


def _file(path: Path, digest: str) -> Iterator[str]:
    try:
        if digest_of(path).hex() != digest:
            yield SPOILT
    except OSError:
        yield LOST


LOOKS: Mapping[str, Callable[[Office, Promise], Iterator[str]]] = {
    "office": _office,
    "restored": _office,
    "package": _package,
    "answer": _answer,
    "backup": _backup,
    "draft": _draft,
    "entry": _entry,
    "import": _import,
    "list": _list,
}
OF_CASES: Mapping[str, Callable[[Look, CaseDetail, Promise], Iterator[str]]] = {
    "case": _case,
    "act": _act,
    "paper": _paper,
}
