"""Runs the service with the pages of staff until its input ends. Run as a program; says its address."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

from taphuan.programme.loader import load
from taphuan.records import Store
from taphuan.service import Settings, create_app, server
from taphuan.service.http.settings import Rate
from taphuan.service.staff import ROUTERS

BOUNDLESS = Rate(burst=100_000, seconds=1)


def main(root: Path, url: str) -> None:
    programme = load(root).programme
    assert programme is not None
    settings = Settings(is_secure=False, writes=BOUNDLESS, papers=BOUNDLESS)
    threading.Thread(target=_end_with_input, daemon=True).start()
    with Store.open(url) as store:
        app = create_app(programme, store, settings=settings, routers=ROUTERS)
        server.run(app, port=0, say=lambda line: print(line, flush=True))


def _end_with_input() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
