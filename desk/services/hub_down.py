"""What a county has for its desks goes along whenever something is written for them: orders above all, keys, the catalogue."""

from collections.abc import Iterable
from pathlib import Path

from desk.domain.canonical import Json
from desk.exchange.key_files import Enrolment
from desk.exchange.keys_body import write_keys
from desk.services import catalog_send, hub, hub_desks, hub_keys, hub_orders, hub_send, root_lists
from desk.services.office import Office


def put(office: Office, desk: Enrolment, folder: Path, *, catalog: int | None = None) -> bool:
    """Put beside whatever else lies there what this desk has not taken; tells whether a catalogue was among it.

    `catalog` is the version the desk is known to have; None where no catalogue is to go along.

    Raises:
        StickTrouble: it could not be written.
    """
    hub_orders.put_status(office, desk, folder)
    return catalog is not None and catalog_send.put_beside(office, desk, folder, catalog)


def put_at(office: Office, *, site: str, window: int, folder: Path) -> None:
    """The same for the desk that is this window of this community now.

    Raises:
        NotFound: there is none.
        StickTrouble: it could not be written.
    """
    put(office, hub_desks.desk_at(office, site=site, window=window), folder)


def put_keys(office: Office, desks: Iterable[Enrolment], folder: Path) -> None:
    """The key list and the root lists as a package for each of them; the files that lie beside it tell any desk the same.

    Raises:
        StickTrouble: it could not be written.
    """
    listed, roots = hub_keys.key_list(office), root_lists.bodies(office)
    said: dict[str, Json] = {
        "number": listed.number,
        "roots": len(roots),
        "key": hub.public_key(office).fingerprint.hex(),
    }
    body = write_keys(hub_keys.key_list_bytes(office, listed), roots)
    for desk in desks:
        hub_send.put(office, desk, "KEYS", body, said, folder)


def put_all(office: Office, folder: Path, *, catalog: int | None = None) -> int:
    """The same for every desk this county knows; gives the number of catalogues.

    Raises:
        StickTrouble: it could not be written.
    """
    return sum(put(office, desk, folder, catalog=catalog) for desk in hub_desks.enrolments(office))
