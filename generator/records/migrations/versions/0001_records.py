"""The tables as the schema says, which is all there is until the first release (decision 15).

From then on this is written out, column by column, and later changes are migrations of their own.
"""

from __future__ import annotations

from alembic import op

from taphuan.records.schema import METADATA
from taphuan.records.schema.columns import trigger_statements

revision = "0001_records"
down_revision = None


def upgrade() -> None:
    connection = op.get_bind()
    METADATA.create_all(connection)
    for statement in trigger_statements(connection.dialect.name):
        op.execute(statement)
