"""The live preview: an edit shows in the browser, findings show there too, the last good site stays.

MkDocs renders one page as quickly as it can; what makes its own preview slow is everything around it. So the
first build is MkDocs's own, and an edit after it renders only the pages whose text has changed, with the
environment, files and navigation of that build. Each is shown as soon as it is rendered, lessons first; what
is left of an edit is given up for the next one, which looks at it again.
"""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable, Hashable, Iterable, Mapping
from pathlib import Path

from mkdocs.commands.build import _build_page, _populate_page
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from ..errors import OperatorError, reason
from ..programme import urls
from ..programme.checks import check_text
from ..programme.loader import load
from ..programme.loader.memo import CACHE_FOLDER, kept_memo
from ..programme.loader.programme_folder import read_markdown
from ..programme.model.course import Lesson
from ..programme.model.programme import Programme
from ..render.site import PageCache, SitePage, pages
from ..render.site.context import SiteContext
from ..render.site.lesson import lesson_page
from ..render.site_parts import hand_pages
from ..render.text.paper import IMAGES
from ..render.text.prose import Prose
from . import image_file
from .drawn_page import DrawnPage
from .mkdocs_build import CONFIG, MkDocsSite
from .preview_server import ChangeFeed, Findings, Notes, Wording, make_server, notes_text, page_notes

WATCHED = ("content", "curricula", "overrides")
#: Seconds of quiet after which changes count as one: an editor writes a file in several steps.
QUIET = 0.04
CHANGES = frozenset({"created", "modified", "moved", "deleted"})

#: Seconds without a change after which the search index is written.
TO_INDEX = 2.0
#: Seconds for a browser to open a lesson that has changed, before other pages are drawn beside it.
TO_OPEN = 0.25

Say = Callable[[str], None]
#: Waits some seconds, and tells whether files have changed meanwhile.
Overtaken = Callable[[float], bool]


def _never(_: float) -> bool:
    return False


