"""Versions of courses, forms, the ledger, and the digests of rows of other tables."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, LargeBinary, UniqueConstraint, text

from .base import EVIDENCE, KINDS, keyed, one_of, table, to
from .columns import Flag, Moment, Number, Words, key, words

#: `rule` is canonical JSON: the pass share in percent, the attempts allowed, the class minutes needed.
course_version = keyed(
    "course_version",
    key("course"),
    key("version"),
    key("rule"),
    Column("published_at", Moment, nullable=False),
)

#: `asked` and `key` are JSON and kept for ever, so that an old form can still be marked.
form = table(
    "form",
    key(),
    words("course"),
    words("version"),
    Column("seed", Number, nullable=False),
    words("asked"),
    words("key"),
    Column("kept_at", Moment, nullable=False),
    UniqueConstraint("course", "version", "seed"),
)

event = table(
    "event",
    Column("seq", Number, primary_key=True, autoincrement=False),
    words("event_id", unique=True),
    words("kind"),
    words("person", to("person.id")),
    Column("course", Words),
    words("payload"),
    words("payload_sha256"),
    Column("evidence", Words),
    Column("actor", Words),
    Column("reason", Words),
    # The client's time, clamped to 48 h around ours, and by how many seconds the client was off.
    Column("client_time", Moment),
    Column("client_offset", Number),
    Column("client_flagged", Flag, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("prev_hash", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    one_of("kind", KINDS),
    one_of("evidence", EVIDENCE),
    CheckConstraint(
        "kind = 'attempt.submitted' OR (actor IS NOT NULL AND reason IS NOT NULL)", name="attributed"
    ),
    Index("ix_event_person_course", "person", "course"),
    Index(
        "ix_event_merged",
        "kind",
        sqlite_where=text("kind = 'person.merged'"),
        postgresql_where=text("kind = 'person.merged'"),
    ),
    # What staff stated, by the moment: for the trail.
    Index(
        "ix_event_stated",
        "received_at",
        sqlite_where=text("actor IS NOT NULL"),
        postgresql_where=text("actor IS NOT NULL"),
    ),
)

#: What other rows were when they were written, chained like the events. `row` is a key as text; the hash
#: takes in that of the row before.
row_digest = table(
    "row_digest",
    Column("seq", Number, primary_key=True, autoincrement=False),
    words("relation"),
    words("row"),
    Column("sha256", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)
