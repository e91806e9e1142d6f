"""The county's key list: written for every desk, so that each can tell the papers of all the others."""

from pathlib import Path

from sqlalchemy.engine import Connection

from desk.exchange.key_list import KeyList, key_list_file, list_name
from desk.exchange.stick import write_package
from desk.files import write_atomic
from desk.services import hub, root_lists
from desk.services.desk_keys import enrolled_desks
from desk.services.office import Office
from desk.services.operation import reading


def key_list(office: Office) -> KeyList:
    """All desks this county ever took.

    Its number counts what was ever entered or revoked. Nothing is taken out again, so it only grows, and the same list has
    the same number.
    """
    with reading(office) as connection:
        return _listed(office, connection)


def write_key_list(office: Office, *, folder: Path) -> Path:
    """Write the signed list into a folder; gives its path back.

    Raises:
        StickTrouble: it could not be written.
    """
    path = folder / list_name(hub.node_of(office))
    write_atomic(path, _file(office), on_stick=True)
    return path


def put_beside(office: Office, folder: Path) -> None:
    """Write the list where the acknowledgements lie, read back as they are.

    Raises:
        StickTrouble: it could not be written.
    """
    root_lists.write(office, folder=folder)
    name = list_name(hub.node_of(office))
    write_package(folder, name, _file(office), lambda _done, _total, _what: None, lambda: False)


def key_list_bytes(office: Office, listed: KeyList) -> bytes:
    """The list as its file is, signed."""
    return key_list_file(listed, hub.public_key(office), office.signing)


def _file(office: Office) -> bytes:
    return key_list_bytes(office, key_list(office))


def _listed(office: Office, connection: Connection) -> KeyList:
    desks = enrolled_desks(connection)
    return KeyList(
        county=hub.node_of(office),
        number=len(desks) + sum(bool(desk.revoked_on) for desk in desks),
        made_at=office.clock.now().isoformat(timespec="seconds"),
        desks=desks,
    )
