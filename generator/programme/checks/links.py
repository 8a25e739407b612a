"""Links and images in Markdown: what they point at is there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import lru_cache

from .. import addresses
from ..model.pointer import without_code
from ..model.programme import Programme
from ..problems import Problem
from ..vietnamese import slug
from .near import near
from .passages import passages

LINK = re.compile(r"(?P<image>!?)\[[^\]\n]*\]\(\s*<?(?P<target>[^)\s>]+)")
HEADING = re.compile(r"^#{2,6}\s+(.+?)\s*#*\s*$", re.MULTILINE)
EXTERNAL = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def check(programme: Programme) -> Iterator[Problem]:
    bodies = {document.source: document.body for document in programme.lessons.values()}
    bodies |= {page.source: page.body for page in programme.pages}
    sites = frozenset(_sites(programme))
    for passage in passages(programme):
        for start, is_image, target in _links(passage.text):
            reason = _dead(target, is_image, passage.file, bodies, sites, programme)
            if reason is not None:
                place = passage.at(start, target)
                values = {"target": target}
                yield Problem(code="dead-link", place=place, values=values, suggestion=reason, about="lesson")


@lru_cache(maxsize=20_000)
def _links(text: str) -> tuple[tuple[int, bool, str], ...]:
    if "](" not in text:
        return ()
    found = LINK.finditer(without_code(text))
    return tuple(
        (link.start(), bool(link["image"]), link["target"])
        for link in found
        if not EXTERNAL.match(link["target"])
    )


def _dead(
    target: str, is_image: bool, file: str, bodies: dict[str, str], sites: frozenset[str], programme: Programme
) -> str | None:
    """Nothing for a live link, else the nearest thing that is there (perhaps "")."""
    path, _, anchor = target.partition("#")
    if path.startswith("/"):
        return None if path.strip("/") in sites else near(path, [f"/{site}/" for site in sites])
    named = posixpath.normpath(posixpath.join(posixpath.dirname(file), path)) if path else file
    if is_image or not (named.endswith(".md") or path == ""):
        return None if (programme.root / named).is_file() else ""
    if named not in bodies:
        return posixpath.relpath(known, posixpath.dirname(file)) if (known := near(named, bodies)) else ""
    if anchor and anchor not in _anchors(bodies[named]):
        return f"{path}#{known}" if (known := near(anchor, _anchors(bodies[named]))) else ""
    return None


@lru_cache(maxsize=4_000)
def _anchors(body: str) -> frozenset[str]:
    return frozenset(slug(heading) for heading in HEADING.findall(without_code(body)))


def _sites(programme: Programme) -> Iterator[str]:
    """Addresses of generated pages, without their last slash."""
    yield from (index.strip("/") for index in addresses.INDEXES)
    yield from (addresses.course(id).strip("/") for id in programme.courses)
    yield from (addresses.lesson(id).strip("/") for id in programme.lessons)
    yield from (addresses.campaign(id).strip("/") for id in programme.campaigns)
    yield from (addresses.reference(id).strip("/") for id in programme.register.documents)
    yield from (addresses.page(page.source).strip("/") for page in programme.pages)
