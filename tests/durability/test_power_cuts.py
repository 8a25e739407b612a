"""The power goes off: the writes of the real service, replayed as a disk may have kept them."""

from __future__ import annotations

import multiprocessing
import signal
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

import psutil
import pytest
from disk_images import images, laid
from durability_figures import NoteFigure
from retrying_clients import deployment_at, handing_in, programme_at
from service_processes import served
from sqlite_checks import sqlite_problems
from system_calls import STRACE, Answered, Operation, Sync, Write, can_trace, operations

from taphuan.records.access.credentials import Hashing

pytestmark = pytest.mark.soak
#: Operations on the disk, images of it, hand-ins that were answered after the sync; all at least.
OPERATIONS, IMAGES, HAND_INS = 15_000, 1_500, 320
#: Images of a disk whose syncs were left out: what these show is that damage would be seen.
CONTROLS = 180
#: Hand-ins that come to so many operations: each is some twenty.
RECORDED = 760
#: Here looking at an image costs no sync of a real disk.
IN_MEMORY = Path("/dev/shm")


@dataclass(frozen=True, kw_only=True)
class Recording:
    """The database before the service started, and what the service then did."""

    database: Path
    before: bytes
    operations: Sequence[Operation]


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory, hashing: Hashing) -> Recording:
    if not can_trace():
        pytest.skip("strace is not there, or may not watch a process")
    folder = tmp_path_factory.mktemp("recording")
    database, trace = folder / "records.db", folder / "trace"
    place, codes = deployment_at(
        programme_at(folder / "programme"), f"sqlite:///{database}", hashing, learners=60
    )
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = database.read_bytes()
    assert not database.with_name("records.db-wal").exists()
    with served(place, *STRACE, "-o", str(trace)) as strace:
        with handing_in(place.address, codes, clients=3) as crowd:
            crowd.wait_for(RECORDED)
        for child in psutil.Process(strace.pid).children():
            child.send_signal(signal.SIGTERM)
        strace.wait()
    done = operations(trace, database)
    trace.unlink()
    return Recording(database=database, before=before, operations=done)


def test_nobody_is_told_before_the_row_is_written_to_the_log_and_synced(
    recording: Recording, note_figure: NoteFigure
) -> None:
    done = recording.operations
    answered = {
        operation.attempt: place for place, operation in enumerate(done) if isinstance(operation, Answered)
    }
    assert [attempt for attempt, place in answered.items() if not is_synced(done[:place], attempt)] == []
    assert len(answered) >= HAND_INS
    note_figure("answered after the sync", f"{HAND_INS} hand-ins", f"{len(answered):,} of {len(answered):,}")


def is_synced(before: Sequence[Operation], attempt: str) -> bool:
    """Whether an attempt was written to a file, and that file synced thereafter."""
    name, synced = attempt.encode(), set[int | None]()
    for operation in reversed(before):
        if isinstance(operation, Sync):
            synced.add(operation.file)
        elif isinstance(operation, Write) and operation.file in synced and name in operation.content:
            return True
    return False


def test_no_cut_of_the_power_corrupts_loses_or_doubles_anything(
    recording: Recording, note_figure: NoteFigure
) -> None:
    assert len(recording.operations) >= OPERATIONS
    checkpoints = [place for place, operation in enumerate(recording.operations) if _is_checkpoint(operation)]
    random = Random(1500)
    places = set(random.sample(range(len(recording.operations)), IMAGES))
    places |= set(random.sample(checkpoints, min(IMAGES // 5, len(checkpoints))))
    faults = damage(recording, sorted(places))
    assert faults == []
    assert len(places) >= IMAGES
    note_figure(
        "power cut",
        f"{IMAGES:,} images, {OPERATIONS:,} operations",
        f"{len(places):,} images, {len(recording.operations):,} operations, {len(checkpoints):,} of them of "
        "checkpoints: none corrupt, nothing lost or twice",
    )


def test_the_same_trial_finds_the_damage_where_syncs_are_left_out(
    recording: Recording, note_figure: NoteFigure
) -> None:
    places = Random(180).sample(range(len(recording.operations)), CONTROLS)
    faults = damage(recording, places, syncs=False)
    corrupt = sum("lost" not in fault for fault in faults)
    assert corrupt
    assert len(faults) > corrupt
    note_figure(
        "power cut, control without syncs",
        "some of each",
        f"of {CONTROLS} images {corrupt} corrupt, {len(faults) - corrupt} with losses",
    )


def _is_checkpoint(operation: Operation) -> bool:
    return isinstance(operation, Write) and operation.file == 0


def damage(recording: Recording, places: Sequence[int], *, syncs: bool = True) -> list[str]:
    """What is wrong in the images, two processes looking at half of them each."""
    global _recording
    _recording = recording
    with ProcessPoolExecutor(2, multiprocessing.get_context("fork")) as pool:
        looking = [pool.submit(_damage, places[half::2], syncs) for half in (0, 1)]
        return [fault for task in looking for fault in task.result()]


#: What the processes that look share with this one.
_recording: Recording


def _damage(places: Sequence[int], syncs: bool) -> list[str]:
    cut = images(_recording.database, _recording.before, _recording.operations, places, syncs=syncs)
    with tempfile.TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as folder:
        wrong = (next(_faults(laid(files, Path(folder)), answered), "") for files, answered in cut)
        return [fault for fault in wrong if fault]


def _faults(database: Path, answered: frozenset[str]) -> Iterator[str]:
    """Yields what is wrong with an image: it is corrupt, or something acknowledged is not there once."""
    yield from sqlite_problems(database)
    # Not by an index, which would know each only once.
    with closing(sqlite3.connect(database)) as connection:
        rows = [id for (id,) in connection.execute("SELECT event_id FROM event NOT INDEXED")]
    if answered - set(rows):
        yield f"lost: {len(answered - set(rows))} of {len(answered)}"
    if len(set(rows)) < len(rows):
        yield f"twice: {len(rows) - len(set(rows))}"
