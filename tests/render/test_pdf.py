"""Sheets become PDFs in a real browser."""

from __future__ import annotations

import asyncio
import http.server
import shutil
import stat
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from taphuan.errors import MissingBrowser
from taphuan.render.browser_print import PrintError
from taphuan.render.chromium import find_browser
from taphuan.render.pdf import print_sheets
from taphuan.render.printable import Overflow, Printed, Sheet

HEAD = (
    "<!doctype html><html lang='vi'><meta charset='utf-8'><title>Thử</title>"
    "<style>@page{size:A4;margin:20mm;font-family:'Be Vietnam Pro';@bottom-right{content:counter(page)}}"
    "body{font-family:'Be Vietnam Pro'}section{break-before:page}"
    "[data-panel]{width:80mm;height:30mm;line-height:10mm;font-size:12pt}</style>"
)


def sheet(id: str = "thu", body: str = "<h1>Biết dừng, biết hỏi, biết kể</h1>", **fields: Any) -> Sheet:
    given: dict[str, Any] = {
        "title": "Thử",
        "audience": "Cán bộ cấp xã",
        "author": "UBND tỉnh",
        "subject": "khoa/bai",
        "dated": date(2026, 11, 24),
    }
    return Sheet(id=id, html=HEAD + body, **(given | fields))


@pytest.fixture(scope="session")
def executable(chromium_path: str) -> str:
    return chromium_path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def printed(folder: Path, executable: str, *sheets: Sheet, **options: Any) -> list[Printed]:
    return print_sheets(sheets, out=folder / "out", cache=folder / "cache", executable=executable, **options)


def outline(path: Path) -> list[str]:
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        return [title for item in outline.root for title in _titles(item)]


def _titles(item: pikepdf.OutlineItem) -> Iterator[str]:
    yield item.title
    for child in item.children:
        yield from _titles(child)


# --- what comes out ---------------------------------------------------------------------------


def test_prints_each_sheet_under_its_id_in_the_order_given(folder: Path, executable: str) -> None:
    copies = printed(folder, executable, sheet("b"), sheet("a", "<section>1</section><section>2</section>"))
    assert [(copy.sheet, copy.path.name, copy.pages, copy.is_reused) for copy in copies] == [
        ("b", "b.pdf", 1, False),
        ("a", "a.pdf", 2, False),
    ]
    assert [copy.bytes for copy in copies] == [copy.path.stat().st_size for copy in copies]
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["a.pdf", "b.pdf"]


def test_embeds_text_as_static_truetype(folder: Path, executable: str) -> None:
    (copy,) = printed(folder, executable, sheet(body="<p>Điều 5, <b>Ẳ ữ</b> <i>nghiêng</i></p>"))
    with pikepdf.open(copy.path) as pdf:
        fonts = [
            item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item
        ]
        names = {str(font.FontName).split("+")[1] for font in fonts}
        kinds = {
            str(item.Subtype)
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == pikepdf.Name.Font
        }
    assert names == {"BeVietnamPro-Regular", "BeVietnamPro-Bold", "BeVietnamPro-Italic"}
    assert kinds == {"/Type0", "/CIDFontType2"}


def test_gives_equal_bytes_for_equal_sheets_whichever_page_drew_them(folder: Path, executable: str) -> None:
    table = "<table><tr><th>Hành vi</th><th>Mức phạt</th></tr><tr><td>A</td><td>1</td></tr></table>"
    sheets = [sheet(f"s{number}", table * (number + 1)) for number in range(4)]
    forward = printed(folder / "1", executable, *sheets)
    backward = printed(folder / "2", executable, *reversed(sheets), jobs=1)
    assert {copy.sheet: copy.sha256 for copy in forward} == {copy.sheet: copy.sha256 for copy in backward}


# --- nothing twice ----------------------------------------------------------------------------


@pytest.fixture
def watched(folder: Path, executable: str) -> tuple[str, Path]:
    """A browser that writes down what it was started with."""
    log, wrapper = folder / "log", folder / "browser"
    wrapper.write_text(f'#!/bin/sh\necho "$*" >> "{log}"\nexec "{executable}" "$@"\n')
    wrapper.chmod(wrapper.stat().st_mode | stat.S_IXUSR)
    return str(wrapper), log


def test_starts_no_browser_when_nothing_has_changed(folder: Path, watched: tuple[str, Path]) -> None:
    browser, log = watched
    first = printed(folder, browser, sheet())
    log.unlink()
    again = printed(folder, browser, sheet())
    assert log.read_text() == "--version\n"
    assert again[0].is_reused
    assert again[0].sha256 == first[0].sha256


def test_prints_only_what_has_changed(folder: Path, executable: str) -> None:
    printed(folder, executable, sheet("a"), sheet("b"))
    copies = printed(folder, executable, sheet("a"), sheet("b", "<p>khác</p>"))
    assert [copy.is_reused for copy in copies] == [True, False]


