"""Pages written by hand (trang viết tay)."""

from __future__ import annotations

from .. import urls
from ..model.page import HandPage
from .base import DocumentKind

KIND = DocumentKind(
    name="page",
    model=HandPage,
    folder="content/pages",
    depth=9,
    words="trang viết tay",
    position=900,
    address=lambda page: urls.page(page.source),
)
