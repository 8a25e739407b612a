"""The browser that prints: found on the machine, driven through Playwright, one page for each sheet."""

from __future__ import annotations

import asyncio
import base64
import os
import subprocess
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from playwright.async_api import Browser, Error, Page, Playwright, async_playwright

from ..errors import MissingBrowser
from ..programme.typeface import FONTS
from .browser_print import BrowserPdf, FirstEditions, PrintError, drawn_sheet, script
from .printable import Printed, Sheet

PROGRAM_NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
# Windows puts neither Edge nor Chrome on the path.
WINDOWS_ROOTS = ("ProgramFiles(x86)", "ProgramFiles", "LOCALAPPDATA")
WINDOWS_PROGRAMS = ("Microsoft/Edge/Application/msedge.exe", "Google/Chrome/Application/chrome.exe")
# Where Playwright keeps the browsers it downloads: Linux, macOS, Windows.
PLAYWRIGHT_CACHES = (
    ("HOME", ".cache/ms-playwright"),
    ("HOME", "Library/Caches/ms-playwright"),
    ("LOCALAPPDATA", "ms-playwright"),
)
PLAYWRIGHT_PROGRAMS = (
    "chromium_headless_shell-*/*/*headless*shell*",
    "chromium-*/*/chrome",
    "chromium-*/*/chrome.exe",
    "chromium-*/*/Chromium.app/Contents/MacOS/Chromium",
)


def find_browser(environ: Mapping[str, str], which: Callable[[str], str | None]) -> str:
    """Returns the path of the first browser found; `which` is `shutil.which`. Raises MissingBrowser."""
    named = environ.get("TAPHUAN_BROWSER")
    for name in [named] if named else _candidates(environ):
        if path := which(name):
            return path
    raise MissingBrowser.of("browser.named" if named else "browser.none", named=named)


def browser_version(executable: str) -> str:
    """Returns a line that differs between builds of the browser. Raises MissingBrowser."""
    try:
        file = Path(executable).stat()
        # Asking for the version would open a window on Windows.
        version = "" if executable.endswith(".exe") else _version_line(executable)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MissingBrowser.of("browser.broken", executable=executable) from error
    return version or f"{executable} {file.st_size} {file.st_mtime_ns}"


def _version_line(executable: str) -> str:
    answer = subprocess.run(
        [executable, "--version"], capture_output=True, text=True, timeout=20, check=False
    )
    return answer.stdout.strip()


def _candidates(environ: Mapping[str, str]) -> Iterator[str]:
    yield from PROGRAM_NAMES
    for root in filter(None, map(environ.get, WINDOWS_ROOTS)):
        yield from (f"{root}/{program}" for program in WINDOWS_PROGRAMS)
    yield from _of_playwright(environ)


def _of_playwright(environ: Mapping[str, str]) -> Iterator[str]:
    own = environ.get("PLAYWRIGHT_BROWSERS_PATH")
    caches = [Path(environ[name]) / folder for name, folder in PLAYWRIGHT_CACHES if name in environ]
    for cache in [Path(own)] if own else caches:
        for pattern in PLAYWRIGHT_PROGRAMS:
            yield from sorted(map(str, cache.glob(pattern)), reverse=True)


T = TypeVar("T")
FAMILY = "Be Vietnam Pro"
FACES = (
    ("Regular", "400", "normal"),
    ("Italic", "400", "italic"),
    ("SemiBold", "600", "normal"),
    ("Bold", "700", "normal"),
    ("ExtraBold", "800", "normal"),
)
LOAD_FONTS = script("load-fonts.js")
# Hinting rounds every advance to a whole pixel of the screen, which paper does not have.
ARGUMENTS = ("--font-render-hinting=none", "--disable-gpu")
PATIENCE = 120.0
"""Seconds that one sheet may take, a thick handbook included."""


def font_file(face: tuple[str, str, str]) -> Path:
    return FONTS / f"BeVietnamPro-{face[0]}.ttf"


