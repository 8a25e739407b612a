"""The static site behind the service's own pages."""

from __future__ import annotations

from pathlib import Path

from anyio.from_thread import BlockingPortal
from asking import Browser, serve

from generator.programme.model.programme import Programme
from generator.records import Store
from generator.records.access import Hashing
from generator.service import create_app
from generator.service.headers import POLICY

STATED = "default-src 'none'; script-src 'self' 'sha256-abc='; frame-ancestors 'none'"


def test_pages_of_the_site_are_served_with_the_policy_they_state(browser: Browser) -> None:
    answer = browser.get("/khoa-hoc/nuoc-sach/")
    assert (answer.status_code, "Khóa" in answer.text) == (200, True)
    assert answer.headers["content-security-policy"] == STATED
    assert answer.headers["cache-control"] == "no-cache"


def test_a_page_not_changed_keeps_its_policy(browser: Browser) -> None:
    """A browser takes the headers of a 304 over those it has kept."""
    etag = browser.get("/").headers["etag"]
    answer = browser.get("/", headers={"If-None-Match": etag})
    assert answer.status_code == 304
    assert answer.headers["content-security-policy"] == STATED


DOOR = '<a class="button" href="/hoc-vien/kiem-tra/nuoc-sach/">Làm bài kiểm tra</a>'


def placed(site: Path, course: str) -> Path:
    """A course's page with an empty place, as the site has it."""
    page = site / "khoa-hoc" / course / "index.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(f'<p>Khóa<p class="test-door" data-test-door="{course}" hidden></p>', encoding="utf-8")
    return page


def test_the_page_of_a_course_leads_to_its_test_and_no_other_page_does(browser: Browser, site: Path) -> None:
    page = placed(site, "nuoc-sach")
    placed(site, "dong-dang-vien")
    for path in ("/khoa-hoc/nuoc-sach/", "/khoa-hoc/nuoc-sach/index.html"):
        answer = browser.get(path)
        assert (answer.status_code, DOOR in answer.text, "hidden" in answer.text) == (200, True, False)
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["cache-control"] == "no-cache"
    assert "<a" not in browser.get("/khoa-hoc/dong-dang-vien/").text, "it counts toward nothing"
    assert "hidden" in page.read_text(encoding="utf-8"), "the site itself stays as it is"


def test_a_page_with_a_door_is_sent_again_only_once_it_has_changed(browser: Browser, site: Path) -> None:
    page = placed(site, "nuoc-sach")
    etag = browser.get("/khoa-hoc/nuoc-sach/").headers["etag"]
    known = browser.get("/khoa-hoc/nuoc-sach/", headers={"If-None-Match": etag})
    assert (known.status_code, known.text, known.headers["etag"]) == (304, "", etag)
    page.write_text(page.read_text(encoding="utf-8") + "<p>Thêm", encoding="utf-8")
    answer = browser.get("/khoa-hoc/nuoc-sach/", headers={"If-None-Match": etag})
    assert (answer.status_code, "Thêm" in answer.text, DOOR in answer.text) == (200, True, True)


def test_a_page_that_is_not_there_is_the_sites_own(browser: Browser) -> None:
    answer = browser.get("/khong-co/")
    assert (answer.status_code, "Không thấy trang" in answer.text) == (404, True)
    assert answer.headers["content-security-policy"] == STATED


def test_a_page_that_states_no_policy_or_a_weak_one_gets_ours(browser: Browser, site: Path) -> None:
    weak = "default-src 'none'; script-src 'unsafe-inline'"
    (site / "yeu.html").write_text(
        f'<meta http-equiv="Content-Security-Policy" content="{weak}">', encoding="utf-8"
    )
    (site / "khong.html").write_text("<p>Không có", encoding="utf-8")
    for name in ("yeu", "khong"):
        assert browser.get(f"/{name}.html").headers["content-security-policy"] == POLICY


def test_files_whose_name_holds_a_hash_are_kept_for_ever(browser: Browser) -> None:
    hashed = browser.get("/assets/stylesheets/main.0123abcd.min.css")
    plain = browser.get("/assets/stylesheets/taphuan.css")
    assert hashed.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert plain.headers["cache-control"] == "no-cache"


def test_our_own_files_are_kept_under_the_hash_of_what_is_in_them(browser: Browser) -> None:
    assert "immutable" in browser.get("/dich-vu/test.js?v=1").headers["cache-control"]
    assert browser.get("/dich-vu/test.js").headers["cache-control"] == "no-cache"
    assert browser.get("/dich-vu/khong-co.js").status_code == 404


def test_nothing_outside_the_site_is_served(browser: Browser, site: Path) -> None:
    (site.parent / "secret.txt").write_text("bí mật", encoding="utf-8")
    (site / "loi-ra").symlink_to(site.parent / "secret.txt")
    for path in (
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/loi-ra",
        "/records.db",
        "/../records.db",
    ):
        answer = browser.get(path)
        assert (answer.status_code, "bí mật" in answer.text) == (404, False), path


def test_the_site_cannot_stand_in_for_a_page_of_ours(browser: Browser, site: Path) -> None:
    (site / "hoc-vien").mkdir()
    (site / "hoc-vien/index.html").write_text("giả", encoding="utf-8")
    (site / "hoc-vien/khac.html").write_text("giả", encoding="utf-8")
    assert browser.get("/hoc-vien/").status_code == 303
    assert browser.get("/hoc-vien/khac.html").status_code == 404


def test_a_wrong_method_is_told_as_such_and_not_as_a_missing_page(browser: Browser) -> None:
    assert browser.ask("DELETE", "/api/courses").status_code == 405
    assert browser.post("/khoa-hoc/nuoc-sach/").status_code == 405
    assert browser.ask("HEAD", "/").status_code == 200


def test_pages_look_like_the_site(browser: Browser) -> None:
    page = browser.get("/hoc-vien/dang-nhap/").text
    assert 'href="/assets/stylesheets/main.0123abcd.min.css"' in page
    assert 'href="/assets/stylesheets/taphuan.css"' in page


def test_without_a_site_the_pages_work_all_the_same(
    programme: Programme, store: Store, hashing: Hashing, portal: BlockingPortal
) -> None:
    with serve(create_app(programme, store, hashing=hashing), portal) as browser:
        assert browser.get("/hoc-vien/dang-nhap/").status_code == 200
        assert browser.get("/").status_code == 404
