"""Work that a copy of the process shares comes out as if one had done it all."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from taphuan.two_processes import LEAST, shared

FORKS = sys.platform == "linux" and (os.cpu_count() or 1) > 1


def squares_by(numbers: list[int]) -> list[tuple[int, int]]:
    return [(number * number, os.getpid()) for number in numbers]


def test_results_come_in_the_order_of_the_items() -> None:
    numbers = list(range(LEAST + 1))
    assert [square for square, _ in shared(squares_by, numbers)] == [number * number for number in numbers]


#: Tests run beside threads of their own; a command does not.
ALONE = """
import os
from taphuan.two_processes import LEAST, shared
for count in (LEAST, LEAST - 1):
    done = shared(lambda numbers: [(number, os.getpid()) for number in numbers], range(count))
    assert [number for number, _ in done] == list(range(count))
    print(len({process for _, process in done}))
"""


@pytest.mark.skipif(not FORKS, reason="needs a second processor, and Linux")
def test_half_is_done_by_another_process_where_there_is_enough_to_do() -> None:
    ended = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=False)
    assert (ended.stdout.split(), ended.stderr) == (["2", "1"], "")


def test_while_another_thread_runs_one_process_does_all() -> None:
    done = threading.Event()
    threading.Thread(target=done.wait).start()
    try:
        assert {process for _, process in shared(squares_by, list(range(LEAST)))} == {os.getpid()}
    finally:
        done.set()


def test_what_goes_wrong_in_the_copy_goes_wrong_here() -> None:
    def fail(numbers: list[int]) -> list[int]:
        if LEAST - 1 in numbers:
            raise ValueError(f"not {LEAST - 1}")
        return numbers

    with pytest.raises(ValueError, match=f"not {LEAST - 1}"):
        shared(fail, list(range(LEAST)))
