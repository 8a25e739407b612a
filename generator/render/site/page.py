"""A page of the site as plain Markdown, which any builder of sites can read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...programme.model.base import NOTHING


@dataclass(frozen=True, kw_only=True)
class SitePage:
    """`address` from the site's root, ending in a slash; `meta` is what the theme is told."""

    address: str
    title: str
    body: str
    description: str = ""
    meta: Mapping[str, Any] = NOTHING

    @property
    def path(self) -> str:
        """The Markdown file that a builder turns into this address."""
        return f"{self.address}index.md"

    @property
    def text(self) -> str:
        told = {"title": self.title, "description": self.description, **self.meta}
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in told.items() if value]
        return "\n".join(["---", *lines, "---", "", self.body.strip(), ""])
