"""Rosters get their numbers, in the order of freezing, and one may stand in for another."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from taphuan.records.schema.columns import Moment, Number, Words, guard_statements, unguard_statements

revision = "0003_rosters"
down_revision = "0002_sign_in"

#: Two frozen in one moment, province and commune, are told apart by their ids, as they ever were.
NUMBERED = """
UPDATE roster SET number = (
  SELECT count(*) FROM roster AS earlier
  WHERE earlier.frozen_at < roster.frozen_at
     OR (earlier.frozen_at = roster.frozen_at AND earlier.id <= roster.id)
)
"""


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    op.add_column("roster", sa.Column("number", Number, nullable=False, server_default=sa.text("0")))
    for statement in (*unguard_statements(dialect, "roster"), NUMBERED, *guard_statements(dialect, "roster")):
        op.execute(statement)
    op.create_index("ix_roster_number", "roster", ["number"], unique=True)
    op.create_table(
        "superseded_roster",
        sa.Column("roster", Words, nullable=False),
        sa.Column("by_roster", Words, nullable=False),
        sa.Column("reason", Words, nullable=False),
        sa.Column("decision_ref", Words, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.CheckConstraint("roster <> by_roster", name=op.f("ck_superseded_roster_other")),
        sa.ForeignKeyConstraint(["by_roster"], ["roster.id"], name="fk_superseded_roster_by_roster"),
        sa.ForeignKeyConstraint(["roster"], ["roster.id"], name="fk_superseded_roster_roster"),
        sa.PrimaryKeyConstraint("roster", name="pk_superseded_roster"),
        sa.UniqueConstraint("by_roster", name="uq_superseded_roster_by_roster"),
        sqlite_strict=True,
    )
    for statement in guard_statements(dialect, "superseded_roster"):
        op.execute(statement)
