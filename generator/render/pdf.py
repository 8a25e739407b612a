"""HTML in, PDF out: the one place that knows Playwright."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import importlib.metadata
import os
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from playwright.async_api import Browser, Error, Page, Playwright, async_playwright

from generator.errors import MissingBrowser, OperatorError

from . import browser as browsers
from . import press
from .sheet import Overflow, Printed, Sheet

T = TypeVar("T")

FAMILY = "Be Vietnam Pro"
FACES = (
    ("Regular", "400", "normal"),
    ("Italic", "400", "italic"),
    ("SemiBold", "600", "normal"),
    ("Bold", "700", "normal"),
    ("ExtraBold", "800", "normal"),
)
FONTS = Path(str(files("fontpkg_be_vietnam_pro"))) / "files"
SCRIPTS = Path(__file__).parents[1] / "templates" / "paper"
LOAD_FONTS, OBSERVE, NUMBER_CONTENTS = (
    (SCRIPTS / name).read_text(encoding="utf-8")
    for name in ("load-fonts.js", "observe.js", "number-contents.js")
)
# Hinting rounds every advance to a whole pixel of the screen, which paper does not have.
ARGUMENTS = ("--font-render-hinting=none", "--disable-gpu")
PATIENCE = 120.0
"""Seconds that one sheet may take, a thick handbook included."""


class PrintError(OperatorError):
    """The browser could not print a sheet."""

    exit_status = 3


@dataclass(frozen=True, kw_only=True)
class BrowserPdf:
    """What the browser gave for a sheet, before the press."""

    raw: bytes = b""
    overflows: tuple[Overflow, ...]
    links: Mapping[str, str]
    headings: Sequence[str]


def print_sheets(
    sheets: Sequence[Sheet],
    *,
    out: Path,
    cache: Path,
    executable: str,
    jobs: int = 2,
    progress: Callable[[Printed], None] = lambda _: None,
) -> list[Printed]:
    """Every sheet as `<id>.pdf` in `out`, in the order given.

    What has not changed since it was last printed comes from `cache`, without a browser. A sheet
    that overflows is never kept there, so that it is measured and told of again. `progress` hears
    of each sheet as it is done.
    """
    engine = _engine(executable)
    kept = {sheet.id: cache / f"{_key(sheet, engine)}.pdf" for sheet in sheets}
    done: dict[str, Printed] = {}

    def tell(printed: Printed) -> None:
        done[printed.sheet] = printed
        progress(printed)

    def finish(sheet: Sheet, drawn: BrowserPdf) -> Printed:
        data = _finished(sheet, drawn)
        if not drawn.overflows:
            _write(kept[sheet.id], data)
        return _delivered(sheet, data, out, overflows=drawn.overflows)

    reused = [sheet for sheet in sheets if kept[sheet.id].exists()]
    for sheet in reused:
        tell(_delivered(sheet, kept[sheet.id].read_bytes(), out, is_reused=True))
    if fresh := [sheet for sheet in sheets if sheet.id not in done]:
        _run(_print(fresh, executable, jobs, finish, tell))
    return [done[sheet.id] for sheet in sheets]


def measure_fit(sheets: Sequence[Sheet], *, executable: str, jobs: int = 2) -> list[Overflow]:
    """The panels whose text does not fit, without printing anything."""

    folded = [sheet for sheet in sheets if sheet.panels]
    if not folded:
        return []
    seen = _run(_each(folded, executable, jobs, _observed))
    return [overflow for one in seen for overflow in one.overflows]


def _engine(executable: str) -> str:
    """Everything but the sheet that decides what the PDF's bytes are."""
    digest = hashlib.sha256(browsers.version(executable).encode())
    for package in ("pikepdf", "playwright"):
        digest.update(importlib.metadata.version(package).encode())
    for file in (Path(__file__), Path(press.__file__), press.METADATA, *map(_font, FACES)):
        digest.update(file.read_bytes())
    for script in (LOAD_FONTS, OBSERVE, NUMBER_CONTENTS):
        digest.update(script.encode())
    return digest.hexdigest()


def _key(sheet: Sheet, engine: str) -> str:
    return hashlib.sha256(f"{engine}{sheet!r}".encode()).hexdigest()


def _font(face: tuple[str, str, str]) -> Path:
    return FONTS / f"BeVietnamPro-{face[0]}.ttf"


def _delivered(
    sheet: Sheet,
    data: bytes,
    out: Path,
    *,
    overflows: tuple[Overflow, ...] = (),
    is_reused: bool = False,
) -> Printed:
    path = out / f"{sheet.id}.pdf"
    if not path.exists() or path.read_bytes() != data:
        _write(path, data)
    return Printed(
        sheet=sheet.id,
        path=path,
        pages=press.page_count(data),
        bytes=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        is_reused=is_reused,
        overflows=overflows,
    )


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all: whoever reads the folder meanwhile never meets half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(data)
    beside.replace(path)


