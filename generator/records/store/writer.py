"""The one writer: takes all that waits into one transaction, and answers after its commit."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, RootTransaction
from sqlalchemy.exc import DBAPIError

from ...errors import OperatorError
from ..audit_trail import Clock
from ..errors import Busy, raises_unknown
from ..events.ledger import Appended, Event
from ..events.projections import record_each
from .database_errors import OutOfReach, explain_fault
from .engines import Engines


class MadeEvent(Protocol):
    """An event, with what else was made along with it."""

    @property
    def event(self) -> Event: ...


@dataclass(frozen=True, kw_only=True)
class DeferredEvent:
    """An event that is made from its source in the transaction that appends it.

    `make` reads what it needs for several at once, writes nothing, and answers each: made, or refused.
    """

    make: Callable[[Connection, Sequence[Any]], Sequence[MadeEvent | Exception]]
    source: Any


Work = Event | DeferredEvent
#: The outcome of a write, kept until the commit.
Outcome = tuple[Any, Exception | None]


def record_works(connection: Connection, works: Sequence[Work], now: datetime) -> list[Outcome]:
    """Records each for itself. A deferred event sees all that its person did before it, even in this batch.

    An event comes to its place, a deferred one to what was made and its place. Raises DBAPIError.
    """
    made = _make_events(connection, works)
    early, late = _in_turn(works, made)
    outcomes = dict(zip(early, _record_made(connection, [made[place] for place in early], now), strict=True))
    for place in late:
        outcomes[place] = _record_made(connection, _make_events(connection, [works[place]]), now)[0]
    return [outcomes[place] for place in range(len(works))]


MadeOrRefused = Event | MadeEvent | Exception


def _make_events(connection: Connection, works: Sequence[Work]) -> list[MadeOrRefused]:
    """Returns the event of each work, or why it is refused; deferred ones of a kind together."""
    made: list[MadeOrRefused] = []
    for make, run in groupby(works, lambda work: work.make if isinstance(work, DeferredEvent) else None):
        if make is None:
            made += [work for work in run if isinstance(work, Event)]
        else:
            made += make(connection, [work.source for work in run if isinstance(work, DeferredEvent)])
    return made


def _in_turn(works: Sequence[Work], made: Sequence[MadeOrRefused]) -> tuple[list[int], list[int]]:
    """Returns places that can go together, and those that must see an earlier one of their person."""
    early: list[int] = []
    late: list[int] = []
    persons: set[str] = set()
    for place, (work, event) in enumerate(zip(works, made, strict=True)):
        person = None if isinstance(event, Exception) else _event_of(event).person
        is_late = isinstance(work, DeferredEvent) and person in persons
        (late if is_late else early).append(place)
        if person is not None:
            persons.add(person)
    return early, late


def _record_made(connection: Connection, made: Sequence[MadeOrRefused], now: datetime) -> list[Outcome]:
    events = [_event_of(event) for event in made if not isinstance(event, Exception)]
    appended = iter(record_each(connection, events, now))
    return [_outcome(event, event if isinstance(event, Exception) else next(appended)) for event in made]


def _event_of(made: Event | MadeEvent) -> Event:
    return made if isinstance(made, Event) else made.event


def _outcome(made: MadeOrRefused, appended: Any) -> Outcome:
    if isinstance(appended, Exception):
        return None, appended
    return (appended if isinstance(made, Event) else (made, appended)), None


T = TypeVar("T")
Job = Callable[[Connection], T]
Source = TypeVar("Source")
Made = TypeVar("Made", bound=MadeEvent)

#: The most writes of one transaction, and the most that may wait.
GROUP = 256
WAITING = 4_096
#: Seconds to wait for as many writes as came last time: a class that hands in goes in step, and a
#: transaction of all of them takes less time than two of half of them. A lone write waits for nobody.
LINGER = 0.01
#: Works that are recorded in batches; a job is run in a savepoint of its own.
OF_EVENTS = (Event, DeferredEvent)


@dataclass(frozen=True, kw_only=True)
class QueuedWrite:
    """A write that waits, and the promise of its outcome."""

    work: Work | Job[Any]
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

    def append(self, event: Event) -> Future[Appended]:
        return self._put(QueuedWrite(work=event))

    def append_from(
        self, make: Callable[[Connection, Sequence[Source]], Sequence[Made | Exception]], source: Source
    ) -> Future[tuple[Made, Appended]]:
        return self._put(QueuedWrite(work=DeferredEvent(make=make, source=source)))

    def submit(self, job: Job[T]) -> Future[T]:
        return self._put(QueuedWrite(work=job))

    def _put(self, waiting: QueuedWrite) -> Future[Any]:
        with self._changed:
            if self._is_closing:
                raise OperatorError("sổ theo dõi đã đóng", fix="mở lại sổ rồi ghi")
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
            self._settle(started, self._written(started))
        with self._engines.write_lock:
            self._let_go()

    def _next(self) -> list[QueuedWrite]:
        """Returns all that waits, up to a group; empty only when closing."""
        with self._changed:
            self._await(1)
            self._await(self._last, self._linger)
            group = [self._waiting.popleft() for _ in range(min(self._group, len(self._waiting)))]
            self._last = len(group)
            return group

    def _await(self, enough: int, seconds: float | None = None) -> None:
        """Waits until so many wait, or no more will come; at most so long, in seconds."""
        self._enough = enough
        self._changed.wait_for(lambda: len(self._waiting) >= enough or self._is_closing, seconds)

    def _written(self, group: Sequence[QueuedWrite]) -> list[Outcome]:
        """Returns the outcome of each once the transaction is on disk; the same fault for all if not."""
        try:
            with self._engines.write_lock:
                connection, transaction = self._begun()
                with transaction:
                    return self._outcomes(connection, group)
        except Exception as fault:
            # Nobody else sees this thread's faults, and without it no write would be answered again.
            self._let_go()
            return [(None, _operator_message(fault))] * len(group)

    def _settle(self, group: Sequence[QueuedWrite], outcomes: Sequence[Outcome]) -> None:
        """Keeps the promises. Nobody is answered before this."""
        for waiting, (value, fault) in zip(group, outcomes, strict=True):
            if fault is None:
                waiting.promise.set_result(value)
            else:
                waiting.promise.set_exception(fault)

    def _begun(self) -> tuple[Connection, RootTransaction]:
        """Returns a transaction, on a new connection where a server has ended the kept one."""
        connection = self._connected()
        try:
            return connection, connection.begin()
        except DBAPIError:
            if not connection.invalidated:
                raise
        self._let_go()
        connection = self._connected()
        return connection, connection.begin()

    def _connected(self) -> Connection:
        if self._connection is None:
            self._connection = self._engines.writer.connect()
        return self._connection

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    # --- one transaction ----------------------------------------------------------------------

    def _outcomes(self, connection: Connection, group: Sequence[QueuedWrite]) -> list[Outcome]:
        """Runs the group in its order; events that stand beside each other go as one batch."""
        outcomes: list[Outcome] = []
        for is_batch, run in groupby(
            (waiting.work for waiting in group), lambda work: isinstance(work, OF_EVENTS)
        ):
            if is_batch:
                outcomes += self._batch(connection, [work for work in run if isinstance(work, OF_EVENTS)])
            else:
                outcomes += [_run_job(connection, work) for work in run if not isinstance(work, OF_EVENTS)]
        return outcomes

    def _batch(self, connection: Connection, works: Sequence[Work]) -> list[Outcome]:
        """Records each for itself; where the database refuses the batch, one by one to find the culprit."""
        now = self._clock()
        outcomes, fault = _run_job(connection, partial(record_works, works=works, now=now))
        return outcomes if fault is None else [self._alone(connection, work, now) for work in works]

    def _alone(self, connection: Connection, work: Work, now: datetime) -> Outcome:
        def recording(connection: Connection) -> list[Outcome]:
            with raises_unknown("the event's person"):
                return record_works(connection, [work], now)

        outcomes, fault = _run_job(connection, recording)
        return outcomes[0] if fault is None else (None, fault)


def _operator_message(fault: Exception) -> Exception:
    """Returns what the operator is shown: the fault of the database that came first in the chain."""
    chain: list[BaseException] = [fault]
    while chain[-1].__context__ is not None:
        chain.append(chain[-1].__context__)
    driver_errors = [error for error in chain if isinstance(error, DBAPIError)]
    if not driver_errors:
        return fault
    what, fix = explain_fault(driver_errors[-1].orig)
    return OutOfReach(f"không ghi được vào sổ theo dõi: {what}", fix=fix)


def _run_job(connection: Connection, job: Job[Any]) -> Outcome:
    """Runs a job in a savepoint of its own; a fault in it is the outcome, for its caller."""
    try:
        with connection.begin_nested():
            return job(connection), None
    except Exception as fault:
        if not _is_in_transaction(connection):
            raise
        return None, fault


def _is_in_transaction(connection: Connection) -> bool:
    """Returns whether the transaction outlived a fault; a full disk or a lost server ends it for all."""
    if connection.invalidated:
        return False
    return bool(getattr(connection.connection.dbapi_connection, "in_transaction", True))
