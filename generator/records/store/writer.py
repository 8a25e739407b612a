"""The one writer: takes all that waits into one transaction, and answers after its commit."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, RootTransaction
from sqlalchemy.exc import DBAPIError

from ...errors import OperatorError
from ..audit_trail import Clock
from ..errors import Busy
from .database_errors import OutOfReach, explain_fault
from .engines import Engines

T = TypeVar("T")
Item = TypeVar("Item")
Job = Callable[[Connection], T]

#: The most writes of one transaction, and the most that may wait.
GROUP = 256
WAITING = 4_096
#: Seconds to wait for as many writes as came last time: a class that hands in goes in step, and a
#: transaction of all of them takes less time than two of half of them. A lone write waits for nobody.
LINGER = 0.01


@dataclass(frozen=True)
class Returned(Generic[T]):
    """A result that is given as it is: a fault in it is not raised, since what was written has to stay."""

    value: T


#: Writes several items at once, at a moment; returns for each what came of it, or why it was refused.
Batch = Callable[[Connection, Sequence[Item], datetime], Sequence[T | Returned[T] | Exception]]


@dataclass(frozen=True, kw_only=True)
class QueuedWrite:
    """A write that waits, and the promise of what comes of it; those of one batch are run together."""

    batch: Batch[Any, Any]
    item: Any
    promise: Future[Any] = field(default_factory=Future)


class Writer:
    """A thread with the only connection that writes. Group commit: one sync for all that wait."""

    def __init__(
        self,
        engines: Engines,
        clock: Clock,
        *,
        group: int = GROUP,
        waiting: int = WAITING,
        linger: float = LINGER,
    ) -> None:
        self._engines, self._clock = engines, clock
        self._group, self._most, self._linger = group, waiting, linger
        self._waiting: deque[QueuedWrite] = deque()
        self._changed = threading.Condition()
        self._is_closing = False
        self._enough, self._last = 1, 1
        self._connection: Connection | None = None
        self._thread = threading.Thread(target=self._run, name="taphuan-writer", daemon=True)
        self._thread.start()

    def put(self, batch: Batch[Item, T], item: Item) -> Future[T]:
        """Writes an item together with all that wait for the same batch: the fast way for many alike.

        The future has the result once it is on disk. The batch gets the items in their order, with the
        moment, and answers each: with what came of it, or an exception, which its future raises. What it
        reads stays so until it is written. Where the batch itself raises, it gets each item by itself. The
        call itself raises Busy, or OperatorError.
        """
        waiting = QueuedWrite(batch=batch, item=item)
        with self._changed:
            if self._is_closing:
                raise OperatorError.of("ledger.closed")
            if len(self._waiting) >= self._most:
                raise Busy
            self._waiting.append(waiting)
            if len(self._waiting) >= self._enough:
                self._changed.notify()
        return waiting.promise

    def close(self) -> None:
        """Writes what still waits, then lets go of the connection."""
        with self._changed:
            self._is_closing = True
            self._changed.notify()
        self._thread.join()

    # --- the thread ---------------------------------------------------------------------------

    def _run(self) -> None:
        while group := self._next():
            started = [waiting for waiting in group if waiting.promise.set_running_or_notify_cancel()]
            # Nobody is answered before the transaction is on disk.
            for waiting, outcome in zip(started, self._written(started), strict=True):
                if isinstance(outcome, Exception):
                    waiting.promise.set_exception(outcome)
                else:
                    waiting.promise.set_result(outcome.value if isinstance(outcome, Returned) else outcome)
        with self._engines.write_lock:
            self._let_go()

    def _next(self) -> list[QueuedWrite]:
        """Returns all that waits, up to a group; empty only when closing."""
        with self._changed:
            for enough, seconds in ((1, None), (self._last, self._linger)):
                self._enough = enough
                self._changed.wait_for(
                    lambda: len(self._waiting) >= self._enough or self._is_closing, seconds
                )
            group = [self._waiting.popleft() for _ in range(min(self._group, len(self._waiting)))]
            self._last = len(group)
            return group

    def _written(self, group: list[QueuedWrite]) -> list[Any]:
        """Returns what came of each once the transaction is on disk; the same fault for all if it is not.

        Writes of one batch that stand beside each other are run as one.
        """
        try:
            with self._engines.write_lock:
                connection, transaction = self._begun()
                with transaction:
                    outcomes = [
                        self._outcomes(connection, batch, [waiting.item for waiting in run])
                        for batch, run in groupby(group, lambda waiting: waiting.batch)
                    ]
            return [outcome for run in outcomes for outcome in run]
        except Exception as fault:
            # Nobody else sees this thread's faults, and without it no write would be answered again.
            self._let_go()
            return [_operator_message(fault)] * len(group)

    def _begun(self) -> tuple[Connection, RootTransaction]:
        """Returns a transaction, on a new connection where a server has ended the kept one."""
        if self._connection is not None:
            try:
                return self._connection, self._connection.begin()
            except DBAPIError:
                if not self._connection.invalidated:
                    raise
                self._let_go()
        self._connection = self._engines.writer.connect()
        return self._connection, self._connection.begin()

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _outcomes(
        self, connection: Connection, batch: Batch[Any, Any], items: Sequence[Any]
    ) -> Sequence[Any]:
        """Runs a batch in a savepoint; one that fails, item by item, so that none takes others with it."""
        try:
            with connection.begin_nested():
                return batch(connection, items, self._clock())
        except Exception as fault:
            if not _is_in_transaction(connection):
                raise
            if len(items) == 1:
                return [fault]
        return [outcome for item in items for outcome in self._outcomes(connection, batch, [item])]


def _operator_message(fault: Exception) -> Exception:
    """Returns what the operator is shown: the fault of the database that came first in the chain."""
    chain: list[BaseException] = [fault]
    while chain[-1].__context__ is not None:
        chain.append(chain[-1].__context__)
    driver_errors = [error for error in chain if isinstance(error, DBAPIError)]
    if not driver_errors:
        return fault
    what, fix = explain_fault(driver_errors[-1].orig)
    return OutOfReach.of("ledger.unwritten", what=what, fix=fix)


def _is_in_transaction(connection: Connection) -> bool:
    """Returns whether the transaction outlived a fault; a full disk or a lost server ends it for all."""
    if connection.invalidated:
        return False
    return bool(getattr(connection.connection.dbapi_connection, "in_transaction", True))
