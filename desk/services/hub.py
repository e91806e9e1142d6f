"""The county's side: its keys, and the desks it knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import and_, insert, or_, select

from db.models import Enrolment as EnrolmentRow
from desk.clock import Clock
from desk.errors import PackageRefused, WindowTaken
from desk.exchange.key_files import (
    COUNTY_SUFFIX,
    MAX_BYTES,
    CountyKey,
    Enrolment,
    county_key_file,
    parse_enrolment,
)
from desk.exchange.keys import six_words
from desk.exchange.stick import read_small
from desk.files import write_atomic
from desk.keyring import Argon2Params
from desk.paths import OfficePaths
from desk.services import setup
from desk.services.exchange_keys import own_keys
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform, reading
from desk.services.rules import Rules
from desk.services.setup import Created, HallProfile


@dataclass(frozen=True, slots=True)
class Introduction:
    """A desk that wants to be known: who it says it is, and the six words to compare by telephone."""

    site: str
    name: str
    window: int
    words: tuple[str, ...]
    known: bool


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
) -> Created:
    """Make the county's encrypted file with its exchange keys.

    Raises:
        FieldsRefused: code, name or password cannot be taken.
    """
    return setup.create_office(
        paths,
        profile=HallProfile(
            county=code, community_code=f"{code}000000", community_name=name, window=1
        ),
        operator_name=operator_name,
        password=password,
        clock=clock,
        rules=rules,
        params=params,
        kind="county",
    )


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
        signing = own_keys(connection).signing
    path = folder / f"county-{key.code}{COUNTY_SUFFIX}"
    write_atomic(path, county_key_file(key, signing))
    return path


def key_words(office: Office) -> tuple[str, ...]:
    """The six words of this county's own key."""
    return six_words(public_key(office).fingerprint)


def introduce(office: Office, *, path: Path) -> Introduction:
    """What an enrolment file says; nothing is taken yet.

    Raises:
        PackageRefused: it is no enrolment file, or not signed by the key it names.
        WindowTaken: another computer already is this window of this community.
    """
    enrolment = parse_enrolment(read_small(path, MAX_BYTES))
    with reading(office) as connection:
        rows = connection.execute(
            select(EnrolmentRow).where(
                or_(
                    and_(EnrolmentRow.site == enrolment.site, EnrolmentRow.revoked_at == ""),
                    and_(
                        EnrolmentRow.origin == enrolment.db_id,
                        EnrolmentRow.epoch == enrolment.epoch,
                    ),
                )
            )
        ).mappings()
        known = _compare(list(rows), enrolment)
    words = six_words(enrolment.fingerprint)
    return Introduction(enrolment.site, enrolment.name, enrolment.window, words, known)


def enrol(office: Office, *, path: Path) -> Done[Introduction]:
    """Accept a desk after its words were compared; twice is the same as once.

    Raises:
        PackageRefused, WindowTaken: as `introduce`.
    """
    told = introduce(office, path=path)
    body = read_small(path, MAX_BYTES)
    enrolment = parse_enrolment(body)

    def work(bench: Work) -> None:
        if told.known:
            return
        bench.connection.execute(
            insert(EnrolmentRow),
            {
                "origin": enrolment.db_id,
                "epoch": enrolment.epoch,
                "site": enrolment.site,
                "window": enrolment.window,
                "name": enrolment.name,
                "body": body,
                "accepted_at": bench.now.isoformat(timespec="seconds"),
                "revoked_at": "",
            },
        )

    return Done(told, perform(office, Operation.EXCHANGE, work).changes)


def enrolments(office: Office) -> tuple[Enrolment, ...]:
    """The desks this county knows."""
    with reading(office) as connection:
        rows = connection.execute(select(EnrolmentRow.body).where(EnrolmentRow.revoked_at == ""))
        return tuple(parse_enrolment(bytes(row.body)) for row in rows)


def _compare(rows: list[Mapping[Any, Any]], enrolment: Enrolment) -> bool:
    """Whether this very desk is known already."""
    for row in rows:
        same: UUID = row["origin"]
        if (same, row["epoch"]) == (enrolment.db_id, enrolment.epoch):
            if parse_enrolment(bytes(row["body"])).fingerprint != enrolment.fingerprint:
                raise PackageRefused("UNKNOWN_KEY", why="another")
            return True
        if row["window"] == enrolment.window:
            raise WindowTaken(row["name"], row["window"])
    return False
