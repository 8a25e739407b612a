"""kill -9 loses no attempt that was acknowledged, and doubles none."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import IO

import pytest
from fixtures_province import Province, computed, number, set_up_province
from sqlalchemy import select

from taphuan.records import Store, schema

pytestmark = [pytest.mark.slow, pytest.mark.thorough]

HERE = Path(__file__).parent


@contextmanager
def forked_writers() -> Iterator[tuple[IO[str], IO[str]]]:
    path = os.pathsep.join([str(HERE), str(HERE.parent.parent)])
    command = [sys.executable, str(HERE / "killed_writer.py")]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        yield program.stdin, program.stdout
        program.stdin.close()


def acknowledged(url: str, *, kills: int, replies_early: bool = False) -> tuple[set[int], set[int]]:
    """What was acknowledged and what was sent, by writers that were killed one after the other.

    What was sent and not acknowledged is sent again by the next one, as a client would.
    """
    random = Random(20_260_302)
    acked: set[int] = set()
    sent: set[int] = set()
    with forked_writers() as (orders, lines):
        for _ in range(kills):
            asked = {
                "url": url,
                "replies_early": replies_early,
                "first": max(sent, default=0) + 1,
                "again": sorted(sent - acked),
            }
            orders.write(json.dumps(asked) + "\n")
            orders.flush()
            _kill_after(random.randint(1, 120), lines, acked, sent)
    return acked, sent


def _kill_after(acks: int, lines: IO[str], acked: set[int], sent: set[int]) -> None:
    child, left = 0, acks
    for line in lines:
        word, _, about = line.strip().partition(" ")
        if word == "born":
            child = int(about)
        elif word == "sent":
            sent.add(int(about))
        elif word == "ack":
            acked.add(int(about))
            left -= 1
        else:
            return
        if left <= 0 and child:
            os.kill(child, signal.SIGKILL)
            left = 1_000_000_000


def faults(url: str, acked: set[int], sent: set[int]) -> list[str]:
    """What is wrong in a database after the kills."""
    found: list[str] = []
    with Store.open(url) as store, store.read() as connection:
        ids = connection.execute(select(schema.event.c.event_id)).scalars().all()
        found += [f"lost {n}" for n in sorted(acked) if number(n) not in set(ids)]
        found += [f"double {id}" for id in set(ids) if ids.count(id) > 1]
        found += [f"never sent {id}" for id in set(ids) - {number(n) for n in sent}]
        found += [str(problem) for problem in store.verify()]
        before = computed(connection)
    with Store.open(url) as store:
        store.rebuild()
        with store.read() as connection:
            if computed(connection) != before:
                found.append("the projections are not those of the ledger")
    return found


def settled(url: str) -> Province:
    with Store.open(url) as store:
        return set_up_province(store)


def test_kill_9_loses_no_acknowledged_attempt_and_doubles_none(url: str) -> None:
    settled(url)
    kills = 20 if url.startswith("sqlite") else 8
    acked, sent = acknowledged(url, kills=kills)
    assert len(acked) > kills
    assert faults(url, acked, sent) == []


def test_the_same_check_catches_a_writer_that_answers_before_the_commit(url: str) -> None:
    settled(url)
    acked, sent = acknowledged(url, kills=6, replies_early=True)
    assert any(fault.startswith("lost") for fault in faults(url, acked, sent))


@pytest.mark.soak
def test_two_hundred_kills(url: str) -> None:
    settled(url)
    acked, sent = acknowledged(url, kills=200)
    assert faults(url, acked, sent) == []
