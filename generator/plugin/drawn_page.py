"""A page of the programme as MkDocs has pages: its HTML and its headings are drawn already."""

from __future__ import annotations

from markdown.extensions.toc import nest_toc_tokens
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from ..render.site import SitePage
from ..render.typography import bound

#: Headings below this level are not among the contents of a page.
DEEPEST = 3


class DrawnPage(Page):
    """Hands a drawn page to MkDocs, which runs no Markdown over it."""

    def __init__(self, drawn: SitePage, file: File, config: MkDocsConfig) -> None:
        self.drawn = drawn
        super().__init__(drawn.title, file, config)

    def read_source(self, config: MkDocsConfig) -> None:
        about = {"title": self.drawn.title, "description": self.drawn.description, **self.drawn.meta}
        self.meta = {name: value for name, value in about.items() if value}
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.content = self.drawn.body.strip()
        shown = [heading for heading in self.drawn.content.headings if heading.level <= DEEPEST]
        named = [{"level": each.level, "id": each.id, "name": bound(each.title)} for each in shown]
        self.toc = get_toc(nest_toc_tokens(named))  # type: ignore[arg-type]
