"""The people of an office: added with a slot of their own, given another role, switched off, their cases handed on."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from db.models import CaseFile, Operator
from desk import keyring
from desk.domain.canonical import Json
from desk.domain.roles import EVERYTHING, Role
from desk.errors import FieldsRefused, LastLead, NotFound, Problem
from desk.services import audit, covering, password_rules, roles, second_person
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform, reading
from desk.services.rights import Right, allows, demand
from desk.services.second_person import Approval

ALL_LINES = ("*",)
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class OperatorRow:
    """One who works or worked here; `lines` whose sensitive data he sees (`*` for all), `open_cases` still in his name.

    `has_password`: whether he can sign in; after the data key was changed only those can whose passwords were at hand.
    """

    id: UUID
    name: str
    role: str
    role_label: str
    lines: tuple[str, ...]
    active: bool
    himself: bool
    open_cases: int
    has_password: bool


def everybody(office: Office) -> tuple[OperatorRow, ...]:
    """All operators of this office, those at work first.

    Raises:
        NotGranted: not one who manages them.
    """
    demand(office, Operation.MANAGE_OPERATORS)
    with reading(office, "") as connection:
        held = _open_cases(connection)
        slots = second_person.able_to_sign_in(office)
        rows = [_shown(office, row, held, slots) for row in _rows(office, connection)]
    return tuple(sorted(rows, key=lambda row: (not row.active, row.name)))


def assignable(office: Office) -> tuple[Role, ...]:
    """The roles that can be given at this kind of office."""
    return tuple(role for role in roles.roles().values() if office.kind in role.kinds)


def sensitive_lines(office: Office) -> tuple[tuple[str, str], ...]:
    """The lines that hold anything sensitive, with their labels: those an operator can be granted one by one."""
    items = office.catalog.items.values()
    told = {
        item.line
        for item in items
        if {item.sensitive, *(field.sensitive for field in item.fields)} & {*covering.BY_LINE}
    }
    return tuple((one.key, one.label) for one in office.catalog.lines if one.key in told)


def add(
    office: Office,
    *,
    name: str,
    password: str,
    role: str,
    approved_by: Approval | None,
    lines: Sequence[str] = ALL_LINES,
) -> Done[UUID]:
    """Give somebody a slot with a first password, which he changes when he first signs in.

    Raises:
        FieldsRefused: name, password or role cannot be taken.
        NeedsSecondPerson: nobody consented.
    """
    name = " ".join(name.split())

    def work(bench: Work) -> UUID:
        approval = second_person.demand(bench, approved_by)
        problems = (*_name_problems(bench, name), *password_rules.check(office, name, password))
        if problems:
            raise FieldsRefused(problems)
        new = bench.new_id()
        payload: dict[str, Json] = {"name": name, **_rights(office, role, lines)}
        bench.emit("operator.added", "operator", new, payload | approval.payload())
        # Behind all that can be refused: a slot without its operator would let nobody in.
        audit.note(bench, "operator", new, deed="added", role=role)
        audit.note(bench, "key", new, deed="slot_added")
        _give_slot(office, approval.key, new, name, password)
        password_rules.given_once(bench, new)
        return new

    return perform(office, Operation.MANAGE_OPERATORS, work)


def change(
    office: Office,
    *,
    operator_id: UUID,
    role: str,
    approved_by: Approval | None,
    lines: Sequence[str] = ALL_LINES,
) -> Done[None]:
    """Give somebody another role and lines; he has them when he signs in the next time.

    Raises:
        LastLead: nobody would be left who manages the others.
        FieldsRefused, NeedsSecondPerson, NotFound: as with `add`.
    """

    def work(bench: Work) -> None:
        approval = second_person.demand(bench, approved_by)
        row = _row(bench, operator_id)
        rights = _rights(office, role, lines)
        if not _leads(rights["role"], rights["grants"]):
            _keep_a_lead(bench, operator_id)
        payload = rights | approval.payload()
        bench.emit("operator.changed", "operator", operator_id, payload, base=row["version"])
        audit.note(bench, "operator", operator_id, deed="role", role=role)

    return perform(office, Operation.MANAGE_OPERATORS, work)


def switch_off(
    office: Office,
    *,
    operator_id: UUID,
    approved_by: Approval | None,
    hand_on_to: UUID | None = None,
) -> Done[int]:
    """Take somebody's slot away at once and hand his open cases on; gives the number of these back.

    Raises:
        LastLead: nobody would be left who manages the others.
        NeedsSecondPerson, NotFound: as with `add`; the one who takes over has to be at work here.
    """

    def work(bench: Work) -> int:
        approval = second_person.demand(bench, approved_by)
        row = _row(bench, operator_id)
        _keep_a_lead(bench, operator_id)
        handed = _hand_on(bench, operator_id, hand_on_to) if hand_on_to else 0
        payload: dict[str, Json] = {"active": False, **approval.payload()}
        bench.emit("operator.changed", "operator", operator_id, payload, base=row["version"])
        audit.note(bench, "operator", operator_id, deed="off")
        audit.note(bench, "key", operator_id, deed="slot_removed")
        # Should the commit fail, he is out all the same: trying again finds no slot and goes on.
        with suppress(NotFound):
            keyring.remove_operator(office.paths.folder, operator_id.hex)
        return handed

    return perform(office, Operation.MANAGE_OPERATORS, work)


def new_password(
    office: Office, *, operator_id: UUID, password: str, approved_by: Approval | None
) -> Done[None]:
    """A password for one time for a colleague who forgot his; also lets one in again who was switched off.

    Raises:
        FieldsRefused, NeedsSecondPerson, NotFound: as with `add`.
    """

    def work(bench: Work) -> None:
        approval = second_person.demand(bench, approved_by)
        row = _known(bench, operator_id)
        if problems := password_rules.check(office, row["name"], password):
            raise FieldsRefused(problems)
        payload: dict[str, Json] = {"active": True, "new_password": True, **approval.payload()}
        bench.emit("operator.changed", "operator", operator_id, payload, base=row["version"])
        audit.note(bench, "key", operator_id, deed="one_time_password")
        _give_slot(office, approval.key, operator_id, row["name"], password)
        password_rules.given_once(bench, operator_id)

    return perform(office, Operation.MANAGE_OPERATORS, work)


def hand_on(office: Office, *, leaver: UUID, to: UUID) -> Done[int]:
    """Put somebody's open cases into another's name; gives their number back.

    Raises:
        NotFound: the one who takes over is not at work here.
    """

    def work(bench: Work) -> int:
        audit.note(bench, "operator", leaver, deed="handed_on")
        return _hand_on(bench, leaver, to)

    return perform(office, Operation.MANAGE_OPERATORS, work)


def _hand_on(bench: Work, leaver: UUID, to: UUID) -> int:
    _row(bench, to)
    if to not in second_person.able_to_sign_in(bench.office):
        raise NotFound
    if leaver == to:
        return 0
    query = select(CaseFile.id, CaseFile.version).where(
        CaseFile.operator_id == leaver, CaseFile.phase != "closed"
    )
    rows = bench.connection.execute(query.order_by(CaseFile.id)).all()
    for case_id, version in rows:
        payload: dict[str, Json] = {"operator": to.hex, "was": leaver.hex}
        bench.emit("case.assigned", "case", case_id, payload, base=version)
    return len(rows)


def _rights(office: Office, role: str, lines: Sequence[str]) -> dict[str, Any]:
    if role not in {one.key for one in assignable(office)}:
        raise FieldsRefused([Problem("role", "required")])
    if Right.LOOK not in {grant[0] for grant in roles.roles()[role].grants}:
        lines = ()
    return {"role": role, "grants": [[Right.SENSITIVE.value, line, "all"] for line in lines]}


def _name_problems(bench: Work, name: str) -> tuple[Problem, ...]:
    if not name:
        return (Problem("operator_name", "required"),)
    if len(name) > LONGEST_NAME:
        return (Problem("operator_name", "too_long", {"max": LONGEST_NAME}),)
    taken = {row["name"] for row in _rows(bench.office, bench.connection)}
    return (Problem("operator_name", "name_taken"),) if name in taken else ()


def _give_slot(office: Office, key: bytes, operator_id: UUID, name: str, password: str) -> None:
    params = keyring.params_in_use(office.paths.folder)
    keyring.add_operator(office.paths.folder, key, operator_id.hex, name, password, params)


def _keep_a_lead(bench: Work, leaver: UUID) -> None:
    """Raises: LastLead: without this one nobody is left who may do everything."""
    rows = _rows(bench.office, bench.connection)
    able = second_person.able_to_sign_in(bench.office) - {leaver}
    left = (row for row in rows if row["active"] and row["id"] in able)
    if not any(_leads(row["role"], row["grants"]) for row in left):
        raise LastLead


def _leads(role: str, grants: Any) -> bool:
    return EVERYTHING in roles.granted(role, second_person.own_grants(grants))


def _rows(office: Office, connection: Connection) -> Sequence[Mapping[Any, Any]]:
    """A county also keeps the operators of its windows; they are none of its own."""
    query = select(Operator).order_by(Operator.id)
    if office.kind == "county":
        query = query.where(Operator.origin == office.origin)
    return connection.execute(query).mappings().all()


def _known(bench: Work, operator_id: UUID) -> Mapping[Any, Any]:
    for row in _rows(bench.office, bench.connection):
        if row["id"] == operator_id:
            return row
    raise NotFound


def _row(bench: Work, operator_id: UUID) -> Mapping[Any, Any]:
    row = _known(bench, operator_id)
    if not row["active"]:
        raise NotFound
    return row


def _open_cases(connection: Connection) -> dict[UUID, int]:
    query = (
        select(CaseFile.operator_id, func.count())
        .where(CaseFile.phase != "closed", CaseFile.operator_id.is_not(None))
        .group_by(CaseFile.operator_id)
    )
    return {row[0]: row[1] for row in connection.execute(query) if row[0]}


def _shown(
    office: Office, row: Mapping[Any, Any], held: Mapping[UUID, int], slots: frozenset[UUID]
) -> OperatorRow:
    known = roles.roles().get(row["role"])
    grants = roles.granted(row["role"], second_person.own_grants(row["grants"]))
    named = tuple(line for action, line, _ in grants if action in ("*", Right.SENSITIVE))
    return OperatorRow(
        id=row["id"],
        name=row["name"],
        role=row["role"],
        role_label=known.label if known else row["role"],
        lines=ALL_LINES if allows(grants, Right.SENSITIVE, "*") else named,
        active=row["active"],
        himself=row["id"] == office.actor,
        open_cases=held.get(row["id"], 0),
        has_password=row["id"] in slots,
    )
