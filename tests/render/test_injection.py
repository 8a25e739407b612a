"""No text of an author becomes something that runs: refused by the checks, and harmless without them."""

from __future__ import annotations

import itertools
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright
from programmes import REPOSITORY, SAMPLES
from text_leaves import Written, filled, running

from taphuan.plugin.mkdocs_build import MkDocsSite
from taphuan.programme.checks import check_programme
from taphuan.programme.loader import load
from taphuan.programme.model.programme import Programme
from taphuan.render.html_safety import UntrustedHtml, trusted_html
from taphuan.render.paper import sheets
from taphuan.render.security_policy import POLICY
from taphuan.render.text.paper import Notes
from taphuan.render.text.prose import Prose

pytestmark = pytest.mark.thorough

RAN = "document.documentElement.dataset.ran=1"
SCRIPT, IMAGE = f"<script>{RAN}</script>", f"<img src=x onerror={RAN}>"
INLINE = f'Nước ">{SCRIPT}`{SCRIPT}``{IMAGE}` [bấm](javascript:{RAN})'
FENCED = f"Nước\n\n```\n{SCRIPT}\n```\n\n~~~\n<svg onload={RAN}>\n~~~\n\n    {IMAGE}\n"
PAYLOADS = {"inline": INLINE, "fenced": FENCED}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with the theme beside it."""
    root = Path(shutil.copytree(SAMPLES / "good", tmp_path_factory.mktemp("injection") / "mẫu"))
    shutil.copytree(REPOSITORY / "overrides", root / "overrides")
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    return root


@pytest.fixture(scope="module")
def programme(root: Path) -> Programme:
    loaded = load(root).programme
    assert loaded is not None
    return loaded


@pytest.fixture(scope="module")
def page(chromium_path: str) -> Iterator[Any]:
    """A page of a real browser, without a policy."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, chromium_sandbox=not is_root)
        yield browser.new_page()
        browser.close()


def ran(page: Any, html: str) -> bool:
    page.set_content(html, wait_until="load")
    return page.evaluate("document.documentElement.dataset.ran") is not None


def harmed(programme: Programme, payload: str) -> Programme:
    """Returns the programme with a payload in each text that is not Markdown, no two of them alike."""
    count = itertools.count()
    return filled(programme, lambda _, is_markdown: "Nước" if is_markdown else f"{next(count)} {payload}")


# --- refused -----------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["`{}`", "Nước `` {} ``", "Nước\n\n```\n{}\n```\n", "Nước\n\n    {}\n"])
def test_a_tag_is_refused_in_every_field_that_is_not_markdown_as_code_too(
    programme: Programme, code: str
) -> None:
    count = 0

    def write(_: Written, is_markdown: bool) -> str:
        nonlocal count
        count += not is_markdown
        return "Nước" if is_markdown else code.format(f"<b{count} onclick={RAN}>")

    harmful = filled(programme, write)
    tags = [problem.values["found"] for problem in check_programme(harmful) if problem.code == "raw-html"]
    numbers = {match[1] for tag in tags if (match := re.match(r"<b(\d+) ", tag))}
    assert numbers == {str(nth) for nth in range(1, count + 1)}
    assert count > 150


def test_a_tag_in_code_is_what_a_lesson_may_show(programme: Programme) -> None:
    shown = filled(programme, lambda _, is_markdown: "Gõ `<b>` nhé" if is_markdown else "Nước")
    assert [problem for problem in check_programme(shown) if problem.code == "raw-html"] == []


# --- harmless without the checks -----------------------------------------------------------------


@pytest.mark.parametrize("kind", PAYLOADS)
def test_no_plain_text_runs_on_the_site_or_in_print(
    root: Path, programme: Programme, tmp_path: Path, page: Any, kind: str
) -> None:
    harmful = harmed(programme, PAYLOADS[kind])
    MkDocsSite(root, tmp_path / "site").build(harmful)
    written = {str(file): file.read_text("utf-8") for file in (tmp_path / "site").rglob("*.html")}
    written |= {sheet.id: sheet.html for sheet in sheets(harmful, Prose(harmful))}
    assert len(written) > 20
    for name, html in written.items():
        assert running(html) == [], name
        assert not ran(page, html.replace(POLICY, "")), name


