"""Drafts: what was typed and not yet ended, kept so that a power cut costs nothing."""

from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection

from db.models import Attachment, Draft
from desk.domain.catalog_diff import present_code
from desk.domain.plain import from_plain, to_plain
from desk.domain.text import clean_text
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform, reading
from desk.services.views import DraftRow, IntakeValues


def save(office: Office, *, draft_id: int | None, values: IntakeValues) -> Done[int]:
    """Keep what was typed; gives the draft's id back to save under next time."""

    def work(bench: Work) -> int:
        row = {
            "seat": office.seat,
            "label": label(office, values),
            "body": _writable(to_plain(values)),
            "saved_at": bench.now.isoformat(timespec="seconds"),
        }
        if draft_id is not None:
            done = bench.connection.execute(update(Draft).where(Draft.id == draft_id).values(**row))
            if done.rowcount:
                return draft_id
        made = bench.connection.execute(insert(Draft).values(**row))
        bench.touch("drafts")
        return int(made.inserted_primary_key[0])  # type: ignore[index]

    return perform(office, Operation.SAVE_DRAFT, work)


def drop(office: Office, *, draft_id: int) -> Done[None]:
    """Throw a draft away."""

    def work(bench: Work) -> None:
        forget(bench, draft_id)

    return perform(office, Operation.SAVE_DRAFT, work)


def forget(work: Work, draft_id: int) -> None:
    """Throw a draft away within a greater operation, such as the end of what it was for.

    The bytes of its pictures go once that is committed, but those that a case or another draft has as well.
    """
    same = Draft.id == draft_id
    mine = pictures(work.connection, same)
    work.connection.execute(delete(Draft).where(same))
    if mine:
        onfile = select(Attachment.digest).where(Attachment.digest.in_(mine))
        kept = {bytes(one) for one in work.connection.execute(onfile).scalars()}
        for digest in mine - kept - pictures(work.connection):
            work.afterwards(partial(work.office.blobs.drop, digest))
    work.touch("drafts")


def pictures(connection: Connection, *which: Any) -> set[bytes]:
    """The digests of the pictures that drafts have, or that the drafts `which` have."""
    bodies = connection.execute(select(Draft.body).where(*which)).scalars()
    return {bytes.fromhex(one["digest"]) for body in bodies for one in body.get("pictures", ())}


def left_behind(office: Office) -> tuple[DraftRow, ...]:
    """The drafts of this seat, newest first."""
    with reading(office) as connection:
        rows = connection.execute(
            select(Draft).where(Draft.seat == office.seat).order_by(Draft.saved_at.desc())
        ).mappings()
        return tuple(
            DraftRow(row["id"], row["label"], row["saved_at"], _as_now(office, row["body"]))
            for row in rows
        )


def _as_now(office: Office, body: Any) -> IntakeValues:
    """What was typed, for the item as it is called now; without one where it is gone."""
    values = from_plain(IntakeValues, body)
    return replace(values, item_code=present_code(office.catalog, values.item_code))


def _writable(value: Any) -> Any:
    """The draft as typed, without what no file can hold (a lone surrogate)."""
    if isinstance(value, str):
        return value.encode("utf-8", "ignore").decode()
    if isinstance(value, dict):
        return {key: _writable(inner) for key, inner in value.items()}
    return [_writable(inner) for inner in value] if isinstance(value, list) else value


def label(office: Office, values: IntakeValues) -> str:
    """How a draft is called: name and item."""
    item = office.catalog.items.get(values.item_code)
    name = clean_text(values.person.name)[0][:40]
    return " · ".join(filter(None, (name, item.short_name if item else "")))
