"""A report as DOCX in the layout of Decree 30/2020."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph as Line

from ..render.typography import bind_text
from . import ooxml
from .blocks import Align, Appendix, Block, Heading, Paragraph, Table, cell_text, report_toml, split_blanks
from .report import LetterLayout, Report, appendix_titles, letter_layout

SIZE = 13.0
TITLE = 14.0
TEXT_WIDTH = 160.0
FROM, NATION = 68.0, 92.0
PADDING = 1.0
INDENT = Mm(10)
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "centre": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


def write_docx(report: Report) -> bytes:
    """Returns the report as the bytes of a DOCX, the same for the same report."""
    framed, document = letter_layout(report), Document()
    _set_styles(document)
    _set_page(document.sections[0], framed)
    _put_head(document, framed)
    _put(document, report.body)
    _put_foot(document, framed)
    for appendix in report.appendices.values():
        _put_appendix(document, report, appendix, framed)
    ooxml.set_properties(
        document, title=report.subject, author=report.letterhead.agency, dated=report.figures.taken_on
    )
    return ooxml.save_document(document)


# --- pages ------------------------------------------------------------------------------------


def _set_styles(document: Docx) -> None:
    styles: Any = document.styles
    ooxml.set_font(styles["Normal"], size=SIZE)
    body = styles["Normal"].paragraph_format
    body.space_before, body.space_after, body.line_spacing = Pt(0), Pt(0), 1.0
    for level, is_italic in ((1, False), (2, False), (3, True)):
        style = styles[f"Heading {level}"]
        ooxml.set_font(style, size=SIZE, bold=True, italic=is_italic)
        form = style.paragraph_format
        form.space_before, form.space_after, form.line_spacing = Pt(9 if level == 1 else 6), Pt(6), 1.15
        form.first_line_indent, form.keep_with_next = INDENT, True


def _set_page(section: Section, framed: LetterLayout) -> None:
    """Sets A4 portrait; the page number centred in the top margin, but on the first page."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = section.right_margin = Mm(20)
    section.left_margin, section.header_distance, section.footer_distance = Mm(30), Mm(9), Mm(9)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    ooxml.page_number(number)
    for footer in (section.footer, section.first_page_footer) if framed.warning else ():
        footer.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        footer.paragraphs[0].add_run(framed.warning).bold = True


# --- head and foot ----------------------------------------------------------------------------


def _side_by_side(document: Docx, left: float, right: float) -> tuple[_Cell, _Cell]:
    table = document.add_table(rows=1, cols=2)
    ooxml.lay_out(table, (Mm(left), Mm(right)), Mm(PADDING))
    ooxml.keep_whole(table.rows[0])
    first, second = table.rows[0].cells
    return first, second


def _put_head(document: Docx, framed: LetterLayout) -> None:
    ours, nation = _side_by_side(document, FROM, NATION)
    lines = _CentredLines(ours)
    if framed.superior:
        lines.add(framed.superior)
    for line in framed.agency:
        lines.add(line, bold=True)
    lines.rule(framed.agency_rule, FROM)
    lines.add(framed.number, before=6)
    lines = _CentredLines(nation)
    lines.add(framed.nation, bold=True, size=SIZE - 1)
    lines.add(framed.motto, bold=True)
    lines.rule(framed.motto_rule, NATION)
    lines.add(framed.place, italic=True, before=6)
    lines = _CentredLines(document)
    if framed.warning:
        ooxml.draw_box(lines.add(framed.warning, bold=True, before=12))
    lines.add(framed.kind, bold=True, size=TITLE, before=14)
    subject = lines.add(framed.subject, bold=True, size=TITLE)
    subject.paragraph_format.left_indent = subject.paragraph_format.right_indent = Mm(8)
    lines.rule(framed.subject_rule, TEXT_WIDTH)
    lines.add(framed.to, before=10, after=8)


def _put_foot(document: Docx, framed: LetterLayout) -> None:
    _CentredLines(document).add("", before=6).paragraph_format.keep_with_next = True
    copies, signature = _side_by_side(document, 78, 82)
    lines = _CentredLines(copies, align="left")
    lines.add(framed.recipients, bold=True, italic=True, size=SIZE - 1)
    for copy in framed.copies:
        lines.add(copy, size=SIZE - 2)
    lines = _CentredLines(signature)
    lines.add(framed.office, bold=True)
    lines.add(framed.signer, bold=True, before=80)


