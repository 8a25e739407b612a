"""The Content-Security-Policy: everything is our own, and a script is a file, never a text in a page.

It is the same for every page, as a meta element for hosts that send no headers, and as header lines for
nginx, Caddy and our own service. What a page says in itself can therefore never run.
"""

from __future__ import annotations

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
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
#: Only a header may say the last part; in a meta element browsers ignore it with a warning.
HEADER_POLICY = f"{POLICY}; frame-ancestors 'none'"
HEADERS = {
    "Content-Security-Policy": HEADER_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
CHARSET = '<meta charset="utf-8">'


def with_policy(html: str) -> str:
    """Returns the page with its policy as the first thing it says after its encoding."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    return html.replace(CHARSET, f"{CHARSET}\n      {meta}", 1)


def server_headers() -> dict[str, str]:
    """Returns the lines for the configuration of web servers, by file name."""
    nginx = [f'add_header {name} "{value}" always;' for name, value in HEADERS.items()]
    caddy = [f'\t{name} "{value}"' for name, value in HEADERS.items()]
    return {
        "nginx.conf": "\n".join(["# Trong khối server { … } của trang tĩnh:", *nginx, ""]),
        "Caddyfile": "\n".join(["# Trong khối của trang tĩnh:", "header {", *caddy, "}", ""]),
    }
