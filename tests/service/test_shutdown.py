"""A service that is stopped: its ledger lies whole in one file, by Ctrl-C and as systemd stops it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from fixtures_service import AN, BINH, OPERATOR, own_port

from taphuan.programme.model.programme import Programme
from taphuan.records import Store, people
from taphuan.records.access.credentials import Hashing
from taphuan.records.access.learner_codes import LearnerSignIn
from taphuan.records.people import NewPerson

pytestmark = [pytest.mark.slow, pytest.mark.thorough]

SERVE = [sys.executable, "-c", "from taphuan.cli import main; main()", "records", "serve"]
SECONDS = 60
#: A request whose body does not come; whoever waits for it says so.
HALF = (
    "POST /api/session HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\nContent-Type: application/json\r\n"
    "Expect: 100-continue\r\nContent-Length: 9\r\n\r\n"
)


@dataclass(frozen=True, kw_only=True)
class Machine:
    """A programme with an empty site, and a ledger in a folder of its own."""

    root: Path
    ledger: Path
    code: str

    @contextmanager
    def serving(self) -> Iterator[tuple[subprocess.Popen[str], str]]:
        """`records serve` once it answers, and where; whoever asked stops it."""
        port = own_port()
        asked = ["--root", str(self.root), "--database", f"sqlite:///{self.ledger}", "--port", str(port)]
        environment = {**os.environ, "NO_COLOR": "1", "PYTHONUTF8": "1"}
        with subprocess.Popen(
            [*SERVE, *asked], env=environment, stderr=subprocess.PIPE, encoding="utf-8"
        ) as service:
            try:
                self._await(service, f"http://127.0.0.1:{port}")
                yield service, f"http://127.0.0.1:{port}"
            finally:
                service.kill()

    def _await(self, service: subprocess.Popen[str], address: str) -> None:
        for _ in range(SECONDS * 10):
            assert service.poll() is None, service.stderr and service.stderr.read()
            try:
                return httpx.get(f"{address}/api/health").raise_for_status() and None
            except httpx.TransportError:
                time.sleep(0.1)
        pytest.fail("it never answered")

    def sign_in(self, address: str) -> None:
        """Writes a session, and leaves a reader open."""
        headers = {"Origin": address, "Sec-Fetch-Site": "same-origin"}
        with httpx.Client(base_url=address, headers=headers) as learner:
            assert learner.post("/api/session", json={"code": self.code}).status_code < 300
            assert learner.get("/api/courses").status_code == 200

    @property
    def beside(self) -> set[str]:
        return {path.name for path in self.ledger.parent.iterdir()} - {"so.turn", "so.key"}


@pytest.fixture(autouse=True)
def hears_interrupts() -> Iterator[None]:
    """Lets Ctrl-C reach the service also where a shell has the tests run in the background, deaf to it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def machine(root: Path, programme: Programme, hashing: Hashing, tmp_path: Path) -> Machine:
    shutil.copytree(root, tmp_path / "mẫu")
    (tmp_path / "mẫu/site").mkdir()
    (tmp_path / "ho-so").mkdir()
    ledger = tmp_path / "ho-so/so"
    with Store.open(f"sqlite:///{ledger}") as store:
        units, now = people.programme_units(programme.units), store.now()
        them = [NewPerson(id=id, full_name="A", position=None, unit="00101") for id in (AN, BINH)]
        store.write(lambda within: people.place_units(within, units, by=OPERATOR, now=now))
        store.write(lambda within: people.add_persons(within, them, by=OPERATOR, now=now))
        code = LearnerSignIn(store, hashing).issue([AN], by=OPERATOR)[AN].text
    return Machine(root=tmp_path / "mẫu", ledger=ledger, code=code)


def sessions_in(copy: Path) -> int:
    with closing(sqlite3.connect(copy)) as alone:
        return int(alone.execute("SELECT count(*) FROM session").fetchone()[0])


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_service_that_was_stopped_leaves_its_ledger_whole_in_one_file(
    machine: Machine, tmp_path: Path, number: signal.Signals, status: int
) -> None:
    with machine.serving() as (service, address):
        machine.sign_in(address)
        assert machine.beside == {"so", "so-wal", "so-shm"}
        service.send_signal(number)
        _, told = service.communicate(timeout=SECONDS)
    assert (service.returncode, machine.beside) == (status, {"so"})
    assert "chép cả hai tệp" not in told
    assert sessions_in(Path(shutil.copy(machine.ledger, tmp_path / "copy"))) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
def test_a_service_that_is_told_twice_stops_at_once_and_says_so_in_words(machine: Machine) -> None:
    with machine.serving() as (service, address):
        machine.sign_in(address)
        where = ("127.0.0.1", int(address.rpartition(":")[2]))
        with socket.create_connection(where) as half:
            half.sendall(HALF.format(address.removeprefix("http://")).encode())
            assert b" 100 " in half.recv(1_000), "it is at the request before it is told to stop"
            service.send_signal(signal.SIGTERM)
            with suppress(ConnectionError):
                while True:
                    socket.create_connection(where).close()
            service.send_signal(signal.SIGINT)
            _, told = service.communicate(timeout=SECONDS)
    assert "Đã dừng." in told
    assert "Traceback" not in told
    assert sessions_in(machine.ledger) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
def test_where_somebody_still_reads_whoever_copies_the_file_is_told_of_the_other_one(
    machine: Machine, tmp_path: Path
) -> None:
    with machine.serving() as (service, address), closing(sqlite3.connect(machine.ledger)) as other:
        other.execute("BEGIN")
        assert other.execute("SELECT count(*) FROM session").fetchone() == (0,)
        machine.sign_in(address)
        service.send_signal(signal.SIGTERM)
        _, told = service.communicate(timeout=SECONDS)
    assert service.returncode == 0
    assert "so-wal" in told
    assert "chép cả hai tệp, hoặc dùng taphuan records backup" in told
