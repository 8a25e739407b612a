"""Pages of the sample as MkDocs is given them."""

from __future__ import annotations

from taphuan.programme.model.programme import Programme
from taphuan.render.site import pages


def page_of(programme: Programme, path: str) -> str:
    """Returns the text of the page at a path that ends in a slash."""
    (page,) = (page for page in pages(programme) if page.path == f"{path}index.md")
    return page.body
