"""Prints a sheet in an open page of the browser, with contents, closer lines and later flows if it has."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Matrix, Name
from playwright.async_api import Page, ViewportSize

from ..errors import OperatorError
from .printable import Overflow, Sheet
from .thumbnail import FirstPage, paper_pixels

SCRIPTS = Path(__file__).parents[1] / "templates" / "paper"


def script(name: str) -> str:
    """Returns a script of the paper templates as the function that a page evaluates."""
    return f"({(SCRIPTS / name).read_text(encoding='utf-8')})"


NUMBER_CONTENTS = script("number-contents.js")
OUTER_MARGINS = script("outer-margins.js")
FACING_PAGES = script("facing-pages.js")
FIRST_PAGE = script("first-page.js")
CLOSER = script("line-closeness.js")
COLUMN_RUNS = script("column-runs.js")
FULLER_HEAD = script("fuller-head.js")
CLOSEST = 3
"""How close the lines of a sheet may stand, as line-closeness.js has it."""
# Scripts that follow one another go to the browser together: each way there costs as much as a page's layout.
LARGEST = script("largest-fit.js")
OBSERVE = f"""(isMeasured) => {{
  {LARGEST}();
  return [{script("overflows-and-links.js")}(), isMeasured ? {FIRST_PAGE}().margins : []];
}}"""
HEIGHTS = f"""(most) => {{
  const height = () => document.documentElement.getBoundingClientRect().height;
  {COLUMN_RUNS}(false);
  return Array.from({{ length: most + 1 }}, (_, closeness) => ({CLOSER}(closeness), height()));
}}"""
LAID_OUT = f"""([closeness, height]) => {{
  {COLUMN_RUNS}(false);
  {CLOSER}(closeness);
  {script("later-flows.js")}(height);
  {COLUMN_RUNS}(true);
}}"""
PIXEL, LEAST_SPARE, LINE = 0.75, 40, 24
"""Points of a pixel; pixels of a first page worth filling, and what stays white below its last line."""


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How a sheet is laid out: how close its lines stand, the pixels by which its head fills a first page."""

    closeness: int
    pages: int
    spare: float


@dataclass(frozen=True, kw_only=True)
class FirstEditions:
    """Keeps how first editions were printed, by kind and subject: the second is tried like it first.

    `numbers` has the page of each element that a link leads to.
    """

    numbers: dict[tuple[str | None, str], dict[str, int]] = field(default_factory=dict)
    layouts: dict[tuple[str | None, str], Layout] = field(default_factory=dict)


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


#: What a sheet is laid out on before it is printed, in pixels, unless its lines may be closer.
SCREEN: ViewportSize = {"width": 1280, "height": 720}


async def drawn_sheet(page: Page, sheet: Sheet, first: FirstEditions) -> BrowserPdf:
    """Returns the sheet as the page prints it; the caller limits the time. Raises PrintError."""
    if page.viewport_size != SCREEN and not sheet.may_be_close:
        # The sheet before this one would be laid out once more.
        await page.evaluate("document.body.replaceChildren()")
        await page.set_viewport_size(SCREEN)
    await page.set_content(sheet.html, timeout=0)
    seen, margins = await page.evaluate(OBSERVE, sheet.may_be_close or sheet.is_pictured)
    overflows = tuple(Overflow(sheet=sheet.id, **overflow) for overflow in seen["overflows"])
    shown = _ShownSheet(page=page, sheet=sheet, margins=margins, first=first)
    if sheet.may_be_close:
        raw = await shown.close_pdf()
    else:
        raw = await (_with_contents(page, sheet, first) if sheet.has_contents else _page_pdf(page))
    first_page = await shown.first_page() if sheet.is_pictured and not overflows else None
    return BrowserPdf(
        raw=raw, overflows=overflows, links=seen["links"], headings=seen["headings"], first_page=first_page
    )


async def _page_pdf(page: Page) -> bytes:
    return await page.pdf(prefer_css_page_size=True, print_background=True, outline=True, tagged=True)


