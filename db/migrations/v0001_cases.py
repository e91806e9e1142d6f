"""The tables of the first schema that hold cases, registers and orders."""

import sqlalchemy as sa
from alembic import op

ID = sa.LargeBinary(16).with_variant(sa.Uuid(), "postgresql")
JSON = sa.Text().with_variant(sa.LargeBinary(), "postgresql")


def case_tables() -> None:
    """Make them, in the transaction of the first step."""
    _attachment()
    _case_file()
    _case_material()
    _case_party()
    _conflict()
    _document()
    _order_given()
    _order_taken()
    _record()
    _record_step()


def _attachment() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", ID, nullable=False),
        sa.Column("origin", ID, nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("material", sa.String(length=48), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("added_at", sa.String(length=40), nullable=False),
        sa.Column("actor", ID, nullable=True),
        sa.Column("removed_at", sa.String(length=40), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index("ix_attachment_case_id", "attachment", ["case_id"], unique=False)
    op.create_index("ix_attachment_digest", "attachment", ["digest"], unique=False)
    op.create_index("ix_attachment_origin_n", "attachment", ["origin", "n"], unique=False)


def _case_file_columns() -> list[sa.Column[object]]:
    return [
        sa.Column("id", ID, nullable=False),
        sa.Column("origin", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("item_code", sa.String(length=16), nullable=False),
        sa.Column("item_name", sa.String(length=120), nullable=False),
        sa.Column("line", sa.String(length=24), nullable=False),
        sa.Column("catalog_version", sa.Integer(), nullable=False),
        sa.Column("catalog_digest", sa.String(length=64), nullable=False),
        sa.Column("workflow", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("state_before", sa.String(length=24), nullable=False),
        sa.Column("phase", sa.String(length=12), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("applicant", sa.String(length=200), nullable=False),
        sa.Column("applicant_id_no", sa.String(length=40), nullable=False),
        sa.Column("sj_number", sa.String(length=40), nullable=False),
        sa.Column("sl_number", sa.String(length=40), nullable=False),
        sa.Column("short_no", sa.String(length=9), nullable=False),
        sa.Column("old_number", sa.String(length=40), nullable=False),
        sa.Column("opened_on", sa.String(length=10), nullable=False),
        sa.Column("opened_at", sa.String(length=40), nullable=False),
        sa.Column("accepted_on", sa.String(length=10), nullable=False),
        sa.Column("due_on", sa.String(length=10), nullable=False),
        sa.Column("due_provisional", sa.Boolean(), nullable=False),
        sa.Column("clock", JSON, nullable=False),
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("operator_id", ID, nullable=True),
        sa.Column("shielded", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.String(length=24), nullable=False),
        sa.Column("form", JSON, nullable=False),
        sa.Column("answers", JSON, nullable=False),
        sa.Column("eligibility", JSON, nullable=False),
        sa.Column("notes", JSON, nullable=False),
        sa.Column("changed_at", sa.String(length=40), nullable=False),
    ]


def _case_file() -> None:
    op.create_table(
        "case_file", *_case_file_columns(), sa.PrimaryKeyConstraint("id", name=op.f("pk_case_file"))
    )
    op.create_index(
        "ix_case_file_find", "case_file", ["id", "person_id", "item_code"], unique=False
    )
    op.create_index("ix_case_file_item_code_id", "case_file", ["item_code", "id"], unique=False)
    op.create_index("ix_case_file_line_id", "case_file", ["line", "id"], unique=False)
    op.create_index(
        "ix_case_file_old_number",
        "case_file",
        ["old_number"],
        unique=False,
        sqlite_where=sa.text("old_number > ''"),
    )
    op.create_index("ix_case_file_opened_on_id", "case_file", ["opened_on", "id"], unique=False)
    op.create_index("ix_case_file_operator_id_id", "case_file", ["operator_id", "id"], unique=False)
    op.create_index("ix_case_file_person_id_id", "case_file", ["person_id", "id"], unique=False)
    op.create_index("ix_case_file_phase_due", "case_file", ["phase", "due_on", "id"], unique=False)
    op.create_index("ix_case_file_phase_id", "case_file", ["phase", "id"], unique=False)
    op.create_index("ix_case_file_state_id", "case_file", ["state", "id"], unique=False)


def _case_material() -> None:
    op.create_table(
        "case_material",
        sa.Column("case_id", ID, nullable=False),
        sa.Column("key", sa.String(length=48), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("original_seen", sa.Boolean(), nullable=False),
        sa.Column("original_kept", sa.Boolean(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("carried_over", sa.Boolean(), nullable=False),
        sa.Column("promised_by", sa.String(length=10), nullable=False),
        sa.Column("got_on", sa.String(length=10), nullable=False),
        sa.Column("valid_until", sa.String(length=10), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "key", name=op.f("pk_case_material")),
    )
    op.create_index(
        "ix_case_material_person_id_key", "case_material", ["person_id", "key"], unique=False
    )


def _case_party() -> None:
    op.create_table(
        "case_party",
        sa.Column("case_id", ID, nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("snapshot", JSON, nullable=False),
        sa.PrimaryKeyConstraint("case_id", "role", "place", name=op.f("pk_case_party")),
    )


def _conflict() -> None:
    op.create_table(
        "conflict",
        sa.Column("id", ID, nullable=False),
        sa.Column("origin", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("order_id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("field", sa.String(length=48), nullable=False),
        sa.Column("before", JSON, nullable=True),
        sa.Column("ours", JSON, nullable=True),
        sa.Column("theirs", JSON, nullable=True),
        sa.Column("ours_at", sa.String(length=40), nullable=False),
        sa.Column("ours_by", sa.String(length=80), nullable=False),
        sa.Column("theirs_at", sa.String(length=40), nullable=False),
        sa.Column("theirs_by", sa.String(length=80), nullable=False),
        sa.Column("found_at", sa.String(length=40), nullable=False),
        sa.Column("choice", sa.String(length=8), nullable=False),
        sa.Column("decided_at", sa.String(length=40), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict")),
    )
    op.create_index("ix_conflict_case_id", "conflict", ["case_id"], unique=False)
    op.create_index("ix_conflict_choice_id", "conflict", ["choice", "id"], unique=False)


def _document() -> None:
    op.create_table(
        "document",
        sa.Column("id", ID, nullable=False),
        sa.Column("origin", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", ID, nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("issued_at", sa.String(length=40), nullable=False),
        sa.Column("operator_id", ID, nullable=True),
        sa.Column("prints", sa.Integer(), nullable=False),
        sa.Column("voided_on", sa.String(length=10), nullable=False),
        sa.Column("facts", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    op.create_index("ix_document_case_id", "document", ["case_id"], unique=False)


def _order_given() -> None:
    op.create_table(
        "order_given",
        sa.Column("id", ID, nullable=False),
        sa.Column("origin", ID, nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("addressee", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("body", JSON, nullable=False),
        sa.Column("given_at", sa.String(length=40), nullable=False),
        sa.Column("given_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_given")),
    )
    op.create_index("ix_order_given_addressee_id", "order_given", ["addressee", "id"], unique=False)
    op.create_index("ix_order_given_case_id", "order_given", ["case_id"], unique=False)


def _order_taken() -> None:
    op.create_table(
        "order_taken",
        sa.Column("id", ID, nullable=False),
        sa.Column("origin", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("body", JSON, nullable=False),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("given_at", sa.String(length=40), nullable=False),
        sa.Column("given_by", sa.String(length=80), nullable=False),
        sa.Column("taken_at", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_taken")),
    )
    op.create_index("ix_order_taken_case_id", "order_taken", ["case_id"], unique=False)
    op.create_index("ix_order_taken_outcome_id", "order_taken", ["outcome", "id"], unique=False)


def _record() -> None:
    op.create_table(
        "record",
        sa.Column("id", ID, nullable=False),
        sa.Column("origin", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("register", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("case_id", ID, nullable=True),
        sa.Column("opened_on", sa.String(length=10), nullable=False),
        sa.Column("due_on", sa.String(length=10), nullable=False),
        sa.Column("tier", sa.String(length=48), nullable=False),
        sa.Column("fields", JSON, nullable=False),
        sa.Column("changed_at", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record")),
    )
    op.create_index(
        "ix_record_person_id_register", "record", ["person_id", "register"], unique=False
    )
    op.create_index(
        "ix_record_register_state_due",
        "record",
        ["register", "state", "due_on", "id"],
        unique=False,
    )


def _record_step() -> None:
    op.create_table(
        "record_step",
        sa.Column("id", ID, nullable=False),
        sa.Column("origin", ID, nullable=False),
        sa.Column("record_id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("register", sa.String(length=24), nullable=False),
        sa.Column("does", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("why", sa.String(length=400), nullable=False),
        sa.Column("operator_id", ID, nullable=True),
        sa.Column("fields", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_step")),
    )
    op.create_index(
        "ix_record_step_record_id", "record_step", ["record_id", "version"], unique=False
    )
    op.create_index(
        "ix_record_step_register_month", "record_step", ["register", "month", "id"], unique=False
    )
