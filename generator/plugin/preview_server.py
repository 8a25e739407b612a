"""The preview's web server: files of a folder, changes as events, and findings as notes in pages."""

from __future__ import annotations

import errno
import json
import os
import queue
import re
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from typing import Any, TypedDict
from urllib.parse import parse_qs

from ..errors import Finding, OperatorError
from ..programme import urls
from ..programme.kinds import kind_of
from ..programme.model.course import Course, Lesson
from ..programme.model.programme import Programme

#: The most notes listed: more would scroll past before anybody has read them.
LISTED = 20
WHERE_LISTED = "xem ở góc trang trong trình duyệt, hoặc gõ: taphuan check"

Findings = tuple[Finding, ...]
Wording = Callable[[Findings], str]


class PageNote(TypedDict):
    """A note as an open page shows it; `pages` are the addresses at which its file is read."""

    code: str
    file: str
    line: int
    what: str
    fix: str
    pages: list[str]


Notes = Sequence[PageNote]


def notes_text(notes: Findings, before: Findings, word: Wording) -> str:
    """Returns the notes of files whose notes have changed, and how many there are in all."""
    changed = _files_of_change(notes, before)
    listed = tuple(note for note in notes if note.file in changed)[:LISTED]
    if not notes:
        return "Không còn lưu ý nào." if before else ""
    if not listed:
        return f"Còn {len(notes)} lưu ý, {WHERE_LISTED}"
    rest = f" Cả thảy có {len(notes)} lưu ý, {WHERE_LISTED}" if len(listed) < len(notes) else ""
    return f"{word(listed)}{rest}"


def page_notes(notes: Findings, programme: Programme) -> tuple[PageNote, ...]:
    read_at: dict[str, list[str]] = {}
    for file, address in _files_by_address(programme):
        read_at.setdefault(file, []).append(address)
    return tuple(_page_note(note, read_at) for note in notes)


def _page_note(note: Finding, read_at: Mapping[str, list[str]]) -> PageNote:
    return PageNote(
        code=note.code,
        file=note.file,
        line=note.line,
        what=note.message,
        fix=note.fix,
        pages=read_at.get(note.file, []),
    )


def _files_by_address(programme: Programme) -> Iterator[tuple[str, str]]:
    """Yields each file that has a page of its own, or is shown or asked on one, with its address."""
    for lesson in programme.lessons.values():
        shown = (*programme.scenarios_of(lesson), *programme.flows_in(lesson))
        for written in (lesson, *programme.self_check_banks(lesson), *shown):
            yield written.source, urls.lesson(lesson.id)
    for course in programme.courses.values():
        for read in (course, *programme.tasks_of(course)):
            yield read.source, urls.course(course.id)
    for document in programme.every_document:
        address = kind_of(document).address
        if address and not isinstance(document, Course | Lesson):
            yield document.source, address(document)


def _files_of_change(notes: Findings, before: Findings) -> frozenset[str]:
    """Returns the files whose notes have changed; a note that only moved to another line is the same."""
    now, then = (Counter((note.file, note.code, note.message, note.excerpt) for note in some)
                 for some in (notes, before))  # fmt: skip
    return frozenset(file for file, *_ in (now - then) + (then - now))


EVENTS_ADDRESS = "/__taphuan/events"
LIVE_SCRIPT = "/__taphuan/live.js"
LIVE_STYLES = "/__taphuan/live.css"
PREVIEW_TEMPLATES = files("taphuan").joinpath("templates/preview")
#: Takes the place of the end of each page's body: the two files, and the words that the script shows.
LIVE_TAG = PREVIEW_TEMPLATES.joinpath("live.html").read_bytes().strip()
#: Files that only the preview has, by their address.
OWN_FILES = {
    LIVE_SCRIPT: (PREVIEW_TEMPLATES.joinpath("live.js").read_bytes(), "text/javascript; charset=utf-8"),
    LIVE_STYLES: (PREVIEW_TEMPLATES.joinpath("live.css").read_bytes(), "text/css; charset=utf-8"),
}
#: Shown until a first site could be built: findings stand on it as on any page.
WAITING = PREVIEW_TEMPLATES.joinpath("waiting.html").read_bytes()
NOT_SHOWN = (
    '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Không có trang này</title>'
    '<body><p>Không có trang này trong bản xem thử. <a href="/">Về trang chủ</a></p></body></html>'
).encode()
PORTS_TRIED = 50
#: A moment, as a page says when it was sent.
NANOSECONDS = re.compile(r"[0-9]{1,20}")
HEARTBEAT = 15.0
"""Seconds of silence after which an open page is sent a sign of life."""

PageEvent = tuple[str, str | Notes | None]


