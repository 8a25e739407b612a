"""Whoever asks in earnest is answered, whatever others do to the connections of the service."""

from __future__ import annotations

import logging
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest
from fixtures_service import listening

from taphuan.programme.model.programme import Programme
from taphuan.records import Store
from taphuan.records.access.credentials import Hashing
from taphuan.service import Settings, create_app
from taphuan.service.http.connections import Limits

pytestmark = pytest.mark.thorough

SOON = 20.0
ASKED = b"GET / HTTP/1.1\r\nHost: a\r\n"
Served = Callable[..., str]


@pytest.fixture
def served(programme: Programme, store: Store, hashing: Hashing, site: Path) -> Iterator[Served]:
    """Starts the service on a socket of its own, with limits or settings of its own."""
    with ExitStack() as stack:

        def start(limits: Limits | None = None) -> str:
            def make(settings: Settings):  # type: ignore[no-untyped-def]
                return create_app(programme, store, site=site, settings=settings, hashing=hashing)

            return stack.enter_context(listening(make, limits=limits or Limits()))

        yield start


@contextmanager
def line(address: str, sent: bytes = b"", source: str = "127.0.0.1") -> Iterator[socket.socket]:
    host, _, port = address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), SOON, source_address=(source, 0)) as opened:
        if sent:
            opened.sendall(sent)
        yield opened


def told(opened: socket.socket) -> bytes:
    """All that comes until the other side closes."""
    found = bytearray()
    while True:
        try:
            piece = opened.recv(65_536)
        except ConnectionError:
            return bytes(found)
        if not piece:
            return bytes(found)
        found += piece


def sent_until_refused(opened: socket.socket, piece: bytes, most: int) -> int:
    """How many bytes went out before the other side had enough."""
    sent = 0
    while sent < most:
        try:
            opened.sendall(piece)
        except OSError:
            break
        sent += len(piece)
    return sent


# --- headers --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param(b"X: " + b"a" * 33_000 + b"\r\n\r\n", id="one long"),
        pytest.param(b"X: " + b"a" * 33_000, id="one without an end"),
        pytest.param(b"a: b\r\n" * 101 + b"\r\n", id="many"),
        pytest.param(b"a: b\r\n" * 101, id="many without an end"),
    ],
)
def test_too_many_headers_are_refused_in_vietnamese(served: Served, headers: bytes) -> None:
    with line(served(), ASKED + headers) as opened:
        answer = told(opened)
    assert answer.startswith(b"HTTP/1.1 431 ")
    assert "Xóa cookie của trang này" in answer.decode()


def test_a_long_first_line_is_refused(served: Served) -> None:
    with line(served(), b"GET /" + b"a" * 33_000 + b" HTTP/1.1\r\n\r\n") as opened:
        assert told(opened).startswith(b"HTTP/1.1 431 ")


def test_what_browsers_send_is_served(served: Served) -> None:
    headers = b"".join(b"X-%d: %s\r\n" % (n, b"a" * 300) for n in range(98))
    with line(served(), ASKED + headers + b"Connection: close\r\n\r\n") as opened:
        assert told(opened).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        pytest.param(ASKED + b"X: ", b"a" * 65_536, id="a header"),
        pytest.param(ASKED, b"a: b\r\n" * 10_000, id="headers"),
        pytest.param(b"GET /", b"a" * 65_536, id="a path"),
        pytest.param(b"", b"\r\n" * 32_768, id="blank lines"),
        pytest.param(
            b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: ",
            b"a" * 65_536,
            id="a trailer",
        ),
        pytest.param(b"", (ASKED + b"\r\n") * 2_000, id="requests at once"),
    ],
)
def test_what_never_ends_is_not_taken_in(served: Served, start: bytes, piece: bytes) -> None:
    """Some of it waits in the two systems; sixty-four megabytes were all taken before."""
    with line(served(), start) as opened:
        assert sent_until_refused(opened, piece, 64_000_000) < 32_000_000


# --- time -----------------------------------------------------------------------------------


