"""Styles and scripts of the theme, joined for each kind of page and made small."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import TemplateNotFound

from taphuan.plugin.joined_assets import JoinedAssets, small_script, small_style


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    for name, text in {
        "assets/stylesheets/a.css": "/* A */\n.a {\n  color: red;\n}\n",
        "assets/stylesheets/b.css": ".b { color: blue; }\n",
        "assets/javascripts/a.js": "// A\nconst a = 1;\n",
    }.items():
        file = tmp_path / "theme" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path / "theme"


def test_a_page_gets_one_file_of_several_in_their_order(theme: Path, tmp_path: Path) -> None:
    joined = JoinedAssets([theme])
    assert joined.styles("page", ["a", "b"]) == "assets/joined/page.css"
    assert joined.scripts("a", ["a"]) == "assets/joined/a.js"
    joined.write(tmp_path / "site")
    assert (
        tmp_path / "site/assets/joined/page.css"
    ).read_text() == ".a {\ncolor: red;\n}\n.b { color: blue; }"
    assert (tmp_path / "site/assets/joined/a.js").read_text() == "const a = 1;"


def test_the_projects_own_file_comes_before_the_themes(theme: Path, tmp_path: Path) -> None:
    own = tmp_path / "own/assets/stylesheets/b.css"
    own.parent.mkdir(parents=True)
    own.write_text(".own {}", encoding="utf-8")
    joined = JoinedAssets([tmp_path / "own", theme])
    joined.styles("page", ["b"])
    joined.write(tmp_path / "site")
    assert (tmp_path / "site/assets/joined/page.css").read_text() == ".own {}"


def test_the_themes_own_style_is_joined_without_what_no_page_has(theme: Path, tmp_path: Path) -> None:
    main = theme / "assets/stylesheets/main.0123abcd.min.css"
    main.write_text(".md-top{top:0}.md-main{flex-grow:1}", encoding="utf-8")
    joined = JoinedAssets([theme])
    joined.styles("site", ["main.0123abcd.min", "b"])
    joined.write(tmp_path / "site")
    assert (
        tmp_path / "site/assets/joined/site.css"
    ).read_text() == ".md-main{flex-grow:1}\n.b { color: blue; }"


def test_a_file_that_is_not_there_is_named(theme: Path) -> None:
    with pytest.raises(TemplateNotFound, match=r"assets/stylesheets/c\.css"):
        JoinedAssets([theme]).styles("page", ["a", "c"])


def test_only_comments_on_lines_of_their_own_leave_a_script() -> None:
    script = (
        "/**\n * What it does.\n * @param {string} a\n */\n"
        "  /** @type {HTMLElement} */ (a).focus();\n"
        'const b = "/* no comment */ // none"; // stays\n'
        "  // goes\n"
        "/** @type {number} */\n"
        "const c = 1;\n"
    )
    assert small_script(script) == (
        "/** @type {HTMLElement} */ (a).focus();\n"
        'const b = "/* no comment */ // none"; // stays\n'
        "const c = 1;"
    )


def test_a_rule_that_runs_over_lines_keeps_what_parts_its_words() -> None:
    style = "@media screen\n  and (min-width: 1px) {\n  .a,\n  .b /* both */ { margin: 0\n    auto; }\n}\n"
    assert small_style(style) == "@media screen\nand (min-width: 1px) {\n.a,\n.b  { margin: 0\nauto; }\n}"
