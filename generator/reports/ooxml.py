"""The parts of WordprocessingML that python-docx has no words for."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Length, Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from .blocks import without_controls

FONT = "Times New Roman"
#: A blank's shade, light enough for a black-and-white printer.
SHADE = "EEEEEE"
_RANGE = re.compile(r"(?<=\d)–(?=\d)")
#: The first day that a zip file knows: the same bytes on any day.
EPOCH = (1980, 1, 1, 0, 0, 0)


def element(tag: str, **attributes: str) -> BaseOxmlElement:
    node: BaseOxmlElement = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        node.set(qn(f"w:{name}"), value)
    return node


def set_font(style: ParagraphStyle, *, size: float, bold: bool = False, italic: bool = False) -> None:
    """Sets Times New Roman for every script, black, with Vietnamese as the language."""
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, italic
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    for theme in ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for tag in ("color", "lang"):
        for old in properties.findall(qn(f"w:{tag}")):
            properties.remove(old)
    properties.append(element("lang", val="vi-VN", eastAsia="vi-VN"))


def shade(run: Run) -> None:
    run._r.get_or_add_rPr().append(element("shd", val="clear", color="auto", fill=SHADE))


def write(run: Run, text: str) -> None:
    """Writes the text of a run; a dash between numbers becomes a hyphen at which no line breaks."""
    first, *others = _RANGE.split(without_controls(text))
    run.add_text(first)
    for other in others:
        run._r.append(element("noBreakHyphen"))
        run.add_text(other)


def draw_rule(paragraph: Paragraph, *, width: float, room: float) -> None:
    """Makes an empty paragraph a line of that width, centred in the room; all in millimetres."""
    side = Mm(max((room - width) / 2, 0))
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = side
    form.space_before, form.space_after, form.line_spacing = Pt(3), Pt(0), Pt(3)
    paragraph.add_run().font.size = Pt(1)
    _border(paragraph, ("top",), 6)


def draw_box(paragraph: Paragraph) -> None:
    _border(paragraph, ("top", "left", "bottom", "right"), 8)


def _border(paragraph: Paragraph, sides: tuple[str, ...], eighths: int) -> None:
    borders = element("pBdr")
    for side in sides:
        borders.append(element(side, val="single", sz=str(eighths), space="1", color="000000"))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr"
    )


def page_number(paragraph: Paragraph) -> None:
    """Writes the number of the page, as a field."""
    for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), ("", "2"), ("end", "")):
        run = paragraph.add_run()
        if kind:
            run._r.append(element("fldChar", fldCharType=kind))
        elif text == " PAGE ":
            instruction = element("instrText")
            instruction.text = text
            run._r.append(instruction)
        else:
            run.text = text


def restart_numbering(section: Section) -> None:
    properties = section._sectPr
    for old in properties.findall(qn("w:pgNumType")):
        properties.remove(old)
    properties.insert_element_before(element("pgNumType", start="1"), "w:cols", "w:titlePg", "w:docGrid")


def lay_out(table: Table, widths: tuple[Length, ...], margin: Length) -> None:
    """Sets fixed columns, with the same margin left and right in each cell."""
    table.autofit = False
    margins = element("tblCellMar")
    for side in ("left", "right"):
        margins.append(element(side, w=_twips(margin), type="dxa"))
    width, indent = element("tblW", w=_twips(sum(widths)), type="dxa"), element("tblInd", w="0", type="dxa")
    _set_properties(table, width, indent, margins)
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = wide
    for row in table.rows:
        for cell, wide in zip(row.cells, widths, strict=True):
            cell.width = wide


def draw_grid(table: Table) -> None:
    borders = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(side, val="single", sz="4", space="0", color="000000"))
    _set_properties(table, borders)


#: The order in which the schema wants a table's properties.
_ORDER = ("tblStyle", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook")


def _set_properties(table: Table, *given: BaseOxmlElement) -> None:
    """Puts each property in its place, instead of any that was there."""
    properties = table._tbl.tblPr
    for new in given:
        for old in properties.findall(new.tag):
            properties.remove(old)
        properties.append(new)
    places = [qn(f"w:{name}") for name in _ORDER]
    properties[:] = sorted(properties, key=lambda entry: places.index(entry.tag))


def _twips(length: int) -> str:
    return str(length // 635)


def repeat_row(row: _Row) -> None:
    """Repeats the row at the top of each page."""
    row._tr.get_or_add_trPr().append(element("tblHeader"))


def keep_whole(row: _Row) -> None:
    row._tr.get_or_add_trPr().insert(0, element("cantSplit"))


def centre_upright(cell: _Cell) -> None:
    cell._tc.get_or_add_tcPr().append(element("vAlign", val="center"))


def set_properties(document: Document, *, title: str, author: str, dated: date) -> None:
    """Sets what a file manager shows; the dates are the content's, never the clock's."""
    properties, moment = document.core_properties, datetime(dated.year, dated.month, dated.day)
    properties.title, properties.author, properties.last_modified_by, properties.language = (
        title,
        author,
        author,
        "vi-VN",
    )
    properties.created, properties.modified, properties.revision, properties.comments, properties.keywords = (
        moment,
        moment,
        1,
        "",
        "",
    )
    package = document.part.package
    _set_modern(document)
    for id, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[id]


def _set_modern(document: Document) -> None:
    """Sets the layout of Word 2013 and later, so that no title bar speaks of compatibility."""
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def save_document(document: Document) -> bytes:
    """Returns the document as bytes, the same for the same document."""
    written, out = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            info = zipfile.ZipInfo(entry.filename, EPOCH)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            target.writestr(info, source.read(entry))
    return out.getvalue()
