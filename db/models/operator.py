"""The people who work at the windows."""

from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Id, JsonText


class Operator(Base):
    """One operator; `grants` are (action, line or all, level)."""

    __tablename__ = "operator"

    id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    origin: Mapped[UUID] = mapped_column(Id, index=True)
    version: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(16))
    grants: Mapped[Any] = mapped_column(JsonText)
    active: Mapped[bool] = mapped_column(Boolean)
