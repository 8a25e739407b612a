"""Another province, with another plan, uses the product as it is: its own words are its data."""

from __future__ import annotations

import re

from programmes import REPOSITORY

#: The first province, what its plan is about, and who answers for it there.
OF_THE_FIRST = re.compile(r"lai[ -]ch[aâ]u|(?:bán|mua|mại) dâm|mai-dam|\bPrEP\b|giang mai", re.IGNORECASE)
#: A dictionary of the language.
WORDS = "generator/render/compound_words.txt"


def test_the_product_names_neither_the_first_province_nor_its_subject() -> None:
    named = []
    for folder in ("generator", "overrides", "setup", "bench"):
        for path in sorted((REPOSITORY / folder).rglob("*")):
            place = path.relative_to(REPOSITORY).as_posix()
            if not path.is_file() or "__pycache__" in place or "node_modules" in place or place == WORDS:
                continue
            try:
                text = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue
            named += [f"{place}: {match[0]}" for match in OF_THE_FIRST.finditer(text)]
    assert not named, named