class Preview:
    """A site kept up to date in `folder` while somebody writes."""

    def __init__(self, root: Path, folder: Path, *, banks: Path | None, word: Wording) -> None:
        self.root, self.folder, self.banks, self.word = root, folder, banks, word
        self.memo, self.page_cache = kept_memo(root), PageCache()
        self.change_feed = ChangeFeed()
        self.site: MkDocsSite | None = None
        self.programme: Programme | None = None
        self.pages: dict[str, SitePage] = {}
        self.images: Mapping[str, str | int] = {}
        self.frame: Hashable = None
        #: The whole site has to be built, the index written, or pages looked at that were given up before.
        self.is_stale, self.is_index_due, self.gave_up = True, False, False
        self.notes: Findings = ()
        self.notes_before: Findings = ()

    def refresh(
        self, *, whole: bool = False, is_overtaken: Overtaken = _never, changed: Iterable[Path] = ()
    ) -> str:
        """Brings the site up to date; returns what is wrong with it, in words, or "".

        A lesson whose file is known to have `changed` is shown before all others are looked at. Once lessons
        are shown, it waits until they are open, and stops where files have changed again.
        """
        self.is_stale |= whole
        for path in changed:
            self._show_lesson(path)
        loading = load(self.root, memo=self.memo, banks=self.banks)
        self.notes_before = self.notes
        self.notes = tuple(finding for finding in loading.findings if not finding.is_error)
        if loading.programme is None or loading.has_errors:
            words = self.word(loading.findings)
            self.change_feed.findings(words)
            return words
        shown = page_notes(self.notes, loading.programme)
        try:
            self._render(loading.programme, shown, is_overtaken)
        except (OperatorError, OSError) as error:
            words = _error_words(error)
            self.change_feed.findings(words)
            return words
        self.programme = loading.programme
        self.change_feed.notes(shown)
        return ""

    def noted(self) -> str:
        """Returns the notes of the last refresh, in words, or "" where there were and are none."""
        return notes_text(self.notes, self.notes_before, self.word)

    def _render(self, programme: Programme, notes: Notes, is_overtaken: Overtaken) -> None:
        """Renders what has changed; does not give up twice running, so that each page shows in the end."""
        may_give_up, self.gave_up = not self.gave_up, False
        frame, drawn = _shared_parts(programme), set[str]()
        if self.is_stale or self.site is None or frame != self.frame:
            return self._render_all(programme, frame, notes)
        images_changed, pause = self._copy_images(self.site, programme), TO_OPEN
        for page in pages(programme, cache=self.page_cache, site_url=self.site.address):
            if page.meta.get("kind") != "lesson":
                if pause and images_changed:
                    self.change_feed.reload(notes)
                self.gave_up = is_overtaken(pause * self.is_index_due) and may_give_up
                if self.gave_up:
                    return None
                pause = 0.0
            if page.path not in self.pages:
                return self._render_all(programme, frame, notes)
            if page != self.pages[page.path]:
                self._render_one(self.site, page, programme)
                self.pages[page.path], self.is_index_due = page, True
                self.change_feed.reload(notes, page.address)
            drawn.add(page.path)
        return None if drawn == self.pages.keys() else self._render_all(programme, frame, notes)

    def _render_all(self, programme: Programme, frame: Hashable, notes: Notes) -> None:
        """Builds the whole site, so that each page changes; where that fails, the next edit does it again."""
        site, self.is_stale = MkDocsSite(self.root, self.folder), True
        site.build(programme, cache=self.page_cache)
        self.site, self.pages, self.frame = site, dict(site.plugin.pages), frame
        self.images, self.is_stale = _images(programme), False
        self.change_feed.reload(notes)

    def _copy_images(self, site: MkDocsSite, programme: Programme) -> bool:
        """Copies images that have changed, and tells whether any has; pages that show them stay the same."""
        images = _images(programme)
        changed = [image for image, state in images.items() if self.images[image] != state]
        for image in changed:
            image_file(programme, image, site.config).copy_file()
        self.images = images
        return bool(changed)

    def _show_lesson(self, path: Path) -> None:
        """Shows a lesson of which the body alone was written anew, if nothing is wrong with its text."""
        file = Path(os.path.relpath(path, self.root)).as_posix()
        programme, site = self.programme, self.site
        known = (
            next((each for each in programme.lessons.values() if each.source == file), None)
            if programme
            else None
        )
        if programme is None or known is None or site is None or self.is_stale:
            return
        read = read_markdown(path, file, Lesson, self.memo, id=known.id)
        lesson = read.value
        if lesson is None or read.problems or lesson == known:
            return
        if lesson.model_copy(update={"body": known.body}) != known:
            return
        programme = programme.having(Lesson, dict(programme.lessons) | {lesson.id: lesson})
        address = urls.lesson(lesson.id)
        if f"{address}index.md" not in self.pages or any(check_text(programme, lesson)):
            return
        context = SiteContext(
            programme=programme, prose=Prose(programme), cache=self.page_cache, site_url=site.address
        )
        page = lesson_page(context, lesson)
        self._render_one(site, page, programme)
        self.pages[page.path], self.is_index_due = page, True
        self.change_feed.reload(page_notes(self.notes, programme), page.address)

    def _render_one(self, site: MkDocsSite, page: SitePage, programme: Programme) -> None:
        built = site.plugin.built
        file = built.files.get_file_from_path(page.path) if built else None
        assert built is not None
        assert file is not None
        assert isinstance(file.page, DrawnPage), "every page was built once"
        built.env.globals["programme"] = programme
        file.page.drawn = page
        _populate_page(file.page, site.config, built.files, dirty=False)
        documents = built.files.documentation_pages()
        _build_page(file.page, site.config, documents, built.nav, built.env, dirty=False)

    def write_index(self, is_overtaken: Overtaken = _never) -> None:
        """Writes the search index, unless files change first: nobody searches as soon as they have saved."""
        if self.is_index_due and self.site and not is_overtaken(TO_INDEX):
            self.site.plugin.write_index(self.folder)
            self.is_index_due = False


