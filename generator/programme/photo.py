"""Checks of photographs: whole, of the kind their name says, not too large, without the place they show."""

from __future__ import annotations

import base64
import io
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING


@dataclass(frozen=True, kw_only=True)
class ImageFault:
    """A fault: `code` names the sentence in `messages.toml`; `phrase` is what to point at on the line."""

    code: str
    line: int = 1
    column: int = 1
    phrase: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


if TYPE_CHECKING:
    from PIL import Image

#: The kind by the ending of the name, as Pillow calls it.
PHOTO_KINDS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}
#: A poster of A3 at 300 dots an inch has 17 million; unpacked, each takes four bytes.
MOST_PIXELS = 30_000_000
#: Bytes; a page with a larger photograph does not open where the network is slow.
MOST_BYTES = 10_000_000
EMBEDDED = re.compile(r"data:image/(png|jpe?g);base64,", re.IGNORECASE)
#: The kind of a file that got another one's ending, by its first bytes.
STARTS = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "PNG", ".png"),
    (re.compile(rb"\xff\xd8\xff"), "JPEG", ".jpg"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "WEBP", ".webp"),
    (re.compile(rb"....ftyp(?:hei|hev|mif|msf)", re.DOTALL), "HEIC", ""),
    (re.compile(rb"....ftypavi", re.DOTALL), "AVIF", ""),
    (re.compile(rb"GIF8"), "GIF", ""),
    (re.compile(rb"BM"), "BMP", ""),
    (re.compile(rb"II\*\0|MM\0\*"), "TIFF", ""),
    (re.compile(rb"%PDF"), "PDF", ""),
    (re.compile(rb"PK\x03\x04"), "ZIP", ""),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|svg)"), "SVG", ".svg"),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*<"), "HTML", ""),
)
#: The part of EXIF on the place, and its latitude and longitude.
GPS, LATITUDE, LONGITUDE = 0x8825, 2, 4
GPS_IN_WORDS = re.compile(rb"exif:GPS(?:Latitude|Longitude)")


def photo_fault(raw: bytes, end: str) -> ImageFault | None:
    """Returns the fault of a photograph's bytes, or None; `end` is the ending of its name."""
    kind = PHOTO_KINDS[end]
    if not raw:
        return ImageFault(code="broken-photo")
    if len(raw) > MOST_BYTES:
        return too_many_bytes(len(raw))
    actual_kind, wanted = next(((name, end) for start, name, end in STARTS if start.match(raw)), ("", ""))
    if actual_kind != kind:
        values = {"end": end, "found": actual_kind or "tệp loại khác, không nhận ra được"}
        return ImageFault(code="photo-of-other-kind", values={**values, "wanted": wanted})
    return _fault_inside(raw, kind)


def too_many_bytes(size: int) -> ImageFault:
    return ImageFault(code="photo-too-big", values={"size": f"{size // 1_000_000} MB"})


def embedded_fault(address: str) -> ImageFault | None:
    """Returns the fault of a photograph embedded in a drawing as a data address, or None."""
    carried = EMBEDDED.match(address)
    if not carried:
        return ImageFault(code="unsafe-drawing")
    try:
        raw = base64.b64decode(re.sub(r"\s", "", address[carried.end() :]), validate=True)
    except ValueError:
        return ImageFault(code="broken-photo")
    return photo_fault(raw, ".png" if carried[1].lower() == "png" else ".jpg")


def _fault_inside(raw: bytes, kind: str) -> ImageFault | None:
    # Imported only where there is a photograph: importing Pillow takes as long as a check.
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(raw), formats=[kind]) as image:
                if image.width * image.height > MOST_PIXELS:
                    return _too_many_pixels(image.width, image.height)
                if _has_place(image, raw):
                    return ImageFault(code="photo-with-place")
                image.draft("RGB", (1, 1))  # decodes a JPEG at an eighth of its size, but to its end
                image.load()
        except Image.DecompressionBombError:
            return ImageFault(
                code="photo-too-big", values={"size": f"hơn {MOST_PIXELS // 1_000_000} triệu điểm ảnh"}
            )
        except Exception:  # a broken file makes Pillow raise errors of many kinds
            return ImageFault(code="broken-photo")
    return None


def _too_many_pixels(width: int, height: int) -> ImageFault:
    return ImageFault(code="photo-too-big", values={"size": f"{width} × {height} điểm ảnh"})


def _has_place(image: Image.Image, raw: bytes) -> bool:
    """Tells whether EXIF or XMP says where the photograph was taken, as phones write it."""
    place = image.getexif().get_ifd(GPS)
    return (LATITUDE in place and LONGITUDE in place) or GPS_IN_WORDS.search(raw) is not None
