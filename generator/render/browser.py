"""Which browser prints."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from generator.errors import MissingBrowser

NAMES = (
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

FIX = (
    "cài chromium-headless-shell (Debian, Ubuntu), Chromium, Chrome hoặc Edge,"
    " hoặc đặt TAPHUAN_BROWSER là đường dẫn tới trình duyệt"
)


def find_browser(environ: Mapping[str, str], which: Callable[[str], str | None]) -> str:
    """The path of the first browser there is; `which` is `shutil.which` or stands for it."""
    named = environ.get("TAPHUAN_BROWSER")
    for name in [named] if named else _candidates(environ):
        if path := which(name):
            return path
    told = f"TAPHUAN_BROWSER là {named}, nhưng ở đó không có trình duyệt" if named else ""
    raise MissingBrowser(
        told or "không tìm thấy trình duyệt nào để in PDF",
        fix=FIX,
    )


def version(executable: str) -> str:
    """What tells one build of the browser from the next."""
    try:
        file = Path(executable).stat()
        told = "" if executable.endswith(".exe") else _told(executable)  # Windows would open a window
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MissingBrowser(f"trình duyệt {executable} không chạy được", fix=FIX) from error
    return told or f"{executable} {file.st_size} {file.st_mtime_ns}"


def _told(executable: str) -> str:
    answer = subprocess.run(
        [executable, "--version"], capture_output=True, text=True, timeout=20, check=False
    )
    return answer.stdout.strip()


def _candidates(environ: Mapping[str, str]) -> Iterator[str]:
    yield from NAMES
    for root in filter(None, map(environ.get, WINDOWS_ROOTS)):
        yield from (f"{root}/{program}" for program in WINDOWS_PROGRAMS)
    yield from _of_playwright(environ)


def _of_playwright(environ: Mapping[str, str]) -> Iterator[str]:
    own = environ.get("PLAYWRIGHT_BROWSERS_PATH")
    caches = [Path(environ[name]) / folder for name, folder in PLAYWRIGHT_CACHES if name in environ]
    for cache in [Path(own)] if own else caches:
        for pattern in PLAYWRIGHT_PROGRAMS:
            yield from sorted(map(str, cache.glob(pattern)), reverse=True)
