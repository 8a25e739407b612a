"""The static site behind the service's own pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from asgi_browser import Browser

from taphuan.render.security_policy import HEADER_POLICY
from taphuan.service.http.files import SENT, OwnFiles
from taphuan.service.http.pages import STATIC


def test_pages_of_the_site_are_served_with_the_one_policy(browser: Browser) -> None:
    answer = browser.get("/khoa-hoc/nuoc-sach/")
    assert (answer.status_code, "Khóa" in answer.text) == (200, True)
    assert answer.headers["content-security-policy"] == HEADER_POLICY
    assert answer.headers["cache-control"] == "no-cache"


def test_a_page_not_changed_keeps_its_policy(browser: Browser) -> None:
    """A browser takes the headers of a 304 over those it has kept."""
    etag = browser.get("/").headers["etag"]
    answer = browser.get("/", headers={"If-None-Match": etag})
    assert answer.status_code == 304
    assert answer.headers["content-security-policy"] == HEADER_POLICY


DOOR = '<a class="button" href="/hoc-vien/kiem-tra/nuoc-sach/">Làm bài kiểm tra</a>'


def placed(site: Path, course: str) -> Path:
    """A course's page with an empty place, as the site has it."""
    page = site / "khoa-hoc" / course / "index.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(f'<p>Khóa<p class="test-link" data-test-link="{course}" hidden></p>', encoding="utf-8")
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
    assert answer.headers["content-security-policy"] == HEADER_POLICY


def test_what_a_page_states_of_itself_loosens_nothing(browser: Browser, site: Path) -> None:
    """A site with a script in it is served under our policy all the same."""
    loose = "default-src 'none'; script-src 'unsafe-inline' 'sha256-abc='"
    meta = f'<meta http-equiv="Content-Security-Policy" content="{loose}">'
    (site / "long.html").write_text(f'<meta charset="utf-8">{meta}<script>1</script>', encoding="utf-8")
    assert browser.get("/long.html").headers["content-security-policy"] == HEADER_POLICY


SIGN_IN = '<p class="sign-in-link"><a class="sign-in" href="/hoc-vien/">'
SIGN_IN_PLACE = '<p class="sign-in-link" data-sign-in hidden></p>'


def test_every_page_of_the_site_leads_to_signing_in(browser: Browser, site: Path) -> None:
    for file in site.rglob("*.html"):
        file.write_text(f"{file.read_text(encoding='utf-8')}{SIGN_IN_PLACE}", encoding="utf-8")
    for path, status in (("/", 200), ("/khoa-hoc/nuoc-sach/", 200), ("/khong-co/", 404)):
        answer = browser.get(path)
        assert answer.status_code == status
        assert (SIGN_IN in answer.text, SIGN_IN_PLACE in answer.text) == (True, False)
        assert answer.headers["content-security-policy"] == HEADER_POLICY
        assert answer.headers["cache-control"] == "no-cache"
        known = browser.get(path, headers={"If-None-Match": answer.headers["etag"]})
        assert known.status_code == (304 if status == 200 else status)
    assert SIGN_IN_PLACE in (site / "index.html").read_text(encoding="utf-8"), (
        "the site itself stays as it is"
    )


def test_a_page_in_another_encoding_is_served_as_it_is(browser: Browser, site: Path) -> None:
    old = '<meta charset="windows-1258"><p>Thôn'.encode("windows-1258")
    (site / "cu.html").write_bytes(old)
    answer = browser.get("/cu.html")
    assert (answer.status_code, answer.content) == (200, old)


def test_a_course_has_both_ways(browser: Browser, site: Path) -> None:
    page = placed(site, "nuoc-sach")
    page.write_text(f"{page.read_text(encoding='utf-8')}{SIGN_IN_PLACE}", encoding="utf-8")
    text = browser.get("/khoa-hoc/nuoc-sach/").text
    assert DOOR in text
    assert SIGN_IN in text


def test_signing_in_as_a_learner_leads_on_to_the_staff(browser: Browser) -> None:
    answer = browser.get("/hoc-vien/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/hoc-vien/dang-nhap/")
    page = browser.get("/hoc-vien/dang-nhap/").text
    assert '<a class="button button--quiet" href="/can-bo/dang-nhap/">Đăng nhập của cán bộ</a>' in page


# --- what is left in the folder by mistake ----------------------------------------------------------

LEFT = (
    *(".env", ".git/config", ".git/index.html", "a/.htpasswd", "a/.secret/index.html", ".well-known/.x.txt"),
    *("ho-so.sqlite3", "ho-so.sqlite3-wal", "ho-so.key", "sao-luu.db", "mkdocs.yml", "bank.yml", "x.py"),
    *(
        "danh-sach.xlsx",
        "danh-sach.csv",
        "index.html~",
        "index.html.bak",
        "site.zip",
        "sao-luu.db.gz",
        "ho-so.sql.gz",
        "khong-duoi",
        "X.SQLITE3",
    ),
)


@pytest.mark.parametrize("name", LEFT)
def test_what_is_no_part_of_a_site_is_not_served_from_its_folder(
    browser: Browser, site: Path, name: str
) -> None:
    path = site / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("bí mật", encoding="utf-8")
    for asked in (
        f"/{name}",
        f"/{name.removesuffix('index.html')}",
        f"/x/../{name}",
        f"/{name.replace('.', '%2e')}",
    ):
        answer = browser.get(asked)
        assert (answer.status_code, "bí mật" in answer.text) == (404, False), asked


def test_a_link_to_what_is_not_served_is_not_served_either(browser: Browser, site: Path) -> None:
    (site / "ho-so.key").write_text("bí mật", encoding="utf-8")
    (site / "trang.html").symlink_to(site / "ho-so.key")
    assert browser.get("/trang.html").status_code == 404


def test_what_everybody_may_know_of_a_site_is_served(browser: Browser, site: Path) -> None:
    (site / ".well-known").mkdir()
    (site / ".well-known/security.txt").write_text("Contact: mailto:a@b.vn", encoding="utf-8")
    assert browser.get("/.well-known/security.txt").status_code == 200


def test_all_that_is_built_is_served(built: Path) -> None:
    files = [path.relative_to(built) for path in built.rglob("*") if path.is_file()]
    assert len(files) > 50
    assert {path.name for path in files if path.suffix.lower() not in SENT} <= {"sitemap.xml.gz"}
    assert [path for path in files if any(part.startswith(".") for part in path.parts)] == []


def test_the_services_own_files_are_scripts_and_styles_alone() -> None:
    """Whatever lies in these folders is sent to whoever asks for it, `templates/shared` among them."""
    folders = {Path(folder).resolve() for folder in OwnFiles(STATIC).all_directories}
    published = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert {"/".join(folder.parts[-2:]) for folder in folders} == {"service/static", "templates/shared"}
    assert {path.suffix for path in published} == {".js", ".css"}
