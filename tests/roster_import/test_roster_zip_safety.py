"""Nothing is unpacked that could hurt: each hostile file is refused with a sentence."""

from __future__ import annotations

import io
import random
import stat
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable

import pytest
from roster_lists import ANH, parts_of, proposal, with_part, workbook

from taphuan.roster_import import file_safety
from taphuan.roster_import.file_reader import MOST_BYTES, read_file
from taphuan.roster_import.file_safety import Parts, archive_fault

SHEET = "xl/worksheets/sheet1.xml"


def packed(entries: list[tuple[zipfile.ZipInfo | str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for entry, content in entries:
            file.writestr(entry, content, compress_type=method)
    return buffer.getvalue()


def code_of(content: bytes) -> str:
    """The one thing said of a file that is refused."""
    book = read_file(content, "la.xlsx")
    assert book.grids == ()
    (notice,) = book.notices
    return notice.code


def test_a_workbook_as_programs_write_it_is_let_through() -> None:
    assert archive_fault(workbook(ANH)) is None


def test_a_bomb_is_refused_by_its_declared_size() -> None:
    bomb = with_part(workbook(ANH), SHEET, b" " * (file_safety.MOST_UNPACKED + 1))
    assert len(bomb) < MOST_BYTES
    assert code_of(bomb) == "archive-too-big"


def test_a_bomb_of_many_parts_is_refused_by_their_sum() -> None:
    noise = random.Random(1).randbytes(120_000)
    part = noise + b" " * 15_000_000
    content = packed([(f"xl/{number}.xml", part) for number in range(8)])
    assert code_of(content) == "archive-too-big"


def test_a_part_packed_too_tightly_is_refused() -> None:
    assert code_of(with_part(workbook(ANH), SHEET, b" " * 1_000_000)) == "archive-ratio"


def test_small_parts_may_be_packed_tightly() -> None:
    assert archive_fault(with_part(workbook(ANH), "xl/blank.xml", b"<a>" + b" " * 50_000 + b"</a>")) is None


def test_a_size_that_lies_is_refused() -> None:
    content = bytearray(packed([("xl/a.xml", b"<a/>" * 100)]))
    at = content.index(file_safety.DIRECTORY_ENTRY)
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert code_of(bytes(content)) == "broken-workbook"


def test_a_bomb_that_lies_about_its_size_unpacks_no_more_than_it_declares() -> None:
    content = bytearray(packed([("xl/a.xml", b" " * 50_000_000)]))
    at = content.index(file_safety.DIRECTORY_ENTRY)
    content[at + 24 : at + 28] = (1_000).to_bytes(4, "little")
    assert code_of(bytes(content)) == "broken-workbook"


def forged(content: bytes, declared: int) -> bytes:
    """The one part of an archive said to be shorter than it is, with the checksum of what is said."""
    changed, at = bytearray(content), content.index(file_safety.DIRECTORY_ENTRY)
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        start = file.read(file.namelist()[0])[:declared]
    for place in (14, at + 16):
        changed[place : place + 4] = zlib.crc32(start).to_bytes(4, "little")
    changed[at + 24 : at + 28] = declared.to_bytes(4, "little")
    return bytes(changed)


def most_memory(work: Callable[[], object]) -> int:
    """The most bytes of Python's that it had at a time, beside those there were."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("has_checksum", [False, True])
def test_no_more_of_a_part_is_unpacked_than_a_piece(has_checksum: bool) -> None:
    """`ZipFile.read` unpacked all of it, and cut it to the declared size afterwards."""
    content = packed([("[Content_Types].xml", b"<Types>" + b" " * 50_000_000)])
    lying = (
        forged(content, 60_000)
        if has_checksum
        else content.replace((50_000_007).to_bytes(4, "little"), (60_000).to_bytes(4, "little"))
    )
    assert most_memory(lambda: read_file(lying, "la.xlsx")) < 20 * file_safety.PIECE
    assert code_of(lying) == "broken-workbook"


def test_a_whole_part_that_openpyxl_asks_for_is_unpacked_in_pieces() -> None:
    lying = forged(packed([("xl/a.xml", b" " * 50_000_000)]), 60_000)

    def reading() -> None:
        with Parts(io.BytesIO(lying)) as parts:
            assert len(parts.read("xl/a.xml")) == 60_000

    assert most_memory(reading) < 20 * file_safety.PIECE


def test_too_many_parts_are_refused() -> None:
    content = packed([(f"xl/{number}.xml", b"") for number in range(file_safety.MOST_ENTRIES + 1)])
    assert code_of(content) == "archive-too-many"


@pytest.mark.parametrize(
    "name",
    [
        "../evil.xml",
        "xl/../../evil.xml",
        "/etc/passwd",
        "C:/evil.xml",
        "xl\\evil.xml",
        "./xl/a.xml",
        "a" * 300,
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    assert code_of(packed([(name, b"<a/>")])) == "archive-name"


def test_a_name_with_a_nul_is_refused() -> None:
    content = packed([("xl/a_b.xml", b"<a/>")]).replace(b"xl/a_b.xml", b"xl/a\0b.xml")
    assert code_of(content) == "archive-name"


def test_two_parts_of_one_name_are_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = packed([("xl/a.xml", b"<a/>"), ("xl/a.xml", b"<b/>")])
    assert code_of(content) == "archive-name"
    assert code_of(packed([("xl/a.xml", b"<a/>"), ("XL/A.xml", b"<b/>")])) == "archive-name"


def test_a_symbolic_link_is_refused() -> None:
    link = zipfile.ZipInfo("xl/link.xml")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert code_of(packed([(link, b"/etc/passwd")])) == "archive-link"


def test_an_encrypted_part_is_a_password() -> None:
    content = bytearray(packed([("xl/a.xml", b"<a/>")]))
    at = content.index(file_safety.DIRECTORY_ENTRY)
    content[at + 8] |= 1
    assert code_of(bytes(content)) == "locked-workbook"


def test_other_ways_of_packing_are_refused() -> None:
    assert code_of(packed([("xl/a.xml", b"<a/>")], zipfile.ZIP_BZIP2)) == "broken-workbook"


XXE = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>'
LAUGHS = b'<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><r>&b;</r>'


@pytest.mark.parametrize(
    "part", [SHEET, "xl/workbook.xml", "[Content_Types].xml", "xl/media/a.svg", "docProps/core.xml"]
)
@pytest.mark.parametrize("xml", [XXE, LAUGHS, b"  <!doctype r><r/>"])
def test_a_doctype_in_any_part_is_refused(part: str, xml: bytes) -> None:
    assert code_of(with_part(workbook(ANH), part, xml)) == "archive-doctype"


@pytest.mark.parametrize(
    "xml",
    [
        XXE.decode().encode("utf-16"),
        XXE.decode().encode("utf-16-le"),
        XXE.decode().encode("utf-16-be"),
        XXE.decode().encode("utf-32"),
        XXE.decode().encode("cp037"),
        b'<?xml version="1.0" encoding="cp037"?><r/>',
        b"<?xml version='1.0' encoding='utf-7'?><r/>",
        b'\xef\xbb\xbf<?xml version="1.0" encoding="UTF-16"?><r/>',
    ],
)
def test_a_doctype_cannot_hide_in_another_encoding(xml: bytes) -> None:
    assert code_of(with_part(workbook(ANH), SHEET, xml)) == "archive-encoding"


@pytest.mark.parametrize("cut", range(1, 9))
def test_a_doctype_cannot_hide_across_the_border_of_two_pieces(cut: int) -> None:
    start = b"<!--" + random.Random(3).randbytes(file_safety.PIECE).hex().encode()
    part = start[: file_safety.PIECE - 3 - cut] + b"-->" + b"<!DOCTYPE r><r/>"
    assert part[file_safety.PIECE - cut :].startswith(b"<!DOCTYPE")
    assert code_of(with_part(workbook(ANH), SHEET, part)) == "archive-doctype"


def test_tags_are_counted_whatever_a_part_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_safety, "MOST_TAGS", 500)
    assert code_of(with_part(workbook(ANH), "xl/media/a.png", b"<a/>" * 501)) == "archive-too-big"


def test_more_tags_than_any_list_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_safety, "MOST_TAGS", 50)
    assert code_of(workbook(*[ANH] * 50)) == "archive-too-big"


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


@pytest.mark.parametrize("part", ["xl/workbook.xml", SHEET, "[Content_Types].xml", "xl/styles.xml"])
def test_a_part_that_is_no_xml_is_broken(part: str) -> None:
    assert code_of(with_part(workbook(ANH), part, b"<a><b></a>")) == "broken-workbook"


def test_an_archive_that_is_no_workbook_is_broken() -> None:
    assert code_of(packed([("word/document.xml", b"<document/>")])) == "broken-workbook"
    assert (
        code_of(packed([("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")])) == "open-document"
    )


def test_every_part_of_a_workbook_may_be_missing() -> None:
    parts = parts_of(workbook(ANH))
    for missing in parts:
        content = packed([(name, part) for name, part in parts.items() if name != missing])
        read_file(content, "thieu.xlsx")
