"""A full disk, one that cannot be written, and a file that somebody locks: refused in words, nothing lost."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from durability_figures import NoteFigure
from retrying_clients import LearnersHandingIn, RetryingLearner, deployment_at, faults, handing_in
from service_processes import served, taphuan, wait_until
from sqlite_checks import sqlite_problems

from taphuan.records import Store
from taphuan.records.access.credentials import Hashing

pytestmark = pytest.mark.soak
#: Hand-ins that are acknowledged at least, and how often the disk is filled meanwhile.
HAND_INS, TIMES = 129, 5
READING = ("/", "/api/health", "/api/courses", "/tien-do/")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 12 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not _mounted("-t", "tmpfs", "-o", "size=12m", "tmpfs", folder):
        pytest.skip("no disk can be mounted here: root may")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def _mounted(*how: object) -> bool:
    return subprocess.run(["mount", *map(str, how)], capture_output=True).returncode == 0


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Not a byte is left, until the end of the block."""
    filler = disk / "filler"
    filling = ["dd", "if=/dev/zero", f"of={filler}", "bs=4096"]
    assert subprocess.run(filling, capture_output=True).returncode, "the disk has no end"
    yield
    filler.unlink()


class Once(RetryingLearner):
    """Asks once, whatever is answered."""

    def ask(self, method: str, path: str, body: Any = None) -> httpx.Response:
        return self.client.request(method, path, json=body, timeout=120)


def test_a_full_disk_is_told_readers_go_on_and_nothing_is_lost(
    root: Path, disk: Path, hashing: Hashing, note_figure: NoteFigure
) -> None:
    database = disk / "records.db"
    place, codes = deployment_at(root, f"sqlite:///{database}", hashing, learners=80)
    with served(place), handing_in(place.address, codes[:40], clients=3) as crowd:
        others = [RetryingLearner(address=place.address, code=code) for code in codes[40:]]
        for learner in others[: 2 * TIMES]:
            learner.sign_in()
        for time in range(TIMES):
            crowd.wait_for(HAND_INS // TIMES + 1)
            with filled(disk):
                _wait_for_refusals(crowd)
                _assert_others_are_answered(others[2 * time : 2 * time + 2], others[2 * TIMES + time])
                _assert_no_backup(place.database, disk)
            crowd.wait_for(1)
        assert set(crowd.answers) <= {200, 201, 204, 503}
        refused = crowd.answers[503]
        assert crowd.send_again() == []
        for learner in others:
            learner.client.close()
    assert _lost(place.database, crowd) == []
    assert sqlite_problems(database) == []
    note_figure(
        "full disk",
        f"{HAND_INS} acknowledged",
        f"filled {TIMES} times, {refused} requests told 503, {crowd.acknowledged} acknowledged: none lost",
    )


def _wait_for_refusals(crowd: LearnersHandingIn) -> None:
    before = crowd.answers[503]
    wait_until(lambda: crowd.answers[503] >= before + 3, "a hand-in is refused")


def _assert_others_are_answered(readers: list[RetryingLearner], newcomer: RetryingLearner) -> None:
    """Whoever reads goes on; whoever begins a test or signs in is told to come again, or has succeeded."""
    for reader in readers:
        for path in READING:
            assert reader.client.get(path).status_code == 200, path
    begun = Once.ask(readers[0], "POST", "/api/courses/nuoc-sach/form", {})  # type: ignore[arg-type]
    assert begun.status_code in {200, 503}
    signed = Once.ask(newcomer, "POST", "/api/session", {"code": newcomer.code})  # type: ignore[arg-type]
    assert signed.status_code in {204, 503}
    for answer in (begun, signed):
        assert answer.status_code != 503 or int(answer.headers["Retry-After"]) > 0


def _assert_no_backup(database: str, folder: Path) -> None:
    before = set(folder.iterdir())
    done = taphuan("records", "backup", folder / "backup.db", "--database", database)
    assert done.returncode == 3, done.stderr
    assert "đĩa" in done.stderr
    assert "Traceback" not in done.stderr
    assert {path for path in folder.iterdir() if path.name.startswith("backup")} <= before


def _lost(database: str, crowd: LearnersHandingIn) -> list[str]:
    with Store.open(database) as store:
        return list(faults(store, crowd.learners))


def test_a_disk_that_cannot_be_written_is_told_and_can_be_verified(
    root: Path, disk: Path, tmp_path: Path, hashing: Hashing, note_figure: NoteFigure
) -> None:
    database = disk / "records.db"
    place, codes = deployment_at(root, f"sqlite:///{database}", hashing, learners=4)
    with served(place), handing_in(place.address, codes, clients=2) as crowd:
        crowd.wait_for(20)
    with Store.open(place.database):
        pass
    with closing(sqlite3.connect(database)):
        pass
    assert _mounted("-o", "remount,ro", disk)
    serving = taphuan(*place.serving)
    assert serving.returncode in {2, 3}, serving.stderr
    assert "chỉ cho đọc" in serving.stderr or "không ghi được" in serving.stderr
    assert taphuan("records", "verify", "--database", place.database).returncode == 0
    assert taphuan("records", "backup", disk / "b.db", "--database", place.database).returncode in {2, 3}
    assert taphuan("records", "backup", tmp_path / "b.db", "--database", place.database).returncode == 0
    assert _mounted("-o", "remount,rw", disk)
    assert _lost(place.database, crowd) == []
    note_figure("read-only disk", "told in words", "told in words; verified and backed up to another disk")


def test_a_locked_file_is_waited_for_and_told_where_the_lock_stays(
    root: Path, tmp_path: Path, hashing: Hashing, note_figure: NoteFigure
) -> None:
    database = tmp_path / "records.db"
    place, codes = deployment_at(root, f"sqlite:///{database}", hashing, learners=2)
    learner = Once(address=place.address, code=codes[0])
    with served(place), closing(sqlite3.connect(database, isolation_level=None)) as other:
        learner.sign_in()
        attempt, body = learner.begin()
        other.execute("BEGIN IMMEDIATE")
        refused = learner.ask("PUT", f"/api/attempts/{attempt}", body)
        assert refused.status_code == 503, refused.text
        assert learner.ask("GET", "/api/courses").status_code == 200
        other.execute("ROLLBACK")
        assert learner.ask("PUT", f"/api/attempts/{attempt}", body).status_code == 201
    learner.client.close()
    assert sqlite_problems(database) == []
    note_figure(
        "locked file", "told in words", "503 as long as it was locked, taken at once when it was free"
    )
