"""A flow is one list, drawn on its lesson's page and on paper, and a job aid of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from broken_samples import SECOND
from broken_samples.cases import FLOW
from programmes import Edit, FindingsOf, change

from taphuan.build import Options, print_only
from taphuan.cli.terminal import TerminalProgress
from taphuan.errors import AuthorError
from taphuan.programme import urls
from taphuan.programme.course_figures import lesson_minutes
from taphuan.programme.loader import load
from taphuan.programme.model.programme import Programme
from taphuan.programme.typeface import count_lines
from taphuan.render.chromium import each_sheet, run_async
from taphuan.render.paper import sheets
from taphuan.render.pdf import print_sheets
from taphuan.render.printable import Sheet, download_catalogue
from taphuan.render.site import SitePage, pages
from taphuan.render.text.prose import Prose

LESSON, AID = "nuoc-sach/bao-nuoc-ban", "thay-nuoc-ban-to-dan"
PAGE = "khoa-hoc/nuoc-sach/bao-nuoc-ban/"
#: It cites the same law and names the same contact as the flow below it.
PLACED_SCENARIO = "!!! scenario nuoc-duc\n\n"
DAY = "bản ngày 15/01/2026"
TAG = re.compile(r"<[^>]+>")


def read(root: Path) -> Programme:
    programme = load(root).programme
    assert programme is not None
    return programme


def on_paper(root: Path) -> dict[str, Sheet]:
    programme = read(root)
    return {sheet.id: sheet for sheet in sheets(programme, Prose(programme))}


def page_of(root: Path, address: str = PAGE, downloads: Any = ()) -> SitePage:
    return next(page for page in pages(read(root), downloads) if page.address == address)


def words(html: str) -> str:
    return " ".join(TAG.sub(" ", html).split())


def figure(html: str) -> str:
    drawn = re.search(r"<figure class=\"flow\".*?</figure>", html, re.DOTALL)
    assert drawn
    return drawn[0]


def test_its_caption_is_not_on_the_job_aid_so_what_it_cites_is_no_note_there(good: Path) -> None:
    change(good, FLOW, "lead: Dán cạnh bể nước.\n", 'lead: Dán cạnh bể nước.\ncaption: "Xem [@nd-moi:4]."\n')
    html = on_paper(good)[AID].html
    assert "Điều 4" not in html
    assert re.findall(r'<li id="note-(\d)">', html) == sorted(set(re.findall(r'href="#note-(\d)"', html)))


# --- on its page ------------------------------------------------------------------------------


def test_a_page_shows_a_flow_as_an_ordered_list_with_its_branches_below(good: Path) -> None:
    drawn = figure(page_of(good).body)
    assert drawn.count("<ol") == 1
    assert drawn.count('<li class="flow__step') == 4
    assert drawn.count('<ul class="flow__ways"') == 2
    assert words(drawn).startswith("Ngừng dùng nước Báo cho cả nhà. 2 ")


def test_what_is_heard_says_where_each_answer_leads(good: Path) -> None:
    heard = words(figure(page_of(good).body))
    asked = heard[heard.index("Có ai đau bụng không?") : heard.index("Để lại một chai nước")]
    assert asked == (
        "Có ai đau bụng không? Có Gọi ngay, ghi sau 0900 khi có người đau bụng Rồi làm tiếp bước 3 "
        "Không Làm tiếp bước 3. "
    )
    assert heard.count("Sơ đồ dừng ở đây.") == 2


def test_a_branch_to_a_later_step_says_which(good: Path, edit: Edit) -> None:
    edit(good, FLOW, "    if_no: {then: de-lai-mau}", "    if_no: {then: da-trong-lai}")
    assert "Không Sang bước 4" in words(figure(page_of(good).body))


def test_numbers_are_called_and_law_is_looked_up_from_within_a_flow(good: Path) -> None:
    page = page_of(good).body
    drawn = figure(page)
    assert '<a class="flow__call" href="tel:0900">' in drawn
    (number,) = re.findall(r'class="citation citation--number" href="#nguon-(\d)"', drawn)
    listed = page.partition(f'<li id="nguon-{number}"')[2].partition("</li>")[0]
    assert 'href="../../../phap-luat/nd-moi/#dieu-3"' in listed


def test_the_law_of_a_flow_is_listed_with_that_of_its_lesson(good: Path, edit: Edit) -> None:
    edit(good, SECOND, PLACED_SCENARIO, "")
    listed = page_of(good).body.partition('class="law-cited"')[2]
    assert "Nghị định 2/2025" in listed
    cites = next(page for page in pages(read(good)) if page.address == "phap-luat/nd-moi/")
    assert "bao-nuoc-ban" in cites.body


def test_the_law_that_its_caption_cites_is_listed_too(good: Path, edit: Edit) -> None:
    edit(good, FLOW, "say:", "caption: Theo [@nd-cu:4|cũ].\nsay:")
    assert "Nghị định 1/2020" in page_of(good).body.partition('class="law-cited"')[2]


def test_a_text_of_several_paragraphs_stands_in_its_box_on_page_and_paper(good: Path, edit: Edit) -> None:
    text = "text: |\n      Người của tổ sẽ lấy.\n\n      Họ xem rồi báo lại."
    edit(good, FLOW, "text: Người của tổ sẽ lấy về xem.", text)
    within = re.compile(r"<p\b[^>]*>(?:(?!</p>).)*<p\b", re.DOTALL)
    printed = on_paper(good)
    handout = figure(printed["nuoc-sach-bao-nuoc-ban"].html)
    for drawn in (figure(page_of(good).body), printed[AID].html, handout):
        assert "<p>Họ xem rồi báo lại.</p>" in drawn
        assert not within.search(drawn)


def test_a_flow_is_read_in_the_time_of_its_lesson(good: Path, edit: Edit) -> None:
    programme = read(good)
    before = lesson_minutes(programme, programme.lessons[LESSON])
    edit(
        good,
        FLOW,
        "Người của tổ sẽ lấy về xem.",
        "Người của tổ sẽ lấy về xem. " + "Một hai ba bốn năm. " * 60,
    )
    programme = read(good)
    assert lesson_minutes(programme, programme.lessons[LESSON]) == before + 2


@pytest.mark.parametrize(
    "line",
    [
        '!!! flow "thay-nuoc-ban"',
        "!! flow: thay-nuoc-ban",
        "??? Flow “thay-nuoc-ban”",
        "!!!flow thay-nuoc-ban",
        "!!! flow &quot;thay-nuoc-ban&quot;",
        '!!! flow adults "thay-nuoc-ban"',
        "!!! flow thay-nuoc-ban <!-- taphuan: allow lesson-length vì thử -->",
        '!!! flow "thay-nuoc-ban" <!-- taphuan: allow lesson-length vì thử -->',
    ],
)
def test_the_line_may_be_typed_as_other_blocks_are(
    good: Path, edit: Edit, findings_of: FindingsOf, line: str
) -> None:
    edit(good, SECOND, "!!! flow thay-nuoc-ban", line)
    assert findings_of(good) == []
    assert "Ngừng dùng nước" in figure(page_of(good).body)


def test_a_line_quoted_as_code_is_no_flow(good: Path, edit: Edit, findings_of: FindingsOf) -> None:
    quoted = "```\n!!! flow khong-co\n```"
    edit(good, SECOND, "!!! flow thay-nuoc-ban", f"{quoted}\n\n!!! flow thay-nuoc-ban")
    assert findings_of(good) == []
    assert page_of(good).body.count('<figure class="flow') == 1


@pytest.mark.parametrize(
    "line",
    [
        "!!! flow khong-co",
        "!!! flow",
        '!!! flow "thay-nuoc-ban" "Thấy nước bẩn"',
        "<!-- taphuan: allow lesson-length vì thử -->!!! flow thay-nuoc-bann",
        "<!-- taphuan: allow lesson-length vì thử -->!!! flow khong-co",
    ],
)
def test_a_line_that_names_no_flow_is_a_finding_and_draws_nothing(
    good: Path, edit: Edit, findings_of: FindingsOf, line: str
) -> None:
    edit(good, SECOND, "!!! flow thay-nuoc-ban", f"Trước.\n\n{line}\n\nSau.")
    assert any(finding.code.endswith("-flow") or "flow-" in finding.code for finding in findings_of(good))
    sheet = on_paper(good)["nuoc-sach-bao-nuoc-ban"].html.partition("<body>")[2]
    for drawn in (page_of(good).body, sheet):
        assert "Sau." in drawn
        assert "flow" not in words(drawn)
        assert 'class="flow"' not in drawn


def test_a_flow_behind_words_and_code_in_one_line_is_words(
    good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    line = "Dấu \\` và `a` !!! flow khong-co"
    edit(good, SECOND, "!!! flow thay-nuoc-ban", f"{line}\n\n!!! flow thay-nuoc-ban")
    assert findings_of(good) == []
    assert page_of(good).body.count('<figure class="flow') == 1
    assert "!!! flow khong-co" in page_of(good).body


# --- on paper ---------------------------------------------------------------------------------


def test_a_handout_shows_the_same_list_and_says_its_law_in_words(good: Path, edit: Edit) -> None:
    edit(good, SECOND, PLACED_SCENARIO, "")
    handout = on_paper(good)["nuoc-sach-bao-nuoc-ban"].html
    drawn = figure(handout)
    assert drawn.count('<li class="flow__step') == 4
    assert words(drawn).startswith("Ngừng dùng nước Báo cho cả nhà (")


def test_a_handout_tells_before_its_text_whom_its_flow_names(good: Path, edit: Edit) -> None:
    edit(good, SECOND, PLACED_SCENARIO, "")
    handout = on_paper(good)["nuoc-sach-bao-nuoc-ban"].html
    assert "0900" in handout.partition('class="call"')[2].partition('class="body"')[0]


def test_a_job_aid_comes_in_colour_and_mono_with_its_title_number_owner_day_and_draft(good: Path) -> None:
    printed = on_paper(good)
    for aid, edition in ((printed[AID], "colour"), (printed[f"{AID}-den-trang"], "mono")):
        assert (aid.kind, aid.edition) == ("job-aid", edition)
        assert aid.duplex == "none"
        said = words(aid.html.partition("<body>")[2])
        for wanted in (
            "Thấy nước bẩn",
            "0900",
            "Khi có người đau bụng",
            "Bản thảo, chưa thẩm định",
            "Người giữ bể",
        ):
            assert wanted in said
        assert aid.author in said
        assert DAY in said


def test_the_numbers_of_the_only_way_aside_stand_beside_all_steps(good: Path, edit: Edit) -> None:
    assert 'class="band"' in on_paper(good)[AID].html
    both = (
        "    if_yes: {title: Dùng lại, text: Đun sôi trước.}\n"
        "    if_no: {title: Chờ tổ trực, text: Dùng nước của nhà bên.}\n"
    )
    edit(good, FLOW, both, "")
    alone = on_paper(good)[AID].html
    assert 'class="panel"' in alone
    assert 'class="band"' not in alone


def test_no_line_leads_down_from_a_question_whose_answers_lead_elsewhere(good: Path, edit: Edit) -> None:
    lines = on_paper(good)[AID].html.count('class="spine"')
    assert lines == 3
    edit(good, FLOW, "    if_no: {then: de-lai-mau}", "    if_no: {title: Dừng lại}")
    assert on_paper(good)[AID].html.count('class="spine"') == lines - 1
    edit(good, FLOW, "    if_no: {title: Dừng lại}", "    if_no: {title: Đợi một lát, then: de-lai-mau}")
    assert on_paper(good)[AID].html.count('class="spine"') == lines


def test_a_flow_is_approved_with_its_lesson(good: Path, edit: Edit) -> None:
    review = "review: {status: approved, by: Sở Mẫu, decision: 1/QĐ-SM, approved: 20/01/2026}"
    edit(good, SECOND, "review: {status: draft}", review)
    assert "Bản thảo" not in words(on_paper(good)[AID].html.partition("<body>")[2])


def test_an_approved_flow_names_no_number_that_nobody_has_called(
    good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    edit(good, FLOW, "to-cap-nuoc:", "so-chua-goi-thu:")
    assert findings_of(good) == []
    assert "Gọi thử trước khi dùng" in on_paper(good)[AID].html
    review = "review: {status: approved, by: Sở Mẫu, decision: 1/QĐ-SM, approved: 20/01/2026}"
    edit(good, SECOND, "review: {status: draft}", review)
    assert [(finding.code, finding.file) for finding in findings_of(good)] == [("contact-not-ready", FLOW)]


def test_a_flow_of_no_lesson_is_not_printed(good: Path, edit: Edit) -> None:
    edit(good, SECOND, "!!! flow thay-nuoc-ban", "Hết.")
    assert AID not in on_paper(good)


def test_lesson_and_course_offer_the_job_aid(good: Path, chromium_path: str, tmp_path: Path) -> None:
    aids = [sheet for sheet in on_paper(good).values() if sheet.kind == "job-aid"]
    printed = print_sheets(aids, out=tmp_path / "out", cache=tmp_path / "cache", executable=chromium_path)
    assert [(pdf.pages, pdf.overflows) for pdf in printed] == [(1, ())] * 2
    downloads = download_catalogue(aids, printed)
    for address in (PAGE, "khoa-hoc/nuoc-sach/", "tai-lieu/"):
        body = page_of(good, address, downloads).body
        assert f'href="{urls.relative(f"tai-lieu/{AID}.pdf", address)}"' in body
        assert ("Tờ dán, thẻ tra" if address == "tai-lieu/" else "Tờ dán nơi làm việc") in body
    assert f'{AID}.pdf" type="application/pdf">Tờ dán' in figure(page_of(good, PAGE, downloads).body)


@pytest.mark.usefixtures("chromium_path")
def test_more_than_a_page_is_a_finding_of_the_flow(whole: Path, edit: Edit, tmp_path: Path) -> None:
    edit(whole, FLOW, "say: [", "say: [" + ", ".join(f"Câu {n}" for n in range(60)) + ", ")
    with pytest.raises(AuthorError) as error:
        print_only(Options(root=whole), (AID,), tmp_path / "pdf", TerminalProgress())
    (finding,) = error.value.findings
    assert (finding.code, finding.file, finding.excerpt) == ("job-aid-overflow", FLOW, "steps:")


def test_steps_keep_their_height_on_a_page_too_short_for_them(good: Path, chromium_path: str) -> None:
    """Squeezed steps would fit where the browser looks, and run under the numbers where it prints."""
    base = on_paper(good)[AID]
    short = base.html.replace("height: 297mm", "height: 150mm")
    assert short != base.html

    async def squeezed(page: Any, sheet: Sheet) -> list[float]:
        await page.set_content(sheet.html)
        script = """[...document.querySelectorAll('.step')].map(step => Math.max(...[...step.children]
          .filter(part => !part.matches('.spine'))
          .map(part => part.getBoundingClientRect().bottom - step.getBoundingClientRect().bottom)))"""
        below: list[float] = await page.evaluate(script)
        return [distance for distance in below if distance > 1]

    assert run_async(each_sheet([replace(base, html=short)], chromium_path, 1, squeezed)) == [[]]


# --- letters as wide as they print ---------------------------------------------------------------

TEXTS = (
    "Ghi giờ, ai báo, đúng lời em nói, đã báo những ai.",
    "Người của tổ sẽ lấy về xem, rồi báo lại cho cả bản trong ngày hôm ấy, kể cả ngày nghỉ.",
    "Nghiêng chén uống nước suối trong, được bao nhiêu quý bấy nhiêu, đừng để ai phải chờ lâu ngoài cửa.",
)


@pytest.mark.parametrize(
    ("face", "weight", "points", "width"), [("Regular", 400, 13, 95), ("Bold", 700, 16, 52)]
)
def test_lines_are_counted_as_the_browser_breaks_them(
    good: Path, chromium_path: str, face: str, weight: int, points: float, width: float
) -> None:
    base = on_paper(good)[AID]
    style = f"margin:0;width:{width}mm;font:{weight} {points}pt/20pt 'Be Vietnam Pro';text-wrap:wrap"
    body = "".join(f'<p style="{style}">{text}</p>' for text in TEXTS)
    html = base.html.partition("<body>")[0] + f"<body>{body}</body></html>"

    async def heights(page: Any, sheet: Sheet) -> list[float]:
        await page.set_content(sheet.html)
        await page.evaluate("document.fonts.ready")
        script = "[...document.querySelectorAll('p')].map(p => p.getBoundingClientRect().height)"
        measured: list[float] = await page.evaluate(script)
        return measured

    (measured,) = run_async(each_sheet([replace(base, html=html)], chromium_path, 1, heights))
    lines = [round(height * 72 / 96 / 20) for height in measured]
    assert lines == [count_lines(text, face=face, points=points, width=width) for text in TEXTS]
