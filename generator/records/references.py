"""References that lead nowhere, told in our own words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError

from .refusals import Unknown


@contextmanager
def known(what: str) -> Iterator[None]:
    """Has a foreign key that leads nowhere raise Unknown; other faults of the database stay as they are."""
    try:
        yield
    except IntegrityError as fault:
        if "FOREIGN KEY" in str(fault.orig).upper():
            raise Unknown(what) from fault
        raise
