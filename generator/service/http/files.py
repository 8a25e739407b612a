"""Files of the static site, of the service itself, and sealed ones that are fetched once."""

from __future__ import annotations

import hashlib
import mimetypes
import os
import re
import secrets
import stat
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

from . import urls
from .settings import Stopwatch
from .urls import LinkedPage, TestLinks

FOREVER = "public, max-age=31536000, immutable"
#: The browser asks again each time, and gets the file only where it has changed.
FRESH = "no-cache"
# Windows asks its registry, where another program may have made scripts plain text, which no browser runs.
mimetypes.add_type("text/javascript", ".js")
#: Starlette names the encoding only for types under text/.
XML = re.compile(r"[/+]xml\Z")
HASHED = re.compile(r"\.[0-9a-f]{8,}\.(?:min\.)?(?:css|js)\Z")


#: Types of files in a built site; anything else was left in its folder by mistake.
SENT = frozenset(
    {
        *(".html", ".css", ".js", ".json", ".map", ".webmanifest", ".xml", ".txt", ".pdf"),
        *(".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".ico", ".woff", ".woff2", ".ttf"),
    }
)
#: The list of pages for search engines, as MkDocs packs it; what else is packed may be anything.
PACKED = ".xml.gz"
#: The one folder with a dot that is meant for everybody (RFC 8615).
WELL_KNOWN = ".well-known"


class StaticSite(StaticFiles):
    """The static site, with the links from its pages to the service.

    Only pages and what belongs to them are sent from its folder: no hidden file or folder, no database, no
    key.
    """

    def __init__(self, folder: Path, test_links: TestLinks) -> None:
        super().__init__(directory=folder, html=True)
        self._test_links = test_links

    async def get_response(self, path: str, scope: Scope) -> Response:
        if urls.is_in(scope["path"], *urls.OWN):
            raise HTTPException(404)
        response = await super().get_response(path, scope)
        if (
            isinstance(response, FileResponse)
            and response.status_code == 404
            and response.stat_result is not None
        ):
            return self.file_response(response.path, response.stat_result, scope, 404)
        return response

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        full_path, stat_result = super().lookup_path(path)
        if stat_result is None or not _is_sent(path, full_path, stat_result):
            return "", None
        return full_path, stat_result

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        name = str(full_path)
        page = self._test_links.page(scope["path"], name, stat_result.st_mtime_ns)
        if page is None:
            response = super().file_response(full_path, stat_result, scope, status_code)
        else:
            response = self._with_links(page, scope, status_code)
        response.headers["Cache-Control"] = FOREVER if HASHED.search(name) else FRESH
        if XML.search(kind := response.headers.get("Content-Type", "")):
            response.headers["Content-Type"] = f"{kind}; charset=utf-8"
        return response

    def _with_links(self, page: LinkedPage, scope: Scope, status_code: int) -> Response:
        response = HTMLResponse(page.html, status_code, headers={"ETag": page.etag})
        is_known = status_code == 200 and self.is_not_modified(response.headers, Headers(scope=scope))
        return NotModifiedResponse(response.headers) if is_known else response


def _is_sent(path: str, full_path: str, stat_result: os.stat_result) -> bool:
    """Tells whether an existing file belongs to a site; a link counts as what it leads to."""
    first, *rest = Path(path).parts or ("",)
    is_hidden = any(part.startswith(".") for part in ([] if first == WELL_KNOWN else [first]) + rest)
    name = Path(full_path).name.lower()
    is_page = Path(name).suffix in SENT or name.endswith(PACKED)
    return not is_hidden and (stat.S_ISDIR(stat_result.st_mode) or is_page)


class OwnFiles(StaticFiles):
    """The service's scripts and styles and what it shares with the site; addresses change with contents."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, packages=[("taphuan", "templates/shared")])

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = FOREVER if scope["query_string"].startswith(b"v=") else FRESH
        return response


#: Seconds for which a file can be fetched, and how many files are kept at a time.
KEPT, MOST_KEPT = 15 * 60, 8
NONCE = 12


@dataclass(frozen=True)
class SealedFile:
    """A file encrypted under a key that is not kept, until a moment of the stopwatch."""

    nonce: bytes
    hidden: bytes
    until: float


class SealedFiles:
    """Keeps the last files made, each for its owner; only the `key`, which a page holds, opens one.

    On a disk codes would lie readable, and a link to a file would be a secret in an address.
    """

    def __init__(self, stopwatch: Stopwatch, random: Callable[[int], bytes] = secrets.token_bytes) -> None:
        self._stopwatch, self._random = stopwatch, random
        self._files: OrderedDict[tuple[str, str], SealedFile] = OrderedDict()

    def put(self, owner: str, key: str, data: bytes) -> None:
        nonce = self._random(NONCE)
        hidden = AESGCM(_stretched(key)).encrypt(nonce, data, owner.encode())
        self._files[owner, _name(key)] = SealedFile(nonce, hidden, self._stopwatch() + KEPT)
        self._sweep()

    def open(self, owner: str, key: str) -> bytes | None:
        """Returns the file, or None once its time is over, or with another key."""
        self._sweep()
        sealed = self._files.get((owner, _name(key)))
        if sealed is None:
            return None
        try:
            return AESGCM(_stretched(key)).decrypt(sealed.nonce, sealed.hidden, owner.encode())
        except InvalidTag:
            return None

    def _sweep(self) -> None:
        over = [name for name, sealed in self._files.items() if sealed.until <= self._stopwatch()]
        for name in over:
            del self._files[name]
        while len(self._files) > MOST_KEPT:
            self._files.popitem(last=False)


def _stretched(key: str) -> bytes:
    """Returns a random id stretched into a key: an id cannot be guessed, so no slow hash is needed."""
    return hashlib.sha256(key.encode()).digest()


def _name(key: str) -> str:
    """Returns a name by which a file is found but not opened."""
    return hashlib.sha256(f"name of {key}".encode()).hexdigest()