@dataclass(frozen=True, kw_only=True)
class _ShownSheet:
    """A sheet that a page shows; `margins` of its first page in pixels: top, right, bottom, left."""

    page: Page
    sheet: Sheet
    margins: Sequence[float]
    first: FirstEditions

    @property
    def height(self) -> float:
        """How much its first page holds, in pixels."""
        return paper_pixels(self.sheet)[1] - self.margins[0] - self.margins[2]

    async def first_page(self) -> FirstPage:
        """Returns what the first page holds; its margins stay empty."""
        await self._show_in_one_piece()
        top, _, _, left = self.margins
        ends = (await self.page.evaluate(FIRST_PAGE))["ends"]
        picture = await self.page.screenshot()
        return FirstPage(picture=picture, left=round(left), top=round(top), ends=ends)

    async def close_pdf(self) -> bytes:
        """Returns the PDF with its first page full and its lines as close as saves a page, else as usual.

        A second edition stands as the first where that takes no page more.
        """
        twin = self.sheet.twin
        known = self.first.layouts.get(twin)
        if known:
            await self._lay_out(known.closeness)
            if known.spare:
                await self._fill_first_page(known.spare)
            raw = await _page_pdf(self.page)
            if page_count(raw) <= known.pages:
                return raw
            await self.page.evaluate(FULLER_HEAD, 0)
        closeness, raw = await self._shortest()
        spare, raw = await self._fuller(closeness, raw)
        self.first.layouts[twin] = Layout(closeness=closeness, pages=page_count(raw), spare=spare)
        return raw

    async def _shortest(self) -> tuple[int, bytes]:
        """Returns how close the lines stand, and the PDF.

        In one piece lines are never higher than over pages, where some ends stay empty. So closer lines
        on fewer pages than the usual ones need in one piece save a page, and the usual ones are not printed.
        """
        usual_height, *heights = await self._heights()
        least = ceil(usual_height / self.height)
        if closer := await self._closer(heights, least - 1):
            return closer
        await self._lay_out(0)
        usual = await _page_pdf(self.page)
        pages = page_count(usual)
        return (await self._closer(heights, pages - 1) if pages > least else None) or (0, usual)

    async def _closer(self, heights: Sequence[float], pages: int) -> tuple[int, bytes] | None:
        """Returns the least closeness that takes no more than so many pages, and the PDF, or None.

        The closest may take more pages than the closer one, as its parts stand in another order.
        """
        for closeness, needed in enumerate(heights, 1):
            if needed <= pages * self.height:
                await self._lay_out(closeness)
                closer = await _page_pdf(self.page)
                if page_count(closer) <= pages:
                    return closeness, closer
        return None

    async def _fuller(self, closeness: int, raw: bytes) -> tuple[float, bytes]:
        """Returns the PDF whose head fills its first page by so many pixels, where that takes no page more.

        What may not be parted begins the second page and would leave the end of the first one white.
        """
        foot = self.margins[2]
        spare = lowest_text(raw, foot)
        if not LEAST_SPARE < spare < float("inf"):
            return 0, raw
        await self._lay_out(closeness)
        await self._fill_first_page(spare)
        fuller = await _page_pdf(self.page)
        is_better = page_count(fuller) == page_count(raw) and lowest_text(fuller, foot) < spare
        return (spare, fuller) if is_better else (0, raw)

    async def _fill_first_page(self, spare: float) -> None:
        await self._show_in_one_piece()
        await self.page.evaluate(FULLER_HEAD, spare - LINE)

    async def _heights(self) -> list[float]:
        """Returns how high the sheet is in one piece, by closeness.

        All pages are taken to be as high as the first, which has the smallest margins.
        """
        await self._show_in_one_piece()
        heights: list[float] = await self.page.evaluate(HEIGHTS, CLOSEST)
        return heights

    async def _lay_out(self, closeness: int) -> None:
        """Moves a flow that the first page has no room for behind the text that fills that page."""
        await self._show_in_one_piece()
        await self.page.evaluate(LAID_OUT, [closeness, self.height])

    async def _show_in_one_piece(self) -> None:
        """Lays the sheet out as wide as its pages between their margins."""
        _, right, _, left = self.margins
        width = paper_pixels(self.sheet)[0] - left - right
        size: ViewportSize = {"width": round(width), "height": round(self.height)}
        if self.page.viewport_size != size:
            await self.page.set_viewport_size(size)


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
    raise PrintError.of("build.contents", sheet=sheet.id, lost="".join(f" · {id}" for id in lost))
