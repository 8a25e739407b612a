"""Rows that figures rest on get digests; what is there now is vouched for from now on, as it is now.

A later migration that fills a column of such a table, or changes what is in it, calls `vouch_again`.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from taphuan.records.events.row_digests import vouch_again
from taphuan.records.schema.columns import Number, Words, guard_statements

revision = "0004_digests"
down_revision = "0003_rosters"

SALTS = {
    "sqlite": "lower(hex(randomblob(16)))",
    "postgresql": "replace(gen_random_uuid()::text, '-', '')",
}


def upgrade() -> None:
    connection = op.get_bind()
    dialect = connection.dialect.name
    op.add_column("person", sa.Column("salt", Words, nullable=True))
    op.execute(f"UPDATE person SET salt = {SALTS[dialect]} WHERE erased_at IS NULL")
    op.create_table(
        "row_digest",
        sa.Column("seq", Number, autoincrement=False, nullable=False),
        sa.Column("relation", Words, nullable=False),
        sa.Column("row", Words, nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_row_digest"),
        sqlite_strict=True,
    )
    for statement in guard_statements(dialect, "row_digest"):
        op.execute(statement)
    vouch_again(connection)
