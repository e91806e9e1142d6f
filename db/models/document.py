"""Papers that were issued, and the files that were handed out."""

from typing import Any
from uuid import UUID

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Id, JsonText, SealedBytes


class Document(Base):
    """One paper; `facts` is all it says, so that it can be drawn again. `prints` counts the reprints.

    `voided_on` is the day from which it counts no more ('' while it does); the paper itself stays.
    """

    __tablename__ = "document"
    __table_args__ = (Index("ix_document_case_id", "case_id"),)

    id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    origin: Mapped[UUID] = mapped_column(Id)
    version: Mapped[int] = mapped_column(Integer)
    case_id: Mapped[UUID | None] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(String(32))
    title: Mapped[str] = mapped_column(String(80))
    number: Mapped[str] = mapped_column(String(40))
    issued_at: Mapped[str] = mapped_column(String(40))
    operator_id: Mapped[UUID | None] = mapped_column(Id)
    prints: Mapped[int] = mapped_column(Integer)
    voided_on: Mapped[str] = mapped_column(String(10))
    facts: Mapped[Any] = mapped_column(JsonText)


class DocumentFile(Base):
    """The PDF as it was handed out: the original. Local; drawn again from the facts if lost."""

    __tablename__ = "document_file"

    document_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    medium: Mapped[str] = mapped_column(String(8), primary_key=True)
    nth: Mapped[int] = mapped_column(Integer, primary_key=True)
    pdf: Mapped[bytes] = mapped_column(SealedBytes)
