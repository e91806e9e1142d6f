"""Cases with their parties and papers."""

from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Id, JsonText


class CaseFile(Base):
    """One application of one applicant for one item; `shielded` says that who he is is known to `operator_id` alone.

    `due_on` is the earlier of the two limits' due dates ('' when none runs); `clock` holds start, pauses and both due
    dates with their counted days; `opened_on` is the date at the desk. `old_number` is the number an old ledger gave it, as
    it was written there; it never is one of our series.
    """

    __tablename__ = "case_file"
    __table_args__ = (
        Index("ix_case_file_state_id", "state", "id"),
        Index("ix_case_file_line_id", "line", "id"),
        Index("ix_case_file_operator_id_id", "operator_id", "id"),
        Index("ix_case_file_opened_on_id", "opened_on", "id"),
        Index("ix_case_file_item_code_id", "item_code", "id"),
        Index("ix_case_file_person_id_id", "person_id", "id"),
        Index("ix_case_file_phase_due", "phase", "due_on", "id"),
        Index("ix_case_file_phase_id", "phase", "id"),
        # A search walks this, newest first, and reads no row until it fits.
        Index("ix_case_file_find", "id", "person_id", "item_code"),
        # Only what was taken over from an old ledger bears an old number.
        Index(
            "ix_case_file_old_number",
            "old_number",
            sqlite_where=text("old_number > ''"),
        ),
    )

    id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    origin: Mapped[UUID] = mapped_column(Id)
    version: Mapped[int] = mapped_column(Integer)
    item_code: Mapped[str] = mapped_column(String(16))
    item_name: Mapped[str] = mapped_column(String(120))
    line: Mapped[str] = mapped_column(String(24))
    catalog_version: Mapped[int] = mapped_column(Integer)
    catalog_digest: Mapped[str] = mapped_column(String(64))
    workflow: Mapped[str] = mapped_column(String(24))
    state: Mapped[str] = mapped_column(String(24))
    state_before: Mapped[str] = mapped_column(String(24))
    phase: Mapped[str] = mapped_column(String(12))
    person_id: Mapped[UUID | None] = mapped_column(Id)
    applicant: Mapped[str] = mapped_column(String(200))
    applicant_id_no: Mapped[str] = mapped_column(String(40))
    sj_number: Mapped[str] = mapped_column(String(40))
    sl_number: Mapped[str] = mapped_column(String(40))
    short_no: Mapped[str] = mapped_column(String(9))
    old_number: Mapped[str] = mapped_column(String(40))
    opened_on: Mapped[str] = mapped_column(String(10))
    opened_at: Mapped[str] = mapped_column(String(40))
    accepted_on: Mapped[str] = mapped_column(String(10))
    due_on: Mapped[str] = mapped_column(String(10))
    due_provisional: Mapped[bool] = mapped_column(Boolean)
    clock: Mapped[Any] = mapped_column(JsonText)
    window: Mapped[int] = mapped_column(Integer)
    operator_id: Mapped[UUID | None] = mapped_column(Id)
    shielded: Mapped[bool] = mapped_column(Boolean)
    channel: Mapped[str] = mapped_column(String(24))
    form: Mapped[Any] = mapped_column(JsonText)
    answers: Mapped[Any] = mapped_column(JsonText)
    eligibility: Mapped[Any] = mapped_column(JsonText)
    notes: Mapped[Any] = mapped_column(JsonText)
    changed_at: Mapped[str] = mapped_column(String(40))


class CaseParty(Base):
    """A frozen snapshot of who took part, in which role."""

    __tablename__ = "case_party"

    case_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    role: Mapped[str] = mapped_column(String(16), primary_key=True)
    place: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[UUID | None] = mapped_column(Id)
    snapshot: Mapped[Any] = mapped_column(JsonText)


class CaseMaterial(Base):
    """A paper handed in or promised with a case."""

    __tablename__ = "case_material"
    __table_args__ = (Index("ix_case_material_person_id_key", "person_id", "key"),)

    case_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(48), primary_key=True)
    person_id: Mapped[UUID | None] = mapped_column(Id)
    name: Mapped[str] = mapped_column(String(200))
    original_seen: Mapped[bool] = mapped_column(Boolean)
    original_kept: Mapped[bool] = mapped_column(Boolean)
    copies: Mapped[int] = mapped_column(Integer)
    carried_over: Mapped[bool] = mapped_column(Boolean)
    promised_by: Mapped[str] = mapped_column(String(10))
    got_on: Mapped[str] = mapped_column(String(10))
    valid_until: Mapped[str] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(String(400))
