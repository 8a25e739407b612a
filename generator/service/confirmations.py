"""Phiếu xác nhận: of a learner, with their name; and what anybody may know of a serial, without it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import segno
from markupsafe import Markup
from sqlalchemy import Connection

from ..records.classes import certificate, replacement
from ..records.crockford import SYMBOLS, plain
from ..records.refusals import Unknown
from .faults import Fault
from .synthetic import made_up

#: How a completion is known, in words for its holder.
EVIDENCE = {
    "A": "bài kiểm tra trực tuyến, máy chủ chấm",
    "B": "lớp học có danh sách ký tên, hoặc bài làm trên giấy có chữ ký",
    "C": "bài kiểm tra làm khi không có mạng, máy chủ chấm",
    "D": "người phụ trách nhập, đã được người khác đối chiếu, xác nhận",
    "E": "văn bản của cơ quan",
}


@dataclass(frozen=True, kw_only=True)
class Confirmation:
    """What a serial stands for; `holds` is whether it is still good, `replaced_by` what is instead."""

    serial: str
    course: str
    issued_at: datetime
    holds: bool
    revoked_at: datetime | None
    replaced_by: str | None
    is_synthetic: bool


def confirmation(connection: Connection, typed: str) -> Confirmation:
    """By a serial as somebody typed it. Raises Fault."""
    serial = plain(typed)
    if set(serial) - set(SYMBOLS):
        raise Fault("no-such-confirmation")
    try:
        found, holds = certificate(connection, serial)
    except Unknown:
        raise Fault("no-such-confirmation") from None
    instead = replacement(connection, found)
    return Confirmation(
        serial=found.serial,
        course=found.course,
        issued_at=found.issued_at,
        holds=holds,
        revoked_at=found.revoked_at,
        replaced_by=instead.serial if instead else None,
        is_synthetic=bool(made_up(connection, (found.person,))),
    )


def grouped(serial: str) -> str:
    """A serial as people read it aloud: groups of four."""
    return "-".join(serial[at : at + 4] for at in range(0, len(serial), 4))


def qr(address: str) -> Markup:
    """A QR code as SVG without any style of its own."""
    drawn = segno.make(address, error="m", micro=False)
    return Markup(drawn.svg_inline(omitsize=True, svgclass=None, lineclass=None))
