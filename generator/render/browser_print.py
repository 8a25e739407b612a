"""Prints a sheet in an open page of the browser, with contents, closer lines and later flows if it has."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Matrix, Name
from playwright.async_api import Page

from ..errors import OperatorError
from .printable import Overflow, Sheet
from .thumbnail import FirstPage, paper_pixels

SCRIPTS = Path(__file__).parents[1] / "templates" / "paper"


def script(name: str) -> str:
    """Returns a script of the paper templates as the function that a page evaluates."""
    return f"({(SCRIPTS / name).read_text(encoding='utf-8')})"


OBSERVE = script("overflows-and-links.js")
NUMBER_CONTENTS = script("number-contents.js")
OUTER_MARGINS = script("outer-margins.js")
FACING_PAGES = script("facing-pages.js")
FIRST_PAGE = script("first-page.js")
LATER_FLOWS = script("later-flows.js")
CLOSER = script("line-closeness.js")
COLUMN_RUNS = script("column-runs.js")
FULLER_HEAD = script("fuller-head.js")
LARGEST = script("largest-fit.js")
CLOSEST = 3
"""How close the lines of a sheet may stand, as line-closeness.js has it."""
PIXEL, LEAST_SPARE, LINE = 0.75, 40, 24
"""Points of a pixel; pixels of a first page worth filling, and what stays white below its last line."""


@dataclass(frozen=True, kw_only=True)
class FirstEditions:
    """Keeps how first editions were printed, by kind and subject: the second is tried like it first.

    `numbers` has the page of each element that a link leads to, `closeness` how close the lines stand and on
    how many pages.
    """

    numbers: dict[tuple[str | None, str], dict[str, int]] = field(default_factory=dict)
    closeness: dict[tuple[str | None, str], tuple[int, int]] = field(default_factory=dict)


class PrintError(OperatorError):
    """Raised where the browser could not print a sheet."""

    exit_status = 3


@dataclass(frozen=True, kw_only=True)
class BrowserPdf:
    """A sheet as the browser printed it, before `pdf` finishes it."""

    raw: bytes
    overflows: tuple[Overflow, ...]
    links: Mapping[str, str]
    headings: Sequence[str]
    first_page: FirstPage | None = None


def link_pages(raw: bytes) -> dict[str, int]:
    """Returns the page number, from 1, of each element that a link of the document points to."""
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        named = pdf.Root.get(Name.Dests, Dictionary())
        return {name[1:]: numbers[target[0].objgen] for name, target in named.items()}


def page_count(data: bytes) -> int:
    """Returns how many pages a PDF has."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)


def lowest_text(raw: bytes, foot: float) -> float:
    """Returns the pixels between `foot`, in pixels from below, and the last line of the first page."""
    lowest, states, state = float("inf"), list[Matrix](), Matrix()
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        for instruction in pikepdf.parse_content_stream(pdf.pages[0], "q Q cm Tm"):
            operator = str(instruction.operator)
            if operator == "q":
                states.append(state)
            elif operator == "Q":
                state = states.pop()
            else:
                placed = Matrix(*map(float, instruction.operands)) @ state
                if operator == "cm":
                    state = placed
                elif (above := placed.f / PIXEL - foot) > 0:
                    lowest = min(lowest, above)
    return lowest


async def drawn_sheet(page: Page, sheet: Sheet, first: FirstEditions) -> BrowserPdf:
    """Returns the sheet as the page prints it; the caller limits the time. Raises PrintError."""
    await page.set_content(sheet.html, timeout=0)
    await page.evaluate(LARGEST)
    seen = await page.evaluate(OBSERVE)
    overflows = tuple(Overflow(sheet=sheet.id, **overflow) for overflow in seen["overflows"])
    if sheet.may_be_close:
        raw = await _fuller_pdf(page, sheet, await _shorter_pdf(page, sheet, first), first)
    else:
        raw = await (_with_contents(page, sheet, first) if sheet.has_contents else _page_pdf(page))
    first_page = await _first_page(page, sheet) if sheet.is_pictured and not overflows else None
    return BrowserPdf(
        raw=raw, overflows=overflows, links=seen["links"], headings=seen["headings"], first_page=first_page
    )


async def _first_page(page: Page, sheet: Sheet) -> FirstPage:
    """Returns what the first page of the sheet on show holds; its margins stay empty."""
    usual = page.viewport_size
    top, right, bottom, left = (await page.evaluate(FIRST_PAGE))["margins"]
    width, height = paper_pixels(sheet)
    await page.set_viewport_size(
        {"width": round(width - left - right), "height": round(height - top - bottom)}
    )
    ends = (await page.evaluate(FIRST_PAGE))["ends"]
    picture = await page.screenshot()
    if usual:
        await page.set_viewport_size(usual)
    return FirstPage(picture=picture, left=round(left), top=round(top), ends=ends)


async def _page_pdf(page: Page) -> bytes:
    return await page.pdf(prefer_css_page_size=True, print_background=True, outline=True, tagged=True)


