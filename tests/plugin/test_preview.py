"""The live preview: an edit shows, findings show, the last good site stays."""

from __future__ import annotations

import json
import os
import shutil
import socket
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from click import unstyle
from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from taphuan.cli.terminal import findings_text
from taphuan.plugin.preview import Preview, _brought_up
from taphuan.plugin.preview_server import WHERE_LISTED, ChangeFeed, PageNote, make_server
from taphuan.programme import urls
from taphuan.render.chromium import find_browser
from taphuan.render.security_policy import CHARSET, with_policy

pytestmark = pytest.mark.slow

NOTES = (PageNote(code="x", file="a.md", line=3, what="câu <b>dài</b>", fix="tách câu", pages=["khoa-hoc/"]),)
PATIENCE = 15_000
UNWRITTEN = "\nHỏi ‹tên người trực› khi cần.\n"


def seen(whole: Path, tmp_path: Path) -> Preview:
    folder = tmp_path / "preview"
    preview = Preview(
        whole, folder, banks=None, word=lambda findings: " ".join(finding.code for finding in findings)
    )
    assert preview.refresh() == ""
    return preview


def lesson_of(whole: Path) -> tuple[Path, Path]:
    """A lesson's file, and its page under the preview's folder."""
    source = next(whole.glob("content/lessons/*/*.md"))
    return source, Path("khoa-hoc") / source.parent.name / source.stem / "index.html"


def test_an_edit_shows_on_its_page_and_renders_no_other(whole: Path, tmp_path: Path) -> None:
    preview = seen(whole, tmp_path)
    source, page = lesson_of(whole)
    home = (preview.folder / "index.html").stat().st_mtime_ns
    source.write_text(source.read_text("utf-8") + "\nCâu mới viết xong.\n", encoding="utf-8")
    assert preview.refresh() == ""
    assert "Câu mới viết xong." in (preview.folder / page).read_text("utf-8")
    assert (preview.folder / "index.html").stat().st_mtime_ns == home


def test_a_lesson_is_shown_before_the_other_pages_that_an_edit_changes(whole: Path, tmp_path: Path) -> None:
    preview = seen(whole, tmp_path)
    source, page = lesson_of(whole)
    reader = preview.change_feed.subscribe()
    text = source.read_text("utf-8")
    source.write_text(text + "\nMột câu nữa để đọc." * 200 + "\n", encoding="utf-8")
    assert preview.refresh() == ""
    events = [reader.get_nowait() for _ in range(reader.qsize())]
    opened_anew = [address for kind, address in events if kind == "reload"]
    assert opened_anew[0] == f"{page.parent.as_posix()}/"
    assert f"{page.parents[1].as_posix()}/" in opened_anew[1:]
    assert urls.HELP not in opened_anew


def test_an_edit_that_is_overtaken_shows_its_lesson_and_leaves_the_rest_to_the_next(
    whole: Path, tmp_path: Path
) -> None:
    preview = seen(whole, tmp_path)
    source, page = lesson_of(whole)
    course = preview.folder / page.parents[1] / "index.html"
    before = course.read_text("utf-8")
    text = source.read_text("utf-8")
    source.write_text(text + "\nMột câu nữa để đọc." * 200 + "\n", encoding="utf-8")
    assert preview.refresh(is_overtaken=lambda _: True) == ""
    assert "Một câu nữa" in (preview.folder / page).read_text("utf-8")
    assert course.read_text("utf-8") == before
    assert preview.refresh() == ""
    assert course.read_text("utf-8") != before


@pytest.mark.usefixtures("chromium_path")
def test_only_a_page_that_has_changed_is_opened_anew(tmp_path: Path) -> None:
    change_feed = ChangeFeed()
    with opened(plain(tmp_path), change_feed, "khoa-hoc/") as page:
        page.evaluate("document.body.dataset.here = 'yes'")
        change_feed.reload((), "khoa-hoc/mot-bai/")
        change_feed.notes(NOTES)
        expect(page.get_by_role("status")).to_have_text("1 lưu ý")
        assert page.evaluate("document.body.dataset.here") == "yes"
        with page.expect_navigation():
            change_feed.reload(NOTES, "khoa-hoc/")
        with page.expect_navigation():
            change_feed.reload(NOTES)


