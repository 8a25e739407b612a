"""Authors' texts as a page or a sheet shows them, and in plain words."""

from __future__ import annotations

from markupsafe import Markup

from ...programme.model.pointer import Pointer
from ...programme.model.programme import Programme
from .citations import NumberedCitations
from .outline import Outline
from .paper import Notes, PaperLine, PaperText
from .plain import PlainText
from .site import SiteText


class Prose:
    """Turns texts of one programme into what a page or a sheet shows."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme

    # --- for the site: `page` is the address of the page the text stands on -------------

    def html(
        self,
        text: str | None,
        page: str,
        source: str = "",
        numbered: NumberedCitations | None = None,
        outline: Outline | None = None,
    ) -> Markup:
        """Returns the HTML of a text of the file `source`, from which its links and pictures are named."""
        return SiteText(self.programme, page, source, numbered, outline=outline).html(text)

    def inline(
        self, text: str | None, page: str, source: str = "", numbered: NumberedCitations | None = None
    ) -> Markup:
        """Returns the HTML of one paragraph without its `<p>`."""
        return SiteText(self.programme, page, source, numbered).inline(text)

    # --- for print ----------------------------------------------------------------------

    def print_html(self, text: str | None, notes: Notes, source: str = "") -> Markup:
        """Returns HTML in which a citation is a raised number, and adds what it stands for to `notes`.

        In a cell of a table that says nothing else it is in words, as whoever looks up a table needs them.
        """
        return PaperText(self.programme, notes, source).html(text)

    def print_inline(self, text: str | None, notes: Notes, source: str = "") -> Markup:
        return PaperText(self.programme, notes, source).inline(text)

    def print_line(self, text: str, source: str = "") -> Markup:
        """Returns the HTML of one paragraph of a sheet below which no notes stand: citations are in words."""
        return PaperLine(self.programme, source).inline(text)

    def note_in_words(self, pointer: Pointer, notes: Notes) -> None:
        """Adds a place that is cited in words to those that a list of law names."""
        PaperText(self.programme, notes).tabled(pointer)

    def plain(self, text: str) -> str:
        """Returns the words alone, for search, descriptions and captions."""
        return PlainText(self.programme).words(text)
