"""kill -9 of the real service, while learners hand in: nothing acknowledged is lost, doubled or changed."""

from __future__ import annotations

import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from durability_figures import NoteFigure
from killed_postgres import server
from retrying_clients import LearnersHandingIn, deployment_at, faults, handing_in
from service_processes import services
from sqlite_checks import copied, sqlite_problems

from taphuan.records import Store
from taphuan.records.access.credentials import Hashing

#: How often the service is killed on SQLite, and how many hand-ins are acknowledged meanwhile, at least.
KILLS, HAND_INS = 169, 6_995
#: The same on PostgreSQL, whose server is killed too.
KILLS_HERE, SERVER_KILLS, HAND_INS_HERE = 25, 12, 1_214
#: How often it is asked to stop instead, and how many hand-ins are acknowledged meanwhile.
STOPS, STOPPED_HAND_INS = 5, 224
#: After so many kills the file is looked at, as it lies there.
OFTEN = 10
WELL = "none missing, twice or with another mark"


@pytest.mark.soak
def test_kill_9_loses_doubles_and_changes_nothing_on_sqlite(
    root: Path, tmp_path: Path, hashing: Hashing, note_figure: NoteFigure
) -> None:
    database, random = tmp_path / "records.db", Random(169)
    place, codes = deployment_at(root, f"sqlite:///{database}", hashing, learners=260)
    with services(place) as service:
        service.start()
        with handing_in(place.address, codes) as crowd:
            for kill in range(1, KILLS + 1):
                crowd.wait_for(random.randint(1, 2 * HAND_INS // KILLS))
                service.end()
                if kill % OFTEN == 0:
                    assert sqlite_problems(copied(database, tmp_path / "copy")) == []
                service.start()
            crowd.wait_for(max(HAND_INS - crowd.acknowledged, 1))
            again = crowd.send_again()
    assert again == []
    assert sqlite_problems(database) == []
    assert_all_there(place.database, crowd)
    note_figure(
        "kill -9, SQLite",
        f"{KILLS} kills, {HAND_INS:,} acknowledged",
        f"{KILLS} kills, {crowd.acknowledged:,} acknowledged: {WELL}",
    )


def assert_all_there(database: str, crowd: LearnersHandingIn) -> None:
    with Store.open(database) as store:
        assert list(faults(store, crowd.learners)) == []
        assert store.verify() == ()


@pytest.mark.soak
def test_neither_a_killed_service_nor_a_killed_server_loses_anything_on_postgresql(
    root: Path, tmp_path: Path, hashing: Hashing, note_figure: NoteFigure
) -> None:
    random = Random(25)
    ends = ["service"] * KILLS_HERE + ["server"] * SERVER_KILLS
    random.shuffle(ends)
    with server() as postgres:
        place, codes = deployment_at(root, postgres.database, hashing, learners=60)
        with services(place) as service:
            service.start()
            with handing_in(place.address, codes) as crowd:
                for end in ends:
                    crowd.wait_for(random.randint(1, 2 * HAND_INS_HERE // len(ends)))
                    if end == "server":
                        postgres.end(is_killed=random.random() < 0.5)
                        postgres.start()
                    else:
                        service.end()
                        service.start()
                crowd.wait_for(max(HAND_INS_HERE - crowd.acknowledged, 1))
                again = crowd.send_again()
        assert_all_there(place.database, crowd)
    assert again == []
    assert {status for status in crowd.answers if status >= 500} <= {503}
    note_figure(
        "kill -9, PostgreSQL",
        f"{KILLS_HERE} kills of the service, {SERVER_KILLS} of the server, {HAND_INS_HERE:,} acknowledged",
        f"{KILLS_HERE} and {SERVER_KILLS} kills, {crowd.acknowledged:,} acknowledged: {WELL}",
    )


@pytest.mark.soak
def test_a_stop_in_the_middle_loses_nothing_and_leaves_one_whole_file(
    root: Path, tmp_path: Path, hashing: Hashing, note_figure: NoteFigure
) -> None:
    database, alone = tmp_path / "records.db", tmp_path / "alone.db"
    place, codes = deployment_at(root, f"sqlite:///{database}", hashing, learners=60)
    with services(place) as service:
        service.start()
        with handing_in(place.address, codes) as crowd:
            for _ in range(STOPS):
                crowd.wait_for(STOPPED_HAND_INS // STOPS + 1)
                service.end(signal.SIGTERM)
                shutil.copyfile(database, alone)
                answered = {attempt for learner in crowd.learners for attempt in list(learner.results)}
                assert sqlite_problems(alone) == []
                assert answered <= events(alone)
                service.start()
            crowd.wait_for(1)
            again = crowd.send_again()
    assert again == []
    assert_all_there(place.database, crowd)
    note_figure(
        "SIGTERM in the middle",
        f"{STOPPED_HAND_INS} acknowledged",
        f"{STOPS} stops, {crowd.acknowledged} acknowledged: all in the main file alone",
    )


def events(database: Path) -> set[str]:
    with closing(sqlite3.connect(database)) as connection:
        return {id for (id,) in connection.execute("SELECT event_id FROM event")}
