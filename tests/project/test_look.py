"""One file of colours, sizes and spaces, and no value beside it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from taphuan.render.templates import SHARED_ASSETS

ROOT = Path(__file__).parents[2]
TOKENS = SHARED_ASSETS / "tokens.css"
STYLES = (
    *(ROOT / "overrides/assets/stylesheets").glob("*.css"),
    *(ROOT / "generator/service/static").glob("*.css"),
)
#: Sizes of what a browser prints. A size in px is that of letters in a drawing, which has its own scale.
POINTS = re.compile(r"\d+(\.\d+)?pt")
SIZE = re.compile(r"font-size:\s*([^;}]+)")
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b")


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_a_style_takes_its_type_sizes_from_the_six(style: Path) -> None:
    for size in map(str.strip, SIZE.findall(style.read_text(encoding="utf-8"))):
        is_relative = size == "inherit" or re.fullmatch(r"\.?\d+(\.\d+)?(em|px)", size)
        assert is_relative or size.startswith("var(--size-") or POINTS.fullmatch(size), (
            f"{style.name}: {size} is none of the sizes of docs/look.md"
        )


def test_there_are_six_sizes_and_one_for_numbers() -> None:
    names = set(re.findall(r"--size-[a-z]+", TOKENS.read_text(encoding="utf-8")))
    assert names == {
        f"--size-{name}" for name in ("small", "note", "text", "lead", "heading", "title", "number")
    }


def test_every_token_is_explained() -> None:
    explained = (ROOT / "docs/look.md").read_text(encoding="utf-8")
    scale = {f"--space-{step}" for step in range(2, 8)} | {"--leading-text", "--leading-heading"}
    for token in set(re.findall(r"--[a-z0-9-]+(?=:)", TOKENS.read_text(encoding="utf-8"))) - scale:
        assert f"`{token}`" in explained, f"docs/look.md does not explain {token}"


def test_every_token_that_a_style_or_a_sheet_names_exists() -> None:
    defined = re.compile(r"(--[a-z0-9-]+)\s*:")
    named = re.compile(r"var\((--[a-z0-9-]+)\)")
    paper = ROOT / "generator/templates/paper"
    everywhere = "".join(
        path.read_text(encoding="utf-8") for path in (TOKENS, paper / "base.css", *paper.glob("*.j2"))
    )
    for style in (*STYLES, *paper.glob("*.css")):
        text = style.read_text(encoding="utf-8")
        own = set(defined.findall(text)) | set(defined.findall(everywhere))
        assert set(named.findall(text)) <= own, f"{style.name}: {set(named.findall(text)) - own}"
