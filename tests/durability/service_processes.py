"""Real processes of `taphuan records serve`: started, killed, stopped, and watched by strace."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[1]
#: Seconds that a service may take to start or to end, on a machine that has other things to do.
PATIENCE = 120
TAPHUAN = (sys.executable, "-c", "from taphuan.cli import main; main()")


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """The programme that is served, its database, and where the service listens."""

    root: Path
    database: str
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def serving(self) -> list[str]:
        """The arguments of the command line that serves it."""
        named = {"--root": self.root, "--database": self.database, "--port": self.port}
        key = {"--key-file": self.root / "seeds.key"}
        return ["records", "serve", *(str(part) for pair in (named | key).items() for part in pair)]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(REPOSITORY)}


class Services:
    """Serves one place by one process after the other; each is the whole command line but for its imports."""

    def __init__(self, place: Deployment, program: subprocess.Popen[str]) -> None:
        self.place, self._program, self.process = place, program, 0

    def start(self) -> None:
        assert self._program.stdin is not None
        self._program.stdin.write(json.dumps(self.place.serving) + "\n")
        self._program.stdin.flush()
        self.process = int(self._line())

    def end(self, how: signal.Signals = signal.SIGKILL) -> None:
        """Ends the process, and waits until it is gone."""
        os.kill(self.process, how)
        assert self._line() == "gone"
        self.process = 0

    def _line(self) -> str:
        assert self._program.stdout is not None
        return self._program.stdout.readline().strip()


@contextmanager
def services(place: Deployment) -> Iterator[Services]:
    log = place.root / "service.log"
    with (
        log.open("a") as errors,
        subprocess.Popen(
            [sys.executable, str(HERE / "cli_fork_server.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env=environment(),
        ) as program,
    ):
        running = Services(place, program)
        try:
            yield running
        finally:
            if running.process:
                running.end()
            assert program.stdin is not None
            program.stdin.close()


@contextmanager
def served(place: Deployment, *before: str, name: str = "service") -> Iterator[subprocess.Popen[bytes]]:
    """One service that answers, started by a command of its own; killed at last, if it runs still."""
    log = place.root / f"{name}.log"
    command = [*before, *TAPHUAN, *place.serving]
    with log.open("a") as errors, subprocess.Popen(command, stderr=errors, env=environment()) as process:
        try:
            wait_until(lambda: answers(place) or process.poll() is not None, "the service answers")
            assert process.poll() is None, log.read_text()
            yield process
        finally:
            process.kill()


def answers(place: Deployment) -> bool:
    try:
        return httpx.get(f"{place.address}/api/health").status_code == 200
    except httpx.TransportError:
        return False


def wait_until(is_so: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        time.sleep(0.005)


def taphuan(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Runs a verb to its end."""
    command: Sequence[str] = [*TAPHUAN, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=environment(), timeout=PATIENCE)
