"""The province's plan by agency: what the page counts is what the plan says, and each sheet is one side."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from programme_texts import programme

from taphuan.programme import urls
from taphuan.programme.agency_tasks import agency_shares, planned_tasks
from taphuan.render.chromium import each_sheet, run_async
from taphuan.render.paper.agency_tasks import agency_sheet
from taphuan.render.paper.context import PaperContext
from taphuan.render.pdf import print_sheets
from taphuan.render.printable import Sheet
from taphuan.render.site import pages
from taphuan.render.text.prose import Prose

pytestmark = pytest.mark.slow

#: Pixels of a millimetre.
MM = 96 / 25.4
SITE = "https://taphuan.laichau.gov.vn/"
ROW = re.compile(r'<tr class="matrix__row">(.*?)</tr>\n<tr class="share">', re.DOTALL)


@pytest.fixture(scope="module")
def page() -> str:
    (plan,) = (page for page in pages(programme()) if page.address == urls.PLAN)
    return plan.body


def test_the_dots_of_an_agency_are_its_duties(page: str) -> None:
    duties = {duty.unit: duty for duty in programme().charter.plan.duties}
    rows = {share.agency.name: row for share in agency_shares(programme()) for row in rows_of(page, share.id)}
    assert len(rows) == len(duties) == 14
    for unit, duty in duties.items():
        (row,) = rows_of(page, unit)
        assert row.count("dot dot--leads") == len(duty.leads), unit
        assert row.count('class="dot"') == len(duty.supports), unit
        assert f"<b>{len(duty.leads)}</b>" in row


def rows_of(page: str, unit: str) -> list[str]:
    name = programme().units.agencies[unit].name
    return [row for row in ROW.findall(page) if f">{name}</a>" in row]


def test_no_two_tasks_of_a_group_are_called_alike_and_each_name_fits_a_line() -> None:
    titles = [task.short_title for task in planned_tasks(programme()).values()]
    assert len(set(titles)) == len(titles) == 35
    assert [title for title in titles if len(title) > 50 or title.endswith("…")] == []


def test_every_point_that_can_be_cited_has_its_place_on_the_page(page: str) -> None:
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(set(ids)) == len(ids)
    assert {urls.point_anchor(point) for point in programme().plan_points} <= {*ids}
    assert {*programme().charter.targets, *map(urls.decision_anchor, programme().decisions)} <= {*ids}


def test_all_that_the_plan_says_stands_on_the_page(page: str) -> None:
    said, plan = " ".join(re.sub(r"<[^>]+>", " ", page).split()), programme().charter.plan
    texts = [plan.overall_goal, *plan.goals.values(), plan.funding, plan.reporting, plan.notice]
    texts += [text for _, text in plan.task_points()]
    texts += [text for duty in plan.duties for text in (duty.text, *duty.points.values())]
    texts += [title for group in plan.tasks for title in (group.title, *(p.title for p in group.parts))]
    assert [text for text in texts if text and " ".join(text.split()) not in said] == []


def test_each_agencys_sheet_is_one_side_also_once_the_site_has_an_address(
    chromium_path: str, tmp_path: Path
) -> None:
    colour = PaperContext(
        programme=programme(), prose=Prose(programme()), site_url=SITE, edition="colour", lessons={}
    )
    contexts = (colour, replace(colour, edition="mono"))
    sheets = [agency_sheet(context, share) for share in agency_shares(programme()) for context in contexts]
    printed = print_sheets(sheets, out=tmp_path / "out", cache=tmp_path, executable=chromium_path)
    assert len(printed) == 28
    assert [(pdf.sheet, pdf.pages, pdf.overflows) for pdf in printed if pdf.pages > 1 or pdf.overflows] == []


#: Millimetres: width and height of the cells to write on, and the most that is left blank between two parts.
WRITTEN_ON = """(() => {
  const sides = (cell) => { const { width, height } = cell.getBoundingClientRect(); return [width, height]; };
  const all = (selector) => [...document.querySelectorAll(selector)].map(sides);
  const parts = [...document.querySelector(".agency").children].map((part) => part.getBoundingClientRect());
  const blanks = parts.slice(1).map((part, at) => part.top - parts[at].bottom);
  const cells = [2, 3].map((column) => all(`.tasks td:nth-child(${column})`));
  return [...cells, all(".log td:nth-child(2)"), Math.max(...blanks)];
})()"""


def test_who_does_a_task_and_when_has_room_on_each_agencys_sheet_and_no_page_is_half_empty(
    chromium_path: str,
) -> None:
    context = PaperContext(
        programme=programme(), prose=Prose(programme()), site_url=SITE, edition="colour", lessons={}
    )

    async def cells(page: Any, sheet: Sheet) -> list[Any]:
        await page.set_content(sheet.html)
        written: list[Any] = await page.evaluate(WRITTEN_ON)
        return written

    shares = agency_shares(programme())
    sheets = [agency_sheet(context, share) for share in shares]
    drawn = run_async(each_sheet(sheets, chromium_path, 1, cells))
    for share, (who, days, kept, blank) in zip(shares, drawn, strict=True):
        assert len(who) == len(days) == len(share.leads) + len(share.supports), share.id
        for written, least in ((who, 45), (days, 27), (kept, 100)):
            assert [width for width, _ in written if width < least * MM] == [], share.id
        assert min(height for _, height in who) >= 5.5 * MM, share.id
        assert [height for _, height in kept if not 7 * MM <= height <= 14 * MM] == [], share.id
        assert blank <= 25 * MM, share.id


def test_a_number_of_titles_says_what_it_counts_and_where_they_are_named() -> None:
    context = PaperContext(
        programme=programme(), prose=Prose(programme()), site_url=SITE, edition="colour", lessons={}
    )
    for share in agency_shares(programme()):
        html = agency_sheet(context, share).html.replace("\u00a0", " ")
        counts = re.findall(r"<p><strong>[^<]+:</strong> ((\d+)[^<]*)</p>", html)
        for words, number in counts:
            assert re.match(rf"{number} (khóa|đợt|tờ|bài)\b", words), share.id
        if counts:
            assert "ở trang kế hoạch." in html or "xem trang kế hoạch." in html, share.id


def test_no_sheet_of_an_agency_says_twice_that_the_plan_gives_no_day() -> None:
    context = PaperContext(
        programme=programme(), prose=Prose(programme()), site_url=SITE, edition="colour", lessons={}
    )
    said = [
        agency_sheet(context, share).html.replace("\u00a0", " ").count("kế hoạch không ghi ngày nộp")
        for share in agency_shares(programme())
    ]
    assert set(said) == {0, 1}