def test_no_markdown_that_the_checks_let_through_runs(
    root: Path, programme: Programme, tmp_path: Path, page: Any
) -> None:
    """Code in Markdown is the one place where a tag may be written."""
    code = f"Gõ `<script>{RAN}</script>` và `` <img src=x onerror={RAN}> `` nhé"
    shown = filled(programme, lambda _, is_markdown: code if is_markdown else "Nước")
    assert [
        problem.code for problem in check_programme(shown) if problem.code in {"raw-html", "unsafe-link"}
    ] == []
    MkDocsSite(root, tmp_path / "site").build(shown)
    written = {str(file): file.read_text("utf-8") for file in (tmp_path / "site").rglob("*.html")}
    written |= {sheet.id: sheet.html for sheet in sheets(shown, Prose(shown))}
    for name, html in written.items():
        assert running(html) == [], name
        assert not ran(page, html.replace(POLICY, "")), name


def test_a_tag_that_checks_would_have_missed_ends_as_letters_or_ends_the_build(
    root: Path, programme: Programme, tmp_path: Path
) -> None:
    harmful = filled(programme, lambda _, is_markdown: INLINE if is_markdown else "Nước")
    with pytest.raises(UntrustedHtml):
        MkDocsSite(root, tmp_path / "site").build(harmful)


@pytest.mark.parametrize(
    "made",
    [
        "<script>x</script>",
        "<p><ScRiPt src=x></p>",
        "<svg:script>x</svg:script>",
        "<img src=x onerror=x>",
        "<p\nonclick='x'>",
        "<p/onclick=x>",
        '<a href="javascript:x">',
        '<a href="java&#10;script:x">',
        '<a href=" JAVASCRIPT&colon;x">',
        '<img src="data:text/html,x">',
        '<p style="x">',
        "<iframe>",
        "<!doctype html>",
        "<?php x ?>",
        '<g xmlns:x="y">',
        "<math>",
        "<script",
        '<p title=">" onclick=x>',
        "<p title='>' onclick=x>",
        '<img alt=">" src=x onerror=x>',
        '<a title=">" href=javascript:x>',
        '<p a=\u00a0"x onclick=y z">',
        "<p a=\x0b'x onclick=y z'>",
        '<p x=a" y="b onclick=x c">',
        "<template shadowrootmode=open>",
        '<form action="/x">',
        '<form action="https://evil.example/">',
        '<form action="..//evil.example/">',
        '<button formaction="https://evil.example">',
        '<svg><use href="data:image/svg+xml,x"/></svg>',
        '<img src="data:image/svg+xml,<svg onload=x>">',
        '<a href="//evil.example">x</a>',
        "<!-- x > --><b onclick=x>",
    ],
)
def test_html_that_runs_or_loads_is_never_trusted(made: str) -> None:
    with pytest.raises(UntrustedHtml):
        trusted_html(made)


@pytest.mark.parametrize(
    "made",
    [
        "a < b &lt;script&gt;",
        '<p class="x" id="y"><a href="../on/style/">x</a> <a href="tel:111">111</a></p>',
        '<img src="data:image/png;base64,AA" alt="onclick=x, style=y">',
        '<a href="https://example.vn/?a=b#c:d">x</a>',
        '<form data-filter="x" hidden><label>x <input type="search"></label><select></select></form>',
        '<form action="../../tra-nhanh/" method="get"><fieldset><legend>x</legend></fieldset></form>',
        '<svg viewBox="0 0 1 1"><use href="#x"></use></svg>',
        '<br /><img alt="a > b" src="x.svg" /><input-free>'.replace("<input-free>", "<!-- taphuan: x -->"),
    ],
)
def test_html_that_our_renderer_makes_is_trusted(made: str) -> None:
    assert str(trusted_html(made)) == made


