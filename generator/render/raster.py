"""A drawing as a PNG, for documents that hold no SVG; the browser that prints draws it."""

from __future__ import annotations

import io
import os
import shutil

from PIL import Image

from ..errors import MissingBrowser
from .browser_print import PrintError
from .chromium import find_browser, run_async, screenshot_of

PAGE = "<!doctype html><style>html, body {{ margin: 0 }} svg {{ display: block; width: {width}px }}</style>"
#: Black on white needs no more greys than these.
GREYS = 16


def png_of(svg: str, width: int, height: int) -> bytes | None:
    """Returns the PNG of a drawing that many pixels wide and high; None where no browser can draw it."""
    try:
        executable = find_browser(os.environ, shutil.which)
        page = PAGE.format(width=width) + svg
        drawn = run_async(screenshot_of(page, executable, width=width, height=height))
    except (MissingBrowser, PrintError):
        return None
    written = io.BytesIO()
    with Image.open(io.BytesIO(drawn)) as picture:
        picture.convert("L").quantize(GREYS).save(written, "PNG", optimize=True)
    return written.getvalue()
