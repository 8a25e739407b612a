"""Tasks that the sample's plan gives its agencies: on the plan's page, and on a sheet for each of them."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from broken_samples import CHARTER
from paper_sheets import on_paper
from programmes import Edit

from taphuan.build import Options, print_only
from taphuan.cli.terminal import TerminalProgress
from taphuan.errors import AuthorError
from taphuan.programme import urls
from taphuan.programme.agency_tasks import agency_shares, planned_tasks
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.values import ReadOnly
from taphuan.render.site import pages

SHEET = "so-mau-trang-viec"


def plan(programme: Programme) -> str:
    (page,) = (page for page in pages(programme) if page.address == urls.PLAN)
    return page.body


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def with_plan(programme: Programme, **values: object) -> Programme:
    changed = programme.charter.plan.model_copy(update=values)
    return replace(programme, charter=programme.charter.model_copy(update={"plan": changed}))


def with_agency(programme: Programme, **values: object) -> Programme:
    agencies = programme.units.agencies
    changed = ReadOnly({**agencies, "so-mau": agencies["so-mau"].model_copy(update=values)})
    return replace(programme, units=programme.units.model_copy(update={"agencies": changed}))


def requested(programme: Programme) -> Programme:
    duties = [duty.model_copy(update={"requested": True}) for duty in programme.charter.plan.duties]
    return with_plan(programme, duties=tuple(duties), reports=("half-year", "year"))


def test_a_task_without_a_short_title_is_called_by_its_first_words(programme: Programme) -> None:
    (group,) = programme.charter.plan.tasks
    (part,) = group.parts
    long = " ".join(f"chữ{number}" for number in range(12)) + "; rồi nghỉ"
    texts = {"a": "Mở lớp; rồi thi.", "b": long, "c": "Phát tờ gấp."}
    changed = part.model_copy(update={"points": ReadOnly(texts), "short_titles": ReadOnly({"c": "Tờ gấp"})})
    assert [changed.short_title(letter) for letter in texts] == [
        "Mở lớp",
        "chữ0 chữ1 chữ2 chữ3 chữ4 chữ5 chữ6 chữ7 chữ8…",
        "Tờ gấp",
    ]


def test_an_agency_has_the_targets_of_its_tasks_and_the_questions_it_has_to_answer(
    programme: Programme,
) -> None:
    (share,) = agency_shares(programme)
    assert [task.point for task in share.leads] == ["II.1.1.a"]
    assert [task.point for task in share.supports] == ["II.1.1.đ"]
    assert list(share.targets) == ["can-bo-duoc-tap-huan"]
    assert all("so-mau" in decision.who and decision.is_open for decision in share.questions.values())
    assert share.questions


def test_a_target_of_the_provinces_own_staff_is_none_of_the_communes(programme: Programme) -> None:
    target = programme.charter.targets["can-bo-duoc-tap-huan"].model_copy(update={"level": "province"})
    own = replace(
        programme, charter=programme.charter.model_copy(update={"targets": ReadOnly({"cap-tinh": target})})
    )
    assert [list(share.targets) for share in agency_shares(own)] == [["cap-tinh"]]
    assert [list(share.targets) for share in agency_shares(with_agency(own, communes=True))] == [[]]


def test_each_agency_has_a_sheet_in_colour_and_in_black(programme: Programme) -> None:
    there = [sheet for sheet in on_paper(programme).values() if sheet.kind == "agency-tasks"]
    assert [(sheet.id, sheet.edition, sheet.duplex) for sheet in there] == [
        (SHEET, "colour", "none"),
        (f"{SHEET}-den-trang", "mono", "none"),
    ]


@pytest.mark.usefixtures("chromium_path")
def test_more_than_a_side_is_a_finding_of_the_plan(whole: Path, edit: Edit, tmp_path: Path) -> None:
    long = "title: Tập huấn ở xã\n          short_titles: {a: " + "Mở lớp " * 600 + "}\n"
    edit(whole, CHARTER, "title: Tập huấn ở xã\n", long)
    with pytest.raises(AuthorError) as error:
        print_only(Options(root=whole), (SHEET,), tmp_path / "pdf", TerminalProgress())
    (finding,) = error.value.findings
    assert (finding.code, finding.file, finding.excerpt) == ("agency-overflow", CHARTER, "  duties:")
    assert "“so-mau”" in finding.message


def test_a_sheet_says_that_it_is_a_draft_and_how_the_plan_was_read(programme: Programme) -> None:
    said = words(on_paper(programme)[SHEET].html)
    assert "Bản thảo, chưa thẩm định" in said
    assert str(programme.charter.plan.notice) in said


def test_a_sheet_names_reports_only_where_the_plan_asks_for_them(programme: Programme) -> None:
    asked = with_plan(programme, reports=("half-year", "year"))
    assert "Báo cáo 06 tháng" in words(on_paper(asked)[SHEET].html)
    assert "kế hoạch không ghi ngày nộp" in words(on_paper(asked)[SHEET].html)
    assert "Báo cáo 06 tháng" not in words(on_paper(programme)[SHEET].html)
    assert "Báo cáo 06 tháng" not in words(on_paper(requested(programme))[SHEET].html)


def test_the_months_in_which_a_report_falls_say_so_in_words(programme: Programme) -> None:
    asked = words(on_paper(with_plan(programme, reports=("half-year", "year")))[SHEET].html)
    assert "5 6 Báo cáo 06 tháng 7 8 9 10 11 12 Báo cáo năm" in asked
    assert "11 12 Báo cáo" not in words(on_paper(with_plan(programme, reports=("half-year",)))[SHEET].html)


def test_a_sheet_shows_a_target_as_a_figure_and_never_as_a_filled_bar(programme: Programme) -> None:
    html = on_paper(programme)[SHEET].html
    assert "<td><b>70%</b>Cán bộ xã được tập huấn</td><td>đến 2030</td>" in html
    assert not re.search(r"<(?:progress|meter|svg)", html.partition("<body>")[2])


def test_each_task_of_a_sheet_has_a_box_a_place_for_who_does_it_and_one_for_the_day(
    programme: Programme,
) -> None:
    (share,) = agency_shares(programme)
    html = on_paper(programme)[SHEET].html
    rows = [row for table in html.split('<table class="tasks">')[1:] for row in _rows(table)]
    tasks = share.leads + share.supports
    assert all(task.short_title in words(row) for task, row in zip(tasks, rows, strict=True))
    for row in rows:
        assert row.count('class="box"') == 1
        assert row.count("<td></td>") == row.count('<td class="day">') == 1
    assert html.count("<th>Người phụ trách</th><th>Xong ngày</th>") == 2


def _rows(table: str) -> list[str]:
    return table.partition("</table>")[0].partition("<tbody>")[2].split("<tr>")[1:]


def test_a_sheet_ends_with_whom_anybody_calls_at_once(programme: Programme) -> None:
    (line,) = re.findall(r'(?s)<div class="urgent">(.*?)</div>', on_paper(programme)[SHEET].html)
    urgent = [
        contact.shown
        for contact in programme.contacts.contacts.values()
        if contact.urgent and contact.is_offered and contact.number
    ]
    assert urgent
    assert re.findall(r"<b>(.*?)</b>", line) == urgent


def test_what_a_page_leaves_is_for_what_was_done_and_never_for_anybodys_name(programme: Programme) -> None:
    said = words(on_paper(programme)[SHEET].html)
    assert "Đã làm trong năm không ghi tên, hoàn cảnh của người cụ thể" in said
    assert "Ngày Việc đã làm Người ghi" in said


def test_the_page_names_every_task_with_its_whole_text_and_material(programme: Programme) -> None:
    page = plan(programme)
    for task in planned_tasks(programme).values():
        row = page.partition(f'id="{urls.point_anchor(task.point)}"')[2].partition("</details>")[0]
        assert task.text in words(row)
        assert row.count("<a href=") == len(task.materials)


def test_the_page_tells_dots_in_words_too(programme: Programme) -> None:
    row = plan(programme).partition('class="matrix__row"')[2].partition("</tr>")[0]
    assert "chủ trì 1, phối hợp 1" in words(row)
    assert row.count('class="dot dot--leads"') == 1
    assert row.count('class="dot"') == 1


def test_a_target_is_a_figure_with_its_year_and_never_a_filled_bar(programme: Programme) -> None:
    cells = re.findall(r'(?s)<td[^>]* class="years__level">(.*?)</td>', plan(programme))
    assert [words(cell) for cell in cells] == ["70% đến 2030"]
    assert not re.search(r"<(?:progress|meter|svg)", "".join(cells))


@pytest.mark.parametrize(("values", "title"), [({}, "Cơ quan cấp tỉnh"), ({"communes": True}, "Xã, phường")])
def test_an_agency_stands_among_its_own_kind(
    programme: Programme, values: dict[str, object], title: str
) -> None:
    assert re.findall(r'scope="rowgroup"[^>]*>([^<]+)', plan(with_agency(programme, **values))) == [title]


def test_an_agency_that_is_only_asked_stands_apart(programme: Programme) -> None:
    assert re.findall(r'scope="rowgroup"[^>]*>([^<]+)', plan(requested(programme))) == [
        "Cơ quan được đề nghị"
    ]
    assert "(đề nghị)" in plan(requested(programme))
