"""The tables, the same on SQLite and on PostgreSQL.

`event` is the truth about who did what; `attempt`, `attendance`, `completion`, `pending` and `waiver` are
computed from it, and can be dropped and rebuilt at will.
Nothing else about a person is kept than a name, a position and a unit.
"""

from .access_tables import account, audit, credential, invitation, session
from .columns import EVIDENCE, LEVELS, METADATA, ROLES
from .tables import (
    ENTRY_TABLES,
    attempt,
    attendance,
    certificate,
    class_session,
    completion,
    course_version,
    event,
    form,
    former_name,
    identity,
    observation,
    pending,
    person,
    roster,
    roster_member,
    row_digest,
    superseded_roster,
    unit,
    waiver,
)

#: The newest migration; a database at another one is migrated when it is opened.
REVISION = "0001_records"

__all__ = [
    "ENTRY_TABLES",
    "EVIDENCE",
    "LEVELS",
    "METADATA",
    "REVISION",
    "ROLES",
    "account",
    "attempt",
    "attendance",
    "audit",
    "certificate",
    "class_session",
    "completion",
    "course_version",
    "credential",
    "event",
    "form",
    "former_name",
    "identity",
    "invitation",
    "observation",
    "pending",
    "person",
    "roster",
    "roster_member",
    "row_digest",
    "session",
    "superseded_roster",
    "unit",
    "waiver",
]
