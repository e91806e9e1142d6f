"""Scans and photos of a case's materials: taken in, looked at, taken off; their bytes lie sealed beside the file."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial, reduce
from operator import or_
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from db.models import Attachment, Operator
from desk.changes import Changes
from desk.domain.canonical import Json
from desk.domain.catalog import Item
from desk.domain.materials import DraftPicture
from desk.errors import (
    AttachmentLost,
    AttachmentRefused,
    FieldsRefused,
    NotFound,
    OfficeError,
    Problem,
)
from desk.files import write_atomic
from desk.importing import pictures
from desk.importing.pictures import Looked
from desk.services import audit, case_store, covering, drafts, shielding
from desk.services.case_store import StoredCase
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform, reading
from desk.services.rights import Right, demand, may

OTHER = "其他材料"
LONGEST_WHY = 300
READING = "正在收第 {n} 份"

Source = Path | bytes
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """One picture as a case's page shows it; `thumb` is a small JPEG, b"" where there is none or it is covered.

    `there` says whether its bytes have come; `about` is when and by whom it was taken in. One of a draft has no `id`.
    """

    id: UUID | None
    name: str
    kind: str
    pages: int
    about: str
    thumb: bytes
    there: bool


@dataclass(frozen=True, slots=True)
class Gallery:
    """The pictures of a case, oldest first; `materials` are the papers they may be of, by key. `covered`: not this seat's.

    Those of a draft have no case yet.
    """

    case_id: UUID | None
    rows: tuple[AttachmentRow, ...]
    materials: tuple[tuple[str, str], ...]
    may_add: bool
    covered: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in, and why the others were not; `places` are those of the taken ones among what was offered.

    `pictures` are those that belong to a draft.
    """

    places: tuple[int, ...]
    refused: tuple[AttachmentRefused, ...]
    pictures: tuple[DraftPicture, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A picture to be looked at: its bytes as they are kept, for `shown` alone."""

    id: UUID
    name: str
    kind: str
    pages: int
    data: bytes


def view(office: Office, *, case_id: UUID) -> Gallery:
    """The pictures of a case.

    Raises:
        NotFound: there is no such case.
        NotGranted: he may not see cases of this line.
    """
    with reading(office) as connection:
        stored = case_store.load(office, connection, case_id)
        demand(office, Right.LOOK, stored.row["line"])
        covered = not _may_open(office, stored)
        rows = tuple(_row(office, row, covered=covered) for row in _rows(connection, case_id))
    materials = tuple((one.key, one.name) for one in stored.item.materials)
    may_add = office.kind == "desk" and may(office, Operation.ATTACH)
    return Gallery(case_id, rows, materials, may_add, covered)


def take(
    office: Office,
    *,
    case_id: UUID,
    sources: Sequence[Source],
    material: str = "",
    progress: Progress = lambda _done, _total, _what: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Done[Taken]:
    """Take files, or bytes of the clipboard, into a case, each by itself; `material` is the key of the paper they show.

    Takes about a second a photo: for the files' lane.

    Raises:
        NotGranted, NotFound, EarlierCasesWait, DiskFull, DiskFailed: what was taken in before stays.
    """
    demand(office, Operation.ATTACH)
    changes = []

    def put(looked: Looked) -> None:
        done = add(office, case_id=case_id, looked=looked, material=material)
        changes.append(done.changes)

    taken = each(office, sources, put, progress=progress, cancelled=cancelled)
    return Done(taken, reduce(or_, changes, Changes()))


def each(
    office: Office,
    sources: Sequence[Source],
    put: Callable[[Looked], None],
    *,
    progress: Progress,
    cancelled: Callable[[], bool],
) -> Taken:
    """Look at each file or bytes of the clipboard by itself and `put` what is to be kept; what is refused stops no other."""
    places, refused = [], []
    limits = office.rules.attachments
    for place, source in enumerate(sources):
        if cancelled():
            break
        progress(place, len(sources), READING.format(n=place + 1))
        try:
            data = source if isinstance(source, bytes) else pictures.read(source, limits)
            put(pictures.look(data, limits))
        except AttachmentRefused as error:
            refused.append(error)
        else:
            places.append(place)
    return Taken(tuple(places), tuple(refused))


def add(office: Office, *, case_id: UUID, looked: Looked, material: str = "") -> Done[UUID]:
    """Put one picture that was looked at on file; its bytes are safe on the disk before the event is.

    Raises:
        AttachmentRefused: the case has as many as it may, or this very picture.
        NotFound: no such case, or no such material of its item.
    """
    demand(office, Operation.ATTACH)
    digest = office.blobs.keep(looked.data)
    office.blobs.keep_thumb(digest, looked.thumb)

    def work(bench: Work) -> UUID:
        stored = case_store.load(office, bench.connection, case_id)
        demand(office, Right.LOOK, stored.row["line"])
        name = _name_of(stored.item, material)
        _require_room(office, bench.connection, case_id, digest)
        attachment_id = record(
            bench,
            case_id,
            {
                "material": material,
                "name": name,
                "kind": looked.kind,
                "size": len(looked.data),
                "pages": looked.pages,
                "digest": digest.hex(),
            },
        )
        # Another case with this very picture may have been erased in between, and its bytes with it.
        bench.afterwards(partial(_keep_still, office, looked.data))
        return attachment_id

    return perform(office, Operation.ATTACH, work)


def record(bench: Work, case_id: UUID, told: Mapping[str, Json]) -> UUID:
    """The event that puts a picture whose bytes are safe on a case; gives the picture's id."""
    attachment_id = bench.new_id()
    bench.emit("attachment.added", "attachment", attachment_id, {"case": case_id.hex, **told})
    bench.touch("case", case_id)
    return attachment_id


def remove(office: Office, *, attachment_id: UUID, why: str) -> Done[None]:
    """Take a picture off its case, with the reason; its bytes stay until the record is erased.

    Raises:
        NotFound: it is not on a case.
        FieldsRefused: no reason, or too long a one.
    """
    why = why.strip()
    if not why:
        raise FieldsRefused((Problem("why", "required"),))
    if len(why) > LONGEST_WHY:
        raise FieldsRefused((Problem("why", "too_long", {"max": LONGEST_WHY}),))

    def work(bench: Work) -> None:
        row = _one(bench.connection, attachment_id)
        demand(
            office, Right.LOOK, case_store.load(office, bench.connection, row.case_id).row["line"]
        )
        payload: dict[str, Json] = {"case": row.case_id.hex, "name": row.name, "why": why}
        bench.emit("attachment.removed", "attachment", attachment_id, payload, base=row.version)
        bench.touch("case", row.case_id)

    return perform(office, Operation.ATTACH, work)


def opened(
    office: Office, *, attachment_id: UUID, purpose: str, deed: str = "picture_opened"
) -> Done[Opened]:
    """A picture's bytes, which is a look behind the mask: noted with its purpose before they are handed out.

    Raises:
        NotFound: it is not on a case.
        NotGranted: he may not see cases of this line, or not what is sensitive in them.
        FieldsRefused: no purpose is named.
        AttachmentLost: its bytes are not there, or not what was stored.
    """
    if purpose not in {one.code for one in audit.codes().purposes}:
        raise FieldsRefused((Problem("purpose", "required"),))

    def work(bench: Work) -> Any:
        row = _one(bench.connection, attachment_id)
        stored = case_store.load(office, bench.connection, row.case_id)
        demand(office, Right.LOOK, stored.row["line"])
        shielding.demand(office, bench.connection, row.case_id)
        if not _may_open(office, stored):
            demand(office, Right.SENSITIVE, stored.row["line"])
        audit.note(bench, "attachment", row.case_id, purpose, deed=deed)
        return row

    done = perform(office, Operation.NOTE, work)
    row = done.value
    data = office.blobs.read(bytes(row.digest))
    return Done(Opened(row.id, row.name, row.kind, row.pages, data), done.changes)


def shown(office: Office, *, picture: Opened, page: int, box: int) -> bytes:
    """One page of an opened picture as a JPEG made by a process of its own; for the files' lane.

    Raises:
        AttachmentRefused: it does not open.
    """
    return pictures.show(picture.data, office.rules.attachments, page=page, box=box)


def save_copy(office: Office, *, attachment_id: UUID, purpose: str, path: Path) -> Done[None]:
    """Put a copy in clear where the clerk wants it; noted before the file appears.

    Raises:
        As `opened`, and DiskFull, DiskFailed.
    """
    done = opened(office, attachment_id=attachment_id, purpose=purpose, deed="picture_saved")
    write_atomic(path, done.value.data)
    return Done(None, done.changes)


def paper(office: Office, *, attachment_id: UUID, purpose: str) -> Done[bytes]:
    """All pages as a PDF of A4 sheets, to be printed; noted.

    Raises:
        As `opened`, and AttachmentRefused.
    """
    done = opened(office, attachment_id=attachment_id, purpose=purpose, deed="picture_printed")
    return Done(pictures.paper(done.value.data, office.rules.attachments), done.changes)


def mend_thumbs(office: Office, *, case_id: UUID) -> int:
    """Make the small pictures anew that are missing here (after a restore, at a county); gives how many. For the files' lane."""
    with reading(office) as connection:
        lacking = [
            bytes(row.digest)
            for row in _rows(connection, case_id)
            if not office.blobs.thumb(bytes(row.digest))
        ]
    made = 0
    for digest in lacking:
        with suppress(AttachmentLost, AttachmentRefused):
            looked = pictures.look(office.blobs.read(digest), office.rules.attachments)
            office.blobs.keep_thumb(digest, looked.thumb)
            made += 1
    return made


def forget(bench: Work, case_id: UUID) -> int:
    """Erase the bytes of a case's pictures once this is committed; gives how many. Their rows go with the event that erases the case.

    Bytes that another case or a draft has as well stay. What a backup holds of them ends with the last backup that does.
    """
    mine = select(Attachment.digest).where(Attachment.case_id == case_id)
    elsewhere = select(Attachment.digest).where(
        Attachment.case_id != case_id, Attachment.digest.in_(mine)
    )
    shared = {bytes(one) for one in bench.connection.execute(elsewhere).scalars()}
    shared |= drafts.pictures(bench.connection)
    found = {bytes(one) for one in bench.connection.execute(mine).scalars()}
    for digest in found - shared:
        bench.afterwards(partial(bench.office.blobs.drop, digest))
    return len(found - shared)


def _keep_still(office: Office, data: bytes) -> None:
    """Put bytes there again if they went meanwhile; what cannot be written then is told by the check."""
    with suppress(OfficeError):
        office.blobs.keep(data)


def _rows(connection: Connection, case_id: UUID) -> Sequence[Any]:
    query = (
        select(Attachment, Operator.name.label("operator"))
        .join(Operator, Operator.id == Attachment.actor, isouter=True)
        .where(Attachment.case_id == case_id, Attachment.removed_at == "")
        .order_by(Attachment.origin, Attachment.n)
    )
    return connection.execute(query).all()


def _row(office: Office, row: Any, *, covered: bool) -> AttachmentRow:
    digest = bytes(row.digest)
    return AttachmentRow(
        id=row.id,
        name=row.name,
        kind=row.kind,
        pages=row.pages,
        about=f"{row.added_at[5:10]} {row.added_at[11:16]} {row.operator or '系统'}",
        thumb=b"" if covered else office.blobs.thumb(digest),
        there=office.blobs.has(digest),
    )


def _one(connection: Connection, attachment_id: UUID) -> Any:
    row = connection.execute(
        select(Attachment).where(Attachment.id == attachment_id, Attachment.removed_at == "")
    ).first()
    if row is None:
        raise NotFound
    return row


def names(item: Item) -> dict[str, str]:
    """What pictures are called, by the key of the material: never by their files, whose names may be anybody's."""
    return {one.key: one.name for one in item.materials} | {"": OTHER}


def _name_of(item: Item, material: str) -> str:
    if material not in names(item):
        raise NotFound
    return names(item)[material]


def _require_room(office: Office, connection: Connection, case_id: UUID, digest: bytes) -> None:
    here = (Attachment.case_id == case_id, Attachment.removed_at == "")
    count = select(func.count()).select_from(Attachment)
    if connection.execute(count.where(*here, Attachment.digest == digest)).scalar_one():
        raise AttachmentRefused("twice")
    most = office.rules.attachments.per_case
    if connection.execute(count.where(*here)).scalar_one() >= most:
        raise AttachmentRefused("too_many", most)


def _may_open(office: Office, stored: StoredCase) -> bool:
    """Whether this seat may see what the papers of this matter tell: of an illness, the party, a child only with the line."""
    return not shielding.is_hidden(office, stored.row) and sees(office, stored.item)


def sees(office: Office, item: Item) -> bool:
    """Whether this seat may see what papers of such a matter tell."""
    kinds = {item.sensitive, *(one.sensitive for one in item.fields)}
    return not kinds.intersection(covering.BY_LINE) or covering.sees(office, item.line)
