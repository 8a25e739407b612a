"""How long an author waits: from a lesson saved to its new words seen in the browser."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Browser, Error, Page

from .corpus import FRONT_MATTER, lesson_files
from .measured_folders import plain, programme
from .runs import BIN, FailedError, tell
from .table import Row, Target

PATIENCE = 180.0
"""Seconds until a preview must have started, and until an edit must show."""
PAUSE = 1.0
"""Seconds between two edits: nobody saves faster."""
USUAL, WORST = Target(limit=0.5, unit="s"), Target(limit=1.0, unit="s")


def rows(work: Path, browser: Browser, lessons: int, *, edits: int, peer_edits: int) -> Iterator[Row]:
    """One preview after the other: the peer's polls the disk and would slow down ours."""
    ours, peer = programme(work, lessons), plain(work, lessons)
    source = list(lesson_files(ours))[lessons // 3]
    address = f"khoa-hoc/{source.parent.name}/{source.stem}/"
    with _preview([BIN / "taphuan", "serve", "--port"], ours, address) as url:
        mine = _waits(browser, url, source, edits)
    with _preview([BIN / "mkdocs", "serve", "-q", "--dirty", "--livereload", "-a"], peer, address) as url:
        theirs = _waits(browser, url, peer / "docs" / address / "index.md", peer_edits)
    what, name = f"preview of {lessons} lessons, edit to eye", f"mkdocs serve --dirty, {peer_edits} edits"
    yield Row(what=f"{what}: median of {edits}", ours=median(mine), peer=median(theirs), peer_name=name,
              unit="s", has_ratio=False, target=USUAL)  # fmt: skip
    yield Row(what=f"{what}: 95 %", ours=_ninety_five(mine), peer=max(theirs), peer_name=f"{name}, slowest",
              unit="s", has_ratio=False, target=WORST)  # fmt: skip


def _ninety_five(seconds: Sequence[float]) -> float:
    return quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else seconds[0]


@contextmanager
def _preview(command: Sequence[str | Path], folder: Path, address: str) -> Iterator[str]:
    """A preview that has started, as the address of a page of it."""
    port = _free_port()
    place = f"127.0.0.1:{port}" if command[-1] == "-a" else str(port)
    tell(f"starting {Path(command[0]).name} {command[1]}")
    child = subprocess.Popen(
        [*map(str, command), place], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(lambda: _answers(port) or child.poll() is not None, f"{command[1]} to start")
        yield f"http://127.0.0.1:{port}/{address}"
    finally:
        child.send_signal(signal.SIGINT)
        try:
            child.wait(15)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _waits(browser: Browser, url: str, file: Path, edits: int) -> list[float]:
    """Seconds of each edit; the file is as it was in the end."""
    written = file.read_text(encoding="utf-8")
    page = browser.new_page()
    try:
        page.goto(url)
        time.sleep(PAUSE)
        waits = []
        for number in range(edits + 1):
            waits.append(_wait_of(page, file, written, f"Sửa lần thứ {number}."))
            time.sleep(PAUSE)
        # The first is thrown away: it loads what every later one has at hand.
        return waits[1:]
    finally:
        page.close()
        file.write_text(written, encoding="utf-8")


def _wait_of(page: Page, file: Path, written: str, words: str) -> float:
    parted = FRONT_MATTER.fullmatch(written)
    assert parted
    body = re.sub(r"\A((?:#[^\n]*|<[^\n]*|\s)*\n)?", lambda head: f"{head[0]}{words}\n\n", parted[2], count=1)
    started = time.perf_counter()
    file.write_text(f"---\n{parted[1]}\n---\n{body}", encoding="utf-8")
    try:
        page.get_by_text(words, exact=True).first.wait_for(timeout=PATIENCE * 1000)
    except Error as error:
        raise FailedError(f"“{words}” never showed at {page.url}") from error
    return time.perf_counter() - started


def _free_port() -> int:
    with socket.socket() as connection:
        connection.bind(("127.0.0.1", 0))
        return int(connection.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as connection:
        connection.settimeout(1)
        return connection.connect_ex(("127.0.0.1", port)) == 0


def _wait(is_so: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > until:
            raise FailedError(f"waited {PATIENCE:.0f} s for {what}")
        time.sleep(0.1)