def test_headers_that_come_slowly_are_told_so(served: Served) -> None:
    with line(served(Limits(header_seconds=0.5)), ASKED) as opened:
        for _ in range(3):
            time.sleep(0.1)
            opened.sendall(b"X")
        answer = told(opened).decode()
    assert answer.startswith("HTTP/1.1 408 ")
    assert "Mạng quá chậm" in answer


def test_a_second_request_that_comes_slowly_is_told_so(served: Served) -> None:
    with line(served(Limits(header_seconds=0.5)), ASKED + b"\r\n") as opened:
        assert opened.recv(65_536).startswith(b"HTTP/1.1 200 ")
        opened.sendall(b"GE")
        assert b"HTTP/1.1 408 " in told(opened)


def test_whoever_says_nothing_is_not_waited_for(served: Served) -> None:
    with line(served(Limits(header_seconds=0.5))) as opened:
        assert told(opened) == b""


@pytest.mark.slow
def test_an_answer_that_nobody_takes_is_given_up(served: Served, site: Path) -> None:
    (site / "lon.pdf").write_bytes(b"a" * 40_000_000)
    address = served(Limits(unread_seconds=1.0))
    with line(address, b"GET /lon.pdf HTTP/1.1\r\nHost: a\r\n\r\n") as opened:
        time.sleep(3)
        assert 0 < len(told(opened)) < 40_000_000


@pytest.mark.slow
def test_an_answer_that_is_taken_slowly_comes_whole(served: Served, site: Path) -> None:
    (site / "lon.pdf").write_bytes(b"a" * 20_000_000)
    address, got = served(Limits(unread_seconds=1.5)), 0
    with line(address, b"GET /lon.pdf HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n") as opened:
        while piece := opened.recv(500_000, socket.MSG_WAITALL):
            got += len(piece)
            time.sleep(0.1)
    assert got > 20_000_000


def test_a_body_that_is_answered_already_is_not_waited_for_without_end(served: Served) -> None:
    head = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n"
    with line(served(Limits(rest_seconds=0.5)), head) as opened:
        assert opened.recv(65_536).startswith(b"HTTP/1.1 4")
        began = time.monotonic()
        while time.monotonic() < began + SOON:
            time.sleep(0.05)
            try:
                opened.sendall(b"a")
            except OSError:
                return
    pytest.fail("still taken")


# --- crowds ---------------------------------------------------------------------------------


def test_a_crowd_that_only_begins_to_ask_locks_nobody_out(served: Served) -> None:
    address = served(Limits(connections=64, fresh_seconds=0.1))
    with ExitStack() as crowd:
        for _ in range(200):
            crowd.enter_context(line(address, b"GET / HTTP/1.1\r\nX-A: b"))
        for _ in range(5):
            assert httpx.get(address, timeout=SOON).status_code == 200
            for _ in range(20):
                crowd.enter_context(line(address, b"GET / HTTP/1.1\r\nX-A: b"))


def test_a_crowd_that_is_slow_with_its_bodies_locks_nobody_out(served: Served) -> None:
    address = served(Limits(connections=64, fresh_seconds=0.1))
    head = b"POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n"
    with ExitStack() as crowd:
        for _ in range(200):
            crowd.enter_context(line(address, head))
        assert httpx.get(address, timeout=SOON).status_code == 200


@pytest.mark.parametrize("fresh_seconds", [0, 1.0], ids=["all are old", "the crowd has just come"])
def test_room_is_made_at_the_address_that_holds_most(served: Served, fresh_seconds: float) -> None:
    address = served(Limits(connections=64, fresh_seconds=fresh_seconds, header_seconds=60))
    with ExitStack() as crowd, httpx.Client() as honest:
        assert honest.get(address).status_code == 200
        mine = [crowd.enter_context(line(address, ASKED)) for _ in range(5)]
        time.sleep(fresh_seconds)
        try:
            for _ in range(200):
                crowd.enter_context(line(address, ASKED, source="127.0.0.2"))
        except OSError:
            pytest.skip("this system has one loopback address")
        for opened in mine:
            opened.sendall(b"\r\n")
            assert opened.recv(65_536).startswith(b"HTTP/1.1 200 ")


