"""Tables of this file alone: who it is, settings, drafts, catalogue snapshots."""

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Id, JsonText, SealedBytes


class ThisDesk(Base):
    """The one row that says which desk database this file is, and its private exchange keys.

    A desk opens copies of its own packages by `recovery`; at a county it is the public half alone.
    """

    __tablename__ = "this_desk"

    key: Mapped[int] = mapped_column(Integer, primary_key=True)
    origin: Mapped[UUID] = mapped_column(Id)
    epoch: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(8))
    signing: Mapped[bytes] = mapped_column(SealedBytes)
    sealing: Mapped[bytes] = mapped_column(SealedBytes)
    recovery: Mapped[bytes] = mapped_column(SealedBytes)


class FormerKey(Base):
    """Private keys this side used before: what was sealed to them still opens, and they vouch for the ones after them."""

    __tablename__ = "former_key"

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    place: Mapped[int] = mapped_column(Integer)
    origin: Mapped[UUID] = mapped_column(Id)
    epoch: Mapped[int] = mapped_column(Integer)
    signing: Mapped[bytes] = mapped_column(SealedBytes)
    sealing: Mapped[bytes] = mapped_column(SealedBytes)
    recovery: Mapped[bytes] = mapped_column(SealedBytes)
    until: Mapped[str] = mapped_column(String(40))


class SetAside(Base):
    """An event of an earlier database that the county never had and never will: told anew in this one, or in question.

    `line` is the event as it would travel; `fate` is waiting, retold or differs.
    """

    __tablename__ = "set_aside"

    event_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    origin: Mapped[UUID] = mapped_column(Id)
    n: Mapped[int] = mapped_column(BigInteger)
    fate: Mapped[str] = mapped_column(String(12))
    at: Mapped[str] = mapped_column(String(40))
    line: Mapped[bytes] = mapped_column(SealedBytes)


class Setting(Base):
    """A setting of this seat."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(String(48), primary_key=True)
    value: Mapped[Any] = mapped_column(JsonText)


class Draft(Base):
    """What was typed and not yet ended; one row per open visit of a seat."""

    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    seat: Mapped[int] = mapped_column(Integer)
    label: Mapped[str] = mapped_column(String(200))
    body: Mapped[Any] = mapped_column(JsonText)
    saved_at: Mapped[str] = mapped_column(String(40))


class PrintJob(Base):
    """A paper on its way to a printer (`waiting`), or one that did not come out (`failed`); gone once it is on paper.

    `document_id` is empty for what is no document of a case; `again` says it bears the line of a reprint.
    """

    __tablename__ = "print_job"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    document_id: Mapped[UUID | None] = mapped_column(Id)
    title: Mapped[str] = mapped_column(String(120))
    medium: Mapped[str] = mapped_column(String(8))
    printer: Mapped[str] = mapped_column(String(200))
    copies: Mapped[int] = mapped_column(Integer)
    again: Mapped[bool] = mapped_column(Boolean)
    state: Mapped[str] = mapped_column(String(8))
    why: Mapped[str] = mapped_column(String(16))
    asked_at: Mapped[str] = mapped_column(String(40))
    pdf: Mapped[bytes] = mapped_column(SealedBytes)


class CatalogSnapshot(Base):
    """The source of a catalogue version some case was opened under."""

    __tablename__ = "catalog_snapshot"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    body: Mapped[bytes] = mapped_column(LargeBinary)
