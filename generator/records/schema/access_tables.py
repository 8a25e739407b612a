"""The tables of who may sign in, who is signed in, and the audit trail."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, text

from .columns import (
    ROLES,
    Flag,
    Moment,
    Number,
    Words,
    key,
    one_of,
    ref,
    table,
    words,
)

credential = table(
    "credential",
    key("selector"),
    words("person", ref("person.id"), unique=True),
    words("hash"),
    Column("issued_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("fails", Number, nullable=False),
    Column("failing_since", Moment),
    Column("locked_until", Moment),
)

account = table(
    "account",
    key(),
    words("name", unique=True),
    words("role"),
    words("unit", ref("unit.id")),
    Column("hash", Words),
    # The authenticator's seed, encrypted; `totp_key` is the id of the key.
    Column("totp", Words),
    Column("totp_key", Words),
    # A seed that is shown and not bound yet, encrypted too.
    Column("totp_pending", Words),
    Column("totp_pending_key", Words),
    # The step of the last code used, so that none is used twice.
    Column("totp_step", Number),
    Column("active", Flag, nullable=False),
    Column("fails", Number, nullable=False),
    Column("failing_since", Moment),
    Column("locked_until", Moment),
    # The second factor's own failures, which no password clears.
    Column("totp_fails", Number, nullable=False, server_default=text("0")),
    Column("totp_failing_since", Moment),
    Column("totp_locked_until", Moment),
    one_of("role", ROLES),
)

#: Who is signed in: a learner (`person`) or staff (`account`).
session = table(
    "session",
    key("token_sha256"),
    Column("person", Words, ref("person.id"), index=True),
    Column("account", Words, ref("account.id"), index=True),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("totp_at", Moment),
    # The last use, to five minutes.
    Column("seen_at", Moment, nullable=False),
    CheckConstraint("(person IS NULL) <> (account IS NULL)", name="one_holder"),
)

invitation = table(
    "invitation",
    key("token_sha256"),
    words("account", ref("account.id"), index=True),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

#: Writes that are not events: who made them, and why. Append-only.
audit = table(
    "audit",
    key(),
    Column("at", Moment, nullable=False, index=True),
    words("actor"),
    words("action", index=True),
    words("subject"),
    words("reason"),
)
