"""A report as DOCX: `report.docx`, a template in the layout of Decree 30/2020, filled in."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from importlib import resources
from typing import Any

from docx.shared import Mm
from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from markupsafe import Markup

from ..render.templates import environment
from ..render.typography import BINDING, BOUND
from .blocks import BLANK, TEXT_WIDTH, Chart, cell_text, without_controls
from .report import Report, appendix_titles, letter_layout

#: A blank's shade is light enough for a black-and-white printer.
RUN = Markup('<w:r>{}<w:t xml:space="preserve">{}</w:t></w:r>')
SHADE = Markup('<w:rPr><w:shd w:val="clear" w:color="auto" w:fill="EEEEEE"/></w:rPr>')
NO_BREAK_HYPHEN = Markup('</w:t><w:noBreakHyphen/><w:t xml:space="preserve">')
_RANGE = re.compile(r"(?<=\d)–(?=\d)")
#: The first day that a zip file knows: the same bytes on any day.
EPOCH = (1980, 1, 1, 0, 0, 0)


#: Draws an SVG as a PNG of so many pixels; None where it cannot.
PictureMaker = Callable[[str, int, int], bytes | None]
#: How many pixels wide a picture is: 260 to an inch.
PIXELS = 1640


def write_docx(report: Report, draw: PictureMaker = lambda svg, width, height: None) -> bytes:
    """Returns the report as the bytes of a DOCX, the same for the same report.

    Where nothing draws, a sentence stands in place of each picture.
    """
    folder = resources.files("taphuan") / "templates" / "report"
    document = DocxTemplate(io.BytesIO((folder / "report.docx").read_bytes()))
    document.init_docx()

    def pictured(chart: Chart) -> Markup:
        return _inline_picture(document, chart, draw)

    drawn: Any = (
        environment()
        .get_template("report/blocks.xml.j2")
        .make_module({"runs": text_runs, "cell": cell_text, "pictured": pictured})
    )
    document.render(
        {
            "frame": letter_layout(report),
            "body": drawn.set(report.body),
            "appendices": [
                (*appendix_titles(report, appendix), drawn.set(appendix.blocks))
                for appendix in report.appendices.values()
            ],
            "rule": drawn.rule,
            "runs": text_runs,
        },
        environment(),
    )
    taken, properties = report.figures.taken_on, document.core_properties
    properties.title = report.subject
    properties.author = properties.last_modified_by = report.letterhead.agency
    properties.created = properties.modified = datetime(taken.year, taken.month, taken.day)
    return _saved(document)


def _inline_picture(document: Any, chart: Chart, draw: PictureMaker) -> Markup:
    """Returns a drawing's picture as an element that stands in a line, with what it shows in words."""
    png = draw(chart.svg, PIXELS, round(PIXELS * chart.height))
    if png is None:
        return Markup("")
    inline = document.docx.part.new_pic_inline(io.BytesIO(png), width=Mm(TEXT_WIDTH))
    inline.docPr.set("descr", without_controls(chart.alt))
    return Markup(inline.xml)


def text_runs(text: str) -> Markup:
    """Returns a text as runs: blanks shaded, a hyphen at which no line breaks for a dash between numbers."""
    pieces = BLANK.split(BINDING.sub(BOUND, without_controls(text)))
    return Markup("").join(
        RUN.format(SHADE if at % 2 else "", NO_BREAK_HYPHEN.join(_RANGE.split(piece)))
        for at, piece in enumerate(pieces)
        if piece
    )


def _saved(document: DocxTemplate) -> bytes:
    """Returns the document as bytes without the day and the system that wrote them."""
    written, out = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system, entry.external_attr = 0, 0
            target.writestr(entry, source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
