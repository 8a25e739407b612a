"""The files of a list: sent up, and carried by the page until the list is frozen; never put down anywhere."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from anyio import to_thread
from starlette.datastructures import FormData, UploadFile

from ..asking import MOST_FILES

#: A field of a form holds a megabyte at most, and each file goes back and forth in one, packed.
MOST_PACKED, MOST_BYTES = 1_000_000, 10 * 1024 * 1024
#: All fields together have to fit into one request, with what else it holds.
MOST_CARRIED = 9_500_000


@dataclass(frozen=True, kw_only=True)
class SentFile:
    """A file of the list, and the same packed into a field."""

    name: str
    content: bytes
    packed: str


async def sent_files(form: FormData) -> tuple[SentFile, ...]:
    """Returns the files of the form, or those that came back with the page but for the ones left out."""
    uploads = [file for file in form.getlist("file") if isinstance(file, UploadFile)]
    chosen = [((file.filename or "")[:100], await file.read()) for file in uploads]
    if uploads:
        await form.close()
        return await to_thread.run_sync(lambda: tuple(_packed(*one) for one in chosen if any(one)))
    return await to_thread.run_sync(lambda: _carried(form))


def _packed(name: str, content: bytes) -> SentFile:
    packed = base64.b85encode(zlib.compress(content, 9)).decode()
    return SentFile(name=name, content=content, packed=packed)


def _carried(form: FormData) -> tuple[SentFile, ...]:
    packed = [one for one in form.getlist("packed") if isinstance(one, str)]
    names = [one for one in form.getlist("file_name") if isinstance(one, str)]
    left_out, room = set(form.getlist("leave-out")), MOST_BYTES
    found = []
    for place, one in enumerate(packed):
        if str(place) not in left_out:
            content = unpacked(one, room)
            room -= len(content)
            name = names[place][:100] if place < len(names) else ""
            found.append(SentFile(name=name, content=content, packed=one))
    return tuple(found)


def unpacked(packed: str, most: int) -> bytes:
    """Returns what a field holds, no more than so many bytes of it; nothing where it is none of ours."""
    try:
        return zlib.decompressobj().decompress(base64.b85decode(packed), max(most, 1))[:most]
    except (ValueError, zlib.error, binascii.Error):
        return b""


def fault(files: Sequence[SentFile]) -> str:
    """Returns what is wrong with the files as such, before any is read; nothing where all is well."""
    if not files:
        return "Chọn một hoặc nhiều tệp .xlsx, .docx hoặc .csv."
    if len(files) > MOST_FILES:
        return f"Mỗi lần gửi được nhiều nhất {MOST_FILES} tệp, đây là {len(files)} tệp. Gộp bớt rồi gửi lại."
    big = [file.name for file in files if len(file.packed) > MOST_PACKED or len(file.content) > MOST_BYTES]
    if big and len(files) == 1:
        return "Tệp quá lớn. Xóa hình ảnh và trang thừa, hoặc chia thành nhiều danh sách."
    if big:
        return f"Tệp quá lớn: {', '.join(big[:5])}. Xóa hình ảnh và trang thừa trong tệp ấy rồi gửi lại."
    whole = sum(len(file.packed) for file in files), sum(len(file.content) for file in files)
    if whole[0] > MOST_CARRIED or whole[1] > MOST_BYTES:
        return "Tổng dung lượng các tệp vượt quá 10 MB. Xóa hình ảnh và trang thừa trong tệp rồi gửi lại."
    return ""