def run_async(work: Coroutine[Any, Any, T]) -> T:
    """Returns the work's result, also to a caller that runs inside an event loop of its own."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def draw_sheets(
    sheets: Sequence[Sheet],
    executable: str,
    jobs: int,
    finish: Callable[[Sheet, BrowserPdf], Printed],
    tell: Callable[[Printed], None],
) -> None:
    """Draws in the browser while other threads finish what is drawn. Raises PrintError, MissingBrowser.

    Colour comes before mono: mostly the same stands on the same page of both.
    """
    loop = asyncio.get_running_loop()
    first = FirstEditions()
    twins = {sheet.twin: asyncio.Event() for sheet in sheets if sheet.edition == "colour"}
    with ThreadPoolExecutor(jobs) as finishers:

        async def finished(sheet: Sheet, drawn: BrowserPdf) -> None:
            tell(await loop.run_in_executor(finishers, finish, sheet, drawn))

        async def work(page: Page, sheet: Sheet) -> asyncio.Task[None]:
            if sheet.edition == "mono" and sheet.twin in twins:
                await twins[sheet.twin].wait()
            drawn = await drawn_sheet(page, sheet, first)
            if sheet.edition == "colour":
                twins[sheet.twin].set()
            return asyncio.create_task(finished(sheet, drawn))

        by_edition = sorted(sheets, key=lambda sheet: sheet.edition == "mono")
        await asyncio.gather(*await each_sheet(by_edition, executable, jobs, work))


async def each_sheet(
    sheets: Sequence[Sheet],
    executable: str,
    jobs: int,
    work: Callable[[Page, Sheet], Awaitable[T]],
) -> list[T]:
    """Returns the result of `work` for each sheet, with `jobs` pages of one browser at a time."""
    queue = deque(enumerate(sheets))
    results: dict[int, T] = {}

    async def worker(browser: Browser) -> None:
        page = await _in_time("trang trắng", _page_with_fonts(browser))
        while queue:
            number, sheet = queue.popleft()
            results[number] = await _in_time(sheet.id, work(page, sheet))

    async with async_playwright() as playwright:
        browser = await _launched(playwright, executable)
        workers = [asyncio.create_task(worker(browser)) for _ in range(min(jobs, len(sheets)))]
        try:
            await asyncio.gather(*workers)
        finally:
            for task in workers:
                task.cancel()
            await asyncio.gather(*workers, return_exceptions=True)
            with suppress(TimeoutError):
                await asyncio.wait_for(browser.close(), PATIENCE)
    return [results[number] for number in range(len(sheets))]


async def screenshot_of(html: str, executable: str, *, width: int, height: int) -> bytes:
    """Returns a page that long and wide as a PNG. Raises PrintError, MissingBrowser."""
    async with async_playwright() as playwright:
        browser = await _launched(playwright, executable)
        try:
            page = await _in_time("hình", _page_with_fonts(browser))
            await page.set_viewport_size({"width": width, "height": height})
            await page.set_content(html, timeout=PATIENCE * 1000)
            return await _in_time("hình", page.screenshot())
        finally:
            await browser.close()


async def _launched(playwright: Playwright, executable: str) -> Browser:
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    try:
        return await playwright.chromium.launch(
            executable_path=executable,
            args=list(ARGUMENTS),
            chromium_sandbox=not is_root,
            timeout=PATIENCE * 1000,
        )
    except Error as error:
        raise MissingBrowser.of("browser.unstarted", executable=executable) from error


async def _page_with_fonts(browser: Browser) -> Page:
    """Returns a page with our fonts, no script of its own and no network."""
    context = await browser.new_context(java_script_enabled=False, service_workers="block")
    page = await context.new_page()
    await page.route("**/*", lambda route: route.abort())
    await page.emulate_media(media="print")
    faces = [
        {
            "family": FAMILY,
            "weight": face[1],
            "style": face[2],
            "data": base64.b64encode(font_file(face).read_bytes()).decode(),
        }
        for face in FACES
    ]
    await page.evaluate(LOAD_FONTS, faces)
    return page


async def _in_time(what: str, work: Awaitable[T]) -> T:
    try:
        return await asyncio.wait_for(work, PATIENCE)
    except (Error, TimeoutError) as error:
        raise PrintError.of(f"print.{_failure(error)}", sheet=what, seconds=PATIENCE) from error


def _failure(error: BaseException) -> str:
    """Returns why the browser failed; its own words are English, and stay with the error."""
    words = str(error).lower()
    if isinstance(error, TimeoutError) or "timeout" in words:
        return "slow"
    return "stopped" if "crash" in words or "closed" in words else "faulty"
