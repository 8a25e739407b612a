"""A report as HTML: for the press, which makes a PDF of it, and for the screen."""

from __future__ import annotations

from markupsafe import Markup, escape

from ..render.sheet import Sheet
from ..render.templating import render
from ..render.typography import bind, css_string
from .blocks import BLANK, Cell, Heading, Paragraph, Table, shown
from .frame import attached, frame
from .report import Report
from .wording import wording


def html(report: Report) -> str:
    """The whole report as one HTML document, A4 by its own style."""
    drawn = render(
        "report/report.html.j2",
        report=report,
        frame=frame(report),
        appendices=[(attached(report, one), one.blocks) for one in report.appendices.values()],
        kind_of=_kind,
        cell=_cell,
        marked=marked,
        css=css_string,
    )
    return bind(drawn)


def sheet(report: Report) -> Sheet:
    """What `render.pdf.print_sheets` takes."""
    return Sheet(
        id=report.id,
        kind="handout",
        title=report.subject,
        audience=report.letterhead.recipient,
        author=report.letterhead.agency,
        subject=report.id,
        dated=report.figures.taken_on,
        edition="mono",
        html=html(report),
    )


def marked(text: str) -> Markup:
    """The text with its blanks marked."""
    return Markup(BLANK.sub(lambda blank: f"<mark>{blank[0]}</mark>", str(escape(text))))


def _cell(cell: Cell) -> Markup:
    return marked(shown(cell, wording("report")["marks"]["cell"]))


def _kind(block: object) -> str:
    return {Heading: "heading", Paragraph: "paragraph", Table: "table"}[type(block)]
