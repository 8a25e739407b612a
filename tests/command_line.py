"""`taphuan` as a person types it: within this process, or in one of its own where that is what is tested."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from unittest.mock import patch

from taphuan.cli.commands import run

Done = subprocess.CompletedProcess[str]


def say(*arguments: str, cwd: Path | None = None, **environ: str) -> Done:
    """Runs a verb here: to bring its modules again takes a process of its own a second or two."""
    out, err = StringIO(), StringIO()
    with (
        chdir(cwd or Path()),
        patch.dict(os.environ, environ),
        redirect_stdout(out),
        redirect_stderr(err),
        _collected_as_before(),
    ):
        status = run(list(arguments))
    return Done(arguments, status, out.getvalue(), err.getvalue())


@contextmanager
def _collected_as_before() -> Iterator[None]:
    """A build tells the collector to look more seldom, for as long as its process lasts."""
    often = gc.get_threshold()
    try:
        yield
    finally:
        gc.set_threshold(*often)


def say_alone(*arguments: str, cwd: Path | None = None, **environ: str) -> Done:
    """Runs a verb in a process of its own: its streams, their encoding and its exit are real."""
    return subprocess.run(
        [sys.executable, "-c", "from taphuan.cli import main; main()", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, **environ},
        timeout=180,
        check=False,
    )
