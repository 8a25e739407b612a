"""Who writes and why, and the trail that it leaves."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection

from . import digests, schema
from .refusals import Unattributed

Clock = Callable[[], datetime]
NewId = Callable[[], str]


def now() -> datetime:
    return datetime.now(UTC)


def new_id() -> str:
    """A random id (UUID 4) in lower case, from the system's secure source."""
    return str(uuid.uuid4())


@dataclass(frozen=True, kw_only=True)
class By:
    """The one who writes, an account's id or the command line's user, and the reason."""

    actor: str
    reason: str

    def __post_init__(self) -> None:
        if not self.actor.strip() or not self.reason.strip():
            raise Unattributed("an actor and a reason are needed")


def note(connection: Connection, action: str, subject: str, *, by: By, now: datetime) -> None:
    """Adds a row to the audit trail. `subject` is an id, never a name, a code or a token."""
    row = {"id": new_id(), "at": now, "action": action, "subject": subject}
    digests.add(connection, schema.audit, [{**row, "actor": by.actor, "reason": by.reason}])