@pytest.mark.slow
def test_a_class_behind_one_address_is_served_at_once(served: Served) -> None:
    """Three hundred telephones, each with several pages in turn."""
    address = served()

    def one(_: int) -> set[int]:
        with httpx.Client(timeout=60) as telephone:
            return {telephone.get(f"{address}/{path}").status_code for path in ("", "khoa-hoc/nuoc-sach/")}

    with ExitStack() as crowd, ThreadPoolExecutor(50) as pool:
        for _ in range(1_000):
            crowd.enter_context(line(address))
        assert set().union(*pool.map(one, range(300))) == {200}


# --- what stays as it was ---------------------------------------------------------------------


def test_one_connection_serves_one_request_after_another(served: Served) -> None:
    with line(served()) as opened:
        for _ in range(200):
            opened.sendall(b"HEAD" + ASKED.removeprefix(b"GET") + b"\r\n")
            assert opened.recv(65_536).startswith(b"HTTP/1.1 200 ")


def test_a_few_requests_at_once_are_answered_in_turn(served: Served) -> None:
    with line(served(), (ASKED + b"\r\n") * 4 + ASKED + b"Connection: close\r\n\r\n") as opened:
        assert told(opened).count(b"HTTP/1.1 200 ") == 5


def test_a_body_refused_early_is_still_taken_so_that_the_answer_is_seen(served: Served) -> None:
    answer = httpx.post(f"{served()}/", content=b"a" * 5_000_000, timeout=SOON)
    assert answer.status_code in {405, 413, 404, 403}


def test_who_wants_to_change_to_websockets_is_answered_plainly(served: Served) -> None:
    wanted = b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: YQ==\r\n\r\n"
    with line(served(), ASKED + wanted) as opened:
        assert opened.recv(65_536).startswith(b"HTTP/1.1 200 ")


def test_what_is_no_http_is_refused_in_vietnamese(served: Served) -> None:
    with line(served(), b"\x16\x03\x01\x02\x00\r\n\r\n") as opened:
        answer = told(opened).decode()
    assert answer.startswith("HTTP/1.1 400 ")
    assert "Không đọc được yêu cầu này" in answer


def test_what_is_refused_at_the_door_is_a_line_of_the_log_and_carries_the_headers_too(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for sent in (b"\x16\x03\x01\r\n\r\n", ASKED + b"X: " + b"a" * 40_000):
        with line(served(), sent) as opened:
            headers = told(opened).partition(b"\r\n\r\n")[0].decode().splitlines()
        assert "x-content-type-options: nosniff" in headers
        assert "referrer-policy: no-referrer" in headers
        assert any(one.endswith("frame-ancestors 'none'") for one in headers)
        assert "content-type: text/plain; charset=utf-8" in headers
    assert [one.getMessage() for one in caplog.records if one.name == "taphuan.service"] == [
        "- (kết nối) 400",
        "- (kết nối) 431",
    ]


def test_two_lengths_of_a_body_are_refused(served: Served) -> None:
    """Whoever stands before the service and whoever hears it see the same requests."""
    hidden = b"GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n"
    both = b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" % (5 + len(hidden))
    twice = b"Content-Length: 0\r\nContent-Length: %d\r\n\r\n" % len(hidden)
    for lengths in (both, twice):
        with line(served(), b"POST / HTTP/1.1\r\nHost: a\r\n" + lengths + hidden) as opened:
            answer = told(opened)
        assert answer.startswith(b"HTTP/1.1 400 ")
        assert answer.count(b"HTTP/1.1 ") == 1


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_more_files_are_opened_where_the_system_begins_with_few() -> None:
    script = (
        "import resource as r; from taphuan.service.http.connections import most_connections as most;"
        "hard = r.getrlimit(r.RLIMIT_NOFILE)[1]; r.setrlimit(r.RLIMIT_NOFILE, (300, hard));"
        "print(most(), r.getrlimit(r.RLIMIT_NOFILE)[0])"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    connections, files = map(int, told.stdout.split())
    assert files > 300
    assert connections == min(files, 4_096) - 256
