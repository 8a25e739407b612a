"""Lists as people send them: workbooks made by the programs that make them, and what is said of them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import yaml

from taphuan.programme.model.registers import Units
from taphuan.roster_import.file_reader import read_file
from taphuan.roster_import.gazetteer import Gazetteer, build_gazetteer, kind_of
from taphuan.roster_import.importer import propose
from taphuan.roster_import.proposal import CellFinding, KnownPerson, Proposal

UNITS_FILE = Path(__file__).parents[2] / "content/programme/units.yml"
HEADINGS = ("Họ và tên", "Chức vụ", "Đơn vị")
ANH = ("Lò Văn Ánh", "Trưởng Công an", "Xã Mường Tè")
MAY = ("Chẻo Láo Mẩy", "Y sĩ Trạm Y tế", "Xã Pa Ủ")
Cells = Sequence[Any]
Shape = Callable[[Any], None]


@cache
def units() -> Units:
    """The units of the first programme: their traps are real."""
    return Units.model_validate(yaml.load(UNITS_FILE.read_text("utf-8"), yaml.BaseLoader))


@cache
def places() -> Gazetteer:
    return build_gazetteer(units())


def small_units(communes: Mapping[str, Sequence[str]], agencies: Sequence[str] = ()) -> Units:
    """Units of names alone: each commune with what it was formed from."""
    return Units.model_validate(
        {
            "checked": date(2026, 1, 15),
            "province": {"code": "99", "name": "Tỉnh Mẫu"},
            "agencies": {
                f"co-quan-{n}": {"name": name, "point": "IV.1"} for n, name in enumerate(agencies, 1)
            },
            "communes": {
                f"{number:05}": {
                    "kind": kind_of(name),
                    "name": name,
                    "formed_from": list(former),
                    "confidence": "low",
                    "checked": date(2026, 1, 15),
                }
                for number, (name, former) in enumerate(communes.items(), 101)
            },
        }
    )


def workbook(*rows: Cells, headings: Cells = HEADINGS, shape: Shape | None = None) -> bytes:
    """An XLSX as openpyxl writes it, its list from the first row on; `shape` may do anything to the sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Danh sách"
    for row in (headings, *rows) if headings else rows:
        sheet.append(list(row))
    if shape:
        shape(sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The archive with one part put in or replaced."""
    parts = parts_of(content) | {name: part}
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for each, text in parts.items():
            archive.writestr(each, text)
    return buffer.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def proposal(content: bytes, known: Iterable[KnownPerson] = (), **options: Any) -> Proposal:
    book = read_file(content, options.pop("name", "danh-sach"))
    return propose(book, options.pop("units", None) or units(), list(known), **options)


def findings(*rows: Cells, **options: Any) -> tuple[CellFinding, ...]:
    """What is said of a list with the usual headings."""
    return proposal(workbook(*rows, **options)).findings


def in_short(given: Iterable[CellFinding]) -> list[str]:
    """Each finding as `code sheet!cells`, warnings in brackets."""
    return [_in_short(finding) for finding in given]


def _in_short(finding: CellFinding) -> str:
    where = f"{finding.worksheet}!{','.join(finding.cells)}".strip("!") if finding.worksheet else ""
    text = f"{finding.code} {where.removeprefix('Danh sách!')}".strip()
    return text if finding.is_error else f"({text})"


def person(id: str, full_name: str, position: str, unit: str, *, is_active: bool = True) -> KnownPerson:
    """Somebody of the records, the unit by name."""
    ids = {seat.name: seat.id for seat in places().seats}
    return KnownPerson(
        id=id, full_name=full_name, position=position, unit=ids.get(unit, unit), is_active=is_active
    )