def _finished(sheet: Sheet, drawn: BrowserPdf) -> bytes:
    return press.finish(
        drawn.raw,
        title=sheet.title,
        author=sheet.author,
        subject=sheet.audience,
        lang="vi",
        dated=sheet.dated,
        key=sheet.id,
        duplex=sheet.duplex,
        is_exact=sheet.kind == "leaflet",
        links=drawn.links,
        headings=drawn.headings,
    )


def _run(work: Coroutine[Any, Any, T]) -> T:
    """The work's result, also for a caller that runs inside an event loop of its own."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def _print(
    sheets: Sequence[Sheet],
    executable: str,
    jobs: int,
    finish: Callable[[Sheet, BrowserPdf], Printed],
    tell: Callable[[Printed], None],
) -> None:
    """Draws in the browser while other threads finish what is drawn."""
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(jobs) as bench:

        async def finished(sheet: Sheet, drawn: BrowserPdf) -> None:
            tell(await loop.run_in_executor(bench, finish, sheet, drawn))

        async def work(page: Page, sheet: Sheet) -> asyncio.Task[None]:
            return asyncio.create_task(finished(sheet, await _drawn(page, sheet)))

        await asyncio.gather(*await _each(sheets, executable, jobs, work))


async def _each(
    sheets: Sequence[Sheet],
    executable: str,
    jobs: int,
    work: Callable[[Page, Sheet], Awaitable[T]],
) -> list[T]:
    """The result of `work` for each sheet, `jobs` pages of one browser at a time."""
    queue = deque(enumerate(sheets))
    results: dict[int, T] = {}

    async def worker(browser: Browser) -> None:
        page = await _in_time("trang trắng", _page(browser))
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
        raise MissingBrowser(
            f"trình duyệt {executable} không khởi động được",
            fix=f"thử mở trình duyệt ấy; không được thì {browsers.FIX}",
        ) from error


async def _page(browser: Browser) -> Page:
    """A page with our fonts, no script of its own and no network."""
    context = await browser.new_context(java_script_enabled=False, service_workers="block")
    page = await context.new_page()
    await page.route("**/*", lambda route: route.abort())
    await page.emulate_media(media="print")
    faces = [
        {
            "family": FAMILY,
            "weight": face[1],
            "style": face[2],
            "data": base64.b64encode(_font(face).read_bytes()).decode(),
        }
        for face in FACES
    ]
    await page.evaluate(LOAD_FONTS, faces)
    return page


async def _in_time(what: str, work: Awaitable[T]) -> T:
    try:
        return await asyncio.wait_for(work, PATIENCE)
    except (Error, TimeoutError) as error:
        raise PrintError(
            f"không in được {what}: {_why(error)}",
            fix="đóng bớt chương trình khác rồi chạy lại với --jobs 1; nếu vẫn vậy, thử một trình duyệt khác "
            "bằng TAPHUAN_BROWSER",
        ) from error


async def _drawn(page: Page, sheet: Sheet) -> BrowserPdf:
    seen = await _observed(page, sheet)
    raw = await (_with_contents(page, sheet) if sheet.has_contents else _pdf(page))
    return replace(seen, raw=raw)


async def _observed(page: Page, sheet: Sheet) -> BrowserPdf:
    """The sheet set and looked at, with nothing printed yet."""
    await page.set_content(sheet.html, timeout=PATIENCE * 1000)
    seen = await page.evaluate(OBSERVE)
    overflows = tuple(Overflow(sheet=sheet.id, **one) for one in seen["overflows"])
    return BrowserPdf(overflows=overflows, links=seen["links"], headings=seen["headings"])


async def _pdf(page: Page) -> bytes:
    return await page.pdf(prefer_css_page_size=True, print_background=True, outline=True, tagged=True)


async def _with_contents(page: Page, sheet: Sheet) -> bytes:
    """Printed to learn the page numbers, then with them, until they hold."""
    numbers = press.destinations(await _pdf(page))
    for _ in range(2):
        lost = await page.evaluate(NUMBER_CONTENTS, numbers)
        raw = await _pdf(page)
        moved = press.destinations(raw)
        if moved == numbers and not lost:
            return raw
        numbers = moved
    raise PrintError(
        f"mục lục của {sheet.id} không khớp số trang" + "".join(f" · {id}" for id in lost),
        fix="báo cho người giữ mẫu in: mỗi dòng mục lục phải trỏ tới một mục có thật",
    )


def _why(error: BaseException) -> str:
    """Returns what befell the browser; what it says itself is English, and stays with the error."""
    told = str(error).lower()
    if isinstance(error, TimeoutError) or "timeout" in told:
        return f"trình duyệt không trả lời trong {PATIENCE:.0f} giây"
    if "crash" in told or "closed" in told:
        return "trình duyệt dừng giữa chừng, có thể vì máy thiếu bộ nhớ"
    return "trình duyệt báo lỗi"
