"""Nothing in a text becomes markup, a script or a template that its author could not have meant."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest
from broken_samples import BANK, CAMPAIGN, CHARTER, CONTACTS, LESSON, PAGE, PICTURES, SECOND
from hypothesis import given, settings
from hypothesis import strategies as st
from programmes import Edit, FindingsOf

from taphuan.programme.checks.links import _anchors as anchors
from taphuan.programme.checks.markup import _faulty_headings as headings_in
from taphuan.programme.checks.markup import _forbidden_markup as found_in
from taphuan.programme.markdown_repair import repair_markdown
from taphuan.render.text.tree import EXTENSION_CONFIGS, EXTENSIONS

LINE = "Nước có mùi lạ"


def codes(text: str) -> list[str]:
    return [code for code, _, _ in found_in(text)]


# --- HTML --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "a <b>đậm</b>",
        "a <B>đậm",
        "</div>",
        "<script>",
        "<SCRIPT src=x>",
        "<img src=x onerror=alert(1)>",
        "<img/src=x>",
        "<img\nsrc=x>",
        "<svg\tonload=alert(1)>",
        "<img src=x onerror=alert(1)",
        "<x-y, onclick=alert(1)>",
        '<a"b>',
        "<!DOCTYPE html>",
        "<![CDATA[x]]>",
        "<?php x ?>",
        "| a | <b> |",
        "**<i>**",
        "[<u>](bai.md)",
        "<!-- ghi chú -->",
        "<!-- mở mà không đóng",
        "<!-- taphuan: allow long-sentence vì x --!><b>",
        "<!--> taphuan: allow long-sentence vì x -->",
        "<!-- taphuan: allow long-sentence vì <b> -->",
        "<!-- taphuan: allow long-sentence\nvì x -->",
        "<!-- taphuan: allow long-sentence vì ~~~ -->",
        "<tel:111>",
        "<tel:/onclick=alert(1)>",
        r"\`<b>`",
        "~~~\n<b>\n```",
        "`` a ` <b> ` b",
        "`a\nb` <b> `c`",
        "- a `\n- <b> `",
    ],
)
def test_html_is_found_however_it_is_written(text: str) -> None:
    assert "raw-html" in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "a < b",
        "5 <10 và 7>3",
        "a <= b -> c",
        "<3",
        "x < y > z",
        "dưới <18 tuổi",
        "<đường>",
        "&lt;b&gt;",
        "`<b>`",
        "`` <b>`</b> ``",
        "```html\n<script>alert(1)</script>\n```",
        "~~~\n<b>\n~~~",
        "<https://example.org/a?b=c>",
        "<mailto:a@example.org>",
        "<a.b@example.org>",
        "<!-- taphuan: allow long-sentence vì trích nguyên văn -->",
        "Tìm a<",
    ],
)
def test_what_only_looks_like_html_is_left_alone(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (LESSON, "| Giữ giếng |", "| Giữ «<b>giếng</b> |"),
        (LESSON, "    Một nhà rửa bình phun", "    Một nhà «<b> rửa bình phun"),
        (LESSON, '!!! case "Nhà bên khe"', '!!! case "Nhà «<b> bên khe"'),
        (LESSON, "  Nhắc mang ủng.", "  Nhắc mang «<b>ủng."),
        (LESSON, "{title: Đi thăm nguồn nước,", "{title: Đi «<b>thăm nguồn nước,"),
        (BANK, "right: Tổ cấp nước,", "right: Tổ «<b>cấp nước,"),
        (BANK, "stem: Nước nào dùng để uống được?", "stem: «<script>alert(1)</script>"),
        (CAMPAIGN, "text: Nước bẩn gây bệnh cho cả nhà.", "text: «<b>Nước bẩn."),
        (CHARTER, "headline: Mọi nhà", "headline: «<b>Mọi nhà"),
        (CHARTER, "a: Mở lớp cho cán bộ xã.", "a: Mở «<b>lớp"),
        (CONTACTS, "short: Tổ cấp nước", "short: Tổ «<b>cấp nước"),
        (PICTURES, "alt: Một giọt nước", "alt: «<b>Một giọt nước"),
        (PAGE, "Trang này giúp", "Trang «<b> này giúp"),
        ("content/programme/audiences.yml", "gets: Tờ gấp", "gets: «<b>Tờ gấp"),
        ("content/programme/units.yml", "name: Xã Suối Trong", "name: «<b>Xã Suối Trong"),
        ("content/programme/references.yml", "notice: Các văn bản", "notice: «<b>Các văn bản"),
        ("content/programme/terms.yml", "reason: Cách gọi kia", "reason: «<b>Cách gọi kia"),
    ],
)
def test_html_is_found_in_every_kind_of_text(
    good: Path, edit: Edit, findings_of: FindingsOf, file: str, old: str, new: str
) -> None:
    line, column = edit(good, file, old, new)
    places = {(finding.code, finding.file, finding.line) for finding in findings_of(good)}
    assert places == {("raw-html", file, line)}
    assert findings_of(good)[0].column == column


# --- links -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a]( javascript:alert(1))",
        "[a](<javascript:alert(1)>)",
        "[a](java\tscript:alert(1))",
        "[a](java\nscript:alert(1))",
        "[a](\njavascript:alert(1))",
        "[a](\x01javascript:alert(1))",
        "[a](&#106;avascript:alert(1))",
        "[a](&#x6A;avascript:alert(1))",
        "[a](&#106avascript:alert(1))",
        "[a](javascript&colon;alert(1))",
        "[a](java&Tab;script:alert(1))",
        r"[a](javascript\:alert(1))",
        "[a](vbscript:x)",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "[a](DATA:text/html,x)",
        "[a](file:///etc/passwd)",
        "[a](ftp://example.org)",
        "[a](blob:x)",
        "[a](//example.org)",
        r"[a](/\example.org)",
        r"[a](\\example.org)",
        "![a](javascript:x)",
        "![a](data:image/svg+xml,x)",
        "[![a](b.svg)](javascript:x)",
        "[a [b] c](javascript:x)",
        r"[a\]b](javascript:x)",
        "[a\nb](javascript:x)",
        "[a](x [b](javascript:y)",
        "[a]([a](javascript:y)",
        "[a](" + "\t" * 3_000 + "java" + "\n" * 3_000 + "script:x)",
        "[a](&#" + "0" * 3_000 + "106;avascript:x)",
        "[a](```\n    ```\njavascript:y)",
        "[b]: \t\n[b]: javascript:y",
        "[a][b]\n\n[b]: javascript:x",
        "[b]: <javascript:x>",
        "[b]:\n  javascript:x",
        "> [b]: javascript:x",
        "- [b]: javascript:x",
        "1. [b]: javascript:x",
        '!!! case "x"\n    [b]: javascript:x',
        "<javascript:alert(1)>",
        "<data:text/html,x>",
        "<JAVASCRIPT:alert(1)>",
        "<a:b>",
    ],
)
def test_a_link_that_runs_or_leads_astray_is_found_however_it_is_hidden(text: str) -> None:
    assert codes(text) == ["unsafe-link"]


@pytest.mark.parametrize(
    "text",
    [
        "[a](https://example.org)",
        "[a](HTTP://example.org)",
        '[a](bai.md "Tên: của bài")',
        "[a](bai.md#muc)",
        "[a](../khac/bai.md)",
        "[a](/khoa-hoc/)",
        "[a](mailto:a@example.org)",
        "[a](tel:111)",
        "[a](#muc)",
        "Đúng 14:30 (giờ: phút)",
        "`[a](javascript:x)`",
        "Viết [a] : b",
        "- [ ] Xem: bài",
        "<https://example.org>",
    ],
)
def test_a_plain_link_is_left_alone(text: str) -> None:
    assert codes(text) == []


def test_an_address_in_a_field_is_checked_as_one_in_a_body(
    good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    line, column = edit(good, CAMPAIGN, "Nước đục thì **ngừng", "[Nước](«javascript:x) đục thì **ngừng")
    (finding,) = findings_of(good)
    assert (finding.code, finding.line, finding.column) == ("unsafe-link", line, column)


# --- braces, images, titles --------------------------------------------------------------------


@pytest.mark.parametrize("text", ["{{ x }}", "{{x", "{% if x %}", "{%- x", "{# x #}", "a{{", "| {{ x }} |"])
def test_an_expression_of_a_template_is_found(text: str) -> None:
    assert codes(text) == ["template-expression"]


@pytest.mark.parametrize(
    "text",
    [
        "## Mục {#muc}",
        "## Mục {: #muc }",
        "chữ{: .lon}",
        "**chữ**{.lon}",
        "**chữ**{ .lon }",
        "[a](b.md){target=_blank}",
        '*a*{onclick="alert(1)"}',
        "*a*{ onclick=alert }",
        "**a**{hidden}",
        "`a`{onclick=alert}",
        "`a`{hidden} b",
        "Đoạn văn.\n{hidden}",
        "| a {hidden} | b |",
        "## Mục {hidden}",
        "Chữ *x*{: onclick=alert(1) {x} } y",
        "[x](https://a.vn){: href=b {x} } y",
        "*x*{ onclick=alert {x} } y",
        "Đoạn.\n{ .x {y} }",
        "a {: x",
        "a {hidden}\tb",
    ],
)
def test_attributes_are_found(text: str) -> None:
    assert codes(text) == ["attribute-list"]


@pytest.mark.parametrize(
    "text",
    [
        "`{{ x }}`",
        "```\n{% x %}\n```",
        "`{: .a}`",
        "a { b",
        "a } b",
        "điền {tên} vào đây",
        "{ }",
        "{}",
        "{ {x} } a",
    ],
)
def test_braces_in_code_or_in_plain_words_are_left_alone(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize("text", ["![](a.svg)", "![ ](a.svg)", "![][a]"])
def test_an_image_needs_words(text: str) -> None:
    assert codes(text) == ["image-without-words"]


@pytest.mark.parametrize("text", ["# Tên", "#Tên", "   # Tên", "Tên\n===", "a\n\n# Tên #", "Tên\n="])
def test_a_title_has_no_place_in_a_body(text: str) -> None:
    assert [code for code, *_ in headings_in(text)] == ["title-in-body"]


@pytest.mark.parametrize("text", ["## Mục", "a # b", "`# a`", "```\n# a\n```", "a\n\n===", "| a |\n|===|"])
def test_a_section_is_no_title(text: str) -> None:
    assert headings_in(text) == ()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Chào.\n\n### Mục", "## Mục"),
        ("## Một\n\n#### Hai", "### Hai"),
        ("## Một\n\n##### Hai\n\n##### Ba\n\n## Bốn\n\n### Năm", "### Hai"),
    ],
)
def test_a_level_that_is_skipped_is_told_once_with_the_line_to_write(text: str, wanted: str) -> None:
    assert [(code, line) for code, _, _, line in headings_in(text)] == [("skipped-level", wanted)]


@pytest.mark.parametrize(
    "text", ["- Một\n- Hai\n\n---\n\nBa", "a | b\n--|--\n1 | 2", "## Một\n\n### Hai\n\n## Ba ##"]
)
def test_rules_tables_and_levels_in_order_are_left_alone(text: str) -> None:
    assert headings_in(text) == ()


def test_a_link_finds_a_heading_whose_signs_stand_next_to_its_words() -> None:
    assert anchors("##Việc của bản\n\n### Gọi ai ##\n") == {"viec-cua-ban", "goi-ai"}


# --- against the real thing --------------------------------------------------------------------

PIECES = (
    "<b>", "</b>", "<b\n>", "`", "``", "```", "```\n", "~~~\n", "\\", "\n", "\n\n", "- ", "    ", "| ",
    "[a](", ")", "](x)", "!!! case\n", "<!--", "-->", "x", " ", "&lt;", "*", "_", "# ", ": ", '"', "(",
    "\t", "** ", "!! case ",
    "1. ", "> ", "{", "}", "onclick=x", ".x", "javascript:y", "java\tscript:y", "[b]: ", "[b]", "<", ">",
    "&#106;avascript:y",
)  # fmt: skip


@pytest.mark.slow
@settings(derandomize=True, max_examples=1_500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_where_nothing_is_found_markdown_makes_no_tag_script_or_attribute_of_its_own(text: str) -> None:
    """The parser itself is asked, with the extensions of the site: only its own markup comes out."""
    if found_in(text, True):
        return
    html = markdown.markdown(
        repair_markdown(text), extensions=[*EXTENSIONS, "fenced_code"], extension_configs=CONFIGS
    )
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.harm == [], html


class _Reader(HTMLParser):
    """Gathers what a browser would find in a page and no author may have put there."""

    def __init__(self) -> None:
        super().__init__()
        self.harm: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        scripts = [value for _, value in attrs if re.match(r"\s*j\s*a\s*v\s*a", value or "")]
        odd = [name for name, _ in attrs if name not in {"href", "src", "alt", "title", "class", "start"}]
        self.harm += [*([tag] if tag == "b" else []), *scripts, *odd]

    def handle_comment(self, data: str) -> None:
        self.harm.append(data)


CONFIGS = {name: dict(config) for name, config in EXTENSION_CONFIGS.items() if name in EXTENSIONS}


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "![",
        "<",
        "<a",
        "{",
        "{.a",
        "`",
        "“",
        "<!--",
        "[@a|",
        " ",
        "\n ",
        "](",
        "|",
        "- ",
        "#",
        "~~~\n",
        "_",
        "a@",
    ],
)
def test_a_file_of_one_thing_repeated_does_not_hold_up_the_reading(
    good: Path, edit: Edit, findings_of: FindingsOf, piece: str
) -> None:
    edit(good, SECOND, LINE, LINE + " " + piece * (30_000 // len(piece)) + " x\n\n")
    started = time.process_time()
    findings_of(good)
    assert time.process_time() - started < 5


@pytest.mark.parametrize("piece", ["*{", "`{", "{ a", "]{a "])
def test_braces_that_nothing_closes_cost_little(piece: str) -> None:
    began = time.process_time()
    assert codes(piece * 50_000) == []
    assert time.process_time() - began < 2
