"""Allowances: how often something may be done."""

from __future__ import annotations

from clocks import Stopwatch

from taphuan.service.http.request_limits import Allowance
from taphuan.service.http.settings import Rate


def allowance(stopwatch: Stopwatch, most: int = 100) -> Allowance:
    return Allowance(Rate(burst=3, seconds=60), stopwatch, most)


def test_a_burst_goes_through_and_then_waits(stopwatch: Stopwatch) -> None:
    found = allowance(stopwatch)
    assert [found.take("a") for _ in range(4)] == [0, 0, 0, 20]


def test_it_fills_up_again_with_time_but_not_beyond_the_burst(stopwatch: Stopwatch) -> None:
    found = allowance(stopwatch)
    for _ in range(3):
        found.take("a")
    stopwatch.seconds = 20
    assert [found.take("a"), found.take("a")] == [0, 20]
    stopwatch.seconds = 100_000
    assert [found.take("a") for _ in range(4)] == [0, 0, 0, 20]


def test_asking_how_long_takes_nothing(stopwatch: Stopwatch) -> None:
    found = allowance(stopwatch)
    assert [found.wait("a") for _ in range(10)] == [0] * 10


def test_each_key_has_its_own(stopwatch: Stopwatch) -> None:
    found = allowance(stopwatch)
    assert [found.take("a") for _ in range(3)] == [0, 0, 0]
    assert found.take("b") == 0


def test_it_remembers_few_keys_and_forgets_the_one_longest_unseen(
    stopwatch: Stopwatch,
) -> None:
    found = allowance(stopwatch, most=2)
    for key in ("a", "a", "a", "b", "c"):
        found.take(key)
    assert len(found) == 2
    assert found.wait("a") == 0