def test_a_new_title_alone_is_a_change(folder: Path, executable: str) -> None:
    printed(folder, executable, sheet())
    (copy,) = printed(folder, executable, sheet(title="Tên mới"))
    assert not copy.is_reused


def test_leaves_a_file_alone_that_is_right_already(folder: Path, executable: str) -> None:
    (first,) = printed(folder, executable, sheet())
    before = first.path.stat().st_mtime_ns
    printed(folder, executable, sheet())
    assert first.path.stat().st_mtime_ns == before


def test_puts_back_a_file_that_was_lost_from_the_output(folder: Path, executable: str) -> None:
    (first,) = printed(folder, executable, sheet())
    first.path.unlink()
    (again,) = printed(folder, executable, sheet())
    assert again.is_reused
    assert again.path.is_file()


def test_tells_of_every_sheet_once_reused_or_not(folder: Path, executable: str) -> None:
    printed(folder, executable, sheet("a"))
    heard: list[Printed] = []
    copies = printed(folder, executable, sheet("a"), sheet("b"), progress=heard.append)
    assert sorted(heard, key=lambda copy: copy.sheet) == copies


# --- behind closed doors ----------------------------------------------------------------------


@pytest.fixture
def outsider() -> Iterator[tuple[str, list[str]]]:
    """A server that counts who comes."""
    seen: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            self.send_error(404)

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", seen
        server.shutdown()
        thread.join()


def test_asks_nobody_outside_for_anything(
    folder: Path, executable: str, outsider: tuple[str, list[str]]
) -> None:
    address, seen = outsider
    body = f"<link rel='stylesheet' href='{address}/a.css'><img src='{address}/b.png'><p>Chữ</p>"
    (copy,) = printed(folder, executable, sheet(body=body))
    assert (copy.pages, seen) == (1, [])


def test_runs_no_script_of_a_sheet(folder: Path, executable: str) -> None:
    body = "<h1>Thật</h1><script>document.body.insertAdjacentHTML('beforeend', '<h1>Giả</h1>')</script>"
    (copy,) = printed(folder, executable, sheet(body=body))
    assert outline(copy.path) == ["Thật"]


def test_can_be_called_from_within_an_event_loop(folder: Path, executable: str) -> None:
    async def caller() -> list[Printed]:
        return printed(folder, executable, sheet())

    assert asyncio.run(caller())[0].pages == 1


# --- contents ---------------------------------------------------------------------------------

ENTRY = "<h2><a href='#{id}'>{id} <span data-page-of='{id}'></span></a></h2>"


def test_fills_page_numbers_into_the_contents(folder: Path, executable: str) -> None:
    entries = ENTRY.format(id="mot") + ENTRY.format(id="hai")
    body = entries + "<section id='mot'>…</section><section>…</section><section id='hai'>…</section>"
    (copy,) = printed(folder, executable, sheet(body=body, has_contents=True))
    assert outline(copy.path) == ["mot 2", "hai 4"]


def test_numbers_contents_that_push_their_own_pages_back(folder: Path, executable: str) -> None:
    long = "".join(
        f"<p style='height:24mm'><a href='#s{n}'>Mục {n} <span style='display:inline-block' "
        f"data-page-of='s{n}'></span></a></p>"
        for n in range(11)
    )
    body = long + ENTRY.format(id="s0") + "".join(f"<section id='s{n}'>…</section>" for n in range(11))
    (copy,) = printed(folder, executable, sheet(body=body, has_contents=True))
    assert outline(copy.path) == [f"s0 {copy.pages - 10}"]


def test_an_edition_whose_pages_stand_elsewhere_has_its_own_numbers(folder: Path, executable: str) -> None:
    entry = ENTRY.format(id="hai")
    bodies = {
        "mono": f"{entry}<section>…</section><section id='hai'>…</section>",
        "colour": f"{entry}<section id='hai'>…</section>",
    }
    books = [
        sheet(edition, body, edition=edition, kind="handbook", has_contents=True)
        for edition, body in bodies.items()
    ]
    copies = printed(folder, executable, *books, jobs=1)
    assert [outline(copy.path) for copy in copies] == [["hai 3"], ["hai 2"]]


@pytest.mark.parametrize(("before", "begins"), [(1, 2), (2, 4), (3, 4)])
def test_what_lies_on_two_pages_begins_on_a_left_one_behind_a_cover_or_without(
    folder: Path, executable: str, before: int, begins: int
) -> None:
    """A cover takes a page of its own: where that would not do, there is none."""
    style = "<style>:root:not(.uncovered) .cover{height:240mm;break-after:page}p{break-after:page}</style>"
    contents = ENTRY.format(id="hai") + "<p>…</p>" * before
    body = f"{style}<div class='cover'></div>{contents}<section id='hai' data-left>…</section>"
    copies = printed(
        folder,
        executable,
        *(
            sheet(edition, body, edition=edition, kind="guide", has_contents=True)
            for edition in ("mono", "colour")
        ),
        jobs=1,
    )
    assert [outline(copy.path) for copy in copies] == [[f"hai {begins}"]] * 2


