"""Whatever an Office file is made of, it is read in a process of its own, and the service goes on."""

from __future__ import annotations

import io
import random
import zipfile

import pytest
from roster_files_sent import compound
from roster_lists import ANH, HEADINGS, MAY, parts_of, proposal, with_part, workbook
from test_roster_word import raw, table

from taphuan.roster_import import office_file
from taphuan.roster_import.file_kinds import MEGABYTE, MOST_UNPACKED
from taphuan.roster_import.file_reader import MOST_BYTES, read_file
from taphuan.roster_import.office_file import read_in_own_process

SHEET = "xl/worksheets/sheet1.xml"


def packed(entries: list[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries:
            file.writestr(name, content)
    return buffer.getvalue()


def code_of(content: bytes) -> str:
    """The one thing said of a file that is refused."""
    book = read_file(content, "la.xlsx")
    assert book.grids == ()
    (notice,) = book.notices
    return notice.code


def refusal(content: bytes) -> str:
    """The same, read as the service reads what is sent."""
    grids, (notice,) = read_in_own_process(content)
    assert grids == ()
    return notice.code


@pytest.mark.parametrize("content", [workbook(ANH, MAY), raw(table(HEADINGS, ANH)), b"PK\x03\x04"])
def test_a_process_of_its_own_reads_what_this_one_does(content: bytes) -> None:
    assert read_in_own_process(content) == office_file.read_office_file(content)


def test_a_bomb_is_refused_by_its_declared_size() -> None:
    bomb = with_part(workbook(ANH), SHEET, b" " * (MOST_UNPACKED + 1))
    assert len(bomb) < MOST_BYTES
    assert code_of(bomb) == "archive-too-big"


def test_a_file_that_needs_too_much_memory_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_file, "MOST_MEMORY", 180 * MEGABYTE)
    rows = "<row>" + "<c><v>1</v></c>" * 10_000 + "</row>"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{main}"><sheetData>{rows * 40}</sheetData></worksheet>'
    content = with_part(workbook(), SHEET, sheet.encode())
    assert read_in_own_process(workbook(ANH))[0]
    assert refusal(content) == "file-too-heavy"


def test_a_file_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_file, "SECONDS", 0.01)
    assert refusal(workbook(ANH)) == "file-too-heavy"


XXE = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><r>&x;</r>'
LAUGHS = (
    b'<!DOCTYPE r [<!ENTITY a0 "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    + b"]><r>&a11;</r>"
)


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "[Content_Types].xml", "docProps/core.xml"])
@pytest.mark.parametrize("xml", [XXE, LAUGHS])
def test_an_entity_brings_nothing_in(part: str, xml: bytes) -> None:
    grids, notices = read_in_own_process(with_part(workbook(ANH), part, xml))
    assert not grids or part == "docProps/core.xml"
    assert [notice.code for notice in notices] or grids


def test_nesting_without_end_is_refused() -> None:
    assert refusal(raw("<w:p>" * 100_000 + "</w:p>" * 100_000)) in {"broken-workbook", "file-too-heavy"}


def test_an_old_workbook_that_asks_for_memory_without_end_is_stopped() -> None:
    assert refusal(compound("Workbook")) == "file-too-heavy"


def test_an_encrypted_part_is_a_password() -> None:
    content = bytearray(packed([("xl/a.xml", b"<a/>")]))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert code_of(bytes(content)) == "locked-workbook"


def test_a_picture_in_the_workbook_does_not_matter() -> None:
    picture = b"\x89PNG\r\n\x1a\n" + random.Random(2).randbytes(5_000)
    assert proposal(with_part(workbook(ANH), "xl/media/image1.png", picture)).can_be_frozen


def test_a_link_to_another_workbook_is_never_followed() -> None:
    link = b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    content = with_part(workbook(ANH), "xl/externalLinks/externalLink1.xml", link)
    assert proposal(content).can_be_frozen


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_file_cut_short_is_broken(share: float) -> None:
    content = workbook(ANH)
    assert code_of(content[: int(len(content) * share)]) == "broken-workbook"


@pytest.mark.parametrize("part", ["xl/workbook.xml", SHEET, "[Content_Types].xml"])
def test_a_part_that_is_no_xml_is_broken(part: str) -> None:
    assert code_of(with_part(workbook(ANH), part, b"<a><b></a>")) == "broken-workbook"


def test_an_archive_that_is_no_workbook_is_broken() -> None:
    assert code_of(packed([("word/document.xml", b"<document/>")])) == "broken-workbook"
    text = packed([("mimetype", b"application/vnd.oasis.opendocument.text")])
    assert code_of(text) == "open-document"


def test_every_part_of_a_workbook_may_be_missing() -> None:
    parts = parts_of(workbook(ANH))
    for missing in parts:
        content = packed([(name, part) for name, part in parts.items() if name != missing])
        read_file(content, "thieu.xlsx")
