"""The exchange page's view, and making desk and county known to each other."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import delete, func, insert, select
from sqlalchemy.engine import Connection

from db.models import CountyKey as CountyKeyRow
from db.models import DeskKey, PackageOut
from desk.domain.workflow import Tone
from desk.errors import PackageRefused
from desk.exchange.key_code import key_code
from desk.exchange.key_files import (
    ENROLMENT_SUFFIX,
    MAX_BYTES,
    enrolment_file,
    parse_county_key,
)
from desk.exchange.keys import six_words
from desk.exchange.stick import read_small
from desk.files import write_atomic
from desk.services import audit, county_slot, desk_keys, root_lists, second_person, settings
from desk.services.event_store import cases_since, counts_since
from desk.services.exchange_keys import (
    county_key,
    former_signer,
    own_enrolment,
    own_keys,
    renew,
)
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, chain_head, perform, reading
from desk.services.second_person import Approval
from desk.services.sync_receive import read_answers
from desk.services.sync_send import (
    DOUBT,
    ENROLLED,
    MADE,
    REPLACED,
    SENT,
    ask_for_snapshot,
    last_made,
    write_packages,
)
from desk.services.sync_views import PackageRow, SyncView, Unsent

__all__ = [
    "read_answers",
    "renew_keys",
    "take_county_key",
    "view",
    "write_enrolment",
    "write_packages",
]

SHOWN = 50
COUNTED_EVENTS = 5_000
"""Further the frame does not count: more than any desk does between two trips to the county."""
STATES: Mapping[str, tuple[str, Tone]] = {
    MADE: ("未导出", "plain"),
    "written": ("已写出", "action"),
    "acked": ("已回执", "good"),
    "refused": ("县已退回", "soon"),
    REPLACED: ("并入后面的包", "plain"),
}


def view(office: Office) -> SyncView:
    """What stands between this desk and its county; every figure is counted."""
    enrolled = bool(settings.get(office, ENROLLED, False))
    with reading(office) as connection:
        keys, county = own_keys(connection), county_key(connection)
        last = last_made(connection, keys.epoch)
        events, cases = counts_since(connection, keys.origin, last.last_n if last else 0)
        waiting = _waiting(connection)
        rows = connection.execute(
            select(PackageOut)
            .where(PackageOut.kind.in_(SENT))
            .order_by(PackageOut.epoch.desc(), PackageOut.seq.desc())
            .limit(SHOWN)
        ).mappings()
        packages = tuple(_row(row) for row in rows)
        copied = bool(settings.kept(connection, DOUBT, default=False))
    step: Literal["county_key", "enrolment", "ready"] = "ready"
    if county is None:
        step = "county_key"
    elif not enrolled:
        step = "enrolment"
    return SyncView(
        step=step,
        county=county.name if county else "",
        county_words=six_words(county.fingerprint) if county else (),
        own_words=six_words(keys.fingerprint),
        own_code=key_code("D", keys.fingerprint),
        copied=copied,
        waits=office.waits,
        unsent_events=events + waiting[0],
        unsent_cases=cases + waiting[1],
        last_text=_last_text(packages),
        packages=packages,
    )


def unsent(office: Office) -> Unsent:
    """How many cases changed since the last package was written; cheap enough for the frame, so counted to a limit."""
    with reading(office) as connection:
        last = last_made(connection, office.epoch)
        after = last.last_n if last else 0
        cases = cases_since(connection, office.origin, after, COUNTED_EVENTS)
        more = chain_head(connection, office.origin)[0] > after + COUNTED_EVENTS
        return Unsent(cases + _waiting(connection)[1], more)


def take_county_key(office: Office, *, path: Path) -> Done[SyncView]:
    """Take the county's public key file; it replaces another county's, whose key list goes with it.

    From then on the county's offline recovery key opens this office's data too.

    Raises:
        PackageRefused: it is no key file, or not signed by the key it names, or not one the county's root list names.
    """
    body = read_small(path, MAX_BYTES)
    key = parse_county_key(body)

    def work(bench: Work) -> None:
        if not root_lists.may_sign(bench.connection, key, "hub", key.signing):
            raise PackageRefused("UNKNOWN_KEY", why="roots")
        before = county_key(bench.connection)
        if before is not None and before.fingerprint != key.fingerprint:
            desk_keys.forget_list(bench.connection)
        bench.connection.execute(delete(CountyKeyRow))
        bench.connection.execute(
            insert(CountyKeyRow),
            {"node": key.node, "name": key.name, "body": body, "taken_at": _moment(bench)},
        )
        audit.note(bench, "key", deed="county_key", fingerprint=key.fingerprint.hex()[:16])
        bench.touch("packages")

    done = perform(office, Operation.EXCHANGE, work)
    county_slot.keep(office)
    return Done(view(office), done.changes)


def write_enrolment(office: Office, *, folder: Path) -> Done[str]:
    """Write this desk's enrolment file for the county; gives its name back.

    Raises:
        StickTrouble: it could not be written.
    """
    with reading(office) as connection:
        keys, former = own_keys(connection), former_signer(connection)
    made_at = office.clock.now().isoformat(timespec="seconds")
    enrolment = own_enrolment(office, keys, made_at)
    name = f"desk-{enrolment.site}-{enrolment.window:02d}{ENROLMENT_SUFFIX}"
    data = enrolment_file(enrolment, keys.signing, former)
    write_atomic(folder / name, data, on_stick=True)
    done = settings.put(office, key=ENROLLED, value=True)
    return Done(name, done.changes)


def renew_keys(office: Office, *, approved_by: Approval | None) -> Done[SyncView]:
    """Sign and unseal with new keys from now on; the enrolment file is to be written and brought to the county again.

    It is signed by the old key too, so the county takes it without comparing words, unless it revoked that key.

    Raises:
        NeedsSecondPerson: nobody consented.
    """

    def work(bench: Work) -> None:
        approval = second_person.demand(bench, approved_by)
        if desk_keys.is_revoked(bench.connection, office.signing.public):
            # Nothing it signed will ever be taken, so the new key has to send all of it again.
            ask_for_snapshot(bench)
        keys = renew(bench.connection, office.origin, office.epoch, _moment(bench))
        bench.connection.execute(insert(DeskKey), desk_keys.row_of(office.profile, keys.signing))
        settings.keep(bench.connection, ENROLLED, value=False)
        audit.note(bench, "key", None, "", deed="new_key", **approval.noted())
        bench.touch("packages")

    done = perform(office, Operation.EXCHANGE, work)
    with reading(office) as connection:
        office.signing = own_keys(connection).signing
    return Done(view(office), done.changes)


def _waiting(connection: Connection) -> tuple[int, int]:
    """Events and cases in packages that were made but never reached a stick."""
    row = connection.execute(
        select(
            func.coalesce(func.sum(PackageOut.last_n - PackageOut.first_n + 1), 0),
            func.coalesce(func.sum(PackageOut.cases), 0),
        ).where(PackageOut.kind.in_(SENT), PackageOut.state == MADE)
    ).one()
    return int(row[0]), int(row[1])


def _row(row: Mapping[Any, Any]) -> PackageRow:
    refused = tuple(str(one["reason"]) for one in (row["result"] or {}).get("refused", ()))
    state, tone = STATES["refused" if refused and row["state"] == "acked" else row["state"]]
    return PackageRow(
        seq=row["seq"],
        cases=row["cases"],
        events=row["last_n"] - row["first_n"] + 1,
        written_at=row["written_at"],
        state=state,
        tone=tone,
        acked_at=row["acked_at"],
        refused=refused,
    )


def _last_text(packages: tuple[PackageRow, ...]) -> str:
    written = next((row for row in packages if row.written_at), None)
    if written is None:
        return "还没有写出过上报包"
    told = f"上次 {written.written_at[5:10]} 写出第 {written.seq} 号包"
    return (
        f"{told}，{written.acked_at[5:10]} 县里回执"
        if written.acked_at
        else f"{told}，县里还没有回执"
    )


def _moment(bench: Work) -> str:
    return bench.now.isoformat(timespec="seconds")
