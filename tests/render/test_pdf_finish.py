"""What the press adds to the browser's PDF, and what it leaves alone."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pikepdf
import pytest
from playwright.sync_api import sync_playwright

from taphuan.render.browser_print import link_pages, lowest_text
from taphuan.render.pdf import finished_pdf, page_count

HTML = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Của trình duyệt</title>
<style>@page{size:A4;margin:20mm;@bottom-right{content:"Trang " counter(page)}}
.x{background:#eee;border:1px solid}</style>
<h1>Bài thử</h1><p class="x">Xem <a href="#hai">phần hai</a>, <a href="#hai">1</a>
hoặc <a href="https://taphuan.example/a">trang của bài</a>.</p>
<table><tr><th>Hành vi</th><th>Mức</th></tr><tr><td>A</td><td>1</td></tr></table>
<svg role="img" aria-label="Chấm" width="20" height="20"><circle r="9" cx="10" cy="10"/></svg>
<svg aria-hidden="true" width="20" height="20"><rect width="9" height="9"/></svg>
<figure><svg role="img" aria-label="Ô" width="20" height="20"><rect width="9" height="9"/></svg>
<figcaption>Một ô.</figcaption></figure>
<h2 id="hai" style="break-before:page">Phần hai</h2><p>…</p></html>"""
LINKS = {"#hai": "phần hai", "https://taphuan.example/a": "trang của bài"}


WRAPPED = """<!doctype html><html lang="vi"><meta charset="utf-8">
<h1 style="width:60mm">Hành vi vi phạm và người cần được hỗ trợ</h1></html>"""


