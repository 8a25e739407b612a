"""PDF of the staff's papers. What names people lies in a private folder while it is printed, then nowhere."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from anyio import to_thread
from starlette.responses import Response

from ...render.browser import find_browser
from ...render.pdf import print_sheets
from ...render.sheet import Sheet
from ...render.templating import render
from ...render.typography import bind, css_string
from ..service import Service

PDF = "application/pdf"


async def pdf(
    service: Service, template: str, *, id: str, title: str, dated: date, **values: Any
) -> Response:
    """The paper as an answer that is saved as `<id>.pdf`. Raises OperatorError without a browser."""
    return saved(await data(service, template, id=id, title=title, dated=dated, **values), id)


def saved(data: bytes, id: str) -> Response:
    return Response(data, media_type=PDF, headers={"Content-Disposition": f'attachment; filename="{id}.pdf"'})


async def data(
    service: Service,
    template: str,
    *,
    id: str,
    title: str,
    dated: date,
    landscape: bool = False,
    **values: object,
) -> bytes:
    """The paper of `templates/service/staff/<template>.html.j2`. Raises OperatorError without a browser."""
    charter = service.programme.charter
    html = render(
        f"service/staff/{template}.html.j2",
        title=title,
        issuer=service.programme.coordinator,
        programme=charter.title,
        dated=dated,
        css=css_string,
        **values,
    )
    sheet = Sheet(
        id=id,
        kind="handout",
        title=title,
        audience="",
        author=service.programme.coordinator,
        subject=id,
        dated=dated,
        edition="mono",
        landscape=landscape,
        duplex="none",
        html=bind(html),
    )
    return await to_thread.run_sync(printed, sheet, limiter=service.printing)


def printed(sheet: Sheet) -> bytes:
    with TemporaryDirectory(prefix="taphuan-") as folder:
        executable = find_browser(os.environ, shutil.which)
        (done,) = print_sheets(
            [sheet], out=Path(folder) / "out", cache=Path(folder) / "cache", executable=executable, jobs=1
        )
        return done.path.read_bytes()
