"""The database's own name; units, persons, rosters."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column
from sqlalchemy import text as sql

from .base import LEVELS, keyed, one_of, table, to
from .columns import Day, Flag, Moment, Number, Words, key, words

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
    Column("parent", Words, to("unit.id"), index=True),
    words("level"),
    Column("code", Words),
    words("name"),
    words("folded"),
    Column("valid_from", Day),
    Column("valid_to", Day),
    one_of("level", LEVELS),
)

#: What a unit was called, or was formed from. One former name may lead to several units.
former_name = keyed(
    "former_name", key("folded"), Column("unit", Words, to("unit.id"), primary_key=True), words("name")
)

person = table(
    "person",
    key(),
    Column("full_name", Words),
    Column("folded", Words),
    Column("position", Words),
    Column("unit", Words, to("unit.id"), index=True),
    Column("active", Flag, nullable=False),
    # Computed from the ledger: the person that remains, never another merged one.
    Column("merged_into", Words, to("person.id"), index=True),
    Column("erased_at", Moment),
    # Random, and gone once the person is erased: without it nobody finds a name by trying digests.
    Column("salt", Words),
)

roster = table(
    "roster",
    key(),
    words("level"),
    Column("as_of", Day, nullable=False),
    words("decision_ref"),
    words("source_sha256"),
    Column("frozen_at", Moment, nullable=False),
    Column("synthetic", Flag, nullable=False),
    # In the order of freezing, from 1: by it a list is called, and it never changes.
    Column("number", Number, nullable=False, server_default=sql("0"), index=True, unique=True),
    one_of("level", LEVELS),
)

#: Which roster another one stands in for, and why. Append-only.
superseded_roster = table(
    "superseded_roster",
    Column("roster", Words, to("roster.id"), primary_key=True),
    words("by_roster", to("roster.id"), unique=True),
    words("reason"),
    words("decision_ref"),
    Column("at", Moment, nullable=False),
    CheckConstraint("roster <> by_roster", name="other"),
)

roster_member = keyed(
    "roster_member",
    Column("roster", Words, to("roster.id"), primary_key=True),
    Column("person", Words, to("person.id"), primary_key=True, index=True),
    words("unit", to("unit.id")),
    words("level"),
    one_of("level", LEVELS),
)
