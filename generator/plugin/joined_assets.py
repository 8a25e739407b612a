"""The styles and scripts that pages load, several of the theme's joined in one, without their comments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from jinja2 import TemplateNotFound

from ..render.templates import SHARED_ASSETS
from .theme_styles import used_style

SCRIPTS = "assets/javascripts"
STYLES = "assets/stylesheets"
#: As deep as the folders above, so that an address in a stylesheet stays true.
JOINED = "assets/joined"
#: How the name of the theme's own stylesheet begins.
THEME_STYLE = "main."
COMMENT = re.compile(r"/\*(?:[^*]|\*(?!/))*\*/")
#: A comment that has its lines for itself; one within a line may stand in a text.
COMMENT_LINES = re.compile(rf"^[ \t]*(?:{COMMENT.pattern}|//.*)[ \t]*\n", re.MULTILINE)
BEFORE_LINES = re.compile(r"\n\s+")


class JoinedAssets:
    """Joins styles and scripts as templates ask for them, and writes them once all pages are rendered."""

    def __init__(self, theme: Iterable[str | Path]) -> None:
        """Takes the folders of the theme, the project's own first."""
        self._theme = [Path(folder) for folder in theme]
        self._texts: dict[str, str] = {}

    def styles(self, name: str, parts: Sequence[str]) -> str:
        """Returns the address, from the site's root, of these stylesheets in one. Raises TemplateNotFound."""
        return self._join(f"{JOINED}/{name}.css", map(self._style, parts))

    def scripts(self, name: str, parts: Sequence[str]) -> str:
        """Returns the address, from the site's root, of these scripts in one. Raises TemplateNotFound."""
        texts = (self._read(SCRIPTS, f"{part}.js") for part in parts)
        return self._join(f"{JOINED}/{name}.js", map(small_script, texts))

    def write(self, site: Path) -> None:
        for address, text in self._texts.items():
            (site / address).parent.mkdir(parents=True, exist_ok=True)
            (site / address).write_text(text, encoding="utf-8")

    def _style(self, part: str) -> str:
        text = small_style(self._read(STYLES, f"{part}.css"))
        return used_style(text) if part.startswith(THEME_STYLE) else text

    def _join(self, address: str, texts: Iterable[str]) -> str:
        if address not in self._texts:
            self._texts[address] = "\n".join(texts)
        return address

    def _read(self, folder: str, name: str) -> str:
        places = (*(theme / folder / name for theme in self._theme), SHARED_ASSETS / name)
        for place in places:
            if place.is_file():
                return place.read_text(encoding="utf-8")
        raise TemplateNotFound(f"{folder}/{name}")


def small_style(text: str) -> str:
    """Returns a stylesheet without its comments, empty lines and indentation."""
    return BEFORE_LINES.sub("\n", COMMENT.sub("", text)).strip()


def small_script(text: str) -> str:
    """Returns a script without the comments that stand on lines of their own; all else stays."""
    return COMMENT_LINES.sub("", text).strip()
