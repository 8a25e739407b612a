"""Checks of links, images and pointers in Markdown: their targets exist and may be shown."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from .. import urls
from ..kinds import INDEXES, kind_of
from ..kinds import KINDS as DOCUMENT_KINDS
from ..model.pointer import (
    FORMER,
    KINDS,
    MANY,
    POINTER,
    UNCHECKED,
    Pointer,
    malformed_pointers,
    pointers_in,
    without_code,
)
from ..model.programme import Programme
from ..model.registers import Reference
from ..problems import Place, Problem, nearest_name, unknown_name
from ..vietnamese import slug, written_day
from .passages import Passage

#: What stands in the brackets after a link's words: a target, perhaps with a title. Matched without
#: consuming it, since text that is no link after all may hold another one.
INLINE = re.compile(r"\]\(\s*(?=(?P<written><[^>\n]*>|(?:[^)\]]|\](?!\())*))")
#: `[name]: target`, also in a list, a quotation or an indented block; the target may be a line below.
DEFINED = re.compile(
    r"^(?:[ \t>]|[*+-][ \t]|[0-9]+[.)][ \t])*\[(?!\^)[^\[\]\n]+\]:\s*(?=(?P<written><[^>\n]*>|\S+))", re.M
)
ANGLED = re.compile(r"(?P<written><[a-z][a-z0-9+.-]*:[^\s<>]*>)", re.I)
TITLE = re.compile(r"[ \t\n]+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)?)\Z")
ON_COMPUTER = re.compile(r"(?:file:/{0,3})?[a-z]:[\\/]", re.IGNORECASE)
FURTHEST_BACK = 500


@dataclass(frozen=True, kw_only=True)
class Destination:
    """A target as written: `start` is where `written` begins, and `target` is its first word."""

    start: int
    written: str
    is_image: bool = False

    @property
    def target(self) -> str:
        words = self.written.strip("<> \t\n").split(maxsplit=1)
        return words[0] if words else ""

    @property
    def address(self) -> str:
        """The whole address without a title behind it."""
        return TITLE.sub("", self.written.strip()).strip()

    @property
    def is_on_computer(self) -> bool:
        """True where the address leads into the author's own computer."""
        return ON_COMPUTER.match(self.address.lstrip("<")) is not None

    @property
    def is_spaced(self) -> bool:
        """True where blanks stand in an address that no angle brackets hold together."""
        return " " in self.address and not self.written.startswith("<")


def destinations_in(text: str) -> Iterator[Destination]:
    """Yields the targets of links, images, link definitions and addresses in angle brackets, each once."""
    by_start = {link.start: link for link in (*_angled(text), *_defined(text), *_inline(text))}
    yield from by_start.values()


def _inline(text: str) -> Iterator[Destination]:
    if "](" in text:
        has_images = "![" in text
        for match in INLINE.finditer(text):
            is_image = has_images and _is_image(text, match.start())
            yield Destination(start=match.start("written"), written=match["written"], is_image=is_image)


def _defined(text: str) -> Iterator[Destination]:
    if "]:" in text:
        for match in DEFINED.finditer(text):
            yield Destination(start=match.start("written"), written=match["written"])


def _angled(text: str) -> Iterator[Destination]:
    if "<" in text:
        for match in ANGLED.finditer(text):
            yield Destination(start=match.start("written"), written=match["written"])


def _is_image(text: str, closing: int) -> bool:
    """Tells whether the bracket that closes here was opened by `![`."""
    depth = 0
    for index in range(closing, max(closing - FURTHEST_BACK, -1), -1):
        depth += {"]": 1, "[": -1}.get(text[index], 0)
        if not depth:
            return text[index - 1 : index] == "!"
    return False


