"""How many tests a second are marked and on disk, asked over HTTP by 32 browsers that stay connected."""

from __future__ import annotations

import asyncio
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from urllib.error import URLError
from urllib.request import urlopen

from taphuan.records.store.writer import GROUP

from .runs import FailedError, in_turn, tell
from .submission_service import Submission, opened
from .table import Row, Target

BROWSERS = 32
MANY = Target(limit=1500, is_floor=True, unit="/s")
OVER_ONE_EACH = Target(limit=4.5, is_floor=True, unit="×")
SOON = Target(limit=40, unit="ms")
ONE_EACH = "the same, one transaction a request"
#: Seconds that a service may take to come up.
PATIENCE = 60
#: Submissions that a service is given before it is measured.
WARM = 200


@dataclass(frozen=True, kw_only=True)
class Load:
    """What a service bore: submissions a second, and the milliseconds that each took."""

    rate: float
    milliseconds: tuple[float, ...]

    @property
    def p99(self) -> float:
        return quantiles(self.milliseconds, n=100)[98]


def rows(work: Path, root: Path, *, learners: int, seconds: float, times: int) -> Iterator[Row]:
    """`learners` are enough for `seconds` of handing in; each hands in once."""
    folder = work / "submissions"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    tell(f"drawing {learners} forms")
    pattern = folder / "pattern.db"
    sent = opened(root, f"sqlite:///{pattern}", learners)

    def measured(group: int) -> Load:
        database = Path(shutil.copy(pattern, folder / "records.db"))
        try:
            with _serving(root, database, group) as port, ThreadPoolExecutor(1) as thread:
                # Playwright has an event loop in this one.
                return thread.submit(lambda: asyncio.run(_load(port, sent, seconds))).result()
        finally:
            for file in folder.glob("records.*"):
                file.unlink()

    runs = in_turn(
        {
            "submissions, group commit": lambda: measured(GROUP),
            "submissions, one transaction each": lambda: measured(1),
        },
        times,
    )
    ours, theirs = runs.values()
    rate, peer = (median(load.rate for load in loads) for loads in (ours, theirs))
    what = f"tests marked and on disk, {BROWSERS} at once"
    yield Row(what=what, ours=rate, unit="/s", peer=peer, peer_name=ONE_EACH, target=OVER_ONE_EACH)
    yield Row(what=f"{what}: by itself", ours=rate, unit="/s", target=MANY)
    late, later = (median(load.p99 for load in loads) for loads in (ours, theirs))
    yield Row(
        what=f"{what}, p99",
        ours=late,
        unit="ms",
        peer=later,
        peer_name=ONE_EACH,
        has_ratio=False,
        target=SOON,
    )


@contextmanager
def _serving(root: Path, database: Path, group: int) -> Iterator[int]:
    """The port of a service in a process of its own; what it says goes to a file."""
    port, journal = _free_port(), database.with_suffix(".log")
    command = [sys.executable, "-m", "bench.submission_service", root, f"sqlite:///{database}", port, group]
    with journal.open("wb") as said:
        process = subprocess.Popen([str(part) for part in command], stdout=said, stderr=said)
    try:
        _wait(process, port, journal)
        yield port
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int, journal: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/api/health", timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise FailedError(f"the service did not come up:\n{journal.read_text(encoding='utf-8')[-2000:]}")


# --- browsers -----------------------------------------------------------------------------------


async def _load(port: int, sent: Sequence[Submission], seconds: float) -> Load:
    """Hands in as fast as answers come. Raises FailedError for a refusal, or too few learners."""
    requests = iter([_request(port, submission) for submission in sent])
    await _browsers(port, requests, time.perf_counter() + PATIENCE, most=WARM)
    started = time.perf_counter()
    taken = await _browsers(port, requests, started + seconds)
    spent = time.perf_counter() - started
    if next(requests, None) is None:
        raise FailedError(f"{len(sent)} learners are too few for {seconds} s")
    return Load(rate=len(taken) / spent, milliseconds=tuple(wait * 1000 for wait in taken))


def _request(port: int, sent: Submission) -> bytes:
    head = [
        f"PUT {sent.path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Content-Type: application/json",
        "Sec-Fetch-Site: same-origin",
        f"Cookie: sid={sent.token}",
        f"Content-Length: {len(sent.body)}",
    ]
    return "\r\n".join([*head, "", sent.body]).encode()


async def _browsers(port: int, requests: Iterator[bytes], until: float, most: int = 10**9) -> list[float]:
    """The seconds that each answer took."""
    taken: list[float] = []

    async def browser() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while len(taken) + BROWSERS <= most and time.perf_counter() < until:
            request = next(requests, None)
            if request is None:
                break
            asked = time.perf_counter()
            writer.write(request)
            await _accepted(reader)
            taken.append(time.perf_counter() - asked)
        writer.close()

    await asyncio.gather(*(browser() for _ in range(BROWSERS)))
    return taken


async def _accepted(reader: asyncio.StreamReader) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    body = await reader.readexactly(int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0]))
    if not head.startswith(b"http/1.1 201"):
        raise FailedError(body.decode(errors="replace")[:500])
