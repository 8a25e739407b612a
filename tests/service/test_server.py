"""Running the service: one process, an address that is said, and a log that holds nothing of anybody."""

from __future__ import annotations

import re
import socket
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fixtures_service import listening
from starlette.requests import Request

from taphuan.service import server
from taphuan.service.http.request_log import LOG

#: When, by which method, to which route, with which answer, and how long it took.
LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ [A-Z]+ (?:/[\w{}/-]*|\(trang tĩnh\)) \d{3} \d+ ms")


def test_it_says_where_it_is_and_logs_no_request(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    # What it sets up for good would be there for later tests, with a stream that is closed by then.
    for kept in ("handlers", "propagate", "level"):
        monkeypatch.setattr(LOG, kept, [] if kept == "handlers" else getattr(LOG, kept))
    servers: list[Any] = []
    made = server.new_server
    monkeypatch.setattr(server, "new_server", lambda app: servers.append(made(app)) or servers[0])
    said: list[str] = []
    running = threading.Thread(target=server.run, args=(app,), kwargs={"port": 0, "say": said.append})
    running.start()
    while not (servers and servers[0].started):
        time.sleep(0.01)
    address = said[0].removeprefix("Mở trên trình duyệt: ").replace("https://", "http://")
    answer = httpx.get(f"{address}xac-nhan/ABCD?ten=An")
    httpx.get(f"{address}gia%0d%0a2026-01-01T00:00:00Z%20GET%20/can-bo/%20200", headers={"User-Agent": "gia"})
    servers[0].should_exit = True
    running.join(10)
    assert not running.is_alive()
    assert len(said) == 1, "whoever opened the ledger has told the rest"
    assert answer.status_code == 404
    assert "server" not in answer.headers
    written = capfd.readouterr()
    assert "GET /xac-nhan/{serial} 404" in written.err
    assert "ABCD" not in written.err + written.out
    assert "ten=An" not in written.err + written.out
    lines = [line for line in written.err.splitlines() if " ms" in line]
    assert len(lines) == 2, "no request writes a line of its own making"
    assert all(LINE.fullmatch(line) for line in lines)
    moment = datetime.strptime(lines[0].split()[0], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert abs(datetime.now(UTC) - moment) < timedelta(minutes=10)


def test_a_port_that_is_taken_is_told_in_vietnamese() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(server.PortTaken) as told:
        server.listen("127.0.0.1", taken.getsockname()[1])
    assert "đang bận" in told.value.message
    assert "--port" in told.value.fix


@pytest.mark.parametrize("host", ["192.0.2.1", "khong-co.invalid"])
def test_an_address_of_another_machine_is_told_with_those_that_can_be_used(host: str) -> None:
    with pytest.raises(server.PortTaken) as told:
        server.listen(host, 0)
    assert told.value.message == f"không mở được địa chỉ “{host}” trên máy này"
    assert "0.0.0.0" in told.value.fix


def test_addresses_are_those_that_others_reach() -> None:
    assert server.addresses("127.0.0.1", 8080, "http") == ("http://127.0.0.1:8080/",)
    assert server.addresses("::1", 8080, "http") == ("http://[::1]:8080/",)
    everywhere = server.addresses("0.0.0.0", 8080, "http")
    assert everywhere[0] == "http://127.0.0.1:8080/"
    assert all("0.0.0.0" not in address for address in everywhere)


def test_an_address_that_a_proxy_tells_is_believed_of_this_machine_alone() -> None:
    app = FastAPI()

    @app.get("/who")
    async def who(request: Request) -> str:
        return request.client.host if request.client else ""

    told = {}
    with listening(lambda _: app) as address:
        for source in ("127.0.0.1", "127.0.0.2"):
            with httpx.Client(transport=httpx.HTTPTransport(local_address=source)) as client:
                sent = {"X-Forwarded-For": "203.0.113.9, 203.0.113.7"}
                told[source] = client.get(f"{address}/who", headers=sent).json()
    assert told == {"127.0.0.1": "203.0.113.7", "127.0.0.2": "127.0.0.2"}
