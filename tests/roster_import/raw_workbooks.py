"""Workbooks written part by part, as programs other than Excel write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from taphuan.roster_import.grid import column_letters

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


@dataclass(frozen=True)
class Formula:
    """A formula with the value that the program had last computed; `kind` is that of the value."""

    text: str
    value: str | None = None
    kind: str = "str"


Cell = str | int | Formula | None


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet; `head` and `tail` stand before and after its rows, `about` has attributes of a row."""

    name: str
    rows: Sequence[Sequence[Cell]]
    about: dict[int, str] = field(default_factory=dict)
    head: str = ""
    tail: str = ""
    state: str = "visible"
    has_addresses: bool = True


def packed(*sheets: Sheet, is_inline: bool = False, workbook: str = "") -> bytes:
    """The archive; texts stand in the cells where it `is_inline`, else in the part that all sheets share."""
    shared: list[str] | None = None if is_inline else []
    parts = {
        f"xl/worksheets/sheet{number}.xml": _sheet(sheet, shared) for number, sheet in enumerate(sheets, 1)
    }
    targets = [("worksheet", name.removeprefix("xl/")) for name in parts]
    parts["xl/workbook.xml"] = _workbook(sheets, workbook)
    if shared is not None:
        items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in shared)
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{items}</sst>'
        targets.append(("sharedStrings", "sharedStrings.xml"))
    parts["[Content_Types].xml"] = _types(parts)
    parts["xl/_rels/workbook.xml.rels"] = _relations(targets)
    parts["_rels/.rels"] = _relations([("officeDocument", "xl/workbook.xml")])
    return _archive(parts)


def _workbook(sheets: Sequence[Sheet], about: str) -> str:
    names = "".join(
        f'<sheet name="{escape(sheet.name)}" sheetId="{number}" state="{sheet.state}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, 1)
    )
    return f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{about}<sheets>{names}</sheets></workbook>'


def _archive(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sorted(parts.items()):
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{text}')
    return buffer.getvalue()


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'


def _types(parts: Iterable[str]) -> str:
    kinds = {"xl/workbook.xml": "sheet.main", "xl/sharedStrings.xml": "sharedStrings"}
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{TYPE}.{kinds.get(name, "worksheet")}+xml"/>'
        for name in parts
    )
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    default = f'<Default Extension="rels" ContentType="{relations}"/>'
    return f'<Types xmlns="{PACKAGE}/content-types">{default}{overrides}</Types>'


def _sheet(sheet: Sheet, shared: list[str] | None) -> str:
    lines = []
    for number, row in enumerate(sheet.rows, 1):
        cells = "".join(
            _cell(cell, f' r="{column_letters(column)}{number}"' if sheet.has_addresses else "", shared)
            for column, cell in enumerate(row, 1)
            if cell is not None or not sheet.has_addresses
        )
        place = f' r="{number}"' if sheet.has_addresses else ""
        lines.append(f"<row{place}{sheet.about.get(number, '')}>{cells}</row>")
    data = f"<sheetData>{''.join(lines)}</sheetData>"
    return f'<worksheet xmlns="{MAIN}">{sheet.head}{data}{sheet.tail}</worksheet>'


def _cell(cell: Cell, place: str, shared: list[str] | None) -> str:
    if cell is None:
        return f"<c{place}/>"
    if isinstance(cell, int):
        return f"<c{place}><v>{cell}</v></c>"
    if isinstance(cell, Formula):
        value = "" if cell.value is None else f"<v>{escape(cell.value)}</v>"
        return f'<c{place} t="{cell.kind}"><f aca="false">{escape(cell.text)}</f>{value}</c>'
    if shared is None:
        return f'<c{place} t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
    shared.append(cell)
    return f'<c{place} t="s"><v>{len(shared) - 1}</v></c>'
