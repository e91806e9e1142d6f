"""The county's side: its own keys, made, told and renewed."""

from pathlib import Path

from desk.clock import Clock
from desk.exchange.key_files import COUNTY_SUFFIX, CountyKey, county_key_file
from desk.exchange.keys import PublicHalf, six_words
from desk.files import write_atomic
from desk.keyring import Argon2Params
from desk.paths import OfficePaths
from desk.services import audit, county_slot, second_person, setup
from desk.services.exchange_keys import former_signer, own_keys, renew
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform, reading
from desk.services.rules import Rules
from desk.services.second_person import Approval
from desk.services.setup import Created, HallProfile


def create(
    paths: OfficePaths,
    *,
    code: str,
    name: str,
    operator_name: str,
    password: str,
    clock: Clock,
    rules: Rules | None = None,
    params: Argon2Params | None = None,
    recovery: PublicHalf,
) -> Created:
    """Make the county's encrypted file with its exchange keys; of the offline recovery key it holds the public half alone.

    Raises:
        FieldsRefused: code, name or password cannot be taken.
    """
    made = setup.create_office(
        paths,
        profile=HallProfile(
            county=code, community_code=f"{code}000000", community_name=name, window=1
        ),
        operator_name=operator_name,
        password=password,
        clock=clock,
        rules=rules,
        params=params,
        recovery=recovery,
    )
    county_slot.keep(made.office)
    return made


def public_key(office: Office) -> CountyKey:
    """What every desk must know of this county."""
    with reading(office) as connection:
        keys = own_keys(connection)
    profile = office.profile
    return CountyKey(
        name=str(profile["community_name"]),
        code=str(profile["county"]),
        node=node_of(office),
        signing=keys.signing.public,
        sealing=keys.sealing.recipient,
        recovery=keys.recovery.recipient,
        made_at=office.clock.now().isoformat(timespec="seconds"),
    )


def node_of(office: Office) -> str:
    """This county's address on packages."""
    return str(office.profile["county"])


def write_public_key(office: Office, *, folder: Path) -> Path:
    """Write `county.bmkey` for the desks; gives its path back."""
    key = public_key(office)
    with reading(office) as connection:
        signing, former = own_keys(connection).signing, former_signer(connection)
    path = folder / f"county-{key.code}{COUNTY_SUFFIX}"
    write_atomic(path, county_key_file(key, signing, former))
    return path


def renew_keys(
    office: Office, *, approved_by: Approval | None, recovery: PublicHalf | None = None
) -> Done[tuple[str, ...]]:
    """Sign and unseal with new keys from now on; gives their six words. `recovery` is a new offline key, if there is one.

    The new key file is signed by the old key too, so a desk that knows that one takes it without comparing words.

    Raises:
        NeedsSecondPerson: nobody consented.
    """

    def work(bench: Work) -> None:
        approval = second_person.demand(bench, approved_by)
        renew(bench.connection, office.origin, office.epoch, bench.now.isoformat(), recovery)
        audit.note(bench, "key", None, "", deed="new_key", **approval.noted())

    done = perform(office, Operation.EXCHANGE, work)
    with reading(office) as connection:
        office.signing = own_keys(connection).signing
    county_slot.keep(office)
    return Done(key_words(office), done.changes)


def key_words(office: Office) -> tuple[str, ...]:
    """The six words of this county's own key."""
    return six_words(public_key(office).fingerprint)
