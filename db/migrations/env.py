"""Alembic's door: runs the steps on the connection that `db.migrate` hands in."""

from alembic import context

from db.base import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
