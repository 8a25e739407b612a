"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from taphuan.records.schema.columns import (
    FIRST_ONLY_GROW,
    Day,
    Flag,
    Moment,
    Number,
    Words,
    trigger_statements,
)

revision = "0001_records"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "attempt",
        sa.Column("person", Words, nullable=False),
        sa.Column("course", Words, nullable=False),
        sa.Column("event_id", Words, nullable=False),
        sa.Column("evidence", Words, nullable=False),
        sa.Column("form", Words, nullable=False),
        sa.Column("version", Words, nullable=False),
        sa.Column("right", Number, nullable=False),
        sa.Column("asked", Number, nullable=False),
        sa.Column("is_passed", Flag(), nullable=False),
        sa.Column("standing", Words, nullable=False),
        sa.Column("done_on", Day(), nullable=False),
        sa.Column("received_at", Moment(), nullable=False),
        sa.CheckConstraint("standing IN ('counted', 'pending', 'voided')", name=op.f("ck_attempt_standing")),
        sa.PrimaryKeyConstraint("person", "course", "event_id", name="pk_attempt"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "audit",
        sa.Column("id", Words, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("actor", Words, nullable=False),
        sa.Column("action", Words, nullable=False),
        sa.Column("subject", Words, nullable=False),
        sa.Column("reason", Words, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sqlite_strict=True,
    )
    op.create_index("ix_audit_at", "audit", ["at"], unique=False)
    op.create_table(
        "completion",
        sa.Column("person", Words, nullable=False),
        sa.Column("course", Words, nullable=False),
        sa.Column("evidence", Words, nullable=False),
        sa.Column("event_id", Words, nullable=False),
        sa.Column("version", Words, nullable=True),
        sa.Column("rule", Words, nullable=True),
        sa.Column("done_on", Day(), nullable=False),
        sa.Column("received_at", Moment(), nullable=False),
        sa.CheckConstraint("evidence IN ('A', 'B', 'C', 'D', 'E')", name=op.f("ck_completion_evidence")),
        sa.PrimaryKeyConstraint("person", "course", "evidence", name="pk_completion"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "course_version",
        sa.Column("course", Words, nullable=False),
        sa.Column("version", Words, nullable=False),
        sa.Column("rule", Words, nullable=False),
        sa.Column("published_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("course", "version", "rule", name="pk_course_version"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "expected",
        sa.Column("roster", Words, nullable=False),
        sa.Column("unit", Words, nullable=False),
        sa.Column("level", Words, nullable=False),
        sa.Column("persons", Number, nullable=False),
        sa.PrimaryKeyConstraint("roster", "unit", name="pk_expected"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "figure",
        sa.Column("id", Words, nullable=False),
        sa.Column("target", Words, nullable=False),
        sa.Column("period", Words, nullable=False),
        sa.Column("numerator", Number, nullable=False),
        sa.Column("denominator", Number, nullable=False),
        sa.Column("source", Words, nullable=False),
        sa.Column("entered_by", Words, nullable=False),
        sa.Column("entered_at", Moment(), nullable=False),
        sa.CheckConstraint("0 <= numerator AND numerator <= denominator", name=op.f("ck_figure_share")),
        sa.PrimaryKeyConstraint("id", name="pk_figure"),
        sqlite_strict=True,
    )
    op.create_index("ix_figure_target", "figure", ["target"], unique=False)
    op.create_table(
        "form",
        sa.Column("id", Words, nullable=False),
        sa.Column("course", Words, nullable=False),
        sa.Column("version", Words, nullable=False),
        sa.Column("seed", Number, nullable=False),
        sa.Column("asked", Words, nullable=False),
        sa.Column("key", Words, nullable=False),
        sa.Column("kept_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_form"),
        sa.UniqueConstraint("course", "version", "seed", name="uq_form_course"),
        sqlite_strict=True,
    )
    op.create_table(
        "identity",
        sa.Column("number", Number, autoincrement=False, nullable=False),
        sa.Column("id", Words, nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_identity"),
        sa.UniqueConstraint("id", name="uq_identity_id"),
        sqlite_strict=True,
    )
    op.create_table(
        "pending",
        sa.Column("person", Words, nullable=False),
        sa.Column("course", Words, nullable=False),
        sa.Column("event_id", Words, nullable=False),
        sa.Column("kind", Words, nullable=False),
        sa.Column("actor", Words, nullable=False),
        sa.Column("done_on", Day(), nullable=False),
        sa.PrimaryKeyConstraint("person", "course", "event_id", name="pk_pending"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "roster",
        sa.Column("id", Words, nullable=False),
        sa.Column("level", Words, nullable=False),
        sa.Column("as_of", Day(), nullable=False),
        sa.Column("decision_ref", Words, nullable=False),
        sa.Column("source_sha256", Words, nullable=False),
        sa.Column("frozen_at", Moment(), nullable=False),
        sa.Column("synthetic", Flag(), nullable=False),
        sa.CheckConstraint("level IN ('province', 'commune')", name=op.f("ck_roster_level")),
        sa.PrimaryKeyConstraint("id", name="pk_roster"),
        sqlite_strict=True,
    )
    op.create_table(
        "tally",
        sa.Column("roster", Words, nullable=False),
        sa.Column("unit", Words, nullable=False),
        sa.Column("course", Words, nullable=False),
        sa.Column("evidence", Words, nullable=False),
        sa.Column("level", Words, nullable=False),
        sa.Column("persons", Number, nullable=False),
        sa.CheckConstraint("evidence IN ('A', 'B', 'C', 'D', 'E', 'waived')", name=op.f("ck_tally_evidence")),
        sa.PrimaryKeyConstraint("roster", "unit", "course", "evidence", name="pk_tally"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "unit",
        sa.Column("id", Words, nullable=False),
        sa.Column("parent", Words, nullable=True),
        sa.Column("level", Words, nullable=False),
        sa.Column("code", Words, nullable=True),
        sa.Column("name", Words, nullable=False),
        sa.Column("folded", Words, nullable=False),
        sa.Column("valid_from", Day(), nullable=True),
        sa.Column("valid_to", Day(), nullable=True),
        sa.CheckConstraint("level IN ('province', 'commune')", name=op.f("ck_unit_level")),
        sa.ForeignKeyConstraint(["parent"], ["unit.id"], name="fk_unit_parent"),
        sa.PrimaryKeyConstraint("id", name="pk_unit"),
        sqlite_strict=True,
    )
    op.create_index("ix_unit_parent", "unit", ["parent"], unique=False)
    op.create_table(
        "waiver",
        sa.Column("person", Words, nullable=False),
        sa.Column("course", Words, nullable=False),
        sa.Column("event_id", Words, nullable=False),
        sa.Column("since", Day(), nullable=False),
        sa.Column("received_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("person", "course", name="pk_waiver"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "account",
        sa.Column("id", Words, nullable=False),
        sa.Column("name", Words, nullable=False),
        sa.Column("role", Words, nullable=False),
        sa.Column("unit", Words, nullable=False),
        sa.Column("hash", Words, nullable=True),
        sa.Column("totp", Words, nullable=True),
        sa.Column("totp_step", Number, nullable=True),
        sa.Column("active", Flag(), nullable=False),
        sa.Column("fails", Number, nullable=False),
        sa.Column("failing_since", Moment(), nullable=True),
        sa.Column("locked_until", Moment(), nullable=True),
        sa.CheckConstraint("role IN ('trainer', 'unit-head', 'office')", name=op.f("ck_account_role")),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name="fk_account_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("name", name="uq_account_name"),
        sqlite_strict=True,
    )
    op.create_table(
        "activity",
        sa.Column("id", Words, nullable=False),
        sa.Column("unit", Words, nullable=False),
        sa.Column("held_on", Day(), nullable=False),
        sa.Column("place_kind", Words, nullable=False),
        sa.Column("audience", Words, nullable=False),
        sa.Column("headcount", Number, nullable=False),
        sa.Column("material", Words, nullable=True),
        sa.Column("entered_at", Moment(), nullable=False),
        sa.Column("withdrawn_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name="fk_activity_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_activity"),
        sqlite_strict=True,
    )
    op.create_index("ix_activity_held_on", "activity", ["held_on"], unique=False)
    op.create_index("ix_activity_unit", "activity", ["unit"], unique=False)
    op.create_table(
        "class_session",
        sa.Column("id", Words, nullable=False),
        sa.Column("unit", Words, nullable=False),
        sa.Column("held_on", Day(), nullable=False),
        sa.Column("minutes", Number, nullable=False),
        sa.Column("trainer", Words, nullable=True),
        sa.Column("course", Words, nullable=False),
        sa.Column("headcount", Number, nullable=False),
        sa.Column("sheet_ref", Words, nullable=True),
        sa.Column("anonymous", Flag(), nullable=False),
        sa.Column("entered_at", Moment(), nullable=False),
        sa.Column("withdrawn_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "NOT anonymous OR (trainer IS NULL AND sheet_ref IS NULL)", name=op.f("ck_class_session_nameless")
        ),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name="fk_class_session_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_class_session"),
        sqlite_strict=True,
    )
    op.create_index("ix_class_session_held_on", "class_session", ["held_on"], unique=False)
    op.create_index("ix_class_session_unit", "class_session", ["unit"], unique=False)
    op.create_table(
        "former_name",
        sa.Column("folded", Words, nullable=False),
        sa.Column("unit", Words, nullable=False),
        sa.Column("name", Words, nullable=False),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name="fk_former_name_unit"),
        sa.PrimaryKeyConstraint("folded", "unit", name="pk_former_name"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "person",
        sa.Column("id", Words, nullable=False),
        sa.Column("full_name", Words, nullable=True),
        sa.Column("folded", Words, nullable=True),
        sa.Column("position", Words, nullable=True),
        sa.Column("unit", Words, nullable=True),
        sa.Column("active", Flag(), nullable=False),
        sa.Column("merged_into", Words, nullable=True),
        sa.Column("erased_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["merged_into"], ["person.id"], name="fk_person_merged_into"),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name="fk_person_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sqlite_strict=True,
    )
    op.create_index("ix_person_merged_into", "person", ["merged_into"], unique=False)
    op.create_index("ix_person_unit", "person", ["unit"], unique=False)
    op.create_table(
        "certificate",
        sa.Column("serial", Words, nullable=False),
        sa.Column("person", Words, nullable=False),
        sa.Column("course", Words, nullable=False),
        sa.Column("version", Words, nullable=True),
        sa.Column("issued_at", Moment(), nullable=False),
        sa.Column("event", Words, nullable=False),
        sa.Column("revoked_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_certificate_person"),
        sa.PrimaryKeyConstraint("serial", name="pk_certificate"),
        sqlite_strict=True,
    )
    op.create_index("ix_certificate_person", "certificate", ["person"], unique=False)
    op.create_table(
        "credential",
        sa.Column("selector", Words, nullable=False),
        sa.Column("person", Words, nullable=False),
        sa.Column("hash", Words, nullable=False),
        sa.Column("issued_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=True),
        sa.Column("fails", Number, nullable=False),
        sa.Column("failing_since", Moment(), nullable=True),
        sa.Column("locked_until", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_credential_person"),
        sa.PrimaryKeyConstraint("selector", name="pk_credential"),
        sa.UniqueConstraint("person", name="uq_credential_person"),
        sqlite_strict=True,
    )
    op.create_table(
        "event",
        sa.Column("seq", Number, autoincrement=False, nullable=False),
        sa.Column("event_id", Words, nullable=False),
        sa.Column("kind", Words, nullable=False),
        sa.Column("person", Words, nullable=False),
        sa.Column("course", Words, nullable=True),
        sa.Column("payload", Words, nullable=False),
        sa.Column("payload_sha256", Words, nullable=False),
        sa.Column("evidence", Words, nullable=True),
        sa.Column("actor", Words, nullable=True),
        sa.Column("reason", Words, nullable=True),
        sa.Column("client_time", Moment(), nullable=True),
        sa.Column("client_offset", Number, nullable=True),
        sa.Column("client_flagged", Flag(), nullable=False),
        sa.Column("received_at", Moment(), nullable=False),
        sa.Column("prev_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("evidence IN ('A', 'B', 'C', 'D', 'E')", name=op.f("ck_event_evidence")),
        sa.CheckConstraint(
            "kind = 'attempt.submitted' OR (actor IS NOT NULL AND reason IS NOT NULL)",
            name=op.f("ck_event_attributed"),
        ),
        sa.CheckConstraint(
            "kind IN ('attempt.submitted', 'session.attended', 'paper.submitted', 'admin.recorded', "
            "'countersigned', 'waived', 'voided', 'person.merged', 'person.erased')",
            name=op.f("ck_event_kind"),
        ),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_event_person"),
        sa.PrimaryKeyConstraint("seq", name="pk_event"),
        sa.UniqueConstraint("event_id", name="uq_event_event_id"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_event_merged",
        "event",
        ["kind"],
        unique=False,
        sqlite_where=sa.text("kind = 'person.merged'"),
        postgresql_where=sa.text("kind = 'person.merged'"),
    )
    op.create_index("ix_event_person_course", "event", ["person", "course"], unique=False)
    op.create_index(
        "ix_event_stated",
        "event",
        ["received_at"],
        unique=False,
        sqlite_where=sa.text("actor IS NOT NULL"),
        postgresql_where=sa.text("actor IS NOT NULL"),
    )
    op.create_table(
        "invitation",
        sa.Column("token_sha256", Words, nullable=False),
        sa.Column("account", Words, nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name="fk_invitation_account"),
        sa.PrimaryKeyConstraint("token_sha256", name="pk_invitation"),
        sqlite_strict=True,
    )
    op.create_index("ix_invitation_account", "invitation", ["account"], unique=False)
    op.create_table(
        "issued_plan",
        sa.Column("id", Words, nullable=False),
        sa.Column("unit", Words, nullable=False),
        sa.Column("number", Words, nullable=False),
        sa.Column("issued_on", Day(), nullable=False),
        sa.Column("first_year", Number, nullable=False),
        sa.Column("last_year", Number, nullable=False),
        sa.Column("entered_at", Moment(), nullable=False),
        sa.Column("withdrawn_at", Moment(), nullable=True),
        sa.CheckConstraint("first_year <= last_year", name=op.f("ck_issued_plan_years")),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name="fk_issued_plan_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_issued_plan"),
        sqlite_strict=True,
    )
    op.create_index("ix_issued_plan_unit", "issued_plan", ["unit"], unique=False)
    op.create_table(
        "roster_member",
        sa.Column("roster", Words, nullable=False),
        sa.Column("person", Words, nullable=False),
        sa.Column("unit", Words, nullable=False),
        sa.Column("level", Words, nullable=False),
        sa.CheckConstraint("level IN ('province', 'commune')", name=op.f("ck_roster_member_level")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_roster_member_person"),
        sa.ForeignKeyConstraint(["roster"], ["roster.id"], name="fk_roster_member_roster"),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name="fk_roster_member_unit"),
        sa.PrimaryKeyConstraint("roster", "person", name="pk_roster_member"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_roster_member_person", "roster_member", ["person"], unique=False)
    op.create_table(
        "session",
        sa.Column("token_sha256", Words, nullable=False),
        sa.Column("person", Words, nullable=True),
        sa.Column("account", Words, nullable=True),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("totp_at", Moment(), nullable=True),
        sa.CheckConstraint("(person IS NULL) <> (account IS NULL)", name=op.f("ck_session_one_holder")),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name="fk_session_account"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_session_person"),
        sa.PrimaryKeyConstraint("token_sha256", name="pk_session"),
        sqlite_strict=True,
    )
    op.create_index("ix_session_account", "session", ["account"], unique=False)
    op.create_index("ix_session_person", "session", ["person"], unique=False)
    for statement in trigger_statements(op.get_bind().dialect.name, FIRST_ONLY_GROW):
        op.execute(statement)
