"""The Content-Security-Policy: inline scripts are named by their hash, everything else is our own.

As a meta element for hosts that send no headers, and as header lines for nginx and Caddy.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable

INLINE_SCRIPT = re.compile(r"<script(?P<attributes>(?:\s[^>]*)?)>(?P<code>.*?)</script>", re.DOTALL)
#: Only a header may say these; in a meta element browsers ignore them with a warning.
HEADER_ONLY = "frame-ancestors 'none'"
CHARSET = '<meta charset="utf-8">'


def hashes(html: str) -> frozenset[str]:
    """`'sha256-…'` of each script that a page carries in itself; data blocks are none."""
    return frozenset(
        _hash(match["code"])
        for match in INLINE_SCRIPT.finditer(html)
        if "src=" not in match["attributes"] and "json" not in match["attributes"]
    )


def policy(scripts: Iterable[str]) -> str:
    allowed = " ".join(["'self'", *sorted(scripts)])
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {allowed}",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "object-src 'none'",
        ]
    )


def with_policy(html: str) -> str:
    """The page with its policy as the first thing it says after its encoding."""
    told = policy(hashes(html)).replace('"', "&quot;")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{told}">'
    return html.replace(CHARSET, f"{CHARSET}\n      {meta}", 1)


def _hash(code: str) -> str:
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def nginx(scripts: Iterable[str]) -> str:
    lines = [f'add_header {name} "{value}" always;' for name, value in _headers(scripts)]
    return "\n".join(["# Trong khối server { … } của trang tĩnh:", *lines, ""])


def caddy(scripts: Iterable[str]) -> str:
    lines = [f'\t{name} "{value}"' for name, value in _headers(scripts)]
    return "\n".join(["# Trong khối của trang tĩnh:", "header {", *lines, "}", ""])


def _headers(scripts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return (
        ("Content-Security-Policy", f"{policy(scripts)}; {HEADER_ONLY}"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    )
