"""Every page of the real site, as a browser sees it under the policy of the server."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urljoin, urlsplit

import pypdfium2
import pytest
from playwright.sync_api import BrowserContext, Page, expect
from text_leaves import running

from taphuan.programme.loader import load
from taphuan.render.security_policy import POLICY
from taphuan.render.text.prose import Prose

from .conftest import wait_until

TEMPLATES = (
    "",
    "khoa-hoc/",
    "khoa-hoc/can-bo-cap-xa/",
    "khoa-hoc/can-bo-cap-xa/xu-phat-hanh-chinh/",
    "truyen-thong/",
    "truyen-thong/nha-truong-va-cha-me/",
    "phap-luat/",
    "phap-luat/nd-282-2025/",
    "thuat-ngu/",
    "ke-hoach/",
    "tai-lieu/",
    "ho-tro/",
    "tap-huan-vien/",
    "gioi-thieu/",
)


def addresses(site: Path) -> list[str]:
    pages = sorted(site.rglob("index.html"))
    return ["" if page.parent == site else f"{page.parent.relative_to(site).as_posix()}/" for page in pages]


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.ids: set[str] = set()
        self.styled: list[str] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in {"href", "src"} and value:
                self.targets.append(value)
                if name == "src" or tag == "link":
                    self.loaded.append(value)
            if name == "id" and value:
                self.ids.add(value)
            if name == "style" or name.startswith("on"):
                self.styled.append(f"{tag} {name}={value}")


def read(page: Path) -> Links:
    links = Links()
    links.feed(page.read_text(encoding="utf-8"))
    return links


#: Of different length: with the most posts, and with several readers.
CAMPAIGNS = ("truyen-thong/duong-ve/", "truyen-thong/nha-truong-va-cha-me/")


def test_no_page_has_a_dead_link_or_a_dead_anchor(site: Path) -> None:
    parsed = {address: read(site / address / "index.html") for address in addresses(site)}

    def dead() -> Iterator[str]:
        for address, links in parsed.items():
            for target in links.targets:
                if re.match(r"(?:https?|tel|mailto|data):", target):
                    continue
                whole = urlsplit(urljoin(f"http://site/{address}", target))
                path = unquote(whole.path).lstrip("/")
                file = site / path / "index.html" if path.endswith("/") or not path else site / path
                if not file.is_file():
                    yield f"{address} → {target}"
                elif path in parsed and unquote(whole.fragment or "__") not in {"__", *parsed[path].ids}:
                    yield f"{address} → {target} (mỏ neo)"

    assert list(dead()) == []


def test_no_page_carries_a_style_or_a_handler_in_an_attribute(site: Path) -> None:
    for address in addresses(site):
        assert read(site / address / "index.html").styled == [], address


def test_every_page_states_the_one_policy_and_carries_no_script_in_itself(site: Path) -> None:
    assert "script-src 'self';" in POLICY
    for page in site.rglob("*.html"):
        written = page.read_text(encoding="utf-8")
        assert f'http-equiv="Content-Security-Policy" content="{POLICY}"' in written, page
        assert running(written) == [], page


def test_no_page_names_a_file_of_another_host(site: Path) -> None:
    for address in addresses(site):
        loaded = read(site / address / "index.html").loaded
        assert [file for file in loaded if urlsplit(file).netloc] == [], address
        assert len(loaded) > 3, address


@pytest.mark.parametrize(
    ("media", "device", "scheme"),
    [
        ("(prefers-color-scheme: dark)", "light", "dem"),
        ("(prefers-color-scheme: light)", "dark", "giay"),
        ("(prefers-color-scheme)", "dark", "dem"),
    ],
)
def test_light_or_dark_as_it_was_chosen_is_there_before_material_is(
    address: str, page: Page, media: str, device: Literal["light", "dark"], scheme: str
) -> None:
    """Else a page would flash in the other tone each time it is opened."""
    page.emulate_media(color_scheme=device)
    page.route("**/bundle.*", lambda route: route.abort())
    page.goto(address)
    color = {"media": media, "scheme": scheme if media != "(prefers-color-scheme)" else ""}
    page.evaluate("color => window.__md_set('__palette', {index: 0, color})", color)
    page.goto(f"{address}khoa-hoc/can-bo-cap-xa/")
    assert page.evaluate("document.body.dataset.mdColorScheme") == scheme
    assert page.evaluate("window.__md_scope.pathname") == urlsplit(address).path


@pytest.mark.parametrize("step", [8, pytest.param(1, marks=pytest.mark.soak)])
def test_nothing_breaks_under_the_policy_and_no_page_asks_another_host(
    site: Path, address: str, page: Page, step: int
) -> None:
    """One page of every template and each eighth one of all; all of them in soak, as their number grows."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith((address, "data:")) else complaints.append(request.url)
        ),
    )
    for path in sorted({*TEMPLATES, *addresses(site)[::step]}):
        page.goto(address + path, wait_until="load")
        if complaints:
            pytest.fail(f"{path}: {complaints}")