class _CentredLines:
    """Short centred lines, one below the other, in a cell or in the document."""

    def __init__(self, where: Docx | _Cell, align: Align = "centre") -> None:
        self.where, self.align = where, align
        self._first = where.paragraphs[0] if isinstance(where, _Cell) else None

    def add(
        self,
        text: str,
        *,
        bold: bool = False,
        italic: bool = False,
        size: float = SIZE,
        before: float = 0,
        after: float = 0,
    ) -> Line:
        line = self._next()
        line.alignment = ALIGN[self.align]
        line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(before), Pt(after)
        _write(line, text, bold=bold, italic=italic, size=size)
        return line

    def rule(self, width: float, room: float) -> None:
        ooxml.draw_rule(self._next(), width=width, room=room - 2 * PADDING)

    def _next(self) -> Line:
        paragraph, self._first = self._first or self.where.add_paragraph(), None
        return paragraph


def _write(line: Line, text: str, *, size: float = SIZE, **marks: bool) -> None:
    """Writes text as runs; blanks are shaded so that none is overlooked."""
    for piece, is_blank in split_blanks(bind_text(text)):
        run = line.add_run()
        ooxml.write(run, piece)
        if size != SIZE:
            run.font.size = Pt(size)
        for mark, is_set in marks.items():
            if is_set:
                setattr(run, mark, True)
        if is_blank:
            ooxml.shade(run)


# --- blocks -----------------------------------------------------------------------------------


def _put(document: Docx, blocks: Iterable[Block]) -> None:
    for block in blocks:
        if isinstance(block, Heading):
            text = block.text.upper() if block.level == 1 else block.text
            line = document.add_heading(level=block.level)
            line.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            _write(line, text)
        elif isinstance(block, Paragraph):
            _put_paragraph(document, block)
        else:
            _put_table(document, block)


def _put_paragraph(document: Docx, block: Paragraph) -> None:
    line = document.add_paragraph()
    form = line.paragraph_format
    form.space_after, form.line_spacing = Pt(6), 1.15
    if block.kind == "caption":
        line.alignment, form.space_before, form.keep_with_next = WD_ALIGN_PARAGRAPH.CENTER, Pt(8), True
    else:
        line.alignment, form.first_line_indent = WD_ALIGN_PARAGRAPH.JUSTIFY, INDENT
        form.keep_with_next = block.kind == "closing"
    _write(line, block.text, bold=block.kind == "caption", italic=block.kind == "note")


def _put_table(document: Docx, block: Table) -> None:
    blank = report_toml("report")["marks"]["cell"]
    table = document.add_table(rows=1 + len(block.rows), cols=len(block.columns))
    ooxml.draw_grid(table)
    ooxml.lay_out(table, tuple(Mm(column.width) for column in block.columns), Mm(PADDING))
    head, *rows = table.rows
    ooxml.repeat_row(head)
    for cell, column in zip(head.cells, block.columns, strict=True):
        _fill(cell, column.head, "centre", bold=True)
    for row, values in zip(rows, block.rows, strict=True):
        is_total = block.has_total and values is block.rows[-1]
        for cell, column, value in zip(row.cells, block.columns, values, strict=True):
            _fill(cell, cell_text(value, blank), column.align, bold=is_total)
    for row in table.rows:
        ooxml.keep_whole(row)
    document.add_paragraph().paragraph_format.line_spacing = Pt(6)


def _fill(cell: _Cell, text: str, align: Align, *, bold: bool) -> None:
    ooxml.centre_upright(cell)
    line = cell.paragraphs[0]
    line.alignment = ALIGN[align]
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(2)
    _write(line, text, bold=bold)


# --- appendices -------------------------------------------------------------------------------


def _put_appendix(document: Docx, report: Report, appendix: Appendix, framed: LetterLayout) -> None:
    """Writes an appendix as a section of its own, with page numbers from 1."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = False
    ooxml.restart_numbering(section)
    number, title, line = appendix_titles(report, appendix)
    lines = _CentredLines(document)
    lines.add(number, bold=True, size=TITLE)
    lines.add(title, bold=True)
    lines.add(line, italic=True, after=8)
    if framed.warning:
        ooxml.draw_box(lines.add(framed.warning, bold=True, after=8))
    _put(document, appendix.blocks)
