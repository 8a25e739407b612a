"""Things run and measured: one after the other in turn, so that a busy minute falls on all alike."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TypeVar

T = TypeVar("T")

BIN = Path(sys.executable).parent


class FailedError(Exception):
    """What was to be measured did not run."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """One process: wall and processor seconds, and the most memory that it or a child had, in MiB."""

    seconds: float
    cpu: float
    peak: float
    output: str


#: Runs a command from a process that is small: Linux counts the memory of whoever began one as its own.
SMALL = """
import json, resource, subprocess, sys, time
began = time.perf_counter()
ended = subprocess.call(sys.argv[2:])
seconds, used = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w") as file:
    json.dump([seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024], file)
sys.exit(ended)
"""


def run(command: Sequence[str | Path], folder: Path, **environment: str) -> Run:
    """Runs to the end. Raises FailedError with what was said, unless it ends well."""
    log, used = folder / ".bench.log", folder / ".bench.json"
    with log.open("w+", encoding="utf-8") as said:
        ended = subprocess.run(
            [sys.executable, "-I", "-S", "-c", SMALL, str(used), *map(str, command)],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
            check=False,
        )
    output = log.read_text(encoding="utf-8", errors="replace")
    if ended.returncode:
        raise FailedError(f"{' '.join(map(str, command))} ended with {ended.returncode}:\n{output[-2000:]}")
    seconds, cpu, peak = json.loads(used.read_text(encoding="utf-8"))
    return Run(seconds=seconds, cpu=cpu, peak=peak, output=output)


def in_turn(actions: Mapping[str, Callable[[], T]], times: int) -> dict[str, list[T]]:
    """What each action gave, run A B A B …"""
    results: dict[str, list[T]] = {name: [] for name in actions}
    for number in range(times):
        for name, action in actions.items():
            tell(f"{name} ({number + 1} of {times})")
            results[name].append(action())
    return results


def middle(runs: Sequence[Run], what: Callable[[Run], float]) -> float:
    return median(map(what, runs))


def tell(words: str) -> None:
    """How far it has come, on stderr."""
    print(f"… {words}", file=sys.stderr, flush=True)


def machine(browser: str) -> str:
    """The line that a table starts with: numbers from two machines are not compared."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return " · ".join(
        [
            f"{os.cpu_count()} × {_processor()}",
            f"{memory:.0f} GiB",
            f"{platform.system()} {platform.release()}",
            f"Python {platform.python_version()}",
            browser,
            f"load {os.getloadavg()[0]:.1f} at the start",
        ]
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    names = info.read_text().split("model name") if info.is_file() else []
    return names[1].split("\n")[0].lstrip("\t :") if len(names) > 1 else platform.machine()
