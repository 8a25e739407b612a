"""What is sent is text that databases, pages and documents can hold, before anything here looks at it.

PostgreSQL takes no NUL, not even to find nothing by it; UTF-8 has no lone surrogate; XML none of the rest.
A browser sends nothing of the kind that somebody typed, but for a break of Word's, which is a control
character too. So in a field each becomes a blank, and an address with one is none of ours.
"""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData, Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from .faults import Fault

#: Tabs and ends of lines stay.
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
#: What a form may say of itself; every browser sends it so.
CHARSETS = frozenset({b"", b"utf-8", b"utf8", b"us-ascii"})


class Texts:
    """Refuses an address that nobody can read, and a form that is not in UTF-8."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            _check(scope)
        await self.app(scope, receive, send)


def _check(scope: Scope) -> None:
    if UNREADABLE.search(scope["path"]) or b"\0" in unquote_to_bytes(scope["query_string"]):
        raise Fault("no-such-page")
    _, said = parse_options_header(Headers(scope=scope).get("content-type"))
    if said.get(b"charset", b"").lower() not in CHARSETS:
        raise Fault("not-utf8")


def plain_text(text: str) -> str:
    """Returns the text with a blank for each sign that cannot be held."""
    return UNREADABLE.sub(" ", text)


def plain_form(form: FormData) -> FormData:
    """Returns the same fields and files, each text as it can be held; a file's name too."""
    fields = []
    for name, value in form.multi_items():
        if isinstance(value, str):
            value = plain_text(value)
        elif value.filename:
            value.filename = plain_text(value.filename)
        fields.append((plain_text(name), value))
    return FormData(fields)
