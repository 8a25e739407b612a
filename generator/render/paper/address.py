"""Addresses of the site as a sheet carries them."""

from __future__ import annotations

import re


def full_address(site_url: str, path: str) -> str:
    """The full address of a page of the site, or nothing where the site has none yet."""
    return f"{site_url.rstrip('/')}/{path}" if site_url else ""


def short(address: str) -> str:
    """An address as people copy it from paper: without the scheme and the last stroke."""
    return re.sub(r"^https?://|/$", "", address)
