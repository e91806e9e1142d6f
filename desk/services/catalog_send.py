"""The county's newest catalogue, put onto the stick of every desk that has an older one."""

from pathlib import Path

from desk.exchange.key_files import Enrolment
from desk.services import hub_send, releases
from desk.services.office import Office
from desk.services.operation import reading


def put_beside(office: Office, desk: Enrolment, folder: Path, known: int) -> bool:
    """Write the newest release for a desk that knows only version `known`; tells whether there was anything to write.

    Raises:
        StickTrouble: it could not be written.
    """
    with reading(office) as connection:
        held = releases.newest(connection)
    if held is None or held.version <= known:
        return False
    with reading(office) as connection:
        body = releases.body_of(connection, held.version) or b""
    hub_send.put(office, desk, "CATALOG", body, {"version": held.version}, folder)
    return True
