"""Learners who hand in tests over HTTP for as long as it takes, and what the ledger must hold of it."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from queue import Empty, SimpleQueue
from random import Random
from typing import Any

import httpx
from fixtures_service import write_programme
from lossy_clients import Learner, enrol_learners
from service_processes import Deployment, free_port, wait_until
from sqlalchemy import select

from taphuan.programme.loader import load
from taphuan.records import Store, schema
from taphuan.records.access.credentials import Hashing

#: Attempts that the programme of these trials allows, so that few learners hand in many.
ALLOWED = 40
ATTEMPTS_LINE = "  attempts: "


def programme_at(root: Path) -> Path:
    """Writes the sample programme, its test to be taken many times, with a site of one page."""
    write_programme(root)
    course = root / "curricula/nuoc-sach.yml"
    lines = course.read_text(encoding="utf-8").splitlines(keepends=True)
    allowed = [f"{ATTEMPTS_LINE}{ALLOWED}\n" if line.startswith(ATTEMPTS_LINE) else line for line in lines]
    assert allowed != lines
    course.write_text("".join(allowed), encoding="utf-8")
    (root / "site").mkdir()
    (root / "site/index.html").write_text("<!doctype html><p>Trang đầu", encoding="utf-8")
    return root


def deployment_at(
    root: Path, database: str, hashing: Hashing, *, learners: int
) -> tuple[Deployment, list[str]]:
    """Makes a ledger with learners in it; returns where it will be served, and their codes."""
    programme = load(root).programme
    assert programme is not None
    with Store.open(database) as store:
        codes = enrol_learners(store, programme, hashing, learners)
    return Deployment(root=root, database=database, port=free_port()), codes


class RetryingLearner(Learner):
    """Sends again what was not answered or could not be written, as the page does; remembers the answers.

    Each comes from an address of its own, as through a proxy.
    """

    numbers = count(1)

    def __post_init__(self) -> None:
        super().__post_init__()
        number = next(self.numbers)
        self.client.headers["X-Forwarded-For"] = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        self.random, self.bodies, self.answers = Random(number), {}, Counter[int]()  # type: ignore[var-annotated]

    def ask(self, method: str, path: str, body: Any = None) -> httpx.Response:
        while True:
            answer = super().ask(method, path, body)
            self.answers[answer.status_code] += 1
            if answer.status_code < 500:
                return answer
            time.sleep(0.05)

    def begin(self) -> tuple[str, dict[str, Any]]:
        """As any learner, but with a part chosen at random, so that marks differ."""
        attempt, body = super().begin()
        for number in body["responses"]:
            body["responses"][number] = [self.random.choice("12")]
        return attempt, body

    def hand_in(self, attempt: str, body: Any) -> None:
        self.bodies[attempt] = body
        super().hand_in(attempt, body)


class LearnersHandingIn:
    """So many clients at a time hand in, each learner after the other, until they are told to stop."""

    def __init__(self, address: str, codes: Sequence[str], *, clients: int) -> None:
        self.learners = [RetryingLearner(address=address, code=code) for code in codes]
        self._waiting: SimpleQueue[RetryingLearner] = SimpleQueue()
        for learner in self.learners:
            self._waiting.put(learner)
        self._is_over, self._faults = threading.Event(), []  # type: ignore[var-annotated]
        self._threads = [threading.Thread(target=self._run) for _ in range(clients)]

    @property
    def acknowledged(self) -> int:
        return sum(len(learner.results) for learner in self.learners)

    @property
    def answers(self) -> Counter[int]:
        return sum((learner.answers for learner in self.learners), Counter())

    def wait_for(self, more: int) -> None:
        """Waits until so many more are acknowledged."""
        enough = self.acknowledged + more

        def is_enough() -> bool:
            assert not self._faults, self._faults
            assert any(thread.is_alive() for thread in self._threads), "all attempts are used up"
            return self.acknowledged >= enough

        wait_until(is_enough, f"{more} more acknowledged")

    def send_again(self) -> list[str]:
        """Stops, and sends everything again; returns what was answered in another way than before."""
        self.stop()
        for learner in self.learners:
            for attempt, body in learner.bodies.items():
                learner.hand_in(attempt, body)
        return [attempt for learner in self.learners for attempt in learner.contradicted]

    def _run(self) -> None:
        try:
            while not self._is_over.is_set():
                self._hand_in_all(self._waiting.get_nowait())
        except Empty:
            pass
        except BaseException as fault:
            self._faults.append(repr(fault))
            raise

    def _hand_in_all(self, learner: RetryingLearner) -> None:
        learner.sign_in()
        for _ in range(ALLOWED):
            if self._is_over.is_set():
                return
            learner.hand_in(*learner.begin())

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Lets each client end what it began; the service has to be there."""
        self._is_over.set()
        for thread in self._threads:
            thread.join()

    def close(self) -> None:
        for learner in self.learners:
            learner.client.close()


@contextmanager
def handing_in(address: str, codes: Sequence[str], *, clients: int = 6) -> Iterator[LearnersHandingIn]:
    """Learners who hand in until the end of the block, where a service has to be there still."""
    crowd = LearnersHandingIn(address, codes, clients=clients)
    crowd.start()
    try:
        yield crowd
    finally:
        crowd.stop()
        crowd.close()


def faults(store: Store, learners: Sequence[Learner]) -> Iterator[str]:
    """Yields what was acknowledged and is not there once with its mark, and what nobody handed in."""
    event = schema.event.c
    with store.read() as connection:
        rows = connection.execute(select(event.event_id, event.payload)).all()
    times, payloads = Counter(row.event_id for row in rows), {row.event_id: row.payload for row in rows}
    answered = {id: result for learner in learners for id, result in learner.results.items()}
    yield from (f"missing {id}" for id in answered.keys() - times.keys())
    yield from (f"twice {id}" for id, number in times.items() if number > 1)
    yield from (f"nobody's {id}" for id in times.keys() - answered.keys())
    for id in answered.keys() & payloads.keys():
        payload = json.loads(payloads[id])
        if any(payload[name] != answered[id][name] for name in ("right", "asked", "passed")):
            yield f"another mark {id}"
