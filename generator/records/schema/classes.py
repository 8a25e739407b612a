"""Classes, activities, plans, certificates, and what the office says."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column

from .base import table, to
from .columns import Day, Flag, Moment, Number, Words, key, words

class_session = table(
    "class_session",
    key(),
    words("unit", to("unit.id"), index=True),
    Column("held_on", Day, nullable=False, index=True),
    Column("minutes", Number, nullable=False),
    Column("trainer", Words),
    words("course"),
    Column("headcount", Number, nullable=False),
    Column("sheet_ref", Words),
    Column("anonymous", Flag, nullable=False),
    Column("entered_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    CheckConstraint("NOT anonymous OR (trainer IS NULL AND sheet_ref IS NULL)", name="nameless"),
)

activity = table(
    "activity",
    key(),
    words("unit", to("unit.id"), index=True),
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
    words("unit", to("unit.id"), index=True),
    words("number"),
    Column("issued_on", Day, nullable=False),
    Column("first_year", Number, nullable=False),
    Column("last_year", Number, nullable=False),
    Column("entered_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    CheckConstraint("first_year <= last_year", name="years"),
)

certificate = table(
    "certificate",
    key("serial"),
    words("person", to("person.id"), index=True),
    words("course"),
    Column("version", Words),
    Column("issued_at", Moment, nullable=False),
    words("event"),
    Column("revoked_at", Moment),
)

#: What only the office can know; the last entered of a target and period stands.
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
