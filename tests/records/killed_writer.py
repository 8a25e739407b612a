"""Forks writers under load, to be killed. Run as a program; one line of JSON for each writer.

A writer says `sent n` before it sends attempt n and `ack n` after it was answered. One that replies
early is the bug that the checker must catch: it answers before the commit.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any

from fixtures_province import answered, append
from sqlalchemy import Connection

from taphuan.records import Event, Store
from taphuan.records.store import store as opening
from taphuan.records.store.writer import Batch, QueuedWrite, Writer

CLIENTS = 6


class EarlyReplyWriter(Writer):
    """Answers as soon as the rows are written, before they are committed."""

    def _written(self, group: list[QueuedWrite]) -> list[Any]:
        self._unanswered = deque(group)
        super()._written(group)
        # Each was answered already.
        group.clear()
        return []

    def _outcomes(
        self, connection: Connection, batch: Batch[Any, Any], items: Sequence[Any]
    ) -> Sequence[Any]:
        outcomes = super()._outcomes(connection, batch, items)
        for outcome in outcomes:
            self._unanswered.popleft().promise.set_result(outcome)
        time.sleep(0.02)
        return outcomes


def attempt(n: int) -> Event:
    return answered(n, f"p{n % 6}", right=n % 11)


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def write(url: str, first: int, again: Sequence[int]) -> None:
    """Sends attempts for ever: those to be sent again, then new ones."""
    store = Store.open(url)
    numbers, lock = _numbers(first, again), threading.Lock()

    def client() -> None:
        while True:
            with lock:
                n = next(numbers)
            say(f"sent {n}")
            append(store, attempt(n)).result()
            say(f"ack {n}")

    clients = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in clients:
        thread.start()
    for thread in clients:
        thread.join()


def _numbers(first: int, again: Sequence[int]) -> Iterator[int]:
    yield from again
    while True:
        yield first
        first += 1


def main() -> None:
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            if asked["replies_early"]:
                vars(opening)["Writer"] = EarlyReplyWriter
            write(asked["url"], asked["first"], asked["again"])
        say(f"born {child}")
        os.waitpid(child, 0)
        say("gone")


if __name__ == "__main__":
    main()
