"""What is computed from the ledger and the rosters."""

from __future__ import annotations

from sqlalchemy import Column

from .base import EVIDENCE, keyed, one_of, to
from .columns import Day, Flag, Moment, Number, Words, key, words

#: Answers to a form. `standing`: counted, pending (evidence D without a countersignature) or voided.
attempt = keyed(
    "attempt",
    Column("person", Words, to("person.id"), primary_key=True),
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
    one_of("standing", ("counted", "pending", "voided")),
)

#: One row for each class of evidence, with the event that first completed the course in it and its rule.
completion = keyed(
    "completion",
    Column("person", Words, to("person.id"), primary_key=True),
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
pending = keyed(
    "pending",
    Column("person", Words, to("person.id"), primary_key=True),
    key("course"),
    key("event_id"),
    words("kind"),
    words("actor"),
    Column("done_on", Day, nullable=False),
)

#: Excused from a course: shown apart, and not done.
waiver = keyed(
    "waiver",
    Column("person", Words, to("person.id"), primary_key=True),
    key("course"),
    words("event_id"),
    Column("since", Day, nullable=False),
)

#: Persons of a roster that completed a course, each once, under the strongest evidence; or are waived.
tally = keyed(
    "tally",
    Column("roster", Words, to("roster.id"), primary_key=True),
    key("unit"),
    key("course"),
    key("evidence"),
    words("level"),
    Column("persons", Number, nullable=False),
    one_of("evidence", (*EVIDENCE, "waived")),
)

#: Persons of a roster, merged ones once.
expected = keyed(
    "expected",
    Column("roster", Words, to("roster.id"), primary_key=True),
    key("unit"),
    words("level"),
    Column("persons", Number, nullable=False),
)
