"""Pictures of materials: what is on file about them; the bytes lie sealed beside the database."""

from uuid import UUID

from sqlalchemy import BigInteger, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Id


class Attachment(Base):
    """One scan or photo of a case. `digest` is the SHA-256 of its bytes; the file's name is keyed and betrays nothing.

    `material` is the key of the paper it shows ('' for none). `removed_at` is when it was taken off the case ('' while it
    belongs there), `why` the reason; the bytes stay until the record is erased.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        Index("ix_attachment_case_id", "case_id"),
        Index("ix_attachment_digest", "digest"),
        Index("ix_attachment_origin_n", "origin", "n"),
    )

    id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    origin: Mapped[UUID] = mapped_column(Id)
    n: Mapped[int] = mapped_column(BigInteger)
    version: Mapped[int] = mapped_column(Integer)
    case_id: Mapped[UUID] = mapped_column(Id)
    material: Mapped[str] = mapped_column(String(48))
    name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(16))
    size: Mapped[int] = mapped_column(Integer)
    pages: Mapped[int] = mapped_column(Integer)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    added_at: Mapped[str] = mapped_column(String(40))
    actor: Mapped[UUID | None] = mapped_column(Id)
    removed_at: Mapped[str] = mapped_column(String(40))
    why: Mapped[str] = mapped_column(String(300))