#: A comment that hides the opening of a fence from one reader, and a title that opens one for the other.
HIDING = f"<!-- taphuan: allow long-sentence vì thử\n~~~\n-->\n<p>{IMAGE}</p>\n\n~~~\n"
FENCE = f"~~~\n<p>{IMAGE}</p>\n~~~\n"


def test_a_comment_hides_no_fence(good: Path) -> None:
    lesson = good / "content/lessons/nuoc-sach/bao-nuoc-ban.md"
    lesson.write_text(lesson.read_text("utf-8") + HIDING, encoding="utf-8")
    assert "raw-html" in {finding.code for finding in load(good).findings}


def test_a_plain_text_opens_no_fence_that_a_body_closes(
    root: Path, programme: Programme, tmp_path: Path
) -> None:
    opening = filled(programme, lambda _, is_markdown: FENCE if is_markdown else "Nguồn\n~~~\nnước")
    MkDocsSite(root, tmp_path / "site").build(opening)
    for file in (tmp_path / "site").rglob("*.html"):
        assert running(file.read_text("utf-8")) == [], file


def test_a_note_in_the_words_of_a_picture_is_left_out(programme: Programme) -> None:
    text = "![theo [@nd-moi:3]](content/pictures/giot-nuoc.svg) và [@nd-moi:3]"
    shown = Prose(programme).print_html(text, Notes())
    assert "<sup" not in re.findall(r"<img[^>]*>", shown)[0]
    assert shown.count("<sup") == 1


# --- who may say that a text is safe -------------------------------------------------------------

#: Every place in which something gets past the escaping of templates, and why it may.
PAST_ESCAPING = {
    "generator/render/html_safety.py": "trusted: looked through; plain_markdown: escaped",
    "generator/render/text/outline.py": "a heading, whose words are escaped",
    "generator/render/text/writer.py": "nothing at all",
    "generator/render/typography.py": "escaped: a CSS string, a title",
    "generator/render/site/campaign.py": "nothing at all",
    "generator/render/paper/test_forms.py": "a text whose letters are counted and never shown",
    "generator/render/page_address.py": "a QR code as SVG",
    "generator/render/site/lesson.py": "the self-check, of a template of ours, which escapes",
    "generator/render/site/scenario.py": "trusted HTML of a body; what templates of ours made, which escape",
    "generator/render/site/context.py": "a block of a paper template, which is given no values",
    "generator/service/certificates.py": "a QR code as SVG",
    "generator/reports/blocks.py": "a filled text is made plain again; its writers escape it",
    "generator/reports/docx.py": "tags around escaped text",
    "generator/reports/html.py": "escaped first",
}


def test_each_place_that_calls_a_text_safe_is_known() -> None:
    says = re.compile(r"\bMarkup\(|\|\s*safe\b|\.autoescape|autoescape=True,\n")
    files = [*REPOSITORY.glob("generator/**/*.py"), *REPOSITORY.glob("generator/**/*.j2")]
    files += REPOSITORY.glob("overrides/**/*.html")
    names = {str(file.relative_to(REPOSITORY)) for file in files if says.search(file.read_text("utf-8"))}
    assert names - set(ALWAYS_ON) == set(PAST_ESCAPING)


#: Where escaping is switched on, for the templates of ours and for MkDocs's.
ALWAYS_ON = ("generator/render/templates.py", "generator/plugin/__init__.py")


@pytest.mark.parametrize("name", ALWAYS_ON)
def test_escaping_is_always_on(name: str) -> None:
    text = (REPOSITORY / name).read_text("utf-8")
    assert re.findall(r"autoescape\s*=\s*(\w+)", text) == ["True"]
    assert "Markup(" not in text
