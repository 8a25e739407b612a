"""How large a body may be and how slowly it may come, enforced while it arrives."""

from __future__ import annotations

import asyncio

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..render.templating import kilobytes
from . import areas
from .faults import Fault
from .settings import Settings


class Bodies:
    """Lets no more than the limit of its area through, nor waits longer for it than is set."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self.app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        is_upload = scope["method"] == "POST" and areas.is_in(scope["path"], areas.UPLOADS)
        limit = self._settings.upload_limit if is_upload else self._settings.body_limit
        until = asyncio.get_running_loop().time() + self._seconds(is_upload)
        declared = Headers(scope=scope).get("content-length", "")
        seen = int(declared) if declared.isdecimal() and len(declared) < 20 else 0
        is_over, is_whole, seen = seen > limit, False, 0

        async def receive_within() -> Message:
            nonlocal seen, is_whole
            if is_over:
                raise Fault("too-big", limit=kilobytes(limit))
            message = await (receive() if is_whole else self._piece(receive, until))
            seen += len(message.get("body", b""))
            is_whole = is_whole or not message.get("more_body", False)
            if seen > limit:
                raise Fault("too-big", limit=kilobytes(limit))
            return message

        await self.app(scope, receive_within, send)

    def _seconds(self, is_upload: bool) -> float:
        return self._settings.upload_seconds if is_upload else self._settings.body_seconds

    async def _piece(self, receive: Receive, until: float) -> Message:
        """The next piece; a byte now and then would otherwise go on for ever. Raises Fault."""
        soon = asyncio.get_running_loop().time() + self._settings.patience
        try:
            async with asyncio.timeout_at(min(soon, until)):
                return await receive()
        except TimeoutError:
            raise Fault("too-slow", headers={"Connection": "close"}) from None