HEADING = re.compile(r"^#{2,6}(?!#)[ \t]*(\S.*)$", re.MULTILINE)
#: The picture formats that both a page and a sheet can show.
IMAGE_ENDINGS = (".svg", ".png", ".jpg", ".jpeg", ".webp")
NEARLY_WEB = re.compile(r"https?(?::/(?!/)|/{1,2}|;/{1,2})|(?=www\.)", re.IGNORECASE)
EXTERNAL = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def check_links(programme: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    ground = _LinkTargets(programme)
    for passage in passages:
        for code, link in _unshown(passage.text):
            place, values = passage.at(link.start, link.address), {"found": link.address}
            yield Problem(code=code, place=place, values=values)
        for link in _spaced(passage.text):
            values = {"found": link.address}
            wanted = _without_blanks(link.address)
            place = passage.at(link.start, link.address)
            yield Problem(code="blank-in-link", place=place, values=values, suggestion=wanted)
        for link in inner_links(passage.text):
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
def inner_links(text: str) -> tuple[Destination, ...]:
    if "](" not in text and "]:" not in text:
        return ()
    links = destinations_in(without_code(text))
    return tuple(link for link in links if _is_inner(link))


@lru_cache(maxsize=MANY)
def _spaced(text: str) -> tuple[Destination, ...]:
    """Yields the links whose address has a blank in it."""
    return (
        tuple(link for link in destinations_in(without_code(text)) if link.is_spaced) if "](" in text else ()
    )


@lru_cache(maxsize=MANY)
def _unshown(text: str) -> tuple[tuple[str, Destination], ...]:
    """Yields pictures that neither a page nor a sheet can show, and links into the author's own computer."""
    links = destinations_in(without_code(text)) if "](" in text else ()
    return tuple(fault for link in links for fault in _faults(link))


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
    """Returns a web address with its blanks percent-encoded, or a file name with hyphens for blanks."""
    if EXTERNAL.match(address):
        return re.sub(r"\s+", "%20", address)
    folder, name = posixpath.split(address)
    stem, dot, ending = name.rpartition(".")
    return posixpath.join(folder, f"{slug(stem)}{dot}{ending}")


def _web_address(target: str) -> str:
    """Returns the web address that was meant, where its first letters are wrong or missing."""
    meant = NEARLY_WEB.match(target)
    return f"https://{target[meant.end() :]}" if meant else ""


class _LinkTargets:
    """Knows what a link inside the programme may lead to."""

    def __init__(self, programme: Programme) -> None:
        self.bodies = {lesson.source: lesson.body for lesson in programme.lessons.values()}
        self.bodies |= {page.source: page.body for page in programme.pages.values()}
        self.pages = frozenset(_pages(programme))
        self.decisions = frozenset(map(urls.decision_anchor, programme.decisions))
        #: What is written as YAML is never published: it holds the answers to tests.
        self.files = {file for file in programme.files if not file.endswith((".md", ".yml", ".yaml"))}

    def nearest(self, link: Destination, file: str) -> str | None:
        """Returns None for a live link, else the nearest target that exists, or ""."""
        path, _, anchor = link.target.partition("#")
        if path.startswith("/"):
            return self.nearest_decision(path, anchor) if self.is_page(path) else self.nearest_page(path)
        folder = posixpath.dirname(file)
        named = posixpath.normpath(posixpath.join(folder, path)) if path else file
        known = self.bodies if named.endswith(".md") and not link.is_image else self.files
        if path and named not in known:
            return _relative(nearest_name(named, known), folder)
        anchors = _anchors(self.bodies.get(named, ""))
        return None if not anchor or anchor in anchors else _at(path, nearest_name(anchor, anchors))

    def nearest_decision(self, path: str, anchor: str) -> str | None:
        """Returns the same for a decision on the plan's page; other generated anchors are not checked."""
        asks = path.strip("/") == urls.PLAN.strip("/") and anchor.startswith(urls.DECISION)
        known = {*self.decisions, urls.OPEN_DECISIONS}
        return _at(path, nearest_name(anchor, known)) if asks and anchor not in known else None

    def is_page(self, address: str) -> bool:
        return address.partition("#")[0].strip("/") in self.pages

    def nearest_page(self, address: str) -> str:
        return nearest_name(address, [f"/{page}/" for page in self.pages if page])


def _relative(known: str, folder: str) -> str:
    return posixpath.relpath(known, folder) if known else ""


def _at(path: str, anchor: str) -> str:
    return f"{path}#{anchor}" if anchor else ""


@lru_cache(maxsize=MANY)
def _anchors(body: str) -> frozenset[str]:
    return frozenset(slug(heading) for heading in HEADING.findall(without_code(body)))


def _pages(programme: Programme) -> Iterator[str]:
    """Yields the addresses of generated pages, without their last slash."""
    none = () if programme.look_up else (urls.LOOK_UP,)
    yield from (index.strip("/") for index in INDEXES if index not in none)
    for document in programme.every_document:
        if address := kind_of(document).address:
            yield address(document).strip("/")
    yield from (urls.reference(id).strip("/") for id in programme.register.documents)


#: What people write between a document and its article.
PARTED = re.compile(r"\s*[:.]\s*|\s+")
ARTICLE = re.compile(r"^\s*(?:điều|đ\.|mục|điểm)\s*", re.IGNORECASE)


def check_pointers(programme: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    checks: dict[str, Callable[[Programme, Passage, Pointer], Iterator[Problem]]] = {
        "reference": _citation,
        "contact": _contact,
    }
    for passage in passages:
        for start, written in malformed_pointers(passage.text):
            place, values = passage.at(start, written), {"found": written}
            meant = _mended(programme, written)
            yield Problem(code="malformed-pointer", place=place, values=values, suggestion=meant)
        for pointer in pointers_in(passage.text):
            yield from checks.get(pointer.kind, _named)(programme, passage, pointer)


def _mended(programme: Programme, written: str) -> str:
    """Returns the pointer that was meant, or None where that is not clear."""
    inner, bar, words = written.strip("[]() .,;").partition("|")
    kind, _, id = ("@", "", inner[1:].strip()) if inner.startswith("@") else inner.partition(":")
    kind = KINDS.get(kind.strip().lower(), kind.strip().lower())
    if kind == "@":
        id, _, locator = PARTED.sub(":", id, count=1).partition(":")
        locator = ARTICLE.sub("", locator).replace(" ", "")
    else:
        id, locator = slug(id), ""
    known = _known(programme, kind)
    id = id if id in known else nearest_name(id.lower(), known)
    pointer = f"[{kind}{id}" if kind == "@" else f"[{kind}:{id}"
    pointer += f"{':' * bool(locator)}{locator}{bar}{words.strip()}]"
    return pointer if id and POINTER.fullmatch(pointer) and locator.replace("đ", "d").isascii() else ""


def _known(programme: Programme, kind: str) -> Collection[str]:
    known: dict[str, Collection[str]] = {
        "@": programme.register.documents,
        "contact": programme.contacts.contacts,
        "term": programme.terms.glossary,
        "target": programme.charter.targets,
        "limits": programme.confidentiality.by_name if programme.confidentiality else (),
        "first-hours": programme.first_hours.by_name if programme.first_hours else (),
    }
    return known.get(kind, ())


def _place(passage: Passage, pointer: Pointer) -> Place:
    return passage.at(pointer.start, pointer.written)


def _citation(programme: Programme, passage: Passage, pointer: Pointer) -> Iterator[Problem]:
    documents = programme.register.documents
    reference = documents.get(pointer.id)
    if reference is None:
        yield unknown_name("reference", _place(passage, pointer), pointer.id, documents)
    elif reference.divided_by == "points":
        known = programme.plan_points
        if pointer.locator and pointer.locator not in known:
            yield unknown_name("point", _place(passage, pointer), pointer.locator, known, about="charter")
    else:
        yield from (
            _missing_part(reference, passage, pointer)
            or _force(reference, passage, pointer)
            or _certainty(reference, passage, pointer)
        )


def _missing_part(reference: Reference, passage: Passage, pointer: Pointer) -> tuple[Problem, ...]:
    """Returns a problem for the article or clause that the register does not have."""
    article, _, clause = pointer.locator.partition(".")
    values = {"article": article, "clause": clause, "number": reference.number}
    if article and article not in reference.articles:
        code, known = "unknown-article", nearest_name(article, reference.articles)
    elif article and not reference.articles[article].has_clause(clause):
        code, known = "unknown-clause", nearest_name(clause, reference.articles[article].clauses)
    else:
        return ()
    return (Problem(code=code, place=_place(passage, pointer), values=values, suggestion=known),)


def _force(reference: Reference, passage: Passage, pointer: Pointer) -> tuple[Problem, ...]:
    in_force = all(span.was_in_force(passage.on) for span in reference.spans(pointer.locator))
    if in_force != pointer.is_former:
        return ()
    values = {"number": reference.number, "day": written_day(passage.on), "former": pointer.marked(FORMER)}
    code = "law-still-in-force" if in_force else "law-not-in-force"
    return (Problem(code=code, place=_place(passage, pointer), values=values),)


def _certainty(reference: Reference, passage: Passage, pointer: Pointer) -> tuple[Problem, ...]:
    """Returns a problem where the mark for unverified law is missing or no longer needed."""
    may_be_law = reference.may_be_law(pointer.locator)
    if passage.kind == "Register" or pointer.is_former or may_be_law != pointer.is_unchecked:
        return ()
    values = {"number": reference.number, "unchecked": pointer.marked(UNCHECKED)}
    code = "law-verified" if may_be_law else "law-unverified"
    return (Problem(code=code, place=_place(passage, pointer), values=values),)


#: Whoever holds one may be in distress, so that every number in it has been tried, in a draft too.
HANDED = frozenset(kind.model.__name__ for kind in DOCUMENT_KINDS if kind.is_handed_out)


def _contact(programme: Programme, passage: Passage, pointer: Pointer) -> Iterator[Problem]:
    contact = programme.contacts.contacts.get(pointer.id)
    if contact is None:
        known = programme.contacts.contacts
        problem = unknown_name("contact", _place(passage, pointer), pointer.id, known)
        called = next((id for id, known_contact in known.items() if known_contact.number == pointer.id), "")
        yield replace(problem, suggestion=called or problem.suggestion)
    elif not contact.publish:
        place = _place(passage, pointer)
        yield Problem(code="contact-not-publishable", place=place, values={"id": pointer.id})
    elif (passage.is_approved or passage.kind in HANDED) and not contact.is_ready:
        values = {"id": pointer.id, "condition": contact.condition or ""}
        yield Problem(code="contact-not-ready", place=_place(passage, pointer), values=values)


def _named(programme: Programme, passage: Passage, pointer: Pointer) -> Iterator[Problem]:
    known = _known(programme, pointer.kind)
    if pointer.id not in known:
        yield unknown_name(pointer.kind, _place(passage, pointer), pointer.id, known)


def cited_law(programme: Programme, passage: Passage) -> Iterator[tuple[Pointer, Reference]]:
    """Yields each citation of law that a text rests on; a citation marked as former is left out."""
    for pointer in pointers_in(passage.text):
        reference = programme.register.documents.get(pointer.id)
        if pointer.kind == "reference" and not pointer.is_former and reference:
            yield pointer, reference
