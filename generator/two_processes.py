"""Work shared by two processes: this one, and a copy of it, where the system can make one."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

#: Fewer items are not worth a second process.
LEAST = 40
#: What the copy does, which it finds here, since it is a copy.
_OF_COPY: list[Callable[[], list[Any]]] = []


def shared(work: Callable[[Sequence[Item]], list[Result]], items: Sequence[Item]) -> list[Result]:
    """Returns what `work` makes of all items, in order; where it helps, a copy of this process does half.

    Results of the copy come back pickled; whatever else it changes stays in it.
    """
    middle = len(items) // 2
    if len(items) < LEAST or not _may_fork():
        return work(items)
    _OF_COPY[:] = [lambda: work(items[middle:])]
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as copy:
        second = copy.submit(_second_half)
        return work(items[:middle]) + second.result()


def _second_half() -> list[Any]:
    return _OF_COPY[0]()


def _may_fork() -> bool:
    """Tells whether a copy helps, and is safe: another thread may hold a lock, which the copy never gets."""
    is_linux = sys.platform == "linux"
    return is_linux and (os.cpu_count() or 1) > 1 and threading.active_count() == 1
