"""The tables: people, the ledger, projections, classes and what staff enter."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, LargeBinary, UniqueConstraint, text

from ..event_kinds import KINDS
from .columns import (
    EVIDENCE,
    LEVELS,
    STANDINGS,
    Day,
    Flag,
    Moment,
    Number,
    Words,
    key,
    one_of,
    ref,
    table,
    table_by_key,
    words,
)

class_session = table(
    "class_session",
    key(),
    words("unit", ref("unit.id"), index=True),
    Column("held_on", Day, nullable=False, index=True),
    Column("minutes", Number, nullable=False),
    Column("trainer", Words),
    words("course"),
    Column("headcount", Number, nullable=False),
    Column("sheet_ref", Words),
    Column("anonymous", Flag, nullable=False),
    # The minutes taught of each module, as JSON; empty where the course had no core.
    Column("modules", Words),
    Column("entered_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    CheckConstraint("NOT anonymous OR (trainer IS NULL AND sheet_ref IS NULL)", name="nameless"),
)

activity = table(
    "activity",
    key(),
    words("unit", ref("unit.id"), index=True),
    Column("held_on", Day, nullable=False, index=True),
    words("place_kind"),
    words("audience"),
    Column("headcount", Number, nullable=False),
    Column("material", Words),
    Column("entered_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
)

#: A unit's own plan by its document; for one year, or from one to another.
issued_plan = table(
    "issued_plan",
    key(),
    words("unit", ref("unit.id"), index=True),
    words("number"),
    Column("issued_on", Day, nullable=False),
    Column("first_year", Number, nullable=False),
    Column("last_year", Number, nullable=False),
    Column("entered_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    CheckConstraint("first_year <= last_year", name="years"),
)

#: A class to come of a course whose people are named: when and for which unit, and nobody's name.
planned_class = table(
    "planned_class",
    key(),
    words("unit", ref("unit.id"), index=True),
    Column("held_on", Day, nullable=False, index=True),
    words("begins"),
    words("course"),
    Column("entered_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
)

#: Ten acts of an observed task, seen or not of somebody in a class: `ticks` has a 1 or a 0 for each line.
#: `rubric` says which ten lines they were, as an author may change them.
observation = table(
    "observation",
    key(),
    words("session", ref("class_session.id"), index=True),
    words("task"),
    words("rubric"),
    words("person", ref("person.id"), index=True),
    words("ticks"),
    Column("entered_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    CheckConstraint("length(ticks) = 10 AND replace(replace(ticks, '0', ''), '1', '') = ''", name="ten"),
)

certificate = table(
    "certificate",
    key("serial"),
    words("person", ref("person.id"), index=True),
    words("course"),
    Column("version", Words),
    Column("issued_at", Moment, nullable=False),
    words("event"),
    Column("revoked_at", Moment),
)

#: Figures that only the office can know; the last entered of a target and period stands.
figure = table(
    "figure",
    key(),
    words("target", index=True),
    words("period"),
    Column("numerator", Number, nullable=False),
    Column("denominator", Number, nullable=False),
    words("source"),
    words("entered_by"),
    Column("entered_at", Moment, nullable=False),
    CheckConstraint("0 <= numerator AND numerator <= denominator", name="share"),
)


#: What staff enter, and mend by withdrawing it.
ENTRY_TABLES = (class_session, activity, issued_plan, figure, observation, planned_class)

#: `rule` is canonical JSON: the pass share in percent, the attempts allowed, the class minutes needed,
#: and of a course with a core those of each of its modules.
course_version = table_by_key(
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
    words("person", ref("person.id")),
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
    one_of("kind", tuple(KINDS)),
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
    # What staff stated, by the moment, for the trail.
    Index(
        "ix_event_stated",
        "received_at",
        sqlite_where=text("actor IS NOT NULL"),
        postgresql_where=text("actor IS NOT NULL"),
    ),
)

#: Digests of other rows as written, chained like the events. `row` is a key as text; the hash
#: takes in that of the row before.
row_digest = table(
    "row_digest",
    Column("seq", Number, primary_key=True, autoincrement=False),
    words("relation"),
    words("row"),
    Column("sha256", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)

#: The last row says which database this is; a restored one adds a row.
identity = table(
    "identity",
    Column("number", Number, primary_key=True, autoincrement=False),
    words("id", unique=True),
    Column("since", Moment, nullable=False),
)

unit = table(
    "unit",
    key(),
    Column("parent", Words, ref("unit.id"), index=True),
    words("level"),
    Column("code", Words),
    words("name"),
    words("folded"),
    Column("valid_from", Day),
    Column("valid_to", Day),
    one_of("level", LEVELS),
)

#: Former names of a unit, and those it was formed from. One former name may lead to several units.
former_name = table_by_key(
    "former_name", key("folded"), Column("unit", Words, ref("unit.id"), primary_key=True), words("name")
)

person = table(
    "person",
    key(),
    Column("full_name", Words),
    Column("folded", Words),
    Column("position", Words),
    Column("unit", Words, ref("unit.id"), index=True),
    Column("active", Flag, nullable=False),
    # Computed from the ledger: the person that remains, who is never merged in turn.
    Column("merged_into", Words, ref("person.id"), index=True),
    Column("erased_at", Moment),
    # Random, and gone once the person is erased: without it nobody finds a name by trying digests.
    Column("salt", Words),
)

roster = table(
    "roster",
    key(),
    words("level"),
    # A list of this course's learners, which is no denominator; empty for those whom a target expects.
    Column("course", Words),
    Column("as_of", Day, nullable=False),
    words("decision_ref"),
    words("source_sha256"),
    Column("frozen_at", Moment, nullable=False),
    Column("synthetic", Flag, nullable=False),
    # In the order of freezing, from 1: by it a list is called, and it never changes.
    Column("number", Number, nullable=False, server_default=text("0"), index=True, unique=True),
    one_of("level", LEVELS),
)

#: The roster that another one stands in for, and why. Append-only.
superseded_roster = table(
    "superseded_roster",
    Column("roster", Words, ref("roster.id"), primary_key=True),
    words("by_roster", ref("roster.id"), unique=True),
    words("reason"),
    words("decision_ref"),
    Column("at", Moment, nullable=False),
    CheckConstraint("roster <> by_roster", name="other"),
)

roster_member = table_by_key(
    "roster_member",
    Column("roster", Words, ref("roster.id"), primary_key=True),
    Column("person", Words, ref("person.id"), primary_key=True, index=True),
    words("unit", ref("unit.id")),
    words("level"),
    one_of("level", LEVELS),
)

#: Answers to a form. `standing`: counted, pending (evidence D without a countersignature) or voided.
attempt = table_by_key(
    "attempt",
    key("person"),
    key("course"),
    key("event_id"),
    words("evidence"),
    words("form"),
    words("version"),
    Column("right", Number, nullable=False),
    Column("asked", Number, nullable=False),
    Column("is_passed", Flag, nullable=False),
    words("standing"),
    Column("done_on", Day, nullable=False),
    Column("received_at", Moment, nullable=False),
    one_of("standing", STANDINGS),
)

#: Who was recorded for a class, voided entries too; `standing` as of an attempt.
attendance = table_by_key(
    "attendance",
    key("person"),
    key("course"),
    key("event_id"),
    words("session", index=True),
    Column("minutes", Number, nullable=False),
    # The minutes of each module, as JSON; empty where the class did not say.
    Column("modules", Words),
    words("standing"),
    Column("received_at", Moment, nullable=False),
    one_of("standing", STANDINGS),
)

#: One row for each class of evidence, with the event that first completed the course in it and its rule.
completion = table_by_key(
    "completion",
    key("person"),
    key("course"),
    key("evidence"),
    words("event_id"),
    Column("version", Words),
    Column("rule", Words),
    Column("done_on", Day, nullable=False),
    Column("received_at", Moment, nullable=False),
    one_of("evidence", EVIDENCE),
)

#: Entries of evidence D that nobody has countersigned yet.
pending = table_by_key(
    "pending",
    key("person"),
    key("course"),
    key("event_id"),
    words("kind"),
    words("actor"),
    Column("done_on", Day, nullable=False),
)

#: Excused from a course: shown apart, and not done.
waiver = table_by_key(
    "waiver",
    key("person"),
    key("course"),
    words("event_id"),
    Column("since", Day, nullable=False),
    Column("received_at", Moment, nullable=False),
)
