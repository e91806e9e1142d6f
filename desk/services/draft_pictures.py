"""Pictures of materials taken in while a person stands at the window: kept with the draft, put on the case that comes of it."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from uuid import UUID

from desk.domain.canonical import Json
from desk.domain.catalog import Item
from desk.domain.materials import DraftPicture
from desk.errors import AttachmentLost, AttachmentRefused
from desk.importing import pictures
from desk.importing.pictures import Looked
from desk.services import attachments
from desk.services.attachments import AttachmentRow, Gallery, Progress, Source, Taken
from desk.services.office import Office
from desk.services.operation import Operation, Work
from desk.services.rights import Right, demand, may


def take(
    office: Office,
    *,
    have: tuple[DraftPicture, ...],
    sources: Sequence[Source],
    material: str = "",
    progress: Progress = lambda _done, _total, _what: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Taken:
    """Take files, or bytes of the clipboard, into the store; gives them beside those the draft has (`have`).

    Nothing names them until the draft is saved with them; what no draft ever names is cleaned away after a day. Takes
    about a second a photo: for the files' lane.

    Raises:
        NotGranted, DiskFull, DiskFailed: what was taken in before stays.
    """
    demand(office, Operation.ATTACH)
    found: list[DraftPicture] = []

    def put(looked: Looked) -> None:
        digest = hashlib.sha256(looked.data).digest()
        _require_room(office, (*have, *found), digest.hex())
        office.blobs.keep(looked.data)
        office.blobs.keep_thumb(digest, looked.thumb)
        at = office.clock.now().isoformat(timespec="seconds")
        size = len(looked.data)
        found.append(DraftPicture(digest.hex(), looked.kind, size, looked.pages, material, at))

    taken = attachments.each(office, sources, put, progress=progress, cancelled=cancelled)
    return replace(taken, pictures=tuple(found))


def view(office: Office, *, item_code: str, taken: tuple[DraftPicture, ...]) -> Gallery:
    """The pictures of a draft, for the item it is to become ('' for none yet).

    Raises:
        NotGranted: he may not look at residents' matters.
    """
    demand(office, Right.LOOK)
    item = office.catalog.items.get(item_code)
    named = attachments.names(item) if item else {"": attachments.OTHER}
    covered = item is not None and not attachments.sees(office, item)
    rows = tuple(_row(office, one, named, covered=covered) for one in taken)
    materials = tuple((one.key, one.name) for one in item.materials) if item else ()
    return Gallery(None, rows, materials, may(office, Operation.ATTACH), covered)


def shown(office: Office, *, item_code: str, picture: DraftPicture, page: int, box: int) -> bytes:
    """One page of a picture that was just taken in, as a JPEG made by a process of its own; for the files' lane.

    No purpose is asked: the paper lies on the counter, and what was typed beside it stands there in clear as well.

    Raises:
        NotGranted: papers of this item are not for him to see.
        AttachmentLost, AttachmentRefused: it does not open.
    """
    demand(office, Right.LOOK)
    item = office.catalog.items.get(item_code)
    if item is not None and not attachments.sees(office, item):
        demand(office, Right.SENSITIVE, item.line)
    data = office.blobs.read(bytes.fromhex(picture.digest))
    return pictures.show(data, office.rules.attachments, page=page, box=box)


def attach(bench: Work, case_id: UUID, item: Item, taken: tuple[DraftPicture, ...]) -> None:
    """Put the pictures of an intake on the case that begins with it, in the same transaction.

    Raises:
        NotGranted: he may not add pictures.
        AttachmentLost: the bytes of one are not there.
    """
    if taken:
        demand(bench.office, Operation.ATTACH)
    named = attachments.names(item)
    for place, one in enumerate(taken):
        _require_room(bench.office, taken[:place], one.digest)
        if not bench.office.blobs.has(bytes.fromhex(one.digest)):
            raise AttachmentLost(there=False)
        # Taken in for an item that was then exchanged for this one.
        material = one.material if one.material in named else ""
        told: dict[str, Json] = {
            "material": material,
            "name": named[material],
            "kind": one.kind,
            "size": one.size,
            "pages": one.pages,
            "digest": one.digest,
        }
        attachments.record(bench, case_id, told)


def _require_room(office: Office, have: tuple[DraftPicture, ...], digest: str) -> None:
    if any(one.digest == digest for one in have):
        raise AttachmentRefused("twice")
    most = office.rules.attachments.per_case
    if len(have) >= most:
        raise AttachmentRefused("too_many", most)


def _row(
    office: Office, one: DraftPicture, named: dict[str, str], *, covered: bool
) -> AttachmentRow:
    digest = bytes.fromhex(one.digest)
    return AttachmentRow(
        id=None,
        name=named.get(one.material, attachments.OTHER),
        kind=one.kind,
        pages=one.pages,
        about=f"{one.at[5:10]} {one.at[11:16]}",
        thumb=b"" if covered else office.blobs.thumb(digest),
        there=office.blobs.has(digest),
    )
