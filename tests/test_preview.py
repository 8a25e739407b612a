"""The live preview: an edit shows, findings show, the last good site stays."""

from __future__ import annotations

import os
import queue
import shutil
import urllib.request
from pathlib import Path
from threading import Thread

from playwright.sync_api import sync_playwright

from generator.plugin.preview import Preview
from generator.plugin.serving import Newsroom, server
from generator.render.browser import find_browser


def seen(whole: Path, tmp_path: Path) -> Preview:
    folder = tmp_path / "preview"
    preview = Preview(whole, folder, banks=None, word=lambda found: " ".join(one.code for one in found))
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
    reader = preview.newsroom.subscribe()
    source.write_text(text.replace("title:", "titel:", 1), encoding="utf-8")
    assert "unknown-key" in preview.refresh()
    assert reader.get_nowait()[0] == "findings"
    assert (preview.folder / page).read_text("utf-8") == before
    source.write_text(text, encoding="utf-8")
    assert preview.refresh() == ""
    assert reader.get_nowait()[0] == "clear"


def test_a_page_opened_later_hears_what_still_stands() -> None:
    newsroom = Newsroom()
    newsroom.findings("lỗi")
    assert newsroom.subscribe().get_nowait() == ("findings", "lỗi")
    newsroom.reload()
    reader = newsroom.subscribe()
    try:
        reader.get_nowait()
    except queue.Empty:
        return
    raise AssertionError("nothing stands any more")


def test_a_busy_port_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<body>Trang</body>", encoding="utf-8")
    first = server(tmp_path, Newsroom(), host="127.0.0.1", port=0)
    second = server(tmp_path, Newsroom(), host="127.0.0.1", port=first.server_port)
    assert second.server_port != first.server_port
    Thread(target=second.serve_forever, daemon=True).start()
    with urllib.request.urlopen(f"http://127.0.0.1:{second.server_port}/", timeout=5) as answer:
        assert "/__taphuan/live.js" in answer.read().decode()
    second.shutdown()
    first.server_close()
    second.server_close()


def test_findings_show_in_a_browser_under_the_policy_that_the_site_has(whole: Path, tmp_path: Path) -> None:
    preview = seen(whole, tmp_path)
    web = server(preview.folder, preview.newsroom, host="127.0.0.1", port=0)
    Thread(target=web.serve_forever, daemon=True).start()
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    complaints: list[str] = []
    with sync_playwright() as playwright:
        path = find_browser(os.environ, shutil.which)
        browser = playwright.chromium.launch(executable_path=path, chromium_sandbox=not is_root)
        page = browser.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(f"http://127.0.0.1:{web.server_port}/")
        preview.newsroom.findings("lỗi[raw-html] <b>")
        assert page.get_by_role("alert").inner_text() == "lỗi[raw-html] <b>"
        browser.close()
    web.shutdown()
    web.server_close()
    assert [told for told in complaints if "Security Policy" in told] == []