def test_an_image_that_is_drawn_anew_or_added_shows(whole: Path, tmp_path: Path) -> None:
    preview = seen(whole, tmp_path)
    drawing, added = whole / "content/pictures/giot-nuoc.svg", whole / "content/pictures/anh.png"
    shown = preview.folder / "hinh/pictures"
    drawing.write_text(drawing.read_text("utf-8").replace("M12 3c4", "M11 3c4"), encoding="utf-8")
    reader = preview.change_feed.subscribe()
    assert preview.refresh() == ""
    assert "M11 3c4" in (shown / "giot-nuoc.svg").read_text("utf-8")
    assert ("reload", None) in [reader.get_nowait() for _ in range(reader.qsize())]
    for colour in ("red", "green"):
        Image.new("RGB", (20, 20), colour).save(added)
        assert preview.refresh() == ""
        assert (shown / "anh.png").read_bytes() == added.read_bytes()


def test_a_new_title_shows_on_every_page_that_lists_it(whole: Path, tmp_path: Path) -> None:
    preview = seen(whole, tmp_path)
    source, page = lesson_of(whole)
    text = source.read_text("utf-8")
    old = next(line for line in text.splitlines() if line.startswith("title:"))
    source.write_text(text.replace(old, "title: Tên hoàn toàn mới", 1), encoding="utf-8")
    preview.refresh()
    course = preview.folder / page.parents[1] / "index.html"
    assert "Tên hoàn toàn mới" in course.read_text("utf-8")


def test_findings_are_told_and_the_last_good_site_stays(whole: Path, tmp_path: Path) -> None:
    preview = seen(whole, tmp_path)
    source, page = lesson_of(whole)
    before = (preview.folder / page).read_text("utf-8")
    text = source.read_text("utf-8")
    reader = preview.change_feed.subscribe()
    source.write_text(text.replace("title:", "titel:", 1), encoding="utf-8")
    assert "unknown-key" in preview.refresh()
    assert [reader.get_nowait()[0], reader.get_nowait()[0]] == ["notes", "findings"]
    assert (preview.folder / page).read_text("utf-8") == before
    source.write_text(text, encoding="utf-8")
    assert preview.refresh() == ""
    assert reader.get_nowait() == ("notes", ())


def test_a_page_opened_later_hears_what_still_stands() -> None:
    change_feed = ChangeFeed()
    change_feed.findings("lỗi")
    assert change_feed.subscribe().get_nowait() == ("findings", "lỗi")
    change_feed.reload()
    assert change_feed.subscribe().get_nowait() == ("notes", ())
    change_feed.reload(NOTES)
    assert change_feed.subscribe().get_nowait() == ("notes", NOTES)


def test_a_busy_port_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<body>Trang</body>", encoding="utf-8")
    first = make_server(tmp_path, ChangeFeed(), host="127.0.0.1", port=0)
    second = make_server(tmp_path, ChangeFeed(), host="127.0.0.1", port=first.server_port)
    assert second.server_port != first.server_port
    Thread(target=second.serve_forever, daemon=True).start()
    with urllib.request.urlopen(f"http://127.0.0.1:{second.server_port}/", timeout=5) as answer:
        assert "/__taphuan/live.js" in answer.read().decode()
    second.shutdown()
    first.server_close()
    second.server_close()


