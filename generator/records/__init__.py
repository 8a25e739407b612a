"""Records: who was expected, who did what, and the share that follows.

`Store` opens a database. Inside a job or a read, the functions of `people` and `training` take its
connection; `access` is about signing in.
"""

from .audit_trail import By
from .errors import (
    Busy,
    Conflict,
    Countersigned,
    Locked,
    Malformed,
    Mixed,
    NotAllowed,
    Refused,
    Repeated,
    Unattributed,
    Unknown,
    Voided,
    WrongCode,
)
from .events.ledger import Appended, Event, LedgerFault, Recorded, event_by_id
from .events.projections import record, record_all
from .schema import EVIDENCE
from .store import Store, backup, restore

__all__ = [
    "EVIDENCE",
    "Appended",
    "Busy",
    "By",
    "Conflict",
    "Countersigned",
    "Event",
    "LedgerFault",
    "Locked",
    "Malformed",
    "Mixed",
    "NotAllowed",
    "Recorded",
    "Refused",
    "Repeated",
    "Store",
    "Unattributed",
    "Unknown",
    "Voided",
    "WrongCode",
    "backup",
    "event_by_id",
    "record",
    "record_all",
    "restore",
]
