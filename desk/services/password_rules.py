"""What a password must be here, and when it is to be a new one: 等保模式 of the county, on unless it switched it off."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.engine import Connection

from desk import keyring
from desk.domain.catalog import County
from desk.errors import FieldsRefused, Problem
from desk.services import audit, settings
from desk.services.office import Office, PasswordDue
from desk.services.operation import Done, Operation, Work, perform, reading

SWITCH = "graded_protection"
"""The county's parameter; GB/T 22239-2019 asks for complexity and regular change, ASVS 5.0 advises against both."""
GOOD_FOR = timedelta(days=180)


def graded(office: Office) -> bool:
    """Whether the county's 等保模式 is on."""
    return graded_in(office.county)


def graded_in(county: County) -> bool:
    """Whether 等保模式 is on in this county."""
    return county.params.get(SWITCH, True) is not False


def check(office: Office, name: str, password: str) -> tuple[Problem, ...]:
    """What stands against this password for somebody of this name."""
    profile = office.profile
    words = [str(profile.get(key) or "") for key in ("community_name", "community_code", "street")]
    words += [str(profile.get("phone") or ""), name]
    known = tuple(word for word in words if word)
    return keyring.check_password(password, known, mixed=graded(office))


def renewed(bench: Work, operator_id: UUID) -> None:
    """Remember that his password is new today, and his own."""
    settings.keep(bench.connection, _key(operator_id), value=bench.today.isoformat())
    settings.keep(bench.connection, _once(operator_id), value=None)


def given_once(bench: Work, operator_id: UUID) -> None:
    """Remember that somebody else chose his password: he signs in with it once, to choose his own."""
    renewed(bench, operator_id)
    settings.keep(bench.connection, _once(operator_id), value=True)


def is_given(connection: Connection, operator_id: UUID) -> bool:
    """Whether his password is one somebody else chose."""
    return bool(settings.kept(connection, _once(operator_id)))


def why_due(office: Office) -> PasswordDue:
    """Why who signed in has to choose a new password before anything else: `once`, `over`; '' when he need not."""
    if office.actor is None:
        return ""
    with reading(office, "") as connection:
        if is_given(connection, office.actor):
            return "once"
    left = days_left(office)
    return "over" if left is not None and left <= 0 else ""


def hold_back(office: Office) -> None:
    """Grant nothing until a password that is due was changed; where nothing can be written, nothing can be asked."""
    if not office.read_only and (why := why_due(office)):
        office.password_due, office.withheld, office.grants = why, office.grants, ()


def days_left(office: Office) -> int | None:
    """How many days the password of who signed in is still good for, negative when it is over; None for as long as he likes.

    Counts from the day it is first asked where nobody knows since when he has it.
    """
    if not graded(office) or office.actor is None:
        return None
    with reading(office, "") as connection:
        since = settings.kept(connection, _key(office.actor), office.today.isoformat())
    return (date.fromisoformat(since) + GOOD_FOR - office.today).days


def begin(bench: Work) -> None:
    """Start counting for who signed in, where it is not known since when he has his password."""
    if bench.actor and settings.kept(bench.connection, _key(bench.actor)) is None:
        renewed(bench, bench.actor)


def change_own(office: Office, *, old: str, new: str) -> Done[None]:
    """Change the password of who signed in; what was held back until then is granted.

    Raises:
        SignInRefused, SignInPaused: the old one is not right; counts as a try to sign in.
        FieldsRefused: the new one cannot be taken, or is the old one.
    """
    operator = office.actor or office.origin
    name = office.hall.operator
    key = keyring.open_with_password(office.paths.folder, operator.hex, old, office.clock)
    problems = check(office, name, new)
    if not problems and new == old:
        problems = (Problem("password", "same_as_before"),)
    if problems:
        raise FieldsRefused(problems)

    def work(bench: Work) -> None:
        audit.note(bench, "key", operator, deed="password")
        renewed(bench, operator)
        params = keyring.params_in_use(office.paths.folder)
        keyring.add_operator(office.paths.folder, key, operator.hex, name, new, params)

    done = perform(office, Operation.NOTE, work)
    if office.password_due:
        office.password_due, office.grants, office.withheld = "", office.withheld, ()
    return done


def _once(operator_id: UUID) -> str:
    return f"password_once.{operator_id.hex}"


def _key(operator_id: UUID) -> str:
    return f"password_day.{operator_id.hex}"