def test_refuses_an_entry_that_points_nowhere(folder: Path, executable: str) -> None:
    body = ENTRY.format(id="khong-co")
    with pytest.raises(PrintError, match="khong-co") as error:
        printed(folder, executable, sheet(body=body, has_contents=True))
    assert error.value.exit_status == 3


# --- fit --------------------------------------------------------------------------------------

PANEL = "<div data-panel='{name}' data-field='panels.{name}.text'>{text}</div>"


def leaflet(*panels: tuple[str, int]) -> Sheet:
    body = "".join(PANEL.format(name=name, text="<div>dòng</div>" * lines) for name, lines in panels)
    return sheet("to-gap", body)


def test_says_which_panel_overflows_and_by_how_many_lines(folder: Path, executable: str) -> None:
    folded = leaflet(("front", 3), ("back", 5))
    over = Overflow(sheet="to-gap", panel="back", lines=2, field="panels.back.text")
    (copy,) = printed(folder, executable, folded)
    assert copy.overflows == (over,)


def test_counts_a_word_wider_than_its_panel_as_overflow(folder: Path, executable: str) -> None:
    wide = sheet(body=PANEL.format(name="flap", text="<div style='width:90mm'>x</div>"))
    (done,) = printed(folder, executable, wide)
    assert [(over.panel, over.lines) for over in done.overflows] == [("flap", 1)]


def test_measures_an_overflowing_sheet_again_each_time(folder: Path, executable: str) -> None:
    printed(folder, executable, leaflet(("front", 4)))
    (again,) = printed(folder, executable, leaflet(("front", 4)))
    assert not again.is_reused
    assert again.overflows


# --- the browser ------------------------------------------------------------------------------


@pytest.mark.parametrize("broken", ["/khong/co/trinh-duyet", "/bin/true"])
def test_says_what_to_install_when_the_browser_does_not_start(folder: Path, broken: str) -> None:
    with pytest.raises(MissingBrowser) as error:
        printed(folder, broken, sheet())
    assert broken in error.value.message
    assert "chromium-headless-shell" in error.value.fix


@pytest.mark.parametrize(
    ("environ", "installed", "chosen"),
    [
        ({"TAPHUAN_BROWSER": "/opt/x"}, {"/opt/x", "chromium"}, "/opt/x"),
        ({}, {"chromium", "chromium-headless-shell"}, "chromium-headless-shell"),
        ({}, {"google-chrome", "chromium"}, "chromium"),
        ({}, {"microsoft-edge", "google-chrome-stable"}, "google-chrome-stable"),
        (
            {"ProgramFiles(x86)": "C:/P"},
            {"C:/P/Microsoft/Edge/Application/msedge.exe"},
            "C:/P/Microsoft/Edge/Application/msedge.exe",
        ),
    ],
)
def test_takes_the_first_browser_there_is(environ: dict[str, str], installed: set[str], chosen: str) -> None:
    assert find_browser(environ, lambda name: name if name in installed else None) == chosen


def test_falls_back_on_the_browser_that_playwright_downloaded(folder: Path) -> None:
    shell = folder / "chromium_headless_shell-1200/chrome-linux/headless_shell"
    shell.parent.mkdir(parents=True)
    shell.write_text("#!/bin/sh\n")
    shell.chmod(0o755)
    environ = {"PLAYWRIGHT_BROWSERS_PATH": str(folder)}
    assert find_browser(environ, lambda name: shutil.which(name, path="")) == str(shell)


@pytest.mark.parametrize("environ", [{}, {"TAPHUAN_BROWSER": "/khong/co"}])
def test_says_what_to_install_when_there_is_no_browser(environ: dict[str, str]) -> None:
    with pytest.raises(MissingBrowser) as error:
        find_browser(environ, lambda _: None)
    assert "chromium-headless-shell" in error.value.fix
    assert environ.get("TAPHUAN_BROWSER", "") in error.value.message


@pytest.mark.parametrize("changed", ["colour", "mono"])
def test_both_editions_of_a_book_are_printed_anew_where_one_is(
    folder: Path, executable: str, changed: str
) -> None:
    body = f"{ENTRY.format(id='hai')}<section id='hai'>…</section>"
    texts = {"mono": body, "colour": body}

    def books() -> list[Sheet]:
        return [
            sheet(edition, text, edition=edition, kind="handbook", has_contents=True)
            for edition, text in texts.items()
        ]

    printed(folder, executable, *books())
    assert all(copy.is_reused for copy in printed(folder, executable, *books()))
    texts[changed] += "<p>…</p>"
    assert not any(copy.is_reused for copy in printed(folder, executable, *books()))
