"""A class in front of its test: learners who have each opened a form, and the service that marks them.

`python -m bench.submission_service ROOT URL PORT GROUP` serves them; a group of 1 is one transaction a
request.
"""

from __future__ import annotations

import json
import secrets
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection

from taphuan.programme.loader import load
from taphuan.programme.model.programme import Programme
from taphuan.quiz import Form, Key
from taphuan.records import By, people
from taphuan.records.access import sessions
from taphuan.records.people import NewPerson, RosterMember
from taphuan.records.store import Store
from taphuan.service import Settings, create_app
from taphuan.service.attempts import Attempts
from taphuan.service.http.settings import Rate
from taphuan.service.server import run

BY = By(actor="bench", reason="measuring")
#: A test of many kinds of questions, as the programme has it.
COURSE = "can-bo-cap-xa"
#: All requests come from one address here.
BOUNDLESS = Rate(burst=10**9, seconds=1)
#: How many forms are drawn in a transaction.
SOME = 200


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What a learner sends when handing in."""

    path: str
    token: str
    body: str


def opened(root: Path, url: str, learners: int) -> list[Submission]:
    """Makes a database of so many learners, each with an open form; what each of them will hand in."""
    programme = loaded(root)
    attempts = Attempts(programme)
    ids = [str(UUID(int=number + 1)) for number in range(learners)]
    submissions: list[Submission] = []
    with Store.open(url) as store:
        store.write(lambda within: _settle(within, store, programme, attempts, ids))
        for first in range(0, learners, SOME):
            some = ids[first : first + SOME]
            submissions += store.write(lambda within, some=some: list(_opened(within, store, attempts, some)))  # type: ignore[misc]
    return submissions


def loaded(root: Path) -> Programme:
    programme = load(root).programme
    assert programme is not None
    return programme


def _settle(
    connection: Connection, store: Store, programme: Programme, attempts: Attempts, ids: Sequence[str]
) -> None:
    now = store.now()
    people.place_units(connection, people.programme_units(programme.units), by=BY, now=now)
    communes = [unit.id for unit in people.units_by_id(connection).values() if unit.level == "commune"]
    unit_of = {id: communes[nth % len(communes)] for nth, id in enumerate(ids)}
    newcomers = [
        NewPerson(id=id, full_name=f"Học viên {nth}", position=None, unit=unit_of[id])
        for nth, id in enumerate(ids)
    ]
    people.add_persons(connection, newcomers, by=BY, now=now)
    people.freeze_roster(
        connection,
        [RosterMember(person=id, unit=unit) for id, unit in unit_of.items()],
        level="commune",
        as_of=now.date(),
        decision_ref="bench",
        source_sha256="0" * 64,
        by=BY,
        now=now,
    )
    attempts.publish(connection, now)


def _opened(
    connection: Connection, store: Store, attempts: Attempts, persons: Sequence[str]
) -> Iterator[Submission]:
    now = store.now()
    for nth, person in enumerate(persons):
        form, key = attempts.draw(connection, person, COURSE, now.date())
        kept = attempts.keep(connection, person, form, key, now)
        token = sessions.start_session(connection, person=person, now=now, random=secrets.token_bytes)
        body = {"form": kept.id, "responses": _answers(form, key, is_good=nth % 3 > 0)}
        yield Submission(path=f"/api/attempts/{kept.attempt}", token=token, body=json.dumps(body))


def _answers(form: Form, key: Key, *, is_good: bool) -> dict[str, list[str]]:
    """Numbers as a browser sends them: all right, or the first part of each question."""
    answers = {}
    for number, asked in enumerate(form.asked, 1):
        answer = key[asked.id]
        if answer.kind == "matching":
            rights = [asked.parts.index(pair.partition("=")[2]) + 1 for pair in answer.right]
            given = [f"{left}={right}" for left, right in enumerate(rights, 1)]
        else:
            given = [str(asked.parts.index(part) + 1) for part in answer.right]
        answers[str(number)] = given if is_good else given[:1]
    return answers


def serve(root: Path, url: str, port: int, group: int) -> None:
    settings = Settings(is_secure=False, writes=BOUNDLESS)
    with Store.open(url, group=group) as store:
        app = create_app(loaded(root), store, settings=settings)
        run(app, port=port, say=print)


if __name__ == "__main__":
    serve(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
