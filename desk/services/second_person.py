"""The second person: consents at the same seat, with his own password, to what is not to be done alone."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection

from db.models import Operator
from desk import keyring
from desk.domain.canonical import Json
from desk.errors import NeedsSecondPerson
from desk.keyring import OperatorName
from desk.services import password_rules, roles
from desk.services.office import Office
from desk.services.operation import Work, reading
from desk.services.rights import Right, allows


@dataclass(frozen=True, slots=True)
class Approval:
    """Who consented; `alone` is the only operator of a hall, who repeated his own password.

    `key` is the data key his slot gave, for the deeds that make a slot for somebody else.
    """

    operator_id: UUID
    name: str
    alone: bool
    key: bytes = field(repr=False)

    def payload(self) -> dict[str, Json]:
        """What an event says of it."""
        return {
            "approved_by": self.operator_id.hex,
            "approved_name": self.name,
            "alone": self.alone,
        }

    def noted(self) -> dict[str, Json]:
        """What the audit says of it, without a name."""
        return {"alone": True} if self.alone else {"approved_by": self.operator_id.hex}


def approvers(office: Office) -> tuple[OperatorName, ...]:
    """Who can consent to what this operator wants to do: a lead; for the only lead any colleague; in a hall of one himself."""
    with reading(office, "") as connection:
        return tuple(
            OperatorName(one.hex, name) for one, name in _approvers(office, connection).items()
        )


def approve(office: Office, *, operator_id: str, password: str) -> Approval:
    """His consent, by his password at this seat; counts among his tries to sign in.

    Raises:
        SignInRefused, SignInPaused: name and password do not fit, or too often.
        NeedsSecondPerson: he is not one who can consent here.
    """
    key = keyring.open_with_password(office.paths.folder, operator_id, password, office.clock)
    with reading(office, "") as connection:
        known = _approvers(office, connection)
    approver = UUID(hex=operator_id)
    if approver not in known:
        raise NeedsSecondPerson
    return Approval(approver, known[approver], approver == office.actor, key)


def demand(bench: Work, approval: Approval | None) -> Approval:
    """Go on only with a consent that still holds as the deed is done.

    Raises:
        NeedsSecondPerson: nobody consented, or one who cannot.
    """
    if approval is None or approval.operator_id not in _approvers(bench.office, bench.connection):
        raise NeedsSecondPerson
    return approval


def able_to_sign_in(office: Office) -> frozenset[UUID]:
    """Who has a slot in this folder's key file.

    The log may name more: people of the computer whose window this one took over, and those who lost their slots with an old data key.

    Raises:
        OfficeDamaged, OfficeNewer: the key file cannot be read.
    """
    return frozenset(UUID(hex=one.id) for one in keyring.operators(office.paths.folder))


def _approvers(office: Office, connection: Connection) -> dict[UUID, str]:
    """Everybody who may consent here, with his name."""
    able = able_to_sign_in(office)
    here = select(Operator).where(Operator.active).order_by(Operator.name, Operator.id)
    if office.kind == "county":
        here = here.where(Operator.origin == office.origin)
    found = connection.execute(here).mappings().all()
    # Whose password somebody else chose consents to nothing: that other could do it in his name.
    rows = [
        row
        for row in found
        if row["id"] in able and not password_rules.is_given(connection, row["id"])
    ]
    others = {row["id"]: row for row in rows if row["id"] != office.actor}
    leads = {
        one: row["name"]
        for one, row in others.items()
        if allows(roles.granted(row["role"], own_grants(row["grants"])), Right.APPROVE)
    }
    if leads:
        return leads
    own = next((row for row in rows if row["id"] == office.actor), None)
    if own is None or not allows(office.grants, Right.APPROVE):
        return {}
    return {one: row["name"] for one, row in others.items()} or {own["id"]: own["name"]}


def own_grants(kept: list[list[str]]) -> tuple[tuple[str, str, str], ...]:
    """An operator's own grants as his row keeps them."""
    return tuple((action, line, level) for action, line, level in kept)
