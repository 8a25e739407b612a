"""Links and images in Markdown: what they point at is there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from .. import addresses
from ..model.pointer import MANY, without_code
from ..model.programme import Programme
from ..problems import Place, Problem
from ..vietnamese import slug
from .destinations import Destination, destinations
from .near import near
from .passages import Passage

HEADING = re.compile(r"^#{2,6}(?!#)[ \t]*(\S.*)$", re.MULTILINE)
#: What a page and a sheet can show.
IMAGE_ENDINGS = (".svg", ".png", ".jpg", ".jpeg", ".webp")
NEARLY_WEB = re.compile(r"https?(?::/(?!/)|/{1,2}|;/{1,2})|(?=www\.)", re.IGNORECASE)
EXTERNAL = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def check(programme: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    ground = _Ground(programme)
    for passage in passages:
        for code, link in _unshown(passage.text):
            place, values = passage.at(link.start, link.address), {"found": link.address}
            yield Problem(code=code, place=place, values=values)
        for link in _spaced(passage.text):
            values = {"found": link.address}
            wanted = _without_blanks(link.address)
            place = passage.at(link.start, link.address)
            yield Problem(code="blank-in-link", place=place, values=values, suggestion=wanted)
        for link in _inner_links(passage.text):
            nearest = _web_address(link.target) or ground.nearest(link, passage.file)
            if nearest is not None:
                place = passage.at(link.start, link.target)
                values = {"target": link.target}
                yield Problem(
                    code="dead-link", place=place, values=values, suggestion=nearest, about="lesson"
                )
    for id, audience in programme.audiences.items():
        if audience.opens and not ground.is_page(audience.opens):
            place = Place(file="content/programme/audiences.yml", path=(id, "opens"))
            nearest = ground.nearest_page(audience.opens)
            values = {"target": audience.opens}
            yield Problem(code="dead-link", place=place, values=values, suggestion=nearest, about="lesson")


def _is_inner(link: Destination) -> bool:
    is_web = EXTERNAL.match(link.target) and not NEARLY_WEB.match(link.target)
    return bool(link.target) and not is_web and not link.is_spaced and not any(_faults(link))


@lru_cache(maxsize=MANY)
def _inner_links(text: str) -> tuple[Destination, ...]:
    if "](" not in text and "]:" not in text:
        return ()
    found = destinations(without_code(text))
    return tuple(link for link in found if _is_inner(link))


@lru_cache(maxsize=MANY)
def _spaced(text: str) -> tuple[Destination, ...]:
    """Returns the links whose address has a blank in it."""
    return tuple(link for link in destinations(without_code(text)) if link.is_spaced) if "](" in text else ()


@lru_cache(maxsize=MANY)
def _unshown(text: str) -> tuple[tuple[str, Destination], ...]:
    """Returns the pictures that neither a page nor a sheet can show, and what leads into a computer."""
    found = destinations(without_code(text)) if "](" in text else ()
    return tuple(fault for link in found for fault in _faults(link))


def _faults(link: Destination) -> Iterator[tuple[str, Destination]]:
    target = link.target.lower()
    is_file = not EXTERNAL.match(target) and "." in posixpath.basename(target)
    if link.is_on_computer:
        yield "path-on-computer", link
    elif link.is_image and target.startswith(("https:", "http:")):
        yield "picture-elsewhere", link
    elif link.is_image and is_file and not target.endswith(IMAGE_ENDINGS) and not link.is_spaced:
        yield "picture-kind", link


def _without_blanks(address: str) -> str:
    """Returns an address of the web with its blanks written as such addresses write them, else a name."""
    if EXTERNAL.match(address):
        return re.sub(r"\s+", "%20", address)
    folder, name = posixpath.split(address)
    stem, dot, ending = name.rpartition(".")
    return posixpath.join(folder, f"{slug(stem)}{dot}{ending}")


def _web_address(target: str) -> str:
    """Returns the address of the web that was meant, where its first letters are wrong or left out."""
    meant = NEARLY_WEB.match(target)
    return f"https://{target[meant.end() :]}" if meant else ""


class _Ground:
    """What a link inside the programme may lead to."""

    def __init__(self, programme: Programme) -> None:
        self.bodies = {lesson.source: lesson.body for lesson in programme.lessons.values()}
        self.bodies |= {page.source: page.body for page in programme.pages}
        self.pages = frozenset(_pages(programme))
        self.decisions = frozenset(map(addresses.decision_anchor, programme.decisions))
        #: What is written as YAML is never handed out: answers to tests are.
        self.files = {file for file in programme.files if not file.endswith((".md", ".yml", ".yaml"))}

    def nearest(self, link: Destination, file: str) -> str | None:
        """Nothing for a live link, else the nearest thing that is there (perhaps "")."""
        path, _, anchor = link.target.partition("#")
        if path.startswith("/"):
            return self.nearest_decision(path, anchor) if self.is_page(path) else self.nearest_page(path)
        folder = posixpath.dirname(file)
        named = posixpath.normpath(posixpath.join(folder, path)) if path else file
        known = self.bodies if named.endswith(".md") and not link.is_image else self.files
        if path and named not in known:
            return _relative(near(named, known), folder)
        anchors = _anchors(self.bodies.get(named, ""))
        return None if not anchor or anchor in anchors else _at(path, near(anchor, anchors))

    def nearest_decision(self, path: str, anchor: str) -> str | None:
        """Returns the same for a decision on the plan's page; what else is generated is not looked at."""
        asks = path.strip("/") == addresses.PLAN.strip("/") and anchor.startswith(addresses.DECISION)
        known = {*self.decisions, addresses.OPEN_DECISIONS}
        return _at(path, near(anchor, known)) if asks and anchor not in known else None

    def is_page(self, address: str) -> bool:
        return address.partition("#")[0].strip("/") in self.pages

    def nearest_page(self, address: str) -> str:
        return near(address, [f"/{page}/" for page in self.pages if page])


def _relative(known: str, folder: str) -> str:
    return posixpath.relpath(known, folder) if known else ""


def _at(path: str, anchor: str) -> str:
    return f"{path}#{anchor}" if anchor else ""


@lru_cache(maxsize=MANY)
def _anchors(body: str) -> frozenset[str]:
    return frozenset(slug(heading) for heading in HEADING.findall(without_code(body)))


def _pages(programme: Programme) -> Iterator[str]:
    """Addresses of generated pages, without their last slash."""
    yield from (index.strip("/") for index in addresses.INDEXES)
    yield from (addresses.course(id).strip("/") for id in programme.courses)
    yield from (addresses.lesson(id).strip("/") for id in programme.lessons)
    yield from (addresses.campaign(id).strip("/") for id in programme.campaigns)
    yield from (addresses.reference(id).strip("/") for id in programme.register.documents)
    yield from (addresses.page(page.source).strip("/") for page in programme.pages)
