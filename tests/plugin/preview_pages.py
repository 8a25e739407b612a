"""A preview of the sample, a lesson of it, and its pages in a browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from playwright.sync_api import Page, expect, sync_playwright

from taphuan.plugin.preview import Preview
from taphuan.plugin.preview_server import ChangeFeed, PageNote, make_server
from taphuan.render.chromium import find_browser
from taphuan.render.security_policy import CHARSET, with_policy

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
