"""The theme's stylesheet without the rules that no page of ours can have."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from taphuan.plugin.joined_assets import used_style


@pytest.mark.parametrize(
    ("style", "kept"),
    [
        (".md-main{flex-grow:1}.md-tabs{color:red}", ".md-main{flex-grow:1}"),
        (".md-tabs a,.md-main a{color:red}", ".md-main a{color:red}"),
        ("@media print{.md-tabs{color:red}}", ""),
        ("@media print{.md-tabs{color:red}.a{top:0}}", "@media print{.a{top:0}}"),
        (
            "@keyframes b{0%{opacity:0}to{opacity:1}}.md-top{animation:b}",
            "@keyframes b{0%{opacity:0}to{opacity:1}}",
        ),
        ('@charset "UTF-8";html{top:0}', '@charset "UTF-8";html{top:0}'),
        ("[dir=rtl] .a{left:0}[dir=ltr] .a{right:0}", "[dir=ltr] .a{right:0}"),
        (
            '.a:before{content:"}.md-tabs{"}.md-tabs{color:red}.b:not(.c,.d){top:0}',
            '.a:before{content:"}.md-tabs{"}.b:not(.c,.d){top:0}',
        ),
        (
            ":root{--md-a-icon:url('x;}');--md-b-icon:url('y')}.a{mask:var(--md-a-icon)}",
            ":root{--md-a-icon:url('x;}');}.a{mask:var(--md-a-icon)}",
        ),
    ],
    ids=[
        "a part that is not used",
        "one of two selectors",
        "a group that is empty then",
        "a group that is not",
        "frames of a movement",
        "a statement",
        "another direction of writing",
        "brackets in a text",
        "an icon that nothing shows",
    ],
)
def test_only_rules_that_something_can_match_are_kept(style: str, kept: str) -> None:
    assert used_style(style) == kept


def test_more_than_half_of_the_theme_is_for_what_is_not_used_here() -> None:
    sheet = next((Path(str(files("material"))) / "templates/assets/stylesheets").glob("main.*.min.css"))
    style = sheet.read_text(encoding="utf-8")
    kept = used_style(style)
    assert len(kept) < len(style) / 2
    assert kept.count("{") == kept.count("}")
    for still in (
        ".md-search-result__link",
        ".md-typeset table",
        ".md-tag{",
        ".md-header__button",
        "@font-face",
    ):
        assert (still in kept) == (still in style), still
