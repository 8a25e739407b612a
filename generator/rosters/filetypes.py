"""Which kind of file some bytes are, whatever the file is called, and what to do with those not read."""

from __future__ import annotations

import io
import re
from typing import Literal
from zipfile import ZipFile

from .notices import Notice
from .parts import Parts, elements

ZIP_START = b"PK\x03\x04"
#: Office files of before 2007, and newer ones with a password.
COMPOUND_START = b"\xd0\xcf\x11\xe0"
#: Entries of a compound file that tell what it is; whichever comes first is its own, not of one put into it.
COMPOUND_ENTRIES = {
    "EncryptedPackage": "locked-workbook",
    "WordDocument": "old-word-file",
    "Workbook": "old-excel-file",
    "Book": "old-excel-file",
}
PICTURES = re.compile(
    rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP|.{4}ftyp(?:hei|mif|avif)",
    re.DOTALL,
)
MARKS = b"\xef\xbb\xbf \r\n\t"
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
#: What the types of OpenDocument are called, and what they are to be saved as.
OPEN_ENDINGS = {b"spreadsheet": (".ods", ".xlsx"), b"text": (".odt", ".docx")}
CONTENT_TYPES = "[Content_Types].xml"
WORD_MAIN = re.compile(r"word.*\.(?:document|template)(?:\.macroEnabled\w*)?\.main\+xml$")
PRESENTATION_MAIN = re.compile(r"(?:presentationml|powerpoint).*\.main\+xml$")

PackageKind = Literal["word", "excel"]


def refusal(content: bytes) -> Notice | None:
    """Why a file that is no archive cannot be read as a list, or None where it may be a CSV."""
    start = content[:100].lstrip(MARKS)
    if content.startswith(COMPOUND_START):
        return Notice(code=_compound(content))
    if start.startswith(b"%PDF"):
        return Notice(code="picture-file", values={"kind": "PDF"})
    if PICTURES.match(content):
        return Notice(code="picture-file", values={"kind": "ảnh"})
    if start.startswith(b"{\\rtf"):
        return Notice(code="rich-text-file")
    return Notice(code="not-a-list") if content.lstrip(MARKS).startswith(b"<") else None


def _compound(content: bytes) -> str:
    found = {
        at: code
        for name, code in COMPOUND_ENTRIES.items()
        if (at := content.find(f"\0{name}\0".encode("utf-16-le")[1:])) >= 0
    }
    return found[min(found)] if found else "old-office-file"


def open_document(content: bytes) -> Notice | None:
    """Returns what to do with an archive that is a file of LibreOffice; None for any other."""
    with ZipFile(io.BytesIO(content)) as archive:
        if "mimetype" not in archive.namelist():
            return None
        with archive.open("mimetype") as part:
            kind = part.read(100)
    if not kind.startswith(OPEN_DOCUMENT):
        return None
    written = kind.removeprefix(OPEN_DOCUMENT).strip()
    ending, wanted = OPEN_ENDINGS.get(written, (".odp", ".docx"))
    return Notice(code="open-document", values={"ending": ending, "wanted": wanted})


def package(content: bytes) -> tuple[PackageKind, str] | Notice:
    """Returns what an Office file says it is, and the name of its main part.

    Raises what the reading of XML raises.
    """
    with Parts(io.BytesIO(content)) as parts, parts.open(CONTENT_TYPES) as part:
        for _, element in elements(part, 2):
            kind = element.get("ContentType", "")
            if WORD_MAIN.search(kind):
                return "word", element.get("PartName", "").removeprefix("/") or "word/document.xml"
            if "sheet.binary" in kind:
                return Notice(code="binary-workbook")
            if PRESENTATION_MAIN.search(kind):
                return Notice(code="not-a-list")
    return "excel", ""
