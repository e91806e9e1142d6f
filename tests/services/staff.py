"""Colleagues for tests of who may do what: added by the lead, signed in again as themselves."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from desk.services import operators, password_rules, sign_in
from desk.services.office import Office
from desk.services.operation import Operation, perform
from tests.builders import PASSWORD, consent, rules


def add(office: Office, name: str = "李静", role: str = "clerk", *lines: str) -> UUID:
    """A colleague with `PASSWORD` as if he had chosen it himself, who sees all lines if none is named."""
    new = given(office, name, role, *lines)
    perform(office, Operation.NOTE, lambda bench: password_rules.renewed(bench, new))
    return new


def given(office: Office, name: str = "李静", role: str = "clerk", *lines: str) -> UUID:
    """A colleague to whom `PASSWORD` was given for one time."""
    return operators.add(
        office,
        name=name,
        password=PASSWORD,
        role=role,
        approved_by=consent(office),
        lines=lines or ("*",),
    ).value


@contextmanager
def signed_in(office: Office, operator_id: UUID, password: str = PASSWORD) -> Iterator[Office]:
    """The same folder with somebody else at it, `office` is closed for good."""
    office.close()
    other = sign_in.sign_in(
        office.paths,
        operator_id=operator_id.hex,
        password=password,
        clock=office.clock,
        rules=rules(),
    )
    try:
        yield other
    finally:
        other.close()
