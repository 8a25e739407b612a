"""What every route has at hand, and how it reads and writes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import Depends
from sqlalchemy import Connection
from starlette.requests import Request

from ..programme.model.programme import Programme
from ..records.access import Hashing, Learners, Staff
from ..records.refusals import Busy
from ..records.store import Store
from .attempts import Attempts
from .handing_in import HandingIn
from .measures import Measures
from .pages import Pages
from .queues import Queue
from .rates import Allowance
from .recent_sessions import RecentSessions
from .results import Results
from .sealed import SealedFiles
from .settings import Settings
from .sheet import Sheets

T = TypeVar("T")

#: How many may wait for a thread that does argon2: some classes that come at the same moment.
MOST_WAITING = 600
#: How many try a code at a time from where too many were wrong, and how many of them may wait: so many that
#: whoever guesses from one machine does not fill it, and a neighbour waits some seconds at most.
SUSPECTS, MOST_SUSPECTS = 1, 300
#: How many browsers print at a time.
PRINTING = 2
#: How many lists are read and looked through at a time: each may take 200 MB.
READING = 1


@dataclass(frozen=True, kw_only=True)
class Service:
    """The parts of a running service. `slow` are the threads that may wait for argon2, `queue` leads to them,
    `suspects` to one for where too many codes were wrong. `printing` are those that may run a browser;
    `reading` is for what holds a whole list.
    """

    programme: Programme
    store: Store
    settings: Settings
    pages: Pages
    attempts: Attempts
    handing_in: HandingIn
    results: Results
    sheets: Sheets
    learners: Learners
    staff: Staff
    hashing: Hashing
    random: Callable[[int], bytes]
    measures: Measures
    writes: Allowance
    sign_in_fails: Allowance
    confirmations: Allowance
    papers: Allowance
    forms: Allowance
    sealed: SealedFiles
    recent_sessions: RecentSessions
    slow: CapacityLimiter
    queue: Queue
    suspects: Queue
    printing: CapacityLimiter
    reading: CapacityLimiter

    def now(self) -> datetime:
        return self.store.now()

    async def read(self, job: Callable[[Connection], T]) -> T:
        """What a job reads, in a thread of its own."""

        def reading() -> T:
            with self.store.read() as connection:
                return job(connection)

        return await to_thread.run_sync(reading)

    async def write(self, job: Callable[[Connection], T]) -> T:
        """What a job comes to, once it is on disk."""
        return await asyncio.wrap_future(self.store.submit(job))

    def later(self, job: Callable[[Connection], object]) -> None:
        """A write that nobody waits for; left out where too many wait already."""
        with suppress(Busy):
            self.store.submit(job)

    async def slowly(self, work: Callable[[], T]) -> T:
        """What takes argon2, such as signing in. Raises Busy where too many wait for it already."""
        return await self.queue.run(work)


async def service(request: Request) -> Service:
    found: Service = request.app.state.service
    return found


Of = Annotated[Service, Depends(service)]
