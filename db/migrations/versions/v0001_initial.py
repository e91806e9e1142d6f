"""The first schema."""

import sqlalchemy as sa
from alembic import op

from db.migrations.append_only import allow_changes, refuse_changes
from db.migrations.v0001_cases import case_tables
from db.migrations.v0001_local import local_tables

ID = sa.LargeBinary(16).with_variant(sa.Uuid(), "postgresql")
JSON = sa.Text().with_variant(sa.LargeBinary(), "postgresql")

IMMUTABLE = ("event", "issued_number")

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _audit_entry() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", ID, nullable=False),
        sa.Column("origin", ID, nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(length=24), nullable=False),
        sa.Column("object_id", ID, nullable=True),
        sa.Column("purpose", sa.String(length=24), nullable=False),
        sa.Column("actor", ID, nullable=True),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("mono", sa.BigInteger(), nullable=False),
        sa.Column("facts", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index("ix_audit_entry_mono_id", "audit_entry", ["mono", "id"], unique=False)
    op.create_index(
        "ix_audit_entry_what_mono_id", "audit_entry", ["what", "mono", "id"], unique=False
    )


def _consultation() -> None:
    op.create_table(
        "consultation",
        sa.Column("id", ID, nullable=False),
        sa.Column("origin", ID, nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("item_code", sa.String(length=16), nullable=False),
        sa.Column("operator_id", ID, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
    )
    op.create_index("ix_consultation_day", "consultation", ["day"], unique=False)


def _erasure() -> None:
    op.create_table(
        "erasure",
        sa.Column("id", ID, nullable=False),
        sa.Column("origin", ID, nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("keep", sa.String(length=80), nullable=False),
        sa.Column("due", sa.String(length=10), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("states", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    op.create_index("ix_erasure_day", "erasure", ["day"], unique=False)


def _event() -> None:
    op.create_table(
        "event",
        sa.Column("id", ID, nullable=False),
        sa.Column("origin", ID, nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(length=16), nullable=False),
        sa.Column("entity_id", ID, nullable=False),
        sa.Column("actor", ID, nullable=True),
        sa.Column("seat", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("mono", sa.BigInteger(), nullable=False),
        sa.Column("trunk", sa.BigInteger(), nullable=False),
        sa.Column("base", sa.BigInteger(), nullable=False),
        sa.Column("prev", sa.LargeBinary(length=32), nullable=False),
        sa.Column("commitment", sa.LargeBinary(length=32), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index("ix_event_entity_id_n", "event", ["entity_id", "n"], unique=False)
    op.create_index("uq_event_origin_n", "event", ["origin", "n"], unique=True)


def _event_payload() -> None:
    op.create_table(
        "event_payload",
        sa.Column("event_id", ID, nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.Column("payload", JSON, nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_event_payload")),
    )


def _issued_number() -> None:
    op.create_table(
        "issued_number",
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("origin", ID, nullable=False),
        sa.Column("series", sa.String(length=2), nullable=False),
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("short_no", sa.String(length=9), nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("number", "origin", name=op.f("pk_issued_number")),
    )
    op.create_index("ix_issued_number_case_id", "issued_number", ["case_id"], unique=False)
    op.create_index("ix_issued_number_short_no", "issued_number", ["short_no"], unique=False)
    op.create_index(
        "uq_issued_number_serial",
        "issued_number",
        ["origin", "series", "window", "day", "epoch", "serial"],
        unique=True,
    )


def _legal_hold() -> None:
    op.create_table(
        "legal_hold",
        sa.Column("id", ID, nullable=False),
        sa.Column("origin", ID, nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("why", sa.String(length=400), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("since", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
    )


def _operator() -> None:
    op.create_table(
        "operator",
        sa.Column("id", ID, nullable=False),
        sa.Column("origin", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("grants", JSON, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operator")),
    )
    op.create_index("ix_operator_origin", "operator", ["origin"], unique=False)


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("id", ID, nullable=False),
        sa.Column("origin", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("id_type", sa.String(length=40), nullable=False),
        sa.Column("id_no", sa.String(length=40), nullable=False),
        sa.Column("sex", sa.String(length=8), nullable=False),
        sa.Column("birth", sa.String(length=10), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("hukou_addr", sa.String(length=200), nullable=False),
        sa.Column("live_addr", sa.String(length=200), nullable=False),
        sa.Column("house", sa.String(length=80), nullable=False),
        sa.Column("more", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index("ix_person_birth", "person", ["birth"], unique=False)
    op.create_index("ix_person_id_no", "person", ["id_no"], unique=False)


def _site() -> None:
    op.create_table(
        "site",
        sa.Column("origin", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("community", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("profile", JSON, nullable=False),
        sa.Column("continued_by", ID, nullable=True),
        sa.PrimaryKeyConstraint("origin", name=op.f("pk_site")),
    )
    op.create_index("ix_site_community", "site", ["community"], unique=False)


def upgrade() -> None:
    _audit_entry()
    _consultation()
    _erasure()
    _event()
    _event_payload()
    _issued_number()
    _legal_hold()
    _operator()
    _person()
    _site()
    case_tables()
    local_tables()
    for table in IMMUTABLE:
        refuse_changes(table)


def downgrade() -> None:
    for table in IMMUTABLE:
        allow_changes(table)
    for table in (
        "this_desk",
        "site",
        "setting",
        "set_aside",
        "sender",
        "search_token",
        "refused_event",
        "record_step",
        "record",
        "print_job",
        "person",
        "package_out",
        "package_in",
        "order_taken",
        "order_given",
        "operator",
        "legal_hold",
        "ledger_run",
        "ledger_map",
        "key_root",
        "issued_number",
        "former_key",
        "event_payload",
        "event",
        "erasure",
        "enrolment",
        "draft",
        "document_file",
        "document",
        "desk_key",
        "county_key",
        "consultation",
        "conflict",
        "catalog_snapshot",
        "catalog_release",
        "case_party",
        "case_material",
        "case_file",
        "case_count",
        "audit_entry",
        "attachment",
    ):
        op.drop_table(table)