async def _shorter_pdf(page: Page, sheet: Sheet, first: FirstEditions) -> bytes:
    """Returns the PDF with lines as close as saves a page, else with its usual lines.

    The closest may take more pages than the closer one, as its parts stand in another order. A second edition
    stands as close as the first where that takes no page more.
    """
    twin = sheet.twin
    if twin in first.closeness:
        closeness, pages = first.closeness[twin]
        raw = await _pdf_with_whole_flows(page, sheet, closeness)
        if page_count(raw) <= pages:
            return raw
    usual = await _pdf_with_whole_flows(page, sheet, 0)
    pages = page_count(usual)
    for closeness in await _worth_trying(page, sheet, pages - 1):
        closer = await _pdf_with_whole_flows(page, sheet, closeness)
        if page_count(closer) < pages:
            first.closeness[twin] = closeness, page_count(closer)
            return closer
    first.closeness[twin] = 0, pages
    return usual


async def _fuller_pdf(page: Page, sheet: Sheet, raw: bytes, first: FirstEditions) -> bytes:
    """Returns the PDF with a head that fills its first page, where that takes no page more.

    What may not be parted begins the second page and would leave the end of the first one white.
    """
    foot = (await page.evaluate(FIRST_PAGE))["margins"][2]
    spare = lowest_text(raw, foot)
    if not LEAST_SPARE < spare < float("inf"):
        return raw
    await _lay_out(page, sheet, first.closeness[sheet.twin][0])
    async with _page_in_one_piece(page, sheet):
        await page.evaluate(FULLER_HEAD, spare - LINE)
    fuller = await _page_pdf(page)
    is_better = page_count(fuller) == page_count(raw) and lowest_text(fuller, foot) < spare
    return fuller if is_better else raw


async def _worth_trying(page: Page, sheet: Sheet, pages: int) -> list[int]:
    """Returns how close the lines may stand for the sheet to have no more than so many pages.

    In one piece it is never higher than over pages, where the ends of some stay empty; all are taken to be as
    high as the first, which has the smallest margins.
    """
    heights = []
    async with _page_in_one_piece(page, sheet) as height:
        await page.evaluate(COLUMN_RUNS, False)
        for closeness in range(1, CLOSEST + 1) if pages else ():
            await page.evaluate(CLOSER, closeness)
            heights.append(await page.evaluate("document.documentElement.getBoundingClientRect().height"))
    return [closeness for closeness, needed in enumerate(heights, 1) if needed <= pages * height]


async def _pdf_with_whole_flows(page: Page, sheet: Sheet, closeness: int) -> bytes:
    """Returns the PDF in which a flow that the first page has no room for stands on the next one."""
    await _lay_out(page, sheet, closeness)
    return await _page_pdf(page)


async def _lay_out(page: Page, sheet: Sheet, closeness: int) -> None:
    await page.evaluate(COLUMN_RUNS, False)
    await page.evaluate(CLOSER, closeness)
    if await page.query_selector(".flow-later") is not None:
        await _move_flows(page, sheet)
    await page.evaluate(COLUMN_RUNS, True)


async def _move_flows(page: Page, sheet: Sheet) -> None:
    """Moves a flow that the first page has no room for behind the text that fills that page."""
    async with _page_in_one_piece(page, sheet) as height:
        await page.evaluate(LATER_FLOWS, height)


@asynccontextmanager
async def _page_in_one_piece(page: Page, sheet: Sheet) -> AsyncIterator[float]:
    """Lays the sheet out as wide as its pages between their margins; gives how much the first one holds."""
    usual = page.viewport_size
    top, right, bottom, left = (await page.evaluate(FIRST_PAGE))["margins"]
    width, height = paper_pixels(sheet)
    await page.set_viewport_size({"width": round(width - left - right), "height": 1000})
    yield height - top - bottom
    if usual:
        await page.set_viewport_size(usual)


async def _with_contents(page: Page, sheet: Sheet, first: FirstEditions) -> bytes:
    """Returns the PDF printed again with page numbers and with notes at outer sides, until they hold.

    Raises PrintError.
    """
    await page.evaluate(OUTER_MARGINS, None)
    book = sheet.twin
    numbers = first.numbers.get(book) or link_pages(await page.pdf(prefer_css_page_size=True))
    for _ in range(3):
        lost = await page.evaluate(NUMBER_CONTENTS, numbers)
        await page.evaluate(OUTER_MARGINS, numbers)
        await page.evaluate(FACING_PAGES, numbers)
        raw = await _page_pdf(page)
        moved = link_pages(raw)
        if moved == numbers and not lost:
            first.numbers[book] = numbers
            return raw
        numbers = moved
    raise PrintError(
        f"mục lục của {sheet.id} không khớp số trang" + "".join(f" · {id}" for id in lost),
        fix="báo cho người giữ mẫu in: mỗi dòng mục lục phải trỏ tới một mục có thật",
    )
