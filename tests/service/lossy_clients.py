"""Learners over real HTTP whose replies get lost, and what must be on the ledger afterwards."""

from __future__ import annotations

import json
import socket
import struct
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx
from fixtures_service import OPERATOR
from sqlalchemy import select

from taphuan.programme.model.programme import Programme
from taphuan.records import Store, people, schema
from taphuan.records.access.credentials import Hashing
from taphuan.records.access.learner_codes import LearnerSignIn
from taphuan.records.people import NewPerson

COURSE = "nuoc-sach"
OURS = {"Sec-Fetch-Site": "same-origin"}
SECONDS = 60
#: Closing sends a reset at once, whatever has arrived and was not read.
RESET = struct.pack("ii", 1, 0)


def enrol_learners(store: Store, programme: Programme, hashing: Hashing, count: int) -> list[str]:
    """Codes of so many learners of one commune."""
    now = store.now()

    def settle(connection: Any) -> list[str]:
        people.place_units(connection, people.programme_units(programme.units), by=OPERATOR, now=now)
        new = [NewPerson(full_name=f"Người Thứ {n}", position=None, unit="00101") for n in range(count)]
        return list(people.add_persons(connection, new, by=OPERATOR, now=now))

    issued = LearnerSignIn(store, hashing).issue(store.write(settle), by=OPERATOR)
    return [code.text for code in issued.values()]


@dataclass(kw_only=True)
class Learner:
    """Asks until there is an answer; remembers each attempt, its result, and how it was first told."""

    address: str
    code: str
    results: dict[str, Any] = field(default_factory=dict)
    told: list[int] = field(default_factory=list)
    contradicted: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.client = httpx.Client(base_url=self.address, headers={**OURS, "Origin": self.address})

    def ask(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """Again and again while the line is dead."""
        for _ in range(SECONDS * 50):
            try:
                return self.client.request(method, path, json=body)
            except httpx.TransportError:
                time.sleep(0.02)
        raise TimeoutError(path)

    def sign_in(self) -> None:
        """Comes again as long as the queue is full: of a hundred and fifty at once, not all find a place."""
        for _ in range(SECONDS * 10):
            answer = self.ask("POST", "/api/session", {"code": self.code})
            if answer.status_code == 204:
                return
            assert answer.json()["code"] == "busy", answer.text
            assert int(answer.headers["Retry-After"]) > 0
            time.sleep(0.1)
        raise TimeoutError("/api/session")

    def begin(self) -> tuple[str, dict[str, Any]]:
        """The id of the next attempt, and what is handed in for it: the first part of every question."""
        answer = self.ask("POST", f"/api/courses/{COURSE}/form", {})
        assert answer.status_code == 200, answer.text
        sheet = answer.json()["sheet"]
        responses = {one["number"]: ["1"] for one in sheet["questions"] if one["kind"].endswith("choice")}
        return answer.json()["attempt"], {"form": sheet["form"], "responses": responses}

    def hand_in(self, attempt: str, body: Mapping[str, Any]) -> None:
        """Until it is acknowledged."""
        answer = self.ask("PUT", f"/api/attempts/{attempt}", body)
        assert answer.status_code in {200, 201}, answer.text
        self.told.append(answer.status_code)
        if self.results.setdefault(attempt, answer.json()) != answer.json():
            self.contradicted.append(attempt)

    def drop(self, attempt: str, body: Mapping[str, Any], *, is_answered: bool) -> None:
        """Hands in and breaks the line: once the reply is there, of which nothing is read, or at once."""
        sent, where = json.dumps(body).encode(), urlsplit(self.address)
        cookies = "; ".join(f"{name}={value}" for name, value in self.client.cookies.items())
        head = {
            **OURS,
            "Host": where.netloc,
            "Origin": self.address,
            "Cookie": cookies,
            "Content-Type": "application/json",
            "Content-Length": str(len(sent)),
        }
        lines = [f"PUT /api/attempts/{attempt} HTTP/1.1", *(f"{name}: {said}" for name, said in head.items())]
        with socket.create_connection((str(where.hostname), int(where.port or 80))) as line:
            line.sendall("\r\n".join([*lines, "", ""]).encode() + sent)
            if is_answered:
                line.settimeout(SECONDS)
                assert line.recv(1, socket.MSG_PEEK), "no reply"
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)


@contextmanager
def connected_learners(address: str, codes: Sequence[str]) -> Iterator[list[Learner]]:
    """Learners who ask at an address, until they have gone."""
    learners = [Learner(address=address, code=code) for code in codes]
    yield learners
    for learner in learners:
        learner.client.close()


def faults(store: Store, learners: Sequence[Learner]) -> list[str]:
    """What was acknowledged and is not there once, what was told in two ways, what nobody handed in."""
    return list(_faults(store, learners))


def _faults(store: Store, learners: Sequence[Learner]) -> Iterator[str]:
    yield from (f"told otherwise {one}" for learner in learners for one in learner.contradicted)
    acknowledged = {attempt for learner in learners for attempt in learner.results}
    with store.read() as connection:
        events = Counter(connection.execute(select(schema.event.c.event_id)).scalars())
    yield from (f"lost {one}" for one in sorted(acknowledged - events.keys()))
    yield from (f"nobody's {one}" for one in sorted(events.keys() - acknowledged))
    yield from (f"twice {one}" for one, count in events.items() if count > 1)
    yield from map(str, store.verify())
