"""A reply that is lost and a request that is sent again make no second attempt, over real HTTP."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest
from fixtures_service import REPOSITORY, listening, own_port
from lossy_clients import Learner, connected_learners, enrol_learners, faults

from taphuan.programme.model.programme import Programme
from taphuan.records import Store
from taphuan.records.access.credentials import Hashing
from taphuan.service import Settings, create_app

pytestmark = [pytest.mark.slow, pytest.mark.thorough]

HERE = Path(__file__).parent
ATTEMPTS = 3
#: How many hand in at a time where services die: each takes a group of so many with it, and one before.
FEW = 3


def at_once(learners: Sequence[Learner], does: Callable[[Learner], Any], *, most: int | None = None) -> None:
    with ThreadPoolExecutor(most or len(learners)) as pool:
        for done in [pool.submit(does, learner) for learner in learners]:
            done.result()


# --- the line breaks ------------------------------------------------------------------------------


@pytest.fixture
def address(programme: Programme, store: Store, hashing: Hashing) -> Iterator[str]:
    def make(settings: Settings) -> Any:
        return create_app(programme, store, settings=settings, hashing=hashing)

    with listening(make) as address:
        yield address


def drop_and_repeat(learner: Learner, *, is_answered: bool) -> None:
    learner.sign_in()
    for _ in range(ATTEMPTS):
        attempt, body = learner.begin()
        learner.drop(attempt, body, is_answered=is_answered)
        at_once([learner] * 3, partial(Learner.hand_in, attempt=attempt, body=body))
        first = learner.results[attempt]
        learner.hand_in(attempt, body)
        assert learner.told[-1] == 200
        assert learner.results[attempt] == first == learner.ask("GET", f"/api/attempts/{attempt}").json()


def broken_lines(
    address: str, programme: Programme, store: Store, hashing: Hashing, *, count: int, is_answered: bool
) -> list[Learner]:
    """Learners, each of whom lost the reply to every attempt and asked again."""
    with connected_learners(address, enrol_learners(store, programme, hashing, count)) as learners:
        at_once(learners, partial(drop_and_repeat, is_answered=is_answered))
    assert faults(store, learners) == []
    assert sum(len(learner.results) for learner in learners) == count * ATTEMPTS
    return learners


def test_a_reply_that_nobody_read_is_given_again(
    address: str, programme: Programme, store: Store, hashing: Hashing
) -> None:
    """It was there, so the attempt was on disk: whoever asks again is told 200, never 201."""
    learners = broken_lines(address, programme, store, hashing, count=8, is_answered=True)
    assert {status for learner in learners for status in learner.told} == {200}


def test_a_line_that_breaks_before_the_reply_leaves_one_attempt_or_none_and_then_one(
    address: str, programme: Programme, store: Store, hashing: Hashing
) -> None:
    broken_lines(address, programme, store, hashing, count=8, is_answered=False)


@pytest.mark.soak
@pytest.mark.parametrize("is_answered", [True, False])
def test_many_broken_lines(
    address: str, programme: Programme, store: Store, hashing: Hashing, is_answered: bool
) -> None:
    broken_lines(address, programme, store, hashing, count=150, is_answered=is_answered)


# --- the service dies -------------------------------------------------------------------------------


@contextmanager
def mortals(root: Path) -> Iterator[subprocess.Popen[str]]:
    path = os.pathsep.join([str(HERE), str(REPOSITORY)])
    with subprocess.Popen(
        [sys.executable, str(HERE / "killed_service.py"), str(root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    ) as program:
        yield program
        assert program.stdin is not None
        program.stdin.close()


class ServiceRestarter(threading.Thread):
    """Has one service after the other born, each to die by its own hand; counts those that did."""

    def __init__(self, root: Path, database: str, port: int, *, replies_early: bool) -> None:
        super().__init__()
        self.root, self.order = root, {"database": database, "port": port, "replies_early": replies_early}
        self.random, self.child, self.kills, self.is_over = Random(20_260_302), 0, 0, False

    def run(self) -> None:
        with mortals(self.root) as program:
            assert program.stdin is not None
            assert program.stdout is not None
            while not self.is_over:
                order = {**self.order, "after": self.random.randint(1, 2)}
                program.stdin.write(json.dumps(order) + "\n")
                program.stdin.flush()
                self.child = int(program.stdout.readline().removeprefix("born "))
                assert program.stdout.readline() == "gone\n"
                self.child = 0
                self.kills += not self.is_over

    def end(self) -> None:
        """The last one is not asked for anything any more."""
        self.is_over = True
        while self.is_alive():
            # It may have died by its own hand a moment ago.
            with suppress(ProcessLookupError):
                if self.child:
                    os.kill(self.child, signal.SIGKILL)
            self.join(0.1)


def killed(
    root: Path, database: str, codes: Sequence[str], *, replies_early: bool = False
) -> tuple[list[Learner], int]:
    """Learners who handed everything in while one service after the other died; how many did."""
    port = own_port()
    restarter = ServiceRestarter(root, database, port, replies_early=replies_early)
    restarter.start()
    try:
        with connected_learners(f"http://127.0.0.1:{port}", codes) as learners:
            # No service dies before all have signed in: a try that is cut off counts as a failure.
            at_once(learners, Learner.sign_in)
            at_once(learners, all_attempts, most=FEW)
    finally:
        restarter.end()
    return learners, restarter.kills


def all_attempts(learner: Learner) -> None:
    for _ in range(ATTEMPTS):
        learner.hand_in(*learner.begin())


def told_late(learners: Sequence[Learner]) -> int:
    """Attempts that were on disk already when their learner was first told so."""
    return sum(learner.told.count(200) for learner in learners)


@pytest.fixture
def book(pattern: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(pattern, tmp_path / 'records.db')}"


def survived(
    root: Path, book: str, programme: Programme, hashing: Hashing, *, count: int, replies_early: bool = False
) -> tuple[list[str], list[Learner], int]:
    """What is wrong after the kills, the learners, and how many kills there were."""
    with Store.open(book) as store:
        codes = enrol_learners(store, programme, hashing, count)
    learners, kills = killed(root, book, codes, replies_early=replies_early)
    with Store.open(book) as store:
        return faults(store, learners), learners, kills


def test_a_service_killed_between_commit_and_reply_loses_nothing_and_doubles_nothing(
    root: Path, book: str, programme: Programme, hashing: Hashing
) -> None:
    found, learners, kills = survived(root, book, programme, hashing, count=8)
    assert found == []
    assert kills >= 5
    assert told_late(learners) >= kills, "each kill left an attempt on disk of which nobody had been told"


def test_the_same_check_catches_a_service_that_replies_before_it_writes(
    root: Path, book: str, programme: Programme, hashing: Hashing
) -> None:
    found, _, _ = survived(root, book, programme, hashing, count=3, replies_early=True)
    assert any(fault.startswith("lost") for fault in found)


@pytest.mark.soak
def test_a_hundred_services_killed_between_commit_and_reply(
    root: Path, book: str, programme: Programme, hashing: Hashing
) -> None:
    found, learners, kills = survived(root, book, programme, hashing, count=150)
    assert found == []
    assert kills >= 100
    assert told_late(learners) >= kills
