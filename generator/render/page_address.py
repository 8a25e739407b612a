"""The address of a page on paper: in full, as people copy it, and as a QR code."""

from __future__ import annotations

import re
from functools import cache

import segno
from markupsafe import Markup


def full_address(site_url: str, path: str) -> str:
    """Returns the full address of a page of the site, or "" where the site has none yet."""
    return f"{site_url.rstrip('/')}/{path}" if site_url else ""


def short_address(address: str) -> str:
    """Returns an address as people copy it from paper: without the scheme and the last slash."""
    return re.sub(r"^https?://|/$", "", address)


@cache
def qr_code(address: str) -> Markup:
    """Returns the address as a QR code, an inline drawing with its quiet zone."""
    code = segno.make(address, error="m", micro=False)
    return Markup(code.svg_inline(border=4, omitsize=True))
