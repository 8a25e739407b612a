"""Forks services that kill themselves between commit and reply. Run as a program; a line of JSON for each.

`gone` is said once a service is dead: by its own hand with the attempt that was ordered, after it was on
disk and before a byte of the reply was out. One that replies early is the bug that the checker must
catch: it replies and dies without ever having written.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from taphuan.programme.loader import load
from taphuan.programme.model.programme import Programme
from taphuan.records import Store
from taphuan.records.access.credentials import Hashing
from taphuan.service import Settings, create_app, server
from taphuan.service.http.settings import Rate


class KilledAfterAttempts:
    """Dies with the n-th attempt that is newly on disk, before its reply."""

    def __init__(self, app: ASGIApp, *, after: int, replies_early: bool) -> None:
        self.app, self.left, self.replies_early = app, after, replies_early

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "PUT":
            return await self.app(scope, receive, send)
        if self.replies_early and self.left == 1:
            return await self._reply_unwritten(receive, send)

        async def before(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 201:
                self.left -= 1
                if not self.left:
                    _die()
            await send(message)

        await self.app(scope, receive, before)

    async def _reply_unwritten(self, receive: Receive, send: Send) -> None:
        # With some of the request unread, dying would take back the reply that is on its way.
        while (await receive()).get("more_body"):
            pass
        headers = [(b"content-type", b"application/json"), (b"connection", b"close")]
        await send({"type": "http.response.start", "status": 201, "headers": headers})
        await send({"type": "http.response.body", "body": b"{}"})
        await asyncio.sleep(0.05)
        _die()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def serve(programme: Programme, asked: dict[str, Any]) -> None:
    hashing = Hashing(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    settings = Settings(is_secure=False, writes=Rate(burst=100_000, seconds=1))
    app = create_app(programme, Store.open(asked["database"]), settings=settings, hashing=hashing)
    killed = KilledAfterAttempts(app, after=asked["after"], replies_early=asked["replies_early"])
    server.new_server(killed).run(sockets=[server.listen("127.0.0.1", asked["port"])])  # type: ignore[arg-type]


def main(root: Path) -> None:
    programme = load(root).programme
    assert programme is not None
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            serve(programme, asked)
            os._exit(0)
        os.write(1, f"born {child}\n".encode())
        os.waitpid(child, 0)
        os.write(1, b"gone\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
