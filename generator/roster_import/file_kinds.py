"""The kind of a file that was sent, by its bytes, and why one cannot be read as a list."""

from __future__ import annotations

import io
import re
from typing import Literal
from xml.etree.ElementTree import fromstring
from zipfile import ZipFile

from .grid import Notice

MEGABYTE = 1024 * 1024
MOST_UNPACKED = 100 * MEGABYTE
ENCRYPTED = 0x1
ZIP_START = b"PK\x03\x04"
#: Office files of before 2007, and newer ones with a password.
COMPOUND_START = b"\xd0\xcf\x11\xe0"
#: Entries of a compound file that tell what it is; the first is its own, later ones may be of embedded files.
COMPOUND_ENTRIES = {
    "EncryptedPackage": "locked-workbook",
    "WordDocument": "old-word-file",
    "Workbook": "",
    "Book": "",
}
PICTURES = re.compile(
    rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP|.{4}ftyp(?:hei|mif|avif)",
    re.DOTALL,
)
MARKS = b"\xef\xbb\xbf \r\n\t"
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
MIMETYPE, CONTENT_TYPES = "mimetype", "[Content_Types].xml"
WORD_MAIN = re.compile(r"word.*\.(?:document|template)(?:\.macroEnabled\w*)?\.main\+xml$")
PRESENTATION_MAIN = re.compile(r"(?:presentationml|powerpoint).*\.main\+xml$")

#: "other" are .xls and .ods.
OfficeKind = Literal["word", "xlsx", "other"]


def file_refusal(content: bytes) -> Notice | None:
    """Returns why a file that is not of Office cannot be read as a list; None where it may be a CSV."""
    start = content[:100].lstrip(MARKS)
    if start.startswith(b"%PDF"):
        return Notice(code="picture-file", values={"kind": "PDF"})
    if PICTURES.match(content):
        return Notice(code="picture-file", values={"kind": "ảnh"})
    if start.startswith(b"{\\rtf"):
        return Notice(code="rich-text-file")
    return Notice(code="not-a-list") if content.lstrip(MARKS).startswith(b"<") else None


def office_kind(content: bytes) -> tuple[OfficeKind, str] | Notice:
    """Returns what an Office file says it is, and the name of a Word file's main part; a notice for others.

    Raises what `zipfile` and the reading of XML raise where the file is broken.
    """
    if content.startswith(COMPOUND_START):
        code = _compound_refusal(content)
        return Notice(code=code) if code else ("other", "")
    with ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if any(entry.flag_bits & ENCRYPTED for entry in entries):
            return Notice(code="locked-workbook")
        if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            return Notice(code="archive-too-big", values={"most": str(MOST_UNPACKED // MEGABYTE)})
        names = {entry.filename for entry in entries}
        if MIMETYPE in names and (kind := archive.read(MIMETYPE)).startswith(OPEN_DOCUMENT):
            return _open_document(kind.removeprefix(OPEN_DOCUMENT).strip())
        types = fromstring(archive.read(CONTENT_TYPES))
    return _package_kind([(each.get("ContentType", ""), each.get("PartName", "")) for each in types])


def require_whole_parts(content: bytes) -> None:
    """Raises what `zipfile` and an XML parser raise where a part is cut off; calamine says nothing of it."""
    with ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                fromstring(archive.read(name))


def _compound_refusal(content: bytes) -> str:
    """Returns why a compound file is refused; "" for an old workbook, which is read."""
    codes = {
        at: code
        for name, code in COMPOUND_ENTRIES.items()
        if (at := content.find(f"\0{name}\0".encode("utf-16-le")[1:])) >= 0
    }
    return codes[min(codes)] if codes else "old-office-file"


def _open_document(kind: bytes) -> tuple[OfficeKind, str] | Notice:
    if kind == b"spreadsheet":
        return "other", ""
    return Notice(code="open-document", values={"ending": ".odt" if kind == b"text" else ".odp"})


def _package_kind(types: list[tuple[str, str]]) -> tuple[OfficeKind, str] | Notice:
    for kind, part in types:
        if WORD_MAIN.search(kind):
            return "word", part.removeprefix("/") or "word/document.xml"
        if "sheet.binary" in kind:
            return Notice(code="binary-workbook")
        if PRESENTATION_MAIN.search(kind):
            return Notice(code="not-a-list")
    return "xlsx", ""
