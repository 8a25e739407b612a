"""Who was expected, who did what: a ledger of facts, and what follows from it.

`Store` opens a database. Inside a job or a read, the functions of `people`, `classes`, `courses`,
`answers` and `progress` take its connection; `access` is about signing in.
"""

from .attribution import By
from .ledger import Appended, Event, LedgerFault, Recorded, recorded
from .recording import record, record_all
from .refusals import (
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
from .store import Store, backup, restore

__all__ = [
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
    "record",
    "record_all",
    "recorded",
    "restore",
]
