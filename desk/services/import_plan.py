"""What would come of every row of a table: new, filling gaps, known already, or not to be taken, and why."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.engine import Connection

from db.models import CaseFile, Person, Record
from desk.domain.catalog import Item
from desk.domain.facts import tier_for
from desk.domain.identity import age_on
from desk.domain.import_kinds import ImportKind, ImportKinds, read_kinds
from desk.domain.import_rows import RowRead, birth_of, read_row
from desk.domain.ledger_maps import read_synonyms
from desk.domain.privacy import mask_id
from desk.errors import Problem
from desk.resources import resource_bytes
from desk.services.import_views import ImportJob, ImportPlan, PlanRow, Verdict
from desk.services.office import Office
from desk.services.views import PersonValues
from desk.words.importing import row_text

KINDS: Final = "importing/kinds.toml"
SYNONYMS: Final = "ledgers/synonyms.toml"
CHUNK: Final = 500
PERSON: Final = ("name", "id_no", "phone", "house", "live_addr", "hukou_addr")


@dataclass(frozen=True, slots=True)
class Planned:
    """One row with all that taking it needs."""

    number: int
    cells: tuple[str, ...]
    read: RowRead
    verdict: Verdict
    said: str
    person: Mapping[Any, Any] | None = None
    item: Item | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def values(self) -> PersonValues:
        """The person of the row; what a number says of its bearer is read from it."""
        number = self.read.text("id_no")
        born = birth_of(number)
        return PersonValues(
            **{key: self.read.text(key) for key in PERSON},
            sex=("女", "男")[int(number[16]) % 2] if born else "",
            birth=born.isoformat() if born else "",
        )


@dataclass(frozen=True, slots=True)
class Known:
    """What is on file of what the table speaks of."""

    people: Mapping[str, Mapping[Any, Any]]
    on_register: frozenset[UUID]
    old_numbers: frozenset[str]
    requests: frozenset[UUID]


def import_kinds(office: Office) -> ImportKinds:
    """The kinds of tables this office takes in."""
    ledgers = read_synonyms(office.rules.file(SYNONYMS))
    return read_kinds(KINDS, resource_bytes(KINDS), office.catalog, ledgers)


def plan(office: Office, connection: Connection, job: ImportJob) -> list[Planned]:
    """Every row of the job that is not blank, in the order of the table."""
    kind = import_kinds(office).kinds[job.kind]
    rows = [
        (number, cells, read_row(kind, job.columns, cells, office.today))
        for number, cells in job.table.numbered()
    ]
    known = _known(office, connection, kind, job, [read for _, _, read in rows])
    items = _items_by_name(office)
    first: dict[str, int] = {}
    planned = []
    for number, cells, read in rows:
        same = _identity(kind, read)
        earlier = first.setdefault(same, number) if same else number
        one = _judge(office, job, kind, known, items, number, cells, read)
        if earlier != number:
            twice = Problem(_identity_field(kind), "twice", {"row": earlier})
            one = _bad(number, cells, read, (twice,))
        planned.append(one)
    return planned


def shown(kind: ImportKind, planned: Sequence[Planned]) -> ImportPlan:
    """The plan as a page and a result list show it; numbers of people masked."""
    fields = {one.key: one for one in kind.fields}
    rows = tuple(
        PlanRow(
            number=one.number,
            verdict=one.verdict,
            who=" ".join(filter(None, (one.read.text("name"), mask_id(one.read.text("id_no"))))),
            said=one.said,
            faults=tuple(row_text(fields.get(p.field), p) for p in one.problems),
            cells=one.cells,
        )
        for one in planned
    )
    unknown = Counter(
        str(problem.facts["typed"])
        for one in planned
        for problem in one.problems
        if problem.code == "unknown_item"
    )
    names = tuple(name for name, _ in unknown.most_common())
    return ImportPlan(rows, names, Counter(row.verdict for row in rows))


def request_id(office: Office, source: str, number: str) -> UUID:
    """The id of a request of that source: the same request read twice is the same."""
    return uuid5(office.origin, f"request\n{source}\n{number}")


def _judge(
    office: Office,
    job: ImportJob,
    kind: ImportKind,
    known: Known,
    items: Mapping[str, Item],
    number: int,
    cells: tuple[str, ...],
    read: RowRead,
) -> Planned:
    if read.problems:
        return _bad(number, cells, read, read.problems)
    person = known.people.get(read.text("id_no"))
    if person is not None and person["name"] and person["name"] != read.text("name"):
        other = Problem("name", "other_name", {"name": person["name"]})
        return _bad(number, cells, read, (other,))
    item: Item | None = None
    problems: tuple[Problem, ...] = ()
    if kind.into == "cases":
        item = items.get(_plain(read.text("item"))) or items.get(job.other_item)
        problems = tuple(_case_problems(office, known, read, item))
    if kind.into == "register":
        read, problems = _with_tier(office, kind, read)
    if problems:
        return _bad(number, cells, read, problems)
    verdict, said = _VERDICTS[kind.into](office, job, known, person, read)
    return Planned(number, cells, read, verdict, said, person, item)


def _bad(
    number: int, cells: tuple[str, ...], read: RowRead, problems: tuple[Problem, ...]
) -> Planned:
    return Planned(number, cells, read, "bad", "", problems=problems)


def _of_people(
    _office: Office, _job: ImportJob, _known: Known, person: Mapping[Any, Any] | None, read: RowRead
) -> tuple[Verdict, str]:
    if person is None:
        return "new", "登记这个人"
    gaps = [key for key in PERSON if read.text(key) and not person[key]]
    other = [key for key in PERSON if person[key] and read.text(key) not in ("", person[key])]
    kept = "，其余以本机登记的为准" if other else ""
    return ("fill", f"已登记，补 {len(gaps)} 处空着的{kept}") if gaps else ("same", f"已登记{kept}")


def _of_cases(
    _office: Office, _job: ImportJob, _known: Known, _person: object, read: RowRead
) -> tuple[Verdict, str]:
    number = read.text("old_number")
    return "new", f"记为旧台账 {number}".rstrip()


def _of_register(
    _office: Office, _job: ImportJob, known: Known, person: Mapping[Any, Any] | None, _read: RowRead
) -> tuple[Verdict, str]:
    if person is None:
        return "new", "登记这个人并列入名册"
    if person["id"] in known.on_register:
        return "same", "名册里已经有了"
    return "new", "列入名册"


def _of_requests(
    office: Office, job: ImportJob, known: Known, _person: object, read: RowRead
) -> tuple[Verdict, str]:
    one = request_id(office, job.source, read.text("request_no"))
    return ("same", "以前已经收过") if one in known.requests else ("new", "列入待处理")


Judge = Callable[[Office, ImportJob, Known, Mapping[Any, Any] | None, RowRead], tuple[Verdict, str]]
_VERDICTS: Final[Mapping[str, Judge]] = {
    "people": _of_people,
    "cases": _of_cases,
    "register": _of_register,
    "requests": _of_requests,
}


def _case_problems(
    office: Office, known: Known, read: RowRead, item: Item | None
) -> Iterator[Problem]:
    if item is None:
        yield Problem("item", "unknown_item", {"typed": read.text("item")[:40]})
    number = read.text("old_number")
    if number in known.old_numbers:
        yield Problem("old_number", "number_known", {"typed": number})
    opened, decided = read.text("opened_on"), read.text("decided_on")
    for key, day in (("opened_on", opened), ("decided_on", decided)):
        if day > office.today.isoformat():
            yield Problem(key, "future", {"typed": day})
    if decided and decided < opened:
        yield Problem("decided_on", "order_of_days")


def _with_tier(
    office: Office, kind: ImportKind, read: RowRead
) -> tuple[RowRead, tuple[Problem, ...]]:
    """The row with the step of an age benefit as the register writes it; told from the age where it is not said."""
    item = office.catalog.item(office.catalog.registers[kind.register].item)
    if not item.tiers:
        return read, ()
    typed = read.text("tier")
    digits = "".join(c for c in typed if c.isdigit())
    labels = {"".join(c for c in tier.label if c.isdigit()): tier for tier in item.tiers}
    born = birth_of(read.text("id_no"))
    told = (
        labels.get(digits)
        if typed
        else tier_for(item, age_on(born, office.today))
        if born
        else None
    )
    if told is None and typed:
        return read, (Problem("tier", "not_choice", {"typed": typed[:20]}),)
    return RowRead({**read.values, **({"tier": told.label} if told else {})}), ()


def _identity_field(kind: ImportKind) -> str:
    return {"cases": "old_number", "requests": "request_no"}.get(kind.into, "id_no")


def _identity(kind: ImportKind, read: RowRead) -> str:
    """What two rows of one file may not have in common ('' where the row does not say it)."""
    return "" if read.problems else read.text(_identity_field(kind))


def _known(
    office: Office, connection: Connection, kind: ImportKind, job: ImportJob, rows: list[RowRead]
) -> Known:
    def ask(query: Any, column: Any, wanted: Iterable[object]) -> Iterator[Any]:
        for some in _chunks(wanted):
            yield from connection.execute(query.where(column.in_(some))).mappings()

    people = {
        row["id_no"]: row
        for row in ask(select(Person), Person.id_no, {read.text("id_no") for read in rows} - {""})
    }
    ids = [row["id"] for row in people.values()]
    entries = select(Record.person_id).where(Record.register == kind.register)
    cases = select(CaseFile.old_number).where(CaseFile.old_number > "")
    numbers = {read.text("old_number") for read in rows} - {""}
    wanted = {request_id(office, job.source, read.text("request_no")) for read in rows}
    return Known(
        people,
        frozenset(
            r["person_id"] for r in ask(entries, Record.person_id, ids if kind.register else ())
        ),
        frozenset(r["old_number"] for r in ask(cases, CaseFile.old_number, numbers)),
        frozenset(
            r["id"]
            for r in ask(select(Record.id), Record.id, wanted if kind.into == "requests" else ())
        ),
    )


def _chunks(wanted: Iterable[object]) -> Iterator[list[object]]:
    ordered = list(wanted)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]


def _items_by_name(office: Office) -> dict[str, Item]:
    """Items by code and by every name they go by, blanks aside."""
    found: dict[str, Item] = {}
    for item in office.catalog.items.values():
        for name in (item.code, item.name, item.short_name):
            found.setdefault(_plain(name), item)
    return found


def item_code(office: Office, name: str) -> str:
    """The code of the item that goes by this name, '' where nobody knows it."""
    found = _items_by_name(office).get(_plain(name))
    return found.code if found else ""


def _plain(name: str) -> str:
    return "".join(name.split())
