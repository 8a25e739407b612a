"""Every page's Content-Security-Policy, and the headers that a server sends with it.

The policy stands in a meta element for hosts that send no headers, and in header lines for nginx, Caddy and
our own service, so no script inside a page can run.
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
#: Only a header may contain the last part; in a meta element browsers ignore it with a warning.
HEADER_POLICY = f"{POLICY}; frame-ancestors 'none'"
HEADERS = {
    "Content-Security-Policy": HEADER_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
#: A browser that has once seen the site by https keeps to https for a year, also below this host.
STRICT_TRANSPORT = "max-age=31536000; includeSubDomains"
#: A host that serves the site by http too, or has hosts below it that do, leaves this line as it is.
HTTPS_REMARK = "Chỉ khi trang này, và mọi tên miền con của nó, đều mở bằng https thì bỏ dấu # ở dòng dưới:"
CHARSET = '<meta charset="utf-8">'


def with_policy(html: str) -> str:
    """Returns the page with its policy right behind its encoding."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    return html.replace(CHARSET, f"{CHARSET}\n      {meta}", 1)


def server_headers() -> dict[str, str]:
    """Returns the lines for the configuration of web servers, by file name."""
    nginx = [f'add_header {name} "{value}" always;' for name, value in HEADERS.items()]
    caddy = [f'\t{name} "{value}"' for name, value in HEADERS.items()]
    transport = f'Strict-Transport-Security "{STRICT_TRANSPORT}"'
    nginx += [f"# {HTTPS_REMARK}", f"# add_header {transport} always;"]
    caddy += [f"\t# {HTTPS_REMARK}", f"\t# {transport}"]
    return {
        "nginx.conf": "\n".join(["# Trong khối server { … } của trang tĩnh:", *nginx, ""]),
        "Caddyfile": "\n".join(["# Trong khối của trang tĩnh:", "header {", *caddy, "}", ""]),
    }
