"""Tables whose rows are written once: triggers that refuse to change or delete them, on both engines."""

from alembic import op

VERBS = ("UPDATE", "DELETE")
REFUSE = """
CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{table} is append-only'; END $$
"""


def refuse_changes(table: str) -> None:
    """From now on this table only grows."""
    on_server = op.get_bind().dialect.name == "postgresql"
    if on_server:
        op.execute(REFUSE.format(table=table))
    for verb in VERBS:
        name = f"{table}_no_{verb.lower()}"
        body = (
            f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only()"
            if on_server
            else f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
        op.execute(f"CREATE TRIGGER {name} BEFORE {verb} ON {table} {body}")


def allow_changes(table: str) -> None:
    """Take them away again; on the way down, before the table is dropped."""
    for verb in VERBS:
        name = f"{table}_no_{verb.lower()}"
        on = f" ON {table}" if op.get_bind().dialect.name == "postgresql" else ""
        op.execute(f"DROP TRIGGER {name}{on}")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP FUNCTION {table}_append_only()")
