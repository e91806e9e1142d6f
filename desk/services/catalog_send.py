"""The county's newest catalogue, put onto the stick of every desk that has an older one."""

from contextlib import suppress
from pathlib import Path

from sqlalchemy import select

from db.models import PackageOut
from desk.errors import OfficeDamaged
from desk.exchange.control_totals import NOTHING
from desk.exchange.key_files import Enrolment
from desk.exchange.parts import Contents
from desk.exchange.receiving import read_header
from desk.exchange.stick import package_name, write_package
from desk.services import hub_desks, hub_send, releases
from desk.services.office import Office
from desk.services.operation import Operation, Work, perform, reading
from desk.services.sync_send import package_bytes


def put_beside(office: Office, desk: Enrolment, folder: Path, known: int) -> bool:
    """Write the newest release for a desk that knows only version `known`; tells whether there was anything to write.

    Raises:
        StickTrouble: it could not be written.
    """
    with reading(office) as connection:
        held = releases.newest(connection)
    if held is None or held.version <= known:
        return False
    name, data = _package(office, desk, held.version)
    write_package(folder, name, data, lambda _done, _total, _what: None, lambda: False)
    return True


def write_all(office: Office, folder: Path) -> int:
    """Write the newest release for every desk this county knows; gives their number.

    Raises:
        StickTrouble: it could not be written.
    """
    return sum(put_beside(office, desk, folder, 0) for desk in hub_desks.enrolments(office))


def _package(office: Office, desk: Enrolment, version: int) -> tuple[str, bytes]:
    """The package as it was sealed for this desk; sealed now where it never was, or its file is lost."""
    with reading(office) as connection:
        rows = connection.execute(
            select(PackageOut)
            .where(PackageOut.kind == "CATALOG", PackageOut.addressee == desk.node)
            .order_by(PackageOut.epoch.desc(), PackageOut.seq.desc())
            .limit(1)
        )
        last = rows.mappings().first()
    if last is not None and last["result"].get("version") == version:
        with suppress(OfficeDamaged):
            data = package_bytes(office, last)
            return package_name(read_header(data)), data
    return perform(office, Operation.EXCHANGE, lambda bench: _seal(bench, desk, version)).value


def _seal(bench: Work, desk: Enrolment, version: int) -> tuple[str, bytes]:
    body = releases.body_of(bench.connection, version) or b""
    contents = Contents(totals_before=NOTHING, totals_after=NOTHING, body=body)
    return hub_send.send(bench, desk, "CATALOG", contents, result={"version": version})
