"""Signing in of staff: the second factor with its own lockout and an encrypted seed; idle sessions.

Seeds stood in clear before, so they are cleared, and authenticators are bound anew. Everybody signs in
again.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from taphuan.records.schema.columns import Moment, Number, Words

revision = "0002_sign_in"
down_revision = "0001_records"


def of_account() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("totp_key", Words, nullable=True),
        sa.Column("totp_pending", Words, nullable=True),
        sa.Column("totp_pending_key", Words, nullable=True),
        sa.Column("totp_fails", Number, nullable=False, server_default=sa.text("0")),
        sa.Column("totp_failing_since", Moment(), nullable=True),
        sa.Column("totp_locked_until", Moment(), nullable=True),
    )


def upgrade() -> None:
    for column in of_account():
        op.add_column("account", column)
    op.execute("UPDATE account SET totp = NULL, totp_step = NULL")
    # No session is of a time when anybody was seen; and SQLite adds such a column to an empty table only.
    op.execute("DELETE FROM session")
    op.add_column("session", sa.Column("seen_at", Moment(), nullable=False))
    op.create_index("ix_audit_action", "audit", ["action"], unique=False)
