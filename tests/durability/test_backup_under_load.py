"""A backup while learners hand in holds all that was acknowledged before it began, and can be restored."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from durability_figures import NoteFigure
from retrying_clients import LearnersHandingIn, deployment_at, handing_in
from service_processes import Deployment, served, taphuan

from taphuan.records.access.credentials import Hashing
from taphuan.records.events.row_digests import current_head
from taphuan.records.store import read_ledger

#: How many backups are taken at least.
BACKUPS = 8


@pytest.mark.soak
def test_each_backup_holds_all_that_was_acknowledged_before_and_can_be_restored(
    root: Path, tmp_path: Path, hashing: Hashing, note_figure: NoteFigure
) -> None:
    place, codes = deployment_at(root, f"sqlite:///{tmp_path / 'records.db'}", hashing, learners=260)
    with served(place), handing_in(place.address, codes, clients=2) as crowd:
        for number in range(BACKUPS):
            crowd.wait_for(20)
            assert_backed_up(place, crowd, tmp_path / f"backup-{number}.db")
    note_figure(
        "backup under load",
        f"{BACKUPS} backups",
        f"{BACKUPS} of {BACKUPS} whole, restored and verified, {crowd.acknowledged} acknowledged meanwhile",
    )


def assert_backed_up(place: Deployment, crowd: LearnersHandingIn, target: Path) -> None:
    before = {attempt for learner in crowd.learners for attempt in list(learner.results)}
    noted = str(read_ledger(place.database, current_head))
    done = taphuan("records", "backup", target, "--database", place.database)
    assert done.returncode == 0, done.stderr
    restored = target.with_suffix(".restored")
    done = taphuan("records", "restore", target, "--database", f"sqlite:///{restored}")
    assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(restored)) as connection:
        assert before <= {id for (id,) in connection.execute("SELECT event_id FROM event")}
        assert connection.execute("SELECT count(*) FROM session").fetchone() == (0,)
    done = taphuan("records", "verify", "--database", f"sqlite:///{restored}", "--since", noted)
    assert done.returncode == 0, done.stdout + done.stderr