class ChangeFeed:
    """Tells every open page what has happened; one that opens later is told what still holds."""

    def __init__(self) -> None:
        self._readers: set[queue.Queue[PageEvent]] = set()
        self._standing: PageEvent = ("notes", ())
        self._changed: dict[str | None, int] = {}
        self._lock = threading.Lock()

    def reload(self, notes: Notes = (), address: str | None = None) -> None:
        """Has the page at an address opened anew, or every page where none is named."""
        self._changed[address] = time.time_ns()
        self._tell(("reload", address), standing=("notes", notes))

    def notes(self, notes: Notes) -> None:
        """Sends the notes, which are all that is wrong with the site; none where all is well."""
        self._tell(("notes", notes), standing=("notes", notes))

    def findings(self, text: str) -> None:
        self._tell(("findings", text), standing=("findings", text))

    def subscribe(self, address: str | None = None, since: int | None = None) -> queue.Queue[PageEvent]:
        """Returns what a page hears from now on, and a reload where it has changed `since` it was sent.

        That is in nanoseconds since 1970; a page that was sent a moment ago has not listened yet.
        """
        reader: queue.Queue[PageEvent] = queue.Queue()
        with self._lock:
            self._readers.add(reader)
            reader.put(self._standing)
            changed = max(self._changed.get(address, 0), self._changed.get(None, 0))
            if since is not None and changed > since:
                reader.put(("reload", address))
        return reader

    def leave(self, reader: queue.Queue[PageEvent]) -> None:
        with self._lock:
            self._readers.discard(reader)

    def _tell(self, news: PageEvent, *, standing: PageEvent) -> None:
        with self._lock:
            self._standing = standing
            for reader in self._readers:
                reader.put(news)


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body are sent apart: each answer would wait 40 ms for the browser to say that it has the head.
    disable_nagle_algorithm = True
    change_feed: ChangeFeed

    def log_message(self, format: str, *args: Any) -> None:
        """Logs nothing, since an author watches the browser, not a log."""

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if path == EVENTS_ADDRESS:
            self._stream()
        elif path in OWN_FILES:
            self._send(*OWN_FILES[path])
        elif (page := self._page(path)) is not None:
            self._send(page, "text/html; charset=utf-8")
        else:
            self._send_file()

    def _send_file(self) -> None:
        try:
            super().do_GET()
        except (ValueError, OSError) as fault:
            # No file has such a name: it contains a NUL, or thousands of letters.
            if isinstance(fault, ConnectionError):
                raise
            self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Sends in Vietnamese what the library would send in English."""
        self._send(_with_script(NOT_SHOWN, time.time_ns()), "text/html; charset=utf-8", code)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def _page(self, path: str) -> bytes | None:
        """Returns a page with our script and styles; None where the path is none or has no file."""
        file = Path(self.translate_path(path))
        if path.endswith("/"):
            file /= "index.html"
        if file.suffix != ".html":
            return None
        since = time.time_ns()  # before it is read, so that no later change is missed
        if not _is_file(file):
            return None if self._has_site else _with_script(WAITING, since)
        return _with_script(file.read_bytes(), since)

    @property
    def _has_site(self) -> bool:
        return Path(self.directory, "index.html").is_file()

    def _send(self, body: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _stream(self) -> None:
        asked = parse_qs(self.path.partition("?")[2], keep_blank_values=True)
        moment = NANOSECONDS.fullmatch(asked.get("since", [""])[0])
        reader = self.change_feed.subscribe(asked.get("page", [""])[0], int(moment[0]) if moment else None)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            while True:
                self._write_news(reader)
        except (BrokenPipeError, ConnectionError):
            pass
        finally:
            self.change_feed.leave(reader)

    def _write_news(self, reader: queue.Queue[PageEvent]) -> None:
        try:
            kind, payload = reader.get(timeout=HEARTBEAT)
            news = f"event: {kind}\ndata: {json.dumps(payload)}\n\n"
        except queue.Empty:
            news = ": còn đây\n\n"
        self.wfile.write(news.encode())
        self.wfile.flush()


def _with_script(page: bytes, since: int) -> bytes:
    """Returns a page that says since when it stands, with the script that hears what happens after."""
    return page.replace(b"</body>", LIVE_TAG.replace(b"{since}", str(since).encode()), 1)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # the name is too long
        return False


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # On Windows it would let two previews share a port, and the browser would meet either.
    allow_reuse_address = os.name != "nt"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignores a browser that hangs up, which is no news to an author."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def make_server(folder: Path, change_feed: ChangeFeed, *, host: str, port: int) -> ThreadingHTTPServer:
    """Returns a server on `port` or the next free one. Raises OperatorError unless `host` is this machine."""

    class Handler(_Handler):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(folder))

    Handler.change_feed = change_feed
    for candidate in range(port, port + PORTS_TRIED):
        try:
            return _Server((host, candidate), Handler)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise OperatorError.of("server.host", host=host) from None
    return _Server((host, 0), Handler)