#: Requests as they stand on the wire, with a line that no browser sends.
ODD = (
    *(b"GET /%00 HTTP/1.1", b"GET /" + b"a" * 9_000 + b" HTTP/1.1", b"GET /../../../etc/passwd HTTP/1.1"),
    *(b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1", b"GET /\xff\xfe HTTP/1.1", b"GET /khong-co HTTP/1.1"),
    *(
        b"GET /%ed%a0%80/ HTTP/1.1",
        b"\0\xff\r",
        b"GET",
        b"PUT / HTTP/1.1",
        b"GET / HTTP/9.9",
        b"GET //[ HTTP/1.1",
    ),
)


def test_no_request_ends_the_preview_or_is_told_to_the_author(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    web = make_server(plain(tmp_path), ChangeFeed(), host="127.0.0.1", port=0)
    Thread(target=web.serve_forever, daemon=True).start()
    for line in ODD:
        with socket.create_connection(web.server_address[:2], timeout=5) as connection:
            connection.sendall(line + b"\r\nHost: x\r\nConnection: close\r\n\r\n")
            answer = connection.makefile("rb").read()
        assert b"root:" not in answer
        assert b"Error" not in answer.partition(b"\r\n\r\n")[2], (line[:30], answer)
    with urllib.request.urlopen(f"http://127.0.0.1:{web.server_port}/", timeout=5) as answer:
        assert answer.status == 200
    web.shutdown()
    web.server_close()
    assert capfd.readouterr().err == ""


def plain(folder: Path) -> Path:
    """A site of two pages that says nothing but its policy, free of the time that a build takes."""
    (folder / "khoa-hoc").mkdir()
    for page in (folder, folder / "khoa-hoc"):
        text = with_policy(f"<!doctype html><head>{CHARSET}</head><body>Trang</body>")
        (page / "index.html").write_text(text, encoding="utf-8")
    return folder


@contextmanager
def opened(folder: Path, change_feed: ChangeFeed, address: str = "", *, width: int = 1280) -> Iterator[Page]:
    """A page of the preview in a browser; nothing may be refused by the policy that the site has."""
    web = make_server(folder, change_feed, host="127.0.0.1", port=0)
    Thread(target=web.serve_forever, daemon=True).start()
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    complaints: list[str] = []
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        path = find_browser(os.environ, shutil.which)
        browser = playwright.chromium.launch(executable_path=path, chromium_sandbox=not is_root)
        page = browser.new_page(viewport={"width": width, "height": 720})
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(f"http://127.0.0.1:{web.server_port}/{address}")
        yield page
        browser.close()
    web.shutdown()
    web.server_close()
    assert [complaint for complaint in complaints if "Security Policy" in complaint] == []


@pytest.mark.usefixtures("chromium_path")
def test_findings_show_in_a_browser_under_the_policy_that_the_site_has(whole: Path, tmp_path: Path) -> None:
    preview = seen(whole, tmp_path)
    with opened(preview.folder, preview.change_feed) as page:
        preview.change_feed.findings("lỗi[raw-html] <b>")
        assert page.get_by_role("alert").inner_text() == "lỗi[raw-html] <b>"


@pytest.mark.usefixtures("chromium_path")
def test_an_error_at_the_very_start_shows_on_a_page_that_waits_for_the_site(
    whole: Path, tmp_path: Path
) -> None:
    source, _ = lesson_of(whole)
    text = source.read_text("utf-8")
    source.write_text(text.replace("title:", "titel:", 1), "utf-8")
    preview = Preview(whole, tmp_path / "preview", banks=None, word=lambda findings: findings[0].message)
    preview.folder.mkdir()
    assert "titel" in preview.refresh()
    with opened(preview.folder, preview.change_feed, "khoa-hoc/") as page:
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("titel")
        assert page.title() == "Chưa có trang để xem"
        source.write_text(text, "utf-8")
        assert preview.refresh() == ""
        expect(page).not_to_have_title("Chưa có trang để xem")
        expect(alert).to_have_count(0)


@pytest.mark.usefixtures("chromium_path")
def test_a_note_shows_in_the_corner_until_it_is_mended_and_an_error_stands_before_it(
    whole: Path, tmp_path: Path
) -> None:
    preview = seen(whole, tmp_path)
    preview.word = lambda findings: unstyle(findings_text(findings))
    source, place = lesson_of(whole)
    text = source.read_text("utf-8")
    file = source.relative_to(whole).as_posix()
    with opened(preview.folder, preview.change_feed, f"{place.parent.as_posix()}/") as page:
        note, alert = page.locator(".live-notes").get_by_role("status"), page.get_by_role("alert")
        source.write_text(text + UNWRITTEN, encoding="utf-8")
        assert "1 lưu ý" not in preview.refresh()
        page.get_by_role("button", name="1 lưu ý").click()
        expect(page.locator(".live-notes__list")).to_contain_text(f"{file}, dòng {text.count(chr(10)) + 2}")
        expect(page.get_by_text("Hỏi ‹tên người trực› khi cần.")).to_be_visible()
        source.write_text(text + UNWRITTEN + "\nXem <b>đây</b>.\n", encoding="utf-8")
        message = preview.refresh()
        assert message.index("lỗi[raw-html]") < message.index("lưu ý[")
        expect(alert).to_have_text(message)
        expect(note).to_have_count(0)
        source.write_text(text + UNWRITTEN, encoding="utf-8")
        preview.refresh()
        expect(note).to_have_text("1 lưu ý")
        expect(alert).to_have_count(0)
        source.write_text(text, encoding="utf-8")
        preview.refresh()
        expect(note).to_have_count(0)


@pytest.mark.usefixtures("chromium_path")
def test_notes_are_read_by_keyboard_on_a_phone_those_of_the_page_first(tmp_path: Path) -> None:
    change_feed = ChangeFeed()
    there = PageNote(code="y", file=f"{'dai/' * 30}b.md", line=7, what="bài ngắn", fix="viết thêm", pages=[])
    change_feed.notes((there, *NOTES))
    with opened(plain(tmp_path), change_feed, "khoa-hoc/", width=360) as page:
        button, listed = page.get_by_role("button", name="2 lưu ý"), page.locator(".live-notes__list")
        button.focus()
        page.keyboard.press("Enter")
        expect(button).to_have_attribute("aria-expanded", "true")
        expect(listed.locator("h2")).to_have_text(["Ở trang này", "Ở tệp khác"])
        expect(listed.locator("li")).to_contain_text(["câu <b>dài</b>Sửa: tách câua.md, dòng 3", "bài ngắn"])
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        assert listed.evaluate("one => one.scrollWidth - one.clientWidth") == 0
        page.keyboard.press("Escape")
        expect(listed).to_be_hidden()
        expect(button).to_be_focused()


@pytest.mark.usefixtures("chromium_path")
def test_a_note_that_was_put_away_comes_back_when_the_findings_are_others(
    whole: Path, tmp_path: Path
) -> None:
    change_feed = ChangeFeed()
    change_feed.notes(NOTES)
    moved = PageNote(**{**NOTES[0], "line": 9})
    with opened(plain(tmp_path), change_feed) as page:
        note = page.get_by_role("status")
        page.get_by_role("button", name="Ẩn đến khi lưu ý thay đổi").click()
        expect(note).to_have_count(0)
        with page.expect_navigation():
            change_feed.reload((moved,))
        page.wait_for_timeout(200)
        expect(note).to_have_count(0)
        change_feed.notes((*NOTES, *NOTES))
        expect(note).to_have_text("2 lưu ý")
        change_feed.notes(())
        expect(note).to_have_count(0)
        change_feed.notes(NOTES)
        expect(note).to_have_text("1 lưu ý")


def test_an_edit_that_brings_a_note_lists_it_and_the_next_only_counts(whole: Path, tmp_path: Path) -> None:
    preview = seen(whole, tmp_path)
    source, page = lesson_of(whole)
    source.write_text(source.read_text("utf-8") + UNWRITTEN, encoding="utf-8")
    reader = preview.change_feed.subscribe()
    assert _brought_up(preview, whole=False).startswith("Đã cập nhật.\n")
    assert [reader.get_nowait()[0], reader.get_nowait()[0]] == ["notes", "reload"]
    _, change = preview.change_feed.subscribe().get_nowait()
    assert json.dumps(f"{page.parent.as_posix()}/") in json.dumps(change)
    assert _brought_up(preview, whole=False) == f"Đã cập nhật.\nCòn 1 lưu ý, {WHERE_LISTED}"
