"""The stylesheets that a built site has for every page, in a folder without the rest of a site."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

from taphuan.render.templates import SHARED_ASSETS

OURS = Path(__file__).parents[1] / "overrides/assets/stylesheets"


def copy_site_styles(site: Path) -> Path:
    """Puts the theme's stylesheet and ours for every page into `site`, and returns `site`."""
    styles = site / "assets/stylesheets"
    styles.mkdir(parents=True)
    theme = Path(str(files("material"))) / "templates/assets/stylesheets"
    for sheet in (
        *theme.glob("main.*.css"),
        *SHARED_ASSETS.glob("*.css"),
        OURS / "taphuan.css",
        OURS / "shell.css",
    ):
        shutil.copy(sheet, styles)
    return site
