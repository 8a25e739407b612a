"""Two services on one file, by mistake or during a change of machines: neither harms the other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from durability_figures import NoteFigure
from retrying_clients import RetryingLearner, deployment_at, faults, handing_in
from service_processes import free_port, served
from sqlite_checks import sqlite_problems

from taphuan.records import Store
from taphuan.records.access.credentials import Hashing

#: Hand-ins to either, and attempts that are sent to both at once; at least.
HAND_INS, AT_ONCE = 400, 25


@pytest.mark.soak
def test_two_services_on_one_file_take_each_attempt_once(
    root: Path, tmp_path: Path, hashing: Hashing, note_figure: NoteFigure
) -> None:
    database = tmp_path / "records.db"
    first, codes = deployment_at(root, f"sqlite:///{database}", hashing, learners=61)
    other = replace(first, port=free_port())
    with served(first), served(other, name="other"):
        with (
            handing_in(first.address, codes[:30], clients=3) as here,
            handing_in(other.address, codes[30:60], clients=3) as there,
        ):
            here.wait_for(HAND_INS // 2)
            there.wait_for(max(HAND_INS // 2 - there.acknowledged, 1))
        both = RetryingLearner(address=first.address, code=codes[60])
        statuses = sent_to_both(both, first.address, other.address)
        both.client.close()
    assert statuses == [[200, 200, 200, 201]] * AT_ONCE
    with Store.open(first.database) as store:
        assert list(faults(store, [*here.learners, *there.learners, both])) == []
    assert sqlite_problems(database) == []
    note_figure(
        "two services on one file",
        f"{HAND_INS} acknowledged, {AT_ONCE} attempts to both at once",
        f"{here.acknowledged + there.acknowledged} acknowledged, {AT_ONCE} taken once: none missing or twice",
    )


def sent_to_both(learner: RetryingLearner, *addresses: str) -> list[list[int]]:
    """What is told when each attempt is sent to both services, to each twice, all at once."""
    learner.sign_in()
    statuses = []
    with ThreadPoolExecutor(4) as pool:
        for _ in range(AT_ONCE):
            attempt, body = learner.begin()
            urls = [f"{address}/api/attempts/{attempt}" for address in addresses * 2]
            sent = [pool.submit(learner.client.put, url, json=body, timeout=60) for url in urls]
            answers = [reply.result() for reply in sent]
            statuses.append(sorted(answer.status_code for answer in answers))
            learner.results[attempt] = answers[0].json()
            assert all(answer.json() == answers[0].json() for answer in answers)
    return statuses