@pytest.mark.parametrize("width", [320, 360])
def test_no_page_is_wider_than_a_phone(address: str, context: BrowserContext, width: int) -> None:
    """320 px is also what a desk shows of 1280 at 400 % (WCAG 1.4.10)."""
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 740})
    for path in TEMPLATES:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_no_words_run_out_of_their_button_on_a_phone(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    for path in (*TEMPLATES, "to-mau/", "to-mau/so-do-dem/"):
        page.goto(address + path)
        assert not page.evaluate(
            "[...document.querySelectorAll('a.file, a.button, .begin')]"
            ".filter(button => button.innerText.trim() && button.scrollWidth > button.clientWidth)"
            ".map(button => button.innerText)"
        ), path


def test_letters_of_twice_the_size_make_no_page_wider_than_a_phone(address: str, page: Page) -> None:
    """Text alone at 200 % (WCAG 1.4.4), all that is folded open."""
    page.set_viewport_size({"width": 360, "height": 740})
    for path in ("", "ho-tro/", "tap-huan-vien/", "khoa-hoc/", "truyen-thong/", *CAMPAIGNS, "404.html"):
        page.goto(address + path)
        page.evaluate("document.documentElement.style.setProperty('font-size', '250%', 'important')")
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_every_word_of_the_theme_is_vietnamese(site: Path) -> None:
    english = re.compile(
        r"Initializing|Back to top|Skip to|Table of contents|Type to|Contributors|Metadata|Previous|>Next<"
    )
    for page in site.rglob("*.html"):
        found = english.search(page.read_text(encoding="utf-8"))
        assert found is None, f"{page}: {found}"


def test_drafts_say_so_on_their_page(site: Path) -> None:
    for path in (
        "khoa-hoc/can-bo-cap-xa/",
        "khoa-hoc/can-bo-cap-xa/khai-niem/",
        "truyen-thong/nha-truong-va-cha-me/",
    ):
        assert "Bản thảo, chưa thẩm định" in (site / path / "index.html").read_text(encoding="utf-8")


def test_addresses_are_ascii(site: Path) -> None:
    for path in site.rglob("*"):
        assert path.relative_to(site).as_posix().isascii(), path
    ids = {id for page in site.rglob("*.html") for id in read(page).ids}
    assert [id for id in ids if not id.isascii()] == []


def told(page: Page, part: str) -> str:
    """Returns the words of a part of the page, with a plain space wherever a line may not break."""
    return page.inner_text(part).replace("\N{NO-BREAK SPACE}", " ")


def test_a_lesson_says_what_it_is_for_and_where_it_stands(address: str, page: Page) -> None:
    page.goto(f"{address}khoa-hoc/can-bo-cap-xa/xu-phat-hanh-chinh/")
    assert page.locator("h1").count() == 1
    place = re.search(r"Bài\s(\d+) trên (\d+)", page.inner_text(".crumbs"))
    assert place
    assert re.search(r"Tự học khoảng \d+\sphút", page.inner_text(".facts"))
    assert "Học xong bài này, bạn làm được" in page.inner_text(".objectives")
    assert page.locator(".key-points li").count() >= 3
    assert page.locator(".lesson-sheets li").count() == 2
    mono, colour = page.locator(".lesson-sheets__files").first.locator("a").all_inner_texts()
    assert "Bản màu, PDF" in colour
    assert "Bản đen trắng, PDF" in mono
    page.click(".law-cited summary")
    expect(page.locator(".law-cited .source", has_text="Nghị định 282/2025")).to_be_visible()
    assert page.locator(".turn a").count() == 2
    with page.expect_navigation():
        page.click(".turn [rel=next]")
    assert f"Bài {int(place[1]) + 1} trên {place[2]}" in told(page, ".crumbs")


def test_a_course_says_how_it_is_completed_and_leads_nowhere_on_a_static_host(
    address: str, page: Page
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}khoa-hoc/can-bo-cap-xa/", wait_until="networkidle")
    completion = told(page, ".completion")
    rules = " ".join(told(page, ".test-box dl").split())
    assert all(rule in rules for rule in ("20 câu hỏi", "16 câu đúng là đạt (80%)", "3 lần được làm"))
    assert "cộng lại 285 phút (4 giờ 45 phút)" in completion
    links = page.locator(".completion a").all()
    hrefs = [one.get_attribute("href") or "" for one in links]
    assert all("/ke-hoach/#" in href or href == "#bai-kiem-tra" for href in hrefs)
    assert page.locator(".test-link a").count() == 0
    assert not [one for one in asked if "/api/" in one or "/hoc-vien/" in one]


def test_a_citation_leads_to_the_article(address: str, page: Page) -> None:
    page.goto(f"{address}khoa-hoc/can-bo-cap-xa/xu-phat-hanh-chinh/")
    page.locator("td a.citation", has_text="Đ. 32").first.click()
    page.wait_for_url("**/phap-luat/nd-282-2025/#dieu-32")
    assert page.inner_text(".law-facts .status--on") == "còn hiệu lực"
    assert "282/2025/NĐ-CP" in page.inner_text(".facts-table")


def test_the_plan_shows_who_is_responsible_and_what_serves_each_task(address: str, page: Page) -> None:
    page.goto(f"{address}ke-hoach/#muc-ii-5-1-a")
    task = page.locator("#muc-ii-5-1-a[open]")
    assert "Sở Y tế" in task.inner_text().replace("\xa0", " ")
    assert "cán bộ cấp xã" in task.locator("a").first.inner_text().replace("\xa0", " ")
    assert page.locator(".task").count() == 35


def test_a_target_leads_to_the_question_that_its_counting_waits_for(address: str, page: Page) -> None:
    page.goto(f"{address}ke-hoach/")
    page.locator(".years a", has_text="Xã, phường truyền thông thường xuyên").click()
    page.locator("#communes-communicating a", has_text="Còn chờ Sở Y tế trả lời").click()
    page.wait_for_url("**/ke-hoach/#cau-hoi-thuong-xuyen")
    question = page.locator("#cau-hoi-thuong-xuyen")
    assert "Cơ quan trả lời\nSở Y tế" in question.inner_text().replace("\xa0", " ")
    wait_until(page, "document.querySelector(location.hash).getBoundingClientRect().top < 400")


@pytest.mark.parametrize("list_of", ["khoa-hoc/", "truyen-thong/", "giao-an/"])
def test_every_row_of_cards_ends_at_the_right_edge(address: str, page: Page, list_of: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{address}{list_of}")
    edges = "all => all.map(one => one.getBoundingClientRect()).map(({top, right}) => [top, right])"
    cards = page.locator(".card").evaluate_all(edges)
    (right,) = {right for _, right in page.locator(".cards").evaluate_all(edges)}
    for top in {top for top, _ in cards}:
        assert max(end for start, end in cards if start == top) == pytest.approx(right, abs=2)


def test_an_address_that_is_not_there_shows_three_ways_on(site: Path) -> None:
    lost = (site / "404.html").read_text(encoding="utf-8")
    signs = lost.partition('class="signs"')[2].partition("</ul>")[0]
    assert re.findall(r'href="([^"]+)"', signs) == ["/khoa-hoc/", "/tai-lieu/", "/ho-tro/"]


def test_an_address_that_is_not_there_leads_to_the_search(address: str, page: Page) -> None:
    page.goto(f"{address}404.html")
    page.focus(".lost__search")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('.md-search__input')")


def test_the_dark_theme_is_followed_and_can_be_chosen(address: str, context: BrowserContext) -> None:
    page = context.new_page()
    page.emulate_media(color_scheme="dark")
    page.goto(address)
    page.wait_for_selector('body[data-md-color-scheme="dem"]')
    page.emulate_media(color_scheme="light")
    page.wait_for_selector('body[data-md-color-scheme="giay"]')


def test_every_download_is_there_with_the_size_and_digest_it_is_listed_with(site: Path) -> None:
    import hashlib
    import json

    listed = json.loads((site / "tai-lieu/index.json").read_text(encoding="utf-8"))
    assert len(listed) == len(list((site / "tai-lieu").glob("*.pdf"))) >= 30
    for one in listed:
        data = (site / one["path"]).read_bytes()
        assert (one["bytes"], one["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
        assert one.keys() >= {"id", "kind", "title", "audience", "path", "pages", "bytes", "sha256"}


@pytest.mark.thorough
def test_nothing_of_a_test_bank_is_anywhere_under_the_site(root: Path, site: Path) -> None:
    """Pages, scripts, the search index and the words of every PDF."""
    loaded = load(root).programme
    assert loaded is not None
    prose = Prose(loaded)
    secrets = set()
    for bank in loaded.banks.values():
        for id, question in bank.questions.items() if bank.use == "test" else ():
            texts = (question.stem, question.explanation, *question.reasons.values())
            secrets |= {id, *(prose.plain(text) for text in texts if text and len(text) > 24)}
    assert len(secrets) > 300
    inner = {secret: _inner_words(secret) for secret in secrets}
    assert _secrets_in(". ".join(f"x{secret}x" for secret in secrets), inner) == list(secrets)
    for path in site.rglob("*"):
        if path.suffix in {".html", ".json", ".js", ".xml", ".svg", ".pdf"}:
            assert _secrets_in(_words(path), inner) == [], path


def _inner_words(text: str) -> tuple[str, ...]:
    """Returns two words after the first and before the last, so that they stand whole where the text does."""
    return tuple(text.split(" ")[1:-1][:2])


def _secrets_in(words: str, inner: dict[str, tuple[str, ...]]) -> list[str]:
    """Returns the secrets in `words`; those alone are looked for of which two words stand there."""
    pairs = set(pairwise(words.split(" ")))
    return [secret for secret, pair in inner.items() if (len(pair) < 2 or pair in pairs) and secret in words]


def _words(path: Path) -> str:
    if path.suffix != ".pdf":
        return re.sub(r"\s+", " ", html.unescape(path.read_text(encoding="utf-8")))
    with pypdfium2.PdfDocument(path) as document:
        told = [page.get_textpage().get_text_range() for page in document]
    return re.sub(r"\s+", " ", " ".join(told).replace("\N{NO-BREAK SPACE}", " "))
