"""Codes, accounts, sessions, and the audit trail."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column
from sqlalchemy import text as sql

from .base import ROLES, one_of, table, to
from .columns import Flag, Moment, Number, Words, key, words

credential = table(
    "credential",
    key("selector"),
    words("person", to("person.id"), unique=True),
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
    words("unit", to("unit.id")),
    Column("hash", Words),
    # The authenticator's seed, encrypted; `totp_key` is the id of the key.
    Column("totp", Words),
    Column("totp_key", Words),
    # One that is shown and not bound yet, encrypted too.
    Column("totp_pending", Words),
    Column("totp_pending_key", Words),
    # The step of the last code used, so that none is used twice.
    Column("totp_step", Number),
    Column("active", Flag, nullable=False),
    Column("fails", Number, nullable=False),
    Column("failing_since", Moment),
    Column("locked_until", Moment),
    # The second factor's own failures, which no password clears.
    Column("totp_fails", Number, nullable=False, server_default=sql("0")),
    Column("totp_failing_since", Moment),
    Column("totp_locked_until", Moment),
    one_of("role", ROLES),
)

#: Signed in: a learner (`person`) or staff (`account`).
session = table(
    "session",
    key("token_sha256"),
    Column("person", Words, to("person.id"), index=True),
    Column("account", Words, to("account.id"), index=True),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("totp_at", Moment),
    # When it was last used, to five minutes.
    Column("seen_at", Moment, nullable=False),
    CheckConstraint("(person IS NULL) <> (account IS NULL)", name="one_holder"),
)

invitation = table(
    "invitation",
    key("token_sha256"),
    words("account", to("account.id"), index=True),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

#: Who wrote what that is not an event, and why. Append-only.
audit = table(
    "audit",
    key(),
    Column("at", Moment, nullable=False, index=True),
    words("actor"),
    words("action", index=True),
    words("subject"),
    words("reason"),
)
