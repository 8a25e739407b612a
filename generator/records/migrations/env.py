"""Alembic's entry: runs migrations on the connection that the store gives it."""

from __future__ import annotations

from alembic import context

from taphuan.records.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"], target_metadata=METADATA, transactional_ddl=True
)
# The store's transaction is open already, and commits.
context.run_migrations()
