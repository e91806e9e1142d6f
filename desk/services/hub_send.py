"""The county sends: packages of every kind to a desk stand in one sequence without gaps."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from db.migrate import HEAD
from db.models import PackageOut
from desk.domain.canonical import Json
from desk.errors import OfficeDamaged
from desk.exchange.container import PackageDraft, seal
from desk.exchange.control_totals import NOTHING
from desk.exchange.header import NO_EVENTS, Kind
from desk.exchange.key_files import Enrolment
from desk.exchange.parts import Contents
from desk.exchange.receiving import read_header
from desk.exchange.stick import package_name, write_package
from desk.files import make_folder, write_atomic
from desk.services import hub, hub_senders
from desk.services.exchange_keys import own_keys
from desk.services.office import Office
from desk.services.operation import Operation, Work, perform, reading
from desk.services.package_rows import out_row
from desk.services.sync_send import package_bytes


def put(
    office: Office,
    desk: Enrolment,
    kind: Kind,
    body: bytes,
    said: Mapping[str, Json],
    folder: Path,
) -> str:
    """Write a package with this body into a folder, the same file again while it says the same; gives its name.

    `said` stands for all the body says.

    Raises:
        StickTrouble: it could not be written.
    """
    with reading(office) as connection:
        last = _last(connection, desk, kind)
    name, data = "", b""
    if last is not None and last["result"] == said:
        # Its file may be lost; then the same is said in a new package.
        with suppress(OfficeDamaged):
            data = package_bytes(office, last)
            name = package_name(read_header(data))
    if not data:

        def make(bench: Work) -> tuple[str, bytes]:
            return send(bench, desk, kind, Contents(NOTHING, NOTHING, body=body), result=said)

        name, data = perform(office, Operation.EXCHANGE, make).value
    write_package(folder, name, data, lambda _done, _total, _what: None, lambda: False)
    return name


def _last(connection: Connection, desk: Enrolment, kind: Kind) -> Any:
    return (
        connection.execute(
            select(PackageOut)
            .where(PackageOut.kind == kind, PackageOut.addressee == desk.node)
            .order_by(PackageOut.epoch.desc(), PackageOut.seq.desc())
            .limit(1)
        )
        .mappings()
        .first()
    )


def send(
    bench: Work,
    desk: Enrolment,
    kind: Kind,
    contents: Contents,
    *,
    events: tuple[int, int] = NO_EVENTS,
    result: Mapping[str, Json] | None = None,
) -> tuple[str, bytes]:
    """Seal the next package for a desk and keep it; gives its file name and bytes, to be put onto a stick.

    `result` is what this side remembers of it in `package_out`.

    Raises:
        ValueError: no reader would take it.
        DiskFull, DiskFailed: it could not be kept.
    """
    office, keys = bench.office, own_keys(bench.connection)
    # Two receivers on one server may answer the same desk at once: one after the other, so that no number is given twice.
    hub_senders.hold(bench.connection, desk.db_id, desk.epoch)
    last = bench.connection.execute(
        select(PackageOut.seq, PackageOut.digest)
        .where(PackageOut.addressee == desk.node, PackageOut.epoch == keys.epoch)
        .order_by(PackageOut.seq.desc())
        .limit(1)
    ).first()
    draft = PackageDraft(
        kind=kind,
        id=bench.new_id(),
        sender=hub.node_of(office),
        to=desk.node,
        db_id=keys.origin,
        epoch=keys.epoch,
        seq=last.seq + 1 if last else 1,
        prev=bytes(last.digest) if last else None,
        made_at=bench.now.isoformat(timespec="seconds"),
        key=hub.public_key(office).fingerprint,
        contents=contents,
        events=events,
        catalog=office.catalog.version,
        schema=HEAD,
    )
    data = seal(draft, keys.signing, (desk.sealing, desk.recovery, keys.recovery.recipient))
    name = package_name(read_header(data))
    make_folder(office.paths.packages)
    write_atomic(office.paths.packages / name, data)
    told = {"state": "written", "written_at": draft.made_at, "result": result or {}}
    bench.connection.execute(insert(PackageOut), out_row(draft, data, name) | told)
    return name, data