def _shared_parts(programme: Programme) -> Hashable:
    """Returns what stands around every page: where it changes, every page does."""
    lessons = tuple((lesson.id, lesson.title) for lesson in programme.lessons.values())
    courses = tuple((course.id, course.title, course.modules) for course in programme.courses.values())
    images = tuple(sorted(_images(programme)))
    shared = (programme.charter, programme.register.checked_until, programme.units, hand_pages(programme))
    return (courses, lessons, *shared, images)


def _images(programme: Programme) -> Mapping[str, str | int]:
    """Returns each image with what it is: a drawing's checked text, or the time of another's last change."""
    return {
        image: programme.drawings.get(image) or (programme.root / image).stat().st_mtime_ns
        for image in programme.files
        if Path(image).suffix.lower() in IMAGES
    }


class _Changes(FileSystemEventHandler):
    """Wakes the preview when a file has really changed."""

    def __init__(self) -> None:
        self.happened = threading.Event()
        self.is_whole = False
        self.paths: set[Path] = set()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in CHANGES and not event.is_directory:
            path = Path(str(event.dest_path or event.src_path))
            if _is_left_by_editor(path.name):
                return
            self.is_whole = self.is_whole or "overrides" in path.parts or path.name == CONFIG
            self.paths.add(path)
            self.happened.set()

    def wait(self) -> tuple[bool, frozenset[Path]]:
        """Blocks until files have changed and are quiet again; says whether all is built anew, and which."""
        while not self.happened.wait(1):  # on Windows a wait without an end hears no Ctrl+C
            pass
        while self.happened.is_set():
            self.happened.clear()
            self.happened.wait(QUIET)
        whole, self.is_whole = self.is_whole, False
        paths, self.paths = frozenset(self.paths), set()
        return whole, paths


def _is_left_by_editor(name: str) -> bool:
    """Tells whether a file is one that editors write beside the real one, which nothing reads."""
    return name.startswith((".", "~$")) or name.endswith("~")


def _brought_up(
    preview: Preview, *, whole: bool, is_overtaken: Overtaken = _never, changed: Iterable[Path] = ()
) -> str:
    """Brings the preview up to date and returns the message to its author; no mendable error ends it."""
    try:
        words = preview.refresh(whole=whole, is_overtaken=is_overtaken, changed=changed)
    except (OperatorError, OSError) as error:
        return _error_words(error)
    done = "Đã cập nhật bài học; các trang khác sẽ cập nhật tiếp." if preview.gave_up else "Đã cập nhật."
    return words or "\n".join(filter(None, [done, preview.noted()]))


def _error_words(error: OperatorError | OSError) -> str:
    if isinstance(error, OperatorError):
        return f"{error.message}\n= {error.fix}"
    return f"không đọc hoặc ghi được “{error.filename2 or error.filename or '?'}”: {reason(error)}"


def run_preview(root: Path, *, banks: Path | None, host: str, port: int, say: Say, word: Wording) -> None:
    """Serves the preview until interrupted. Raises OperatorError where `host` is not this machine."""
    folder = (root / CACHE_FOLDER / "preview").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    preview = Preview(root, folder, banks=banks, word=word)
    if words := preview.refresh() or preview.noted():
        say(words)
    preview.memo.keep(root)
    # What the first build left lives as long as the preview: looking through it for garbage takes
    # a quarter of a second, every few edits.
    gc.freeze()
    changes = _Changes()
    observer = Observer()
    for name in WATCHED:
        if (root / name).is_dir():
            observer.schedule(changes, str(root / name), recursive=True)
    observer.schedule(changes, str(root), recursive=False)
    observer.start()
    web = make_server(folder, preview.change_feed, host=host, port=port)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    say(f"Xem tại http://{host}:{web.server_port}/  (Ctrl+C để dừng)")
    try:
        while True:
            whole, changed = changes.wait()
            say(_brought_up(preview, whole=whole, is_overtaken=changes.happened.wait, changed=changed))
            preview.write_index(changes.happened.wait)
    except KeyboardInterrupt:
        say("Đã dừng.")
    finally:
        web.shutdown()
        observer.stop()
        observer.join(5)
