"""Runs the editions inside the transaction that ``migration`` has begun."""

from __future__ import annotations

from alembic import context

from desktop_app.adapters.storage.rows import Row

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    render_as_batch=True,
    transactional_ddl=True,  # SQLite's DDL is transactional once BEGIN is ours
)
context.run_migrations()
