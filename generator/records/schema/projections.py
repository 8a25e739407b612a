"""What is computed from the ledger and the rosters, whose foreign keys vouch for these rows too."""

from __future__ import annotations

from sqlalchemy import Column

from .base import EVIDENCE, keyed, one_of
from .columns import Day, Flag, Moment, Number, Words, key, words

#: Answers to a form. `standing`: counted, pending (evidence D without a countersignature) or voided.
attempt = keyed(
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
    one_of("standing", ("counted", "pending", "voided")),
)

#: One row for each class of evidence, with the event that first completed the course in it and its rule.
completion = keyed(
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
pending = keyed(
    "pending",
    key("person"),
    key("course"),
    key("event_id"),
    words("kind"),
    words("actor"),
    Column("done_on", Day, nullable=False),
)

#: Excused from a course: shown apart, and not done.
waiver = keyed(
    "waiver",
    key("person"),
    key("course"),
    words("event_id"),
    Column("since", Day, nullable=False),
    Column("received_at", Moment, nullable=False),
)

#: Persons of a roster that completed a course, each once, under the strongest evidence; or are waived.
tally = keyed(
    "tally",
    key("roster"),
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
    key("roster"),
    key("unit"),
    words("level"),
    Column("persons", Number, nullable=False),
)

#: The tables whose rows can be computed again, whatever became of them.
COMPUTED = frozenset(one.name for one in (attempt, completion, pending, waiver, tally, expected))
