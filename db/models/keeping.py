"""What may not be erased yet, and what was erased: ids and days only."""

from typing import Any
from uuid import UUID

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Id, JsonText


class LegalHold(Base):
    """A case or an entry of a register that is kept beyond its time, by whose word, why and since when."""

    __tablename__ = "legal_hold"

    id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    origin: Mapped[UUID] = mapped_column(Id)
    what: Mapped[str] = mapped_column(String(16))
    why: Mapped[str] = mapped_column(String(400))
    by: Mapped[str] = mapped_column(String(80))
    since: Mapped[str] = mapped_column(String(10))


class Erasure(Base):
    """A case, an entry or a person that was erased; `states` leads from the erased events to the state each told.

    `keep` is the class of keeping, `due` the day from which it was due.
    """

    __tablename__ = "erasure"

    id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    origin: Mapped[UUID] = mapped_column(Id)
    what: Mapped[str] = mapped_column(String(16))
    keep: Mapped[str] = mapped_column(String(80))
    due: Mapped[str] = mapped_column(String(10))
    day: Mapped[str] = mapped_column(String(10), index=True)
    states: Mapped[Any] = mapped_column(JsonText)
