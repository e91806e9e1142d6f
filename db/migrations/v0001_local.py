"""The tables of the first schema that never travel."""

import sqlalchemy as sa
from alembic import op

ID = sa.LargeBinary(16).with_variant(sa.Uuid(), "postgresql")
JSON = sa.Text().with_variant(sa.LargeBinary(), "postgresql")


def local_tables() -> None:
    """Make them, in the transaction of the first step."""
    _case_count()
    _catalog_release()
    _catalog_snapshot()
    _county_key()
    _desk_key()
    _document_file()
    _draft()
    _enrolment()
    _former_key()
    _key_root()
    _ledger_map()
    _ledger_run()
    _package_in()
    _package_out()
    _print_job()
    _refused_event()
    _search_token()
    _sender()
    _set_aside()
    _setting()
    _this_desk()


def _case_count() -> None:
    op.create_table(
        "case_count",
        sa.Column("origin", ID, nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("item_code", sa.String(length=16), nullable=False),
        sa.Column("line", sa.String(length=24), nullable=False),
        sa.Column("phase", sa.String(length=12), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "origin", "month", "item_code", "line", "phase", name=op.f("pk_case_count")
        ),
    )


def _catalog_release() -> None:
    op.create_table(
        "catalog_release",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("effective_from", sa.String(length=10), nullable=False),
        sa.Column("valid_through", sa.String(length=10), nullable=False),
        sa.Column("made_at", sa.String(length=40), nullable=False),
        sa.Column("taken_at", sa.String(length=40), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_catalog_release")),
    )


def _catalog_snapshot() -> None:
    op.create_table(
        "catalog_snapshot",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_catalog_snapshot")),
    )


def _county_key() -> None:
    op.create_table(
        "county_key",
        sa.Column("node", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("taken_at", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("node", name=op.f("pk_county_key")),
    )


def _desk_key() -> None:
    op.create_table(
        "desk_key",
        sa.Column("public", sa.LargeBinary(length=32), nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=4), nullable=False),
        sa.Column("site", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("revoked_at", sa.String(length=40), nullable=False),
        sa.Column("county", sa.String(length=64), nullable=False),
        sa.Column("list_no", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("public", name=op.f("pk_desk_key")),
    )
    op.create_index("ix_desk_key_key_id", "desk_key", ["key_id"], unique=False)


def _document_file() -> None:
    op.create_table(
        "document_file",
        sa.Column("document_id", ID, nullable=False),
        sa.Column("medium", sa.String(length=8), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "medium", "nth", name=op.f("pk_document_file")),
    )


def _draft() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("body", JSON, nullable=False),
        sa.Column("saved_at", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )


def _enrolment() -> None:
    op.create_table(
        "enrolment",
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("origin", ID, nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("site", sa.String(length=12), nullable=False),
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("accepted_at", sa.String(length=40), nullable=False),
        sa.Column("valid_from", sa.String(length=10), nullable=False),
        sa.Column("valid_to", sa.String(length=10), nullable=False),
        sa.Column("revoked_at", sa.String(length=40), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("term", sa.String(length=10), nullable=False),
        sa.Column("closed_for", ID, nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_enrolment")),
    )
    op.create_index("ix_enrolment_origin_epoch", "enrolment", ["origin", "epoch"], unique=False)
    op.create_index("ix_enrolment_site_window", "enrolment", ["site", "window"], unique=False)


def _former_key() -> None:
    op.create_table(
        "former_key",
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("origin", ID, nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("signing", sa.LargeBinary(), nullable=False),
        sa.Column("sealing", sa.LargeBinary(), nullable=False),
        sa.Column("recovery", sa.LargeBinary(), nullable=False),
        sa.Column("until", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_former_key")),
    )


def _key_root() -> None:
    op.create_table(
        "key_root",
        sa.Column("node", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("taken_at", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("node", "version", name=op.f("pk_key_root")),
    )


def _ledger_map() -> None:
    op.create_table(
        "ledger_map",
        sa.Column("key", sa.String(length=48), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("body", JSON, nullable=False),
        sa.Column("made_at", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ledger_map")),
    )


def _ledger_run() -> None:
    op.create_table(
        "ledger_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ledger", sa.String(length=48), nullable=False),
        sa.Column("span", sa.String(length=24), nullable=False),
        sa.Column("until", JSON, nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.String(length=40), nullable=False),
        sa.Column("operator_id", ID, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_run")),
    )
    op.create_index("ix_ledger_run_ledger", "ledger_run", ["ledger"], unique=False)


def _package_in() -> None:
    op.create_table(
        "package_in",
        sa.Column("id", ID, nullable=False),
        sa.Column("sender", ID, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("received_at", sa.String(length=40), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("result", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package_in")),
    )
    op.create_index("ix_package_in_refused", "package_in", ["refused", "sender"], unique=False)
    op.create_index(
        "ix_package_in_sender_seq", "package_in", ["sender", "epoch", "seq"], unique=False
    )


def _package_out() -> None:
    op.create_table(
        "package_out",
        sa.Column("id", ID, nullable=False),
        sa.Column("addressee", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("first_n", sa.BigInteger(), nullable=False),
        sa.Column("last_n", sa.BigInteger(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("made_at", sa.String(length=40), nullable=False),
        sa.Column("written_at", sa.String(length=40), nullable=False),
        sa.Column("acked_at", sa.String(length=40), nullable=False),
        sa.Column("result", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package_out")),
    )
    op.create_index("uq_package_out_seq", "package_out", ["addressee", "epoch", "seq"], unique=True)
    op.create_index("ix_package_out_newest", "package_out", ["epoch", "seq"], unique=False)
    op.create_index(
        "ix_package_out_reach", "package_out", ["state", "kind", "epoch", "last_n"], unique=False
    )


def _print_job() -> None:
    op.create_table(
        "print_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", ID, nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("medium", sa.String(length=8), nullable=False),
        sa.Column("printer", sa.String(length=200), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("why", sa.String(length=16), nullable=False),
        sa.Column("asked_at", sa.String(length=40), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_job")),
    )


def _refused_event() -> None:
    op.create_table(
        "refused_event",
        sa.Column("id", ID, nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("case_id", ID, nullable=True),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("told_at", sa.String(length=40), nullable=False),
        sa.Column("chain", ID, nullable=False),
        sa.Column("reached", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refused_event")),
    )
    op.create_index("ix_refused_event_case_id", "refused_event", ["case_id"], unique=False)


def _search_token() -> None:
    op.create_table(
        "search_token",
        sa.Column("token", sa.String(length=80), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("token", "person_id", name=op.f("pk_search_token")),
    )
    op.create_index(
        "ix_search_token_person_id_token", "search_token", ["person_id", "token"], unique=False
    )


def _sender() -> None:
    op.create_table(
        "sender",
        sa.Column("origin", ID, nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("last_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("last_n", sa.BigInteger(), nullable=False),
        sa.Column("head", sa.LargeBinary(length=32), nullable=False),
        sa.Column("last_at", sa.String(length=40), nullable=False),
        sa.Column("totals", JSON, nullable=False),
        sa.PrimaryKeyConstraint("origin", "epoch", name=op.f("pk_sender")),
    )


def _set_aside() -> None:
    op.create_table(
        "set_aside",
        sa.Column("event_id", ID, nullable=False),
        sa.Column("origin", ID, nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("fate", sa.String(length=12), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("line", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_set_aside")),
    )


def _setting() -> None:
    op.create_table(
        "setting",
        sa.Column("key", sa.String(length=48), nullable=False),
        sa.Column("value", JSON, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )


def _this_desk() -> None:
    op.create_table(
        "this_desk",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("origin", ID, nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("signing", sa.LargeBinary(), nullable=False),
        sa.Column("sealing", sa.LargeBinary(), nullable=False),
        sa.Column("recovery", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_this_desk")),
    )
