"""The live preview: its server, and findings and notes in its pages; the last good site stays."""

from __future__ import annotations

import json
import socket
import time
import urllib.request
from pathlib import Path
from threading import Thread

import pytest
from click import unstyle
from playwright.sync_api import expect
from preview_pages import NOTES, UNWRITTEN, lesson_of, opened, plain, seen
from watchdog.events import FileModifiedEvent

from taphuan.cli.terminal import findings_text
from taphuan.plugin.preview import Preview, _brought_up, _Changes
from taphuan.plugin.preview_server import WHERE_LISTED, ChangeFeed, PageNote, make_server

pytestmark = pytest.mark.slow


def test_a_page_that_changes_while_it_is_opened_is_told_so_when_it_listens() -> None:
    change_feed = ChangeFeed()
    before = time.time_ns()
    change_feed.reload((), "khoa-hoc/")

    def heard(address: str, since: int) -> list[str]:
        reader = change_feed.subscribe(address, since)
        return [reader.get_nowait()[0] for _ in range(reader.qsize())]

    assert heard("khoa-hoc/", before) == ["notes", "reload"]
    assert heard("khoa-hoc/", time.time_ns()) == ["notes"]
    assert heard("", before) == ["notes"]
    change_feed.reload()
    assert heard("", before) == ["notes", "reload"]


@pytest.mark.parametrize(
    ("name", "is_left"), [(".bai.md.swp", True), ("~$bai.md", True), ("bai.md~", True), ("bai.md", False)]
)
def test_what_editors_leave_beside_a_file_wakes_nobody(name: str, is_left: bool) -> None:
    changes = _Changes()
    changes.on_any_event(FileModifiedEvent(f"content/lessons/{name}"))
    assert changes.happened.is_set() != is_left


@pytest.mark.parametrize(
    "query", ["?page=a&page=b&since=1&since=2", "?since=" + "9" * 5_000, "?since=-1&page", ""]
)
def test_no_question_of_a_page_ends_in_a_fault(
    tmp_path: Path, query: str, capfd: pytest.CaptureFixture[str]
) -> None:
    web = make_server(plain(tmp_path), ChangeFeed(), host="127.0.0.1", port=0)
    Thread(target=web.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{web.server_port}/__taphuan/events{query}"
    with urllib.request.urlopen(address, timeout=5) as answer:
        assert answer.readline() == b"event: notes\n"
    web.shutdown()
    web.server_close()
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.usefixtures("chromium_path")
def test_a_page_that_was_missing_opens_once_it_is_there(tmp_path: Path) -> None:
    change_feed, folder = ChangeFeed(), plain(tmp_path)
    with opened(folder, change_feed, "khoa-hoc/moi/") as page:
        expect(page).to_have_title("Không có trang này")
        (folder / "khoa-hoc/moi").mkdir()
        text = (folder / "index.html").read_text(encoding="utf-8").replace("Trang", "Trang mới")
        (folder / "khoa-hoc/moi/index.html").write_text(text, encoding="utf-8")
        change_feed.reload((), "khoa-hoc/moi/")
        expect(page.locator("body")).to_contain_text("Trang mới")


@pytest.mark.usefixtures("chromium_path")
def test_only_a_page_that_has_changed_is_opened_anew(tmp_path: Path) -> None:
    change_feed = ChangeFeed()
    with opened(plain(tmp_path), change_feed, "khoa-hoc/") as page:
        note, times = page.get_by_role("status"), []
        page.on("framenavigated", lambda frame: times.append(frame.url))
        change_feed.reload((), "khoa-hoc/mot-bai/")
        change_feed.notes(NOTES)
        expect(note).to_have_text("1 lưu ý")
        page.wait_for_timeout(300)
        assert times == []
        for address in ("khoa-hoc/", None):
            with page.expect_navigation():
                change_feed.reload((*NOTES, *NOTES), address)
            expect(note).to_have_text("2 lưu ý")
        assert len(times) == 2


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