@pytest.fixture(scope="module")
def three(chromium_path: str) -> tuple[bytes, bytes, bytes]:
    """The same page printed twice by one browser, so that its node ids differ, and another."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path)
        page = browser.new_page()

        def once(html: str) -> bytes:
            page.set_content(html)
            return page.pdf(prefer_css_page_size=True, print_background=True, outline=True, tagged=True)

        return once(HTML), once(HTML), once(WRAPPED)


@pytest.fixture(scope="module")
def prints(three: tuple[bytes, bytes, bytes]) -> tuple[bytes, bytes]:
    return three[:2]


@pytest.fixture(scope="module")
def wrapped(three: tuple[bytes, bytes, bytes]) -> bytes:
    return three[2]


@pytest.fixture(scope="module")
def raw(prints: tuple[bytes, bytes]) -> bytes:
    return prints[0]


def finished(raw: bytes, **fields: Any) -> bytes:
    given: dict[str, Any] = {
        "title": "Xử phạt <hành chính> & hơn nữa",
        "author": "UBND tỉnh Lai Châu",
        "subject": "Cán bộ cấp xã",
        "lang": "vi",
        "dated": date(2026, 11, 24),
        "key": "khoa-bai",
        "duplex": "long-edge",
        "links": LINKS,
    }
    return finished_pdf(raw, **(given | fields))


@pytest.fixture(scope="module")
def pdf(raw: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(finished(raw))) as opened:
        yield opened


def operators(data: bytes) -> list[list[str]]:
    with pikepdf.open(io.BytesIO(data)) as opened:
        return [
            [str(instruction.operator) for instruction in pikepdf.parse_content_stream(page)]
            for page in opened.pages
        ]


def test_names_the_document_in_its_information_and_in_xmp(pdf: pikepdf.Pdf) -> None:
    assert {name: str(pdf.docinfo[name]) for name in ("/Title", "/Author", "/Subject", "/Creator")} == {
        "/Title": "Xử phạt <hành chính> & hơn nữa",
        "/Author": "UBND tỉnh Lai Châu",
        "/Subject": "Cán bộ cấp xã",
        "/Creator": "taphuan",
    }
    xmp = pdf.open_metadata()
    assert xmp["dc:title"] == "Xử phạt <hành chính> & hơn nữa"
    assert xmp["dc:creator"] == ["UBND tỉnh Lai Châu"]
    assert xmp["dc:description"] == "Cán bộ cấp xã"
    assert set(xmp["dc:language"]) == {"vi"}
    assert str(pdf.Root.Lang) == "vi"


def test_dates_the_document_by_its_content_and_not_by_the_clock(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.docinfo["/CreationDate"]) == str(pdf.docinfo["/ModDate"]) == "D:20261124000000Z"
    assert pdf.open_metadata()["xmp:ModifyDate"] == "2026-11-24T00:00:00Z"


def test_gives_equal_bytes_for_two_prints_of_the_same_page(prints: tuple[bytes, bytes]) -> None:
    first, second = prints
    assert first != second
    assert finished(first) == finished(second)


def test_identifies_a_sheet_for_good_and_its_version_by_content(raw: bytes) -> None:
    def identity(data: bytes) -> list[bytes]:
        with pikepdf.open(io.BytesIO(data)) as opened:
            return [bytes(part) for part in opened.trailer.ID]

    before, after = identity(finished(raw)), identity(finished(raw, title="Tên mới"))
    other = identity(finished(raw, key="khoa-khac"))
    assert before[0] == after[0] != other[0]
    assert before[1] != after[1]


def test_keeps_tags_bookmarks_and_pictures_words(pdf: pikepdf.Pdf) -> None:
    def roles(node: pikepdf.Object) -> Iterator[str]:
        if isinstance(node, pikepdf.Array):
            for child in node:
                yield from roles(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            yield str(node.S) + (f" {node.Alt}" if "/Alt" in node else "")
            yield from roles(node.get("/K", pikepdf.Array()))

    tags = list(roles(pdf.Root.StructTreeRoot.K))
    assert {"/Document", "/H1", "/H2", "/Table", "/TH", "/Link", "/Figure Chấm", "/Figure Ô"} <= set(tags)
    assert ("/Figure" in tags, "/Sect" in tags) == (False, True), "a figure with a caption is a section"
    with pdf.open_outline() as outline:
        (top,) = outline.root
        assert (top.title, [child.title for child in top.children]) == ("Bài thử", ["Phần hai"])


def test_spells_a_bookmark_whose_heading_wraps(wrapped: bytes) -> None:
    title = "Hành vi vi phạm và người cần được hỗ trợ"
    data = io.BytesIO(finished(wrapped, headings=[title]))
    with pikepdf.open(data) as opened, opened.open_outline() as outline:
        assert [item.title for item in outline.root] == [title]


def test_draws_exactly_what_the_browser_drew(raw: bytes) -> None:
    marks = {"BMC", "BDC", "EMC"}
    before, after = (
        [[operator for operator in page if operator not in marks] for page in operators(data)]
        for data in (raw, finished(raw))
    )
    assert before == after


def test_leaves_nothing_painted_outside_the_tags_or_an_artifact(raw: bytes) -> None:
    for page in operators(finished(raw)):
        depth = 0
        for operator in page:
            depth += (operator in {"BMC", "BDC"}) - (operator == "EMC")
            if operator in {"Tj", "TJ", "f", "S", "B", "Do", "sh"}:
                assert depth > 0
        assert depth == 0


def test_calls_the_page_number_an_artifact(pdf: pikepdf.Pdf) -> None:
    tags = [
        str(instruction.operands[0])
        for instruction in pikepdf.parse_content_stream(pdf.pages[1])
        if str(instruction.operator) in {"BMC", "BDC"}
    ]
    assert tags[0] == "/Artifact"
    assert set(tags[1:]) - {"/Artifact"}


def test_describes_each_link_with_its_words(pdf: pikepdf.Pdf) -> None:
    said = [str(note.Contents) for note in pdf.pages[0].Annots]
    assert said == ["phần hai", "phần hai", "trang của bài"]


def test_describes_a_link_nobody_told_of_by_its_target(raw: bytes) -> None:
    with pikepdf.open(io.BytesIO(finished(raw, links={}))) as opened:
        said = {str(note.Contents) for note in opened.pages[0].Annots}
    assert said == {"hai", "https://taphuan.example/a"}


@pytest.mark.parametrize(
    ("duplex", "is_exact", "preferences"),
    [
        ("none", False, {"/Duplex": "/Simplex"}),
        ("long-edge", False, {"/Duplex": "/DuplexFlipLongEdge"}),
        ("short-edge", True, {"/Duplex": "/DuplexFlipShortEdge", "/PrintScaling": "/None"}),
    ],
)
def test_tells_the_viewer_how_to_print(
    raw: bytes, duplex: str, is_exact: bool, preferences: dict[str, str]
) -> None:
    with pikepdf.open(io.BytesIO(finished(raw, duplex=duplex, is_exact=is_exact))) as opened:
        shown = {name: str(value) for name, value in opened.Root.ViewerPreferences.items()}
    assert shown == {"/Type": "/ViewerPreferences", "/DisplayDocTitle": "True", **preferences}


def test_knows_the_page_of_every_place_a_link_points_to(raw: bytes) -> None:
    assert link_pages(raw) == {"hai": 2}
    assert page_count(raw) == 2


@pytest.mark.parametrize(("foot", "above"), [(65, 15), (100, 260)])
def test_finds_the_last_line_above_the_foot_wherever_what_is_drawn_was_moved(
    foot: float, above: float
) -> None:
    """Lines stand at 60, 80 and 360 pixels from below; the first belongs to the foot."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(300, 300))
        page.Contents = pdf.make_stream(
            b"q .5 0 0 -.5 0 300 cm BT 1 0 0 -1 0 60 Tm ET q 1 0 0 1 0 400 cm BT 1 0 0 -1 0 80 Tm ET Q Q "
            b"BT 1 0 0 1 0 45 Tm ET"
        )
        raw = io.BytesIO()
        pdf.save(raw)
    assert lowest_text(raw.getvalue(), foot) == pytest.approx(above)


def test_packs_objects_into_streams(raw: bytes) -> None:
    assert len(finished(raw)) < len(raw)
    assert b"/ObjStm" in finished(raw)
