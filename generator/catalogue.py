"""Catalogues: the words that users read, in TOML files beside the modules that say them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def read_catalogue(package: str, file: str) -> dict[str, Any]:
    """Returns the words in a TOML file, by its path from the folder of a package."""
    return tomllib.loads(resources.files(package).joinpath(*file.split("/")).read_text("utf-8"))
