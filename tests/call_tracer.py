"""Which functions of the package are entered while something happens: how long a story is to follow."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import taphuan

PACKAGE = f"{Path(taphuan.__file__).parent}/"


class CallTracer:
    """Notes each function of the package that is entered while it records, in the order of first entry.

    Threads that were started before it was made are not seen. Modules, classes, lambdas and
    comprehensions are no functions that a reader looks for.
    """

    def __init__(self) -> None:
        self._entered: dict[CodeType, None] = {}
        self._is_recording = False
        threading.setprofile(self._note)

    def close(self) -> None:
        threading.setprofile(None)

    @contextmanager
    def recording(self) -> Iterator[None]:
        self._is_recording = True
        sys.setprofile(self._note)
        try:
            yield
        finally:
            sys.setprofile(None)
            self._is_recording = False

    def _note(self, frame: FrameType, event: str, argument: Any) -> None:
        code = frame.f_code
        if self._is_recording and event == "call" and code.co_filename.startswith(PACKAGE):
            self._entered.setdefault(code)

    @property
    def hops(self) -> tuple[str, ...]:
        """Returns each function once as `service/attempts.py:Attempts.draw`, in the order of first entry."""
        named = (code for code in self._entered if not code.co_name.startswith("<") and code.co_flags & 2)
        return tuple(
            dict.fromkeys(f"{code.co_filename.removeprefix(PACKAGE)}:{code.co_qualname}" for code in named)
        )

    @property
    def files(self) -> frozenset[str]:
        return frozenset(hop.partition(":")[0] for hop in self.hops)
