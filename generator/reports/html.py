"""A report as HTML: for the PDF, and for the screen."""

from __future__ import annotations

from markupsafe import Markup, escape

from ..render.printable import Sheet
from ..render.templates import render
from ..render.typography import bind_page, css_string
from .blocks import BLANK, cell_text
from .report import Report, appendix_titles, letter_layout


def write_html(report: Report) -> str:
    """Returns the whole report as one HTML document, A4 by its own style."""
    drawn = render(
        "report/report.html.j2",
        report=report,
        frame=letter_layout(report),
        appendices=[
            (appendix_titles(report, appendix), appendix.blocks) for appendix in report.appendices.values()
        ],
        cell=cell_text,
        marked=marked,
        css=css_string,
    )
    return bind_page(drawn)


def printable_report(report: Report) -> Sheet:
    """Returns the report for `render.pdf.print_sheets`."""
    return Sheet(
        id=report.id,
        title=report.subject,
        audience=report.letterhead.recipient,
        author=report.letterhead.agency,
        subject=report.id,
        dated=report.figures.taken_on,
        edition="mono",
        html=write_html(report),
    )


def marked(text: str) -> Markup:
    """Returns the text with its blanks marked."""
    return Markup(BLANK.sub(lambda blank: f"<mark>{blank[0]}</mark>", str(escape(text))))
