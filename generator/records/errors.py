"""Errors of writes that the records do not accept; nothing has changed when one is raised."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from ..errors import TaphuanError


class Refused(TaphuanError):
    """The base of every refusal; never raised itself."""


class Conflict(Refused):
    """An event id that was used before for something else."""


class Repeated(Refused):
    """The same event id twice in one batch."""


class Malformed(Refused):
    """A value that is not of the shape its kind has."""


class Unattributed(Refused):
    """A write that is not a learner's, without an actor or a reason."""


class Unknown(Refused):
    """A person, unit, event, account or session that is not there."""


class NotAllowed(Refused):
    """A well-formed write against a rule: a void of a void, a countersignature of one's own entry."""


class Mixed(NotAllowed):
    """Made-up people where there are real ones, or real ones where there are made-up: one ledger each."""


class Voided(NotAllowed):
    """The entry was voided already, and no longer counts."""


class Countersigned(NotAllowed):
    """The entry was countersigned already, which happens once."""


class Busy(Refused):
    """Too much is waiting; the same call may succeed after `retry_after` seconds."""

    def __init__(self, retry_after: int = 1) -> None:
        super().__init__(f"retry after {retry_after} s")
        self.retry_after = retry_after


class WrongCode(Refused):
    """A code, password or token that does not match, or has expired; says no more on purpose."""


class Locked(Refused):
    """Ten failures within an hour: nothing is tried before `until`, in `retry_after` seconds."""

    def __init__(self, until: datetime, now: datetime) -> None:
        super().__init__(f"locked until {until}")
        self.until = until
        self.retry_after = max(math.ceil((until - now).total_seconds()), 1)


@contextmanager
def raises_unknown(what: str) -> Iterator[None]:
    """Raises Unknown where a foreign key leads nowhere; other faults of the database stay as they are."""
    try:
        yield
    except IntegrityError as fault:
        if leads_nowhere(fault):
            raise Unknown(what) from fault
        raise


def leads_nowhere(fault: IntegrityError) -> bool:
    """Returns whether the fault is that of a foreign key."""
    return "FOREIGN KEY" in str(fault.orig).upper()
